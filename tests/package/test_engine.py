"""The engine: every operation in one table, and what the graph promises."""

import copy
import gc
import math
import pickle
import random
import re
import weakref
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from promises import ON_VALUES, ROWS, check_operation, check_two_passes

import micrograd
from micrograd import Value
from micrograd.engine import as_value, topological_order


@pytest.mark.parametrize(("text", "point"), ROWS)
def test_operation(text, point):
    check_operation(text, point)


def grad_of(f, x):
    x = Value(x)
    f(x).backward()
    return x.grad


@pytest.mark.parametrize(
    ("x", "value", "slope"),
    [(0.0, 0.0, 0.0), (-0.0, 0.0, 0.0), (5e-324, 5e-324, 1.0)],
)
def test_relu_at_the_kink(x, value, slope):
    assert repr(Value(x).relu().data) == repr(value)  # 0.0 and not -0.0
    assert grad_of(Value.relu, x) == slope


def test_relu_passes_on_what_is_not_a_number():
    assert math.isnan(Value(math.nan).relu().data)


def test_a_quotient_is_that_of_python():
    draws = random.Random(0)
    pairs = [(a, b) for a in range(1, 50) for b in range(1, 50)]
    pairs += [
        (draws.gauss(0, 10), draws.choice((-1, 1)) * 10 ** draws.uniform(-9, 9))
        for _ in range(1000)
    ]
    pairs.append((1e-200, 1e-200))
    for a, b in pairs:
        assert (Value(a) / Value(b)).data == a / b


def test_softmax_of_very_small_numbers():
    """Dividing by 1e-217 needs no power of it, which would be infinite."""
    scores = [Value(-500.0), Value(-501.0)]
    exponentials = [s.exp() for s in scores]
    p = exponentials[0] / sum(exponentials)
    p.backward()
    assert p.data == pytest.approx(1 / (1 + math.exp(-1)), rel=1e-12)
    slope = p.data * (1 - p.data)
    assert [s.grad for s in scores] == pytest.approx([slope, -slope])


# What is a number


NUMBERS = [
    *(3, 3.0, True, Fraction(3, 2), np.True_),
    *(np.float64(3), np.float32(3), np.int64(3), np.uint8(3)),
]


@pytest.mark.parametrize("n", NUMBERS, ids=lambda n: type(n).__name__)
def test_a_number_of_any_kind(n):
    for out in Value(n), Value(2.0) * n, n * Value(2.0), Value(2.0) ** n:
        assert type(out) is Value and type(out.data) is float
    assert Value(n).data == float(n)
    assert (Value(2.0) * n).data == (n * Value(2.0)).data == 2.0 * float(n)
    assert (Value(2.0) ** n).data == 2.0 ** float(n)


OPERATORS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}


@pytest.mark.parametrize("operator", OPERATORS.values(), ids=OPERATORS)
def test_a_number_on_either_side_of_an_operator(operator):
    """NumPy's numbers have operators of their own, which must stand back."""
    for a, b in (Value(2.0), np.float64(3)), (np.float64(2), Value(3.0)):
        out = operator(a, b)
        assert type(out) is Value and type(out.data) is float
        assert out.data == operator(2.0, 3.0)
    for a, b in (Value(2.0), "one"), ("one", Value(2.0)):
        with pytest.raises(TypeError, match="not str: 'one'$"):
            operator(a, b)


@pytest.mark.parametrize(
    "thing",
    [np.array([1.0, 2.0]), np.array(1.0), "one", b"1", None, 1j, [1.0], (), {}],
    ids=repr,
)
def test_what_is_no_real_number_is_refused(thing, raises):
    kind = type(thing).__name__
    message = f"a Value holds a real number, not {kind}: {thing!r}"
    for use in Value, as_value, lambda x: Value(2.0) * x:
        with raises(TypeError, message):
            use(thing)


def test_an_exponent_is_a_plain_number(raises):
    message = (
        "the exponent is a plain number, not a Value; "
        "for a ** b, with a > 0, write (b * a.log()).exp()"
    )
    with raises(TypeError, message):
        Value(2.0) ** Value(3.0)
    with pytest.raises(TypeError, match="not str: '3'"):
        Value(2.0) ** "3"
    for base in 2, np.float64(2):
        with pytest.raises(TypeError):
            base ** Value(3.0)


def another_class():
    """A class named Value as well, as in a notebook that follows a lecture."""
    return type("Value", (), {"__module__": "lecture"})


def test_another_class_of_the_same_name(raises):
    other = another_class()()
    words = "of another class named Value, that of lecture"
    with raises(TypeError, f"a Value holds a real number, not {words}"):
        Value(1.0) + other
    with raises(TypeError, f"the inputs are Values, not {words}"):
        Value(1.0, (other,))


