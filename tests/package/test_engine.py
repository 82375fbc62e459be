"""The engine: every operation in one table, and what the graph promises.

The messages of errors are in transcripts.txt.
"""

import copy
import gc
import math
import operator
import pickle
import random
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


def test_a_quotient_is_that_of_python():
    draws = random.Random(0)
    pairs = [(a, b) for a in range(1, 50) for b in range(1, 50)]
    for _ in range(1000):
        size = 10 ** draws.uniform(-9, 9)
        pairs.append((draws.gauss(0, 10), draws.choice((-size, size))))
    for a, b in [*pairs, (1e-200, 1e-200)]:
        assert (Value(a) / Value(b)).data == a / b


OPERATORS = [operator.add, operator.sub, operator.mul, operator.truediv]
PYTHONS = [3, 3.0, True, Fraction(3, 2)]
NUMPYS = [np.float64(3), np.float32(3), np.int64(3), np.uint8(3), np.True_]


@pytest.mark.parametrize("n", PYTHONS + NUMPYS, ids=lambda n: type(n).__name__)
def test_a_number_of_any_kind_on_either_side(n):
    """NumPy's numbers have operators of their own, which must stand back."""
    assert Value(n).data == float(n) and type(Value(n).data) is float
    for apply in OPERATORS:
        for out, data in [
            (apply(Value(2.0), n), apply(2.0, float(n))),
            (apply(n, Value(2.0)), apply(float(n), 2.0)),
        ]:
            assert type(out) is Value and type(out.data) is float
            assert out.data == data
    assert (Value(2.0) ** n).data == 2.0 ** float(n)


def test_a_boolean_of_an_older_numpy():
    bool_ = type("bool_", (), {"__float__": lambda self: 1.0})
    assert Value(bool_()).data == 1.0


def test_what_is_no_real_number_is_refused():
    for thing in np.array([1.0, 2.0]), "1", b"1", 1j, None, (), {}:
        for refuse in Value, as_value, lambda x: Value(2.0) ** x:
            with pytest.raises(TypeError, match=type(thing).__name__):
                refuse(thing)
    for apply in OPERATORS:
        for a, b in (Value(2.0), "1"), ("1", Value(2.0)):
            with pytest.raises(TypeError, match="not str: '1'"):
                apply(a, b)


@pytest.mark.parametrize("apply", [*ON_VALUES.values(), *OPERATORS])
def test_a_number_of_numpys_that_gets_into_data(apply):
    """As `p.data -= np.float64(0.1)` leaves it there: nothing else changes."""
    p = Value(0.5)
    p.data -= np.float64(0.25)
    if apply in OPERATORS:
        out = apply(p, 2.0) + apply(2.0, p * 1.0)
    else:
        out = apply(p) + p**2
    out.backward()
    found = [x for node in topological_order(out) for x in node._local]
    assert {type(x) for x in (*found, out.data, p.grad)} == {float}


def test_nothing_cuts_the_graph_silently():
    for cut in float, int, complex, math.exp, np.exp, round:
        with pytest.raises(TypeError):
            cut(Value(1.0))


# What a node is


def test_a_new_value():
    v = Value(2)
    assert (v.data, v.grad, v._prev, v._local) == (2.0, 0.0, (), ())
    assert (v._op, v.label, Value(2, label="v").label) == ("", "", "v")
    a, b = Value(1), Value(2)
    v = Value(3.0, (a, b), "+", "name")
    assert (v._prev, v._op, v.label, v._local) == ((a, b), "+", "name", ())
    assert Value(3.0, (x for x in (b, a, b)), "f")._prev == (b, a, b)
    assert Value(3, (a,), _local=(np.float64(2),))._local == (2.0,)
    assert as_value(a) is a and (a * a)._prev == (a, a)


# The order, and the backward pass


def test_the_order_is_from_left_to_right_each_node_after_its_inputs():
    a = Value(1.0)
    b = a * 2
    c, d = b * 3, b * 4
    e = c + d
    f = d * e
    for root, order in (e, (b, c, d, e)), (f, (b, d, c, e, f)), (a, ()):
        assert [id(x) for x in topological_order(root)] == [
            id(x) for x in order
        ]


def test_two_backward_calls_give_exactly_twice_the_gradient():
    check_two_passes()


def test_nodes_are_told_apart_by_identity():
    class Equal(Value):
        def __eq__(self, other):
            return self.data == other.data

        __hash__ = Value.__hash__

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
    b = x * 2
    b._backward = lambda: setattr(x, "grad", 42.0)  # in the place of ours
    b.backward()
    assert x.grad == 42.0


def test_a_backward_pass_in_the_readers_own_code():
    """As the lecture writes it: a recursive sort, a set of nodes, and calls."""
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    root = a * b + square(a)
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
    assert (a.grad, b.grad) == (-3.0 + 4.0, 2.0)


def test_a_graph_can_be_copied_and_stored():
    x = Value(3.0, label="x")
    out = x * x
    for same in copy.deepcopy(out), pickle.loads(pickle.dumps(out)):
        same.backward()
        leaf, again = same._prev
        assert leaf is again and (leaf.label, leaf.grad) == ("x", 6.0)
    assert x.grad == 0.0


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
    code = f"""
import sys
sys.path.append({str(Path(micrograd.__file__).parent.parent)!r})
from micrograd.engine import Value
names = {{name.partition(".")[0] for name in sys.modules}} - {{"__main__"}}
print(Value(2.0) * 3, names - sys.stdlib_module_names)
"""
    out = run_python(code, "-I", "-S")  # no site-packages
    assert out == "Value(data=6, grad=0) {'micrograd'}\n"
