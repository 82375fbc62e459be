"""Notebook 05: the loss 1/8, a loss that stays low, and a better rate."""

import math
import random
from typing import Any

from ...nn import MLP
from ...train import XOR_X, XOR_Y, train
from .answer import Check, Wrong, as_number, call, close


def one_eighth(*answers: object) -> None:
    """05.1: answers with the loss 1/8, as two corners share a mean."""
    if len(answers) != 4:
        raise Wrong("give four answers, for [0, 0], [0, 1], [1, 0] and [1, 1].")
    numbers = [as_number(answer, "each answer") for answer in answers]
    loss = sum((p - y) ** 2 for p, y in zip(numbers, XOR_Y)) / 4
    if not close(loss, 1 / 8):
        raise Wrong(f"the loss of these answers is {loss:g}, not 1/8.")
    wrong_answers = []
    their_targets = []
    for p, y in zip(numbers, XOR_Y):
        if not close(p, y):
            wrong_answers.append(p)
            their_targets.append(y)
    share_the_mean = all(close(p, 0.5) for p in wrong_answers)
    if sorted(their_targets) != [0, 1] or not share_the_mean:
        raise Wrong(
            "the loss is 1/8, but not because two corners share the mean of "
            "their targets."
        )


def stays_below(first_below: Any) -> None:
    """05.2: the first step from which all losses stay below a level."""
    call(first_below, [3.0, 2.0, 1.0], 2.5)
    for losses, level, wanted in (
        ([3.0, 2.0, 1.0], 2.5, 1),
        ([1.0, 0.5], 2.0, 0),
        ([5.0, 1.0, 3.0, 1.0], 2.0, 3),
        ([3.0, 2.0, 1.0], 2.0, 2),
    ):
        found = first_below(list(losses), level)
        if found != wanted:
            raise Wrong(
                f"for the losses {losses} and the level {level} it should "
                f"give {wanted}, not {found!r}."
            )
    for losses in ([3.0, 4.0], [1.0, 4.0]):
        found = first_below(list(losses), 2.0)
        if found is not None:
            raise Wrong(
                f"the losses {losses} never stay below 2, so it should give "
                f"None, not {found}."
            )


def quicker_rate(rate: object) -> None:
    """05.3: a rate that is quicker than 0.1, and not only from one seed."""
    mine = as_number(rate, "the rate")
    steps = steps_needed(mine, seed=42)
    steps_to_beat = steps_needed(0.1, seed=42)
    if mine == 0.1:
        raise Wrong(
            f"that is the rate to beat: it needs {steps_to_beat} steps."
        )
    if steps >= steps_to_beat:
        needs = "has not got there after 500"
        if steps < math.inf:
            needs = f"needs {steps}"
        raise Wrong(
            f"from seed 42, the rate {mine:g} {needs} steps, while 0.1 needs "
            f"{steps_to_beat}."
        )
    late = []
    for seed in range(5):
        if steps_needed(mine, seed) >= steps_needed(0.1, seed):
            late.append(str(seed))
    if len(late) > 1:
        raise Wrong(
            f"it is quicker from seed 42, but not from seeds {', '.join(late)}."
        )


def steps_needed(rate: float, seed: int) -> float:
    """How many steps MLP(2, [16, 1]) needs on XOR for a loss below 0.001.

    Returns:
        The number of steps, or infinity if 500 are not enough.
    """
    random.seed(seed)
    model = MLP(2, [16, 1])
    for taken in range(0, 500, 50):
        try:
            losses = train(model, XOR_X, XOR_Y, steps=50, learning_rate=rate)
        except ArithmeticError:
            return math.inf
        for step, loss in enumerate(losses, taken):
            if loss < 0.001:
                return step
    return math.inf


EXERCISES: list[tuple[str, Check]] = [
    ("05.1", one_eighth),
    ("05.2", stays_below),
    ("05.3", quicker_rate),
]
