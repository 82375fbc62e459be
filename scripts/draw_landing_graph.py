"""Draw the graph that the book begins with: d = a * b + c and its gradients.

`.venv/bin/python scripts/draw_landing_graph.py` writes it to assets/graph.svg,
and to assets/graph-upright.svg as it is shown on a phone.
"""

import re
from pathlib import Path

from micrograd import Value, draw_graph
from micrograd._whole_file import whole_file
from micrograd.graph import Drawing, render_svg, upright

ASSETS = Path(__file__).resolve().parent.parent / "assets"
LARGER = 1.25  # than the graphs of the notebooks


def landing_graph() -> Drawing:
    """Return the graph after the backward pass."""
    a = Value(2.0, label="a")
    b = Value(-3.0, label="b")
    c = Value(5.0, label="c")
    e = a * b
    e.label = "e"
    d = e + c
    d.label = "d"
    d.backward()
    return draw_graph(d)


def enlarge(svg: str, times: float) -> str:
    """Return the picture with another size."""

    def larger(match: re.Match) -> str:
        return f'{match[1]}="{float(match[2]) * times:g}pt"'

    return re.sub(r'(width|height)="([\d.]+)pt"', larger, svg)


def pictures() -> dict[str, str]:
    """Return the two pictures by the names of their files."""
    drawing = landing_graph()
    return {
        "graph.svg": enlarge(drawing.svg, LARGER),
        "graph-upright.svg": enlarge(render_svg(upright(drawing.dot)), LARGER),
    }


def main() -> None:
    for name, svg in pictures().items():
        with whole_file(ASSETS / name) as part:
            part.write_text(svg, encoding="utf-8", newline="\n")
        print(f"The picture is drawn: assets/{name}")


if __name__ == "__main__":
    main()
