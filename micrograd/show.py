"""`show(Value.__mul__)` as the last line of a cell shows the real source of that piece of the
package, so that the listings in the book are the code that ran."""

import inspect
import textwrap


class Listing:
    """Source text: a highlighted block in a notebook, plain text elsewhere."""

    def __init__(self, source: str):
        self.source = source

    def __repr__(self):
        return self.source

    def _repr_markdown_(self):
        return f"```python\n{self.source}\n```"


def show(*objects) -> Listing:
    """The source of functions, methods, classes or modules; TypeError for anything else."""
    return Listing("\n\n".join(_source(thing) for thing in objects))


def _source(thing) -> str:
    try:
        return textwrap.dedent(inspect.getsource(thing)).rstrip()
    except (TypeError, OSError):
        raise TypeError(
            f"show needs functions, methods, classes or modules written in Python, not "
            f"{type(thing).__name__}: {thing!r}"
        ) from None
