"""The tasks are the engine's, their wrong answers the zoo's.

What be_backward and drill say is in transcripts.txt; what the page does with
their data is in tests/book/test_passes_in_browser.py.
"""

import json
import math
import random
import re
from collections import Counter
from functools import cache
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from promises import ON_VALUES

from micrograd import Value
from micrograd.graph import nodes
from micrograd.practice import be_backward, drill, zoo
from micrograd.practice.by_hand.drill import (
    LARGEST,
    LEVELS,
    ROOM,
    SHAPES,
    Program,
)
from micrograd.practice.by_hand.mistakes import MISTAKES, wrong_answers
from micrograd.practice.by_hand.programs import OPERATIONS, choose_step, run

HOSTILE = ["<b>", 'say "hi"', "a & b", "é ∂ 数", "{0}", "]]>", "back\\slash"]
HOSTILE += ["<!--", "</script><script>alert(1)</script>", "{x}"]


def block(task):
    return BeautifulSoup(task._repr_html_(), "html.parser")


def data(task):
    """What the script is told."""
    return json.loads(block(task).find("script", type="application/json").text)


@cache
def the_drill():
    return drill()


@cache
def told_by_the_drill():
    return data(the_drill())


def diamond(x=1.0):
    x = Value(x, label="x")
    u = x * 2
    y = u * 3 + u * 4
    u.label, y.label = "u", "y"
    return y


def random_root(seed):
    pick = random.Random(seed).randrange
    steps = [choose_step(pick, list(OPERATIONS), 2 + i) for i in range(6)]
    inputs = [Value(0.5), Value(-1.5)]
    return run(steps, inputs, SimpleNamespace(**ON_VALUES))[-1]


# be_backward


@pytest.mark.parametrize("seed", range(20))
def test_the_answers_are_the_engines_gradients(seed):
    root = random_root(seed)
    task = be_backward(root)
    root.backward()
    order = nodes(root)[::-1]
    assert len(task.answers) == len(order)
    for line, node in zip(task.answers, order):
        _, *middle, total = line.split(" = ")
        assert float(total) == pytest.approx(node.grad, rel=1e-3)
        for shares in middle:
            text = re.sub(r" \(from \w+\)", "", shares)
            assert eval(text) == pytest.approx(node.grad, rel=5e-3, abs=1e-6)


def test_the_script_is_told_the_graph():
    root = diamond()
    told = data(be_backward(root))
    drawn = nodes(root)
    assert [node["data"] for node in told["graph"]] == [x.data for x in drawn]
    for node, x in zip(told["graph"], drawn):
        assert node["local"] == list(x._local)
        assert [drawn[i] for i in node["inputs"]] == list(x._prev)
        assert node["op"] == x._op
    names = [node["name"] for node in told["graph"]]
    assert names == ["x", "v1", "u", "v2", "v4", "v3", "v5", "y"]
    hows = [node["how"] for node in told["graph"]]
    assert hows[2] == "u = x * v1" and hows[0] == "x"
    assert told["graph"][2]["grad"] == "u.grad"
    wide, upright = told["forms"]
    assert wide["size"][0] > upright["size"][0]
    assert wide["size"][1] < upright["size"][1]
    assert len(wide["boxes"]) == len(upright["boxes"]) == len(drawn)


def test_a_graph_that_is_too_wide_is_upright_everywhere():
    root = Value(1.0)
    for _ in range(3):
        root = root.relu()
    assert len(data(be_backward(root))["forms"]) == 2
    (upright,) = data(be_backward(root.relu().relu()))["forms"]
    assert upright["size"][0] < upright["size"][1]


def test_the_graph_stays_as_it_was_and_so_does_the_task():
    root = diamond()
    for i, node in enumerate(nodes(root)):
        node.grad = float(i + 1)
    before = [dict(vars(node)) for node in nodes(root)]
    task = be_backward(root)
    assert [vars(node) for node in nodes(root)] == before
    shown = repr(task), task._repr_html_()
    root.data = 99.0
    assert (repr(task), task._repr_html_()) == shown
    again = be_backward(diamond())
    assert (repr(again), again._repr_html_()) == shown


