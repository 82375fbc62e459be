"""Notebook 02: a kink, the forward difference, and powers of Values."""

import math
import sys
from typing import Any

from .answer import Check, Wrong, as_number, call, close
from .operation import check_operation


def at_the_kink(
    backpropagation: object, central: object, has_derivative: object
) -> None:
    """02.1: f(x) = relu(x) + relu(-x) at 0, and whether it has a derivative."""
    if not close(as_number(backpropagation, "the first answer"), 0.0):
        raise Wrong(
            f"backpropagation does not give {backpropagation}: each ReLU is "
            f"at exactly 0. Which local derivative does the engine choose "
            f"there?"
        )
    if not close(as_number(central, "the second answer"), 0.0):
        raise Wrong(
            f"the central difference is not {central}: work out f(h) and f(-h)."
        )
    if has_derivative not in (True, False):
        raise Wrong(
            f"the third answer must be True or False, not {has_derivative!r}."
        )
    if has_derivative:
        raise Wrong("f(x) is |x|. Compare its slopes on either side of 0.")


def forward_difference(function: Any, best_h: object) -> None:
    """02.2: (f(x + h) - f(x)) / h, and the most accurate nudge."""
    check_forward_difference(function, 0.5)
    check_forward_difference(function, 0.01)
    h = as_number(best_h, "best_h")
    if h <= 0:
        raise Wrong(f"best_h is a nudge: it must be positive, not {h:g}.")
    best = math.sqrt(sys.float_info.epsilon)
    if h <= best / 20:
        what_dominates = "rounding"
    elif h >= best * 20:
        what_dominates = "truncation"
    else:
        return
    raise Wrong(
        f"the function is right, but at h = {h:.0e} the error is mostly "
        f"{what_dominates}: keep looking."
    )


def check_forward_difference(function: Any, h: float) -> None:
    """Compare with the differences of x**3 at 2."""

    def cube(x: float) -> float:
        return x**3

    found = as_number(call(function, cube, 2.0, h), "the difference")
    if close(found, (cube(2.0) - cube(2.0 - h)) / h):
        raise Wrong("this is the backward difference: it looks at x - h.")
    if close(found, (cube(2.0 + h) - cube(2.0 - h)) / (2 * h)):
        raise Wrong(
            "this is the central difference, which nudges in both directions."
        )
    wanted = (cube(2.0 + h) - cube(2.0)) / h
    if not close(found, wanted):
        raise Wrong(
            f"for x**3 at 2 with h = {h} it should give {wanted:.6g}, not "
            f"{found:.6g}."
        )


def power(f: Any) -> None:
    """02.3: a ** b for a positive a, with a gradient for both."""
    check_operation(
        f,
        lambda a, b: a**b,
        [(2.0, 3.0), (0.5, -1.5), (3.0, 0.5), (math.e, 0.0)],
    )
    check_operation(lambda x: f(x, x), lambda x: x**x, [(1.5,), (0.5,)])


EXERCISES: list[tuple[str, Check]] = [
    ("02.1", at_the_kink),
    ("02.2", forward_difference),
    ("02.3", power),
]
