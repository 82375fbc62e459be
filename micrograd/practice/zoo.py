"""The bug zoo: classical mistakes of hand-written autodiff, each a few lines that differ from the
right ones. `with assigns:` lets one loose, `ZOO` lists all, `mystery(n)` hides one from you."""

import math
from contextlib import contextmanager

from .. import engine, gradcheck, train
from ..engine import Value, as_value, topological_order
from ..nn import Module
from .bug import Bug, bug

# The chain rule and the order


@bug(Value, "_backward")
def assigns(self):
    """`=` instead of `+=`: the last use of a node erases the others."""
    for child, local in zip(self._prev, self._local):
        child.grad = local * self.grad


@bug(engine, "_node")
def inputs_in_a_set(data, op, inputs, local):
    """The inputs in a set: the second use in `a + a` is lost."""
    out = Value(
        data, dict.fromkeys(inputs), op
    )  # a real set would forget their order, too
    out._local = local
    return out


@bug(Value, "backward")
def no_order(self):
    """Recursion without an order: gradients are sent on before they are complete."""
    for node in topological_order(self):
        node.grad = 0.0
    self.grad += 1.0
    stack = [self]
    while stack:
        node = stack.pop()
        node._backward()
        stack += reversed(node._prev)


@bug(Value, "backward")
def not_reversed(self):
    """The order from the start to the end: nearly every node passes on its gradient too early."""
    order = topological_order(self)
    for node in order:
        node.grad = 0.0
    self.grad += 1.0
    for node in order:
        node._backward()


@bug(engine, "topological_order")
def equal_is_same(root):
    """Nodes compared by value: of two with equal data, one never passes its gradient on."""
    order, seen, stack = [], set(), [root]
    while stack:
        node = stack.pop()
        if node is None:
            order.append(stack.pop())
        elif node._prev and node.data not in seen:
            seen.add(node.data)
            stack += (node, None, *node._prev)
    return order


@bug(Value, "backward")
def no_seed(self):
    """The gradient of the result is not set to 1: nothing to pass on."""
    for node in reversed(topological_order(self)):
        node._backward()


@bug(Value, "backward")
def not_reset(self):
    """Inner nodes keep their gradients: a second pass sends the first one on again."""
    self.grad = 1.0
    for node in reversed(topological_order(self)):
        node._backward()


# The local derivatives


@bug(Value, "__mul__")
def own_factor(self, other):
    """A product with its local derivatives swapped: each factor gets itself."""
    other = as_value(other)
    return engine._node(
        self.data * other.data, "*", (self, other), (self.data, other.data)
    )


@bug(Value, "__sub__")
def no_minus(self, other):
    """A difference that hands both inputs a plus."""
    other = as_value(other)
    return engine._node(self.data - other.data, "-", (self, other), (1.0, 1.0))


@bug(Value, "__pow__")
def no_factor(self, n):
    """A power whose derivative lost its factor n."""
    return engine._node(
        self.data**n, f"**{n:g}", (self,), (self.data ** (n - 1),)
    )


@bug(Value, "tanh")
def tanh_of_input(self):
    """tanh' computed from the input instead of the output."""
    return engine._node(
        math.tanh(self.data), "tanh", (self,), (1 - self.data**2,)
    )


@bug(Value, "tanh")
def tanh_unsquared(self):
    """tanh' without its square."""
    out = math.tanh(self.data)
    return engine._node(out, "tanh", (self,), (1 - out,))


@bug(Value, "tanh")
def tanh_twice(self):
    """tanh' as a factor twice."""
    out = math.tanh(self.data)
    return engine._node(out, "tanh", (self,), ((1 - out**2) ** 2,))


@bug(Value, "relu")
def never_shut(self):
    """A ReLU that hands on the gradient even where it is shut."""
    return engine._node(max(0.0, self.data), "ReLU", (self,), (1.0,))


# The loop around it, and the check


@bug(Module, "zero_grad")
def no_zero_grad(self):
    """`zero_grad` forgotten: each step follows the sum of all gradients so far."""


@bug(train, "sgd_step")
def uphill(model, learning_rate):
    """The update with a plus: a step up instead of down."""
    for p in model.parameters():
        p.data += learning_rate * p.grad


@bug(train, "sgd_step")
def rebound(model, learning_rate):
    """The update gives the name `p` to a new number; the model keeps the old one."""
    for p in model.parameters():
        p = p.data - learning_rate * p.grad


@bug(gradcheck, "numerical_gradient")
def nudged_output(f, xs, h=1e-5):
    """The nudge added to the output instead of the input: the slope is always 1."""
    inputs = [as_value(x) for x in xs]
    out = as_value(f(*inputs)).data
    return [((out + h) - (out - h)) / (2 * h) for _ in inputs]


# Where they are looked for and what they hide behind


def tangle(x, y):
    """The expression of notebook 02 that uses its nodes more than once."""
    s = x * y + x
    t = s.tanh() + s * s
    return (t - y) / (t * t + 1) + (s * s + 1).log() + (t - 3).relu()


ZOO = {
    animal.__name__: animal
    for animal in list(globals().values())
    if isinstance(animal, Bug)
}


def mystery_names() -> list[str]:
    """The names behind mystery(1) to mystery(6). Looking here spoils the game."""
    return [list(ZOO)[11 * n % len(ZOO)] for n in range(1, 7)]


@contextmanager
def mystery(n: int):
    """`with mystery(n):` runs its block with one of the bugs in ZOO. n: 1 to 6, else ValueError."""
    if not isinstance(n, int) or n not in range(1, 7):
        raise ValueError(f"there are mysteries 1 to 6, not {n!r}")
    with ZOO[mystery_names()[n - 1]]:
        yield
