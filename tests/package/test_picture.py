"""A picture: the same bytes every time, its size, and no needless writing."""

import os
import struct

import pytest
from matplotlib.figure import Figure

from micrograd.picture import Picture, panels


def picture(*data):
    figure = Figure(figsize=(8, 4))
    figure.subplots().plot(data or [1, 4, 9], label="squares")
    figure.legend()
    return Picture(figure)


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


def test_panels_stand_side_by_side():
    for number in 1, 3:
        figure, axes = panels(number, (2.0, 1.5))
        assert figure.axes == list(axes) and len(axes) == number
        assert list(figure.get_size_inches()) == [2.0 * number, 1.5]
        assert figure.get_layout_engine() is not None
        columns = [a.get_subplotspec().colspan.start for a in axes]
        assert columns == list(range(number))
    assert list(panels(2)[0].get_size_inches()) == [3.6, 2.1]
