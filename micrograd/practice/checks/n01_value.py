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
            f"for x * x you say {inner_grad}. f is (x * x) * x: nudge the "
            f"bracket as a whole."
        )
    if not close(as_number(x_grad, "x.grad"), 12.0):
        raise Wrong(
            f"for x you say {x_grad}. Three paths lead from x to f; add what "
            f"they carry."
        )


def sigmoid(f: Any) -> None:
    """01.2: 1 / (1 + e ** -x) as an operation, also far away from 0."""

    def right(x: float) -> float:
        if x > 0:
            return 1 / (1 + math.exp(-x))
        return math.exp(x) / (1 + math.exp(x))

    check_operation(f, right, [(0.5,), (-2.0,), (0.0,)])
    try:
        check_operation(f, right, [(1000.0,), (-1000.0,)])
    except Wrong as wrong:
        hint = f"near 0 it is right, but {wrong}"
        if "raised" in hint or "nan" in hint:
            hint += " Never give exp a large positive number."
        raise Wrong(hint) from None


# Exercise 01.3, the engine with the book closed. Each step is checked with
# graphs that are built by hand from the reader's class Node.


def node_class(Node: Any) -> None:
    """01.3a: a class with data, inputs, local, and a grad of 0."""
    leaf = call(Node, 2.0)
    wanted = {"data": 2.0, "grad": 0.0, "inputs": (), "local": ()}
    for name, value in wanted.items():
        if not hasattr(leaf, name):
            raise Wrong(f"Node(2.0) has no attribute {name} yet.")
        found = getattr(leaf, name)
        if found != value:
            raise Wrong(f"Node(2.0).{name} is {found!r}; wanted is {value!r}.")
    inner = call(Node, 6.0, (leaf, leaf), (3.0, 3.0))
    if inner.inputs != (leaf, leaf) or inner.local != (3.0, 3.0):
        raise Wrong(
            f"Node(6.0, (leaf, leaf), (3.0, 3.0)) keeps {len(inner.inputs)} "
            f"inputs and the local derivatives {inner.local!r}; it should "
            f"keep all as they are."
        )


def require_node_class(Node: Any) -> None:
    """Refuse every later step as long as the first one is not done."""
    try:
        node_class(Node)
    except Wrong:
        raise Wrong(
            "the first step comes first: Node is not finished."
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
        raise Wrong(f"{name} is {result!r}; a Node is wanted.")
    if not close(result.data, data):
        raise Wrong(f"{name} has the data {result.data}; wanted is {data}.")
    if tuple(result.inputs) != (a, b):
        raise Wrong(f"{name} does not keep its two inputs, in their order.")
    if not isinstance(result.local, (tuple, list)):
        raise Wrong(
            f"{name} has {result.local!r} as local; a tuple of two numbers is "
            f"wanted."
        )
    if tuple(result.local) != local:
        raise Wrong(
            f"{name} has the local derivatives {result.local!r}. How does the "
            f"result change when only the first number is nudged, and when "
            f"only the second is?"
        )


def chain_rule(Node: Any, pass_on: Any) -> None:
    """01.3c: every input gets its share, added to what it has."""
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
            raise Wrong("after pass_on(node), its inputs have no gradient yet.")
        if not close(a.grad, wanted[0]) or not close(b.grad, wanted[1]):
            raise Wrong(
                f"2 * -3 passed on {given}: its inputs have the gradients "
                f"{a.grad:g} and {b.grad:g}; wanted are {wanted[0]:g} and "
                f"{wanted[1]:g}. {advice}"
            )

    product.grad = 10.0
    check_shares(
        "10",
        (-30.0, 20.0),
        "A share is the local derivative times node.grad.",
    )
    product.grad = 1.0
    check_shares(
        "1 more", (-33.0, 22.0), "Add to what they have, do not assign."
    )
    if k.grad != 0.0:
        raise Wrong(
            "pass_on is about one node: the inputs of its inputs should get "
            "nothing yet."
        )


def topological_order(Node: Any, in_order: Any) -> None:
    """01.3d: every inner node below the root once, after its inputs."""
    require_node_class(Node)
    equal_data = Node(
        4.0, (doubled(Node, 1)[-1], doubled(Node, 1)[-1]), (1.0, 1.0)
    )
    for root in (diamond(Node)[-1], doubled(Node, 12)[-1], equal_data):
        check_order(root, list(call(in_order, root)))


def check_order(root: Any, found: list[Any]) -> None:
    """Check one list of the nodes below the root."""
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
                f"the node with the data {node.data:g} is not in the list."
            )
    for node in inner_nodes(root):
        for x in node.inputs:
            if id(x) in place and place[id(x)] > place[id(node)]:
                raise Wrong(
                    f"the node with the data {node.data:g} comes before one "
                    f"of its inputs."
                )


def backward_pass(Node: Any, backward: Any) -> None:
    """01.3e: leaves add up over two passes, inner nodes start from 0."""
    require_node_class(Node)
    a, b, _, _, e = diamond(Node)
    backward(e)
    if not close(a.grad, 14.0):
        raise Wrong(
            f"in the diamond of this notebook your a.grad is {a.grad:g}; the "
            f"nudge says 14."
        )
    backward(e)
    if not close(b.grad, 7.0):
        raise Wrong(
            f"after a second pass, the inner node b has the gradient "
            f"{b.grad:g}; wanted is 7."
        )
    if not close(a.grad, 28.0):
        raise Wrong(
            f"after a second pass, the leaf a has the gradient {a.grad:g}; "
            f"wanted is 28."
        )
    leaf, *_, root = doubled(Node, 12)
    backward(root)
    if not close(leaf.grad, 4096.0):
        raise Wrong(
            f"doubled twelve times, a leaf has the gradient {leaf.grad:g}; "
            f"wanted is 4096."
        )


def diamond(Node: Any) -> tuple[Any, Any, Any, Any, Any]:
    """The graph of the notebook: b = a * 2, e = b * 3 + b * 4 at a = 1."""
    a = Node(1.0)
    b = Node(2.0, (a, Node(2.0)), (2.0, 1.0))
    c = Node(6.0, (b, Node(3.0)), (3.0, 2.0))
    d = Node(8.0, (b, Node(4.0)), (4.0, 2.0))
    e = Node(14.0, (c, d), (1.0, 1.0))
    return a, b, c, d, e


def doubled(Node: Any, times: int) -> list[Any]:
    """A leaf 1.0, and sums of two equal inputs: 2, 4, 8 and so on."""
    nodes = [Node(1.0)]
    for _ in range(times):
        last = nodes[-1]
        nodes.append(Node(2 * last.data, (last, last), (1.0, 1.0)))
    return nodes


def inner_nodes(root: Any) -> Iterator[Any]:
    """The nodes below the root that have inputs, each one once."""
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
