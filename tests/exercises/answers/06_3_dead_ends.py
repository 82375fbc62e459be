from micrograd.engine import topological_order
from micrograd.practice import check_exercise


# From the end to the start.
# expect: done
def dead_ends(root):
    return [
        node
        for node in reversed(topological_order(root))
        if node.grad and not any(x.grad for x in node._prev)
    ]


check_exercise("06.3", dead_ends)


# A search of its own, one by one.
# expect: done
def dead_ends(root, seen=None):
    seen = set() if seen is None else seen
    if root._prev and root not in seen:
        seen.add(root)
        for x in root._prev:
            yield from dead_ends(x, seen)
        if root.grad and sum(x.grad**2 for x in root._prev) == 0:
            yield root


check_exercise("06.3", dead_ends)


# A set, and what is nearly 0.
# expect: done
def dead_ends(root):
    return {
        node
        for node in topological_order(root)
        if abs(node.grad) > 1e-9 > max(abs(x.grad) for x in node._prev)
    }


check_exercise("06.3", dead_ends)


# Only positive gradients.
# expect: not yet: a node that has a gradient but passes none on is
def dead_ends(root):
    return [
        node
        for node in topological_order(root)
        if node.grad > 0 and all(x.grad == 0 for x in node._prev)
    ]


check_exercise("06.3", dead_ends)


# Also where nothing arrives.
# expect: not yet: is not a dead end: its own gradient is 0.
def dead_ends(root):
    return [
        node
        for node in topological_order(root)
        if all(x.grad == 0 for x in node._prev)
    ]


check_exercise("06.3", dead_ends)


# One input without a gradient is enough.
# expect: not yet: is not a dead end: one of its inputs has a gradient.
def dead_ends(root):
    return [
        node
        for node in topological_order(root)
        if node.grad != 0 and any(x.grad == 0 for x in node._prev)
    ]


check_exercise("06.3", dead_ends)


# Without the root.
# expect: not yet: a node that has a gradient but passes none on is
def dead_ends(root):
    return [
        node
        for node in topological_order(root)[:-1]
        if node.grad != 0 and all(x.grad == 0 for x in node._prev)
    ]


check_exercise("06.3", dead_ends)


# A search that forgets where it has been.
# expect: not yet: a node is in the list twice.
def dead_ends(root):
    found = []
    for x in root._prev:
        found += dead_ends(x)
    without = root._prev and all(x.grad == 0 for x in root._prev)
    return [*found, root] if without and root.grad != 0 else found


check_exercise("06.3", dead_ends)


# Leaves have no inputs, and so none with a gradient.
# expect: not yet: is not a dead end: it is a leaf, so it has no inputs
def dead_ends(root):
    nodes = {root}
    for node in topological_order(root):
        nodes.update(node._prev)
    return [
        node
        for node in nodes
        if node.grad != 0 and all(x.grad == 0 for x in node._prev)
    ]


check_exercise("06.3", dead_ends)


# The names of the operations.
# expect: not yet: must be a Value, and 'ReLU' is not one.
def dead_ends(root):
    return [
        node._op
        for node in topological_order(root)
        if node.grad != 0 and all(x.grad == 0 for x in node._prev)
    ]


check_exercise("06.3", dead_ends)
