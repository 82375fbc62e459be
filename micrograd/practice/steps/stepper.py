"""The graph as a picture to step through.

`animate_backward(root)` goes forwards and then backwards, with the arithmetic
of each step. `animate_order(root)` shows how the order is found in which the
backward pass takes the nodes. Where no script runs, the picture at the end and
a list of all steps remain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from ..._whole_file import whole_file
from ...engine import Value
from ...graph import drawable, nodes
from .diagram import Diagram
from .passes import Passes, Step
from .search import Search

COLUMN = 720  # points; a wider graph is drawn from top to bottom
HERE = Path(__file__).parent
LOOK = (HERE / "look.css").read_text("utf-8")
CSS = LOOK + (HERE / "stepper.css").read_text("utf-8")
JS = (HERE / "stepper.js").read_text("utf-8")
# hidden="hidden" and open="open": JupyterLab strips empty attributes where it
# runs no scripts
IMAGE = """
<img class="{}"{} style="--width: {:.0f}" alt="{}"
 src="data:image/svg+xml;charset=utf-8,{}">"""
BLOCK = """<figure class="practice stepper" aria-label="{}">
<style>
{}</style>
<div class="frame" tabindex="0" role="group" aria-label="Graph">{}</div>{}
<div class="controls" hidden="hidden">
<button type="button">First</button><button type="button">Previous</button>
<button type="button">Play</button>
<button type="button" class="first">Next</button>
<button type="button">Last</button>
<input type="range" min="0" value="0" aria-label="Step"></div>
<div class="now" aria-live="polite" aria-atomic="true"></div>
<details open="open"><summary>All {} steps</summary>
<ol>
{}
</ol></details>
<script>
{}</script>
</figure>
"""
LEGEND = """
<p class="legend" hidden="hidden"><span class="marked">visited now</span>
<span class="waiting">waiting for its inputs</span>
<span class="done">in the list</span></p>"""
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
    drawable(root)  # refuses what cannot be drawn, before anything runs
    passes = Passes(root)
    with passes.zero_gradients():
        steps = list(passes.steps())
        gradients = passes.gradients()
    return Stepper(
        passes,
        steps,
        title=f"Both passes over the graph of {passes.name(root)}",
        result=f"Gradients of its leaves: {gradients}.",
    )


def animate_order(root: Value) -> Stepper:
    """The search for the topological order of the graph of root, in steps.

    A node joins the list when the search has gone through all its inputs. A
    leaf is not in the list.

    Raises:
        TypeError: If root is not a Value.
        ValueError: If the graph is too large to be drawn.
    """
    drawable(root)
    passes = Passes(root)
    search = Search(passes)
    return Stepper(
        passes,
        list(search.steps()),
        title=f"The search for the order of the graph of {passes.name(root)}",
        result=f"The order of its inner nodes: {search.found()}.",
        legend=LEGEND,
    )


class Stepper:
    """The texts of all `steps`, and in a notebook the picture to them.

    Args:
        passes: The graph, and the names of its nodes.
        steps: What is shown, one after the other.
        title: What the steps are, in a line.
        result: What the picture shows at the end, in a sentence.
        legend: HTML that says what the colours of the picture mean.
    """

    def __init__(
        self,
        passes: Passes,
        steps: Sequence[Step],
        title: str,
        result: str,
        legend: str = "",
    ):
        self.steps = [step.text for step in steps]
        self._title = title
        self._legend = legend
        self._images = _images(passes, steps, result)
        # the numbers that the nodes have in the picture, too
        key = {id(node): str(i) for i, node in enumerate(nodes(passes.root))}
        self._items = "\n".join(_item(step, key) for step in steps)

    def __repr__(self) -> str:
        return f"{self._title}, in {len(self.steps)} steps"

    def _repr_html_(self) -> str:
        return BLOCK.format(
            escape(self._title),
            CSS,
            self._images,
            self._legend,
            len(self.steps),
            self._items,
            JS,
        )

    def save(self, path: str | Path) -> None:
        """Write a page of its own to a path that ends in .html.

        Raises:
            ValueError: If the path ends otherwise.
        """
        save_page(path, "a stepper", self._title, self._repr_html_())


def _images(passes: Passes, steps: Sequence[Step], result: str) -> str:
    """The picture at the end of all steps, for wide screens and for narrow."""
    notes = defaultdict[int, list[str]](lambda: [""])
    for step in steps:
        for node, text in step.notes:
            notes[id(node)].append(text)
    diagram = Diagram(passes.root, passes.name, lambda node: notes[id(node)])
    number = len(diagram.nodes)
    alt = (
        f"The graph of {passes.name(passes.root)}, "
        f"{number} node{'s' if number > 1 else ''}. {result}"
    )
    return images(diagram, alt)


def images(diagram: Diagram, alt: str) -> str:
    """A diagram from left to right, and upright for narrow screens.

    One that is too wide for a column of the book is upright everywhere. Where
    there are no styles, one of the two is hidden.
    """
    pictures = {"wide": diagram.svg(), "upright": diagram.svg(upright=True)}
    if pictures["wide"][1] > COLUMN:
        pictures = {"only": pictures["upright"]}
    return "".join(
        IMAGE.format(
            form,
            ' hidden="hidden"' if form == "upright" else "",
            width,
            escape(alt),
            _address(svg),
        )
        for form, (svg, width) in pictures.items()
    )


def _address(svg: str) -> str:
    """A picture as it stands in the address of an image."""
    return quote(svg.replace('"', "'"), safe=" '=:/,;()")


def _item(step: Step, key: dict[int, str]) -> str:
    """A step as an item of the list; its data are for the script."""
    shown = {
        "pass": step.way,
        "nodes": " ".join(key[id(node)] for node in step.nodes),
        "operations": " ".join(key[id(node)] for node in step.operations),
        "notes": "; ".join(
            f"{key[id(node)]}={note}" for node, note in step.notes
        ),
        "waiting": " ".join(key[id(node)] for node in step.waiting),
        "done": " ".join(key[id(node)] for node in step.done),
    }
    data = "".join(
        f' data-{name}="{value}"' for name, value in shown.items() if value
    )
    text = "<br>".join(escape(line) for line in step.text.split("\n"))
    return f"<li{data}>{text}</li>"


def save_page(path: str | Path, kind: str, title: str, html: str) -> None:
    """Write a page with one output, of a kind that an error names."""
    if Path(path).suffix != ".html":
        raise ValueError(f"{kind} is saved as .html, not as {str(path)!r}")
    page = PAGE.format(escape(title), html)
    with whole_file(Path(path)) as part:
        part.write_bytes(page.encode())
