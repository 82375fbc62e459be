"""Both passes over a graph as steps, one node at a time.

The forward pass is read from the nodes. The backward pass is run, by the
nodes' own `_backward`, so that what is shown is what the engine does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import NamedTuple

from ...engine import Value, format_number, topological_order


class Step(NamedTuple):
    """One step of a pass, or of a search.

    Attributes:
        way: "forward", "backward" or "search".
        text: What happens, in words and numbers.
        nodes: The nodes that the step is about.
        operations: The nodes whose operation is used.
        notes: Nodes with what is new below their data.
        waiting: The nodes whose turn comes later, in a search.
        done: The nodes that the search has put into its list.
    """

    way: str
    text: str
    nodes: Sequence[Value] = ()
    operations: Sequence[Value] = ()
    notes: Sequence[tuple[Value, str]] = ()
    waiting: Sequence[Value] = ()
    done: Sequence[Value] = ()


class Passes:
    """The two passes over the graph of `root`."""

    def __init__(self, root: Value):
        self.root = root
        self.inner = topological_order(root)
        self.leaves = _leaves(root, self.inner)
        self._names = _names(self.leaves + self.inner)

    def name(self, node: Value) -> str:
        """Its label in one line, or v1, v2, ... in the order of the pass."""
        return self._names[id(node)]

    @contextmanager
    def zero_gradients(self) -> Iterator[None]:
        """Let gradients start from 0 in a block, and restore them after it."""
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
        """The steps of both passes, each taken when it is asked for."""
        values = ", ".join(
            f"{self.name(leaf)} = {format_number(leaf.data)}"
            for leaf in self.leaves
        )
        yield Step(
            "forward", f"Each leaf holds its value:\n{values}", self.leaves
        )
        for node in self.inner:
            yield Step("forward", self._computation(node), [node], [node])
        yield self._start(self.root)
        for node in reversed(self.inner):
            yield self._hand_on(node)
        yield Step(
            "backward",
            f"Complete. Each leaf has its gradient:\n{self.gradients()}",
        )

    def gradients(self) -> str:
        """The gradients of the leaves, as they are now."""
        return ", ".join(
            f"{self.grad_of(leaf)} = {format_number(leaf.grad)}"
            for leaf in self.leaves
        )

    def grad_of(self, node: Value) -> str:
        """How its gradient is written, such as u.grad."""
        return f"{_in_brackets(self.name(node), 0)}.grad"

    def _computation(self, node: Value) -> str:
        names = [self.name(x) for x in node._prev]
        numbers = [format_number(x.data) for x in node._prev]
        return " = ".join(
            [
                self.name(node),
                applied(node._op, names),
                applied(node._op, numbers),
                format_number(node.data),
            ]
        )

    def _start(self, root: Value) -> Step:
        root.grad += 1.0
        text = (
            f"{self.grad_of(root)} = 1: the result changes exactly as much "
            "as itself"
        )
        return Step("backward", text, [root], notes=[_grad_note(root)])

    def _hand_on(self, node: Value) -> Step:
        text = [f"{self.name(node)} passes on {format_number(node.grad)}:"]
        for x, effect in effects(node):
            text.append(f"{self.grad_of(x)} {effect}")
        notes = [_grad_note(x) for x in node._prev]
        return Step("backward", "\n".join(text), [node], [node], notes)


def effects(node: Value) -> list[tuple[Value, str]]:
    """Run the rule of a node, and tell what it does to each of its inputs.

    The chain rule is written out where it explains what the rule did. Of a
    rule that does something else, only the effect can be told.

    Returns:
        Inputs, and what happened to the grad of each.
    """
    before = {id(x): x.grad for x in node._prev}
    grad = node.grad
    node._backward()

    expected = dict(before)
    written_out = []
    for x, local in zip(node._prev, node._local):
        expected[id(x)] += local * grad
        share = f"{format_number(local)} * {format_number(grad)}"
        total = format_number(expected[id(x)])
        written_out.append((x, f"+= {share}, so {total}"))

    inputs = list({id(x): x for x in node._prev}.values())
    explained = all(
        format_number(expected[id(x)]) == format_number(x.grad) for x in inputs
    )
    if written_out and explained:
        return written_out
    told = []
    for x in inputs:
        old, new = format_number(before[id(x)]), format_number(x.grad)
        told.append((x, f"was {old}, and is {new}"))
    return told


def applied(operation: str, words: Sequence[str]) -> str:
    """An operation with these words for its inputs.

    It is written as x + y, x**2, or operation(x, y).
    """
    if operation in ("+", "-", "*", "/") and len(words) == 2:
        return f" {operation} ".join(_in_brackets(word) for word in words)
    if operation.startswith("**") and len(words) == 1:
        return _in_brackets(words[0], 0) + operation
    name = " ".join(operation.split()) or "?"
    return f"{name}({', '.join(words)})"


def _grad_note(node: Value) -> tuple[Value, str]:
    return node, f"grad {format_number(node.grad)}"


def _in_brackets(word: str, start: int = 1) -> str:
    """The word, in brackets if an operator in it could be mistaken for ours.

    An operator before the place `start` does not count, such as a sign.
    """
    if set("+-*/ ") & set(word[start:]):
        return f"({word})"
    return word


def _leaves(root: Value, inner: Sequence[Value]) -> list[Value]:
    """The leaves of the graph, in the order in which they are first used."""
    used = [x for node in inner for x in node._prev] or [root]
    return list({id(x): x for x in used if not x._prev}.values())


def _names(nodes: Sequence[Value]) -> dict[int, str]:
    """A name for each node, by its id."""
    labels = [" ".join(str(node.label or "").split()) for node in nodes]
    free = (name for i in count(1) if (name := f"v{i}") not in labels)
    return {id(node): label or next(free) for node, label in zip(nodes, labels)}
