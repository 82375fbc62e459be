"""Do I believe it? A gradient check nudges every input by a small h, looks at what the result does, and compares
this numerical gradient with the one of backpropagation.

`gradient_check(f, xs)` checks a function of numbers, `gradient_check_model(model, loss)` a model's loss over its
parameters. Both return a report to look at, or raise GradientMismatch.
"""
import inspect
from typing import Callable, NamedTuple, Sequence

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
        lines += [f"{row.name:<16}{row.backprop:>16.6f}{row.numerical:>16.6f}" for row in self[:8]]
        lines += [f"... and {len(self) - 8} more"] * (len(self) > 8)
        return "\n".join([*lines, f"all {len(self)} agree"])


def numerical_gradient(f: Callable[..., Value], xs: Sequence, h: float = 1e-5) -> list[float]:
    """The central differences (f(x + h) - f(x - h)) / 2h, one for each input x of f(*xs).

    f: gets the inputs as Values. xs: numbers, or Values that f depends on; they are put back as they were.
    """
    if not h > 0:
        raise ValueError(f"the nudge h must be positive, not {h!r}")
    inputs = _inputs(xs)

    def nudged(x, by):
        before, x.data = x.data, x.data + by
        try:
            return as_value(f(*inputs)).data
        finally:
            x.data = before

    return [(nudged(x, h) - nudged(x, -h)) / (2 * h) for x in inputs]


def relative_error(a: float, b: float, floor: float = 1e-3) -> float:
    """|a - b| relative to the larger of the two, or to the floor where both are smaller."""
    return abs(a - b) / max(abs(a), abs(b), floor)


def gradient_check(f: Callable[..., Value], xs: Sequence, h: float = 1e-5, tolerance: float = 1e-6) -> Report:
    """Compare backpropagation through f(*xs) with the numerical gradient, input by input.

    Raises GradientMismatch at the first input whose relative error is not below the tolerance. Values among xs
    keep their data and grad.
    """
    inputs = _inputs(xs)
    columns = _names(f, inputs), _backprop(f, inputs), numerical_gradient(f, inputs, h)
    report = Report(Row(name, a, b, relative_error(a, b)) for name, a, b in zip(*columns))
    for row in report:
        if not row.error < tolerance:  # also where it is not a number
            raise GradientMismatch(_complaint(row, tolerance))
    return report


def gradient_check_model(model, loss: Callable[..., Value], h: float = 1e-5, tolerance: float = 1e-6) -> Report:
    """gradient_check of loss(model) over all parameters of the model, which keeps its data and grads."""
    return gradient_check(lambda *_: loss(model), model.parameters(), h, tolerance)


def _inputs(xs) -> list[Value]:
    if not hasattr(xs, "__iter__"):
        raise TypeError(f"xs is a list of numbers or Values, not {type(xs).__name__}: {xs!r}")
    return [as_value(x) for x in xs]


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
    names = [p.name for p in inspect.signature(f).parameters.values() if p.kind is not p.VAR_POSITIONAL]
    if len(names) == len(inputs):
        return names
    return [f"parameter {i}" + (f" ({x.label})" if x.label else "") for i, x in enumerate(inputs)]


def _complaint(row, tolerance) -> str:
    return (f"the gradient of {row.name} is wrong\n  backpropagation: {row.backprop:.6g}\n  numerical:       "
            f"{row.numerical:.6g}\n  relative error:  {row.error:.2g}, allowed is less than {tolerance:g}")
