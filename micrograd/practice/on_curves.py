"""Exercises of notebook 05: a level of the loss, where a curve stays low, and a better rate."""

import math
import random

from ..nn import MLP
from ..train import XOR_X, XOR_Y, train
from .exercises import Wrong, as_number, call, close, exercise

OTHER_SEEDS = range(5)


@exercise("05.1")
def one_eighth(*answers):
    """Four answers: two corners of XOR told exactly, two that share a mean; the loss is 1/8."""
    if len(answers) != 4:
        raise Wrong(
            "four answers are wanted, for [0, 0], [0, 1], [1, 0] and [1, 1]."
        )
    answers = [as_number(answer, "each answer") for answer in answers]
    loss = sum((p - y) ** 2 for p, y in zip(answers, XOR_Y)) / 4
    if not close(loss, 1 / 8):
        raise Wrong(f"these answers have the loss {loss:g}.")
    rest = [(p, y) for p, y in zip(answers, XOR_Y) if not close(p, y)]
    if (
        len(rest) != 2
        or {y for _, y in rest} != {0, 1}
        or not all(close(p, 0.5) for p, _ in rest)
    ):
        raise Wrong(
            "the loss is 1/8, but not because two corners share the mean of their targets."
        )


@exercise("05.2")
def stays_below(first_below):
    """first_below(losses, level): the first step from which on all losses are below the level."""
    call(first_below, [3.0, 2.0, 1.0], 2.5)
    for losses, level, wanted in (
        ([3.0, 2.0, 1.0], 2.5, 1),
        ([1.0, 0.5], 2.0, 0),
        ([5.0, 1.0, 3.0, 1.0], 2.0, 3),
        ([3.0, 2.0, 1.0], 2.0, 2),
    ):
        if (found := first_below(list(losses), level)) != wanted:
            raise Wrong(
                f"for the losses {losses} and the level {level} it gives {found!r}; wanted is {wanted}."
            )
    for losses in ([3.0, 4.0], [1.0, 4.0]):
        if (found := first_below(list(losses), 2.0)) is not None:
            raise Wrong(
                f"the losses {losses} never stay below 2; wanted is None, not {found}."
            )


@exercise("05.3")
def better_rate(rate):
    """A rate at which MLP(2, [16, 1]) is below 0.001 sooner than at 0.1, and not from one seed alone."""
    rate = as_number(rate, "the rate")
    mine, theirs = _steps(rate, 42), _steps(0.1, 42)
    if mine >= theirs:
        needs = f"needs {mine}" if mine < math.inf else "is not there after 500"
        raise Wrong(
            f"from seed 42, the rate {rate:g} {needs} steps; 0.1 needs {theirs}."
        )
    late = [
        seed for seed in OTHER_SEEDS if _steps(rate, seed) >= _steps(0.1, seed)
    ]
    if len(late) > 1:
        raise Wrong(
            f"from seed 42 it is quicker, but not from the seeds {', '.join(map(str, late))}."
        )


def _steps(rate, seed, most=500) -> float:
    random.seed(seed)
    try:
        losses = train(
            MLP(2, [16, 1]), XOR_X, XOR_Y, steps=most, learning_rate=rate
        )
    except ArithmeticError:
        return math.inf
    return next(
        (step for step, loss in enumerate(losses) if loss < 0.001), math.inf
    )
