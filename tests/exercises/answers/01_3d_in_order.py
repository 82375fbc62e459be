from dataclasses import dataclass

from micrograd.practice import check_exercise


class Node:
    def __init__(self, data, inputs=(), local=()):
        self.data, self.inputs, self.local = data, inputs, local
        self.grad = 0.0


# Recursion that asks the list itself; the leaves are in it.
# expect: done
def in_order(root):
    order = []

    def visit(node):
        if node not in order:
            for x in node.inputs:
                visit(x)
            order.append(node)

    visit(root)
    return order


check_exercise("01.3d", Node, in_order)


# A stack, without the leaves.
# expect: done
def in_order(root):
    order, seen, stack = [], set(), [root]
    while stack:
        node = stack.pop()
        if node is None:
            order.append(stack.pop())
        elif node.inputs and node not in seen:
            seen.add(node)
            stack += (node, None, *node.inputs)
    return order


check_exercise("01.3d", Node, in_order)


# expect: done
def in_order(root, seen=None):
    seen = set() if seen is None else seen
    if root not in seen:
        seen.add(root)
        for x in root.inputs:
            yield from in_order(x, seen)
        yield root


check_exercise("01.3d", Node, in_order)


# The root first.
# expect: not yet: the node with the data 14 comes before one of its inputs.
def in_order(root):
    order = []

    def visit(node):
        if node not in order:
            order.append(node)
            for x in node.inputs:
                visit(x)

    visit(root)
    return order


check_exercise("01.3d", Node, in_order)


# Nothing remembers where it has been.
# expect: not yet: a node with the data 1 is in the list twice.
def in_order(root):
    order = []
    for x in root.inputs:
        order += in_order(x)
    return [*order, root]


check_exercise("01.3d", Node, in_order)


# The root is left out.
# expect: not yet: the node with the data 14 is missing from the list.
def in_order(root):
    order = []

    def visit(node):
        for x in node.inputs:
            if x not in order:
                visit(x)
                order.append(x)

    visit(root)
    return order


check_exercise("01.3d", Node, in_order)


# expect: not yet: in_order(14) raised AttributeError
def in_order(root):
    return root.order()


check_exercise("01.3d", Node, in_order)


# A dataclass that is equal only to itself.
# expect: done
@dataclass(eq=False)
class Node:
    data: float
    inputs: tuple = ()
    local: tuple = ()
    grad: float = 0.0


def in_order(root):
    order = []

    def visit(node):
        if node not in order:
            for x in node.inputs:
                visit(x)
            order.append(node)

    visit(root)
    return order


check_exercise("01.3d", Node, in_order)


# A dataclass that is equal to every other with the same numbers in it.
# expect: not yet: the node with the data 2 is missing from the list.
@dataclass
class Node:
    data: float
    inputs: tuple = ()
    local: tuple = ()
    grad: float = 0.0


def in_order(root):
    order = []

    def visit(node):
        if node not in order:
            for x in node.inputs:
                visit(x)
            order.append(node)

    visit(root)
    return order


check_exercise("01.3d", Node, in_order)