def test_without_a_script_there_are_the_task_and_the_folded_answers():
    task = be_backward(diamond())
    page = block(task)
    assert page.select_one(".now[aria-live=polite]").text == (
        "How fast does y change with each node? Work out all gradients, from "
        "y back."
    )
    wide, upright = page.select(".frame > img")
    assert wide["alt"] == upright["alt"] == " ".join(task.forward)
    for image in wide, upright:
        texts = re.findall(r">([^<]+)</text>", unquote(image["src"]))
        assert Counter(texts)["grad ?"] == 8  # and no number on an edge
        assert Counter(texts)["3"] == 0
    assert [item.text for item in page("li")] == task.answers
    assert not page.details.has_attr("open")
    hidden = [tag["class"][0] for tag in page(hidden=True)]
    assert hidden == ["upright", "controls"]


@pytest.mark.parametrize("label", HOSTILE)
def test_any_label_is_shown_as_it_is(label):
    x = Value(2.0, label=label)
    task = be_backward(Value(1.0, (x,), label, "y", (1.0,)))
    page = block(task)
    assert page("li")[1].text == task.answers[1]
    first, second = data(task)["graph"]
    assert first["name"] == second["op"] == label
    plain = block(be_backward(Value(1.0).tanh()))
    assert [tag.name for tag in page()] == [tag.name for tag in plain()]


@pytest.mark.parametrize("make", [lambda: be_backward(diamond()), the_drill])
def test_the_block_stands_on_its_own(make):
    html = make()._repr_html_()
    hosts = set(re.findall(r"http\S*", re.sub(r"src=\"[^\"]*\"", "", html)))
    assert hosts == {"http://www.w3.org/${space}`,"}  # names no host to ask
    assert not re.search(r"\bid=|url\(|@import|\bfetch\b|eval\(", html)
    assert html.endswith("</script>\n</figure>\n")
    assert html.count("<script") == html.count("</script>") == 2


# The wrong answers


def by_the_zoo(name, f, x):
    """What an engine with this bug finds for the gradient of f at x."""
    leaf = Value(x)
    with zoo.ZOO[name]:
        f(leaf).backward()
    return leaf.grad


def told(f, x):
    """What node x can be told to be the answer to, by name."""
    root = f(Value(x))
    task = be_backward(root)
    root.backward()
    drawn = nodes(root)
    wrong = wrong_answers(drawn, [node.grad for node in drawn])
    assert [node["wrong"] for node in data(task)["graph"]] == wrong
    (i,) = [i for i, node in enumerate(drawn) if node.data == x]
    return wrong[i]


@pytest.mark.parametrize(
    "name, f",
    [
        ("assigns", lambda x: x * x + x),
        ("inputs_in_a_set", lambda x: x * x + x),
        ("own_factor", lambda x: 5.0 * x),
        ("no_minus", lambda x: 5.0 - x),
        ("no_factor", lambda x: x**3),
        ("never_shut", lambda x: x.relu()),
        ("tanh_of_input", lambda x: x.tanh()),
        ("tanh_unsquared", lambda x: x.tanh()),
        ("tanh_twice", lambda x: x.tanh()),
    ],
)
def test_a_mistake_leads_where_the_bug_of_the_zoo_leads(name, f):
    point = -0.5 if name == "never_shut" else 3.0
    assert told(f, point)[name] == by_the_zoo(name, f, point)


def test_the_mistakes_that_are_in_no_engine():
    wrong = told(lambda x: 7.0 * (5.0 * x), 3.0)
    assert wrong["opposite"] == -35.0
    assert wrong["handed_on"] == 7.0
    assert wrong["local_alone"] == 5.0
    assert wrong["added"] == 12.0
    assert wrong["own_data"] == 3.0


def test_passing_back_too_early_and_multiplying_shares():
    root = diamond()
    twin = diamond()
    with zoo.no_order:
        twin.backward()
    root.backward()
    wrong = wrong_answers(nodes(root), [node.grad for node in nodes(root)])
    for node, hurried, answers in zip(nodes(root), nodes(twin), wrong):
        found = answers.get("no_order", node.grad)
        assert found == (1.0 if node is root else hurried.grad)
    assert wrong[0]["no_order"] == 20.0
    assert wrong[2]["multiplied"] == 12.0


def test_a_graph_of_very_many_paths_has_no_answer_without_an_order():
    root = Value(1.0)
    for _ in range(29):
        root = root + root
    assert "no_order" not in data(be_backward(root))["graph"][0]["wrong"]


@pytest.mark.parametrize(
    "name, later",
    [
        ("inputs_in_a_set", "assigns"),  # x * x
        ("handed_on", "own_factor"),  # a factor that is 1
        ("no_minus", "opposite"),
        ("never_shut", "handed_on"),
    ],
)
def test_the_likelier_of_two_mistakes_is_named(name, later):
    order = list(told_by_the_drill()["mistakes"])
    assert order.index(name) < order.index(later)


