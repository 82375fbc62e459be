"""`show(Value.__mul__)` in a cell shows the real source of that function.

So the listings in the book are the code that ran, and not a copy of it.
"""

from __future__ import annotations

import inspect
import textwrap
from typing import Any


class Listing:
    """Source text: a highlighted block in a notebook, plain text elsewhere."""

    def __init__(self, source: str):
        self.source = source

    def __repr__(self) -> str:
        return self.source

    def _repr_markdown_(self) -> str:
        return f"```python\n{self.source}\n```"


def show(*objects: Any) -> Listing:
    """The source of functions, methods, classes or modules.

    Args:
        objects: What to show, in this order.

    Raises:
        TypeError: If something has no source in Python.
    """
    return Listing("\n\n".join(_source(thing) for thing in objects))


def _source(thing: Any) -> str:
    try:
        return textwrap.dedent(inspect.getsource(thing)).rstrip()
    except (TypeError, OSError):
        raise TypeError(
            "show needs functions, methods, classes or modules written in "
            f"Python, not {type(thing).__name__}: {thing!r}"
        ) from None
