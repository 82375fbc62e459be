"""Training: the points of XOR, two losses, a step of descent, and the loop.

`train(model, XOR_X, XOR_Y)` changes the model and returns the loss before
each step.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from numbers import Integral, Real
from typing import Any

from ._whole_step import WholeStep
from .compile import compile_graph
from .engine import Value, as_value, describe, topological_order
from .nn import Module

XOR_X = [[0, 0], [0, 1], [1, 0], [1, 1]]
XOR_Y = [0, 1, 1, 0]


def mean_squared_error(
    predictions: Iterable[Value | float], targets: Iterable[float]
) -> Value:
    """The mean of (prediction - target) ** 2.

    Args:
        predictions: One number for each point.
        targets: The number that each should be.

    Raises:
        ValueError: If there is not one target for each prediction, or none.
    """
    pairs = _pairs(predictions, targets)
    return _mean([(as_value(p) - y) ** 2 for p, y in pairs])


def binary_cross_entropy(
    scores: Iterable[Value | float], targets: Iterable[int]
) -> Value:
    """The mean of -log(p), where p is the probability of the target.

    A score s gives the answer 1 the probability 1 / (1 + exp(-s)). Here exp
    never sees a positive number, so that large scores do not overflow.

    Args:
        scores: One number for each point, of any size.
        targets: 0 or 1 for each point.

    Raises:
        ValueError: If a target is neither 0 nor 1, or there is not one for
            each score, or none.
    """
    terms = []
    for score, y in _pairs(scores, targets):
        if y not in (0, 1):
            raise ValueError(f"targets must be 0 or 1, not {y!r}")
        score = as_value(score)
        terms.append(_softplus(-score if y else score))
    return _mean(terms)


def sgd_step(model: Module, learning_rate: float) -> None:
    """Move each parameter of the model by -learning_rate times its gradient."""
    learning_rate = float(learning_rate)  # a NumPy number would spread
    for p in model.parameters():
        p.data -= learning_rate * p.grad


def train(
    model: Module,
    xs: Iterable[Any],
    ys: Iterable[float],
    steps: int = 200,
    learning_rate: float = 0.1,
    loss: Callable[..., Value] = mean_squared_error,
    callback: Callable[[int, float], None] | None = None,
    compiled: bool = False,
) -> list[float]:
    """Train the model by gradient descent on all points at once.

    If it is interrupted, by Ctrl-C or by an error, the parameters are those
    after the last whole step, and the model can be trained on.

    Args:
        model: It is called with a point and gives a prediction.
        xs, ys: The points and their targets.
        steps: The number of steps.
        learning_rate: How far each step goes along the negative gradient.
        loss: A function of the predictions and the targets.
        callback: Called as callback(step, loss) before each step.
        compiled: Whether the graph of the first loss is compiled once, and
            used for all steps (see `compile_graph`). That is many times
            faster and gives the same losses, if no `if` in the model or the
            loss chooses between operations by a number.

    Returns:
        The loss before each step.

    Raises:
        ValueError: If there is not one target for each point, the model has
            no parameters, `steps` is not a whole number from 0 on, or the
            rate is not finite; or if `binary_cross_entropy` is to be
            compiled, which chooses by the sign of each score.
        TypeError: If a loss is not a Value.
        ArithmeticError: If a loss is not finite; it names the step.
    """
    xs, ys = zip(*_pairs(xs, ys))
    if not model.parameters():
        raise ValueError(
            f"nothing to train: {type(model).__name__}.parameters() is empty"
        )
    if not isinstance(steps, Integral) or steps < 0:
        raise ValueError(
            f"steps must be a whole number from 0 on, not {steps!r}"
        )
    if not isinstance(learning_rate, Real) or not math.isfinite(learning_rate):
        raise ValueError(
            f"learning_rate must be a finite number, not {learning_rate!r}"
        )
    if compiled and loss is binary_cross_entropy:
        raise ValueError(
            "binary_cross_entropy cannot be compiled: it chooses its "
            "operations by the sign of each score, which changes"
        )

    def evaluate() -> Value:
        return loss([model(x) for x in xs], ys)

    losses = []
    for step in range(steps):
        total = _finite(evaluate, step, learning_rate)
        if compiled and step == 0:
            evaluate = _compile(total, model)
        losses.append(total.data)
        if callback:
            callback(step, total.data)
        model.zero_grad()
        total.backward()
        with WholeStep(model.parameters()):
            sgd_step(model, learning_rate)
    return losses


def _finite(
    evaluate: Callable[[], Value], step: int, learning_rate: float
) -> Value:
    """The loss; an ArithmeticError if a number on the way is too large."""
    try:
        total = evaluate()
    except OverflowError:
        total = Value(math.inf)
    if not isinstance(total, Value):
        raise TypeError(f"a loss must be a Value, not {describe(total)}")
    if not math.isfinite(total.data):
        raise ArithmeticError(_advice(total.data, step, learning_rate))
    return total


def _compile(total: Value, model: Module) -> Callable[[], Value]:
    """A function that does what was done for `total`, in a single node.

    Its inputs are the parameters, and its local derivatives their gradients.
    """
    used = {id(x) for node in topological_order(total) for x in node._prev}
    parameters = tuple(p for p in model.parameters() if id(p) in used)
    program = compile_graph(total, parameters)

    def evaluate() -> Value:
        value, gradients = program([p.data for p in parameters])
        return Value(value, parameters, "compiled", _local=gradients)

    return evaluate


def _advice(loss: float, step: int, learning_rate: float) -> str:
    if step == 0:
        advice = "look at the data"
    else:
        advice = f"try a learning rate lower than {learning_rate}"
    return f"the loss is {loss} at step {step}; {advice}"


def _pairs(xs: Iterable[Any], targets: Iterable[Any]) -> list[tuple]:
    xs, targets = list(xs), list(targets)
    if len(xs) != len(targets) or not targets:
        raise ValueError(
            "there must be one target for each point: "
            f"got {len(targets)} targets for {len(xs)}"
        )
    return list(zip(xs, targets))


def _mean(terms: Sequence[Value]) -> Value:
    return sum(terms, Value(0.0)) * (1 / len(terms))


def _softplus(x: Value) -> Value:  # log(1 + exp(x))
    if x.data <= 0:
        return (x.exp() + 1).log()
    return x + ((-x).exp() + 1).log()
