"""From a graph to a program: the engine's work as straight-line Python.

`compile_graph(loss, parameters)` follows the graph of `loss` once, and writes
down what was computed, and then the chain rule all the way back, as the source
of one function. The function has no objects, no loops and no order to find. It
does the engine's operations in the engine's order, so its numbers are the
engine's to the last bit. To compile derivatives is an old idea
(Speelpenning, 1980).
"""

from __future__ import annotations

import keyword
import textwrap
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from .engine import Value, topological_order

# How an operation is written, and then its local derivative for each input.
# {a} and {b} are the inputs, {out} is the result, and {n} an exponent.
OPERATIONS = {
    "+": ("{a} + {b}", "1.0", "1.0"),
    "-": ("{a} - {b}", "1.0", "-1.0"),
    "*": ("{a} * {b}", "{b}", "{a}"),
    "/": ("{a} / {b}", "1 / {b}", "-{a} / {b} / {b}"),
    "**": ("pow({a}, {n})", "{n} * pow({a}, {n} - 1)"),
    "**0": ("pow({a}, 0.0)", "0.0"),
    "exp": ("exp({a})", "{out}"),
    "log": ("log({a})", "1 / {a}"),
    "ReLU": ("0.0 if {a} <= 0 else {a}", "0.0 if {a} <= 0 else 1.0"),
    "tanh": ("tanh({a})", "1 - {out}**2"),
}
# `repr` writes inf and nan as names.
FROM_MATH = ("exp", "inf", "log", "nan", "pow", "tanh")
RESERVED = (*FROM_MATH, "float", "map", "parameters", "inputs")
WIDTH = 60  # of a list of names
TERMS = 8  # in a line


class CompiledGraph:
    """A function that returns a value and its gradients.

    Attributes:
        source: The function, as Python.
    """

    def __init__(self, source: str):
        self.source = source
        names: dict[str, Any] = {}
        exec(source, names)  # noqa: S102 (we wrote it)
        self._function = names["value_and_gradients"]

    def __call__(self, *numbers: Iterable[float]) -> tuple[float, list[float]]:
        """Return the value, and its gradient for each of the parameters.

        Args:
            *numbers: A list with a number for each of the parameters; and
                then, if there are inputs, one with a number for each of them.

        Raises:
            TypeError, ValueError: If something else comes.
            ValueError, ArithmeticError: If there is no finite real result, as
                in the engine. A note says in which line.
        """
        try:
            value, gradients = self._function(*numbers)
        except (ArithmeticError, ValueError) as error:
            *_, (_, number) = traceback.walk_tb(error.__traceback__)
            line = self.source.splitlines()[number - 1].strip()
            error.add_note(f"in the line: {line}")
            raise
        # The engine's sums begin with 0.0, so none of its gradients is -0.0.
        return value, [0.0 + gradient for gradient in gradients]

    def __repr__(self) -> str:
        return f"CompiledGraph({len(self.source.splitlines())} lines)"


def compile_graph(
    root: Value, parameters: Sequence[Value], inputs: Sequence[Value] = ()
) -> CompiledGraph:
    """The graph of `root`, forwards and backwards, as one function.

    The function takes a number for each of the parameters, and for each of the
    inputs, if there are any. All other leaves are written into it with the
    numbers that they have now. Whatever it is given, it does the operations of
    this graph: if your own code chose them with an `if`, it knows nothing of
    the other way.

    Args:
        root: What the function computes.
        parameters: The leaves whose gradients are wanted.
        inputs: Further leaves that change from call to call.

    Raises:
        ValueError: If `root` is a leaf; if a parameter or input is not a leaf
            of the graph, or is given twice; or if there is a node that no
            operation of `Value` made.
    """
    order = topological_order(root)
    if not order:
        raise ValueError(f"{root} is a leaf, so there is nothing to compile")
    leaves = {id(x): x for node in order for x in node._prev if not x._prev}
    for node in [*parameters, *inputs]:
        if leaves.pop(id(node), None) is None:
            raise ValueError(
                f"{node}, with the label {node.label!r}, is not a leaf of the "
                "graph, or is given twice"
            )
    constants = {key: repr(float(x.data)) for key, x in leaves.items()}
    uses = Counter(id(x) for node in order for x in node._prev)
    inlined = _inlined(order, uses)
    named = [node for node in order if id(node) not in inlined]
    names = constants | _names(parameters, inputs, named)

    lines = [f"{_list(parameters, names)} = map(float, parameters)"]
    if inputs:
        lines.append(f"{_list(inputs, names)} = map(float, inputs)")
    lines += ["# forwards", *_forwards(order, names)]
    lines += ["# backwards", *_backwards(order, names, uses, parameters)]
    gradients = _list(parameters, names, "d_")
    arguments = "parameters, inputs" if inputs else "parameters"
    lines.append(f"return {names[id(root)]}, {gradients}")
    head = (
        f"from math import {', '.join(FROM_MATH)}\n\n\n"
        f"def value_and_gradients({arguments}):\n"
    )
    body = textwrap.indent("\n".join(lines), "    ")
    return CompiledGraph(f"{head}{body}\n")


