"""One style for all plots of the book, and `Picture`, which gives the same bytes on every run."""

import io
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure

# for colour-blind readers, too, after [okabe2008]
BLUE, ORANGE, GREEN, PURPLE, GREY = (
    "#0072b2",
    "#d55e00",
    "#007a5a",
    "#8f3b76",
    "#595959",
)
STYLE = {
    "svg.hashsalt": "micrograd",
    "svg.fonttype": "path",  # the same ids and letters everywhere
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.edgecolor": GREY,
    "axes.labelcolor": "#1a1a1a",
    "xtick.color": GREY,
    "ytick.color": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e3e3e3",
    "axes.axisbelow": True,
    "lines.linewidth": 2,
    "lines.markersize": 5,
}
styled = matplotlib.rc_context(
    STYLE
)  # a decorator: what the function draws is in STYLE


def panels(number: int, size: tuple[float, float] = (1.8, 2.1)):
    """A new figure and its `number` axes, side by side, each of this size in inches."""
    figure = Figure(figsize=(number * size[0], size[1]), layout="constrained")
    return figure, figure.subplots(1, number, squeeze=False)[0]


class Picture:
    """A finished figure, drawn in STYLE: SVG in a notebook, SVG or PNG in a file."""

    def __init__(self, figure: Figure):
        self._figure = figure
        self.svg = self._drawn("svg", Date=None, Creator=None).decode()

    def __repr__(self):
        return "a picture; its save(path) writes it to an .svg or .png file"

    def _repr_svg_(self):
        return self.svg

    def save(self, path: str | Path):
        """Write the picture to a path that ends in .svg or .png, if its bytes are new."""
        if Path(path).suffix not in (".svg", ".png"):
            raise ValueError(
                f"a picture is saved as .svg or .png, not as {str(path)!r}"
            )
        png = Path(path).suffix == ".png"
        drawn = self._drawn("png", Software=None) if png else self.svg.encode()
        if not Path(path).exists() or Path(path).read_bytes() != drawn:
            Path(path).write_bytes(drawn)

    @styled
    def _drawn(self, kind: str, **metadata) -> bytes:
        file = io.BytesIO()
        self._figure.savefig(file, format=kind, dpi=100, metadata=metadata)
        return file.getvalue()
