"""The engine: every operation in one table, and what the graph promises."""

import gc
import math
import weakref
from fractions import Fraction

import numpy as np
import pytest

from micrograd import Value
from micrograd.engine import as_value, topological_order

ON_VALUES = {
    "exp": Value.exp,
    "log": Value.log,
    "relu": Value.relu,
    "tanh": Value.tanh,
}
ON_FLOATS = {
    "exp": math.exp,
    "log": math.log,
    "relu": lambda a: max(a, 0.0),
    "tanh": math.tanh,
}

OPERATIONS = {
    "a + b": [(2.0, -3.0), (0.0, 0.0)],
    "a * b": [(2.0, -3.0), (0.0, 5.0)],
    "a - b": [(2.0, -3.0), (0.0, 0.0)],
    "a / b": [(2.0, -3.0), (0.0, 5.0)],
    "-a": [(2.0,), (0.0,)],
    "a + 2": [(3.0,)],
    "2 + a": [(3.0,)],
    "a * 2": [(3.0,)],
    "2 * a": [(3.0,)],
    "a - 2": [(3.0,)],
    "2 - a": [(3.0,)],
    "a / 2": [(3.0,)],
    "2 / a": [(3.0,), (-0.5,)],
    "a ** 0": [(3.0,), (0.0,), (-2.0,)],
    "a ** 1": [(3.0,), (0.0,), (-2.0,)],
    "a ** 2": [(3.0,), (0.0,), (-2.0,)],
    "a ** 3": [(3.0,), (0.0,), (-2.0,)],
    "a ** -2": [(3.0,), (-2.0,)],
    "a ** 0.5": [(3.0,), (0.25,)],
    "a ** 1.5": [(3.0,), (0.25,)],
    "exp(a)": [(1.5,), (0.0,), (-700.0,)],
    "log(a)": [(1.5,), (0.25,)],
    "relu(a)": [(1.5,), (-1.5,)],
    "tanh(a)": [(1.5,), (0.0,), (-0.5,), (400.0,)],
    "sum([a, b, 3, a])": [(2.0, -3.0)],
    "a * a + a": [(3.0,)],
    "(a + b) * a": [(2.0, 3.0)],
    "(a * b) * (a * b + 1)": [(2.0, 3.0)],
}
ROWS = [
    (text, point) for text, points in OPERATIONS.items() for point in points
]


def evaluate(text, functions, inputs):
    return eval(text, {**functions, "sum": sum}, dict(zip("ab", inputs)))


def check(text, point, h=1e-6):
    inputs = [Value(x) for x in point]
    out = evaluate(text, ON_VALUES, inputs)
    (out * out + out).backward()  # the result is used twice
    value = evaluate(text, ON_FLOATS, point)
    assert out.data == pytest.approx(value, rel=1e-15)
    for i, x in enumerate(inputs):
        up, down = (
            [*point[:i], point[i] + nudge, *point[i + 1 :]] for nudge in (h, -h)
        )
        slope = (
            evaluate(text, ON_FLOATS, up) - evaluate(text, ON_FLOATS, down)
        ) / (2 * h)
        assert x.grad == pytest.approx(
            (2 * value + 1) * slope, rel=1e-7, abs=1e-8
        )


@pytest.mark.parametrize(("text", "point"), ROWS)
def test_operation(text, point):
    check(text, point)


@pytest.mark.parametrize(
    ("name", "wrong", "text"),
    [
        ("__truediv__", lambda a, b: b * a**-1, "a / b"),
        ("__neg__", lambda a: a * 1, "a - b"),
        ("__pow__", lambda a, n: a * n, "a ** 3"),
    ],
)
def test_the_check_rejects_a_wrong_value(name, wrong, text, monkeypatch):
    check(text, (2.0, -3.0))
    monkeypatch.setattr(Value, name, wrong)
    with pytest.raises(AssertionError):
        check(text, (2.0, -3.0))


@pytest.mark.parametrize(
    "text", ["a ** 3", "exp(a)", "log(a)", "tanh(a)", "relu(a)", "a * b"]
)
def test_the_check_rejects_a_wrong_derivative(text, monkeypatch):
    right = Value._backward

    def wrong(node):
        node._local = tuple(1.001 * local for local in node._local)
        right(node)

    monkeypatch.setattr(Value, "_backward", wrong)
    with pytest.raises(AssertionError):
        check(text, (2.0, -3.0))


