"""The book's plots: `plot_check_error` for the gradient check, `plot_separable` for XOR,
`plot_losses` for training, `plot_surfaces` for what networks answer. Each returns a Picture."""

import math
from collections.abc import Callable, Sequence
from itertools import cycle

from matplotlib.colors import LinearSegmentedColormap

from .engine import as_value
from .picture import BLUE, GREEN, GREY, ORANGE, PURPLE, Picture, panels, styled

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]
GRID = [-0.4 + 0.06 * i for i in range(31)]  # from -0.4 to 1.4
LINES = [(BLUE, "-"), (ORANGE, "--"), (GREEN, "-."), (PURPLE, (0, (6, 1.5)))]


@styled
def plot_check_error(hs: Sequence[float], errors: Sequence[float]) -> Picture:
    """The relative error of a numerical gradient against the nudge h, both on logarithmic axes.

    ValueError where the two differ in length, or a number is not positive.
    """
    if len(hs) != len(errors) or not len(hs):
        raise ValueError(
            f"one error for each h is needed, not {len(errors)} for {len(hs)}"
        )
    if wrong := [
        number for number in (*hs, *errors) if not 0 < number < math.inf
    ]:
        raise ValueError(
            f"a logarithmic axis needs positive numbers, not {wrong[0]!r}"
        )
    figure, [axes] = panels(1, (5.6, 3.4))
    axes.loglog(hs, errors, "o-", color=BLUE)
    best, h = min(zip(errors, hs))
    axes.loglog([h], [best], "o", color=ORANGE, markersize=9)
    axes.annotate(
        f"best: h = {h:.0e}",
        (h, best),
        (0, -16),
        textcoords="offset points",
        ha="center",
        color=ORANGE,
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
    targets: dict[str, Sequence[int]], lines: dict[str, tuple]
) -> Picture:
    """One panel for each boolean function of two inputs, by name.

    targets: its values at (0, 0), (0, 1), (1, 0), (1, 1), each 0 or 1. lines: (w0, w1, b) of a line
    w0 * x0 + w1 * x1 + b = 0; a panel without one joins its ones and its zeros by segments.
    """
    for name, values in targets.items():
        if len(values) != 4 or not set(values) <= {0, 1}:
            raise ValueError(
                f"{name} needs four values that are 0 or 1, not {values!r}"
            )
    if unknown := set(lines) - set(targets):
        raise ValueError(
            f"a line for {sorted(unknown)}, but no targets of that name"
        )
    figure, axes_list = panels(len(targets))
    for axes, (name, values) in zip(axes_list, targets.items()):
        _separation(axes, values, lines.get(name))
        _corners(axes, name, values)
    return Picture(figure)


@styled
def plot_losses(
    runs: dict[str, Sequence[float]],
    levels: dict[str, float] | None = None,
    top: float | None = None,
    title: str = "",
    size=(6.4, 3.6),
    loss: str = "MSE Loss",
) -> Picture:
    """The losses of each run against the training step, by name, and dotted lines at the levels.

    top, loss: end and name of the losses' axis. size: in inches. ValueError for a loss not finite.
    """
    for name, losses in runs.items():
        if not len(losses) or not all(math.isfinite(loss) for loss in losses):
            raise ValueError(
                f"the losses of {name!r} are not a list of finite numbers"
            )
    figure, [axes] = panels(1, size)
    for name, (color, line) in zip(runs, cycle(LINES)):
        axes.plot(runs[name], linestyle=line, color=color, label=name)
    for name, level in (levels or {}).items():
        axes.axhline(level, color=GREY, linestyle=":", linewidth=1)
        axes.text(
            0.99,
            level,
            name,
            transform=axes.get_yaxis_transform(),
            ha="right",
            va="bottom",
            color=GREY,
        )
    axes.set(xlabel="Training step", ylabel=loss, title=title, ylim=(0, top))
    if len(runs) > 1:
        axes.legend(frameon=False)
    return Picture(figure)


def surface(model: Callable) -> list[list[float]]:
    """The answers of a model of two inputs on a grid around the unit square, row by row."""
    return [[as_value(model([x0, x1])).data for x0 in GRID] for x1 in GRID]


@styled
def plot_surfaces(surfaces: dict[str, list[list[float]]]) -> Picture:
    """A panel for each `surface`, by name: orange for 0 or less, blue for 1 or more."""
    if not surfaces:
        raise ValueError("there is no surface to plot")
    colors = LinearSegmentedColormap.from_list(
        "answers", [ORANGE, "white", BLUE]
    )
    figure, axes_list = panels(len(surfaces))
    for axes, (name, answers) in zip(axes_list, surfaces.items()):
        clipped = [
            [min(max(answer, 0), 1) for answer in row] for row in answers
        ]
        axes.contourf(
            GRID, GRID, clipped, levels=[i / 10 for i in range(11)], cmap=colors
        )
        axes.contour(
            GRID, GRID, answers, levels=[0.5], colors=[GREY], linewidths=1.5
        )
        _corners(axes, name, [0, 1, 1, 0])
    return Picture(figure)


def _corners(axes, name, values):
    for corner, value in zip(CORNERS, values):
        axes.plot(
            *corner,
            "o" if value else "s",
            color=BLUE if value else ORANGE,
            markersize=15,
            markerfacecolor=BLUE if value else "white",
            markeredgecolor="white" if value else ORANGE,
            markeredgewidth=2,
        )
        axes.annotate(
            value,
            corner,
            color="white" if value else ORANGE,
            ha="center",
            va="center",
        )
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


def _separation(axes, values, line):
    if line:
        w0, w1, b = line
        foot = -b / (
            w0**2 + w1**2
        )  # the line's nearest point to (0, 0) is foot * (w0, w1)
        axes.axline(
            (foot * w0, foot * w1),
            (foot * w0 - w1, foot * w1 + w0),
            color=GREY,
            ls="--",
        )
    else:
        for value, color in ((1, BLUE), (0, ORANGE)):
            axes.plot(
                *zip(*[c for c, v in zip(CORNERS, values) if v == value]),
                color=color,
            )
