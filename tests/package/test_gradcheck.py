"""The gradient check: right gradients pass, wrong ones do not."""

import functools
import math
import random

import numpy as np
import pytest

from micrograd import (
    MLP,
    Value,
    gradient_check,
    gradient_check_model,
    numerical_gradient,
    relative_error,
)
from micrograd.gradcheck import GradientMismatch


def course(x, y):
    return (x + y) * x


def wrong_square(x):
    """x ** 2, whose derivative lacks the factor 2."""
    out = Value(x.data**2, (x,), "square")
    out._local = (x.data,)
    return out


@pytest.mark.parametrize(
    ("f", "xs", "gradient"),
    [
        (course, [2, 3], [7, 2]),
        (lambda x: x * x + x, [3], [7]),
        (lambda x: x.exp(), [0], [1]),
        (lambda x, y: 5, [1, 2], [0, 0]),
        (lambda *xs: sum(xs), [1, 2, 3], [1, 1, 1]),
        (lambda x: 4 * x, (np.float64(2),), [4]),
        (lambda x, y: x * y, np.array([2, 5]), [5, 2]),
        (lambda x, y: x * y, (x for x in (2, 5)), [5, 2]),
    ],
)
def test_right_gradients_pass(f, xs, gradient):
    xs = list(xs)
    assert numerical_gradient(f, xs) == pytest.approx(gradient, rel=1e-9)
    report = gradient_check(f, xs)
    assert [row.backprop for row in report] == pytest.approx(
        gradient, rel=1e-12
    )
    assert [row.numerical for row in report] == numerical_gradient(f, xs)


def test_the_numerical_gradient_is_the_central_difference():
    assert numerical_gradient(lambda x: x**3, [2.0], h=1.0) == [(27 - 1) / 2]
    assert numerical_gradient(Value.relu, [0.0]) == [0.5]


def test_a_method_names_its_arguments_and_not_itself():
    class Model:
        def loss(self, weight, bias):
            return wrong_square(weight) + bias

    with pytest.raises(
        GradientMismatch, match="the gradient of weight is wrong"
    ):
        gradient_check(Model().loss, [3.0, 1.0])


def test_the_numerical_gradient_is_exact_to_ten_digits():
    assert numerical_gradient(Value.exp, [1.0])[0] == pytest.approx(
        math.e, rel=1e-10
    )


def test_a_wrong_derivative_is_rejected_with_both_numbers():
    with pytest.raises(GradientMismatch) as caught:
        gradient_check(
            lambda weight, bias: wrong_square(weight) + bias, [3.0, 1.0]
        )
    assert str(caught.value).splitlines() == [
        "the gradient of weight is wrong",
        "  backpropagation: 3",
        "  numerical:       6",
        "  relative error:  0.5, must be below 1e-06",
    ]


def test_a_mismatch_is_an_assertion_error():
    assert issubclass(GradientMismatch, AssertionError)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("__mul__", lambda a, b: (b.data, a.data)[::-1]),
        ("tanh", lambda a: (1 - a.data**2,)),
        ("relu", lambda a: (1.0,)),
    ],
)
def test_broken_operations_are_rejected(name, wrong, monkeypatch):
    right = getattr(Value, name)

    def broken(*inputs):
        out = right(*inputs)
        out._local = wrong(*out._prev)
        return out

    f = {
        "__mul__": course,
        "tanh": lambda x, y: x.tanh() * 2 + y,
        "relu": lambda x, y: (x - 5).relu() + y,
    }[name]
    assert gradient_check(f, [2.0, 3.0])
    monkeypatch.setattr(Value, name, broken)
    with pytest.raises(GradientMismatch):
        gradient_check(f, [2.0, 3.0])


def test_the_first_wrong_input_is_named():
    with pytest.raises(GradientMismatch, match="the gradient of y is wrong"):
        gradient_check(lambda x, y: x + wrong_square(y), [1.0, 2.0])
    with pytest.raises(
        GradientMismatch, match=r"the gradient of x is wrong \(and 1 more\)\n"
    ):
        gradient_check(
            lambda x, y: wrong_square(x) + wrong_square(y), [1.0, 2.0]
        )
    with pytest.raises(
        GradientMismatch, match="the gradient of parameter 1 is wrong"
    ):
        gradient_check(lambda *xs: xs[0] + wrong_square(xs[1]), [1.0, 2.0])
    with pytest.raises(
        GradientMismatch, match=r"the gradient of parameter 1 \(w1\) is wrong"
    ):
        gradient_check(
            lambda *xs: xs[0] + wrong_square(xs[1]),
            [Value(1.0), Value(2.0, label="w1")],
        )


def test_a_graph_cut_by_data_is_rejected():
    with pytest.raises(GradientMismatch, match="backpropagation: 0\n"):
        gradient_check(lambda x: Value(x.data * 2), [1.0])


def test_the_kink_of_relu_is_rejected():
    with pytest.raises(GradientMismatch, match="numerical:       0.5"):
        gradient_check(Value.relu, [0.0])


def test_what_is_not_a_number_is_rejected():
    with pytest.raises(
        GradientMismatch, match="backpropagation: nan\n  numerical:       nan"
    ):
        gradient_check(lambda x: x * math.nan, [1.0])


