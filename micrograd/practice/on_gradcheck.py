"""Exercises of notebook 02: a kink, the other V, and a value to the power of a value."""

import math
import sys

from .exercises import Wrong, as_number, call, close, exercise, operation


@exercise("02.1")
def at_the_kink(backpropagation, central, has_derivative):
    """f(x) = relu(x) + relu(-x) at 0."""
    if not close(as_number(backpropagation, "the first answer"), 0.0):
        raise Wrong(
            f"backpropagation does not say {backpropagation}: each ReLU stands at exactly 0. "
            f"Which local derivative does the engine choose there?"
        )
    if not close(as_number(central, "the second answer"), 0.0):
        raise Wrong(
            f"the central difference is not {central}: work out f(h) and f(-h)."
        )
    if has_derivative not in (True, False):
        raise Wrong(
            f"the third answer is True or False, not {has_derivative!r}."
        )
    if has_derivative:
        raise Wrong("f(x) is |x|. Compare its slopes on the two sides of 0.")


@exercise("02.2")
def the_other_v(forward_difference, best_h):
    """(f(x + h) - f(x)) / h, and the nudge for which it is best."""
    for h, wanted in ((0.5, 15.25), (0.01, 12.0601)):
        found = as_number(
            call(forward_difference, lambda x: x**3, 2.0, h), "the difference"
        )
        if close(found, (8 - (2 - h) ** 3) / h):
            raise Wrong("this is the backward difference: it looks at x - h.")
        if close(found, 12 + h**2):
            raise Wrong(
                "this is the central difference, which nudges in both directions."
            )
        if not close(found, wanted):
            raise Wrong(
                f"for x**3 at 2 with h = {h} it gives {found:.6g}; wanted is {wanted:.6g}."
            )
    best_h = as_number(best_h, "best_h")
    if not best_h > 0:
        raise Wrong(f"best_h is a nudge, a positive number, not {best_h:g}.")
    if not 0.05 < best_h / sys.float_info.epsilon**0.5 < 20:
        why = "rounding" if best_h < 1e-8 else "truncation"
        raise Wrong(
            f"the function is right, but at h = {best_h:.0e} the error is mostly {why}: go on."
        )


@exercise("02.3")
def power(f):
    """a ** b with a gradient for both, a positive."""
    operation(
        f,
        lambda a, b: a**b,
        [(2.0, 3.0), (0.5, -1.5), (3.0, 0.5), (math.e, 0.0)],
    )
    operation(lambda x: f(x, x), lambda x: x**x, [(1.5,), (0.5,)])