@pytest.mark.parametrize("text", [row for row in ON_VALUES] + [*OPERATORS])
def test_numbers_of_numpy_that_get_into_data(text):
    """`p.data -= np.float64(0.1)` leaves a number of NumPy's in p."""
    p = Value(0.5)
    p.data -= np.float64(0.25)
    if text in OPERATORS:
        out = OPERATORS[text](p, Value(2.0)) + OPERATORS[text](2.0, p)
    else:
        out = ON_VALUES[text](p) + p**2 + p**-1
    out.backward()
    assert {type(x.grad) for x in (p, out)} == {float}
    assert type(out.data) is float
    assert all(
        type(local) is float
        for node in topological_order(out)
        for local in node._local
    )


def test_numpys_numbers_do_not_open_the_guards():
    zero, negative = Value(0.0), Value(1.0)
    zero.data *= np.float64(1.0)
    negative.data -= np.float64(2.0)
    for broken in lambda: 1 / zero, lambda: zero**-1, zero.log:
        with pytest.raises((ZeroDivisionError, ValueError)):
            broken()
    with pytest.raises(ValueError, match="-1.0"):
        negative**0.5


@pytest.mark.parametrize(
    "cut", [float, int, complex, math.exp, np.exp, round], ids=str
)
def test_nothing_cuts_the_graph_silently(cut):
    with pytest.raises(TypeError):
        cut(Value(1.0))


@pytest.mark.parametrize(
    ("text", "error", "start"),
    [
        ("Value(0).log()", ValueError, "log(0.0): "),
        ("Value(-2).log()", ValueError, "log(-2.0): "),
        ("Value(1000).exp()", OverflowError, "exp(1000.0): "),
        ("Value(-8) ** 0.5", ValueError, "pow(-8.0, 0.5): "),
        ("Value(0) ** -1", ValueError, "pow(0.0, -1.0): "),
        ("Value(0) ** 0.5", ValueError, "pow(0.0, -0.5): "),
        ("Value(10) ** 400", OverflowError, "pow(10.0, 400.0): "),
        ("Value(3) / 0", ZeroDivisionError, "float division by zero"),
        ("3 / Value(0)", ZeroDivisionError, "float division by zero"),
        ("Value(3) / Value(0)", ZeroDivisionError, "float division by zero"),
    ],
)
def test_a_domain_error_names_operation_and_value(text, error, start):
    with pytest.raises(error, match=rf"\A{re.escape(start)}"):
        eval(text)


# What a node is


def test_a_new_value():
    v = Value(2, label="v")
    assert (v.data, v.grad, v.label, v._op) == (2.0, 0.0, "v", "")
    assert v._prev == v._local == ()
    assert Value(2).label == ""
    a, b = Value(1), Value(2)
    v = Value(3.0, (a, b), "+", "name")
    assert (v._prev, v._op, v.label, v._local) == ((a, b), "+", "name", ())
    assert Value(3, (i for i in (b, a, b)), "f")._prev == (b, a, b)
    assert Value(3, (a,), _local=[np.float64(2)])._local == (2.0,)
    assert as_value(a) is a


@pytest.mark.parametrize(
    ("x", "shown"),
    [
        (-6, "-6"),
        (-1 / 3, "-0.3333"),
        (12345.678, "1.235e+04"),
        (1e300, "1e+300"),
        (4e-5, "4e-05"),
        (-0.0, "0"),
        (math.nan, "nan"),
        (-math.inf, "-inf"),
    ],
)
def test_the_repr_has_four_digits(x, shown):
    v = Value(x)
    assert repr(v) == f"Value(data={shown}, grad=0)"
    v.data, v.grad = 1, x
    assert repr(v) == f"Value(data=1, grad={shown})"


def test_operations_have_names_and_keep_their_inputs_in_order():
    a, b = Value(4.0), Value(2.0)
    assert {node._op: node._prev for node in (a + b, b - a, a * a, b / a)} == {
        "+": (a, b),
        "-": (b, a),
        "*": (a, a),
        "/": (b, a),
    }
    made = a**2, a**0.5, a**-1, a.exp(), a.log(), a.relu(), a.tanh()
    names = "**2", "**0.5", "**-1", "exp", "log", "ReLU", "tanh"
    assert {node._op: node._prev for node in made} == dict.fromkeys(names, (a,))
    for node, op, numbers in [
        (-a, "*", [4, -1]),
        (a + 1, "+", [4, 1]),
        (1 + a, "+", [4, 1]),
        (3 * a, "*", [4, 3]),
        (1 - a, "-", [1, 4]),
        (1 / a, "/", [1, 4]),
    ]:
        assert (node._op, [x.data for x in node._prev]) == (op, numbers)


@pytest.mark.parametrize("thing", ["a", 2.0, [Value(1.0)], None], ids=repr)
def test_inputs_are_values(thing, raises):
    kind = type(thing).__name__
    with raises(TypeError, f"the inputs are Values, not {kind}: {thing!r}"):
        Value(2.0, (Value(1.0), thing))


def test_a_label_in_the_place_of_the_inputs(raises):
    with raises(TypeError, "the inputs are Values, not str: 'a'"):
        Value(2.0, "a")


