"""One style for all plots of the book, and `Picture`, a finished figure.

A picture has the same bytes on every run, so that a notebook that was run
again can be compared with the stored one.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import palette

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
# A decorator: what the function below it draws is drawn in this style.
styled = matplotlib.rc_context(STYLE)


def panels(
    number: int, size: tuple[float, float] = (1.8, 2.1)
) -> tuple[Figure, Sequence[Axes]]:
    """A new figure and its axes, side by side.

    Args:
        number: The number of axes.
        size: The width and height of each, in inches.
    """
    width, height = size
    figure = Figure(figsize=(number * width, height), layout="constrained")
    return figure, figure.subplots(1, number, squeeze=False)[0]


class Picture:
    """A finished figure: SVG in a notebook, SVG or PNG in a file."""

    def __init__(self, figure: Figure):
        self._figure = figure
        self.svg = self._drawn("svg", Date=None, Creator=None).decode()

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
            path.write_bytes(drawn)

    @styled
    def _drawn(self, kind: str, **metadata: None) -> bytes:
        file = io.BytesIO()
        self._figure.savefig(file, format=kind, dpi=100, metadata=metadata)
        return file.getvalue()
