"""Draw assets/social.png, the picture that other sites show beside a link to the book: its title and the graph of
d = a*b + c with its gradients. `.venv/bin/python scripts/social.py` draws it anew, as Chromium shows the page below."""

import sys
from pathlib import Path

from chromium import HOST, Missing, open_page

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "assets/social.png"
WIDTH, HEIGHT = 1200, 630
BLUE, ORANGE, GREEN = "#0b5394", "#d55e00", "#007a5a"

NODES = [
    ("a", "2.0", "-3.0", 30, 10),
    ("b", "-3.0", "2.0", 30, 132),
    ("c", "5.0", "1.0", 30, 254),
    ("e", "-6.0", "1.0", 480, 71),
    ("d", "-1.0", "1.0", 890, 160),
]  # name, data, gradient, left, top
SIGNS = [("×", 372, 119), ("+", 784, 208)]
EDGES = [
    "M240 58 L338 105",
    "M240 180 L338 133",
    "M404 119 L470 119",
    "M690 133 L750 190",
    "M240 302 L744 216",
    "M816 208 L880 208",
]

NODE = """<rect x="{x}" y="{y}" width="210" height="96" rx="14" fill="#f3f8fc" stroke="{blue}" stroke-width="2.5"/>
<text x="{name_x}" y="{name_y}" class="name">{name}</text><text x="{text_x}" y="{data_y}">data {data}</text>
<text x="{text_x}" y="{grad_y}" class="grad">grad {grad}</text>"""
PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>
body {{ margin: 0; overflow: hidden; border-top: 14px solid {blue}; background: #fff; color: #1a1a1a;
  font-family: "Liberation Sans", Arial, Helvetica, sans-serif; }}
h1 {{ margin: 48px 60px 0; font-size: 84px; line-height: 1; color: {blue}; }}
p {{ margin: 14px 60px 30px; font-size: 46px; }}
svg {{ display: block; margin-left: 30px; }}
text {{ font-size: 30px; fill: #1a1a1a; }} .name {{ font-size: 38px; font-weight: 700; fill: {green}; }}
.grad {{ font-weight: 700; fill: {orange}; }}
.sign {{ font-size: 44px; font-weight: 700; fill: #fff; text-anchor: middle; }}
path {{ stroke: #767676; stroke-width: 3; fill: none; marker-end: url(#tip); }}
</style><h1>Micrograd</h1><p>Backpropagation from scratch</p><svg width="1140" height="364">
<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">
<polygon points="0,0 8,4 0,8" fill="#767676"/></marker>
{graph}</svg>"""


def node(name: str, data: str, grad: str, x: int, y: int) -> str:
    return NODE.format(
        name=name,
        data=data.replace("-", "−"),
        grad=grad.replace("-", "−"),
        x=x,
        y=y,
        blue=BLUE,
        name_x=x + 20,
        name_y=y + 60,
        text_x=x + 60,
        data_y=y + 41,
        grad_y=y + 77,
    )


def graph() -> str:
    edges = [f'<path d="{path}"/>' for path in EDGES]
    signs = [
        f'<circle cx="{x}" cy="{y}" r="32" fill="{BLUE}"/><text x="{x}" y="{y + 15}" class="sign">{sign}</text>'
        for sign, x, y in SIGNS
    ]
    return "\n".join(edges + signs + [node(*row) for row in NODES])


def picture() -> bytes:
    """The picture as the bytes of a PNG file."""
    html = PAGE.format(blue=BLUE, orange=ORANGE, green=GREEN, graph=graph())
    with open_page(
        lambda route: route.fulfill(body=html, content_type="text/html")
    ) as window:
        window.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        window.goto(HOST)
        return window.screenshot()


def main() -> int:
    try:
        PICTURE.write_bytes(picture())
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    print(f"The picture is drawn: {PICTURE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
