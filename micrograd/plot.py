"""The book's plots: `plot_check_error` for the gradient check, `plot_separable` for XOR.

Every plot is a Picture: an SVG with the same bytes on every run.
"""
import io
import math
from collections.abc import Sequence
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure

BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#595959"  # for colour-blind readers, too [okabe2008]
STYLE = {
    "svg.hashsalt": "micrograd", "svg.fonttype": "path",  # the same ids and letters everywhere
    "font.size": 11, "axes.titlesize": 12, "axes.edgecolor": GREY, "axes.labelcolor": "#1a1a1a",
    "xtick.color": GREY, "ytick.color": GREY, "axes.spines.top": False, "axes.spines.right": False,
    "axes.grid": True, "grid.color": "#e3e3e3", "axes.axisbelow": True,
    "lines.linewidth": 2, "lines.markersize": 5,
}


class Picture:
    """A finished figure."""

    def __init__(self, figure: Figure):
        with matplotlib.rc_context(STYLE), io.StringIO() as file:
            figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
            self.svg = file.getvalue()

    def __repr__(self):
        return "a picture; its save(path) writes it to an .svg file"

    def _repr_svg_(self):
        return self.svg

    def save(self, path: str | Path):
        """Write the picture to `path`, which ends in .svg."""
        if Path(path).suffix != ".svg":
            raise ValueError(f"a picture is saved as .svg, not as {str(path)!r}")
        Path(path).write_text(self.svg)


def plot_check_error(hs: Sequence[float], errors: Sequence[float]) -> Picture:
    """The relative error of a numerical gradient against the nudge h, both on logarithmic axes.

    ValueError where the two differ in length, or a number is not positive.
    """
    if len(hs) != len(errors) or not len(hs):
        raise ValueError(f"one error for each h is needed, not {len(errors)} for {len(hs)}")
    if wrong := [number for number in (*hs, *errors) if not 0 < number < math.inf]:
        raise ValueError(f"a logarithmic axis needs positive numbers, not {wrong[0]!r}")
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(5.6, 3.4), layout="constrained")
        axes = figure.subplots()
        axes.loglog(hs, errors, "o-", color=BLUE)
        best = min(errors)
        h = hs[list(errors).index(best)]
        axes.loglog([h], [best], "o", color=ORANGE, markersize=9)
        axes.annotate(f"best: h = {h:.0e}", (h, best), xytext=(0, -16),
                      textcoords="offset points", ha="center", color=ORANGE)
        axes.margins(y=0.15)
        axes.set(xlabel="nudge h", ylabel="relative error")
        style = {"transform": axes.transAxes, "color": GREY}
        axes.text(0.08, 0.2, "rounding\ndominates", **style)
        axes.text(0.97, 0.2, "truncation\ndominates", ha="right", **style)
    return Picture(figure)


def plot_separable(targets: dict[str, Sequence[int]],
                   lines: dict[str, tuple[float, float, float]]) -> Picture:
    """One panel for each boolean function of two inputs, by name.

    targets: its values at (0, 0), (0, 1), (1, 0), (1, 1), each 0 or 1. lines: (w0, w1, b) of a line
    w0 * x0 + w1 * x1 + b = 0; a panel without one joins its ones and its zeros by segments.
    """
    for name, values in targets.items():
        if len(values) != 4 or not set(values) <= {0, 1}:
            raise ValueError(f"{name} needs four values that are 0 or 1, not {values!r}")
    if unknown := set(lines) - set(targets):
        raise ValueError(f"a line for {sorted(unknown)}, but no targets of that name")
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(2.2 * len(targets), 2.5), layout="constrained")
        for axes, name in zip(figure.subplots(1, len(targets), squeeze=False)[0], targets):
            _corners(axes, name, targets[name], lines.get(name))
    return Picture(figure)


def _corners(axes, name, values, line):
    ones, zeros = ([(i // 2, i % 2) for i in range(4) if values[i] == value] for value in (1, 0))
    if line:
        w0, w1, b = line
        foot = -b / (w0**2 + w1**2)  # the line's nearest point to (0, 0) is foot * (w0, w1)
        other = foot * w0 - w1, foot * w1 + w0
        axes.axline((foot * w0, foot * w1), other, color=GREY, linestyle="--")
    else:
        axes.plot(*zip(*ones), color=BLUE)
        axes.plot(*zip(*zeros), color=ORANGE)
    axes.plot(*zip(*ones), "o", color=BLUE, markersize=16)
    axes.plot(*zip(*zeros), "s", color=ORANGE, markerfacecolor="white", markeredgewidth=2.5,
              markersize=15)
    for i, value in enumerate(values):
        axes.annotate(value, (i // 2, i % 2), color="white" if value else ORANGE,
                      ha="center", va="center")
    axes.set(title=name, xlabel="$x_0$", ylabel="$x_1$", xlim=(-0.4, 1.4), ylim=(-0.4, 1.4),
             xticks=(0, 1), yticks=(0, 1), aspect="equal")
