"""The plots show their data, and bad input is refused."""

import math
from xml.etree import ElementTree

import pytest
from matplotlib.colors import to_hex
from micrograd.palette import BLUE, GREEN, GREY, ORANGE, PURPLE

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
RUNS = {"dead": [0.5, 0.5, 0.5], "learning": [0.5, 0.2, 0.05]}
PLOTS = {
    "check_error": lambda: plot_check_error(HS, ERRORS),
    "separable": lambda: plot_separable(TARGETS, {"AND": (1.0, 1.0, -1.5)}),
    "losses": lambda: plot_losses(RUNS, {"always 0": 0.5}, title="A title"),
    "surfaces": lambda: plot_surfaces({"sum": surface(sum)}),
}


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_a_plot_is_a_picture_with_the_same_bytes_every_time(plot):
    picture = plot()
    assert isinstance(picture, Picture) and picture.svg == plot().svg
    svg = ElementTree.fromstring(picture.svg)
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"


PRINT_ALL = """
from test_plot import PLOTS
for plot in PLOTS.values():
    print(plot().svg)
"""


@pytest.mark.slow
def test_the_same_bytes_in_every_process(run_python, monkeypatch, request):
    monkeypatch.setenv("PYTHONPATH", str(request.path.parent))
    here = "".join(plot().svg + "\n" for plot in PLOTS.values())
    assert run_python(PRINT_ALL, hash_seed="1") == here
    assert run_python(PRINT_ALL, hash_seed="2") == here


def axes_of(picture):
    return picture._figure.axes


def texts(axes):
    return [text.get_text() for text in axes.texts]


def line(drawn):
    """The data, the colour and the dashes of a line."""
    x, y = (list(map(float, numbers)) for numbers in drawn.get_data())
    return x, y, drawn.get_color(), drawn.get_linestyle()


def test_the_best_h_is_the_one_with_the_smallest_error():
    [axes] = axes_of(plot_check_error(HS, ERRORS))
    curve, best = axes.lines
    assert line(curve) == (HS, ERRORS, BLUE, "-")
    assert line(best)[:3] == ([1e-5], [1e-11], ORANGE)
    words = ["best: h = 1e-05", "rounding\ndominates", "truncation\ndominates"]
    assert texts(axes) == words
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")


def test_a_panel_for_each_boolean_function():
    and_axes, xor_axes = axes_of(
        plot_separable(TARGETS, {"AND": (1.0, 2.0, -2.5)})
    )
    for axes, name in (and_axes, "AND"), (xor_axes, "XOR"):
        assert axes.get_title() == name
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x_0$", "$x_1$")
        assert axes.get_xlim() == axes.get_ylim() == (-0.4, 1.4)
        assert list(axes.get_xticks()) == list(axes.get_yticks()) == [0, 1]
        assert axes.get_aspect() == 1
        corners = {
            tuple(float(*n) for n in dot.get_data()): (
                dot.get_marker(),
                dot.get_markerfacecolor(),
                dot.get_markeredgecolor(),
            )
            for dot in axes.lines[-4:]
        }
        one, zero = ("o", BLUE, "white"), ("s", "white", ORANGE)
        kinds = [one if value else zero for value in TARGETS[name]]
        places = [(0, 0), (0, 1), (1, 0), (1, 1)]
        assert corners == dict(zip(places, kinds))
        assert [text.xy for text in axes.texts] == list(map(list, places))
        assert texts(axes) == list(map(str, TARGETS[name]))
        colours = [text.get_color() for text in axes.texts]
        assert colours == [edge for _, _, edge in kinds]
    [drawn, *_] = and_axes.lines
    (x, y), slope = drawn.get_xy1(), None
    x2, y2 = drawn.get_xy2()
    assert (drawn.get_color(), drawn.get_linestyle(), slope) == (
        GREY,
        "--",
        None,
    )
    for x, y in (x, y), (x2, y2):
        assert 1.0 * x + 2.0 * y - 2.5 == pytest.approx(0)
    assert (x, y) != drawn.get_xy1()
    ones, zeros = xor_axes.lines[:2]
    assert line(ones) == ([0, 1], [1, 0], BLUE, "-")
    assert line(zeros) == ([0, 1], [0, 1], ORANGE, "-")


