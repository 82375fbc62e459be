"""The gradient check: right gradients pass, wrong ones do not."""

import functools
import math

import numpy as np
import pytest
from promises import check_numerical_gradient, network

from micrograd import (
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
        (lambda x: x.exp(), [0], [1]),
        (lambda x, y: 5, [1, 2], [0, 0]),
        (lambda *xs: sum(xs), (1, 2, 3), [1, 1, 1]),
        (lambda x, y: x * y, np.array([2, 5]), [5, 2]),
        (lambda x, y: x * y, {2: "a", 5: "b"}.keys(), [5, 2]),
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
    report = gradient_check(lambda x: x**3, [2.0], 0.5, tolerance=1)
    assert report[0].numerical == 12.25


def cubes(weight, bias):
    return weight**3 + bias**3


class Model:
    def loss(self, weight, bias):
        return cubes(weight, bias)


def test_a_wrong_derivative_is_rejected_with_both_numbers(raises):
    gradient_check(cubes, [2.0, 0.0])
    with ZOO["no_factor"]:
        for f in cubes, Model().loss:
            message = (
                "the gradient of weight is wrong\n"
                "  backpropagation: 4\n"
                "  numerical:       12\n"
                "  relative error:  0.67, must be below 1e-06"
            )
            with raises(GradientMismatch, message):
                gradient_check(f, [2.0, 0.0])
        for f, xs, name in [
            (cubes, [0.0, 2.0], "bias"),
            (cubes, [2.0, 2.0], "weight is wrong (and 1 more)"),
            (lambda *xs: cubes(*xs), [0.0, 2.0], "parameter 1"),
            (cubes, [2.0, Value(0.0, label="b")], "weight"),
            (
                lambda *xs: cubes(*xs),
                [0.0, Value(2.0, label="w1")],
                "parameter 1 (w1)",
            ),
        ]:
            with pytest.raises(AssertionError) as caught:
                gradient_check(f, xs)
            title = str(caught.value).splitlines()[0] + " is wrong"
            assert title.startswith(f"the gradient of {name} is wrong")


@pytest.mark.parametrize(
    ("f", "x", "backprop", "numerical"),
    [
        (lambda x: Value(x.data * 2), 1.0, "0", "2"),  # the graph is cut
        (Value.relu, 0.0, "0", "0.5"),  # a kink has no derivative
        (lambda x: x * math.nan, 1.0, "nan", "nan"),
    ],
)
def test_where_there_is_no_gradient(f, x, backprop, numerical):
    with pytest.raises(GradientMismatch) as caught:
        gradient_check(f, [x])
    lines = str(caught.value).splitlines()
    assert lines[1] == f"  backpropagation: {backprop}"
    assert lines[2].startswith(f"  numerical:       {numerical}")


def test_relative_error():
    assert relative_error(3.0, 4.0) == relative_error(4.0, 3.0) == 0.25
    assert relative_error(-4.0, 4.0) == 2.0
    assert relative_error(0.0, 0.0) == 0.0
    assert relative_error(0.0, 1e-6) == pytest.approx(1e-3)
    assert relative_error(0.0, 1e-6, floor=1e-6) == 1.0


def test_an_error_of_the_tolerance_is_too_much():
    def f(x):
        return Value(x.data, (x,), "almost", _local=(1.25,))

    numerical, half = [1.0], 0.5
    assert numerical_gradient(f, [half], half) == numerical
    assert gradient_check(f, [half], half, tolerance=0.2001)
    for check in gradient_check, gradient_check_model:
        with pytest.raises(GradientMismatch, match="must be below 0.2"):
            check(f, [half], half, tolerance=0.2)


@pytest.mark.parametrize(
    "h", [0, -1e-5, math.nan, math.inf, pytest.param(1e-20, id="lost")]
)
def test_the_nudge_is_positive_and_changes_the_input(h, raises):
    message = f"h = {h!r} is not positive and finite, or lost beside 2.0"
    for check in (numerical_gradient, gradient_check):
        with raises(ValueError, message):
            check(course, [2, 3], h)


@pytest.mark.parametrize("xs", [3.0, Value(2.0)], ids=repr)
def test_inputs_come_in_a_list(xs, raises):
    kind = type(xs).__name__
    message = f"xs is a list of numbers or Values, not {kind}: {xs!r}"
    with raises(TypeError, message):
        gradient_check(Value.exp, xs)


def test_at_least_one_input(raises):
    with raises(ValueError, "xs is empty: a gradient needs at least one input"):
        gradient_check(course, [])


def test_names_of_the_inputs():
    partial = functools.partial(course, 2)
    y = Value(2.0, label="y")
    for f, xs, names in [
        (course, [2, y], ["x", "y"]),
        (lambda x, n=3: x**n, [2], ["x"]),
        (partial, [y], ["parameter 0 (y)"]),
        (lambda *xs, n=3: xs[0] ** n, [2], ["parameter 0"]),
        (Model().loss, [2, y], ["weight", "bias"]),
    ]:
        assert column(gradient_check(f, xs), "name") == names


@pytest.mark.parametrize("calls", [0, 1, 2, 3, 5])
def test_inputs_are_put_back_even_when_f_fails(calls):
    xs = [Value(2.0), Value(3.0)]
    xs[0].grad = 5.0
    remaining = iter([course] * calls)

    def f(x, y):
        return next(remaining)(x, y)

    try:
        gradient_check(f, xs)
    except StopIteration:
        assert calls < 5  # two inputs need five calls
    assert [(x.data, x.grad) for x in xs] == [(2.0, 5.0), (3.0, 0.0)]


def loss(model):
    return mean_squared_error([model(x) for x in XOR_X], XOR_Y)


def test_a_model():
    model = network(4, 4, 1, activation="tanh")
    loss(model).backward()
    before = [(p.data, p.grad) for p in model.parameters()]
    report = gradient_check_model(model, loss)
    assert len(report) == 37 and max(column(report, "error")) < 1e-6
    names = ["parameter 0 (w0)", "parameter 1 (w1)", "parameter 2 (b)"]
    assert column(report, "name")[:3] == names
    assert [(p.data, p.grad) for p in model.parameters()] == before
    with ZOO["tanh_twice"], pytest.raises(GradientMismatch):
        gradient_check_model(model, loss)


def test_the_table_of_a_report():
    def f(x, y, z, big):
        return (x + y) * x + 2.5e-7 * z + big

    report = gradient_check(f, [2, 3, 1, 2e4], tolerance=1)
    assert repr(report).splitlines()[:4] == [
        "input             backpropagation       numerical",
        "x                               7               7",
        "y                               2               2",
        "z                         2.5e-07         2.5e-07",
    ]
    [row] = repr(gradient_check(lambda x: x**3, [2e4])).splitlines()[1:2]
    assert row.split() == ["x", "1.2e+09", "1.2e+09"]


def test_a_long_report_shows_eight_rows():
    def lines(n):
        return repr(gradient_check(lambda *xs: sum(xs), range(n))).splitlines()

    assert len(lines(8)) == 10 and lines(8)[-1] == "all 8 agree"
    assert lines(9)[8].startswith("parameter 7 ")
    assert lines(9)[9:] == ["... and 1 more", "all 9 agree"]
