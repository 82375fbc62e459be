"""What all pictures of the book share, and `Picture`, a finished figure.

A picture has the same bytes on every run, so that a notebook that was run
again can be compared with the stored one.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import palette
from ._whole_file import whole_file
from .engine import as_value, format_number

Point = tuple[float, float]

STYLE: Any = {
    "svg.hashsalt": "micrograd",  # the same ids on every run
    "svg.fonttype": "path",  # the same letters on every machine
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.edgecolor": palette.GREY,
    "axes.labelcolor": palette.INK,
    "xtick.color": palette.GREY,
    "ytick.color": palette.GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": palette.PALE_GREY,
    "axes.axisbelow": True,
    "lines.linewidth": 2,
    "lines.markersize": 5,
}
# Sketches are as wide as a column of the book, and a phone shrinks them to a
# half; so their letters are large. One of two panels is cut out on a phone, and
# its letters can be smaller.
LARGE: Any = {
    **STYLE,
    "font.size": 13,
    "axes.titlesize": 13,
    "text.color": palette.INK,
    "axes.grid": False,
}
SMALL: Any = {**LARGE, "font.size": 11.5, "axes.titlesize": 12}
# Decorators: what the function below one draws is drawn in its style.
styled = matplotlib.rc_context(STYLE)
large = matplotlib.rc_context(LARGE)
small = matplotlib.rc_context(SMALL)

# The size of a sketch in points, of which an inch has 72.
WIDTH, HEIGHT = 496, 260
BOLD: Any = {"weight": "bold"}


def panels(
    number: int, size: tuple[float, float] = (2.3, 2.6)
) -> tuple[Figure, Sequence[Axes]]:
    """A new figure and its axes, side by side, each in a part of equal width.

    Args:
        number: The number of axes.
        size: The width and height of each part, in inches.
    """
    width, height = size
    figure = Figure(figsize=(number * width, height), layout="constrained")
    parts = figure.subfigures(1, number, squeeze=False, wspace=0)[0]
    return figure, [part.subplots() for part in parts]


def sheet(height: float = HEIGHT, width: float = WIDTH) -> Figure:
    """A new figure for a sketch, in which matplotlib counts in points."""
    return Figure(figsize=(width / 72, height / 72), dpi=72)


def plane(
    figure: Figure,
    box: tuple[float, float, float, float],
    xlim: Point,
    ylim: Point,
) -> Axes:
    """New axes in a box of a sheet.

    Args:
        figure: The sheet.
        box: The left and the bottom edge, the width and the height, in points.
        xlim: The first and the last x.
        ylim: The lowest and the highest y.
    """
    across, up = figure.bbox.size
    left, bottom, width, height = box
    axes = figure.add_axes(
        (left / across, bottom / up, width / across, height / up)
    )
    axes.set(xlim=xlim, ylim=ylim)
    return axes


def paper(height: float, width: float = WIDTH) -> tuple[Figure, Axes]:
    """A sheet, and axes without marks that fill it and count in points."""
    figure = sheet(height, width)
    axes = plane(figure, (0, 0, width, height), (0, width), (0, height))
    axes.set_axis_off()
    return figure, axes


class Picture:
    """A finished figure: SVG in a notebook, SVG or PNG in a file.

    Args:
        figure: What is drawn.
        panels: The number of parts of equal width of which it consists. The
            SVG carries it, so that a page can stack them where it is narrow.
    """

    def __init__(self, figure: Figure, panels: int = 1):
        self._figure = figure
        drawn = self._drawn("svg", Date=None, Creator=None).decode()
        places = r' d="[^"]+"|translate\([^)]+\)'
        self.svg = re.sub(places, _with_fewer_digits, drawn)
        if panels > 1:
            marked = f'<svg data-panels="{panels}"'
            self.svg = self.svg.replace("<svg", marked, 1)

    def __repr__(self) -> str:
        return "a picture; its save(path) writes it to an .svg or .png file"

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | Path) -> None:
        """Write the picture to a file, unless it is already there.

        Raises:
            ValueError: If the path ends neither in .svg nor in .png.
        """
        path = Path(path)
        if path.suffix == ".svg":
            drawn = self.svg.encode()
        elif path.suffix == ".png":
            drawn = self._drawn("png", Software=None)
        else:
            raise ValueError(
                f"a picture is saved as .svg or .png, not as {str(path)!r}"
            )
        if not path.exists() or path.read_bytes() != drawn:
            with whole_file(path) as part:
                part.write_bytes(drawn)

    @styled
    def _drawn(self, kind: str, **metadata: None) -> bytes:
        file = io.BytesIO()
        self._figure.savefig(file, format=kind, dpi=100, metadata=metadata)
        return file.getvalue()


def _with_fewer_digits(places: re.Match[str]) -> str:
    """The places to a thousandth of a point.

    The sixth digit depends on the last one of `exp`, which is not the same on
    every computer.
    """
    return re.sub(r"\d+\.\d{4,}", lambda x: f"{float(x[0]):.3f}", places[0])


def height_at(f: Callable[[Any], Any], x: Any) -> float:
    """How high a function is at x, be it a float or a Value.

    Raises:
        ValueError: If the height is not finite.
    """
    y = as_value(f(x)).data
    if not math.isfinite(y):
        raise ValueError(f"all heights must be finite, but at {x} it is {y}")
    return y


def number_text(x: float) -> str:
    """The number as one writes it, with a real minus sign."""
    return format_number(x).replace("-", "−")


def write_beside(
    axes: Axes, text: str, point: Point, offset: Point = (0, 0), **style: Any
) -> None:
    """Write a text beside a point, or on it.

    Args:
        axes: The axes in which the point is.
        text: What to write.
        point: Its x and y.
        offset: How far from it, in points to the right and upwards.
        style: What `Axes.annotate` takes. The text is centred unless told.
    """
    style = {"ha": "center", "va": "center", **style}
    axes.annotate(text, point, offset, textcoords="offset points", **style)


def draw_segments(
    axes: Axes, segments: Iterable[tuple[Point, Point]], **style: Any
) -> None:
    """Draw many segments as one line with gaps, which makes a small file."""
    xs, ys = [], []
    for (x0, y0), (x1, y1) in segments:
        xs += [x0, x1, math.nan]
        ys += [y0, y1, math.nan]
    axes.plot(xs, ys, zorder=1, **style)


class Label(NamedTuple):
    """The name of a line, and how high the line ends."""

    text: str
    height: float
    color: str


def write_at_ends(figure: Figure, axes: Axes, labels: Sequence[Label]) -> None:
    """Write the names of lines to the right of the axes, where the lines end.

    Names that would lie on each other are moved apart.

    Args:
        figure: A figure whose layout makes room for the names.
        axes: Its axes, with the limits that they shall have.
        labels: What to write, at least one.
    """
    texts = [
        axes.annotate(
            label.text,
            (1, label.height),
            (6, 0),
            xycoords=axes.get_yaxis_transform(),
            textcoords="offset points",
            va="center",
            color=label.color,
        )
        for label in labels
    ]
    figure.draw_without_rendering()
    point = figure.dpi / 72
    ends = [
        axes.transData.transform((0, label.height))[1] / point
        for label in labels
    ]
    gap = 1.25 * texts[0].get_fontproperties().get_size_in_points()
    heights = move_apart(ends, gap, axes.bbox.y1 / point)
    for text, end, height in zip(texts, ends, heights):
        text.xyann = 6, height - end


def move_apart(heights: Sequence[float], gap: float, top: float) -> list[float]:
    """The heights, moved up and down until they are a gap apart.

    Args:
        heights: The heights. Of two that are equal, the first stays lower.
        gap: The smallest distance between two of them.
        top: What none of them may exceed.
    """
    order = sorted(range(len(heights)), key=heights.__getitem__)
    raised = list(heights)
    for lower, upper in pairwise(order):
        raised[upper] = max(raised[upper], raised[lower] + gap)
    # Half as high is enough, since what is below can make room downwards.
    moved = [(low + high) / 2 for low, high in zip(heights, raised)]
    for i in reversed(order):
        moved[i] = min(moved[i], top)
        top = moved[i] - gap
    return moved
