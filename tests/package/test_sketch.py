"""The sketches show their numbers. What they refuse is in transcripts.txt."""

import random
import re
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.path import Path
from matplotlib.text import Text

from micrograd import MLP, Value, palette, train
from micrograd.network_sketch import draw_network, plot_neuron, plot_open
from micrograd.palette import BLUE, GREY, ORANGE
from micrograd.sketch import (
    plot_activations,
    plot_along,
    plot_chain,
    plot_cross_entropy,
    plot_descent,
    plot_gates,
    plot_lines,
    plot_secants,
    plot_slope,
)

LINES = {"start": (0, 0), "close": (1.2, 0.8), "closest": (1.5, 1.0)}
POINTS = [(0, 1), (1, 3), (2, 4)]
STEPS = [0, 5.28, 1.2608, 4.3242, 2.0]
MANY = [3 + 2.5 / k for k in range(1, 99)]
PLANE = "−1, −1, 0, 0, 1, 1, 2, 2, $x_0$, $x_1$"


def bowl(w):
    return (2 * w - 6) ** 2


def ledge(w):
    """Falls, is flat from -1 to 0, and falls."""
    return 3 - min(w + 1, 0) - 0.5 * max(w, 0)


def model(*sizes, **options):
    random.seed(42)
    return MLP(2, sizes, **options)


def huge():
    """A network whose answers are large and below 0."""
    network = model(1, 1)
    network.layers[1].neurons[0].b.data = -12345.6
    return network


# Each sketch, and all that is written in it
SKETCHES = {
    "slopes": (
        lambda: plot_slope(bowl, [4, 2], 0.5),
        "h, fall, slope −8, go right, h, rise, slope 8, go left",
    ),
    "flat": (
        lambda: plot_slope(lambda w: w * w - 6 * w + 9, [3.0], 0.5),
        "h, rise, slope 0, flat: stay",
    ),
    "descent": (lambda: plot_descent(bowl, STEPS), "0, 1, 2, 3, 4"),
    "many steps": (lambda: plot_descent(bowl, MANY), "0, 1, 2, 3, 4, 5"),
    "lines": (lambda: plot_lines(POINTS, LINES), "start, close, closest"),
    "chain": (
        plot_chain,
        "2 times as fast, 3 times as fast, x, +1, u, +2, y, +6, "
        "2 × 3 = 6\ntimes as fast",
    ),
    "secants": (
        lambda: plot_secants(lambda x: x**3, 1, 0.5),
        "slope 4.75, true slope 3, slope 3.25, true slope 3",
    ),
    "falling secants": (
        lambda: plot_secants(bowl, 1.5, 0.5),
        "slope −10, true slope −12, slope −12, true slope −12",
    ),
    "activations": (plot_activations, "shut: 0, open: 1, nearly 0, nearly 0"),
    "neuron": (
        lambda: plot_neuron(lambda x: max(0, x[0] + 0.8 * x[1] - 0.6)),
        f"{PLANE}, 0, 3, answer",
    ),
    "negative neuron": (
        lambda: plot_neuron(lambda x: Value(x[0]) + x[1] - 5),
        f"{PLANE}, −7, 0, answer",
    ),
    "dead neuron": (lambda: plot_neuron(lambda x: 0), f"{PLANE}, 0, answer"),
    "network": (
        lambda: draw_network([2, 4, 4, 1]),
        "$x_{0}$, $x_{1}$, weights, 2 × 4, 4 × 4, 4 × 1, biases, + 4, + 4, "
        "+ 1, together, = 12, = 20, = 5, 12 + 20 + 5 = 37 parameters",
    ),
    "one layer": (
        lambda: draw_network([2, 1]),
        "$x_{0}$, $x_{1}$, weights, 2 × 1, biases, + 1, together, = 3, "
        "3 parameters",
    ),
    "kink": (lambda: plot_along(ledge, 0, -2, 4), "slope −0.5, slope 0"),
    "rising kink": (
        lambda: plot_along(lambda w: -ledge(w), 0, -2, 4, "bias", "gain"),
        "slope 0.5, slope 0",
    ),
    "valley": (lambda: plot_along(abs, 0.5, -1, 2), "slope 1"),
    "cross-entropy": (
        plot_cross_entropy,
        "2.303, 0.105, −0.998, −0.005, cross-entropy, squared error",
    ),
    "gates": (
        plot_gates,
        "sum, hands it on, product, exchanges the factors, "
        "ReLU, lets it through, or not, "
        "10, 2, 10, × 1, 3, 10, × 1, +, "
        "10, 2, 30, × 3, 3, 20, × 2, ×, "
        "10, 2, 10, × 1, ReLU, 10, −2, 0, × 0, ReLU",
    ),
    "bottom": (lambda: plot_along(bowl, 3, 0, 5), "slope 0"),
    "open": (
        lambda: plot_open(model(4, 4, 1), train.XOR_X, train.XOR_Y),
        "hidden layer 1, 0, 1, 2, 3, hidden layer 2, 0, 1, 2, 3, "
        "(0, 0), (0, 1), (1, 0), (1, 1), answer, 0.00, −0.21, 0.00, −0.50, "
        "target, 0, 1, 1, 0, open, shut",
    ),
    "open, wide": (
        lambda: plot_open(model(16, 1), [[-0.25, 1]]),
        f"hidden layer 1, {', '.join(map(str, range(16)))}, "
        "(−0.25, 1), answer, −0.18, open, shut",
    ),
    "open, narrow": (
        lambda: plot_open(huge(), [[0, 0], [0.5, 0.5]], [1, -0.5]),
        "hidden layer 1, 0, (0, 0), (0.5, 0.5), answer, −1.235e+04, "
        "−1.235e+04, target, 1, −0.5, open, shut",
    ),
}
PANELS = {
    "secants": 2,
    "falling secants": 2,
    "activations": 2,
    "cross-entropy": 2,
    "gates": 3,
}


