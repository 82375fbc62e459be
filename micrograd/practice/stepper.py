"""`animate_backward(root)`: the graph as a picture to step through.

It goes forwards and then backwards, with the arithmetic of each step. Where
no script runs, the end of both passes and a list of all steps remain.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from urllib.parse import quote

from ..engine import Value
from ..graph import NO_PICTURE, dot_source, nodes, render_svg
from .passes import Passes, Step

CSS = Path(__file__).with_suffix(".css").read_text("utf-8")
JS = Path(__file__).with_suffix(".js").read_text("utf-8")
# hidden="hidden" and open="open": JupyterLab strips empty attributes where it
# runs no scripts
PICTURE = """<div class="frame" tabindex="0" role="group" aria-label="Graph"
 style="--width: {}">
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
<style>
:root {{ color-scheme: light dark }}
h1 {{ font: 600 1.5rem system-ui, sans-serif }}
body {{ background: Canvas; color: CanvasText }}
body {{ max-width: 64rem; margin: auto; padding: 1rem }}
</style></head>
<body><main><h1>{0}</h1>
{1}</main></body></html>
"""


def animate_backward(root: Value) -> Stepper:
    """Both passes over the graph of root, step by step.

    Every node keeps the grad that it has.

    Raises:
        TypeError: If root is not a Value.
        ValueError: If the graph is too large to be drawn.
    """
    return Stepper(root)


class Stepper:
    """The texts of all `steps`, and in a notebook the picture to them."""

    def __init__(self, root: Value):
        dot_source(root)  # refuses what cannot be drawn, before anything runs
        passes = Passes(root)
        with passes.zero_gradients():
            steps = list(passes.steps())
            self._picture = _picture(passes)
        self.steps = [step.text for step in steps]
        self._title = f"Both passes over the graph of {passes.name(root)}"
        # the numbers that the nodes have in the picture, too
        key = {id(node): str(i) for i, node in enumerate(nodes(root))}
        self._items = "\n".join(_item(step, key) for step in steps)

    def __repr__(self) -> str:
        if self._picture is None:
            return "\n".join([NO_PICTURE, *self.steps])
        return f"{self._title}, in {len(self.steps)} steps"

    def _repr_html_(self) -> str:
        if self._picture is None:
            picture, script = f"<p>{NO_PICTURE}</p>", ""
        else:
            picture, script = self._picture, f"\n<script>\n{JS}</script>"
        return BLOCK.format(
            escape(self._title),
            CSS,
            picture,
            len(self.steps),
            self._items,
            script,
        )

    def save(self, path: str | Path) -> None:
        """Write a page of its own to a path that ends in .html.

        Raises:
            ValueError: If the path ends otherwise.
        """
        if Path(path).suffix != ".html":
            raise ValueError(
                f"a stepper is saved as .html, not as {str(path)!r}"
            )
        page = PAGE.format(escape(self._title), self._repr_html_())
        Path(path).write_text(page, "utf-8")


def _picture(passes: Passes) -> str | None:
    """The picture of the graph as it is now; None where it can't be drawn."""
    svg = render_svg(dot_source(passes.root, passes.name))
    if svg is None:
        return None
    svg = svg[svg.index("<svg") :]
    svg = re.sub("<!--.*?-->\n", "", svg, flags=re.DOTALL)
    svg = re.sub(' xmlns:xlink="[^"]*"', "", svg)
    width = re.search(r'width="(\d+)', svg)
    assert width  # Graphviz writes it always
    number = len(passes.leaves) + len(passes.inner)
    alt = (
        f"The graph of {passes.name(passes.root)}, "
        f"{number} node{'s' if number > 1 else ''}. "
        f"Gradients of its leaves: {passes.gradients()}."
    )
    address = quote(svg.replace('"', "'"), safe=" '=:/,;()")
    return PICTURE.format(width[1], escape(alt), address)


def _item(step: Step, key: dict[int, str]) -> str:
    """A step as an item of the list; its data are for the script."""
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
    text = "<br>".join(escape(line) for line in step.text.split("\n"))
    return f"<li{data}>{text}</li>"
