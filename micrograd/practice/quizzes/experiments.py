"""What the numbers of the quizzes come from: a slope, and a few steps.

Both use the engine and the training loop as they are at the moment of the
call, so a bug that is loose acts on them.
"""

from collections.abc import Callable, Sequence

from ... import train
from ...engine import Value
from ...nn import Module


class Knobs(Module):
    """A model that is nothing but its parameters."""

    def __init__(self, starts: Sequence[float]):
        self.knobs = [Value(start) for start in starts]

    def parameters(self) -> list[Value]:
        return self.knobs


def slope(f: Callable[[Value], Value], at: float) -> float:
    """The gradient that one backward pass over f(x) gives x."""
    x = Value(at)
    f(x).backward()
    return x.grad


def descend(
    loss: Callable[..., Value],
    starts: Sequence[float],
    learning_rate: float,
    steps: int = 1,
) -> tuple[float, ...]:
    """Where the knobs are after some steps of gradient descent."""
    model = Knobs(starts)
    for _ in range(steps):
        total = loss(*model.knobs)
        model.zero_grad()
        total.backward()
        train.sgd_step(model, learning_rate)
    return tuple(knob.data for knob in model.knobs)