def test_the_example_of_the_lectures_library():
    """The README of github.com/karpathy/micrograd prints these three numbers."""
    a, b = Value(-4.0), Value(2.0)
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    g.backward()
    assert [f"{number:.4f}" for number in (g.data, a.grad, b.grad)] == [
        "24.7041",
        "138.8338",
        "645.5773",
    ]


def test_the_worked_example_of_the_course():
    x, y = Value(2.0), Value(3.0)
    z = (x + y) * x
    z.backward()
    assert (z.data, x.grad, y.grad) == (10.0, 7.0, 2.0)


NUMBERS = [
    3,
    3.0,
    True,
    Fraction(3, 2),
    np.float64(3),
    np.float32(3),
    np.int64(3),
    np.uint8(3),
]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda n: type(n).__name__)
@pytest.mark.parametrize(
    "operation",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a * b,
        lambda a, b: a / b,
    ],
    ids="+-*/",
)
def test_numbers_of_every_kind_on_both_sides(operation, number):
    for out, value in [
        (operation(Value(2), number), operation(2.0, float(number))),
        (operation(number, Value(2)), operation(float(number), 2.0)),
    ]:
        assert type(out) is Value and type(out.data) is float
        assert out.data == value


@pytest.mark.parametrize("number", NUMBERS, ids=lambda n: type(n).__name__)
def test_numbers_of_every_kind_as_data_and_exponent(number):
    assert type(Value(number).data) is float
    assert (Value(2) ** number).data == 2.0 ** float(number)


NOT_NUMBERS = [
    np.array([1.0, 2.0]),
    np.array(1.0),
    "one",
    b"1",
    None,
    1j,
    [1.0],
    (1.0,),
    {},
]


@pytest.mark.parametrize("thing", NOT_NUMBERS, ids=lambda thing: repr(thing))
@pytest.mark.parametrize(
    "use",
    [
        Value,
        lambda x: Value(2) + x,
        lambda x: Value(2) - x,
        lambda x: Value(2) * x,
        lambda x: Value(2) / x,
        lambda x: x + Value(2),
        lambda x: x - Value(2),
        lambda x: x * Value(2),
        lambda x: x / Value(2),
        lambda x: Value(2) ** x,
    ],
    ids=[
        "Value()",
        "v+x",
        "v-x",
        "v*x",
        "v/x",
        "x+v",
        "x-v",
        "x*v",
        "x/v",
        "v**x",
    ],
)
def test_what_is_not_a_real_number_is_refused(use, thing):
    with pytest.raises(TypeError, match=type(thing).__name__):
        use(thing)


def test_an_exponent_is_a_number_not_a_value():
    with pytest.raises(TypeError, match=r"not Value: Value\(data=3"):
        Value(2) ** Value(3)
    for base in (2, np.float64(2)):
        with pytest.raises(TypeError):
            base ** Value(3)


@pytest.mark.parametrize(
    "cut",
    [float, int, complex, math.exp, np.exp, round],
    ids=lambda cut: cut.__name__,
)
def test_nothing_cuts_the_graph_silently(cut):
    with pytest.raises(TypeError):
        cut(Value(1.0))


@pytest.mark.parametrize(
    ("operation", "error", "message"),
    [
        (
            lambda: Value(0).log(),
            ValueError,
            "log(0.0): the logarithm needs a positive number",
        ),
        (
            lambda: Value(-2).log(),
            ValueError,
            "log(-2.0): the logarithm needs a positive number",
        ),
        (
            lambda: Value(1000).exp(),
            OverflowError,
            "exp(1000.0): the result is infinite",
        ),
        (lambda: Value(3) / 0, ZeroDivisionError, "0.0 ** -1: "),
        (lambda: 3 / Value(0), ZeroDivisionError, "0.0 ** -1: "),
        (lambda: Value(3) / Value(0), ZeroDivisionError, "0.0 ** -1: "),
        (lambda: Value(0) ** -1, ZeroDivisionError, "0.0 ** -1: "),
        (
            lambda: Value(0) ** 0.5,
            ZeroDivisionError,
            "0.0 ** 0.5: result or derivative is infinite",
        ),
        (
            lambda: Value(-8) ** 0.5,
            ValueError,
            "-8.0 ** 0.5: the result is not a real number",
        ),
        (lambda: Value(10) ** 400, OverflowError, "10.0 ** 400: "),
        (lambda: Value(1e-200) ** -1, OverflowError, "1e-200 ** -1: "),
    ],
)
def test_a_domain_error_names_operation_and_value(operation, error, message):
    with pytest.raises(error) as caught:
        operation()
    assert message in str(caught.value)


