"""The plots: the same bytes on every run, and bad input refused."""
import math
from xml.etree import ElementTree

import pytest

from micrograd.plot import plot_check_error, plot_separable

HS, ERRORS = [1e-1, 1e-5, 1e-9], [1e-2, 1e-11, 1e-7]
TARGETS = {"AND": [0, 0, 0, 1], "XOR": [0, 1, 1, 0]}
LINES = {"AND": (1.0, 1.0, -1.5)}
PLOTS = {"check_error": lambda: plot_check_error(HS, ERRORS), "separable": lambda: plot_separable(TARGETS, LINES)}

PRINT_BOTH = f"""
from micrograd.plot import plot_check_error, plot_separable
print(plot_check_error({HS}, {ERRORS}).svg)
print(plot_separable({TARGETS}, {LINES}).svg)
"""


def test_the_same_bytes_in_every_process(run_python):
    here = "".join(plot().svg + "\n" for plot in PLOTS.values())
    assert run_python(PRINT_BOTH, hash_seed="1") == run_python(PRINT_BOTH, hash_seed="2") == here


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_a_picture_is_an_svg_without_a_date_or_a_creator(plot):
    svg = plot()._repr_svg_()
    assert ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert "<dc:date" not in svg and "Matplotlib v" not in svg and "<dc:creator" not in svg


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_save(plot, tmp_path):
    plot().save(tmp_path / "picture.svg")
    assert (tmp_path / "picture.svg").read_text(encoding="utf-8") == plot().svg
    plot().save(str(tmp_path / "again.svg"))
    assert (tmp_path / "again.svg").exists()


@pytest.mark.parametrize("name", ["picture.png", "picture", "svg", "picture.svg.txt"])
def test_save_refuses_other_formats(name, tmp_path):
    with pytest.raises(ValueError, match="saved as .svg, not as .*" + name):
        PLOTS["separable"]().save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_the_repr_has_no_address():
    assert repr(PLOTS["separable"]()) == "a picture; its save(path) writes it to an .svg file"


def test_the_best_h_is_the_one_with_the_smallest_error():
    """The letters are drawn as paths; matplotlib writes the text they stand for into a comment."""
    assert "best: h = 1e-05" in plot_check_error(HS, ERRORS).svg
    assert "best: h = 1e-09" in plot_check_error(HS, sorted(ERRORS, reverse=True)).svg


def test_every_panel_has_its_name():
    svg = plot_separable(TARGETS, LINES).svg
    assert svg.count("<!-- AND -->") == svg.count("<!-- XOR -->") == 1


def test_data_reach_the_picture():
    svgs = {plot_check_error(HS, ERRORS).svg, plot_check_error(HS, ERRORS[::-1]).svg,
            plot_separable(TARGETS, LINES).svg, plot_separable(TARGETS, {}).svg,
            plot_separable(TARGETS, {"AND": (1.0, 1.0, -1.2)}).svg,
            plot_separable({**TARGETS, "XOR": [1, 0, 0, 1]}, LINES).svg}
    assert len(svgs) == 6


@pytest.mark.parametrize(("hs", "errors", "message"), [
    ([1e-5], [], "one error for each h is needed, not 0 for 1"),
    ([1e-5], [1e-3, 1e-4], "one error for each h is needed, not 2 for 1"),
    ([], [], "one error for each h"),
    ([1e-5, 0.0], [1e-3, 1e-3], "needs positive numbers, not 0.0"),
    ([1e-5], [-1e-3], "needs positive numbers, not -0.001"),
    ([1e-5], [math.nan], "needs positive numbers"),
])
def test_check_error_refuses(hs, errors, message):
    with pytest.raises(ValueError, match=message):
        plot_check_error(hs, errors)


@pytest.mark.parametrize(("targets", "lines", "message"), [
    ({"AND": [0, 0, 1]}, {}, r"AND needs four values that are 0 or 1, not \[0, 0, 1\]"),
    ({"AND": [0, 0, 0, 2]}, {}, "AND needs four values that are 0 or 1"),
    ({"AND": [0, 0, 0, 0.5]}, {}, "AND needs four values that are 0 or 1"),
    (TARGETS, {"OR": (1, 1, -0.5)}, r"a line for \['OR'\], but no targets of that name"),
])
def test_separable_refuses(targets, lines, message):
    with pytest.raises(ValueError, match=message):
        plot_separable(targets, lines)