def test_the_wrong_answers_at_the_end_of_the_graph():
    assert told(lambda x: x, 3.0) == {"no_seed": 0.0, "own_data": 3.0}
    assert told(lambda x: x, 1.0) == {"no_seed": 0.0}


@pytest.mark.parametrize("seed", range(20))
def test_no_wrong_answer_is_right(seed):
    root = random_root(seed)
    root.backward()
    drawn = nodes(root)
    gradients = [node.grad for node in drawn]
    before = [dict(vars(node)) for node in drawn]
    wrong = wrong_answers(drawn, gradients)
    assert [vars(node) for node in drawn] == before
    for answers, right in zip(wrong, gradients):
        assert right not in answers.values()
        assert all(map(math.isfinite, answers.values()))
        assert answers.keys() <= {mistake.__name__ for mistake in MISTAKES}


def test_a_mistake_that_overflows_is_left_out():
    x = Value(1e200)
    root = x * x**-1.0 * 1e200  # by `own_factor`, x squared
    root.backward()
    drawn = nodes(root)
    wrong = wrong_answers(drawn, [node.grad for node in drawn])
    assert all(math.isfinite(y) for one in wrong for y in one.values())


def test_each_mistake_has_its_own_name_and_words():
    told = told_by_the_drill()["mistakes"]
    assert list(told) == [mistake.__name__ for mistake in MISTAKES]
    assert len(set(told.values())) == len(told) == len(MISTAKES)
    for text in told.values():
        assert set(re.findall(r"\{.*?\}", text)) <= {"{x}"}
        assert "`" not in text  # nobody turns it into code


# The drill


def test_the_drill_is_the_same_on_every_run():
    random.seed(5)
    first = the_drill()
    random.seed(6)
    second = drill()
    assert (repr(first), first._repr_html_()) == (
        repr(second),
        second._repr_html_(),
    )


@pytest.mark.parametrize("place", range(3))
def test_the_graphs_of_a_level(place):
    level, programs = LEVELS[place], the_drill().programs[place]
    assert len(programs) == SHAPES
    most = []
    for program in programs:
        root = program.root([1] * program.leaves)
        drawn = nodes(root)
        assert len(drawn) == program.leaves + len(program.steps)
        assert [x.label for x in drawn].count("y") == 1 and root.label == "y"
        assert len({x.label for x in drawn}) == len(drawn)
        used = Counter(id(x) for node in drawn for x in node._prev)
        most.append(max(used.values()))
        operations = {node._op for node in drawn} - {""}
        assert bool(operations & {"**2", "ReLU"}) == (place == 2)
        assert operations <= {"+", "-", "*", "**2", "ReLU"}
    gates = [any(n == "relu" for n, _, _ in p.steps) for p in programs]
    assert sum(gates) >= (place == 2) * 2 / 3 * SHAPES
    assert max(most) <= level.uses and (max(most) > 1) == (place > 0)


def test_the_script_is_told_the_graphs_without_numbers():
    found, told = the_drill(), told_by_the_drill()
    assert told["largest"] == LARGEST
    for level, programs in zip(told["levels"], found.programs):
        assert 0 not in level["numbers"]
        graphs = [shape["graph"] for shape in level["shapes"]]
        assert len({json.dumps(graph) for graph in graphs}) == SHAPES
        for graph, program in zip(graphs, programs):
            drawn = nodes(program.root([1] * program.leaves))
            assert [node["name"] for node in graph] == [x.label for x in drawn]
            for node, x in zip(graph, drawn):
                assert [drawn[i] for i in node["inputs"]] == list(x._prev)
                assert "data" not in node and "local" not in node
        for shape in level["shapes"]:
            (wide, _), (narrow, _) = (form["size"] for form in shape["forms"])
            assert wide <= ROOM[0] and narrow <= ROOM[1]


def test_a_program_makes_the_same_graph_for_other_numbers():
    steps = [("multiply", 0, 1), ("relu", 2, 0), ("subtract", 3, 0)]
    root = Program(2, steps).root([-3, 2])
    assert root.data == 3.0
    assert [node.label for node in nodes(root)] == ["a", "b", "u", "v", "y"]
    assert Program(2, steps).root([3, 2]).data == 3.0


def test_the_examples_are_of_whole_numbers_that_are_small():
    page = block(the_drill())
    assert len(page.select(".examples > details")) == len(LEVELS)
    for item in page("li"):
        total = float(item.text.split(" = ")[-1])
        assert total == int(total) and 0 < abs(total) <= LARGEST
