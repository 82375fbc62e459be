"""Do I believe it? A gradient check asks the expression itself.

It nudges every input by a small h, looks at what the result does, and
compares this numerical gradient with the one that backpropagation finds.
`gradient_check(f, xs)` checks a function of numbers, and
`gradient_check_model(model, loss)` the loss of a model over its parameters.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .engine import Value, as_value, describe

if TYPE_CHECKING:
    from .nn import Module

ROWS_SHOWN = 8


class GradientMismatch(AssertionError):
    """Backpropagation and the numerical gradient disagree.

    Within `h` of a kink they can disagree although the engine is right.
    """


class Row(NamedTuple):
    """What a gradient check found for one input."""

    name: str
    backprop: float
    numerical: float
    error: float  # the relative error


class Report(list[Row]):
    """The rows of a gradient check; shown as a table of the first eight."""

    def __repr__(self) -> str:
        shown = self[:ROWS_SHOWN]
        width = max(16, *(len(row.name) for row in shown))
        lines = [
            f"{'input':<{width}} {'backpropagation':>15} {'numerical':>15}"
        ]
        for name, backprop, numerical, _ in shown:
            lines.append(
                f"{name:<{width}} {backprop:>15.7g} {numerical:>15.7g}"
            )
        if len(self) > ROWS_SHOWN:
            lines.append(f"... and {len(self) - ROWS_SHOWN} more")
        lines.append(f"all {len(self)} agree")
        return "\n".join(lines)


def numerical_gradient(
    f: Callable[..., Value], xs: Iterable[Value | float], h: float = 1e-5
) -> list[float]:
    """The central differences (f(x + h) - f(x - h)) / (2h), one per input.

    Args:
        f: A function that computes its result anew in each call; it gets the
            inputs as Values.
        xs: The inputs, none of them computed from another. Values among them
            keep their data.
        h: The nudge.

    Raises:
        TypeError: If `xs` is not a list of numbers or Values.
        ValueError: If `xs` is empty, an input is not finite, or `h` is not
            positive and finite, or too small to change an input.
    """
    inputs = _inputs(xs)
    return [_slope(f, inputs, x, h) for x in inputs]


def relative_error(a: float, b: float, floor: float = 1e-3) -> float:
    """`|a - b|` relative to the larger of `|a|`, `|b|` and the floor.

    Args:
        a, b: The numbers to compare.
        floor: Numbers that are smaller count as this small, so that noise
            around 0 is no error.
    """
    return abs(a - b) / max(abs(a), abs(b), floor)


def gradient_check(
    f: Callable[..., Value],
    xs: Iterable[Value | float],
    h: float = 1e-5,
    tolerance: float = 1e-6,
) -> Report:
    """Compare backpropagation with the numerical gradient, input by input.

    Args:
        f, xs, h: As in `numerical_gradient`. Values among the inputs keep
            their data and grad; other leaves of the graph accumulate theirs.
        tolerance: Every relative error must be below it.

    Raises:
        GradientMismatch: If one is not.
        TypeError, ValueError: As in `numerical_gradient`.
    """
    inputs = _inputs(xs)
    names = _names(f, inputs)
    backprop = _backprop(f, inputs)
    numerical = numerical_gradient(f, inputs, h)
    report = Report(
        Row(name, a, b, relative_error(a, b))
        for name, a, b in zip(names, backprop, numerical)
    )
    # `not <` instead of `>=`, since an error that is nan is wrong, too
    wrong = [row for row in report if not row.error < tolerance]
    if wrong:
        raise GradientMismatch(_complaint(wrong, tolerance))
    return report


def gradient_check_model(
    model: Module,
    loss: Callable[..., Value],
    h: float = 1e-5,
    tolerance: float = 1e-6,
) -> Report:
    """A gradient check of loss(model) over all parameters of the model.

    Args:
        model: Its parameters are the inputs; they keep their data and grad.
        loss: A function of the model.
        h, tolerance: As in `gradient_check`.

    Raises:
        GradientMismatch, TypeError, ValueError: As in `gradient_check`.
    """
    if not model.parameters():
        raise ValueError(
            f"nothing to check: {type(model).__name__}.parameters() is empty"
        )
    return gradient_check(
        lambda *_: loss(model), model.parameters(), h, tolerance
    )


def _inputs(xs: Iterable[Value | float]) -> list[Value]:
    if not isinstance(xs, Iterable):
        raise TypeError(
            f"xs must be a list of numbers or Values, not {describe(xs)}"
        )
    inputs = [as_value(x) for x in xs]
    if not inputs:
        raise ValueError("xs is empty: a gradient needs at least one input")
    return inputs


def _slope(
    f: Callable[..., Value], inputs: Sequence[Value], x: Value, h: float
) -> float:
    at = float(x.data)  # a small NumPy number would round the nudge
    up, down = at + h, at - h
    if not math.isfinite(x.data):
        raise ValueError(f"an input must be finite, not {x.data}")
    if not 0 < up - down < math.inf:
        raise ValueError(
            f"h must be positive, finite, and large enough to change {x.data}, "
            f"not {h!r}"
        )
    rise = _nudged(f, inputs, x, up) - _nudged(f, inputs, x, down)
    return rise / (up - down)  # this is 2h, as far as floats can say it


def _nudged(
    f: Callable[..., Value], inputs: Sequence[Value], x: Value, data: float
) -> float:
    """The result of f while `x` holds other data."""
    before = x.data
    x.data = data
    try:
        return as_value(f(*inputs)).data
    except Exception as error:
        error.add_note(f"This was computed with an input nudged to {data!r}.")
        raise
    finally:
        x.data = before


def _backprop(f: Callable[..., Value], inputs: Sequence[Value]) -> list[float]:
    before = [x.grad for x in inputs]
    for x in inputs:
        x.grad = 0.0
    try:
        as_value(f(*inputs)).backward()
        return [x.grad for x in inputs]
    finally:
        for x, grad in zip(inputs, before):
            x.grad = grad


def _names(f: Callable[..., Value], inputs: Sequence[Value]) -> list[str]:
    """The names of f's arguments, or of the inputs where it has too few."""
    positional = (
        inspect.Parameter.POSITIONAL_ONLY,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
    )
    try:
        names = [
            parameter.name
            for parameter in inspect.signature(f).parameters.values()
            if parameter.kind in positional
        ]
    except (TypeError, ValueError):  # some built-in functions have no signature
        names = []
    if len(names) >= len(inputs):
        return names[: len(inputs)]
    return [
        f"parameter {i} ({x.label})" if x.label else f"parameter {i}"
        for i, x in enumerate(inputs)
    ]


def _complaint(wrong: Sequence[Row], tolerance: float) -> str:
    row = wrong[0]
    others = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
    return (
        f"the two gradients of {row.name} differ{others}\n"
        f"  backpropagation: {row.backprop:.10g}\n"
        f"  numerical:       {row.numerical:.10g}\n"
        f"  relative error:  {row.error:.2g}, must be below {tolerance:g}"
    )
