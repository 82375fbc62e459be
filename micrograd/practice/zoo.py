"""The bug zoo: the classical mistakes of hand-written autodiff.

Each bug is a few lines in the place of the right ones. `with zoo.assigns:`
lets it loose, and the end of the block takes it out again; `show(zoo.assigns)`
shows its lines. `ZOO` has them all by name, and `mystery(n)` hides one of
them from you. A bug acts on the whole program, so it is for one thread.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from .. import engine, gradcheck, train
from ..engine import Value, as_value, topological_order
from ..nn import Module


class Bug:
    """A wrong function, and the place where it goes.

    Args:
        owner: The class or module that has the right function.
        name: The name of the right function.
        wrong: The function to put in its place.
    """

    def __init__(self, owner: Any, name: str, wrong: Callable[..., Any]):
        self.owner = owner
        self.name = name
        self.wrong = wrong
        self._right: list[Callable[..., Any]] = []
        # so that `show` finds the lines
        self.__wrapped__ = wrong
        self.__name__ = wrong.__name__
        self.__doc__ = wrong.__doc__

    def __repr__(self) -> str:
        return f"{self.__name__}: {self.__doc__}"

    def __enter__(self) -> Self:
        self._right.append(getattr(self.owner, self.name))
        setattr(self.owner, self.name, self.wrong)
        return self

    def __exit__(self, *_: object) -> None:
        setattr(self.owner, self.name, self._right.pop())


def bug(owner: Any, name: str) -> Callable[[Callable[..., Any]], Bug]:
    """A decorator that makes a Bug of the function below it."""

    def decorate(wrong: Callable[..., Any]) -> Bug:
        return Bug(owner, name, wrong)

    return decorate


# The chain rule and the order


@bug(Value, "_backward")
def assigns(self):
    """`=` instead of `+=`: the last use of a node erases the others."""
    for x, local in zip(self._prev, self._local):
        x.grad = local * self.grad


@bug(Value, "_backward")
def inputs_in_a_set(self):
    """The inputs in a set: the second use in `a + a` is lost."""
    # a dictionary, since a real set would forget their order, too
    for x, local in dict.fromkeys(zip(self._prev, self._local)):
        x.grad += local * self.grad


@bug(Value, "backward")
def no_order(self):
    """Recursion without an order: gradients are sent on too early."""
    for node in topological_order(self):
        node.grad = 0.0
    self.grad += 1.0
    stack = [self]
    while stack:
        node = stack.pop()
        node._backward()
        stack += node._prev[::-1]


@bug(Value, "backward")
def not_reversed(self):
    """The order from the inputs to the result: nearly all is sent too early."""
    order = topological_order(self)
    for node in order:
        node.grad = 0.0
    self.grad += 1.0
    for node in order:
        node._backward()


@bug(engine, "topological_order")
def equal_is_same(root):
    """Nodes compared by value: of two equal ones, one passes nothing on."""
    order, seen, stack = [], set(), [root]
    while stack:
        node = stack.pop()
        if node is None:
            order.append(stack.pop())
        elif node._prev and node.data not in seen:
            seen.add(node.data)
            stack += (node, None, *node._prev[::-1])
    return order


@bug(Value, "backward")
def no_seed(self):
    """The gradient of the result is not set to 1: nothing to pass on."""
    for node in reversed(topological_order(self)):
        node._backward()


@bug(Value, "backward")
def not_reset(self):
    """Inner nodes keep their gradients: a second pass sends them on again."""
    self.grad = 1.0
    for node in reversed(topological_order(self)):
        node._backward()


# The local derivatives


@bug(Value, "__mul__")
def own_factor(self, other):
    """A product with its local derivatives swapped: each factor gets itself."""
    other = as_value(other)
    data = self.data * other.data
    return Value(data, (self, other), "*", "", (self.data, other.data))


@bug(Value, "__sub__")
def no_minus(self, other):
    """A difference that hands both inputs a plus."""
    other = as_value(other)
    data = self.data - other.data
    return Value(data, (self, other), "-", "", (1.0, 1.0))


@bug(Value, "__pow__")
def no_factor(self, n):
    """A power whose derivative lost its factor n."""
    local = self.data ** (n - 1)
    return Value(self.data**n, (self,), f"**{n:g}", "", (local,))


@bug(Value, "tanh")
def tanh_of_input(self):
    """tanh' computed from the input instead of the output."""
    data = math.tanh(self.data)
    return Value(data, (self,), "tanh", "", (1 - self.data**2,))


@bug(Value, "tanh")
def tanh_unsquared(self):
    """tanh' without its square."""
    data = math.tanh(self.data)
    return Value(data, (self,), "tanh", "", (1 - data,))


@bug(Value, "tanh")
def tanh_twice(self):
    """tanh' as a factor twice."""
    data = math.tanh(self.data)
    return Value(data, (self,), "tanh", "", ((1 - data**2) ** 2,))


@bug(Value, "relu")
def never_shut(self):
    """A ReLU that hands on the gradient even where it is shut."""
    return Value(max(0.0, self.data), (self,), "ReLU", "", (1.0,))


# The loop around it, and the check


@bug(Module, "zero_grad")
def no_zero_grad(self):
    """`zero_grad` forgotten: each step follows the sum of all gradients."""


@bug(train, "sgd_step")
def uphill(model, learning_rate):
    """The update with a plus: a step up instead of down."""
    for p in model.parameters():
        p.data += learning_rate * p.grad


@bug(train, "sgd_step")
def rebound(model, learning_rate):
    """The update names a new number `p`; the model keeps the old one."""
    for p in model.parameters():
        p = p.data - learning_rate * p.grad


@bug(gradcheck, "numerical_gradient")
def nudged_output(f, xs, h=1e-5):
    """The nudge added to the output, not the input: the slope is always 1."""
    inputs = [as_value(x) for x in xs]
    out = as_value(f(*inputs)).data
    return [((out + h) - (out - h)) / (2 * h) for _ in inputs]


ZOO: dict[str, Bug] = {
    bug.__name__: bug
    for bug in (
        assigns,
        inputs_in_a_set,
        no_order,
        not_reversed,
        equal_is_same,
        no_seed,
        not_reset,
        own_factor,
        no_minus,
        no_factor,
        tanh_of_input,
        tanh_unsquared,
        tanh_twice,
        never_shut,
        no_zero_grad,
        uphill,
        rebound,
        nudged_output,
    )
}

# Looking here spoils the game.
MYSTERIES = (
    tanh_unsquared,
    equal_is_same,
    uphill,
    no_minus,
    inputs_in_a_set,
    tanh_twice,
)


def tangle(x: Value, y: Value) -> Value:
    """The expression of notebook 02 that uses its nodes more than once."""
    s = x * y + x
    t = s.tanh() + s * s
    return (t - y) / (t**2 + 1) + (s * s + 1).log() + (t - 3).relu()


def mystery_names() -> list[str]:
    """The names behind mystery(1) to mystery(6)."""
    return [mystery.__name__ for mystery in MYSTERIES]


@contextmanager
def mystery(n: int) -> Iterator[None]:
    """`with mystery(n):` runs its block with one of the bugs in `ZOO`.

    Raises:
        ValueError: If `n` is not one of the whole numbers from 1 to 6.
    """
    if not isinstance(n, int) or not 1 <= n <= len(MYSTERIES):
        raise ValueError(
            f"n must be a whole number from 1 to {len(MYSTERIES)}, not {n!r}"
        )
    with MYSTERIES[n - 1]:
        yield
