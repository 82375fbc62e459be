"""Notebook 00: a rate that is too large, and descent by nudges."""

from typing import Any

from .answer import Check, Wrong, as_number, call, shortened


def a_step_too_far(after_one: object, after_two: object) -> None:
    """00.1: (2 * w - 8)**2 from w = 1 with a learning rate of 0.25."""
    one = as_number(after_one, "the first answer")
    two = as_number(after_two, "the second answer")
    if near(one, -5):
        raise Wrong("this is a step uphill: what does the minus do?")
    if near(one, 25):
        raise Wrong("do not forget the learning rate.")
    if not near(one, 7):
        raise Wrong(
            f"the first step does not lead to {one:g}: the slope is -24, and "
            "the step is minus the learning rate times the slope."
        )
    if not near(two, 1):
        raise Wrong(
            f"after one step, w is 7. The second does not lead to {two:g}: "
            "what is the slope at 7?"
        )


def descent_step(function: Any) -> None:
    """00.2: x - learning_rate * slope, for any curve."""
    for f, x, rate, wanted in (
        (lambda x: (2 * x - 6) ** 2, 1.0, 0.05, 1.8),
        (lambda x: (2 * x - 6) ** 2, 5.0, 0.05, 4.2),
        (lambda x: x**3, 2.0, 0.1, 0.8),
        (lambda x: -x, 0.0, 0.5, 0.5),
        (lambda x: 7.0, 2.0, 0.5, 2.0),
    ):
        found = as_number(call(function, f, x, rate), "where the step leads")
        if near(found, wanted):
            continue
        if near(found, 2 * x - wanted):
            raise Wrong("this is a step uphill: what does the minus do?")
        if near(found, x - wanted) or near(found, wanted - x):
            raise Wrong("this is the step. Return where it leads.")
        raise Wrong(
            f"from {x:g}, on a curve with the slope {(x - wanted) / rate:g} "
            f"and with a learning rate of {rate:g}, the step leads to "
            f"{wanted:g}, not to {found:g}."
        )


def descend(function: Any) -> None:
    """00.3: gradient descent on any number of knobs, by nudges."""
    one = [1.0]
    compare(function, bowl, one, 0.1, 0, one)
    compare(function, bowl, one, 0.1, 1, [0.8])
    compare(function, bowl, [1.0, -2.0, 3.0], 0.1, 1, [0.8, -1.2, 1.2])
    compare(function, bowl, [1.0, -2.0, 3.0], 0.1, 50, [0.0, 0.0, 0.0])
    compare(
        function,
        coupled,
        [1.0, 1.0],
        0.1,
        1,
        [0.2, 0.6],
        "measure all slopes before you move any knob.",
    )


def bowl(knobs: list[float]) -> float:
    """The sum of (i + 1) * knob**2, with the lowest point at 0."""
    return sum((i + 1) * knob**2 for i, knob in enumerate(knobs))


def coupled(knobs: list[float]) -> float:
    """A loss in which each knob changes the slope of the other."""
    a, b = knobs
    return (a + b) ** 2 + 2 * a * a


def compare(
    function: Any,
    f: Any,
    knobs: list[float],
    rate: float,
    steps: int,
    wanted: list[float],
    hint: str = "",
) -> None:
    """Compare the reader's knobs with the wanted ones."""
    given = list(knobs)
    found = call(function, f, given, rate, steps)
    if given != knobs:
        raise Wrong("the list that you were given has changed. Make a copy.")
    if not isinstance(found, list) or len(found) != len(knobs):
        raise Wrong(
            f"for {knobs} it should return a list of the same length, not "
            f"{shortened(found)}."
        )
    numbers = [as_number(knob, "a knob") for knob in found]
    if not all(map(near, numbers, wanted)):
        raise Wrong(
            f"with steps={steps}, {knobs} becomes {wanted}, not "
            f"{[round(number, 3) for number in numbers]}"
            + (f": {hint}" if hint else ".")
        )


def near(a: float, b: float) -> bool:
    """Whether two numbers are equal but for the error of a nudge."""
    return abs(a - b) < 0.02


EXERCISES: list[tuple[str, Check]] = [
    ("00.1", a_step_too_far),
    ("00.2", descent_step),
    ("00.3", descend),
]
