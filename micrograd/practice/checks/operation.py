"""Is this function of Values right, and does it hand on the right gradients?"""

from collections.abc import Callable, Iterable
from typing import Any

from ...engine import Value
from ...gradcheck import numerical_gradient
from .answer import Wrong, call, close, shortened

Point = tuple[float, ...]


def check_operation(
    f: Any, right: Callable[..., float], points: Iterable[Point]
) -> None:
    """Compare an operation with the right numbers, and with nudges.

    Args:
        f: The reader's function of one or two Values.
        right: The same function of floats.
        points: The arguments at which the two are compared.

    Raises:
        Wrong: If the result is not a Value, if its data is wrong, or if a
            gradient is: of f alone, as a part of a longer expression, beside
            another use of the same input, or of a computed input.
    """
    for point in points:
        check_result(f, right, point)
    for point in points:
        check_gradient(point, f, "it")
        check_gradient(
            point,
            lambda *xs: 3 * f(*xs),
            "3 times that",
            "A share is the local derivative times the gradient of the result.",
        )
        add_to_grad = "Add to x.grad, do not assign to it."
        check_gradient(
            point, lambda *xs: f(*xs) + sum(xs), "that plus x", add_to_grad
        )
        check_gradient(
            point, lambda *xs: sum(xs) + f(*xs), "that plus x", add_to_grad
        )
        check_gradient(
            point, lambda *xs: f(*[x * 1 for x in xs]), "that for x * 1"
        )


def check_result(f: Any, right: Callable[..., float], point: Point) -> None:
    """Look at what f returns at one point, before any backward pass."""
    result = call(f, *[Value(x) for x in point])
    if not isinstance(result, Value):
        raise Wrong(f"it returns {shortened(result)}; a Value is wanted.")
    wanted = right(*point)
    if not close(result.data, wanted):
        raise Wrong(
            f"at {describe_point(point)} it gives {result.data:.4g}; "
            f"right is {wanted:.4g}."
        )


def check_gradient(point: Point, f: Any, what: str, advice: str = "") -> None:
    """Compare the gradients of one backward pass with those of a nudge.

    Args:
        point: The arguments of f.
        f: A function of Values.
        what: The name of f in the hint.
        advice: What to add to the hint where a gradient is wrong, and not 0.
    """
    inputs = [Value(x) for x in point]
    f(*inputs).backward()
    slopes = numerical_gradient(f, point)
    for name, x, slope in zip("xy", inputs, slopes):
        if close(x.grad, slope):
            continue
        if x.grad == 0:
            advice = (
                "Does the result have all its inputs, and does each get its "
                "share?"
            )
        hint = (
            f"your derivative of {what} with respect to {name} at "
            f"{describe_point(point)} is {x.grad:.3g}; "
            f"the nudge says {slope:.3g}. {advice}"
        )
        raise Wrong(hint.rstrip())


def describe_point(point: Point) -> str:
    """The arguments by name, such as "x = 2, y = 3"."""
    return ", ".join(f"{name} = {x:g}" for name, x in zip("xy", point))
