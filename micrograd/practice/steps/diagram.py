"""The picture of a graph, drawn without Graphviz.

It has the look of `draw_graph`. A script knows its parts by their data: a node
by its place in the list of nodes, and an operation by that of its result.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from html import escape

from ... import palette
from ...engine import Value, format_number
from ...graph import FONT, drawable, edge_labels
from .layout import Layout, Point, lay_out, levels

LETTERS = 12  # their size in boxes, in points
SMALL = 10  # that of words in circles, and of numbers on edges
LARGE = 16  # that of signs in circles
HEIGHT = 38  # of a box
SPACE = 7  # between a box and what is in it
CIRCLE = 24  # its height, and its width around a sign
MARGIN = 4  # around the picture
NARROW = frozenset(" !'(),-./:;I[]fijlrt|")
WIDE = frozenset("%+<=>@MW^mw~")

PICTURE = f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{{0:g}}pt" height="{{1:g}}pt" \
viewBox="{{2}} {{2}} {{0:g}} {{1:g}}" font-family="{FONT}" \
font-size="{LETTERS}">
{{3}}
</svg>
"""
EDGE = f"""\
<g class="edge" data-operation="{{}}"><path d="{{}}" fill="none" \
stroke="{palette.MIDDLE_GREY}"/>{{}}</g>"""
NUMBER = f"""\
<text x="{{:g}}" y="{{:g}}" font-size="{SMALL}" text-anchor="middle" \
fill="{palette.GREY}" stroke="#fff" stroke-width="6" paint-order="stroke">\
{{}}</text>"""
OPERATION = f"""\
<g class="node" data-operation="{{0}}"><ellipse cx="{{1:g}}" cy="{{2:g}}" \
rx="{{3:g}}" ry="{{4:g}}" fill="{palette.BLUE}"/>\
<text x="{{1:g}}" y="{{5:g}}" font-size="{{6}}" text-anchor="middle" \
fill="#fff">{{7}}</text></g>"""
NODE = f"""\
<g class="{{0}}" data-node="{{1}}"><rect x="{{2:g}}" y="{{3:g}}" \
width="{{4:g}}" height="{HEIGHT}" rx="9" fill="{{5}}" \
stroke="{palette.BLUE}"/>{{6}}</g>"""
TEXT = '<text x="{:g}" y="{:g}"{}>{}</text>'
NAME = ' class="name" font-weight="bold"'
NOTE = f' class="note" fill="{palette.RUST}"'


class Diagram:
    """The parts of a picture of a graph.

    Args:
        root: The node at which the graph ends.
        name: What is written at the left in the box of a node.
        notes: What may be written there below the data, one after the other.
        numbers: Whether the local derivatives are written on the edges.

    Raises:
        TypeError: If root is not a Value.
        ValueError: If there are more nodes than can be read.
    """

    def __init__(
        self,
        root: Value,
        name: Callable[[Value], str],
        notes: Callable[[Value], Sequence[str]],
        numbers: bool = True,
    ):
        self.nodes = drawable(root)
        place = {id(node): i for i, node in enumerate(self.nodes)}
        self.inputs = [
            [place[id(x)] for x in node._prev] for node in self.nodes
        ]
        self.names = [name(node) for node in self.nodes]
        self._indents = self._where_data_begin()
        self.data = [f"data {format_number(node.data)}" for node in self.nodes]
        self.notes = [list(notes(node)) for node in self.nodes]
        self.numbers = [
            edge_labels(node) if numbers else [""] * len(node._prev)
            for node in self.nodes
        ]

    def svg(self, upright: bool = False) -> tuple[str, float]:
        """The picture with the last of all notes, and its width in points."""
        boxes = [
            (self._indents[i] + self._width_of_data(i) + SPACE, HEIGHT)
            for i in range(len(self.nodes))
        ]
        circles = [circle_size(node._op) for node in self.nodes]
        numbers = [[number_size(text) for text in row] for row in self.numbers]
        layout = lay_out(self.inputs, boxes, circles, numbers, upright)
        edges, others = [], []
        for i, node in enumerate(self.nodes):
            if node._prev:
                edges += self._edges(i, layout)
                others.append(self._circle(i, layout, circles[i]))
            others.append(self._box(i, layout))
        width = layout.width + 2 * MARGIN
        height = layout.height + 2 * MARGIN
        parts = "\n".join(edges + others)
        return PICTURE.format(width, height, -MARGIN, parts), width

    def _where_data_begin(self) -> list[float]:
        """For each box; equally far in boxes that stand in a column."""
        level = levels(self.inputs)
        room = dict.fromkeys(level, 0.0)
        for i, name in enumerate(self.names):
            if name:
                width = text_width(name, LETTERS, bold=True) + SPACE
                room[level[i]] = max(room[level[i]], width)
        return [SPACE + room[its_level] for its_level in level]

    def _width_of_data(self, i: int) -> float:
        texts = [self.data[i], *self.notes[i]]
        # a note is bold when it is new
        return max(text_width(text, LETTERS, bold=True) for text in texts)

    def _edges(self, i: int, layout: Layout) -> list[str]:
        edges = [EDGE.format(i, layout.tails[i], "")]
        for edge, text in zip(layout.edges[i], self.numbers[i]):
            x, y = edge.number
            number = NUMBER.format(x, y + 3.5, escape(text)) if text else ""
            edges.append(EDGE.format(i, edge.path, number))
        return edges

    def _circle(self, i: int, layout: Layout, size: Point) -> str:
        width, height = size
        x, y = layout.circles[i]
        operation = self.nodes[i]._op
        letters = LARGE if len(operation) == 1 else SMALL
        base = y + 0.34 * letters
        sizes = width / 2, height / 2, base, letters
        return OPERATION.format(i, x, y, *sizes, escape(operation))

    def _box(self, i: int, layout: Layout) -> str:
        x, y = layout.boxes[i]
        left = x - layout.widths[i] / 2
        indent = self._indents[i]
        texts = [(indent, -4, "", self.data[i])]
        if self.names[i]:
            texts.insert(0, (SPACE, 4, NAME, self.names[i]))
        if self.notes[i]:
            texts.append((indent, 11, NOTE, self.notes[i][-1]))
        leaf = not self.inputs[i]
        return NODE.format(
            "leaf node" if leaf else "node",
            i,
            left,
            y - HEIGHT / 2,
            layout.widths[i],
            palette.PALE_ORANGE if leaf else palette.PALE_BLUE,
            "".join(
                TEXT.format(left + a, y + b, look, escape(text))
                for a, b, look, text in texts
            ),
        )


def circle_size(operation: str) -> Point:
    """The width and the height of the circle around an operation."""
    if len(operation) == 1:
        return CIRCLE, CIRCLE
    return max(CIRCLE, text_width(operation, SMALL) + SPACE), CIRCLE


def number_size(text: str) -> Point:
    """The width and the height of a number on an edge."""
    return text_width(text, SMALL) + 4, SMALL + 4


def text_width(text: str, size: float, bold: bool = False) -> float:
    """How much room a text needs at most, in points.

    That is in DejaVu Sans, since no common font is wider.
    """
    width = 0.0
    for letter in text:
        if letter in WIDE or unicodedata.east_asian_width(letter) in "WF":
            width += 1.0
        elif letter in NARROW:
            width += 0.42
        elif letter.isupper():
            width += 0.78
        else:
            width += 0.65
    return width * size * (1.14 if bold else 1)
