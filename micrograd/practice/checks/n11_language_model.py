"""Notebook 11: a guess, a temperature, and a model that only counts."""

import math
from collections import Counter
from collections.abc import Iterator
from statistics import fmean as mean
from typing import Any

from .answer import Check, Wrong, as_number, call, close, shortened

CHARACTERS = 27  # the letters, and the full stop that begins and ends a name


def before_training(loss_of_a_guess: object, parameters: object) -> None:
    """11.1: the loss where all characters are alike, and the parameters."""
    loss = as_number(loss_of_a_guess, "the loss")
    if abs(loss - math.log2(CHARACTERS)) < 0.01:
        raise Wrong(
            f"{loss:g} is the loss in bits: take the natural logarithm."
        )
    if abs(loss + math.log(CHARACTERS)) < 0.01:
        raise Wrong("the loss is minus the logarithm, so it is positive.")
    if abs(loss - math.log(CHARACTERS)) > 0.006:
        raise Wrong(
            f"the loss is not {loss:g}: which probability does the character "
            f"get that comes next, and what is minus its logarithm?"
        )
    embedding = CHARACTERS * 8
    hidden = 32 * (3 * 8 + 1)
    output = CHARACTERS * (32 + 1)
    count = as_number(parameters, "the number of parameters")
    for forgotten, hint in (
        (embedding, "the table of the embedding is learned, too."),
        (32 + CHARACTERS, "every neuron has a bias."),
        (32 * 2 * 8, "a hidden neuron gets three rows, one after the other."),
        (-2 * embedding, "the three characters share one table."),
    ):
        if count == embedding + hidden + output - forgotten:
            raise Wrong(f"{count:g} is not right yet: {hint}")
    if count != embedding + hidden + output:
        raise Wrong(
            f"there are not {count:g} parameters: count the numbers of the "
            f"table, then those of the hidden layer, then those of the output."
        )


def probabilities(function: Any) -> None:
    """11.2: the softmax of the scores over a temperature, without overflow."""
    for scores, temperature in (
        ([1.0, 2.0, 0.0], 1.0),
        ([0.5, -1.0, 3.0, 0.5], 1.0),
        ([1.0, 2.0, 0.0], 2.0),
        ([1.0, 2.0, 0.0], 0.5),
        ([4.0], 0.7),
        ([1.0, 2.0, 0.0], 0.01),
    ):
        check_probabilities(function, scores, temperature)
    for scores, temperature in (
        ([1000.0, 999.0, 998.0], 1.0),
        ([-1000.0, -1001.0], 1.0),
        ([1.0, 0.9, -1.0], 0.001),
        ([4000.0, 4000.0, 3999.0], 4.0),
    ):
        try:
            check_probabilities(function, scores, temperature)
        except Wrong as wrong:
            hint = f"it is right for small scores, but {wrong}"
            if "ZeroDivision" in hint:
                hint += " Can all the powers become 0?"
            elif "raised" in hint or "nan" in hint:
                hint += " Never give exp a large positive number."
            raise Wrong(hint) from None


def check_probabilities(
    function: Any, scores: list[float], temperature: float
) -> None:
    """Compare the reader's probabilities with the right ones."""
    given = list(scores)
    found = call(function, given, temperature)
    if given != scores:
        raise Wrong("the list that you were given has changed. Make a copy.")
    what = f"for the scores {scores} and the temperature {temperature:g}"
    if not isinstance(found, (list, tuple)) or len(found) != len(scores):
        raise Wrong(
            f"{what}, it should return a list of {len(scores)} numbers, not "
            f"{' '.join(shortened(found).split())}."
        )
    numbers = [as_number(p, "a probability") for p in found]
    wanted = softmax([score / temperature for score in scores])
    if all(map(close, numbers, wanted)):
        return
    hint = ""
    if all(map(close, numbers, softmax([s * temperature for s in scores]))):
        hint = " A high temperature makes probabilities more alike."
    elif not close(sum(numbers), 1):
        hint = f" Yours add up to {sum(numbers):.3g}."
    raise Wrong(
        f"{what}, it should return {rounded(wanted)}, not {rounded(numbers)}."
        f"{hint}"
    )


def softmax(scores: list[float]) -> list[float]:
    """The softmax, from scores of which the largest is moved to 0."""
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def rounded(numbers: list[float]) -> list[float]:
    """The numbers with four digits after the point."""
    return [round(number, 4) for number in numbers]


def trigram_loss(function: Any) -> None:
    """11.3: the loss of a model that counts what follows two characters."""
    for names, held_back in (
        ([], ["ann", "bo"]),
        (["ab"], ["ab"]),
        (["ab"], ["b"]),
        (["ann", "anna", "hanna", "nan"], ["anna", "nannah"]),
        (["aa", "aaaa", "zoe"], ["a", "zoe", "aaaaaaa"]),
    ):
        given = (list(names), list(held_back))
        loss = as_number(call(function, *given), "the loss")
        if given != (names, held_back):
            raise Wrong("a list that you were given has changed. Make a copy.")
        wanted = mean(losses(names, held_back))
        if not close(loss, wanted):
            raise Wrong(
                f"counted in {names}, the loss of {held_back} should be "
                f"{wanted:.4f}, not {loss:.4f}{why(loss, names, held_back)}."
            )


def losses(
    names: list[str], held_back: list[str], length: int = 2
) -> list[float]:
    """The loss at each character of the names that were held back.

    Args:
        names: The names to count in.
        held_back: Other names.
        length: How many characters the model looks at.
    """
    counts = Counter(examples(names, length))
    totals = Counter(before for before, _ in examples(names, length))
    return [
        -math.log(
            (counts[before, character] + 0.1)
            / (totals[before] + 0.1 * CHARACTERS)
        )
        for before, character in examples(held_back, length)
    ]


def examples(names: list[str], length: int) -> Iterator[tuple[str, str]]:
    """Each character of each name, after the characters before it."""
    for name in names:
        padded = "." * length + name + "."
        for i in range(length, len(padded)):
            yield padded[i - length : i], padded[i]


def why(loss: float, names: list[str], held_back: list[str]) -> str:
    """What leads to a wrong loss, if it is a slip that is known."""
    right = losses(names, held_back)
    for slip, reason in (
        (sum(right), "this is the sum over all characters"),
        (sum(right) / len(held_back), "this is the loss of a whole name"),
        (mean(right) / math.log(2), "this is in bits"),
        (-mean(right), "minus the logarithm is positive"),
        (
            mean(losses(names, held_back, length=1)),
            "this model looks at one character",
        ),
        (
            mean(losses([*names, *held_back], held_back)),
            "this model has counted the names that were held back, too",
        ),
        (
            mean(losses(held_back, held_back)),
            "this model has counted the names that were held back",
        ),
    ):
        if close(loss, slip):
            return f": {reason}"
    return ""


EXERCISES: list[tuple[str, Check]] = [
    ("11.1", before_training),
    ("11.2", probabilities),
    ("11.3", trigram_loss),
]
