"""The plots: the same bytes on every run, and bad input refused."""

import math
from xml.etree import ElementTree

import pytest

from micrograd.picture import Picture
from micrograd.plot import (
    GRID,
    plot_check_error,
    plot_losses,
    plot_separable,
    plot_surfaces,
    surface,
)

HS, ERRORS = [1e-1, 1e-5, 1e-9], [1e-2, 1e-11, 1e-7]
TARGETS = {"AND": [0, 0, 0, 1], "XOR": [0, 1, 1, 0]}
LINES = {"AND": (1.0, 1.0, -1.5)}
RUNS, LEVELS = (
    {"dead": [0.5, 0.5, 0.5], "learning": [0.5, 0.2, 0.05]},
    {"always 0": 0.5},
)
SURFACES = {
    "sum": [[x0 + x1 for x0 in GRID] for x1 in GRID],
    "flat": [[0.0] * len(GRID)] * len(GRID),
}
PLOTS = {
    "check_error": (plot_check_error, HS, ERRORS),
    "separable": (plot_separable, TARGETS, LINES),
    "losses": (plot_losses, RUNS, LEVELS),
    "surfaces": (plot_surfaces, SURFACES),
}
each_plot = pytest.mark.parametrize(
    ("plot", "data"),
    [(plot, data) for plot, *data in PLOTS.values()],
    ids=PLOTS,
)

PRINT_ALL = "import micrograd.plot as plots\n" + "\n".join(
    f"print(plots.{plot.__name__}(*{data}).svg)"
    for plot, *data in PLOTS.values()
)


def test_the_same_bytes_in_every_process(run_python):
    here = "".join(plot(*data).svg + "\n" for plot, *data in PLOTS.values())
    assert (
        run_python(PRINT_ALL, hash_seed="1")
        == run_python(PRINT_ALL, hash_seed="2")
        == here
    )


@each_plot
def test_a_plot_is_a_picture(plot, data):
    picture = plot(*data)
    assert isinstance(picture, Picture)
    assert (
        ElementTree.fromstring(picture.svg).tag
        == "{http://www.w3.org/2000/svg}svg"
    )


def test_the_best_h_is_the_one_with_the_smallest_error():
    """The letters are drawn as paths; matplotlib writes the text they stand for into a comment."""
    assert "best: h = 1e-05" in plot_check_error(HS, ERRORS).svg
    assert (
        "best: h = 1e-09"
        in plot_check_error(HS, sorted(ERRORS, reverse=True)).svg
    )


def test_every_panel_has_its_name():
    svg = plot_separable(TARGETS, LINES).svg
    assert svg.count("<!-- AND -->") == svg.count("<!-- XOR -->") == 1


def test_data_reach_the_picture():
    svgs = {
        plot_check_error(HS, ERRORS).svg,
        plot_check_error(HS, ERRORS[::-1]).svg,
        plot_separable(TARGETS, LINES).svg,
        plot_separable(TARGETS, {}).svg,
        plot_separable(TARGETS, {"AND": (1.0, 1.0, -1.2)}).svg,
        plot_separable({**TARGETS, "XOR": [1, 0, 0, 1]}, LINES).svg,
    }
    assert len(svgs) == 6


def test_losses_reach_the_picture():
    svgs = {
        plot_losses(RUNS).svg,
        plot_losses(RUNS, LEVELS).svg,
        plot_losses(RUNS, {"always 0": 0.4}).svg,
        plot_losses(RUNS, title="XOR").svg,
        plot_losses({**RUNS, "dead": [0.5, 0.5, 0.4]}).svg,
    }
    assert len(svgs) == 5


def test_the_words_of_the_loss_curve():
    """The letters are drawn as paths; matplotlib writes the text they stand for into a comment."""
    svg = plot_losses(RUNS, LEVELS, title="A title").svg
    for words in (
        "Training step",
        "MSE Loss",
        "A title",
        "dead",
        "learning",
        "always 0",
    ):
        assert svg.count(f"<!-- {words} -->") == 1
    assert (
        "<!-- Cross-entropy -->" in plot_losses(RUNS, loss="Cross-entropy").svg
    )
    assert (
        "<!-- dead -->" not in plot_losses({"dead": RUNS["dead"]}).svg
    )  # one run needs no legend