def test_relative_error():
    assert relative_error(3.0, 4.0) == relative_error(4.0, 3.0) == 0.25
    assert relative_error(-4.0, 4.0) == 2.0
    assert relative_error(0.0, 0.0) == 0.0
    assert relative_error(0.0, 1e-6) == pytest.approx(1e-3)
    assert relative_error(0.0, 1e-6, floor=1e-6) == 1.0


def test_tolerance_is_the_error_that_is_no_longer_allowed():
    def f(x):
        out = Value(x.data, (x,), "almost")
        out._local = (1.25,)
        return out

    assert gradient_check(f, [1.0], tolerance=0.3)
    with pytest.raises(GradientMismatch, match="must be below 0.1"):
        gradient_check(f, [1.0], tolerance=0.1)


@pytest.mark.parametrize("h", [0, -1e-5, math.nan, math.inf])
def test_the_nudge_is_positive(h):
    for check in (numerical_gradient, gradient_check):
        with pytest.raises(ValueError, match=f"h = {h!r} is not positive"):
            check(course, [2, 3], h)


def test_a_nudge_lost_in_rounding_is_refused():
    with pytest.raises(ValueError, match="h = 1e-20 is .* lost beside 2.0"):
        numerical_gradient(Value.exp, [2.0], h=1e-20)


def test_rounding_of_the_nudge_does_not_matter():
    assert numerical_gradient(lambda x: 2 * x, [1e6], h=1e-9) == [2.0]


def test_the_nudge_is_used():
    assert (
        gradient_check(lambda x: x**3, [2.0], h=0.5, tolerance=1)[0].numerical
        == 12.25
    )


@pytest.mark.parametrize(
    "xs", [3.0, None, Value(2.0)], ids=["float", "None", "Value"]
)
def test_inputs_come_in_a_list(xs):
    with pytest.raises(
        TypeError, match=f"list of numbers or Values, not {type(xs).__name__}"
    ):
        gradient_check(Value.exp, xs)


def test_at_least_one_input():
    with pytest.raises(ValueError, match="xs is empty"):
        gradient_check(course, [])


def test_functions_without_parameter_names():
    assert [
        row.name
        for row in gradient_check(
            functools.partial(course, 2), [Value(2.0, label="y")]
        )
    ] == ["parameter 0 (y)"]
    assert [row.name for row in gradient_check(lambda x, n=3: x**n, [2.0])] == [
        "x"
    ]
    assert [
        row.name for row in gradient_check(lambda *xs, n=3: xs[0] ** n, [2.0])
    ] == ["parameter 0"]


def test_inputs_are_put_back():
    xs = [Value(2.0), Value(3.0)]
    xs[0].grad = 5.0
    gradient_check(course, xs)
    assert [(x.data, x.grad) for x in xs] == [(2.0, 5.0), (3.0, 0.0)]


@pytest.mark.parametrize("calls", [0, 1, 2, 3])
def test_inputs_are_put_back_when_f_fails(calls):
    xs = [Value(2.0), Value(3.0)]
    xs[0].grad, countdown = 5.0, iter([course] * calls)

    def f(x, y):
        return next(countdown)(x, y)

    with pytest.raises(StopIteration):
        gradient_check(f, xs)
    assert [(x.data, x.grad) for x in xs] == [(2.0, 5.0), (3.0, 0.0)]


@pytest.fixture
def model():
    random.seed(42)
    return MLP(2, [4, 4, 1], activation="tanh")


def mean_square(model):
    return (
        sum(
            (model(x) - y) ** 2
            for x, y in [((0, 0), 0), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0)]
        )
        / 4
    )


def test_a_model(model):
    before = [(p.data, p.grad) for p in model.parameters()]
    report = gradient_check_model(model, mean_square)
    assert len(report) == 37 and max(row.error for row in report) < 1e-6
    assert [row.name for row in report][:4] == [
        "parameter 0 (w0)",
        "parameter 1 (w1)",
        "parameter 2 (b)",
        "parameter 3 (w0)",
    ]
    assert [(p.data, p.grad) for p in model.parameters()] == before


def test_a_model_keeps_the_gradients_it_had(model):
    mean_square(model).backward()
    before = [p.grad for p in model.parameters()]
    gradient_check_model(model, mean_square)
    assert any(before) and [p.grad for p in model.parameters()] == before


def test_a_wrong_model_is_rejected(model):
    with pytest.raises(
        GradientMismatch, match=r"the gradient of parameter 36 \(b\) is wrong"
    ):
        gradient_check_model(
            model, lambda model: wrong_square(model.parameters()[36] + 1)
        )


def test_the_report():
    assert repr(gradient_check(course, [2, 3])) == (
        "input            backpropagation       numerical\n"
        "x                       7.000000        7.000000\n"
        "y                       2.000000        2.000000\n"
        "all 2 agree"
    )


def test_a_long_report_shows_eight_rows(model):
    lines = repr(gradient_check_model(model, mean_square)).splitlines()
    assert len(lines) == 11
    assert lines[8].startswith("parameter 7 (w1) ") and lines[9:] == [
        "... and 29 more",
        "all 37 agree",
    ]
    assert "more" not in repr(gradient_check(lambda *xs: sum(xs), range(8)))
