"""Both passes over a graph as steps, a node at a time: `Passes(root).steps()`. The forward pass is
read from the nodes; the backward pass is run, by their own `_backward`: the engine is shown."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import NamedTuple

from ..engine import Value, topological_order


class Step(NamedTuple):
    """The pass, the text, the nodes it is about, those whose operation is used, the new grads."""

    way: str
    text: str
    nodes: Sequence[Value] = ()
    operations: Sequence[Value] = ()
    grads: Sequence[tuple[Value, str]] = ()


class Passes:
    """The graph of root: its leaves, its inner nodes in topological order, and a name for each."""

    def __init__(self, root: Value):
        self.root, self.inner = root, topological_order(root)
        used = [child for node in self.inner for child in node._prev] or [root]
        self.leaves = list(
            {id(node): node for node in used if not node._prev}.values()
        )
        labels = {
            id(x): " ".join(str(x.label or "").split())
            for x in self.leaves + self.inner
        }
        free = (
            name for i in count(1) if (name := f"v{i}") not in labels.values()
        )
        self._names = {
            key: label or next(free) for key, label in labels.items()
        }

    def name(self, node: Value) -> str:
        """Its label, in one line, or v1, v2, ... in the order of the forward pass."""
        return self._names[id(node)]

    @contextmanager
    def zero_gradients(self):
        """Inside, gradients start from 0; afterwards each node has its own again."""
        nodes = self.leaves + self.inner
        kept = [node.grad for node in nodes]
        try:
            for node in nodes:
                node.grad = 0.0
            yield
        finally:
            for node, grad in zip(nodes, kept):
                node.grad = grad

    def steps(self) -> Iterator[Step]:
        """The steps, each taken when it is asked for."""
        values = ", ".join(
            f"{self.name(leaf)} = {number(leaf.data)}" for leaf in self.leaves
        )
        yield Step(
            "forward", f"Each leaf holds its value:\n{values}", self.leaves
        )
        for node in self.inner:
            yield Step("forward", self._computed(node), [node], [node])
        yield self._seed(self.root)
        for node in reversed(self.inner):
            yield self._passed_on(node)
        yield Step(
            "backward",
            f"Complete. Each leaf has its gradient:\n{self.gradients()}",
        )

    def gradients(self) -> str:
        """The gradients of the leaves, as they are now."""
        return ", ".join(
            f"{self._grad(leaf)} = {number(leaf.grad)}" for leaf in self.leaves
        )

    def _grad(self, node):
        return f"{closed(self.name(node), 0)}.grad"

    def _computed(self, node):
        names = applied(node._op, [self.name(child) for child in node._prev])
        numbers = applied(
            node._op, [number(child.data) for child in node._prev]
        )
        return f"{self.name(node)} = {names} = {numbers} = {number(node.data)}"

    def _seed(self, root):
        root.grad += 1.0
        text = f"{self._grad(root)} = 1.000: the result changes exactly as much as itself"
        return Step("backward", text, [root], grads=[(root, number(root.grad))])

    def _passed_on(self, node):
        title = f"{self.name(node)} passes on {number(node.grad)}:"
        lines = [
            f"{self._grad(child)} += {share}, so {total}"
            for child, share, total in shares(node)
        ]
        grads = [(child, number(child.grad)) for child in node._prev]
        return Step(
            "backward", "\n".join([title, *lines]), [node], [node], grads
        )


def shares(node: Value) -> list[tuple[Value, str, str]]:
    """Run the node's rule. For each input: what its grad grew by, and the sum. The chain rule is
    written out where it gives these sums; of another rule only the effect can be seen."""
    grad, before = node.grad, {id(child): child.grad for child in node._prev}
    node._backward()
    sums, lines = dict(before), []
    for child, local in zip(node._prev, node._local):
        sums[id(child)] += local * grad
        lines.append(
            (
                child,
                f"{number(local)} * {number(grad)}",
                number(sums[id(child)]),
            )
        )
    inputs = {id(child): child for child in node._prev}.values()
    if lines and all(
        number(sums[id(child)]) == number(child.grad) for child in inputs
    ):
        return lines
    return [(x, number(x.grad - before[id(x)]), number(x.grad)) for x in inputs]


def applied(op: str, words: list[str]) -> str:
    """The operation, written with these words for its inputs: x + y, x**2, or op(x, y)."""
    if op in ("+", "-", "*", "/") and len(words) == 2:
        return f" {op} ".join(map(closed, words))
    if op.startswith("**") and len(words) == 1:
        return closed(words[0], 0) + op
    return f"{' '.join(op.split()) or '?'}({', '.join(words)})"


def closed(word: str, start: int = 1) -> str:
    """In brackets if an operator in it, from this place on, could be taken for ours."""
    return f"({word})" if set("+-*/ ") & set(word[start:]) else word


def number(x: float) -> str:
    """Three digits after the point; z: a zero that came out negative is a zero."""
    return f"{x:z.3f}"
