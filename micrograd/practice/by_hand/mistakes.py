"""What the classical mistakes make of a gradient, one node at a time.

Whoever works out the gradient of one node has the right gradients of the nodes
that use it, and can still go wrong in their operation or in the chain rule.
The bugs of the zoo go wrong in the same ways, and so they compute what a
mistake leads to.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...engine import Value
from .. import zoo
from ..zoo import Bug, bug


@bug(Value, "_backward")
def multiplied(self: Value) -> None:
    """The shares of a node multiplied instead of added."""
    for x, local in zip(self._prev, self._local):
        share = local * self.grad
        x.grad = x.grad * share if x.grad else share


@bug(Value, "_backward")
def opposite(self: Value) -> None:
    """A step down instead of up: the sign of every share is wrong."""
    for x, local in zip(self._prev, self._local):
        x.grad -= local * self.grad


@bug(Value, "_backward")
def handed_on(self: Value) -> None:
    """The gradient handed on as it is, without the local derivative."""
    for x in self._prev:
        x.grad += self.grad


@bug(Value, "_backward")
def local_alone(self: Value) -> None:
    """The local derivative handed on, without the gradient."""
    for x, local in zip(self._prev, self._local):
        x.grad += local


@bug(Value, "_backward")
def added(self: Value) -> None:
    """Local derivative and gradient added instead of multiplied."""
    for x, local in zip(self._prev, self._local):
        x.grad += local + self.grad


@bug(Value, "_backward")
def own_data(self: Value) -> None:
    """The data instead of the gradient."""
    for x in self._prev:
        x.grad = x.data


# Each mistake, and what to say to it. Where two lead to the same number, the
# first is named: the one that says more of what went wrong, or is likelier.
MISTAKES: dict[Bug, str] = {
    zoo.no_seed: (
        "The gradient of the result is where it all begins: it changes exactly "
        "as much as itself."
    ),
    zoo.inputs_in_a_set: (
        "{x} goes into one operation twice, and gets a share from each use."
    ),
    zoo.assigns: (
        "That is one share alone, the last, as if it had erased the others. "
        "Shares add up."
    ),
    zoo.no_order: (
        "That is what hurry finds: a node on the way passed back before it was "
        "complete, and so a part of it counts twice. It has to wait."
    ),
    multiplied: (
        "Those are the shares of {x}, multiplied. Along a path one multiplies, "
        "but what comes along different paths adds up."
    ),
    zoo.no_minus: "A sign: what is subtracted has the local derivative -1.",
    zoo.never_shut: (
        "That ReLU is shut, since its input is not above 0. Nothing gets "
        "through: its local derivative is 0."
    ),
    zoo.no_factor: (
        "A factor is missing: the local derivative of x**n is n * x**(n - 1)."
    ),
    zoo.tanh_of_input: (
        "The local derivative of tanh is 1 - t**2, where t is its output, and "
        "not its input."
    ),
    zoo.tanh_unsquared: (
        "The local derivative of tanh is 1 - t**2: the square is missing."
    ),
    zoo.tanh_twice: "The local derivative of tanh is in there twice.",
    handed_on: (
        "That is the gradient as it comes in. {x} gets it times the local "
        "derivative of the operation."
    ),
    local_alone: (
        "That is the local derivative alone. {x} gets it times the gradient "
        "that comes in."
    ),
    zoo.own_factor: (
        "That is what {x} would get if its local derivative in a product were "
        "{x} itself. It is the other factor."
    ),
    opposite: "The size is right, and the sign is not.",
    added: (
        "That is the local derivative plus the gradient that comes in. The "
        "chain rule multiplies them."
    ),
    own_data: (
        "That is the value of {x}. Its gradient says how fast the result "
        "changes with it."
    ),
}
MOST_PATHS = 1000  # from the result back, for a pass that walks them all
OPERATIONS = {"__mul__": "*", "__sub__": "-", "relu": "ReLU", "tanh": "tanh"}


def wrong_answers(
    nodes: Sequence[Value], gradients: Sequence[float]
) -> list[dict[str, float]]:
    """What each node gets by each mistake, if that is not its gradient.

    Args:
        nodes: A graph, as `micrograd.graph.nodes` lists it.
        gradients: The right gradients of these nodes.

    Returns:
        For each node the wrong answers, by the names of the mistakes.
    """
    wrong: list[dict[str, float]] = [{} for _ in nodes]
    for mistake in MISTAKES:
        answers = _answers(mistake, nodes, gradients)
        for found, answer, right in zip(wrong, answers, gradients):
            if math.isfinite(answer) and answer != right:
                found[mistake.__name__] = answer
    # nothing uses the result
    wrong[-1] = {zoo.no_seed.__name__: 0.0}
    if nodes[-1].data != 1:
        wrong[-1][own_data.__name__] = nodes[-1].data
    return wrong


def _answers(
    mistake: Bug, nodes: Sequence[Value], gradients: Sequence[float]
) -> list[float]:
    """What each node gets if all that use it make the mistake."""
    if mistake is zoo.no_order:
        return _without_an_order(nodes, gradients)
    copies = {id(node): Value(node.data) for node in nodes}
    for node, gradient in list(zip(nodes, gradients))[::-1]:
        inputs = tuple(copies[id(x)] for x in node._prev)
        out = _made_by(mistake, node, inputs)
        out.grad = gradient
        if mistake.name == "_backward":
            mistake.wrong(out)
        else:
            out._backward()
    return [copies[id(node)].grad for node in nodes]


def _without_an_order(
    nodes: Sequence[Value], gradients: Sequence[float]
) -> list[float]:
    """What the nodes get from a pass that walks each path of the graph.

    The right gradients, if there are too many paths.
    """
    paths = {id(node): 0 for node in nodes}
    paths[id(nodes[-1])] = 1
    for node in reversed(nodes):
        for x in node._prev:
            paths[id(x)] += paths[id(node)]
    if sum(paths.values()) > MOST_PATHS:
        return list(gradients)
    copies: dict[int, Value] = {}
    for node in nodes:
        inputs = tuple(copies[id(x)] for x in node._prev)
        copies[id(node)] = Value(node.data, inputs, node._op, "", node._local)
    zoo.no_order.wrong(copies[id(nodes[-1])])
    return [copies[id(node)].grad for node in nodes]


def _made_by(mistake: Bug, node: Value, inputs: tuple[Value, ...]) -> Value:
    """The node over other inputs, with the mistake if that concerns it."""
    if mistake.name == "__pow__" and node._op.startswith("**"):
        return mistake.wrong(*inputs, float(node._op[2:]))
    if OPERATIONS.get(mistake.name) == node._op:
        return mistake.wrong(*inputs)
    return Value(node.data, inputs, node._op, "", node._local)
