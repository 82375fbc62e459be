"""Notebook 09: the rules of five operations on arrays.

NumPy is imported by the functions that need it, and not above: where it is
missing, the exercises of the other notebooks still work.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .answer import Check, Wrong, call, shortened

if TYPE_CHECKING:
    import numpy as np

NUDGE = 1e-5


def mean_rule(rule: Any) -> None:
    """09.1: the gradient of x, for x.mean()."""
    for G, numbers in (
        (3.0, [[1.0, 2.0, 0.0], [3.0, -1.0, 4.0]]),
        (-2.0, [[1.0], [5.0], [2.0], [0.5]]),
    ):
        check_rule(rule, lambda x: x.mean(), G, {"x": array(numbers)})


def factor_rule(rule: Any) -> None:
    """09.2: the gradients of x and of s, for x * s with a row s."""
    for G, x, s in (
        (
            [[1.0, 2.0], [0.0, -1.0], [3.0, 1.0]],
            [[1.0, 2.0], [3.0, -1.0], [0.5, 4.0]],
            [2.0, -3.0],
        ),
        (
            [[2.0, 0.0, -1.0], [1.0, 5.0, 1.0]],
            [[1.0, 3.0, 2.0], [-2.0, 1.0, 4.0]],
            [0.5, -1.0, 3.0],
        ),
    ):
        inputs = {"x": array(x), "s": array(s)}
        check_rule(rule, lambda x, s: x * s, array(G), inputs)


def lookup_rule(rule: Any) -> None:
    """09.3: the gradient of a table, some of whose rows are looked up."""
    for ids, G, numbers in (
        (
            [2, 0, 2],
            [[1.0, 2.0], [5.0, -1.0], [3.0, 0.5]],
            [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]],
        ),
        (
            [1, 1, 0, 1],
            [
                [1.0, 0.0, 2.0],
                [2.0, 1.0, 2.0],
                [3.0, 1.0, 1.0],
                [0.0, 4.0, 1.0],
            ],
            [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]],
        ),
    ):
        table = array(numbers)
        check_rule(
            rule,
            lambda table, ids=ids: table[ids],
            array(G),
            {"table": table},
            {"table": table, "ids": ids},
        )


def max_rule(rule: Any) -> None:
    """09.4: the gradient of x, for the largest number of each row."""
    for G, numbers in (
        ([2.0, -1.0, 3.0], [[1.0, 5.0], [-2.0, -7.0], [3.0, 4.0]]),
        ([4.0, 0.5], [[1.0, 2.0, 7.0, 3.0], [9.0, 8.0, -1.0, 0.0]]),
        ([1.0, 2.0], [[0.0, -1.0], [3.0, 6.0]]),
    ):
        check_rule(
            rule, lambda x: x.max(axis=1), array(G), {"x": array(numbers)}
        )


def softmax_rule(rule: Any) -> None:
    """09.5: the gradient of the scores, for their softmax."""
    for G, numbers in (
        (
            [[1.0, 0.0, 2.0], [-1.0, 3.0, 1.0]],
            [[1.0, 2.0, 0.0], [0.5, -1.0, 1.0]],
        ),
        ([[2.0, -1.0], [3.0, 5.0]], [[0.0, 1.0], [2.0, 1.5]]),
    ):
        s = array(numbers)
        check_rule(rule, softmax, array(G), {"s": s}, {"p": softmax(s)})


def softmax(s: np.ndarray) -> np.ndarray:
    """The softmax of each row."""
    powers = math.e**s
    return powers / powers.sum(axis=1, keepdims=True)


def check_rule(
    rule: Any,
    operation: Callable[..., Any],
    G: Any,
    inputs: dict[str, np.ndarray],
    given: dict[str, Any] | None = None,
) -> None:
    """Compare what a rule returns with nudges.

    Args:
        rule: The reader's function.
        operation: A function of the inputs, by their names.
        G: What came back to its result.
        inputs: The arrays whose gradients are wanted.
        given: What the rule gets besides G; None for the inputs.

    Raises:
        Wrong: If the rule changes what it gets, or if a gradient has the wrong
            type, the wrong shape or wrong numbers.
    """
    given = {"G": G} | (inputs if given is None else given)
    before = {name: as_lists(thing) for name, thing in given.items()}
    answer = call(rule, *given.values())
    for name, thing in given.items():
        if as_lists(thing) != before[name]:
            raise Wrong(
                f"your function has changed {name}, which was given to it. "
                "Make a copy."
            )
    names = " and ".join(inputs)
    gradients = [answer]
    if len(inputs) > 1:
        if not isinstance(answer, (tuple, list)) or len(answer) != len(inputs):
            raise Wrong(
                f"it should return {len(inputs)} arrays, the gradients of "
                f"{names}, not {in_one_line(answer)}."
            )
        gradients = list(answer)
    for (name, x), gradient in zip(inputs.items(), gradients):
        found = as_gradient(gradient, name, x.shape)
        for index, wanted in slopes(operation, G, inputs, name):
            if not abs(found[index] - wanted) < 1e-6:  # nan is wrong, too
                place = ", ".join(map(str, index))
                raise Wrong(
                    f"with {describe(before)}, you give {name}[{place}] the "
                    f"gradient {found[index]:.4g}, but a nudge says "
                    f"{wanted:.4g}."
                )


def array(numbers: Any) -> np.ndarray:
    """An array of these numbers."""
    import numpy as np

    return np.array(numbers)


def as_lists(thing: Any) -> Any:
    """A copy of an array as lists of numbers, or of a list."""
    return thing.tolist() if hasattr(thing, "tolist") else array(thing).tolist()


def as_gradient(answer: Any, name: str, shape: tuple[int, ...]) -> np.ndarray:
    """Read an answer as the gradient of an array.

    Args:
        answer: Anything.
        name: The name of the array.
        shape: The shape of the array.

    Raises:
        Wrong: If the answer is not an array of real numbers, or if its shape
            is another one.
    """
    import numpy as np

    try:
        found = np.asarray(answer)
    except ValueError:  # lists of different lengths
        found = np.array(None)
    if found.dtype.kind not in "biuf":
        raise Wrong(
            f"the gradient of {name} should be an array of numbers, not "
            f"{in_one_line(answer)}."
        )
    if found.shape != shape:
        what = "a single number"
        if found.shape:
            what = f"one of shape {found.shape}"
        raise Wrong(
            f"a gradient has the shape of the thing it belongs to: {name} has "
            f"the shape {shape}, and you return {what}."
        )
    return found.astype(float) + 0.0  # a -0.0 becomes 0.0


def slopes(
    operation: Callable[..., Any],
    G: Any,
    inputs: dict[str, np.ndarray],
    name: str,
) -> list[tuple[tuple[int, ...], float]]:
    """What nudges of one input say: for each place in it, its gradient."""
    import numpy as np

    found = []
    for index in np.ndindex(inputs[name].shape):
        totals = []
        for nudge in (NUDGE, -NUDGE):
            x = inputs[name].copy()
            x[index] += nudge
            result = operation(**{**inputs, name: x})
            totals.append((G * result).sum())
        slope = (totals[0] - totals[1]) / (2 * NUDGE)
        found.append((index, round(slope, 8) + 0.0))  # as well
    return found


def describe(given: dict[str, Any]) -> str:
    """What a function was given, such as "G = 3, x = [[1, 2]]"."""
    return ", ".join(
        f"{name} = {plain(thing)}" for name, thing in given.items()
    )


def plain(thing: Any) -> str:
    """A number, or a list of lists of numbers, in few digits."""
    if isinstance(thing, list):
        return f"[{', '.join(map(plain, thing))}]"
    return f"{thing:.3g}"


def in_one_line(answer: object) -> str:
    """The beginning of an answer; arrays have several lines."""
    return " ".join(shortened(answer).split())


EXERCISES: list[tuple[str, Check]] = [
    ("09.1", mean_rule),
    ("09.2", factor_rule),
    ("09.3", lookup_rule),
    ("09.4", max_rule),
    ("09.5", softmax_rule),
]