def test_losses():
    [axes] = axes_of(PLOTS["losses"]())
    *runs, level = axes.lines
    assert [(*line(run), run.get_label()) for run in runs] == [
        ([0, 1, 2], RUNS["dead"], BLUE, "-", "dead"),
        ([0, 1, 2], RUNS["learning"], ORANGE, "--", "learning"),
    ]
    assert line(level)[1:] == ([0.5, 0.5], GREY, ":")
    assert texts(axes) == ["always 0"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == (
        "Training step",
        "MSE Loss",
    )
    assert axes.get_title() == "A title"
    assert axes.get_legend() and axes.get_ylim()[0] == 0
    [axes] = axes_of(plot_losses({"a": [1.0]}, top=3, loss="Entropy"))
    assert not axes.get_legend() and axes.get_ylim() == (0, 3)
    assert axes.get_ylabel() == "Entropy"


def test_runs_differ_in_colour_and_in_dashes():
    picture = plot_losses({name: [1.0, 0.5] for name in "abcde"}, size=(8, 4))
    drawn = axes_of(picture)[0].lines
    colours = [run.get_color() for run in drawn]
    assert colours == [BLUE, ORANGE, GREEN, PURPLE, BLUE]
    assert len({run._unscaled_dash_pattern for run in drawn}) == 4
    assert 'width="576pt" height="288pt"' in picture.svg  # 8 inches by 4


def test_a_surface_has_x0_along_the_rows():
    answers = surface(lambda x: x[0] + 10 * x[1])
    assert answers == [[x0 + 10 * x1 for x0 in GRID] for x1 in GRID]
    assert GRID[0] == -0.4 and GRID[-1] == pytest.approx(1.4)


def test_surfaces():
    step, steeper = (
        [[0.5 + (scale if x0 > 0.5 else -scale) for x0 in GRID] for _ in GRID]
        for scale in (1, 2)
    )
    picture = plot_surfaces({"step": step, "sum": surface(sum)})
    assert [axes.get_title() for axes in axes_of(picture)] == ["step", "sum"]
    filled, border = axes_of(picture)[0].collections
    assert to_hex(filled.get_cmap()(0.0)) == ORANGE
    assert to_hex(filled.get_cmap()(1.0)) == BLUE
    assert list(border.levels) == [0.5]
    [edge] = border.get_paths()
    assert set(edge.vertices[:, 0]) == {pytest.approx(0.5, abs=0.06)}
    # answers beyond 0 and 1 are drawn like 0 and 1
    assert plot_surfaces({"": step}).svg == plot_surfaces({"": steeper}).svg


@pytest.mark.parametrize("losses", [[], [math.nan], [0.5, -math.inf]])
def test_losses_refuses(losses, raises):
    message = "the losses of 'broken' are not a list of finite numbers"
    with raises(ValueError, message):
        plot_losses({**RUNS, "broken": losses})


@pytest.mark.parametrize("surfaces", [{}, {"a": []}, {"a": [[0.5] * 2] * 2}])
def test_surfaces_refuses(surfaces):
    with pytest.raises((ValueError, TypeError)):
        plot_surfaces(surfaces)


@pytest.mark.parametrize(
    ("hs", "errors", "message"),
    [
        ([1e-5], [], "one error for each h is needed, not 0 for 1"),
        ([], [], "one error for each h is needed, not 0 for 0"),
        ([0.0], [1e-3], "a logarithmic axis needs positive numbers, not 0.0"),
        (
            [1.0],
            [math.nan],
            "a logarithmic axis needs positive numbers, not nan",
        ),
    ],
)
def test_check_error_refuses(hs, errors, message, raises):
    with raises(ValueError, message):
        plot_check_error(hs, errors)


@pytest.mark.parametrize("values", [[0, 0, 1], [0, 0, 0, 0.5]])
def test_separable_refuses(values, raises):
    message = f"AND needs four values that are 0 or 1, not {values}"
    with raises(ValueError, message):
        plot_separable({"AND": values}, {})
    message = "a line for ['OR'], but no targets of that name"
    with raises(ValueError, message):
        plot_separable(TARGETS, {"OR": (1, 1, -0.5)})
