"""An expression of your own, to step through, and with a bug beside it.

`own_expression("a = 2; b = -3; a * b + tanh(a)", bug="assigns")` shows both
passes over its graph, and then the same with the bug of the zoo let loose.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from operator import methodcaller
from textwrap import fill
from typing import Any

from ..engine import Value
from ..graph import nodes
from .by_hand.be_backward import MOST, BackwardPass, be_backward
from .steps.stepper import Stepper, animate_backward
from .zoo import ZOO, Bug

WAYS: dict[str, Callable[[Value], Stepper | BackwardPass]] = {
    "steps": animate_backward,
    "by hand": be_backward,
}
# What the bugs of `backward` itself do is not seen at a single node
BUGS: dict[str, Bug] = {
    name: bug
    for name, bug in ZOO.items()
    if bug.owner is Value and bug.name != "backward"
}

# What an expression may use besides its names: tanh(a) is a.tanh()
FUNCTIONS = {
    name: methodcaller(name) for name in ("exp", "log", "relu", "tanh")
}
ONLY: dict[str, Any] = {"__builtins__": {}, **FUNCTIONS}


def own_expression(
    text: str, way: str = "steps", bug: str = ""
) -> OwnExpression:
    """The graph of an expression to step through, or to work out by hand.

    Args:
        text: Named numbers and then an expression, between semicolons, such
            as "a = 2; b = -3; a * b + tanh(a)". Steps in between may have
            names, too.
        way: "steps", or "by hand" to be the backward pass.
        bug: The name of a bug of the zoo. With one, the steps of the same
            expression come a second time, with the bug let loose, or a
            sentence says that it makes no difference.

    Raises:
        ValueError: If the text, the way or the bug is none of these, or the
            graph has more than 30 nodes.
    """
    if way not in WAYS:
        raise ValueError(f"way must be one of {list(WAYS)}, not {way!r}")
    if bug and bug not in BUGS:
        raise ValueError(
            f"bug must be one of {list(BUGS)}, which act at a single node, "
            f"not {bug!r}"
        )
    root = value_of(text)
    if (number := len(nodes(root))) > MOST:
        raise ValueError(
            f"{number} nodes are too many to look at; take an expression with "
            f"at most {MOST}"
        )
    right = WAYS[way](root)
    if not bug:
        return OwnExpression(right)
    with BUGS[bug]:
        wrong = animate_backward(value_of(text))
    differs = wrong.steps != animate_backward(value_of(text)).steps
    return OwnExpression(right, wrong if differs else None, str(BUGS[bug]))


def value_of(text: str) -> Value:
    """The Value that a text such as "a = 2; a * a" ends with.

    Raises:
        ValueError: If the text is not names with numbers and an expression.
    """
    names: dict[str, Value] = {}
    for line in text.strip("; \n").split(";"):
        name, equals, code = line.rpartition("=")
        if not equals:
            name, code = "result" if "y" in names else "y", line
        if not name.strip().isidentifier():
            raise ValueError(
                f"{name.strip()!r} is not a name. Write names with numbers, "
                "and then an expression, with ; between them"
            )
        try:
            value = eval(code.strip(), {**ONLY, **names})
            node = value if isinstance(value, Value) else Value(value)
        except Exception as error:  # noqa: BLE001 (a reader types anything)
            says = getattr(error, "msg", error)  # without a SyntaxError's place
            raise ValueError(f"{line.strip()!r} says: {says}") from None
        if not node.label:
            node.label = name.strip()
        names[name.strip()] = node
    return node


class OwnExpression:
    """The right engine's part, and the bug's, if it makes a difference."""

    def __init__(
        self,
        right: Stepper | BackwardPass,
        wrong: Stepper | None = None,
        bug: str = "",
    ):
        self.right = right
        self.wrong = wrong
        self.bug = bug

    def __repr__(self) -> str:
        parts = [repr(self.right)]
        if self.bug:
            sentence = f"And here with the bug {self._told()}"
            parts += ["", fill(sentence, 72), ""]
        if self.wrong:
            parts.append(repr(self.wrong))
        return "\n".join(parts)

    def _told(self) -> str:
        """What the bug does, and whether it makes a difference."""
        name, _, does = self.bug.partition(": ")
        same = "" if self.wrong else " Here it makes no difference."
        return f"`{name}`. {does}{same}"

    def _repr_html_(self) -> str:
        html = self.right._repr_html_()
        if self.bug:
            bug = re.sub("`(.+?)`", r"<code>\1</code>", escape(self._told()))
            html += f"<p>And here with the bug {bug}</p>\n"
        if self.wrong:
            html += self.wrong._repr_html_()
        return html
