"""A picture: the same bytes every time, its size, and no needless writing."""

import os
import re
import struct

import numpy as np
import pytest
from matplotlib.figure import Figure

from micrograd.picture import (
    Label,
    Picture,
    draw_segments,
    move_apart,
    number_text,
    panels,
    paper,
    plane,
    sheet,
    write_at_ends,
    write_beside,
)


def picture(*data):
    figure = Figure(figsize=(8, 4))
    figure.subplots().plot(data or [1, 4, 9], label="squares")
    figure.legend()
    return Picture(figure)


def test_places_are_rounded_and_nothing_else():
    drawn = picture(1, 1.123456, 1.123456789)
    drawn._figure.set_gid("0.123456")
    svg = Picture(drawn._figure).svg
    exact = drawn._drawn("svg").decode()
    exact, found = (
        re.findall(r'(?<=<path d=")M .*?(?=")', text, re.DOTALL)
        for text in (exact, svg)
    )
    for before, after in zip(exact, found, strict=True):
        assert len(before.split()) == len(after.split())
        for one, other in zip(before.split(), after.split()):
            if one != other:
                assert len(one) > len(other)
                assert other == f"{float(one):.3f}"
    assert max(map(len, re.findall(r"\.(\d+)", " ".join(found)))) == 3
    assert 'id="0.123456"' in svg and "scale(0.015625)" in svg
    assert not re.search(r"translate\([^)]*\.\d{4}", svg)


def test_the_size_is_known_and_date_and_program_are_not(tmp_path):
    for kind in "svg", "png":
        picture().save(str(tmp_path / f"picture.{kind}"))
    svg = (tmp_path / "picture.svg").read_bytes().decode()
    assert svg == picture().svg == picture()._repr_svg_() and "<svg" in svg
    for word in "<dc:date", "<dc:creator", "Matplotlib v":
        assert word not in svg
    png = (tmp_path / "picture.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">II", png[16:24]) == (800, 400)  # of 8 by 4 inches
    assert b"Software" not in png and b"Matplotlib" not in png


def test_names_at_the_ends_of_lines():
    figure, [axes] = panels(1, (4.0, 3.0))
    axes.set(xlim=(0, 1), ylim=(0, 10))
    labels = [Label("low", 2, "red"), Label("lower", 1.9, "blue")]
    labels.append(Label("a longer name", 10, "green"))
    write_at_ends(figure, axes, labels)
    figure.draw_without_rendering()
    right = axes.bbox.x1
    boxes = [text.get_window_extent() for text in axes.texts]
    for text, label, box in zip(axes.texts, labels, boxes, strict=True):
        assert (text.get_text(), text.get_color()) == (label.text, label.color)
        assert right < box.x0 < right + 15 and box.x1 <= figure.bbox.x1
    low, lower, top = [box.y0 + box.height / 2 for box in boxes]
    assert lower < axes.transData.transform((1, 1.95))[1] < low < top
    assert low - lower == pytest.approx(1.25 * 11 * figure.dpi / 72, abs=2)
    assert top == pytest.approx(axes.bbox.y1, abs=2)


def test_a_name_beyond_the_axes_stands_at_their_upper_end():
    figure, [axes] = panels(1, (4.0, 3.0))
    axes.set(ylim=(0, 10))
    write_at_ends(figure, axes, [Label("far above", 20, "red")])
    figure.draw_without_rendering()
    [text] = axes.texts
    box = text.get_window_extent()
    assert (box.y0 + box.y1) / 2 == pytest.approx(axes.bbox.y1, abs=2)
    assert text._check_xy(None)  # it is drawn


@pytest.mark.parametrize(
    "heights, moved",
    [
        ([], []),
        ([50], [50]),
        ([50, 20, 80], [50, 20, 80]),
        ([50, 50], [45, 55]),
        ([52, 48], [55, 45]),
        ([50, 50, 50], [40, 50, 60]),
        ([50, 52, 90], [46, 56, 90]),
        ([99, 98, 10], [100, 90, 10]),
        ([150, 120, 130], [100, 80, 90]),
    ],
)
def test_heights_are_moved_apart(heights, moved):
    assert move_apart(heights, 10, 100) == moved


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_only_another_file_is_replaced(kind, tmp_path):
    path = tmp_path / f"picture.{kind}"
    picture().save(path)
    wanted = path.read_bytes()
    os.utime(path, (1, 1))
    picture().save(path)
    assert path.stat().st_mtime == 1
    picture(3, 1, 2).save(path)
    assert path.read_bytes() != wanted
    picture().save(path)
    assert path.read_bytes() == wanted


def test_panels_stand_side_by_side_and_are_equally_wide():
    for number in 1, 3:
        figure, axes = panels(number, (2.0, 1.5))
        assert figure.axes == list(axes) and len(axes) == number
        assert list(figure.get_size_inches()) == [2.0 * number, 1.5]
        axes[0].set_ylabel("something\nlong")
        Picture(figure)  # arranges the axes
        for i, one in enumerate(axes):
            part = one.figure.bbox
            assert part.x0 == pytest.approx(200.0 * i)
            assert part.width == pytest.approx(200.0)
            assert part.height == pytest.approx(150.0)
            assert part.x0 < one.bbox.x0 < one.bbox.x1 < part.x1
        left = axes[0].bbox.x0
        assert left > 30  # the layout has made room for the label
    assert list(panels(2)[0].get_size_inches()) == [4.6, 2.6]


def test_a_picture_says_how_many_panels_it_has():
    for number in 2, 3:
        figure, _ = panels(number)
        svg = Picture(figure, number).svg
        assert svg.count(f'<svg data-panels="{number}" ') == 1
    assert "data-panels" not in Picture(figure).svg


def test_lengths_on_a_sketch_are_in_points():
    assert tuple(sheet().bbox.size) == (496, 260)
    assert tuple(paper(100, 300)[0].bbox.size) == (300, 100)
    figure, axes = paper(100)
    assert tuple(figure.bbox.size) == (496, 100) and not axes.axison
    corner = axes.transData.transform((40, 30))
    assert tuple(corner) == pytest.approx((40, 30))
    part = plane(figure, (20, 10, 200, 50), (0, 1), (2, 4))
    assert part.bbox.bounds == pytest.approx((20, 10, 200, 50))
    assert (part.get_xlim(), part.get_ylim()) == ((0, 1), (2, 4))


def test_texts_stand_beside_points_and_segments_are_one_line():
    _, axes = paper(100)
    write_beside(axes, "here", (40, 30))
    write_beside(axes, "left", (40, 30), (-20, 5), ha="right", color="red")
    here, left = axes.texts
    assert (here.get_text(), here.get_color()) == ("here", "black")
    assert (here.get_ha(), here.get_va()) == ("center", "center")
    assert (left.get_ha(), left.get_color()) == ("right", "red")
    corners = left.get_window_extent().corners()
    assert corners.max(axis=0)[0] == pytest.approx(20, abs=2)
    assert corners.mean(axis=0)[1] == pytest.approx(35, abs=2)
    draw_segments(axes, [((0, 1), (2, 3)), ((4, 5), (6, 7))], color="red")
    [line] = axes.lines
    assert (line.get_color(), line.get_zorder()) == ("red", 1)
    ends = line.get_xydata()
    assert ends[[0, 1, 3, 4]].tolist() == [[0, 1], [2, 3], [4, 5], [6, 7]]
    assert np.isnan(ends[2]).all()
    assert number_text(-12.34567) == "\N{MINUS SIGN}12.35"
