"""Exercises of notebook 06: numbers on edges, an operation with a name, and dead ends."""

from ..engine import Value
from .exercises import Wrong, as_number, call, close, exercise, operation


@exercise("06.1")
def edges(into_product, into_sum, x_grad):
    """f = x * x + x at 5: the number on each edge from x, and the gradient of x."""
    if not close(as_number(into_product, "the first answer"), 5.0):
        raise Wrong(
            f"the edges from x into the product do not carry {into_product}; look at the other factor."
        )
    if not close(as_number(into_sum, "the second answer"), 1.0):
        raise Wrong(f"the edge from x into the sum does not carry {into_sum}.")
    if not close(as_number(x_grad, "the third answer"), 11.0):
        raise Wrong(
            f"x.grad is not {x_grad}: three edges leave x; add what comes back along each."
        )


@exercise("06.2")
def absolute(f):
    """|x| as one operation with the name abs."""
    operation(f, abs, [(-2.0,), (3.0,), (-0.5,)])
    x = Value(-2.0)
    out = f(x)
    if out._prev != (x,) or out._op != "abs":
        raise Wrong(
            f"the numbers are right, but it is not one operation abs of x: the graph ends with "
            f"{out._op!r} of {len(out._prev)}."
        )
    zero = Value(0.0)
    call(f, zero).backward()
    if not -1 <= zero.grad <= 1:
        raise Wrong(
            f"at the kink you say {zero.grad:g}; a number between the slopes -1 and 1 is wanted."
        )


@exercise("06.3")
def dead_ends(find):
    """dead_ends(root): the nodes with a gradient, all of whose inputs have none."""
    a, b, c = Value(2.0), Value(-3.0), Value(5.0)
    shut = (a * b + c).relu()
    both = shut * 3 + a.tanh()
    deep, flat = (shut * 3 - 1).relu(), (a * 500).tanh()
    for root, wanted in (
        (shut, [shut]),
        (both, [shut]),
        (a * b + c, []),
        (a - Value(3.0) * shut, [shut]),
        (deep + flat, [deep, flat]),
    ):
        root.backward()
        found = list(call(find, root))
        if strange := [node for node in found if not isinstance(node, Value)]:
            raise Wrong(f"a list of Values is wanted; {strange[0]!r} is none.")
        if len(found) > len({id(node) for node in found}):
            raise Wrong("a node is in the list twice.")
        for node in found:
            if not any(node is other for other in wanted):
                raise Wrong(f"{node} is no dead end: " + _why(node))
        if len(found) < len(wanted):
            raise Wrong(
                "a node that has a gradient and passes none on is not in the list."
            )
        for leaf in (a, b, c):
            leaf.grad = 0.0


def _why(node) -> str:
    if not node._prev:
        return "it is a leaf, and has nobody to pass a gradient to."
    return (
        "its own gradient is 0."
        if node.grad == 0
        else "an input of it has a gradient."
    )
