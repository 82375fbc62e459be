"""The ladder of notebook 01: `backward` with the book closed, in five steps. The checks make graphs
of their own from the class Node of the first step."""

from .exercises import Wrong, call, close, exercise


@exercise("01.3a")
def node(Node):
    """A class with data, grad, inputs and local."""
    leaf = call(Node, 2.0)
    for name, wanted in (
        ("data", 2.0),
        ("grad", 0.0),
        ("inputs", ()),
        ("local", ()),
    ):
        if not hasattr(leaf, name):
            raise Wrong(f"Node(2.0) has no attribute {name} yet.")
        if (found := getattr(leaf, name)) != wanted:
            raise Wrong(f"Node(2.0).{name} is {found!r}; wanted is {wanted!r}.")
    inner = call(Node, 6.0, (leaf, leaf), (3.0, 3.0))
    if inner.inputs != (leaf, leaf) or inner.local != (3.0, 3.0):
        raise Wrong(
            f"Node(6.0, (leaf, leaf), (3.0, 3.0)) keeps {len(inner.inputs)} inputs and the "
            f"local derivatives {inner.local!r}; it should keep all as they are."
        )


@exercise("01.3b")
def sum_and_product(Node, add, mul):
    """Two functions of two nodes that return a node which knows its local derivatives."""
    _first_step(Node)
    for function, data, local in (
        (add, -1.0, (1.0, 1.0)),
        (mul, -6.0, (-3.0, 2.0)),
    ):
        a, b = Node(2.0), Node(-3.0)
        out, name = call(function, a, b), f"{function.__name__}(2, -3)"
        if not hasattr(out, "data"):
            raise Wrong(f"{name} is {out!r}; a Node is wanted.")
        if not close(out.data, data):
            raise Wrong(f"{name} has the data {out.data}; wanted is {data}.")
        if tuple(out.inputs) != (a, b):
            raise Wrong(f"{name} does not keep its two inputs, in their order.")
        if not isinstance(out.local, (tuple, list)):
            raise Wrong(
                f"{name} has {out.local!r} as local; a tuple of two numbers is wanted."
            )
        if tuple(out.local) != local:
            raise Wrong(
                f"{name} has the local derivatives {out.local!r}. How does the result change "
                f"when only the first number is nudged, and when only the second is?"
            )


@exercise("01.3c")
def chain_rule(Node, pass_on):
    """pass_on(node): every input of the node gets its share, added to what it has."""
    _first_step(Node)
    k = Node(1.0)
    a, b = Node(2.0, (k, k), (1.0, 1.0)), Node(-3.0)
    out = Node(-6.0, (a, b), (-3.0, 2.0))
    for grad, wanted, advice in (
        (
            10.0,
            (-30.0, 20.0),
            "A share is the local derivative times node.grad.",
        ),
        (1.0, (-33.0, 22.0), "Add to what they have, do not assign."),
    ):
        out.grad = grad
        pass_on(out)
        if (a.grad, b.grad) == (0.0, 0.0):
            raise Wrong("after pass_on(node), its inputs have no gradient yet.")
        if not (close(a.grad, wanted[0]) and close(b.grad, wanted[1])):
            raise Wrong(
                f"2 * -3 passed on {grad:g}{' more' * (grad == 1)}: its inputs have the gradients "
                f"{a.grad:g} and {b.grad:g}; wanted are {wanted[0]:g} and {wanted[1]:g}. {advice}"
            )
    if k.grad != 0.0:
        raise Wrong(
            "pass_on is about one node: the inputs of its inputs should get nothing yet."
        )


@exercise("01.3d")
def order(Node, in_order):
    """in_order(root): every inner node below root once, after its inputs."""
    _first_step(Node)
    twins = Node(4.0, (_ladder(Node, 1)[-1], _ladder(Node, 1)[-1]), (1.0, 1.0))
    for root in (_diamond(Node)[-1], _ladder(Node, 12)[-1], twins):
        found, places = list(call(in_order, root)), {}
        for place, found_node in enumerate(found):
            if id(found_node) in places:
                raise Wrong(
                    f"a node with the data {found_node.data:g} is in the list twice."
                )
            places[id(found_node)] = place
        inner = _inner(root)
        if missing := [n for n in inner if id(n) not in places]:
            raise Wrong(
                f"the node with the data {missing[0].data:g} is not in the list."
            )
        for n in inner:
            if any(places.get(id(i), -1) > places[id(n)] for i in n.inputs):
                raise Wrong(
                    f"the node with the data {n.data:g} comes before one of its inputs."
                )


@exercise("01.3e")
def the_pass(Node, backward):
    """backward(root): leaves add up, inner nodes start from 0."""
    _first_step(Node)
    a, b, *_, e = _diamond(Node)
    backward(e)
    if not close(a.grad, 14.0):
        raise Wrong(
            f"in the diamond of this notebook your a.grad is {a.grad:g}; the nudge says 14."
        )
    backward(e)
    if not close(b.grad, 7.0):
        raise Wrong(
            f"after a second pass, the inner node b has the gradient {b.grad:g}; wanted is 7."
        )
    if not close(a.grad, 28.0):
        raise Wrong(
            f"after a second pass, the leaf a has the gradient {a.grad:g}; wanted is 28."
        )
    leaf, *_, root = _ladder(Node, 12)
    backward(root)
    if not close(leaf.grad, 4096.0):
        raise Wrong(
            f"doubled twelve times, a leaf has the gradient {leaf.grad:g}; wanted is 4096."
        )


def _first_step(Node):
    try:
        node(Node)
    except Wrong:
        raise Wrong(
            "the first step comes first: Node is not finished."
        ) from None


def _diamond(Node):
    a, k = Node(1.0), [Node(2.0), Node(3.0), Node(4.0)]
    b = Node(2.0, (a, k[0]), (2.0, 1.0))
    c, d = Node(6.0, (b, k[1]), (3.0, 2.0)), Node(8.0, (b, k[2]), (4.0, 2.0))
    return a, b, c, d, Node(14.0, (c, d), (1.0, 1.0))


def _ladder(Node, steps):
    nodes = [Node(1.0)]
    for _ in range(steps):
        nodes.append(
            Node(2 * nodes[-1].data, (nodes[-1], nodes[-1]), (1.0, 1.0))
        )
    return nodes


def _inner(root):
    found, stack = {}, [root]
    while stack:
        n = stack.pop()
        if n.inputs and id(n) not in found:
            found[id(n)] = n
            stack += n.inputs
    return list(found.values())
