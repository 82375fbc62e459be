"""Draw the picture that other sites show beside a link to the book.

It has the title and the graph of d = a*b + c with its gradients, and goes to
assets/social.png. `.venv/bin/python scripts/draw_social_card.py` draws it, as
Chromium shows the page below; it needs what `make browser` installs.
"""

import sys
from pathlib import Path

from chromium import HOST, Missing, open_page
from draw_landing_graph import landing_graph

from micrograd import palette
from micrograd._whole_file import whole_file

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "assets/social.png"
WIDTH = 1200
HEIGHT = 630

PAGE = f"""<!DOCTYPE html><meta charset="utf-8"><style>
body {{ margin: 0; overflow: hidden; border-top: 14px solid {palette.BLUE};
  background: #fff; color: {palette.INK};
  font-family: "Liberation Sans", Arial, Helvetica, sans-serif; }}
h1 {{ margin: 48px 60px 0; font-size: 84px; line-height: 1;
  color: {palette.BLUE}; }}
p {{ margin: 14px 60px 30px; font-size: 46px; }}
svg {{ display: block; width: 1100px; height: 364px; margin-left: 50px; }}
</style>
<h1>Micrograd</h1><p>Backpropagation from scratch</p>
"""


def draw_picture() -> bytes:
    """Return the picture as the bytes of a PNG file."""
    html = PAGE + landing_graph().svg
    with open_page(
        lambda route: route.fulfill(body=html, content_type="text/html")
    ) as page:
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.goto(HOST)
        return page.screenshot()


def main() -> int:
    try:
        with whole_file(PICTURE) as part:
            part.write_bytes(draw_picture())
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    print(f"The picture is drawn: {PICTURE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