def test_runs_differ_in_colour_and_in_dashes():
    four = plot_losses({name: [1.0, 0.5] for name in "abcd"}).svg
    assert all(
        colour in four
        for colour in ("#0072b2", "#d55e00", "#007a5a", "#595959")
    )
    assert (
        four.count("stroke-dasharray") >= 3 * 2
    )  # in the plot and in the legend
    assert (
        "<!-- e -->" in plot_losses({name: [1.0, 0.5] for name in "abcde"}).svg
    )


def test_the_size_is_in_inches():
    assert 'width="576pt" height="288pt"' in plot_losses(RUNS, size=(8, 4)).svg


def test_a_surface_has_x0_along_the_rows():
    answers = surface(lambda x: x[0] + 10 * x[1])
    assert answers == [[x0 + 10 * x1 for x0 in GRID] for x1 in GRID]
    assert GRID[0] == -0.4 and GRID[-1] == pytest.approx(1.4)


def test_surfaces_reach_the_picture():
    turned = [list(row) for row in zip(*surface(lambda x: x[0]))]
    assert (
        plot_surfaces({"a": surface(lambda x: x[0])}).svg
        != plot_surfaces({"a": turned}).svg
    )
    svg = plot_surfaces(SURFACES).svg
    assert svg.count("<!-- sum -->") == svg.count("<!-- flat -->") == 1


def test_answers_beyond_0_and_1_are_drawn_like_0_and_1():
    step, steeper = (
        [[0.5 + (scale if x0 > 0.5 else -scale) for x0 in GRID] for _ in GRID]
        for scale in (1, 2)
    )
    assert plot_surfaces({"a": step}).svg == plot_surfaces({"a": steeper}).svg


@pytest.mark.parametrize(
    "losses", [[], [math.nan], [0.5, math.inf], [0.5, -math.inf]]
)
def test_losses_refuses(losses):
    with pytest.raises(ValueError, match="'broken'.*finite"):
        plot_losses({**RUNS, "broken": losses})


@pytest.mark.parametrize(
    "surfaces",
    [{}, {"a": []}, {"a": [[0.5, 0.5], [0.5, 0.5]]}],
    ids=["none", "empty", "small"],
)
def test_surfaces_refuses(surfaces):
    with pytest.raises((ValueError, TypeError)):
        plot_surfaces(surfaces)


@pytest.mark.parametrize(
    ("hs", "errors", "message"),
    [
        ([1e-5], [], "one error for each h is needed, not 0 for 1"),
        ([1e-5], [1e-3, 1e-4], "one error for each h is needed, not 2 for 1"),
        ([], [], "one error for each h"),
        ([1e-5, 0.0], [1e-3, 1e-3], "needs positive numbers, not 0.0"),
        ([1e-5], [-1e-3], "needs positive numbers, not -0.001"),
        ([1e-5], [math.nan], "needs positive numbers"),
    ],
)
def test_check_error_refuses(hs, errors, message):
    with pytest.raises(ValueError, match=message):
        plot_check_error(hs, errors)


@pytest.mark.parametrize(
    ("targets", "lines", "message"),
    [
        (
            {"AND": [0, 0, 1]},
            {},
            r"AND needs four values that are 0 or 1, not \[0, 0, 1\]",
        ),
        ({"AND": [0, 0, 0, 2]}, {}, "AND needs four values that are 0 or 1"),
        ({"AND": [0, 0, 0, 0.5]}, {}, "AND needs four values that are 0 or 1"),
        (
            TARGETS,
            {"OR": (1, 1, -0.5)},
            r"a line for \['OR'\], but no targets of that name",
        ),
    ],
)
def test_separable_refuses(targets, lines, message):
    with pytest.raises(ValueError, match=message):
        plot_separable(targets, lines)
