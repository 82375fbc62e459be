"""Notebook 01: three paths, an operation of your own, and your own engine."""

import math
from collections.abc import Iterator
from typing import Any

from .answer import Check, Wrong, as_number, call, close
from .operation import check_operation


def three_paths(x_grad: object, inner_grad: object) -> None:
    """01.1: the gradients of x and of x * x, for f = x * x * x at x = 2."""
    if not close(as_number(inner_grad, "the gradient of x * x"), 2.0):
        raise Wrong(
            f"the gradient of x * x is not {inner_grad}. Since f is "
            f"(x * x) * x, nudge the bracket as a whole."
        )
    if not close(as_number(x_grad, "x.grad"), 12.0):
        raise Wrong(
            f"x.grad is not {x_grad}. Three paths lead from x to f: add up "
            f"what they carry."
        )


def sigmoid(f: Any) -> None:
    """01.2: 1 / (1 + e ** -x) as an operation, even far from 0."""

    def right(x: float) -> float:
        if x > 0:
            return 1 / (1 + math.exp(-x))
        return math.exp(x) / (1 + math.exp(x))

    check_operation(f, right, [(0.5,), (-2.0,), (0.0,)])
    try:
        check_operation(f, right, [(1000.0,), (-1000.0,)])
    except Wrong as wrong:
        hint = f"it is right near 0, but {wrong}"
        if "raised" in hint or "nan" in hint:
            hint += " Never give exp a large positive number."
        raise Wrong(hint) from None


# Exercise 01.3, the engine with the book closed. Each stage is checked on
# graphs that are built by hand from the reader's class Node.


def node_class(Node: Any) -> None:
    """01.3a: a class with data, inputs and local, and a grad of 0."""
    leaf = call(Node, 2.0)
    wanted = {"data": 2.0, "grad": 0.0, "inputs": (), "local": ()}
    for name, value in wanted.items():
        if not hasattr(leaf, name):
            raise Wrong(f"Node(2.0) has no attribute {name} yet.")
        found = getattr(leaf, name)
        if found != value:
            raise Wrong(f"Node(2.0).{name} must be {value!r}, not {found!r}.")
    inner = call(Node, 6.0, (leaf, leaf), (3.0, 3.0))
    if inner.inputs != (leaf, leaf) or inner.local != (3.0, 3.0):
        raise Wrong(
            f"Node(6.0, (leaf, leaf), (3.0, 3.0)) must keep both tuples as "
            f"they are, but len(inputs) is {len(inner.inputs)} and local is "
            f"{inner.local!r}."
        )


def require_node_class(Node: Any) -> None:
    """Refuse the later steps until the first one is done."""
    try:
        node_class(Node)
    except Wrong:
        raise Wrong(
            "the first stage comes first: Node is not finished."
        ) from None


def sum_and_product(Node: Any, add: Any, mul: Any) -> None:
    """01.3b: add and mul return a Node that knows its local derivatives."""
    require_node_class(Node)
    check_two_inputs(Node, add, data=-1.0, local=(1.0, 1.0))
    check_two_inputs(Node, mul, data=-6.0, local=(-3.0, 2.0))


def check_two_inputs(
    Node: Any, function: Any, data: float, local: tuple[float, float]
) -> None:
    """Compare function(2, -3) with the right data and local derivatives."""
    a, b = Node(2.0), Node(-3.0)
    result = call(function, a, b)
    name = f"{function.__name__}(2, -3)"
    if not hasattr(result, "data"):
        raise Wrong(f"{name} must be a Node, not {result!r}.")
    if not close(result.data, data):
        raise Wrong(f"{name}.data must be {data}, not {result.data}.")
    if tuple(result.inputs) != (a, b):
        raise Wrong(f"{name} must keep its two inputs, in their order.")
    if not isinstance(result.local, (tuple, list)):
        raise Wrong(
            f"{name}.local must be a tuple of two numbers, not "
            f"{result.local!r}."
        )
    if tuple(result.local) != local:
        raise Wrong(
            f"the local derivatives of {name} are not {result.local!r}. How "
            f"does the result change if you nudge only the first number, or "
            f"only the second?"
        )


