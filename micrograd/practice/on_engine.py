"""Exercises of notebook 01: three paths, and an operation of your own."""

import math

from .exercises import Wrong, as_number, close, exercise, operation


@exercise("01.1")
def three_paths(x_grad, inner_grad):
    """x.grad, and the gradient of x * x, for f = x * x * x at x = 2."""
    if not close(as_number(inner_grad, "the gradient of x * x"), 2.0):
        raise Wrong(
            f"for x * x you say {inner_grad}. f is (x * x) * x: nudge the bracket as a whole."
        )
    if not close(as_number(x_grad, "x.grad"), 12.0):
        raise Wrong(
            f"for x you say {x_grad}. Three paths lead from x to f; add what they carry."
        )


@exercise("01.2")
def sigmoid(f):
    """1 / (1 + e ** -x) as an operation, also far away from 0."""

    def right(x):
        return (
            1 / (1 + math.exp(-x)) if x > 0 else math.exp(x) / (1 + math.exp(x))
        )

    operation(f, right, [(0.5,), (-2.0,), (0.0,)])
    try:
        operation(f, right, [(1000.0,), (-1000.0,)])
    except Wrong as wrong:
        advice = " Never give exp a large positive number." * (
            "raised" in str(wrong) or "nan" in str(wrong)
        )
        raise Wrong(f"near 0 it is right, but {wrong}{advice}") from None
