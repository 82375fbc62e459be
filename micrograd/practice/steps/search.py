"""The search for the topological order as steps, one call at a time.

It is this function, made to tell what it does:

    def search(node):
        if node in seen or not node._prev:
            return
        seen.add(node)
        for x in node._prev:
            search(x)
        order.append(node)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...engine import Value
from .passes import Passes, Step

NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


class Search:
    """The search through the graph of a node, from that node on."""

    def __init__(self, passes: Passes):
        self.order: list[Value] = []
        self._passes = passes
        self._seen: set[int] = set()
        self._waiting: list[Value] = []

    def steps(self) -> Iterator[Step]:
        """The steps, each taken when it is asked for."""
        yield from self._search(self._passes.root)
        yield self._step(
            "Complete: each node in the list comes after its inputs. The "
            "backward pass reads the list from its end."
        )

    def found(self) -> str:
        """The names of the nodes in the list, as it is now."""
        return self._names(self.order) or "empty"

    def _search(self, node: Value) -> Iterator[Step]:
        name = self._passes.name(node)
        if id(node) in self._seen:
            yield self._step(f"{name} has been visited already: skip it.", node)
            return
        if not node._prev:
            text = f"{name} is a leaf: it has no inputs to pass anything on to."
            yield self._step(text, node, "leaf")
            return
        self._seen.add(id(node))
        yield self._step(f"Visit {name}: {self._inputs(node)}.", node)
        self._waiting.append(node)
        for x in node._prev:
            yield from self._search(x)
        self._waiting.pop()
        self.order.append(node)
        done = f"All inputs of {name} are done"
        if len(node._prev) == 1:
            done = f"The input of {name} is done"
        text = f"{done}, so {name} joins the list."
        yield self._step(text, node, f"no. {len(self.order)}")

    def _inputs(self, node: Value) -> str:
        """What a node waits for, in words."""
        *others, last = node._prev
        name = self._passes.name(last)
        if not others:
            return f"it has one input, {name}, so that comes first"
        number = NUMBERS.get(len(node._prev), len(node._prev))
        names = f"{self._names(others)} and {name}"
        return f"it has {number} inputs, {names}, so they come first"

    def _names(self, nodes: Sequence[Value]) -> str:
        return ", ".join(map(self._passes.name, nodes))

    def _step(
        self, text: str, node: Value | None = None, note: str = ""
    ) -> Step:
        return Step(
            "search",
            f"{text}\nThe list: {self.found()}",
            nodes=[node] if node else [],
            notes=[(node, note)] if node and note else [],
            waiting=tuple(self._waiting),
            done=tuple(self.order),
        )
