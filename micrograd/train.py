"""Training: the four points of XOR, two losses, a step of gradient descent, and the loop around it.

`train(model, XOR_X, XOR_Y)` changes the model and returns the loss before each step.
"""

import math
from collections.abc import Callable, Sequence
from numbers import Integral
from pathlib import Path

from .engine import Value, as_value
from .nn import Module

XOR_X = [[0, 0], [0, 1], [1, 0], [1, 1]]
XOR_Y = [0, 1, 1, 0]
DATA = (
    Path(__file__).resolve().parent.parent / "data"
)  # what the notebooks read and write


def mean_squared_error(
    predictions: Sequence[Value], targets: Sequence[float]
) -> Value:
    """The mean of (prediction - target) ** 2; ValueError for unequal or empty lists."""
    return _mean(
        [(as_value(p) - y) ** 2 for p, y in _pairs(predictions, targets)]
    )


def binary_cross_entropy(
    scores: Sequence[Value], targets: Sequence[int]
) -> Value:
    """The mean of -log(p), where p is the probability of the target, 0 or 1.

    A score s gives 1 the probability 1 / (1 + exp(-s)); exp never sees a positive number here, so
    large scores do not overflow. ValueError for other targets, and for unequal or empty lists.
    """
    pairs = _pairs(scores, targets)
    if wrong := [y for _, y in pairs if y not in (0, 1)]:
        raise ValueError(
            f"binary_cross_entropy needs targets that are 0 or 1, not {wrong[0]!r}"
        )
    return _mean([_softplus(as_value(-s if y else s)) for s, y in pairs])


def sgd_step(model: Module, learning_rate: float):
    """One step of gradient descent: each parameter moves by -learning_rate * its gradient."""
    for p in model.parameters():
        p.data -= learning_rate * p.grad


def train(
    model: Module,
    xs: Sequence,
    ys: Sequence[float],
    steps: int = 200,
    learning_rate: float = 0.1,
    loss: Callable = mean_squared_error,
    callback: Callable[[int, float], None] | None = None,
) -> list[float]:
    """Take `steps` steps of gradient descent over all points; return the loss before each step.

    callback(step, loss) is called before each step. ValueError where xs and ys differ in length,
    steps is not a whole number from 0 on, or the rate is not finite; ArithmeticError, with the
    step, where the loss is not finite, and TypeError where it is no Value.
    """
    xs, ys = zip(*_pairs(xs, ys))
    if (
        not isinstance(steps, Integral)
        or steps < 0
        or not math.isfinite(learning_rate)
    ):
        raise ValueError(
            f"{steps!r} steps at the learning rate {learning_rate} cannot be taken"
        )
    losses = []
    for step in range(steps):
        total = _finite(
            lambda: loss([model(x) for x in xs], ys), step, learning_rate
        )
        losses.append(total.data)
        if callback:
            callback(step, total.data)
        model.zero_grad()
        total.backward()
        sgd_step(model, learning_rate)
    return losses


def _finite(loss, step, learning_rate) -> Value:
    try:
        total = loss()
    except OverflowError:
        total = Value(math.inf)
    if not isinstance(total, Value):
        raise TypeError(
            f"a loss is a Value, not {type(total).__name__}: {total!r}"
        )
    if not math.isfinite(total.data):
        advice = (
            f"try a learning rate lower than {learning_rate}"
            if step
            else "look at the data"
        )
        raise ArithmeticError(
            f"the loss is {total.data} at step {step}; {advice}"
        )
    return total


def _pairs(xs, targets) -> list[tuple]:
    xs, targets = list(xs), list(targets)
    if len(xs) != len(targets) or not targets:
        raise ValueError(
            f"one target for each is needed, not {len(targets)} targets for {len(xs)}"
        )
    return list(zip(xs, targets))


def _mean(terms) -> Value:
    return sum(terms) * (1 / len(terms))


def _softplus(x: Value) -> Value:  # log(1 + exp(x))
    return (x.exp() + 1).log() if x.data <= 0 else x + ((-x).exp() + 1).log()
