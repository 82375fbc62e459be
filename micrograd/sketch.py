"""Pictures of how slopes work; each function returns a `Picture`.

`plot_slope` and `plot_descent` show how a number learns, `plot_lines` a line
among points, `plot_chain` why slopes multiply, `plot_secants` how a nudge finds
a slope, `plot_activations` two functions with their slopes, `plot_along` one
point of a curve and its surroundings, `plot_cross_entropy` a loss and its
slope, and `plot_gates` what operations do with a gradient.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from .engine import Value
from .palette import (
    BLUE,
    GREEN,
    GREY,
    INK,
    MIDDLE_GREY,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
)
from .picture import (
    BOLD,
    HEIGHT,
    WIDTH,
    Label,
    Picture,
    Point,
    draw_segments,
    height_at,
    large,
    number_text,
    paper,
    plane,
    sheet,
    small,
    write_at_ends,
    write_beside,
)

Function = Callable[[float], Any]

# The box around a number
BOX: Any = {"boxstyle": "round", "facecolor": PALE_BLUE, "edgecolor": GREY}

# The end of a text that is beside a point: to its right, it is the left one.
SIDE = {1: "left", -1: "right"}


@large
def plot_slope(f: Function, at: Sequence[float], h: float) -> Picture:
    """The slope of a loss at some points, and which way is downhill.

    At each point, a nudge of h is drawn as a triangle, and the direction of
    the curve as a dashed line. The slope beside it is that of this line.

    Args:
        f: The loss, a function of a number w. It should be a valley.
        at: The points.
        h: The nudge, large enough to be seen.

    Raises:
        ValueError: If there is no point, if h is not positive, or if the curve
            is not finite.
    """
    if len(at) == 0:
        raise ValueError("there is no point to draw")
    _check_nudge(h)
    left, right = min(at), max(at) + h
    figure = sheet()
    axes = plane(
        figure,
        (20, 40, WIDTH - 40, HEIGHT - 66),
        _around([left, right], 0.7, 0.7),
        _around(_curve(f, left, right, 60)[1], 0.6, 0.3),
    )
    _draw_curve(axes, f)
    for x in sorted(at):
        _draw_nudge(axes, f, x, h)
        _draw_direction(axes, f, x)
        _draw_way_down(axes, f, x)
    _name_axes(axes, "w", "loss")
    axes.set(xticks=at, xticklabels=map(number_text, at), yticks=[])
    return Picture(figure)


@large
def plot_descent(f: Function, xs: Sequence[float]) -> Picture:
    """The way of a number down a loss, as a ball that gets smaller.

    Args:
        f: The loss, a function of a number w.
        xs: The numbers in the order in which they are visited.

    Raises:
        ValueError: If there is no number, or if the curve is not finite.
    """
    if len(xs) == 0:
        raise ValueError("there is no step to draw")
    left, right = _around(xs, 0.2, 0.2)
    lowest = min(_curve(f, left, right, 60)[1])
    figure = sheet()
    axes = plane(
        figure,
        (44, 40, WIDTH - 64, HEIGHT - 66),
        (left, right),
        _around([lowest, *(height_at(f, x) for x in xs)], 0.2, 0.2),
    )
    _draw_curve(axes, f)
    _draw_steps(axes, f, xs)
    _name_axes(axes, "w", "loss")
    axes.locator_params(nbins=6)
    return Picture(figure)


@large
def plot_lines(
    points: Sequence[Point], lines: Mapping[str, tuple[float, float]]
) -> Picture:
    """Lines through points; the last is strong, and shows its errors.

    Args:
        points: The points (x, y).
        lines: By name, (a, b) of a line y = a * x + b.

    Raises:
        ValueError: If there is no point or no line, or a number is not finite.
    """
    if len(points) == 0 or not lines:
        raise ValueError("there must be at least one point and one line")
    for pair in (*points, *lines.values()):
        if not all(map(math.isfinite, pair)):
            raise ValueError(f"points and lines must be finite, not {pair!r}")
    left, right = _around([x for x, _ in points], 0.25, 0.25)
    figure = sheet()
    figure.set_layout_engine("constrained", w_pad=6 / 72)
    axes = figure.subplots()
    labels = []
    for i, (name, (a, b)) in enumerate(lines.items(), start=1):
        ends = [a * left + b, a * right + b]
        color, width = (BLUE, 3) if i == len(lines) else (GREY, 1.5)
        alpha = 0.4 + 0.6 * i / len(lines)
        axes.plot([left, right], ends, color=color, alpha=alpha, lw=width)
        labels.append(Label(name, ends[1], color))
    for x, y in points:
        axes.plot([x, x], [y, a * x + b], ":", color=ORANGE)
        axes.plot([x], [y], "o", color=ORANGE, markersize=9)
    axes.set_xlim(left, right)
    axes.locator_params(nbins=6)
    _name_axes(axes, "x", "y")
    write_at_ends(figure, axes, labels)
    return Picture(figure)


@large
def plot_chain() -> Picture:
    """Why slopes multiply: twice as fast, then three times as fast."""
    figure, axes = paper(250)
    left, unit = 40, 290 / 6
    levels = {"x": 214, "u": 122, "y": 30}
    ends = {"x": left + unit, "u": left + 2 * unit, "y": left + 6 * unit}
    for name, after, factor in ("x", "u", 2), ("u", "y", 3):
        y, below = levels[name], levels[after]
        start, end = ends[name], ends[after]
        fan = [(left, y), (start, y), (end, below), (left, below)]
        axes.add_patch(Polygon(fan, color=PALE_BLUE, linewidth=0))
        sides = [(fan[0], fan[3]), (fan[1], fan[2])]
        draw_segments(axes, sides, color=MIDDLE_GREY, linewidth=1)
        x, words = (start + end) / 2 + 20, f"{factor} times as fast"
        axes.text(x, y - 46, words, va="center")
    for name, nudge in ("x", "+1"), ("u", "+2"), ("y", "+6"):
        y, end = levels[name], ends[name]
        arrow: Any = {"arrowstyle": "->", "color": GREY, "shrinkA": 0}
        line = (left + 314, y), (left - 12, y)
        axes.annotate("", *line, arrowprops=arrow, zorder=1)
        ticks = [left + unit * i for i in range(7)]
        marks = [((x, y), (x, y - 8)) for x in ticks]
        draw_segments(axes, marks, color=GREY, linewidth=1)
        axes.text(left - 22, y, name, ha="right", va="center", fontsize=15)
        bar: Any = {"color": BLUE, "lw": 6, "solid_capstyle": "butt"}
        axes.plot([left, end], [y, y], **bar)
        at = (left + end) / 2, y
        write_beside(axes, nudge, at, (0, 14), color=BLUE, **BOLD)
    axes.plot([362, 370, 370, 362], [214, 214, 30, 30], color=ORANGE, lw=1.5)
    words, style = "2 × 3 = 6\ntimes as fast", {"color": ORANGE, **BOLD}
    write_beside(axes, words, (378, 122), ha="left", **style)
    return Picture(figure)


@small
def plot_secants(f: Function, x: float, h: float) -> Picture:
    """The forward and the central difference beside the slope they look for.

    Args:
        f: The curve, a function of a number. It should bend upwards at x.
        x: The point at which the slope is looked for.
        h: The nudge, large enough to be seen.

    Raises:
        ValueError: If h is not positive, or if the curve is not finite.
    """
    _check_nudge(h)
    xlim = x - 2 * h, x + 2 * h
    ylim = _around(_curve(f, x - h, x + h, 60)[1], 0.5, 0.5)
    forward = {"x": x, "x + h": x + h}
    central = {"x − h": x - h, "x": x, "x + h": x + h}
    figure = sheet()
    for left, title, ticks in (
        (14, "forward difference", forward),
        (WIDTH / 2 + 14, "central difference", central),
    ):
        box = (left, 28, WIDTH / 2 - 28, HEIGHT - 58)
        axes = plane(figure, box, xlim, ylim)
        axes.set_title(title, loc="left")
        axes.set(xticks=[*ticks.values()], xticklabels=[*ticks], yticks=[])
        _draw_curve(axes, f)
        _draw_tangent_and_secant(axes, f, x, min(ticks.values()), x + h)
    return Picture(figure, panels=2)


@small
def plot_activations() -> Picture:
    """ReLU and tanh, and below each its slope."""
    figure = sheet(330)
    upper, lower = _draw_activation(figure, 30, "ReLU", lambda x: max(x, 0.0))
    upper.set(ylim=(-0.4, 3.2), yticks=(0, 1, 2, 3))
    lower.plot([-3.2, 0, math.nan, 0, 3.2], [0, 0, 0, 1, 1], color=ORANGE)
    lower.plot([0], [0], "o", color=ORANGE, markersize=6)
    lower.plot([0], [1], "o", color=ORANGE, markersize=6, fillstyle="none")
    write_beside(lower, "shut: 0", (-1.6, 0), (0, 12))
    write_beside(lower, "open: 1", (1.6, 1), (0, -13))
    left = WIDTH / 2 + 30
    upper, lower = _draw_activation(figure, left, "tanh", math.tanh)
    upper.set(ylim=(-1.2, 1.2), yticks=(-1, 0, 1))
    _draw_curve(lower, lambda x: 1 - math.tanh(x) ** 2, ORANGE)
    for x in -2.3, 2.3:
        write_beside(lower, "nearly 0", (x, 0), (0, 22))
    return Picture(figure, panels=2)


@large
def plot_along(
    f: Function,
    at: float,
    left: float,
    right: float,
    xlabel: str = "w",
    ylabel: str = "loss",
) -> Picture:
    """A curve near a point, which is a ball, and the slope of the curve there.

    If the point is on a kink, each side has its own slope.

    Args:
        f: The curve, a function of a number.
        at: Where the ball is.
        left: Where the picture begins.
        right: Where it ends.
        xlabel: What the number is.
        ylabel: What the height of the curve is.

    Raises:
        ValueError: If the three numbers are not finite and in order, or if the
            curve is not finite.
    """
    if not -math.inf < left < at < right < math.inf:
        raise ValueError(
            "at must lie between left and right, all finite, "
            f"not {left!r}, {at!r}, {right!r}"
        )
    figure = sheet()
    figure.set_layout_engine("constrained", w_pad=6 / 72)
    axes = figure.subplots()
    axes.set_xlim(left, right)
    for start, end in (left, at), (at, right):  # a kink stays sharp
        axes.plot(*_curve(f, start, end, 60), color=BLUE)
    axes.margins(y=0.15)
    _draw_ball(axes, f, at)
    axes.locator_params(nbins=6)
    axes.ticklabel_format(useOffset=False)
    _name_axes(axes, xlabel, ylabel)
    return Picture(figure)


@small
def plot_cross_entropy() -> Picture:
    """Minus the logarithm of a probability, and two slopes along a score.

    The slopes are those of the cross-entropy and of the squared error of the
    probability, if the target is 1.
    """
    figure = sheet(HEIGHT)
    width, height = WIDTH / 2 - 52, HEIGHT - 72
    axes = plane(figure, (36, 42, width, height), (0, 1), (0, 4))
    axes.plot(*_curve(_minus_log, math.exp(-4), 1, 160), color=BLUE)
    for p, offset in (0.1, (26, 6)), (0.9, (0, 14)):
        _draw_number(axes, (p, _minus_log(p)), offset, BLUE)
    _name_axes(axes, "probability of the correct answer", "minus its logarithm")
    axes.set(xticks=(0.1, 0.5, 0.9), yticks=range(5))

    left = WIDTH / 2 + 42
    axes = plane(figure, (left, 42, width, height), (-8, 8), (-1.1, 0.1))
    axes.axhline(0, color=PALE_GREY, linewidth=1)
    _draw_curve(axes, _entropy_slope)
    axes.plot(*_curve(_square_slope, -8, 8, 80), "--", color=ORANGE)
    wrong = -6
    _draw_number(axes, (wrong, _entropy_slope(wrong)), (0, 14), BLUE)
    _draw_number(axes, (wrong, _square_slope(wrong)), (0, -14), ORANGE)
    write_beside(axes, "cross-entropy", (1, -0.5), ha="left", color=BLUE)
    write_beside(axes, "squared error", (-7.5, -0.37), ha="left", color=ORANGE)
    _name_axes(axes, "score", "slope, if the target is 1")
    axes.set(xticks=(wrong, 0, -wrong), yticks=(-1, -0.5, 0))
    return Picture(figure, panels=2)


@small
def plot_gates() -> Picture:
    """What a sum, a product and a ReLU do with a gradient that arrives.

    The gradient is 10 and comes from the right. On each arrow is the local
    derivative that it is multiplied with, and below each input what it gets.
    """
    figure, axes = paper(206)
    third = WIDTH / 3
    headings = [
        ("sum", "hands it on"),
        ("product", "exchanges the factors"),
        ("ReLU", "lets it through, or not"),
    ]
    for i, (name, words) in enumerate(headings):
        axes.text(third * i + 8, 188, name, **BOLD)
        axes.text(third * i + 8, 170, words)
    _draw_gate(axes, "+", Value(2) + 3, (0, 96))
    _draw_gate(axes, "×", Value(2) * 3, (third, 96))
    _draw_gate(axes, "ReLU", Value(2).relu(), (2 * third, 141))
    _draw_gate(axes, "ReLU", Value(-2).relu(), (2 * third, 51))
    return Picture(figure, panels=3)


# What several pictures draw


def _draw_curve(axes: Axes, f: Function, color: str = BLUE) -> None:
    axes.plot(*_curve(f, *axes.get_xlim(), 80), color=color)


def _name_axes(axes: Axes, xlabel: str, ylabel: str) -> None:
    axes.set_xlabel(xlabel, loc="right")
    axes.set_title(ylabel, loc="left")


def _units(axes: Axes) -> Point:
    """How many points one unit of each axis is long."""
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    return axes.bbox.width / (right - left), axes.bbox.height / (top - bottom)


def _along(axes: Axes, slope: float) -> float:
    """How far one goes along x on one point of a line with this slope."""
    wide, high = _units(axes)
    return 1 / math.hypot(wide, high * slope)


# The parts of plot_slope


def _draw_nudge(axes: Axes, f: Function, x: float, h: float) -> None:
    """Draw a nudge, and how far the curve rises or falls on it."""
    y, end = height_at(f, x), height_at(f, x + h)
    corners = [(x, y), (x + h, y), (x + h, end)]
    axes.add_patch(Polygon(corners, color=PALE_ORANGE, linewidth=0))
    axes.plot(*zip(*corners), color=INK, linewidth=1.2)
    if end >= y:
        word, inside, outside, up = "rise", "bottom", "top", 1
    else:
        word, inside, outside, up = "fall", "top", "bottom", -1
    write_beside(axes, "h", (x + h / 2, y), (0, -4 * up), va=outside)
    write_beside(axes, word, (x + h, y), (5, up), ha="left", va=inside)


def _draw_direction(axes: Axes, f: Function, x: float) -> None:
    """Draw the direction of the curve, and write its slope at the upper end."""
    y, slope = height_at(f, x), _slope(f, x)
    way = 1 if slope > 0 else -1
    point = way * _along(axes, slope)
    start, end = x - 35 * point, x + 60 * point
    top = end, y + slope * (end - x)
    axes.plot([start, end], [y + slope * (start - x), top[1]], "--", c=ORANGE)
    words = f"slope {number_text(slope)}"
    style: Any = {"ha": SIDE[way], "va": "top", "color": ORANGE, **BOLD}
    write_beside(axes, words, top, (4 * way, -2), **style)


def _draw_way_down(axes: Axes, f: Function, x: float) -> None:
    """Draw an arrow on the axis, towards where it is downhill from a point."""
    y, slope, bottom = height_at(f, x), _slope(f, x), axes.get_ylim()[0]
    axes.plot([x], [y], "o", color=BLUE, markersize=9)
    axes.plot([x, x], [bottom, y], ":", color=GREY, linewidth=1, zorder=1)
    style: Any = {"color": GREEN, "va": "bottom", **BOLD}
    if slope == 0:
        write_beside(axes, "flat: stay", (x, bottom), (46, 9), **style)
        return
    words, way = ("go left", -1) if slope > 0 else ("go right", 1)
    write_beside(axes, words, (x, bottom), (32 * way, 9), **style)
    arrow: Any = {"arrowstyle": "<|-", "mutation_scale": 18, "linewidth": 3}
    arrow |= {"color": GREEN, "shrinkA": 0, "shrinkB": 0}
    write_beside(axes, "", (x, bottom), (62 * way, 0), arrowprops=arrow)


# The parts of plot_descent


def _draw_steps(axes: Axes, f: Function, xs: Sequence[float]) -> None:
    """Draw balls on the curve, arrows between them, and the first numbers."""
    wide, high = _units(axes)
    last: Point | None = None
    for i, x in enumerate(xs):
        y, slope = height_at(f, x), _slope(f, x)
        if last:
            apart = math.hypot(wide * (x - last[0]), high * (y - last[1]))
            if apart < 4:
                continue  # it would hide the one before
            if apart > 18:
                _draw_jump(axes, last, (x, y))
        last = x, y
        fill, edge, width = (BLUE, "white", 1) if i else ("white", BLUE, 2)
        axes.plot(
            [x],
            [y],
            "o",
            markersize=max(13 - i, 5),
            markerfacecolor=fill,
            markeredgecolor=edge,
            markeredgewidth=width,
            zorder=3,
        )
        if i < 6:  # on the lower side of the curve
            away = 17 * _along(axes, slope)
            offset = away * high * slope, -away * wide
            write_beside(axes, str(i), last, offset)


def _draw_jump(axes: Axes, start: Point, end: Point) -> None:
    bend = -0.3 if end[0] > start[0] else 0.3  # upwards in both directions
    arrow: Any = {"arrowstyle": "->", "color": ORANGE, "linewidth": 1.5}
    arrow |= {"connectionstyle": f"arc3,rad={bend}", "shrinkA": 7, "shrinkB": 7}
    axes.annotate("", end, start, arrowprops=arrow)


# The parts of plot_secants


def _draw_tangent_and_secant(
    axes: Axes, f: Function, x: float, start: float, end: float
) -> None:
    """Draw the tangent at x and the line through two points of the curve."""
    y, y0, y1 = height_at(f, x), height_at(f, start), height_at(f, end)
    slope, secant = _slope(f, x), (y1 - y0) / (end - start)
    middle = (start + end) / 2, (y0 + y1) / 2
    _draw_through(axes, (x, y), slope, 88, linestyle="--", color=GREY)
    half = (end - start) / 2 / _along(axes, secant)
    _draw_through(axes, middle, secant, half + 22, color=ORANGE)
    axes.plot([start, end], [y0, y1], "o", color=ORANGE, markersize=8)
    axes.plot([x], [y], "o", color=BLUE, markersize=8)
    # The curve lies below the secant and above the tangent.
    way = -1 if slope > 0 else 1
    words = f"slope {number_text(secant)}"
    style: Any = {"ha": SIDE[way], "va": "bottom", "color": ORANGE, **BOLD}
    write_beside(axes, words, middle, (8 * way, 3), **style)
    words = f"true slope {number_text(slope)}"
    away = 34 * way * _along(axes, slope)
    point = x + away, y + slope * away
    style = {"ha": SIDE[-way], "va": "top", "color": GREY}
    write_beside(axes, words, point, (-8 * way, -3), **style)


def _draw_through(
    axes: Axes, middle: Point, slope: float, length: float, **style: Any
) -> None:
    """Draw a line of twice the length, in points."""
    x, y = middle
    half = length * _along(axes, slope)
    rise = slope * half
    axes.plot([x - half, x + half], [y - rise, y + rise], **style)


# The parts of plot_activations


def _draw_activation(
    figure: Figure, left: float, name: str, f: Function
) -> tuple[Axes, Axes]:
    """Draw a function, and axes for its slope below it."""
    width, xlim = WIDTH / 2 - 44, (-3.2, 3.2)
    upper = plane(figure, (left, 166, width, 138), xlim, (-1, 1))
    lower = plane(figure, (left, 24, width, 92), xlim, (-0.15, 1.15))
    upper.set_title(name, loc="left", color=BLUE, **BOLD)
    lower.set_title("its slope", loc="left", color=ORANGE, **BOLD)
    for axes in upper, lower:
        axes.set(xticks=(-3, 0, 3), yticks=(0, 1))
        axes.axhline(0, color=PALE_GREY, linewidth=1)
    _draw_curve(upper, f)
    return upper, lower


# The parts of plot_along


def _draw_ball(axes: Axes, f: Function, x: float) -> None:
    """Draw a ball on the curve, and write the slope on each side of it."""
    left, right = axes.get_xlim()
    y, h = height_at(f, x), 1e-7 * (right - left)
    after = _without_rounding((height_at(f, x + h) - y) / h)
    before = _without_rounding((y - height_at(f, x - h)) / h)
    slopes = {1: after, -1: before}
    if math.isclose(before, after, rel_tol=1e-4, abs_tol=1e-5):
        slopes = {1: _slope(f, x)}  # there is no kink
    for way, slope in slopes.items():
        end = height_at(f, right if way == 1 else left)
        lift = -14 if end > y else 14  # away from the curve
        words = f"slope {number_text(slope)}"
        style: Any = {"ha": SIDE[way], "color": ORANGE, **BOLD}
        write_beside(axes, words, (x, y), (14 * way, lift), **style)
    axes.plot([x], [y], "o", color=BLUE, markeredgecolor="white", ms=13)


# The parts of plot_cross_entropy


def _minus_log(p: float) -> float:
    return -math.log(p)


def _probability(score: float) -> float:
    return 1 / (1 + math.exp(-score))


def _entropy_slope(score: float) -> float:
    """The slope of -log(p) along the score."""
    return _probability(score) - 1


def _square_slope(score: float) -> float:
    """The slope of (p - 1) ** 2 along the score."""
    p = _probability(score)
    return 2 * (p - 1) * p * (1 - p)


def _draw_number(axes: Axes, point: Point, offset: Point, color: str) -> None:
    """Draw a dot, and write its height beside it."""
    axes.plot(*point, "o", color=color, markersize=7)
    words = f"{point[1]:.3f}".replace("-", "−")
    write_beside(axes, words, point, offset, color=color, **BOLD)


# The parts of plot_gates


def _draw_gate(axes: Axes, name: str, result: Value, place: Point) -> None:
    """Draw an operation, and how a gradient of 10 goes back through it.

    Args:
        axes: A paper.
        name: What to write into the operation.
        result: What the operation gave.
        place: Its left edge and the middle of its height.
    """
    left, middle = place
    gate = left + 98, middle
    _draw_way_back(axes, (left + 176, middle), gate, ORANGE)
    write_beside(
        axes, "10", (left + 140, middle), (0, 12), color=ORANGE, **BOLD
    )
    lifts = [45, -45] if len(result._prev) == 2 else [0]
    for x, local, lift in zip(result._prev, result._local, lifts):
        color = ORANGE if local else GREY
        end = left + 24, middle + lift
        _draw_way_back(axes, gate, end, color)
        write_beside(axes, number_text(x.data), end, bbox=BOX)
        gets = number_text(10 * local)
        write_beside(axes, gets, end, (0, -26), color=color, **BOLD)
        half = left + 66, middle + lift / 2
        above = -12 if lift < 0 else 12
        words = f"× {number_text(local)}"
        write_beside(axes, words, half, (0, above), color=color)
    axes.plot(*gate, "o", ms=36, mfc="white", mec=INK, mew=1.5)
    write_beside(axes, name, gate)


def _draw_way_back(axes: Axes, start: Point, end: Point, color: str) -> None:
    """Draw an arrow that begins and ends at the edge of a circle or a box."""
    arrow: Any = {"arrowstyle": "-|>", "color": color, "linewidth": 2}
    arrow |= {"shrinkA": 18, "shrinkB": 18, "mutation_scale": 14}
    axes.annotate("", end, start, arrowprops=arrow)


# Numbers


def _check_nudge(h: float) -> None:
    if not 0 < h < math.inf:
        raise ValueError(f"h must be positive and finite, not {h!r}")


def _curve(
    f: Function, left: float, right: float, parts: int
) -> tuple[list[float], list[float]]:
    """The x and the y of a curve, from left to right."""
    xs = [left + (right - left) * i / parts for i in range(parts + 1)]
    return xs, [height_at(f, x) for x in xs]


def _slope(f: Function, x: float) -> float:
    """The slope of a curve at x, by a tiny nudge to both sides."""
    rise = height_at(f, x + 1e-5) - height_at(f, x - 1e-5)
    return _without_rounding(rise / 2e-5)


def _without_rounding(slope: float) -> float:
    """A slope that was measured, or 0 where it is so small that it may be 0."""
    return slope if abs(slope) > 1e-6 else 0.0


def _around(numbers: Sequence[float], below: float, above: float) -> Point:
    """The least and the greatest, and parts of the distance between them more.

    Equal numbers count as one apart.
    """
    low, high = min(numbers), max(numbers)
    distance = (high - low) or 1
    return low - below * distance, high + above * distance
