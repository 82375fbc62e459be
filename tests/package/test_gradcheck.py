"""The gradient check: right gradients pass, wrong ones do not.

Its tables and complaints are in transcripts.txt.
"""

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


def test_an_error_as_large_as_the_tolerance_is_too_much():
    neuron, h = Neuron(1), 0.5
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
    with ZOO["tanh_twice"], pytest.raises(GradientMismatch, match=r"1e-06$"):
        gradient_check_model(model, loss)
