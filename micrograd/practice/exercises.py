"""Exercises that check themselves: `check_exercise("01.2", sigmoid)` says in one sentence whether
your answer is right and, where it is not, what is wrong. The checks are in the modules `on_...`."""

from collections.abc import Callable
from inspect import signature
from math import isfinite
from numbers import Real
from typing import NamedTuple

from ..engine import Value
from ..gradcheck import numerical_gradient, relative_error

CHECKS: dict[str, Callable] = {}


class Verdict(NamedTuple):
    """Is the exercise done, and what is there to say?"""

    done: bool
    message: str

    def __repr__(self):
        return self.message


class Wrong(Exception):
    """What is wrong with an answer, in one sentence."""


def exercise(number: str) -> Callable[[Callable], Callable]:
    """A decorator: the function below it checks this exercise, and raises Wrong or returns nothing."""
    return lambda check: CHECKS.setdefault(number, check)


def check_exercise(number: str, *answer) -> Verdict:
    """Is this the answer? ValueError for a number that no exercise has; never an error for an answer.

    answer: what the stub of the exercise passes on, functions or numbers.
    """
    if number not in CHECKS:
        raise ValueError(
            f"there is no exercise {number!r}; there are {', '.join(sorted(CHECKS))}"
        )
    try:
        if any(part is ... or part is None for part in answer) or not answer:
            raise Wrong("put your answer in the place of the dots.")
        _fits(CHECKS[number], answer)
        CHECKS[number](*answer)
    except Wrong as wrong:
        return Verdict(False, f"{number}, not yet: {wrong}")
    except Exception as error:  # noqa: BLE001 (whatever a reader's code may raise)
        return Verdict(False, f"{number}, not yet: it raised {_told(error)}")
    return Verdict(True, f"{number}: done.")


def call(function, *args):
    """function(*args), or Wrong where that is not possible, or where it gives nothing."""
    name, given = (
        getattr(function, "__name__", str(function)),
        ", ".join(map(_short, args)),
    )
    try:
        out = function(*args)
    except Exception as error:  # noqa: BLE001 (as above)
        raise Wrong(f"{name}({given}) raised {_told(error)}") from None
    if out is None or out is ...:
        raise Wrong(f"{name} returns nothing yet.")
    return out


def _fits(check, answer):
    try:
        signature(check).bind(*answer)
    except TypeError as error:
        raise Wrong(f"{error} in the call of check_exercise.") from None


def _told(error) -> str:
    first = str(error).partition("\n")[0].rstrip(".")
    advice = " Have the cells above been run?" * isinstance(error, NameError)
    return f"{type(error).__name__}{': ' * bool(first)}{first}.{advice}"


def close(a, b) -> bool:
    """Are these two numbers equal but for rounding?"""
    return relative_error(a, b) < 1e-6


def as_number(answer, what: str) -> float:
    """The answer as a float, if it is a number."""
    if not isinstance(answer, Real) or not isfinite(answer):
        raise Wrong(f"{what} should be a plain number, not {answer!r:.60}.")
    return float(answer)


def operation(f: Callable, right: Callable[..., float], points: list[tuple]):
    """f(*xs) is a Value with the data of right(*xs) and with the derivatives that a nudge finds."""
    for point in points:
        out = call(f, *map(Value, point))
        if not isinstance(out, Value):
            raise Wrong(f"it returns {out!r:.60}; a Value is wanted.")
        if not close(out.data, right(*point)):
            raise Wrong(
                f"at {_at(point)} it gives {out.data:.4g}; right is {right(*point):.4g}."
            )
    for point in points:
        _slopes(point, f, "it", "")
        _slopes(
            point,
            lambda *xs: 3 * f(*xs),
            "3 times that",
            " A share is the local derivative times the gradient of the result.",
        )
        for order in (
            lambda *xs: f(*xs) + sum(xs),
            lambda *xs: sum(xs) + f(*xs),
        ):
            _slopes(
                point,
                order,
                "that plus x",
                " Add to x.grad, do not assign to it.",
            )
        _slopes(
            point, lambda *xs: f(*[x * 1 for x in xs]), "that for x * 1", ""
        )


def _slopes(point, f, what, advice):
    xs = [Value(x) for x in point]
    f(*xs).backward()
    for name, x, slope in zip("xy", xs, numerical_gradient(f, point)):
        hint = (
            advice
            if x.grad
            else " Does the result have all its inputs, and does each get its share?"
        )
        if not close(x.grad, slope):
            raise Wrong(
                f"your derivative of {what} with respect to {name} at {_at(point)} is {x.grad:.3g}; "
                f"the nudge says {slope:.3g}.{hint}"
            )


def _at(point) -> str:
    return ", ".join(f"{name} = {x:g}" for name, x in zip("xy", point))


def _short(arg) -> str:
    return (
        f"{arg.data:g}"
        if hasattr(arg, "data")
        else getattr(arg, "__name__", repr(arg))[:40]
    )
