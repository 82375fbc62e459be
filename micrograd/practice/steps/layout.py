"""Where the parts of a graph go in its picture, found without Graphviz.

The nodes stand in columns: the result in the last, and each other node as many
columns before it as there are operations on the longest way to the result.
Within a column, the order is one in which few edges cross, and each part
stands as close as it can to the parts that it is joined with. This is the
layered drawing of Sugiyama, Tagawa and Toda (1981).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations, pairwise
from statistics import median
from typing import NamedTuple

Point = tuple[float, float]

# In points
BOXES_APART = 12.0  # two boxes of a column
NUMBERS_APART = 4.0  # two numbers of a column, or edges that pass by
EDGES_APART = 10.0  # two edges, where they leave a box
WIRE = 8.0  # of an edge, before the number on it and after it
TAIL = 13.0  # from a circle to its box
HEAD = 5.5  # of an arrow
HALF_AS_WIDE = 0.47  # half of the head's width, as a part of its length
SWEEPS = 24
STEPS = 400


class Edge(NamedTuple):
    """An edge into a circle: its path in SVG, and the place of its number."""

    path: str
    number: Point


class Layout(NamedTuple):
    """The places of all parts, in points from the upper left corner.

    Attributes:
        width: The width of the picture.
        height: Its height.
        boxes: For each node the middle of its box.
        widths: For each node the width of its box.
        circles: For each node the middle of its circle, if it has one.
        edges: For each node the edges into its circle.
        tails: For each node the path from its circle to its box, if it has one.
    """

    width: float
    height: float
    boxes: list[Point]
    widths: list[float]
    circles: list[Point]
    edges: list[list[Edge]]
    tails: list[str]


def levels(inputs: Sequence[Sequence[int]]) -> list[int]:
    """For each node the number of operations on the longest way to the result.

    Args:
        inputs: For each node the places of its inputs in this list, which come
            before it. The result comes last.
    """
    level = [0] * len(inputs)
    for node in reversed(range(len(inputs))):
        for x in inputs[node]:
            level[x] = max(level[x], level[node] + 1)
    return level


def lay_out(
    inputs: Sequence[Sequence[int]],
    boxes: Sequence[Point],
    circles: Sequence[Point],
    numbers: Sequence[Sequence[Point]],
    upright: bool = False,
    digits: int = 1,
) -> Layout:
    """The layout of a graph, from left to right or from top to bottom.

    Args:
        inputs: For each node the places of its inputs in this list, which come
            before it. The result comes last.
        boxes: For each node the width and the height that its box needs. Those
            of a column become equally wide.
        circles: For each node the width and the height of its circle.
        numbers: For each node the width and the height of the numbers on the
            edges into its circle.
        upright: From top to bottom.
        digits: How exact the places are, after the decimal point.
    """
    graph = _Graph(inputs, boxes, circles, numbers, upright, digits)
    _order(graph.columns)
    _align(graph.columns)
    return graph.layout()


class _Part:
    """What takes room in a column: a box, a number, or an edge that passes by.

    Attributes:
        size: The room that it takes.
        gap: The room around it.
        place: Where its middle is.
        before: The parts of the column before that lead to this one.
        after: The parts of the next column to which it leads.
    """

    def __init__(self, size: float, gap: float):
        self.size = size
        self.gap = gap
        self.place = 0.0
        self.before: list[_Part] = []
        self.after: list[_Part] = []

    @property
    def passes_by(self) -> bool:
        return self.size == 0

    @property
    def is_number(self) -> bool:
        return self.size > 0 and self.gap == NUMBERS_APART


class _Knot(NamedTuple):
    """A point of an edge, and the slope of the edge there."""

    along: float
    across: float
    slope: float = 0.0


class _Graph:
    """A graph as columns of parts.

    "Along" is the direction from the leaves to the result, and "across" is
    that of a column. Columns are counted from the result; numbers have columns
    of their own, between those of the boxes.
    """

    def __init__(
        self,
        inputs: Sequence[Sequence[int]],
        boxes: Sequence[Point],
        circles: Sequence[Point],
        numbers: Sequence[Sequence[Point]],
        upright: bool,
        digits: int,
    ):
        self.digits = digits or None  # none of them make whole numbers
        self.inputs = inputs
        self.upright = upright
        self.level = levels(inputs)
        widest = _largest(self.level, [width for width, _ in boxes])
        self.widths = [widest[level] for level in self.level]
        self.boxes = [
            self._turned((width, height))
            for width, (_, height) in zip(self.widths, boxes)
        ]
        self.circles = [self._turned(circle) for circle in circles]
        self.numbers = [[self._turned(size) for size in row] for row in numbers]

        self.columns: list[list[_Part]]
        self.columns = [[] for _ in range(2 * max(self.level) + 1)]
        self.nodes = [_Part(across, BOXES_APART) for _, across in self.boxes]
        self.ways: list[list[list[_Part]]] = [[] for _ in inputs]
        self._fill_columns()

    def _turned(self, point: Point) -> Point:
        """From width and height to along and across, or back."""
        return (point[1], point[0]) if self.upright else point

    def _fill_columns(self) -> None:
        """Depth first, so that what is used together begins together."""
        waiting = [len(self.inputs) - 1]
        seen = set()
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                self.columns[2 * self.level[node]].append(self.nodes[node])
                self._add_edges(node)
                waiting += reversed(self.inputs[node])

    def _add_edges(self, node: int) -> None:
        """Add the ways from the inputs of a node, from column to column."""
        for x, (_, across) in zip(self.inputs[node], self.numbers[node]):
            first = 2 * self.level[node] + 1
            way = [_Part(across, NUMBERS_APART)]
            for _ in range(first + 1, 2 * self.level[x]):
                way.append(_Part(0, NUMBERS_APART))
            for column, part in enumerate(way, first):
                self.columns[column].append(part)
            way.reverse()
            self.ways[node].append(way)
            parts = [self.nodes[x], *way, self.nodes[node]]
            for part, other in pairwise(parts):
                part.after.append(other)
                other.before.append(part)

    def layout(self) -> Layout:
        """The places as they are now."""
        self._measure()
        boxes, circles, tails = [], [], []
        for node, level in enumerate(self.level):
            place = self.nodes[node].place
            end = self.ends[level]
            start = end - self.boxes[node][0]
            boxes.append(self._point((start + end) / 2, place))
            circles.append(self._point(self.middles[level], place))
            edge = self.middles[level] + self.circles[node][0] / 2
            tail = [_Knot(edge, place), _Knot(start, place)]
            tails.append(self._arrow(tail) if self.inputs[node] else "")
        edges = [self._edges(node) for node in range(len(self.inputs))]
        width, height = self._turned((-self.start, self.bottom - self.top))
        return Layout(width, height, boxes, self.widths, circles, edges, tails)

    def _measure(self) -> None:
        """Where the columns are along the graph, counted from its end."""
        boxes = _largest(self.level, [size for size, _ in self.boxes])
        circles = _largest(self.level, [size for size, _ in self.circles])
        numbers = _largest(
            self.level,
            [max((size for size, _ in row), default=0) for row in self.numbers],
        )
        self.ends = [0.0]  # of the boxes of each level
        self.starts = []
        self.middles = []  # of the circles
        self.spots = []  # of the numbers
        for box, circle, number in zip(boxes, circles, numbers):
            self.starts.append(self.ends[-1] - box)
            self.middles.append(self.starts[-1] - TAIL - circle / 2)
            before = self.middles[-1] - circle / 2 - WIRE
            self.spots.append(before - number / 2)
            self.ends.append(before - number - WIRE)
        self.start = self.starts[-1]
        parts = [part for column in self.columns for part in column]
        self.top = min(part.place - part.size / 2 for part in parts)
        self.bottom = max(part.place + part.size / 2 for part in parts)

    def _point(self, along: float, across: float) -> Point:
        x, y = self._turned((along - self.start, across - self.top))
        return round(x, self.digits), round(y, self.digits)

    def _edges(self, node: int) -> list[Edge]:
        """The edges into the circle of a node."""
        edges = []
        for x, way in zip(self.inputs[node], self.ways[node]):
            level = self.level[x]
            knots = [_Knot(self.ends[level], self._port(x, way[0]))]
            for part in way[1:-1:2]:  # a column of boxes is crossed straight
                level -= 1
                knots.append(_Knot(self.starts[level], part.place))
                knots.append(_Knot(self.ends[level], part.place))
            knots = self._to_circle(knots, way[-1], node)
            number = self._point(*knots[-2][:2])
            edges.append(Edge(self._arrow(knots), number))
        return edges

    def _port(self, x: int, part: _Part) -> float:
        """Where an edge leaves a box: apart from others, in their order."""
        node = self.nodes[x]
        order = sorted(node.after, key=lambda other: other.place)
        apart = min(EDGES_APART, node.size / (len(order) + 1))
        return node.place + (order.index(part) - (len(order) - 1) / 2) * apart

    def _to_circle(
        self, knots: list[_Knot], number: _Part, node: int
    ) -> list[_Knot]:
        """The knots of an edge, and those at its number and at the circle.

        The last bit of the edge points at the middle of the circle, and at the
        number the edge has the direction of the way around it.
        """
        level = self.level[node]
        spot, middle = self.spots[level], self.middles[level]
        place = self.nodes[node].place
        start = knots[-1]
        if len(knots) == 1:
            slope = (number.place - start.across) / (spot - start.along)
            knots = [start._replace(slope=slope)]
        slope = (place - start.across) / (middle - start.along)
        along, across = middle - spot, place - number.place
        wide, high = self.circles[node]
        outside = 1 - 0.5 / math.hypot(along / wide, across / high)
        end = spot + outside * along, number.place + outside * across
        at_number = _Knot(spot, number.place, slope)
        return [*knots, at_number, _Knot(*end, across / along)]

    def _arrow(self, knots: Sequence[_Knot]) -> str:
        """A smooth path through the knots, with a head at its end."""
        start = self._point(*knots[0][:2])
        path = "M" + _text(start)
        for one, other in pairwise(knots):
            third = (other.along - one.along) / 3
            places = [
                one.across + third * one.slope,
                other.across - third * other.slope,
                other.across,
            ]
            points = [
                self._point(one.along + third, places[0]),
                self._point(other.along - third, places[1]),
                self._point(other.along, places[2]),
            ]
            if all(abs(place - one.across) < 0.05 for place in places):
                path += "l" + _text(points[-1], start)
            else:
                path += "c" + " ".join(_text(to, start) for to in points)
            start = points[-1]
        length = HEAD / math.hypot(1, slope := knots[-1].slope)
        sides = [
            self._turned(
                (length * (half * slope - 1), -length * (slope + half))
            )
            for half in (HALF_AS_WIDE, -HALF_AS_WIDE)
        ]
        (a, b), other_side = sides
        return f"{path}m{_text((a, b))}l{_text((-a, -b))} {_text(other_side)}"


def _text(point: Point, start: Point = (0, 0)) -> str:
    """The way from the start to a point, as a path has it."""
    return " ".join(f"{round(a - b, 1):g}" for a, b in zip(point, start))


def _largest(level: Sequence[int], sizes: Sequence[float]) -> list[float]:
    """The largest size at each level."""
    largest = [0.0] * (max(level) + 1)
    for its_level, size in zip(level, sizes):
        largest[its_level] = max(largest[its_level], size)
    return largest


def _order(columns: list[list[_Part]]) -> None:
    """Sort each column by the medians of its neighbours, again and again.

    Parts with equal medians keep their order in two sweeps, and change it in
    the next two. The best of all orders is kept, and the first of several.
    """
    best, least = list(map(list, columns)), _disorder(columns)
    for sweep in range(SWEEPS):
        if least == (0, 0):
            break
        _sweep(columns, forwards=sweep % 2 == 1, swap_equals=sweep % 4 > 1)
        for order in columns, [column[::-1] for column in columns]:
            if (disorder := _disorder(order)) < least:
                best, least = list(map(list, order)), disorder
    columns[:] = best


def _sweep(
    columns: list[list[_Part]], forwards: bool, swap_equals: bool
) -> None:
    """Sort each column by the medians of the one before, or after."""
    rank = _ranks(columns)
    for column in columns[::-1] if forwards else columns:
        medians = {part: _median(part, forwards, rank) for part in column}
        if swap_equals:
            column.reverse()
        column.sort(key=medians.__getitem__)
        rank |= _ranks([column])


def _ranks(columns: Sequence[Sequence[_Part]]) -> dict[_Part, int]:
    """The place of each part in the order of its column."""
    return {part: i for column in columns for i, part in enumerate(column)}


def _median(part: _Part, forwards: bool, rank: dict[_Part, int]) -> float:
    """The middle of the ranks of the parts before a part, or after it."""
    near = part.before if forwards else part.after
    return median(rank[other] for other in near or [part])


def _disorder(columns: Sequence[Sequence[_Part]]) -> tuple[int, int]:
    """How many edges cross, and how many inputs are in the wrong order."""
    rank = _ranks(columns)
    crossings = swapped = 0
    for column in columns:
        edges = [(rank[part], rank[x]) for part in column for x in part.after]
        for (a, b), (c, d) in combinations(edges, 2):
            crossings += (a - c) * (b - d) < 0
        for part in column:
            for x, y in combinations(part.before, 2):
                swapped += rank[x] > rank[y]
    return crossings, swapped


def _align(columns: Sequence[Sequence[_Part]]) -> None:
    """Move each part to the middle of its neighbours, again and again."""
    for column in columns:
        _place(column, [(0.0, 1.0)] * len(column))
    for step in range(STEPS):
        moved = 0.0
        for column in columns if step % 2 else columns[::-1]:
            before = [part.place for part in column]
            _place(column, [_pull(part) for part in column])
            for part, place in zip(column, before):
                moved = max(moved, abs(part.place - place))
        if moved < 0.01:
            break


def _pull(part: _Part) -> tuple[float, float]:
    """Where a part would be if it were alone, and how strongly it goes there.

    What passes by shall go straight. And the way into a number is shorter than
    the way out of it, so it pulls more.
    """
    pulls = [(part.place, 0.001)]  # for a part that is alone
    pulls += [(other.place, _strength(other, part)) for other in part.before]
    pulls += [(other.place, _strength(part, other)) for other in part.after]
    return _mean(pulls)


def _strength(part: _Part, other: _Part) -> float:
    if other.is_number:
        return 1.6
    return 8.0 if part.passes_by and other.passes_by else 1.0


def _mean(pulls: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The mean of places by their strengths, and the sum of these."""
    total = sum(strength for _, strength in pulls)
    return sum(place * strength for place, strength in pulls) / total, total


def _place(
    column: Sequence[_Part], pulls: Sequence[tuple[float, float]]
) -> None:
    """Place parts as close to where they want to be as their sizes allow.

    Parts that would meet become a group, which goes where it wants to be on
    the average.
    """
    room = [0.0]
    for one, other in pairwise(column):
        half = (one.size + other.size) / 2
        room.append(room[-1] + half + max(one.gap, other.gap))
    groups: list[list[tuple[float, float]]] = []  # where each wants the start
    for (place, strength), before in zip(pulls, room):
        group = [(place - before, strength)]
        while groups and _mean(groups[-1])[0] > _mean(group)[0]:
            group = groups.pop() + group
        groups.append(group)
    starts = [_mean(group)[0] for group in groups for _ in group]
    for part, start, before in zip(column, starts, room):
        part.place = start + before
