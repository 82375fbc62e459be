"""The engine's gradients on random programs, whose nodes have several uses.

They are compared with central differences, with HIPS autograd and with PyTorch.
The result of a program is the sum of all its nodes, so that every node counts.
"""

import functools
import os
from types import SimpleNamespace

import autograd
import autograd.numpy
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from promises import ON_FLOATS, ON_VALUES, OTHER_CHECKS

from micrograd import Value
from micrograd.compile import compile_graph
from micrograd.engine import topological_order
from micrograd.practice.by_hand import programs
from micrograd.practice.by_hand.programs import OPERATIONS, choose_step
from micrograd.practice.zoo import ZOO

pytestmark = pytest.mark.slow

FLOATS, VALUES = SimpleNamespace(**ON_FLOATS), SimpleNamespace(**ON_VALUES)
BOXES = SimpleNamespace(
    exp=autograd.numpy.exp,
    log=autograd.numpy.log,
    tanh=autograd.numpy.tanh,
    relu=lambda a: autograd.numpy.maximum(a, 0.0),
)


def run(steps, inputs, functions):
    nodes = programs.run(steps, inputs, functions)
    return functools.reduce(lambda a, b: a + b, nodes)


hundredths = st.integers(-200, 200).map(lambda n: n / 100)


@st.composite
def random_programs(draw):
    """(steps, inputs): no number is large, or close to the kink of a ReLU."""
    inputs = draw(st.lists(hundredths, min_size=1, max_size=3))
    nodes, steps = list(inputs), []

    def pick(n):
        return draw(st.integers(0, n - 1))

    def append(name, i, j):
        steps.append((name, i, j))
        nodes.append(OPERATIONS[name](nodes[i], nodes[j], FLOATS))

    for _ in range(draw(st.integers(1, 10))):
        name, i, j = choose_step(pick, list(OPERATIONS), len(nodes))
        if name == "relu" and abs(nodes[i]) < 0.01:
            name = "tanh"
        append(name, i, j)
        if abs(nodes[-1]) > 3:
            append("tanh", len(nodes) - 1, 0)
    return steps, inputs


def by_backpropagation(steps, inputs, passes=1):
    inputs = [Value(x) for x in inputs]
    out = run(steps, inputs, VALUES)
    for _ in range(passes):
        out.backward()
    return [x.grad for x in inputs]


def by_central_differences(steps, inputs, h=1e-5):
    def result(i, nudge):
        nudged = [x + nudge * (i == j) for j, x in enumerate(inputs)]
        return run(steps, nudged, FLOATS)

    places = range(len(inputs))
    return [(result(i, h) - result(i, -h)) / (2 * h) for i in places]


def by_autograd(steps, inputs):
    def f(*inputs):
        return run(steps, inputs, BOXES)

    gradient = autograd.grad(f, list(range(len(inputs))))(*inputs)
    return [float(slope) for slope in gradient]


def by_pytorch(steps, inputs):
    import torch

    inputs = [
        torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in inputs
    ]
    run(steps, inputs, torch).backward()
    return [x.grad.item() for x in inputs]


def close(gradient, tolerance):
    return pytest.approx(gradient, rel=tolerance, abs=tolerance)


def assert_agreement(other, tolerance, **how):
    @given(random_programs())
    @settings(max_examples=300, **how)
    def agree(program):
        gradient = by_backpropagation(*program)
        assume(max(map(abs, gradient)) < 1e3)
        assert gradient == close(other(*program), tolerance)

    agree()


COMPARISONS = {
    "central differences": (by_central_differences, 1e-4),
    "autograd": (by_autograd, 1e-10),
}


@pytest.mark.parametrize("against", COMPARISONS)
def test_against(against):
    assert_agreement(*COMPARISONS[against])


def test_against_pytorch():
    try:
        import torch  # noqa: F401
    except ImportError:
        required = os.environ.get("REQUIRE_EVERYTHING")
        missing = pytest.fail if required else pytest.skip
        missing("PyTorch is not installed: try `pip install torch`")
    assert_agreement(by_pytorch, 1e-10)


GRADIENT_BUGS = [name for name in ZOO if name not in OTHER_CHECKS]


@pytest.mark.parametrize("against", COMPARISONS)
@pytest.mark.parametrize("name", GRADIENT_BUGS)
def test_a_broken_engine_is_rejected(name, against):
    how = {"phases": [Phase.generate], "report_multiple_bugs": False}
    with ZOO[name], pytest.raises(AssertionError, match="approx"):
        assert_agreement(*COMPARISONS[against], **how)


def last_node(steps, leaves, functions):
    return programs.run(steps, leaves, functions)[-1]


@pytest.mark.parametrize("how", [run, last_node])
def test_a_compiled_program_is_the_engine_to_the_last_bit(how):
    @given(random_programs(), st.lists(hundredths, min_size=3, max_size=3))
    @settings(max_examples=300)
    def agree(program, others):
        steps, inputs = program
        leaves = [Value(x) for x in inputs]
        root = how(steps, leaves, VALUES) + sum(leaves)
        compiled = compile_graph(root, leaves)
        for numbers in inputs, [-x for x in inputs], others[: len(inputs)]:
            leaves = [Value(x) for x in numbers]
            root = how(steps, leaves, VALUES) + sum(leaves)
            root.backward()
            value, gradients = compiled(numbers)
            assert repr(value) == repr(root.data)
            assert repr(gradients) == repr([x.grad for x in leaves])

    agree()


@given(random_programs())
@settings(max_examples=300)
def test_the_value_is_that_of_floats(program):
    steps, inputs = program
    out = run(steps, [Value(x) for x in inputs], VALUES)
    assert out.data == pytest.approx(run(steps, inputs, FLOATS), rel=1e-12)


@given(random_programs(), st.integers(2, 4))
@settings(max_examples=100)
def test_n_backward_calls_give_n_times_the_gradient(program, n):
    wanted = [n * grad for grad in by_backpropagation(*program)]
    assert by_backpropagation(*program, passes=n) == close(wanted, 1e-14)


@given(random_programs())
@settings(max_examples=100)
def test_the_order_is_each_node_once_after_its_inputs(program):
    steps, inputs = program
    order = topological_order(run(steps, [Value(x) for x in inputs], VALUES))
    place = {id(node): i for i, node in enumerate(order)}
    assert len(place) == len(order)
    for node in order:
        inner = [x for x in node._prev if x._prev]
        assert all(place[id(x)] < place[id(node)] for x in inner)
