"""The book's plots; each function returns a `Picture`.

`plot_check_error` is for the gradient check, `plot_separable` for XOR,
`plot_losses` for training, `plot_shares` for how often it succeeds,
`plot_surfaces` for what networks answer, `plot_learned` for the bug zoo, and
`plot_speed` for how fast engines are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import cycle
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import FuncFormatter, LogLocator, PercentFormatter

from .palette import BLUE, GREEN, GREY, INK, ORANGE, PALE_BLUE, PURPLE, RUST
from .picture import (
    BOLD,
    Label,
    Picture,
    draw_segments,
    height_at,
    panels,
    styled,
    write_at_ends,
    write_beside,
)
from .train import XOR_X, XOR_Y

GRID = [-0.4 + 0.06 * i for i in range(31)]  # from -0.4 to 1.4
LINES: list[tuple[str, Any]] = [
    (BLUE, "-"),
    (ORANGE, "--"),
    (GREEN, "-."),
    (PURPLE, (0, (6, 1.5))),
]
# Two marks at one place are seen both: the filled one lies in the hollow one.
HOLLOW: Any = {"marker": "o", "markersize": 9.5, "markerfacecolor": "white"}
FILLED: Any = {"marker": "o", "markersize": 6}
# The same without lines, and told apart by their shape as well.
CIRCLES: Any = {"linestyle": "", **HOLLOW}
DIAMONDS: Any = {"linestyle": "", "marker": "D", "markersize": 4.5}

# No line of the grid runs through a heading, and no mark is hidden by one.
ON_WHITE: Any = {"facecolor": "white", "edgecolor": "none", "pad": 1}
HEADING: Any = {**BOLD, "color": INK, "bbox": ON_WHITE, "zorder": 1}
MISSED: Any = {**BOLD, "color": RUST}


@styled
def plot_check_error(hs: Sequence[float], errors: Sequence[float]) -> Picture:
    """The relative error of a numerical gradient against the nudge.

    Args:
        hs: The nudges.
        errors: The relative error at each. Both axes are logarithmic.

    Raises:
        ValueError: If there is not one error for each nudge, or a number is
            not positive and finite.
    """
    if len(hs) != len(errors) or len(hs) == 0:
        raise ValueError(
            "there must be one error for each h: "
            f"got {len(errors)} for {len(hs)}"
        )
    for number in (*hs, *errors):
        if not 0 < number < math.inf:
            raise ValueError(
                f"a number on this axis must be positive, not {number!r}"
            )
    figure, [axes] = panels(1, (6.9, 3.4))
    axes.loglog(hs, errors, "o-", color=BLUE)
    best, h = min(zip(errors, hs))
    axes.loglog([h], [best], "o", color=ORANGE, markersize=9)
    best_of_all = f"best: h = {h:.0e}"
    write_beside(
        axes, best_of_all, (h, best), (0, -16), va="baseline", color=RUST
    )
    axes.margins(y=0.15)
    axes.set(xlabel="nudge h", ylabel="relative error")
    for x, what in ((0.2, "rounding"), (0.9, "truncation")):
        axes.text(
            x,
            0.18,
            f"{what}\ndominates",
            transform=axes.transAxes,
            color=GREY,
            ha="center",
        )
    return Picture(figure)


@styled
def plot_separable(
    targets: Mapping[str, Sequence[int]],
    lines: Mapping[str, tuple[float, float, float]],
) -> Picture:
    """One panel for each boolean function of two inputs.

    Args:
        targets: By name, the function's values at the four corners (0, 0),
            (0, 1), (1, 0) and (1, 1), each 0 or 1.
        lines: By name, (w0, w1, b) of a line w0 * x0 + w1 * x1 + b = 0. A
            panel without one joins its ones and its zeros by segments.

    Raises:
        ValueError: If a value is neither 0 nor 1, if there are not four, or
            if there is a line for no function.
    """
    if not targets:
        raise ValueError("there is no function to plot")
    for name, values in targets.items():
        if len(values) != 4 or not set(values) <= {0, 1}:
            raise ValueError(
                f"{name} needs four values that are 0 or 1, not {values!r}"
            )
    unknown = sorted(set(lines) - set(targets))
    if unknown:
        raise ValueError(f"a line for {unknown}, but no targets of that name")
    figure, axes_list = panels(len(targets))
    for axes, (name, values) in zip(axes_list, targets.items()):
        if name in lines:
            _draw_line(axes, *lines[name])
        else:
            _draw_segments(axes, values)
        _draw_corners(axes, name, values)
    return Picture(figure, len(targets))


@styled
def plot_losses(
    runs: Mapping[str, Sequence[float]],
    levels: Mapping[str, float] | None = None,
    top: float | None = None,
    title: str = "",
    size: tuple[float, float] = (6.4, 3.6),
    loss: str = "MSE Loss",
    log: bool = False,
    bottom: float | None = None,
    every: int = 1,
) -> Picture:
    """The losses of each run against the training step.

    Args:
        runs: By name, the loss before each step.
        levels: By name, heights at which a dotted line is drawn.
        top: Where the axis of the losses ends.
        title: A title above the plot.
        size: The width and height in inches.
        loss: The name on the axis of the losses.
        log: Whether this axis is logarithmic.
        bottom: Where it begins. What is lower runs along this edge.
        every: How many steps lie between two losses of a run.

    Raises:
        ValueError: If a run is empty or a loss is not finite, or if a
            logarithmic axis has no positive height for a loss or its bottom.
    """
    if not runs:
        raise ValueError("there is no run to plot")
    for name, losses in runs.items():
        if len(losses) == 0 or not all(map(math.isfinite, losses)):
            raise ValueError(
                f"the losses of {name!r} are not a list of finite numbers"
            )
    if bottom is None and not log:
        bottom = 0
    lowest = min(map(min, runs.values())) if bottom is None else bottom
    if log and lowest <= 0:
        raise ValueError(
            "a logarithmic axis begins above 0: "
            f"bottom must be positive, not {lowest!r}"
        )
    figure, [axes] = panels(1, size)
    labels = []
    for name, level in (levels or {}).items():
        axes.axhline(level, color=GREY, linestyle=":", linewidth=1)
        labels.append(Label(name, level, GREY))
    for (name, losses), (color, line) in zip(runs.items(), cycle(LINES)):
        shown = [max(x, lowest) for x in losses]
        steps = range(0, every * len(shown), every)
        axes.plot(steps, shown, linestyle=line, color=color, label=name)
        labels.append(Label(name, shown[-1], color))
    axes.set(xlabel="Training step", ylabel=loss, title=title)
    if every > 1:
        axes.locator_params(axis="x", nbins=5)  # as the numbers are long
    if log:
        axes.set_yscale("log")
    axes.set_ylim(bottom, top)
    if len(labels) > 1:
        write_at_ends(figure, axes, labels)
    return Picture(figure)


@styled
def plot_shares(
    shares: Mapping[str, Mapping[int, tuple[float, float]]],
    steps: tuple[int, int] = (200, 1000),
) -> Picture:
    """The share of runs that succeed against the width of the hidden layer.

    A hollow mark is the share after the first number of steps, and a filled
    one, with a line through it, the share after the second.

    Args:
        shares: By name, and then by width, the two shares, from 0 to 1.
        steps: The two numbers of steps.

    Raises:
        ValueError: If there is no share to plot, a width is not positive, or
            there are not two shares from 0 to 1 for a width.
    """
    if not shares or not all(shares.values()):
        raise ValueError("there is no share to plot")
    for name, by_width in shares.items():
        for width, pair in by_width.items():
            if not width > 0:
                raise ValueError(f"a width must be positive, not {width!r}")
            if len(pair) != 2 or not all(0 <= share <= 1 for share in pair):
                raise ValueError(
                    f"{name} needs two shares from 0 to 1 for the width "
                    f"{width}, not {pair!r}"
                )
    figure, [axes] = panels(1, (6.4, 3.6))
    labels = []
    for (name, by_width), (color, line) in zip(shares.items(), cycle(LINES)):
        widths = sorted(by_width)
        early, late = zip(*(by_width[width] for width in widths))
        axes.plot(widths, early, ":", color=color, linewidth=1, **HOLLOW)
        axes.plot(widths, late, linestyle=line, color=color, **FILLED)
        labels.append(Label(name, late[-1], color))
    axes.set_xscale("log", base=2)  # a step right is twice the width
    every = sorted({width for x in shares.values() for width in x})
    axes.set_xticks(every, labels=map(str, every))
    axes.set(ylim=(-0.03, 1.03), yticks=(0, 0.25, 0.5, 0.75, 1))
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.set(xlabel="width of the hidden layer", ylabel="share of successes")
    for number, mark in zip(steps, (HOLLOW, FILLED)):
        label = f"after {number:,} steps"
        axes.plot([], [], color=GREY, linestyle="", label=label, **mark)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)
    write_at_ends(figure, axes, labels)
    return Picture(figure)


def surface(
    model: Callable[[list[float]], Any], grid: Sequence[float] = GRID
) -> list[list[float]]:
    """The answers of a model around the unit square, row by row.

    Args:
        model: A function of a list of two numbers.
        grid: The numbers that both of them take.

    Raises:
        ValueError: If an answer is not finite.
    """
    return [[height_at(model, [x0, x1]) for x0 in grid] for x1 in grid]


@styled
def plot_surfaces(surfaces: Mapping[str, list[list[float]]]) -> Picture:
    """A panel for each surface: orange for 0 or less, blue for 1 or more.

    Args:
        surfaces: By name, what the function `surface` returns.

    Raises:
        ValueError: If there is none.
    """
    if not surfaces:
        raise ValueError("there is no surface to plot")
    colors = LinearSegmentedColormap.from_list(
        "answers", [ORANGE, "white", BLUE]
    )
    levels = [i / 10 for i in range(11)]
    figure, axes_list = panels(len(surfaces))
    for axes, (name, answers) in zip(axes_list, surfaces.items()):
        clipped = [[min(max(x, 0), 1) for x in row] for row in answers]
        axes.contourf(GRID, GRID, clipped, levels=levels, cmap=colors)
        axes.contour(
            GRID, GRID, answers, levels=[0.5], colors=[GREY], linewidths=1.5
        )
        _draw_corners(axes, name, XOR_Y)
    return Picture(figure, len(surfaces))


@styled
def plot_learned(
    groups: Mapping[str, Mapping[str, Sequence[int]]],
    networks: Sequence[str],
    found: Mapping[str, bool],
    runs: int = 100,
) -> Picture:
    """How many runs of each of two networks learned, in a row for each bug.

    A hollow circle is the number of the first network, and a filled diamond
    that of the second. From nine tenths of the runs on, the ground is shaded.
    At the right stands whether the gradient check found the bug. One that it
    missed is written in bold orange letters.

    Args:
        groups: By heading, and then by bug, the two numbers of runs. Groups
            and rows keep their order. An empty heading takes no room.
        networks: The names of the two networks.
        found: By bug, whether the gradient check found it. Beside a row that
            is not in here, nothing is written.
        runs: How many runs there were.

    Raises:
        ValueError: If a group has no bug, or a bug is in two groups; if there
            are not two networks, or not two numbers from 0 to `runs` for a
            bug; or if `found` has a bug that is in no group.
    """
    _refuse_odd_rows(groups, networks, found, runs)
    rows = [row for group in groups.values() for row in group.items()]
    depth = len(rows) + 1.4 * sum(heading != "" for heading in groups)
    # It is narrow, so that a phone hardly has to make the letters smaller.
    figure, [axes] = panels(1, (4.8, 1 + 0.2 * depth))
    # Where names begin: a letter is 6.6 points wide.
    left = -6.7 * max(len(bug) for bug, _ in rows) - 6
    y, ys = 0.0, []
    for heading, group in groups.items():
        if heading:
            _write_in_row(axes, heading, (0, y + 0.4), left, **HEADING)
            y += 1.4
        for bug in group:
            style = MISSED if found.get(bug) is False else {"color": INK}
            _write_in_row(axes, bug, (0, y), left, family="monospace", **style)
            if bug in found:
                word = "found" if found[bug] else "missed"
                _write_in_row(axes, word, (1, y), 4, **style)
            ys.append(y)
            y += 1
    corner: Any = {"xycoords": "axes fraction", "ha": "left", "va": "bottom"}
    write_beside(axes, "gradient\ncheck", (1, 1), (4, 0), color=INK, **corner)
    first, second = zip(*(numbers for _, numbers in rows))
    between = zip(zip(first, ys), zip(second, ys))
    axes.axvspan(0.9 * runs, 1.06 * runs, color=PALE_BLUE, linewidth=0)
    draw_segments(axes, between, color=GREY, linewidth=1, linestyle=":")
    axes.plot(first, ys, color=BLUE, label=networks[0], **CIRCLES)
    axes.plot(second, ys, color=INK, label=networks[1], **DIAMONDS)
    near: Any = {"handletextpad": 0.2, "frameon": False}
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, **near)
    axes.set(xlim=(-0.06 * runs, 1.06 * runs), ylim=(y - 0.4, -0.6))
    axes.set(xlabel=f"runs that learned, of {runs}")
    axes.set_yticks(ys, labels=[""] * len(ys))
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return Picture(figure)


def _refuse_odd_rows(
    groups: Mapping[str, Mapping[str, Sequence[int]]],
    networks: Sequence[str],
    found: Mapping[str, bool],
    runs: int,
) -> None:
    if not groups:
        raise ValueError("there is no bug to plot")
    if len(networks) != 2:
        raise ValueError(f"there must be two networks, not {networks!r}")
    seen: set[str] = set()
    for heading, group in groups.items():
        if not group:
            raise ValueError(f"the group {heading!r} has no bug")
        for bug, numbers in group.items():
            if bug in seen:
                raise ValueError(f"{bug} is in two groups")
            if len(numbers) != 2 or not all(0 <= n <= runs for n in numbers):
                raise ValueError(
                    f"{bug} needs two numbers of runs from 0 to {runs}, "
                    f"not {numbers!r}"
                )
            seen.add(bug)
    unknown = sorted(set(found) - seen)
    if unknown:
        raise ValueError(
            f"found has {unknown}, but no group has a bug of that name"
        )


@styled
def plot_speed(ratios: Mapping[str, Mapping[str, float]]) -> Picture:
    """How long engines take for two kinds of work, in a row for each engine.

    A hollow circle is the ratio of the first work, and a filled diamond that of
    the second, with the number in the same colour beside it. The axis is
    logarithmic, and a line marks 1, the time of the engine compared with.

    Args:
        ratios: By engine, and then by work, its time divided by that of the
            lecture's style. Engines and works keep their order.

    Raises:
        ValueError: If there is no engine, if an engine does not have the same
            two works as the first, or if a ratio is not positive and finite.
    """
    works = _works(ratios)
    # It is narrow, so that a phone hardly has to make the letters smaller.
    figure, [axes] = panels(1, (4.8, 1 + 0.3 * len(ratios)))
    rows = [[by_work[work] for work in works] for by_work in ratios.values()]
    ys = range(len(rows))
    first, second = zip(*rows)
    axes.axvline(1, color=GREY, linewidth=1.5, zorder=1)
    between = zip(zip(first, ys), zip(second, ys))
    draw_segments(axes, between, color=GREY, linewidth=1, linestyle=":")
    axes.plot(first, ys, color=BLUE, label=works[0], **CIRCLES)
    axes.plot(second, ys, color=INK, label=works[1], **DIAMONDS)
    for y, row in enumerate(rows):
        (left, color), (right, other) = sorted(zip(row, (BLUE, INK)))
        _write_number(axes, left, y, -8, ha="right", color=color)
        _write_number(axes, right, y, 8, ha="left", color=other)
    near: Any = {"handletextpad": 0.2, "frameon": False}
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=2, **near)
    axes.set(xscale="log", xlabel="time of a step (lecture style: 1)")
    low, high = min(*first, *second, 1), max(*first, *second, 1)
    span = max(high / low, 100)
    axes.set_xlim(low / span**0.5, high * span**0.3)  # numbers need room
    axes.xaxis.set_major_locator(LogLocator(100))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _two_digits(x)))
    axes.minorticks_off()
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(ys, labels=list(ratios), color=INK)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return Picture(figure)


def _works(ratios: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The names of the two works, if there is nothing odd about the ratios."""
    if not ratios:
        raise ValueError("there is no engine to plot")
    engine, by_work = next(iter(ratios.items()))
    works = list(by_work)
    if len(works) != 2:
        raise ValueError(f"{engine} needs two works, not {works!r}")
    for engine, by_work in ratios.items():
        if set(by_work) != set(works):
            raise ValueError(
                f"{engine} needs the works {works!r}, not {list(by_work)!r}"
            )
        for ratio in by_work.values():
            if not 0 < ratio < math.inf:
                raise ValueError(
                    f"a number on this axis must be positive, not {ratio!r}"
                )
    return works


