"""The graph behind a Value, for looking at it: `print_graph(root)` writes a line for each node."""
from .engine import Value


def print_graph(root: Value):
    """Print root and, indented below it, the nodes it was computed from, down to the leaves.

    A line says: [operation] label data grad. Where a node appears again, its inputs do not.
    """
    if not isinstance(root, Value):
        raise TypeError(f"print_graph needs a Value, not {type(root).__name__}: {root!r}")
    seen, stack = set(), [(root, 0)]
    while stack:
        node, level = stack.pop()
        again = id(node) in seen
        print("  " * level + _line(node) + " (see above)" * again)
        if not again:
            seen.add(id(node))
            stack += [(child, level + 1) for child in reversed(node._prev)]


def _line(node: Value) -> str:
    words = [f"[{node._op}]"] * bool(node._op) + [node.label] * bool(node.label)
    return " ".join([*words, f"data={node.data:.3f}", f"grad={node.grad:.3f}"])
