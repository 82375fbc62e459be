"""Does a function of Values return the right data, and the right gradients?"""

from collections.abc import Callable, Iterable
from typing import Any

from ...engine import Value
from ...gradcheck import numerical_gradient
from .answer import Wrong, call, close, shortened

Point = tuple[float, ...]


def check_operation(
    f: Any, right: Callable[..., float], points: Iterable[Point]
) -> None:
    """Compare an operation with the right numbers and with nudges.

    Args:
        f: The reader's function of one or two Values.
        right: The same function of floats.
        points: The arguments at which the two are compared.

    Raises:
        Wrong: If the result is not a Value, or its data or a gradient is
            wrong. The gradients are those of f alone, of f within a longer
            expression, of f next to another use of its inputs, and of f with
            computed inputs.
    """
    for point in points:
        check_result(f, right, point)
    for point in points:
        names = "xy"[: len(point)]
        inputs = " + ".join(names)
        computed = " and ".join(f"{name} * 1" for name in names)
        check_gradient(point, f, "your function")
        check_gradient(
            point,
            lambda *xs: 3 * f(*xs),
            "3 times your function",
            "A share is the local derivative times the gradient of the result.",
        )
        add_to_grad = "Add to x.grad instead of assigning to it."
        check_gradient(
            point,
            lambda *xs: f(*xs) + sum(xs),
            f"your function + {inputs}",
            add_to_grad,
        )
        check_gradient(
            point,
            lambda *xs: sum(xs) + f(*xs),
            f"{inputs} + your function",
            add_to_grad,
        )
        check_gradient(
            point,
            lambda *xs: f(*[x * 1 for x in xs]),
            f"your function of {computed}",
        )


def check_result(f: Any, right: Callable[..., float], point: Point) -> None:
    """Look at what f returns at one point, before any backward pass."""
    result = call(f, *[Value(x) for x in point])
    if not isinstance(result, Value):
        raise Wrong(f"it should return a Value, not {shortened(result)}.")
    wanted = right(*point)
    if not close(result.data, wanted):
        raise Wrong(
            f"at {describe_point(point)} it should give {wanted:.4g}, "
            f"not {result.data:.4g}."
        )


def check_gradient(point: Point, f: Any, what: str, advice: str = "") -> None:
    """Compare the gradients of one backward pass with what nudges say.

    Args:
        point: The arguments of f.
        f: A function of Values.
        what: What the hint calls f.
        advice: What to add to the hint if a gradient is wrong but not 0.
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
            f"the derivative of {what} with respect to {name} at "
            f"{describe_point(point)} is {x.grad:.3g}, but the nudge says "
            f"{slope:.3g}. {advice}"
        )
        raise Wrong(hint.rstrip())


def describe_point(point: Point) -> str:
    """The arguments by name, such as "x = 2, y = 3"."""
    return ", ".join(f"{name} = {x:g}" for name, x in zip("xy", point))
