"""Notebook 06: numbers on edges, an operation with a name, and dead ends."""

from typing import Any

from ...engine import Value
from .answer import Check, Wrong, as_number, call, close
from .operation import check_operation


def edges(into_product: object, into_sum: object, x_grad: object) -> None:
    """06.1: f = x * x + x at 5: the number on each edge, and x.grad."""
    if not close(as_number(into_product, "the first answer"), 5.0):
        raise Wrong(
            f"the edges from x into the product do not carry {into_product}: "
            f"look at the other factor."
        )
    if not close(as_number(into_sum, "the second answer"), 1.0):
        raise Wrong(f"the edge from x into the sum does not carry {into_sum}.")
    if not close(as_number(x_grad, "the third answer"), 11.0):
        raise Wrong(
            f"x.grad is not {x_grad}: three edges leave x, so add up what "
            f"comes back along each."
        )


def absolute(f: Any) -> None:
    """06.2: |x| as one operation named abs."""
    check_operation(f, abs, [(-2.0,), (3.0,), (-0.5,), (0.5,)])
    x = Value(-2.0)
    result = f(x)
    if result._prev != (x,) or result._op != "abs":
        raise Wrong(
            f"the numbers are right, but this is not one operation 'abs' of "
            f"x alone: _op is {result._op!r}, and _prev has length "
            f"{len(result._prev)}."
        )
    zero = Value(0.0)
    call(f, zero).backward()
    if not -1 <= zero.grad <= 1:
        raise Wrong(
            f"at the kink the gradient must be between the slopes -1 and 1, "
            f"not {zero.grad:g}."
        )


def dead_ends(find: Any) -> None:
    """06.3: the nodes that have a gradient although their inputs have none."""
    a, b, c = Value(2.0), Value(-3.0), Value(5.0)
    shut = (a * b + c).relu()
    beside_tanh = shut * 3 + a.tanh()
    used_twice = shut * 3 + shut * 4
    with_negative_gradient = a - Value(3.0) * shut
    behind_shut = (shut * 3 - 1).relu()
    flat = (a * 500).tanh()
    for root, wanted in (
        (shut, [shut]),
        (beside_tanh, [shut]),
        (used_twice, [shut]),
        (a * b + c, []),
        (with_negative_gradient, [shut]),
        (behind_shut + flat, [behind_shut, flat]),
    ):
        for leaf in (a, b, c):
            leaf.grad = 0.0
        root.backward()
        check_dead_ends(list(call(find, root)), wanted)


def check_dead_ends(found: list[Any], wanted: list[Value]) -> None:
    """Compare a list of nodes with the right nodes, in any order."""
    for node in found:
        if not isinstance(node, Value):
            raise Wrong(f"every node must be a Value, and {node!r} is not one.")
    if len(found) > len({id(node) for node in found}):
        raise Wrong("a node is in the list twice.")
    for node in found:
        if not any(node is other for other in wanted):
            raise Wrong(f"{node} is not a dead end: {why_not(node)}")
    if len(found) < len(wanted):
        raise Wrong(
            "a node that has a gradient but passes none on is missing from "
            "the list."
        )


def why_not(node: Value) -> str:
    """Why a node is not a dead end."""
    if not node._prev:
        return "it is a leaf, so it has no inputs to pass a gradient to."
    if node.grad == 0:
        return "its own gradient is 0."
    return "one of its inputs has a gradient."


EXERCISES: list[tuple[str, Check]] = [
    ("06.1", edges),
    ("06.2", absolute),
    ("06.3", dead_ends),
]
