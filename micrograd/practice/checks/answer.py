"""What every check does with an answer: call it, read it, or reject it."""

from collections.abc import Callable
from math import isfinite
from numbers import Real
from traceback import TracebackException
from typing import Any

from ...gradcheck import relative_error

# A check takes the parts of an answer; it raises Wrong or returns nothing.
Check = Callable[..., None]


class Wrong(Exception):
    """What is wrong with an answer, in one or two sentences."""


def call(function: Any, *args: Any) -> Any:
    """Call the reader's function.

    Returns:
        What the function returns.

    Raises:
        Wrong: If it raises an error, or returns nothing.
    """
    result = run(function, *args)
    if result is None or result is ...:
        raise Wrong(f"{name_of(function)} returns nothing yet.")
    return result


def run(function: Any, *args: Any) -> Any:
    """Call a function that may return nothing.

    Returns:
        What the function returns.

    Raises:
        Wrong: If it raises an error.
    """
    try:
        return function(*args)
    except Exception as error:  # noqa: BLE001 (a reader's code raises anything)
        given = ", ".join(describe_argument(arg) for arg in args)
        description = describe_error(error)
        raise Wrong(
            f"{name_of(function)}({given}) raised {description}"
        ) from None


def as_number(answer: Any, what: str) -> float:
    """Read an answer as a float.

    Args:
        answer: Anything.
        what: What the hint calls the answer.

    Raises:
        Wrong: If the answer is not a finite real number.
    """
    if not isinstance(answer, Real) or not isfinite(answer):
        raise Wrong(
            f"{what} should be a plain number, not {shortened(answer)}."
        )
    return float(answer)


def close(a: float, b: float) -> bool:
    """Whether two numbers are equal up to rounding."""
    return relative_error(a, b) < 1e-6


def describe_error(error: Exception) -> str:
    """The kind of an error and the first line of its message."""
    description = type(error).__name__
    first_line = str(error).partition("\n")[0].rstrip(". ")
    if first_line:
        description += f": {first_line}"
    description += "."
    if isinstance(error, NameError):
        told = TracebackException.from_exception(error).format_exception_only()
        # Python has suggestions here from 3.12 on
        suggestion = "".join(told).partition(" Did you mean: ")[2]
        if suggestion:
            description += f" Did you mean {suggestion.strip()}"
        description += " Have you run the cells above?"
    return description


def name_of(function: Any) -> str:
    """The name of the reader's function."""
    return getattr(function, "__name__", str(function))


def describe_argument(arg: Any) -> str:
    """An argument in a hint: a node by its data, a function by its name."""
    if hasattr(arg, "shape"):
        return f"an array of shape {arg.shape}"
    if hasattr(arg, "data"):
        return f"{arg.data:g}"
    return getattr(arg, "__name__", repr(arg))[:40]


def shortened(answer: object) -> str:
    """The first 60 characters of an answer as Python shows it."""
    return repr(answer)[:60]