def grad_of(f, x):
    x = Value(x)
    f(x).backward()
    return x.grad


@pytest.mark.parametrize(
    ("x", "value", "slope"),
    [(0.0, 0.0, 0.0), (-0.0, 0.0, 0.0), (5e-324, 5e-324, 1.0)],
)
def test_relu_at_the_kink(x, value, slope):
    assert repr(Value(x).relu().data) == repr(value)
    assert grad_of(Value.relu, x) == slope


def test_relu_passes_on_what_is_not_a_number():
    assert math.isnan(Value(math.nan).relu().data)


@pytest.mark.parametrize(
    ("n", "value", "slope"), [(0, 1.0, 0.0), (1, 0.0, 1.0), (2, 0.0, 0.0)]
)
def test_powers_at_zero(n, value, slope):
    assert (Value(0) ** n).data == value
    assert grad_of(lambda x: x**n, 0.0) == slope


def test_tanh_does_not_overflow():
    assert Value(1000).tanh().data == 1.0 and Value(-1000).tanh().data == -1.0


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        (lambda a: a + 1, "+"),
        (lambda a: a * 3, "*"),
        (lambda a: a**2, "**2"),
        (lambda a: a**0.5, "**0.5"),
        (lambda a: 1 / a, "*"),
        (lambda a: -a, "*"),
        (lambda a: a - 1, "+"),
        (Value.exp, "exp"),
        (Value.log, "log"),
        (Value.relu, "ReLU"),
        (Value.tanh, "tanh"),
    ],
)
def test_operations_are_named(operation, name):
    assert operation(Value(4.0))._op == name


def test_a_new_value():
    v = Value(2, label="v")
    assert (v.data, v.grad, v.label, v._op, v._prev) == (2.0, 0.0, "v", "", ())
    assert repr(v) == "Value(data=2.0000, grad=0.0000)"
    assert repr(Value(-1 / 3)) == "Value(data=-0.3333, grad=0.0000)"


def test_inputs_keep_order_and_multiplicity():
    a, b = Value(1), Value(2)
    assert (
        (a + b)._prev == (a, b)
        and (b + a)._prev == (b, a)
        and (a + a)._prev == (a, a)
    )
    assert Value(3, (i for i in (b, a, b)), "f")._prev == (b, a, b)
    assert as_value(a) is a


def test_the_order_is_each_node_after_its_inputs():
    a, b = Value(1), Value(2)
    c = a + b
    d = c * c
    e = d + c
    f = e * d
    assert [id(node) for node in topological_order(f)] == [
        id(node) for node in (c, d, e, f)
    ]
    assert topological_order(a) == []


def test_the_order_is_the_same_for_the_same_graph():
    def ops():
        x = [Value(i) for i in range(5)]
        h = [sum(w * xi for w, xi in zip(x[i:], x)).tanh() for i in range(4)]
        out = sum(hi * hj for hi in h for hj in reversed(h))
        return [(node._op, node.data) for node in topological_order(out)]

    assert len(ops()) == len({tuple(ops()) for _ in range(20)}.pop())
    assert ops() == ops()


def test_a_node_passes_on_its_gradient_only_when_it_is_complete():
    a = Value(1.0)
    b = a * 2
    (b * 3 + b * 4).backward()
    assert (a.grad, b.grad) == (14.0, 7.0)


def test_a_node_used_twice():
    assert grad_of(lambda x: x + x, 3.0) == 2.0
    assert grad_of(lambda x: x * x, 3.0) == 6.0
    assert grad_of(lambda x: (x + x) + (x + x), 3.0) == 4.0


