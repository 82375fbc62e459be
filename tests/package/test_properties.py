"""Random expression graphs whose nodes are used again and again.

The engine's gradients are compared with central differences, with HIPS autograd
and with PyTorch. A program is a list of steps (operation, i, j); each appends
operation(nodes[i], nodes[j]) to the nodes, which begin with the inputs. Its
result is the sum of all nodes, so that every node counts and most have several
uses. The same program runs on floats, on Values, on autograd's boxes and on
PyTorch's tensors; only `exp` and the like are spelt differently.
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
from micrograd.engine import topological_order
from micrograd.practice.zoo import ZOO

pytestmark = pytest.mark.slow

OPERATIONS = {
    "add": lambda a, b, m: a + b,
    "subtract": lambda a, b, m: a - b,
    "multiply": lambda a, b, m: a * b,
    "divide": lambda a, b, m: a / (b * b + 1),
    "divide a number": lambda a, b, m: 1.5 / (a * a + 1) - b,
    "negate": lambda a, b, m: -a,
    "square": lambda a, b, m: a**2,
    "cube": lambda a, b, m: a**3,
    "root": lambda a, b, m: (a * a + 0.25) ** 0.5,
    "exp": lambda a, b, m: m.exp(m.tanh(a)),
    "log": lambda a, b, m: m.log(a * a + 1),
    "relu": lambda a, b, m: m.relu(a),
    "tanh": lambda a, b, m: m.tanh(a),
}
FLOATS, VALUES = SimpleNamespace(**ON_FLOATS), SimpleNamespace(**ON_VALUES)
BOXES = SimpleNamespace(
    exp=autograd.numpy.exp,
    log=autograd.numpy.log,
    tanh=autograd.numpy.tanh,
    relu=lambda a: autograd.numpy.maximum(a, 0.0),
)


def run(steps, inputs, functions):
    nodes = list(inputs)
    for name, i, j in steps:
        nodes.append(OPERATIONS[name](nodes[i], nodes[j], functions))
    return functools.reduce(lambda a, b: a + b, nodes)


hundredths = st.integers(-200, 200).map(lambda n: n / 100)


@st.composite
def programs(draw):
    """(steps, inputs): no number is large, or close to the kink of a ReLU."""
    inputs = draw(st.lists(hundredths, min_size=1, max_size=3))
    nodes, steps = list(inputs), []

    def append(name, i, j):
        steps.append((name, i, j))
        nodes.append(OPERATIONS[name](nodes[i], nodes[j], FLOATS))

    for _ in range(draw(st.integers(1, 10))):
        name = draw(st.sampled_from(list(OPERATIONS)))
        i, j = (draw(st.integers(0, len(nodes) - 1)) for _ in range(2))
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
    @given(programs())
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


@given(programs())
@settings(max_examples=300)
def test_the_value_is_that_of_floats(program):
    steps, inputs = program
    out = run(steps, [Value(x) for x in inputs], VALUES)
    assert out.data == pytest.approx(run(steps, inputs, FLOATS), rel=1e-12)


@given(programs(), st.integers(2, 4))
@settings(max_examples=100)
def test_n_backward_calls_give_n_times_the_gradient(program, n):
    wanted = [n * grad for grad in by_backpropagation(*program)]
    assert by_backpropagation(*program, passes=n) == close(wanted, 1e-14)


@given(programs())
@settings(max_examples=100)
def test_the_order_is_each_node_once_after_its_inputs(program):
    steps, inputs = program
    order = topological_order(run(steps, [Value(x) for x in inputs], VALUES))
    place = {id(node): i for i, node in enumerate(order)}
    assert len(place) == len(order)
    for node in order:
        inner = [x for x in node._prev if x._prev]
        assert all(place[id(x)] < place[id(node)] for x in inner)
