"""The gradient check: right gradients pass, wrong ones do not.

Its tables and complaints are in sessions.txt.
"""

import functools
import math

import numpy as np
import pytest
from promises import check_numerical_gradient, network

from micrograd import (
    Neuron,
    Value,
    gradient_check,
    gradient_check_model,
    numerical_gradient,
    relative_error,
)
from micrograd.gradcheck import GradientMismatch
from micrograd.practice.zoo import ZOO
from micrograd.train import XOR_X, XOR_Y, mean_squared_error


def course(x, y):
    return (x + y) * x


def column(report, name):
    return [getattr(row, name) for row in report]


@pytest.mark.parametrize(
    ("f", "xs", "gradient"),
    [
        (course, [2, 3], [7, 2]),
        (lambda x: x.exp(), (0,), [1]),
        (lambda x, y: 5, [1, 2], [0, 0]),
        (lambda *xs: sum(xs), {1: "a", 2: "b"}.keys(), [1, 1]),
        (lambda x, y: x * y, np.array([2, 5]), [5, 2]),
    ],
)
def test_right_gradients_pass(f, xs, gradient):
    assert numerical_gradient(f, xs) == pytest.approx(gradient, rel=1e-9)
    report = gradient_check(f, xs)
    assert column(report, "backprop") == pytest.approx(gradient, rel=1e-12)
    assert column(report, "numerical") == numerical_gradient(f, xs)


def test_the_numerical_gradient_is_the_central_difference():
    check_numerical_gradient()
    [slope] = numerical_gradient(Value.exp, [1.0])
    assert slope == pytest.approx(math.e, rel=1e-10)
    assert numerical_gradient(lambda x: 2 * x, [1e6], h=1e-9) == [2.0]


def test_relative_error():
    assert relative_error(3.0, 4.0) == relative_error(4.0, 3.0) == 0.25
    assert relative_error(-4.0, 4.0) == 2.0
    assert relative_error(0.0, 0.0) == 0.0
    assert relative_error(0.0, 1e-6) == pytest.approx(1e-3)
    assert relative_error(0.0, 1e-6, floor=1e-6) == 1.0


@pytest.mark.parametrize("h", [0.25, 0.5])
def test_an_error_as_large_as_the_tolerance_is_too_much(h):
    neuron = Neuron(1)
    neuron.w[0].data = 1.0

    def wrong(w, b):
        return Value(w.data, (w, b), _local=(1.25, 0.0))  # an error of 0.2

    def loss(neuron):
        return wrong(*neuron.parameters())

    for check in (
        lambda tolerance: gradient_check(wrong, [1.0, 0.0], h, tolerance),
        lambda tolerance: gradient_check_model(neuron, loss, h, tolerance),
    ):
        assert check(0.2001)[0].numerical == 1.0
        with pytest.raises(AssertionError, match=r"must be below 0\.2$"):
            check(0.2)


def test_the_names_of_inputs():
    class Model:
        def loss(self, weight, bias):
            return weight + bias

    y = Value(2.0, label="y")
    for f, inputs, names in [
        (course, [2, y], ["x", "y"]),
        (lambda x, n=3: x**n, [2], ["x"]),
        (lambda x, /, *, n=3: x**n, [2], ["x"]),
        (Model().loss, [2, y], ["weight", "bias"]),
        (functools.partial(course, 2), [y], ["y"]),
        (lambda *xs: sum(xs), [2, y], ["parameter 0", "parameter 1 (y)"]),
    ]:
        assert column(gradient_check(f, inputs), "name") == names


@pytest.mark.parametrize("calls", [0, 1, 2, 3, 5])
def test_inputs_are_put_back_even_when_f_fails(calls):
    xs = [Value(2.0), Value(3.0)]
    xs[0].grad = 5.0
    remaining = iter([course] * calls)
    try:
        gradient_check(lambda x, y: next(remaining)(x, y), xs)
    except StopIteration:
        assert calls < 5  # two inputs need five calls
    assert [(x.data, x.grad) for x in xs] == [(2.0, 5.0), (3.0, 0.0)]


def test_an_error_says_which_input_was_nudged():
    with pytest.raises(ValueError, match=r"^log\(-9e-06\): ") as caught:
        numerical_gradient(Value.log, [1e-6])
    [note] = caught.value.__notes__
    assert note == f"This was computed with an input nudged to {1e-6 - 1e-5!r}."


def test_a_model():
    model = network(4, 4, 1, activation="tanh")

    def loss(model):
        return mean_squared_error([model(x) for x in XOR_X], XOR_Y)

    loss(model).backward()
    before = [(p.data, p.grad) for p in model.parameters()]
    report = gradient_check_model(model, loss)
    assert len(report) == 37 and max(column(report, "error")) < 1e-6
    names = ["parameter 0 (w0)", "parameter 1 (w1)", "parameter 2 (b)"]
    assert column(report, "name")[:3] == names
    assert [(p.data, p.grad) for p in model.parameters()] == before
    with ZOO["tanh_twice"], pytest.raises(GradientMismatch):
        gradient_check_model(model, loss)