# The order, and the backward pass


def test_the_order_is_from_left_to_right_each_node_after_its_inputs():
    a = Value(1.0)
    b = a * 2
    c, d = b * 3, b * 4
    e = c + d
    f = d * e
    order = topological_order(f)
    assert [id(node) for node in order] == [id(x) for x in (b, d, c, e, f)]
    order = topological_order(e)
    assert [id(node) for node in order] == [id(x) for x in (b, c, d, e)]
    assert topological_order(a) == []


def test_the_example_of_the_lectures_library():
    """The README of github.com/karpathy/micrograd prints these numbers."""
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
    printed = [f"{number:.4f}" for number in (g.data, a.grad, b.grad)]
    assert printed == ["24.7041", "138.8338", "645.5773"]


def test_two_backward_calls_give_exactly_twice_the_gradient():
    check_two_passes()


def test_backward_of_an_inner_node_leaves_the_rest_alone():
    x = Value(3.0)
    b = x * 2
    out = b * b
    b.backward()
    assert (x.grad, b.grad, out.grad) == (2.0, 1.0, 0.0)


def test_backward_of_a_leaf():
    leaf = Value(3.0)
    leaf.backward()
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
    twice = Equal(6.0, (x,), _local=(2.0,))
    thrice = Equal(6.0, (y,), _local=(3.0,))
    (twice + thrice).backward()
    assert (x.grad, y.grad) == (2.0, 3.0)


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


# What learners do with a Value


def square(x, inputs=None):
    """x ** 2 in the manner of the lecture: a node with a closure of its own."""
    out = Value(x.data * x.data, (x,) if inputs is None else inputs, "sq")

    def _backward():
        x.grad += 2 * x.data * out.grad

    out._backward = _backward
    return out


def test_a_node_with_a_function_of_its_own():
    x = Value(3.0)
    b = square(x)
    (b * b + 4 * b).backward()
    assert x.grad == (2 * 9 + 4) * 6
    b = x * 2
    b._backward = lambda: setattr(x, "grad", 42.0)  # in the place of ours
    b.backward()
    assert x.grad == 42.0


def lectures_backward(root):
    """As the lecture writes it: a recursive sort, a set of nodes, and calls."""
    topo, visited = [], set()

    def build_topo(v):
        if v not in visited:
            visited.add(v)
            for child in v._prev:
                build_topo(child)
            topo.append(v)

    build_topo(root)
    root.grad = 1.0
    for node in reversed(topo):
        node._backward()


def test_a_backward_pass_of_the_readers_own():
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    lectures_backward(a * b + square(a))
    assert (a.grad, b.grad) == (-3.0 + 4.0, 2.0)


def test_own_attributes_on_a_value():
    v = Value(1.0)
    v.momentum = 0.9
    assert v.momentum == 0.9


def test_a_node_with_too_few_or_too_many_local_derivatives(raises):
    x, y = Value(3.0), Value(4.0)
    for local in (), (0.6,), (0.6, 0.8, 1.0):
        out = Value(5.0, (x, y), "hypot", _local=local)
        message = (
            "Value(data=5, grad=1), made by 'hypot', has 2 inputs and "
            f"{len(local)} local derivatives, and no _backward of its own"
        )
        with raises(ValueError, message):
            out.backward()


def test_a_rule_that_would_never_be_called(raises):
    message = (
        "Value(data=9, grad=0) has a _backward of its own, but no inputs; "
        "give them when you make it: Value(data, (x,))"
    )
    out = square(Value(3.0), inputs=())
    for root in out, out * 2:
        with raises(ValueError, message):
            root.backward()


def test_a_graph_can_be_copied_and_stored():
    x = Value(3.0, label="x")
    out = x * x + 1
    for same in copy.deepcopy(out), pickle.loads(pickle.dumps(out)):
        same.backward()
        [product, _] = same._prev
        assert product._prev[0] is product._prev[1]
        assert product._prev[0].grad == 6.0 and product._prev[0].label == "x"
    assert x.grad == 0.0


@pytest.mark.parametrize("copied", [copy.deepcopy, copy.copy, pickle.dumps])
def test_a_rule_of_ones_own_cannot_be_copied(copied):
    """It would go on adding to the inputs of the original."""
    with pytest.raises(TypeError, match="_backward of its own"):
        copied(square(Value(3.0)) * 2)


# In a process of its own


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_engine_needs_nothing_but_python(run_python):
    folder = Path(micrograd.__file__).parent.parent
    out = run_python(
        f"import sys; sys.path.append({str(folder)!r})\n"
        "from micrograd.engine import Value\n"
        "import micrograd\n"
        "print(Value(2.0) * 3, sorted(\n"
        "    {name.partition('.')[0] for name in sys.modules}\n"
        "    - set(sys.stdlib_module_names) - {'__main__', 'micrograd'}))",
        "-I",
        "-S",
    )
    assert out == "Value(data=6, grad=0) []\n"
