"""A graph drawn without Graphviz: its parts are there, apart, and in order."""

import math
import random
import re
from collections import Counter
from itertools import combinations, pairwise
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from promises import ON_VALUES

from micrograd import Neuron, Value, draw_graph
from micrograd.engine import format_number
from micrograd.practice.by_hand.programs import OPERATIONS, choose_step, run
from micrograd.practice.steps.diagram import HEIGHT, Diagram
from micrograd.practice.steps.layout import lay_out, levels

SVG = "{http://www.w3.org/2000/svg}"
BOX, CIRCLE, NUMBER = (80, 40), (24, 24), (20, 14)
both_ways = pytest.mark.parametrize("upright", [False, True])


def random_graph(seed, length=8):
    """The inputs of each node below the last one of a random program."""
    pick = random.Random(seed).randrange
    steps = []
    for known in range(2, 2 + length):
        steps.append(choose_step(pick, list(OPERATIONS), known))
    inputs = [Value(0.5), Value(1.5)]
    return run(steps, inputs, SimpleNamespace(**ON_VALUES))[-1]


def inputs_of(root):
    nodes = Diagram(root, str, lambda node: []).nodes
    place = {id(node): i for i, node in enumerate(nodes)}
    return [[place[id(x)] for x in node._prev] for node in nodes]


def lay(inputs, upright=False):
    count = len(inputs)
    sizes = [[NUMBER] * len(row) for row in inputs]
    return lay_out(inputs, [BOX] * count, [CIRCLE] * count, sizes, upright)


def points(path, number=12):
    """The points of a path before its head, close to each other."""
    knots = []
    for kind, text in re.findall("([Mcl])([^Mclm]+)", path.partition("m")[0]):
        x, y = knots[-1] if knots else (0, 0)
        steps = iter(map(float, text.split()))
        more = [(x + a, y + b) for a, b in zip(steps, steps)]
        knots += more if kind != "l" else [knots[-1], more[0], more[0]]
    found = [knots[0]]
    for i in range(0, len(knots) - 1, 3):
        for k in range(1, number + 1):
            t, u = k / number, 1 - k / number
            weights = u**3, 3 * t * u**2, 3 * t**2 * u, t**3
            found.append(
                tuple(
                    sum(w * c for w, c in zip(weights, coordinates))
                    for coordinates in zip(*knots[i : i + 4])
                )
            )
    return found


def inside(point, middle, size):
    return all(abs(p - m) < s / 2 - 0.2 for p, m, s in zip(point, middle, size))