def test_two_backward_calls_give_exactly_twice_the_gradient():
    x, y = Value(0.1), Value(0.7)
    b = (x * y).tanh()
    out = b * b + b / x
    out.backward()
    once = x.grad, y.grad, b.grad
    out.backward()
    assert (x.grad, y.grad, b.grad) == (2 * once[0], 2 * once[1], once[2])
    assert out.grad == 1.0


def test_two_losses_that_share_a_subgraph_give_the_sum():
    x = Value(3.0)
    shared = x * x
    (shared * 2).backward()
    (shared * 5).backward()
    assert x.grad == 7 * 6.0


def test_backward_of_an_inner_node_leaves_the_rest_alone():
    x = Value(3.0)
    b = x * 2
    out = b * b
    b.backward()
    assert (x.grad, b.grad, out.grad) == (2.0, 1.0, 0.0)


def test_backward_of_a_leaf():
    leaf = Value(3.0)
    leaf.backward()
    assert leaf.grad == 1.0
    leaf.backward()
    assert leaf.grad == 2.0


def test_gradients_are_those_of_the_forward_pass():
    a, b = Value(2.0), Value(3.0)
    c = a * b
    out = c**2
    a.data, b.data, c.data = 100.0, 100.0, 100.0
    out.backward()
    assert (a.grad, b.grad) == (36.0, 24.0)


class Equal(Value):
    """Equal where the data are equal."""

    def __eq__(self, other):
        return self.data == other.data

    def __hash__(self):
        return hash(self.data)


def test_nodes_are_told_apart_by_identity():
    x, y = Value(2.0), Value(2.0)
    twice, thrice = Equal(6.0, (x,), "twice"), Equal(6.0, (y,), "thrice")
    twice._local, thrice._local = (2.0,), (3.0,)
    (twice + thrice).backward()
    assert (x.grad, y.grad) == (2.0, 3.0)


def square(x):
    """x ** 2 in the manner of the lecture: a node with a closure of its own."""
    out = Value(x.data * x.data, (x,), "sq")

    def _backward():
        x.grad += 2 * x.data * out.grad

    out._backward = _backward
    return out


def test_a_node_with_a_function_of_its_own():
    x = Value(3.0)
    b = square(x)
    (b * b + 4 * b).backward()
    assert x.grad == (2 * 9 + 4) * 6


def test_a_replaced_function_is_the_one_that_is_called():
    x = Value(3.0)
    b = x * 2
    b._backward = lambda: setattr(x, "grad", 42.0)
    b.backward()
    assert x.grad == 42.0


def test_a_backward_pass_written_by_the_reader():
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    e = a * b
    d = e + a
    d.grad = 1.0
    for node in (d, e, b, a):
        node._backward()
    assert (a.grad, b.grad, e.grad) == (-2.0, 2.0, 1.0)


def test_a_node_without_a_function_is_an_error():
    x = Value(3.0)
    out = Value(9.0, (x,), "sq")
    with pytest.raises(
        ValueError, match="made by 'sq', has no _backward of its own"
    ):
        (out * 2).backward()


def test_own_attributes_on_a_value():
    v = Value(1.0)
    v.momentum = 0.9
    assert v.momentum == 0.9


@pytest.mark.parametrize("use", [lambda out: None, Value.backward, repr])
def test_a_dropped_graph_is_freed_at_once(use):
    gc.disable()
    try:
        x = Value(0.5)
        inner = (x * x + x).tanh()
        out = (inner * inner - 1).exp() / (inner**2 + 1).log() + inner.relu()
        use(out)
        refs = [weakref.ref(node) for node in topological_order(out)]
        assert len(refs) > 10
        del inner, out
        assert [ref() for ref in refs] == [None] * len(refs)
    finally:
        gc.enable()


def test_a_chain_of_a_million_nodes(run_python):
    out = run_python("""
from micrograd import Value
x = node = Value(1.0)
for _ in range(1_000_000):
    node = node + x
node.backward()
print(node.data, x.grad)
del node
print("freed")
""")
    assert out == "1000001.0 1000001.0\nfreed\n"