def _write_number(
    axes: Axes, x: float, y: float, offset: float, **style: Any
) -> None:
    style |= {"va": "center_baseline", "fontsize": 10, "bbox": ON_WHITE}
    write_beside(axes, _two_digits(x), (x, y), (offset, 0), zorder=1, **style)


def _two_digits(x: float) -> str:
    return f"{Decimal(f'{x:.2g}'):f}"  # without an exponent


def _write_in_row(
    axes: Axes, text: str, point: tuple[float, float], x: float, **style: Any
) -> None:
    # The point's first number is 0 at the left edge and 1 at the right edge.
    style |= {"xycoords": axes.get_yaxis_transform()}
    style |= {"ha": "left", "va": "center_baseline"}
    write_beside(axes, text, point, (x, 0), **style)


def _draw_corners(axes: Axes, name: str, values: Sequence[int]) -> None:
    for (x, y), value in zip(XOR_X, values):
        marker = "o" if value else "s"
        fill, edge = (BLUE, "white") if value else ("white", ORANGE)
        axes.plot(
            x,
            y,
            marker,
            markersize=15,
            markerfacecolor=fill,
            markeredgecolor=edge,
            markeredgewidth=2,
        )
        write_beside(axes, str(value), (x, y), color=edge)
    axes.set(
        title=name,
        xlabel="$x_0$",
        ylabel="$x_1$",
        xlim=(-0.4, 1.4),
        ylim=(-0.4, 1.4),
        xticks=(0, 1),
        yticks=(0, 1),
        aspect="equal",
    )


def _draw_line(axes: Axes, w0: float, w1: float, b: float) -> None:
    # The line's nearest point to (0, 0) is foot * (w0, w1).
    foot = -b / (w0**2 + w1**2)
    x, y = foot * w0, foot * w1
    axes.axline((x, y), (x - w1, y + w0), color=GREY, ls="--")


def _draw_segments(axes: Axes, values: Sequence[int]) -> None:
    for wanted, color in ((1, BLUE), (0, ORANGE)):
        corners = [c for c, value in zip(XOR_X, values) if value == wanted]
        axes.plot([x for x, _ in corners], [y for _, y in corners], color=color)
