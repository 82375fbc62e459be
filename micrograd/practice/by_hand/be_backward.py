"""The graph as a form: the reader is the backward pass, and types gradients.

`be_backward(root)` asks for the gradient of each node. A right number turns
its box, and a wrong one says what it would be the answer to. Where no script
runs, the picture of the task and the folded answers remain.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from ...engine import Value, format_number
from ...graph import edge_labels, nodes
from ..steps.diagram import Diagram, circle_size, number_size, text_width
from ..steps.layout import lay_out
from ..steps.passes import Passes, applied
from ..steps.stepper import COLUMN, LOOK, images
from .mistakes import MISTAKES, wrong_answers

MOST = 30  # nodes that one has the patience for

# The boxes of the form, in pixels
LETTERS = 14
HEIGHT = 58
FIELD = 64  # the width of an input field, at least
SPACE = 6

HERE = Path(__file__).parent
CSS = LOOK + (HERE / "be_backward.css").read_text("utf-8")
JS = "".join(
    (HERE / name).read_text("utf-8")
    for name in ("arithmetic.js", "be_backward.js")
)
BLOCK = """<figure class="practice be-backward" aria-label="{title}">
<style>
{css}</style>
<div class="now" aria-live="polite" aria-atomic="true"><p>{task}</p></div>
<div class="frame" tabindex="0" role="group" aria-label="Graph">{images}</div>
<div class="controls" hidden="hidden">
<button type="button" class="hint">Hint</button>
<button type="button" class="again">Start again</button>
<label><input type="checkbox"> Show the local derivatives</label></div>
<details><summary>All answers, in the order of the pass</summary>
<ol>
{answers}
</ol></details>
<script type="application/json">{data}</script>
<script>
{{
{js}}}
</script>
</figure>
"""


def be_backward(root: Value) -> BackwardPass:
    """The graph of root without its gradients, which the reader types.

    Every node keeps the grad that it has.

    Raises:
        TypeError: If root is not a Value.
        ValueError: If there are more than 30 nodes, or if a node has no local
            derivatives.
    """
    drawn = nodes(root)
    if len(drawn) > MOST:
        raise ValueError(
            f"{len(drawn)} gradients are too many to work out by hand; take a "
            f"part of at most {MOST} nodes"
        )
    for node in drawn:
        if len(getattr(node, "_local", ())) != len(node._prev):
            raise ValueError(
                f"{node}, made by {node._op!r}, needs a local derivative for "
                "each input: without them, nobody can work out the gradients"
            )
    return BackwardPass(Passes(root))


class BackwardPass:
    """The task and its answers as text, and in a notebook the form.

    Args:
        passes: The graph, and the names of its nodes.

    Attributes:
        forward: The lines of the forward pass.
        answers: How each gradient is worked out, in the order of the pass.
    """

    def __init__(self, passes: Passes):
        with passes.zero_gradients():
            self.forward = [
                step.text for step in passes.steps() if step.way == "forward"
            ]
            self.answers = list(_answers(passes))
            self._data = _data(passes)
        name = passes.name(passes.root)
        self._title = f"Be the backward pass over the graph of {name}"
        self._task = (
            f"How fast does {name} change with each node? Work out all "
            f"gradients, from {name} back."
        )
        diagram = Diagram(
            passes.root, passes.name, lambda node: ["grad ?"], numbers=False
        )
        self._images = images(diagram, " ".join(self.forward))

    def __repr__(self) -> str:
        return "\n".join(
            [
                f"{self._title}.",
                self._task,
                *self.forward,
                "",
                "The answers:",
                *self.answers,
            ]
        )

    def _repr_html_(self) -> str:
        return BLOCK.format(
            title=escape(self._title),
            css=CSS,
            task=escape(self._task),
            images=self._images,
            answers="\n".join(f"<li>{escape(x)}</li>" for x in self.answers),
            data=as_json(self._data),
            js=JS,
        )


def _answers(passes: Passes) -> Iterator[str]:
    """How each gradient is worked out, in the order of the pass."""
    order = nodes(passes.root)[::-1]
    yield f"{passes.grad_of(passes.root)} = 1"
    for node in order[1:]:
        shares = [
            f"{format_number(local)} * {format_number(user.grad)} "
            f"(from {passes.name(user)})"
            for user in order
            for x, local in zip(user._prev, user._local)
            if x is node
        ]
        total = format_number(node.grad)
        yield f"{passes.grad_of(node)} = {' + '.join(shares)} = {total}"


def _data(passes: Passes) -> dict[str, Any]:
    """What the script needs: the graph, its layout, and the wrong answers."""
    drawn = nodes(passes.root)
    graph = graph_for_script(passes)
    wrong = wrong_answers(drawn, [node.grad for node in drawn])
    for node, answers in zip(graph, wrong):
        node["wrong"] = answers
    widths = [width_of_data(format_number(node.data)) for node in drawn]
    numbers = [edge_labels(node) for node in drawn]
    return {
        "graph": graph,
        "forms": forms(graph, widths, numbers),
        "mistakes": texts(),
    }


def graph_for_script(passes: Passes) -> list[dict[str, Any]]:
    """The nodes as the script has them, each after its inputs."""
    drawn = nodes(passes.root)
    place = {id(node): i for i, node in enumerate(drawn)}
    return [
        {
            "name": passes.name(node),
            "grad": passes.grad_of(node),
            "how": how(node, passes.name),
            "op": node._op,
            "inputs": [place[id(x)] for x in node._prev],
            "data": node.data,
            "local": list(node._local),
        }
        for node in drawn
    ]


def how(node: Value, name: Callable[[Value], str]) -> str:
    """A node and the operation that made it, such as u = a * b."""
    if not node._prev:
        return name(node)
    return f"{name(node)} = {applied(node._op, list(map(name, node._prev)))}"


def texts() -> dict[str, str]:
    """What to say to each mistake, by its name."""
    return {mistake.__name__: text for mistake, text in MISTAKES.items()}


def forms(
    graph: Sequence[dict[str, Any]],
    widths: Sequence[float],
    numbers: Sequence[Sequence[str]],
) -> list[dict[str, Any]]:
    """The layout from left to right, and that from top to bottom.

    The first is left out if it is too wide for a column of the book.

    Args:
        graph: The nodes, with `name`, `op` and `inputs`.
        widths: What each box needs to the right of its name.
        numbers: The numbers on the edges into each node.
    """
    inputs = [node["inputs"] for node in graph]
    boxes = [
        (_indent(node["name"]) + width + SPACE, HEIGHT)
        for node, width in zip(graph, widths)
    ]
    circles = [circle_size(node["op"]) for node in graph]
    sizes = [[number_size(text) for text in row] for row in numbers]
    found = []
    for upright in False, True:
        layout = lay_out(inputs, boxes, circles, sizes, upright, digits=0)
        if layout.width > COLUMN and not upright:
            continue
        found.append(
            {
                "size": [round(layout.width), round(layout.height)],
                "boxes": [
                    [*middle, round(width)]
                    for middle, width in zip(layout.boxes, layout.widths)
                ],
                "circles": [
                    [*middle, round(size[0] / 2)]
                    for middle, size in zip(layout.circles, circles)
                ],
                "edges": [
                    [[edge.path, *edge.number] for edge in row]
                    for row in layout.edges
                ],
                "tails": layout.tails,
            }
        )
    return found


def width_of_data(number: str) -> float:
    """What a box needs to the right of its name."""
    return max(FIELD, text_width(f"data {number}", LETTERS) + SPACE)


def _indent(name: str) -> float:
    return SPACE + text_width(name, LETTERS, bold=True) + SPACE


def as_json(data: object) -> str:
    """Data as they may stand in a page, within an element for a script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")
