"""Draw the picture that other sites show beside a link to the book.

It has the title and the graph of d = a*b + c with its gradients, and goes to
assets/social.png. `.venv/bin/python scripts/draw_social_card.py` draws it, as
Chromium shows the page below; it needs what `make browser` installs.
"""

import sys
from pathlib import Path

from chromium import HOST, Missing, open_page

from micrograd import Value, palette
from micrograd.engine import format_number

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "assets/social.png"
WIDTH = 1200
HEIGHT = 630

BOXES = {  # name: left, top
    "a": (30, 10),
    "b": (30, 132),
    "c": (30, 254),
    "e": (480, 71),
    "d": (890, 160),
}
SIGNS = [("×", 372, 119), ("+", 784, 208)]
EDGES = [
    "M240 58 L338 105",
    "M240 180 L338 133",
    "M404 119 L470 119",
    "M690 133 L750 190",
    "M240 302 L744 216",
    "M816 208 L880 208",
]

PAGE = f"""<!DOCTYPE html><meta charset="utf-8"><style>
body {{ margin: 0; overflow: hidden; border-top: 14px solid {palette.BLUE};
  background: #fff; color: {palette.INK};
  font-family: "Liberation Sans", Arial, Helvetica, sans-serif; }}
h1 {{ margin: 48px 60px 0; font-size: 84px; line-height: 1;
  color: {palette.BLUE}; }}
p {{ margin: 14px 60px 30px; font-size: 46px; }}
svg {{ display: block; margin-left: 30px; }}
rect {{ width: 210px; height: 96px; fill: {palette.PALE_BLUE};
  stroke: {palette.BLUE}; stroke-width: 2.5px; }}
circle {{ fill: {palette.BLUE}; }}
path {{ stroke: {palette.MIDDLE_GREY}; stroke-width: 3; fill: none;
  marker-end: url(#tip); }}
polygon {{ fill: {palette.MIDDLE_GREY}; }}
text {{ font-size: 30px; fill: {palette.INK}; }}
.name {{ font-size: 38px; font-weight: 700; fill: {palette.GREEN}; }}
.grad {{ font-weight: 700; fill: {palette.ORANGE}; }}
.sign {{ font-size: 44px; font-weight: 700; fill: #fff; text-anchor: middle; }}
</style>
<h1>Micrograd</h1><p>Backpropagation from scratch</p>
<svg width="1140" height="364">
<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6"
  markerHeight="6" orient="auto"><polygon points="0,0 8,4 0,8"/></marker>
"""


def make_nodes() -> dict[str, Value]:
    """Return the nodes of d = a*b + c by name, after the backward pass."""
    a, b, c = Value(2.0), Value(-3.0), Value(5.0)
    e = a * b
    d = e + c
    d.backward()
    return {"a": a, "b": b, "c": c, "e": e, "d": d}


def box(name: str, node: Value, x: int, y: int) -> str:
    data, grad = (
        format_number(number).replace("-", "−")
        for number in (node.data, node.grad)
    )
    return (
        f'<rect x="{x}" y="{y}" rx="14"/>'
        f'<text x="{x + 20}" y="{y + 60}" class="name">{name}</text>'
        f'<text x="{x + 60}" y="{y + 41}">data {data}</text>'
        f'<text x="{x + 60}" y="{y + 77}" class="grad">grad {grad}</text>'
    )


def graph() -> str:
    parts = [f'<path d="{edge}"/>' for edge in EDGES]
    for sign, x, y in SIGNS:
        parts.append(f'<circle cx="{x}" cy="{y}" r="32"/>')
        parts.append(f'<text x="{x}" y="{y + 15}" class="sign">{sign}</text>')
    for name, node in make_nodes().items():
        parts.append(box(name, node, *BOXES[name]))
    return "\n".join(parts)


def draw_picture() -> bytes:
    """Return the picture as the bytes of a PNG file."""
    html = f"{PAGE}{graph()}</svg>"
    with open_page(
        lambda route: route.fulfill(body=html, content_type="text/html")
    ) as page:
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.goto(HOST)
        return page.screenshot()


def main() -> int:
    try:
        PICTURE.write_bytes(draw_picture())
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    print(f"The picture is drawn: {PICTURE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