def axes_of(name):
    draw, _ = SKETCHES[name]
    return draw()._figure.axes


def boxes(figure):
    """Each text that can be seen, and its box on the paper."""
    figure.draw_without_rendering()
    for axes in figure.axes:
        texts = [*axes.texts, axes._left_title, axes.xaxis.label]
        if axes.axison:
            ticks = axes.xaxis._update_ticks() + axes.yaxis._update_ticks()
            texts += [tick.label1 for tick in ticks]
        for text in texts:
            if text.get_text():
                yield text, Text.get_window_extent(text)


def shades(figure):
    """The colours of the surface, where there is one."""
    for surface in figure.axes[0].collections:
        yield from map(to_hex, surface.get_facecolors())


def pieces(figure):
    """The pieces of all lines, on the paper, as far as they can be seen."""
    for axes in figure.axes:
        low, high = axes.bbox.min - 1, axes.bbox.max + 1
        for line in axes.lines:
            points = line.get_transform().transform(line.get_xydata())
            for pair in map(np.array, pairwise(points)):
                seen = np.all((low <= pair) & (pair <= high))
                if seen and line.get_linestyle() != "None":
                    yield Path(pair)


@pytest.mark.parametrize("name", SKETCHES)
def test_a_sketch_is_small_and_can_be_read(name):
    draw, words = SKETCHES[name]
    picture = draw()
    assert picture.svg == draw().svg and len(picture.svg) < 60_000
    panels = PANELS.get(name, 1)
    marks = re.findall('<svg data-panels="(.)" ', picture.svg)
    assert marks == [str(panels)] * (panels > 1)

    figure = picture._figure
    known = {color for name, color in vars(palette).items() if name.isupper()}
    drawn = {*re.findall("#[0-9a-f]{6}", picture.svg)} - {*shades(figure)}
    assert drawn <= known | {"#ffffff"}
    texts = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert ", ".join(filter(None, texts)) == words
    width, height = figure.bbox.size
    assert width == 496
    written, lines = [*boxes(figure)], [*pieces(figure)]
    for i, (text, box) in enumerate(written):
        assert text.get_fontsize() >= 11
        assert box.y0 >= 0 and box.y1 <= height, text
        left, right = (x // (width / panels) for x in (box.x0, box.x1))
        assert left == right and 0 <= left < panels, text
        assert not any(box.overlaps(other) for _, other in written[:i]), text
        inner = box.padded(-1)
        assert not any(x.intersects_bbox(inner, False) for x in lines), text


def lines(axes, color, style="-"):
    """The points of each line of a colour and a style, without gaps."""
    return [
        line.get_xydata()[np.isfinite(line.get_ydata())]
        for line in axes.lines
        if (line.get_color(), line.get_linestyle()) == (color, style)
        and line.get_marker() == "None"
    ]


def dots(axes):
    found = [x.get_xydata() for x in axes.lines if x.get_marker() == "o"]
    return np.concatenate(found)


def straight(line, x):
    """The slope of a line, and its height at x."""
    slope, height = np.polyfit(line[:, 0] - x, line[:, 1], 1)
    return pytest.approx((slope, height), abs=1e-9)


def test_slopes_and_ways_down_are_those_of_the_curve():
    [axes] = axes_of("slopes")
    falling, rising = lines(axes, ORANGE, "--")
    assert straight(falling, 2) == (-8, 4) and straight(rising, 4) == (8, 4)
    ways = {t.xy[0]: t.xyann[0] for t in axes.texts if t.arrow_patch}
    assert ways.keys() == {2, 4} and ways[2] > 0 > ways[4]


def test_a_descent_goes_from_ball_to_ball():
    [axes] = axes_of("descent")
    path = np.array([(w, bowl(w)) for w in STEPS])
    assert dots(axes) == pytest.approx(path)
    ways = [(t.xyann, t.xy) for t in axes.texts if t.arrow_patch]
    assert np.array(ways) == pytest.approx(np.array([*pairwise(path)]))
    assert 10 < len(dots(axes_of("many steps")[0])) < 50


def test_the_last_line_shows_its_errors():
    [axes] = axes_of("lines")
    for line, numbers in zip(axes.lines, LINES.values()):
        assert straight(line.get_xydata(), 0) == numbers
    errors = [error.tolist() for error in lines(axes, ORANGE, ":")]
    assert errors == [[[x, y], [x, 1.5 * x + 1.0]] for x, y in POINTS]


def test_nudges_of_a_chain_are_as_long_as_they_say():
    [axes] = axes_of("chain")
    lengths = np.array([bar[1, 0] - bar[0, 0] for bar in lines(axes, BLUE)])
    assert lengths / lengths[0] == pytest.approx([1, 2, 6])


def test_secants_go_through_their_points():
    for axes, x, slope in zip(axes_of("secants"), (1, 0.5), (4.75, 3.25)):
        [secant], [tangent] = lines(axes, ORANGE), lines(axes, GREY, "--")
        assert straight(secant, x) == (slope, x**3)
        assert straight(tangent, 1) == (3, 1)


def test_below_an_activation_is_its_slope():
    relu, relu_slope, tanh, tanh_slope = axes_of("activations")
    for above, below in (relu, relu_slope), (tanh, tanh_slope):
        [curve], [slopes] = lines(above, BLUE), lines(below, ORANGE)
        rises = np.diff(curve[:, 1]) / np.diff(curve[:, 0])
        shown = np.interp((curve[1:, 0] + curve[:-1, 0]) / 2, *slopes.T)
        assert rises == pytest.approx(shown, abs=0.01)


def test_a_neuron_is_a_surface_that_is_white_where_it_is_flat():
    [flat], [axes] = axes_of("dead neuron"), axes_of("neuron")
    lift = (dots(axes) - dots(flat))[:, 1]
    answers = [0, 0.4, 1.2, 0.2]  # at (0, 0), (1, 0), (1, 1) and (0, 1)
    assert lift / lift[2] * 1.2 == pytest.approx(answers)
    colors = [*shades(axes.figure)]
    assert (colors[-9], colors[8]) == ("#ffffff", "#bfdcef")  # near, far


def test_a_network_has_a_line_for_each_parameter():
    [axes] = axes_of("network")
    [weights], [biases] = lines(axes, BLUE), lines(axes, ORANGE)
    assert len(np.unique(weights.reshape(-1, 4), axis=0)) == 28
    assert len(biases) == 2 * 9
    circles = {*map(tuple, dots(axes))}
    assert len(circles) == 11 and {*map(tuple, weights)} == circles
    assert {*map(tuple, biases[1::2])} < circles


def test_the_slopes_beside_a_point_are_those_of_its_sides():
    [axes] = axes_of("kink")
    left, right = (line for line in lines(axes, BLUE))
    assert left[[0, -1]].tolist() == [[-2, 4], [0, 3]]
    assert right[[0, -1]].tolist() == [[0, 3], [4, 1]]
    assert dots(axes).tolist() == [[0, 3]] and axes.get_xlim() == (-2, 4)
    right, left = axes.texts
    assert left.xyann[0] < 0 < right.xyann[0]  # each on its side
    assert left.xyann[1] < 0 < right.xyann[1]  # and not on the curve
    [axes] = axes_of("rising kink")
    assert (axes.get_xlabel(), axes.get_title("left")) == ("bias", "gain")


def test_slopes_along_a_score_are_those_of_the_engine():
    left, right = axes_of("cross-entropy")
    [curve], [entropy] = lines(left, BLUE), lines(right, BLUE)
    [square] = lines(right, ORANGE, "--")
    assert np.exp(-curve[:, 1]) == pytest.approx(curve[:, 0])
    losses = {
        train.binary_cross_entropy: lambda score: score,
        train.mean_squared_error: lambda score: 1 / ((-score).exp() + 1),
    }
    for drawn, (loss, prediction) in zip((entropy, square), losses.items()):
        scores = [Value(x) for x in drawn[:, 0]]
        for score in scores:
            loss([prediction(score)], [1]).backward()
        slopes = [score.grad for score in scores]
        assert drawn[:, 1] == pytest.approx(slopes, abs=1e-12)
    assert dots(left)[:, 0].tolist() == [0.1, 0.9]
    assert dots(right)[:, 0].tolist() == [-6, -6]


def test_arrows_of_gates_go_back_and_are_grey_where_nothing_passes():
    [axes] = axes_of("gates")
    arrows = [x for x in axes.texts if getattr(x, "arrow_patch", None)]
    assert all(arrow.xyann[0] > arrow.xy[0] for arrow in arrows)
    colors = [to_hex(x.arrow_patch.get_edgecolor()) for x in arrows]
    assert colors == [ORANGE] * 9 + [GREY]
    texts = {text.get_text(): text for text in axes.texts}
    assert texts["0"].get_color() == texts["× 0"].get_color() == GREY


def circles(axes, fill):
    """The places of the circles in a picture of open neurons."""
    [found] = [x for x in axes.lines if x.get_markerfacecolor() == fill]
    return [tuple(xy) for xy in found.get_xydata()[:-1]]  # not the legend's


def test_a_neuron_is_open_where_its_sum_is_positive():
    network, seen = model(4, 4, 1), []
    for p in network.parameters():
        p.grad = 0.5  # left over, and of no importance
    [axes] = plot_open(network, train.XOR_X)._figure.axes
    assert {p.grad for p in network.parameters()} == {0.5}
    for x in train.XOR_X:
        first = network.layers[0](x)
        seen += [h._prev[0].data > 0 for h in first]
        seen += [h._prev[0].data > 0 for h in network.layers[1](first)]
    filled, empty = circles(axes, BLUE), circles(axes, "white")
    places = sorted(filled + empty, key=lambda place: (-place[1], place[0]))
    assert [place in filled for place in places] == seen and any(seen)
    texts = {text.get_text(): text.get_position() for text in axes.texts}
    rows = sorted({y for _, y in places}, reverse=True)
    assert [texts[f"({a}, {b})"][1] for a, b in train.XOR_X] == rows


def test_a_neuron_without_a_flat_side_is_open_everywhere():
    for activation in "tanh", None:
        network = model(3, 3, 1, activation=activation)
        [axes] = plot_open(network, train.XOR_X)._figure.axes
        assert len(circles(axes, BLUE)) == 24 and not circles(axes, "white")
