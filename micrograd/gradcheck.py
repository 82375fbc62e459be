"""Do I believe it? A gradient check nudges every input by a small h, looks at what the result does,
and compares this numerical gradient with the one of backpropagation.

`gradient_check(f, xs)` checks a function of numbers, `gradient_check_model(model, loss)` a model's
loss over its parameters. Both return a report to look at, or raise GradientMismatch.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .engine import Value, as_value


class GradientMismatch(AssertionError):
    """Backpropagation and the numerical gradient disagree."""


class Row(NamedTuple):
    """What a gradient check found for one input; `error` is the relative error."""

    name: str
    backprop: float
    numerical: float
    error: float


class Report(list):
    """The rows of a gradient check; shown as a table of at most 8 of them."""

    def __repr__(self):
        lines = [f"{'input':<16}{'backpropagation':>16}{'numerical':>16}"]
        lines += [
            f"{row.name:<16}{row.backprop:>16.6f}{row.numerical:>16.6f}"
            for row in self[:8]
        ]
        lines += [f"... and {len(self) - 8} more"] * (len(self) > 8)
        return "\n".join([*lines, f"all {len(self)} agree"])


def numerical_gradient(
    f: Callable[..., Value], xs: Sequence, h: float = 1e-5
) -> list[float]:
    """The central differences (f(x + h) - f(x - h)) / (2h), one for each input x of f(*xs).

    f: gets the inputs as Values, and computes anew in each call. xs: numbers, or Values, none of
    them computed from another; they keep their data. TypeError if xs is no list; ValueError if it
    is empty, or h is not positive and finite, or is lost beside an input.
    """
    inputs = _inputs(xs)

    def result(x, data):  # of f, with this data in x
        before, x.data = x.data, data
        try:
            return as_value(f(*inputs)).data
        finally:
            x.data = before

    def slope(x):
        up, down = x.data + h, x.data - h
        if not 0 < up - down < float("inf"):
            raise ValueError(
                f"h = {h!r} is not positive and finite, or lost beside {x.data!r}"
            )
        return (result(x, up) - result(x, down)) / (
            up - down
        )  # 2h, as the floats have it

    return [slope(x) for x in inputs]


def relative_error(a: float, b: float, floor: float = 1e-3) -> float:
    """|a - b| relative to the larger of |a|, |b| and the floor."""
    return abs(a - b) / max(abs(a), abs(b), floor)


def gradient_check(
    f: Callable[..., Value],
    xs: Sequence,
    h: float = 1e-5,
    tolerance: float = 1e-6,
) -> Report:
    """Compare backpropagation through f(*xs) with the numerical gradient, input by input.

    Raises GradientMismatch where a relative error is not below the tolerance, and what
    numerical_gradient raises. Values among xs keep data and grad; other leaves accumulate theirs.
    """
    inputs = _inputs(xs)
    columns = (
        _names(f, inputs),
        _backprop(f, inputs),
        numerical_gradient(f, inputs, h),
    )
    rows = [
        Row(name, a, b, relative_error(a, b)) for name, a, b in zip(*columns)
    ]
    wrong = [
        row for row in rows if not row.error < tolerance
    ]  # also where it is not a number
    if wrong:
        raise GradientMismatch(_complaint(wrong, tolerance))
    return Report(rows)


def gradient_check_model(
    model, loss: Callable[..., Value], h: float = 1e-5, tolerance: float = 1e-6
) -> Report:
    """gradient_check of loss(model) over all parameters of the model, which keep data and grad."""
    return gradient_check(
        lambda *_: loss(model), model.parameters(), h, tolerance
    )


def _inputs(xs) -> list[Value]:
    if not hasattr(xs, "__iter__"):
        raise TypeError(
            f"xs is a list of numbers or Values, not {type(xs).__name__}: {xs!r}"
        )
    if not (inputs := [as_value(x) for x in xs]):
        raise ValueError("xs is empty: a gradient needs at least one input")
    return inputs


def _backprop(f, inputs) -> list[float]:
    before = [x.grad for x in inputs]
    try:
        for x in inputs:
            x.grad = 0.0
        as_value(f(*inputs)).backward()
        return [x.grad for x in inputs]
    finally:
        for x, grad in zip(inputs, before):
            x.grad = grad


def _names(f, inputs) -> list[str]:
    code = getattr(f, "__code__", None)
    names = (
        code.co_varnames[hasattr(f, "__self__") : code.co_argcount]
        if code
        else ()
    )
    if len(names) >= len(inputs):
        return list(names[: len(inputs)])
    return [
        f"parameter {i}" + f" ({x.label})" * bool(x.label)
        for i, x in enumerate(inputs)
    ]


def _complaint(wrong, tolerance) -> str:
    row, others = wrong[0], f" (and {len(wrong) - 1} more)" * (len(wrong) > 1)
    return (
        f"the gradient of {row.name} is wrong{others}\n"
        f"  backpropagation: {row.backprop:.10g}\n"
        f"  numerical:       {row.numerical:.10g}\n"
        f"  relative error:  {row.error:.2g}, must be below {tolerance:g}"
    )