def _names(
    parameters: Sequence[Value], inputs: Sequence[Value], order: list[Value]
) -> dict[int, str]:
    """The name of each node, by its id.

    It is the node's label if that can be a name, with a number if the name is
    taken. Without a label it is p, x or v, and a number.
    """
    names = {}
    taken = set(RESERVED)
    numbers: Counter[str] = Counter()
    for letter, nodes in ("p", parameters), ("x", inputs), ("v", order):
        for node in nodes:
            name = label = node.label if _can_be_a_name(node.label) else ""
            stem = f"{label}_" if label else letter
            while not name or name in taken:
                numbers[stem] += 1
                name = f"{stem}{numbers[stem]}"
            taken.add(name)
            names[id(node)] = name
    return names


def _can_be_a_name(label: str) -> bool:
    """Whether it can be a variable; d_ begins the names of gradients."""
    return (
        label.isascii()
        and label.isidentifier()
        and not keyword.iskeyword(label)
        and not label.startswith("d_")
    )


def _list(
    nodes: Sequence[Value], names: dict[int, str], prefix: str = ""
) -> str:
    """The names of the nodes as a list in Python, on several lines if long."""
    items = ", ".join(prefix + names[id(node)] for node in nodes)
    return "\n".join(textwrap.wrap(f"[{items}]", WIDTH))


def _inlined(order: list[Value], uses: Counter[int]) -> set[int]:
    """The nodes that are written into the line of the sum that uses them.

    A sum hands its gradient on, and no local derivative of it needs the numbers
    that were added. So a sum or a product that nothing else uses needs neither
    a line nor a name, unless it has a label, or the line grows too long.
    """
    inlined = set()
    terms = {}
    for node in order:
        terms[id(node)] = 1
        added = {"+": node._prev, "-": node._prev[:1]}.get(node._op, ())
        for x in added:
            if (
                x._op in ("+", "-", "*", "/")
                and not x.label
                and uses[id(x)] == 1
                and terms[id(node)] + terms[id(x)] <= TERMS
            ):
                inlined.add(id(x))
                terms[id(node)] += terms[id(x)]
    return inlined


def _forwards(order: list[Value], names: dict[int, str]) -> list[str]:
    """A line for each node that has a name, after those of its inputs.

    Those without get their code as a name.
    """
    lines = []
    for node in order:
        result, *_ = _code(node, names)
        if id(node) in names:
            lines.append(f"{names[id(node)]} = {result}")
        else:
            names[id(node)] = result
    return lines


def _backwards(
    order: list[Value],
    names: dict[int, str],
    uses: Counter[int],
    parameters: Sequence[Value],
) -> list[str]:
    """The chain rule at each node on the way from the root to a parameter."""
    needed = {id(node) for node in parameters}
    for node in order:
        if any(id(x) in needed for x in node._prev):
            needed.add(id(node))
    root = order[-1]
    gradients = {id(root): f"d_{names[id(root)]}"}
    lines = [f"{gradients[id(root)]} = 1.0"]
    for node in reversed(order):
        for x, local in zip(node._prev, _code(node, names)[1:]):
            if id(x) not in needed:
                continue
            share = _product(local, gradients[id(node)])
            if id(x) in gradients:
                lines.append(f"{gradients[id(x)]} += {share}")
            elif local == "1.0" and x._prev and uses[id(x)] == 1:
                gradients[id(x)] = share  # handed on, so it needs no name
            else:
                gradients[id(x)] = f"d_{names[id(x)]}"
                lines.append(f"{gradients[id(x)]} = {share}")
    return lines


def _product(local: str, gradient: str) -> str:
    """local * gradient, as one would write it."""
    if local == "1.0":
        return gradient
    if local == "-1.0":
        return f"-{gradient}"
    return (
        f"({local}) * {gradient}" if " " in local else f"{local} * {gradient}"
    )


def _code(node: Value, names: dict[int, str]) -> list[str]:
    """How a node is computed, and its local derivatives.

    Raises:
        ValueError: If no operation of `Value` made it.
    """
    operation = node._op
    exponent = 0.0
    if operation.startswith("**"):
        exponent = float(operation[2:])
        operation = "**" if exponent else "**0"
    templates = OPERATIONS.get(operation, ())
    own_rule = getattr(node._backward, "__self__", None) is not node
    if own_rule or len(templates) != 1 + len(node._prev):
        raise ValueError(
            f"{node}, made by {node._op!r}, has a rule that is not known here; "
            f"known are {list(OPERATIONS)}"
        )
    a, b = [*(names[id(x)] for x in node._prev), ""][:2]
    if " " in b and node._prev[1]._op in ("+", "-"):
        b = f"({b})"
    out = names.get(id(node), "")
    return [t.format(a=a, b=b, out=out, n=exponent) for t in templates]
