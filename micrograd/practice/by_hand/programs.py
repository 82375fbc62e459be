"""Random expressions whose nodes are used again and again.

A program is a list of steps (operation, i, j); each appends
operation(nodes[i], nodes[j]) to the nodes, which begin with the inputs. The
same program runs on floats, on Values, and on the numbers of other engines;
only `exp` and the like are spelt differently. The drill shows such graphs, and
the tests check the engine on them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Step = tuple[str, int, int]

OPERATIONS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "add": lambda a, b, m: a + b,
    "subtract": lambda a, b, m: a - b,
    "multiply": lambda a, b, m: a * b,
    "divide": lambda a, b, m: a / (b * b + 1),
    "divide a number": lambda a, b, m: 1.5 / (a * a + 1) - b,
    "negate": lambda a, b, m: -a,
    "square": lambda a, b, m: a**2,
    "cube": lambda a, b, m: a**3,
    "root": lambda a, b, m: (a * a + 0.25) ** 0.5,
    "exp": lambda a, b, m: m.exp(m.tanh(a)),
    "log": lambda a, b, m: m.log(a * a + 1),
    "relu": lambda a, b, m: m.relu(a),
    "tanh": lambda a, b, m: m.tanh(a),
}


def choose_step(
    pick: Callable[[int], int], names: Sequence[str], known: int
) -> Step:
    """The next step of a program, from three choices.

    Args:
        pick: Returns a whole number from 0 up to, but not, its argument.
        names: The operations to choose from.
        known: How many nodes there are before the step.
    """
    return names[pick(len(names))], pick(known), pick(known)


def run(steps: Sequence[Step], inputs: Sequence[Any], functions: Any) -> list:
    """All nodes of a program: its inputs, and what each step appends.

    Args:
        steps: The program.
        inputs: Floats, Values, or other numbers.
        functions: What has `exp`, `log`, `relu` and `tanh` for such numbers.
    """
    nodes = list(inputs)
    for name, i, j in steps:
        nodes.append(OPERATIONS[name](nodes[i], nodes[j], functions))
    return nodes
