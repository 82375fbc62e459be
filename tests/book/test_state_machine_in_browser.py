"""The page's engine beside the engine, on the programs of the state machine.

The backward pass by hand has an engine of its own, in JavaScript. At the end
of each random program it gets the graph below each node, as `be_backward` tells
the page. It works out the gradients twice: from the numbers that it is told,
and from those of the leaves alone. All are the engine's to the last bit.
"""

import math

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import multiple, rule, run_state_machine_as_test
from reader import Reader
from test_state_machine import Machine

from micrograd.graph import nodes
from micrograd.practice.by_hand.be_backward import (
    HERE,
    as_json,
    graph_for_script,
)
from micrograd.practice.steps.passes import Passes

# Of the machine's operations, those that become operations of the page
OF_TWO = ["a + b", "a - b", "a * b", "sum([a, b, a])"]
OF_ONE = ["-a", "2 + a", "2 - a", "3 * a", "a ** 2", "relu(a)"]
ARITHMETIC = (HERE / "arithmetic.js").read_text("utf-8")
ON_THE_PAGE = """(graphs) => {{
  {}
  return JSON.parse(graphs).map((told) => {{
    const leaves = told.filter(({{ op }}) => !op).map(({{ data }}) => data);
    const bare = told.map(({{ op, inputs }}) => ({{ op, inputs }}));
    forward(bare, leaves);
    return [bare.map(({{ data }}) => data), backward(bare), backward(told)];
  }});
}}"""


def by_the_engine(root):
    """The data, the gradients, and the gradients again."""
    below = nodes(root)
    with Passes(root).zero_gradients():
        root.backward()
        gradients = [x.grad for x in below]
    return [x.data for x in below], gradients, gradients


def bits(lists):
    """The numbers as texts, which tell 0.0 from -0.0."""
    return [[repr(float(x)) for x in numbers] for numbers in lists]


class BesideThePage(Machine):
    """The machine, without the events that the page does not know."""

    page = None  # of a browser
    script = ""
    change_the_data = make_a_node_by_hand = compile_the_graph = None

    @rule(
        target=Machine.nodes,
        text=st.sampled_from(OF_TWO),
        a=Machine.nodes,
        b=Machine.nodes,
    )
    def operate_on_two(self, text, a, b):
        return self.operate(text, a, b)

    @rule(target=Machine.nodes, text=st.sampled_from(OF_ONE), a=Machine.nodes)
    def operate_on_one(self, text, a):
        # The C library's power is off by a bit in one of a thousand squares
        if text == "a ** 2" and math.pow(a.data, 2) != a.data * a.data:
            return multiple()  # no node
        return self.operate(text, a, a)

    def teardown(self):
        """At the end of a program, compare the graphs of all nodes."""
        roots = [node.value for node in self.made]
        graphs = [graph_for_script(Passes(root)) for root in roots]
        function = ON_THE_PAGE.format(self.script)
        found = self.page.evaluate(function, as_json(graphs))
        for root, lists in zip(roots, found, strict=True):
            assert bits(lists) == bits(by_the_engine(root))


QUICK = settings(
    max_examples=200,
    stateful_step_count=30,
    # The same examples on every run, as in tests/package
    derandomize=True,
    deadline=None,
    database=None,
)


@pytest.fixture(scope="module")
def page(browser):
    return Reader(browser).page


@pytest.fixture
def compare(page, monkeypatch):
    """A function that compares a script on the page with the engine."""

    def run(script, how):
        monkeypatch.setattr(BesideThePage, "page", page)
        monkeypatch.setattr(BesideThePage, "script", script)
        run_state_machine_as_test(BesideThePage, settings=how)

    return run


def test_the_page_computes_what_the_engine_does(compare):
    compare(ARITHMETIC, QUICK)


# What stands in the script, and a mistake in its place
MISTAKES = {
    "shares overwrite": ("gradients[x] += local", "gradients[x] = local"),
    "no seed": ("Number(x === graph.length - 1)", "0"),
    "the first node first": (
        "let node = graph.length - 1; node >= 0; node -= 1",
        "let node = 0; node < graph.length; node += 1",
    ),
    "an input counts once": (
        "inputs.forEach((x, i) => (gradients",
        "[...new Set(inputs)].forEach((x, i) => (gradients",
    ),
    "no minus": ("a - b, 1, -1", "a - b, 1, 1"),
    "own factor": ("a * b, b, a", "a * b, a, b"),
    "no factor": ("a * a, 2 * a", "a * a, a"),
    "open at 0": ("a > 0 ? 1 : 0", "a >= 0 ? 1 : 0"),
    "never shut": ("a > 0 ? 1 : 0", "1"),
    "minus zero": ("Math.max(0, a)", "a < 0 ? 0 : a"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_the_page_is_found(compare, name):
    right, wrong = MISTAKES[name]
    assert ARITHMETIC.count(right) == 1
    how = settings(QUICK, phases=[Phase.generate], report_multiple_bugs=False)
    with pytest.raises(AssertionError):
        compare(ARITHMETIC.replace(right, wrong), how)