def cross(one, other):
    """Whether two lines of two points cross, and not at their ends."""

    def side(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return (
        side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
    )


def crossings(layout):
    lines = [points(edge.path) for row in layout.edges for edge in row]
    return sum(
        cross(one, other)
        for first, second in combinations(lines, 2)
        for one in pairwise(first)
        for other in pairwise(second)
    )


@both_ways
@pytest.mark.parametrize("seed", range(20))
def test_parts_are_apart_and_edges_pass_by_boxes(seed, upright):
    inputs = inputs_of(random_graph(seed))
    layout = lay(inputs, upright)
    parts = [(middle, BOX) for middle in layout.boxes]
    for node, row in enumerate(inputs):
        if row:
            parts.append((layout.circles[node], CIRCLE))
        parts += [(edge.number, NUMBER) for edge in layout.edges[node]]
        assert len(layout.edges[node]) == len(row)
    for middle, size in parts:
        for x, half, end in zip(middle, size, (layout.width, layout.height)):
            assert half / 2 - 0.1 <= x <= end - half / 2 + 0.1
    for (one, size), (other, its_size) in combinations(parts, 2):
        both = [(a + b) / 2 for a, b in zip(size, its_size)]
        assert any(abs(a - b) > c for a, b, c in zip(one, other, both))
    for edge in (edge for row in layout.edges for edge in row):
        for point in points(edge.path):
            assert not any(inside(point, box, BOX) for box in layout.boxes)


@both_ways
def test_an_edge_goes_from_its_box_through_its_number_to_its_circle(upright):
    inputs = inputs_of(random_graph(3))
    layout = lay(inputs, upright)
    along, across = (1, 0) if upright else (0, 1)
    for node, row in enumerate(inputs):
        circle = layout.circles[node]
        for x, edge in zip(row, layout.edges[node]):
            first, *_, last = line = points(edge.path)
            box = layout.boxes[x]
            assert first[along] == pytest.approx(box[along] + BOX[along] / 2)
            assert abs(first[across] - box[across]) < BOX[across] / 2
            assert math.dist(last, circle) == pytest.approx(12, abs=0.2)
            assert any(math.dist(edge.number, point) < 0.2 for point in line)
        if row:
            start, *_, end = points(layout.tails[node])
            assert start[along] == pytest.approx(circle[along] + 12)
            box = layout.boxes[node][along] - BOX[along] / 2
            assert end[along] == pytest.approx(box)


@both_ways
def test_columns_are_as_far_from_the_result_as_there_are_operations(upright):
    #        a  b  c  a*b  +c  relu
    inputs = [[], [], [], [0, 1], [3, 2], [4]]
    assert levels(inputs) == [3, 3, 2, 2, 1, 0]
    place = 1 if upright else 0
    along = [box[place] for box in lay(inputs, upright).boxes]
    assert along[0] == along[1] < along[2] == along[3] < along[4] < along[5]


def test_inputs_keep_their_order_where_no_edges_cross_then():
    product = lay([[], [], [], [0, 1], [3, 2], [4]])
    a, b, c, e, *_ = (y for _, y in product.boxes)
    assert a < b and e < c
    diamond = lay([[], [], [0, 1], [], [2, 3], [], [2, 5], [4, 6]])
    assert crossings(diamond) == 0
    x, two, u, three, left, four, right, y = (y for _, y in diamond.boxes)
    assert x < two and left < right and three < u < four
    assert u == y == (left + right) / 2


@both_ways
def test_what_can_be_drawn_without_crossings_is(upright):
    random.seed(1)
    for _ in range(20):
        inputs, free = [[], [], [], []], [0, 1, 2, 3]  # a tree
        random.shuffle(free)
        while len(free) > 1:
            inputs.append([free.pop(0), free.pop(0)])
            free.insert(random.randrange(len(free) + 1), len(inputs) - 1)
        assert crossings(lay(inputs, upright)) == 0


def test_what_crosses_is_found():
    inputs = [[], [], [0, 1], [0, 1], [2, 3]]
    assert crossings(lay(inputs)) == 1


def texts(svg):
    return [
        text.text for text in ElementTree.fromstring(svg).iter(SVG + "text")
    ]


@both_ways
def test_a_diagram_says_what_a_drawing_says(upright):
    random.seed(1)
    root = Neuron(2)([-1, 2]) ** 2
    root.backward()
    svg, width = Diagram(
        root,
        lambda node: node.label,
        lambda node: [
            "",
            "longer than it is",
            f"grad {format_number(node.grad)}",
        ],
    ).svg(upright)
    drawing = draw_graph(root)
    of_drawing = drawing.svg[drawing.svg.index("<svg") :]
    assert Counter(texts(svg)) == Counter(texts(of_drawing))
    for kind in "edge", "node":
        parts = len(re.findall(f'class="(?:leaf )?{kind}"', svg))
        assert parts == drawing.svg.count(f'class="{kind}"')
    assert ElementTree.fromstring(svg).get("width") == f"{width:g}pt"


def test_boxes_of_a_column_are_equally_wide_and_hold_every_note():
    a, b = Value(1.0, label="a"), Value(2.0, label="a longer name")
    notes = {"a": ["", "grad -0.123456", "grad 1"], "": []}
    svg, _ = Diagram(
        a * b, lambda node: node.label, lambda node: notes.get(node.label, [])
    ).svg()
    rects = list(ElementTree.fromstring(svg).iter(SVG + "rect"))
    assert {rect.get("height") for rect in rects} == {str(HEIGHT)}
    first, second, product = (float(rect.get("width")) for rect in rects)
    assert first == second > product > 0
    assert "grad 1<" in svg and "0.123456" not in svg