def chain_rule(Node: Any, pass_on: Any) -> None:
    """01.3c: every input gets its share, added to what it already has."""
    require_node_class(Node)
    k = Node(1.0)
    a = Node(2.0, (k, k), (1.0, 1.0))
    b = Node(-3.0)
    product = Node(-6.0, (a, b), (-3.0, 2.0))

    def check_shares(
        given: str, wanted: tuple[float, float], advice: str
    ) -> None:
        pass_on(product)
        if a.grad == 0.0 and b.grad == 0.0:
            raise Wrong(
                "the inputs still have no gradient after pass_on(node)."
            )
        if not close(a.grad, wanted[0]) or not close(b.grad, wanted[1]):
            raise Wrong(
                f"after 2 * -3 has passed on {given}, its inputs must have the "
                f"gradients {wanted[0]:g} and {wanted[1]:g}, not {a.grad:g} "
                f"and {b.grad:g}. {advice}"
            )

    product.grad = 10.0
    check_shares(
        "10",
        (-30.0, 20.0),
        "A share is the local derivative times node.grad.",
    )
    product.grad = 1.0
    check_shares(
        "1 more",
        (-33.0, 22.0),
        "Add to what they have instead of assigning.",
    )
    if k.grad != 0.0:
        raise Wrong(
            "pass_on is for one node: the inputs of its inputs should get "
            "nothing yet."
        )


def topological_order(Node: Any, in_order: Any) -> None:
    """01.3d: every inner node up to the root, once and after its inputs."""
    require_node_class(Node)
    equal_data = Node(
        4.0, (doubled(Node, 1)[-1], doubled(Node, 1)[-1]), (1.0, 1.0)
    )
    for root in (diamond(Node)[-1], doubled(Node, 12)[-1], equal_data):
        check_order(root, list(call(in_order, root)))


def check_order(root: Any, found: list[Any]) -> None:
    """Check the order of one list of nodes."""
    place: dict[int, int] = {}
    for i, node in enumerate(found):
        if id(node) in place:
            raise Wrong(
                f"a node with the data {node.data:g} is in the list twice."
            )
        place[id(node)] = i
    for node in inner_nodes(root):
        if id(node) not in place:
            raise Wrong(
                f"the node with the data {node.data:g} is missing from the "
                f"list."
            )
    for node in inner_nodes(root):
        for x in node.inputs:
            if id(x) in place and place[id(x)] > place[id(node)]:
                raise Wrong(
                    f"the node with the data {node.data:g} comes before one "
                    f"of its inputs."
                )


def backward_pass(Node: Any, backward: Any) -> None:
    """01.3e: over two passes leaves add up, and inner nodes start from 0."""
    require_node_class(Node)
    a, b, _, _, e = diamond(Node)
    backward(e)
    if not close(a.grad, 14.0):
        raise Wrong(
            f"in this notebook's diamond, your a.grad is {a.grad:g}, but the "
            f"nudge says 14."
        )
    backward(e)
    if not close(b.grad, 7.0):
        raise Wrong(
            f"after a second pass, the inner node b must have the gradient 7, "
            f"not {b.grad:g}."
        )
    if not close(a.grad, 28.0):
        raise Wrong(
            f"after a second pass, the leaf a must have the gradient 28, not "
            f"{a.grad:g}."
        )
    leaf, *_, root = doubled(Node, 12)
    backward(root)
    if not close(leaf.grad, 4096.0):
        raise Wrong(
            f"a leaf that is doubled twelve times must have the gradient "
            f"4096, not {leaf.grad:g}."
        )


def diamond(Node: Any) -> tuple[Any, Any, Any, Any, Any]:
    """The notebook's diamond: b = a * 2 and e = b * 3 + b * 4, at a = 1."""
    a = Node(1.0)
    b = Node(2.0, (a, Node(2.0)), (2.0, 1.0))
    c = Node(6.0, (b, Node(3.0)), (3.0, 2.0))
    d = Node(8.0, (b, Node(4.0)), (4.0, 2.0))
    e = Node(14.0, (c, d), (1.0, 1.0))
    return a, b, c, d, e


def doubled(Node: Any, times: int) -> list[Any]:
    """A leaf of 1.0 and its doubles: 2, 4, 8 and so on, each a sum."""
    nodes = [Node(1.0)]
    for _ in range(times):
        last = nodes[-1]
        nodes.append(Node(2 * last.data, (last, last), (1.0, 1.0)))
    return nodes


def inner_nodes(root: Any) -> Iterator[Any]:
    """The root and the nodes below it that have inputs, each one once."""
    seen = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if node.inputs and id(node) not in seen:
            seen.add(id(node))
            stack.extend(node.inputs)
            yield node


EXERCISES: list[tuple[str, Check]] = [
    ("01.1", three_paths),
    ("01.2", sigmoid),
    ("01.3a", node_class),
    ("01.3b", sum_and_product),
    ("01.3c", chain_rule),
    ("01.3d", topological_order),
    ("01.3e", backward_pass),
]
