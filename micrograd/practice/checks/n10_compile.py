"""Notebook 10: lines of a program, a graph played again, and equal forms."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ...compile import compile_graph
from ...engine import Value, topological_order
from .answer import Check, Wrong, as_number, call, close, run, shortened


def count_the_lines(
    lines_for_x: object, value: object, slope_of_x: object
) -> None:
    """10.1: x * x + x, compiled: the lines that begin with d_x, and numbers."""
    x = Value(3.0, label="x")
    program = compile_graph(x * x + x, [x])
    right_value, [right_slope] = program([3.0])
    right_lines = 0
    for line in program.source.splitlines():
        if line.strip().startswith("d_x"):
            right_lines += 1
    if as_number(lines_for_x, "the number of lines") != right_lines:
        raise Wrong(
            f"the number of lines is not {lines_for_x}: how many edges leave x?"
        )
    if not close(as_number(value, "the value"), right_value):
        raise Wrong(f"the value at 3 is not {value}.")
    if not close(as_number(slope_of_x, "the slope"), right_slope):
        raise Wrong(
            f"the slope at 3 is not {slope_of_x}: add up what all the lines "
            f"for x bring."
        )


def replay(function: Any) -> None:
    """10.2: new data and local derivatives for the nodes of a graph."""
    for build, before, after in (
        (gate, (2.0, -3.0, 10.0), (4.0, -1.0, 10.0)),
        (gate, (2.0, -3.0, 10.0), (2.0, -3.0, 5.0)),
        (gate, (2.0, -3.0, 5.0), (2.0, 3.0, 1.0)),
        (gate, (2.0, -3.0, 10.0), (2.0, -3.0, 6.0)),
        (gate, (2.0, -3.0, 5.0), (2.0, -3.0, 6.5)),
        (reused, (1.0, 2.0, 0.5), (-2.0, 5.0, 1.0)),
        (reused, (-2.0, 5.0, 1.0), (1.0, 2.0, 0.5)),
    ):
        leaves = [Value(number) for number in before]
        root = build(*leaves)
        nodes = topological_order(root)
        for leaf, number in zip(leaves, after):
            leaf.data = number
        with new_nodes() as made:
            run(function, root)
        if [leaf.data for leaf in leaves] != list(after):
            raise Wrong(
                "a leaf has changed: it is not computed from anything, so "
                "its number has to stay."
            )
        new_graph = build(*[Value(number) for number in after])
        for node, new in zip(nodes, topological_order(new_graph)):
            check_node(node, new, after)
        if made:
            raise Wrong(
                f"the numbers are right, but it makes new nodes, {len(made)} "
                f"of them: compute with data, and not with Values."
            )


def gate(a: Value, b: Value, c: Value) -> Value:
    """f = relu(a * b + c); a label says how its node is computed."""
    e = a * b
    d = e + c
    f = d.relu()
    e.label, d.label, f.label = "a * b", "a * b + c", "relu(a * b + c)"
    return f


def reused(a: Value, b: Value, c: Value) -> Value:
    """s * s + relu(s) * b for s = a * 3 + a + c: a and s have several uses."""
    triple = a * 3
    four = triple + a
    s = four + c
    square = s * s
    positive = s.relu()
    product = positive * b
    total = square + product
    triple.label = "a * 3"
    four.label = "a * 3 + a"
    s.label = "s = a * 3 + a + c"
    square.label = "s * s, for s = a * 3 + a + c"
    positive.label = "relu(s), for s = a * 3 + a + c"
    product.label = "relu(s) * b, for s = a * 3 + a + c"
    total.label = "s * s + relu(s) * b, for s = a * 3 + a + c"
    return total


def check_node(node: Value, new: Value, leaves: tuple[float, ...]) -> None:
    """Compare a node that was played again with that of a new graph."""
    numbers = ", ".join(f"{number:g}" for number in leaves)
    where = f"of {new.label}, for a, b, c = {numbers},"
    data = as_number(node.data, f"the data {where}")
    if not close(data, new.data):
        raise Wrong(f"the data {where} should be {new.data:g}, not {data:g}.")
    local = node._local
    if not isinstance(local, (tuple, list)) or len(local) != len(new._local):
        raise Wrong(
            f"_local {where} should be a tuple of length "
            f"{len(new._local)}, not "
            f"{shortened(local)}."
        )
    for found, wanted in zip(local, new._local):
        if not close(as_number(found, "a local derivative"), wanted):
            raise Wrong(
                f"the data {where} are right, but _local should be "
                f"{new._local}, not {shortened(local)}."
            )


@contextmanager
def new_nodes() -> Iterator[list[Value]]:
    """Collect the Values that are made in a block."""
    made = []
    init = Value.__init__

    def collect(self: Value, *args: Any, **kwargs: Any) -> None:
        made.append(self)
        init(self, *args, **kwargs)

    Value.__init__ = collect  # type: ignore[method-assign]
    try:
        yield made
    finally:
        Value.__init__ = init  # type: ignore[method-assign]


def same_form(function: Any) -> None:
    """10.3: whether two graphs are put together in the same manner."""
    x, y, z = Value(2.0), Value(2.0), Value(-3.0)
    u, v, w = Value(-1.0), Value(4.0), Value(4.0)
    s = x + y
    for one, a, other, b, wanted in (
        ("x * y", x * y, "u * v", u * v, True),
        ("x * y", x * y, "u + v", u + v, False),
        ("x * y", x * y, "x * x", x * x, False),
        ("x * x", x * x, "x * y", x * y, False),
        ("x * x", x * x, "u * u", u * u, True),
        ("x * y", x * y, "y * x", y * x, True),
        ("x * y", x * y, "y * z", y * z, True),
        ("relu(x)", x.relu(), "relu(u)", u.relu(), True),
        ("x * y + z", x * y + z, "u * v + z", u * v + z, True),
        ("x * y + z", x * y + z, "u + v * z", u + v * z, False),
        ("x * y + x", x * y + x, "x * y + y", x * y + y, False),
        ("x * y + z", x * y + z, "x * y + y", x * y + y, False),
        ("x * y + y", x * y + y, "x * y + z", x * y + z, False),
        ("x * y + y", x * y + y, "u * v + w", u * v + w, False),
        ("u * v + w", u * v + w, "x * y + y", x * y + y, False),
        ("(x + y) * 2", s * 2, "(u + v) * 3", (u + v) * 3, True),
        (
            "s * s with s = x + y",
            s * s,
            "(x + y) * (x + y)",
            s * (x + y),
            False,
        ),
        (
            "(x + y) * (x + y)",
            s * (x + y),
            "s * s with s = x + y",
            s * s,
            False,
        ),
        ("x", x, "u", u, True),
        ("x", x, "relu(x)", x.relu(), False),
        ("relu(x)", x.relu(), "x", x, False),
    ):
        found = call(function, a, b)
        if found not in (True, False):
            raise Wrong(
                f"it should return True or False, not {shortened(found)}."
            )
        if found != wanted:
            are = "are" if wanted else "are not"
            raise Wrong(
                f"{one} and {other} {are} built the same way, but it returns "
                f"{found}."
            )


EXERCISES: list[tuple[str, Check]] = [
    ("10.1", count_the_lines),
    ("10.2", replay),
    ("10.3", same_form),
]
