"""scripts/run_notebooks.py: another run gives the stored bytes."""

import difflib
import subprocess
import sys
from math import ulp

import nbformat
import pytest
import run_elsewhere
import run_notebooks
from build_book import ROOT
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

NOTEBOOKS = sorted(ROOT.glob("chapters/*.ipynb"))
ELSEWHERE = {
    "PYTHONHASHSEED": "1",
    "LC_ALL": "C",
    "TZ": "Asia/Kathmandu",
    "PYTHONPATH": str(run_elsewhere.LAST_BIT),
    "LAST_BIT": "1",
}


class TestEachNotebook:
    @pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
    def test_another_run_gives_the_stored_bytes(self, path, monkeypatch):
        """In another folder, language and time zone; with other sets and bits.

        `make elsewhere` tries more.
        """
        for name, value in ELSEWHERE.items():
            monkeypatch.setenv(name, value)
        stored = path.read_bytes().decode().splitlines(keepends=True)
        again = run_notebooks.run(path, ROOT).splitlines(keepends=True)
        changes = difflib.unified_diff(stored, again, n=0)
        assert [line[:200] for line in changes][:20] == []


def test_the_last_bit_is_another_one(monkeypatch):
    program = "import math; print(math.exp(0.5), math.tanh(0.5), math.exp(0))"
    command = [sys.executable, "-c", program]
    right = subprocess.check_output(command, encoding="utf-8").split()
    found = set()
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    monkeypatch.setenv("PYTHONPATH", str(run_elsewhere.LAST_BIT))
    for bit in "123456789":
        monkeypatch.setenv("LAST_BIT", bit)
        found.add(subprocess.check_output(command, encoding="utf-8"))
    for right_one, ones in zip(right, zip(*map(str.split, found))):
        away = {float(one) - float(right_one) for one in ones}
        assert len(away) == (3 if float(right_one) != 1 else 1)
        assert max(away) <= ulp(float(right_one)) and 0 in away


def test_a_byte_that_differs_elsewhere_is_told(tmp_path, monkeypatch):
    here, there = tmp_path / "here", tmp_path / "Büchlein"
    for book in here, there:
        (book / "chapters").mkdir(parents=True)
        (book / "data").mkdir()
        (book / "chapters/a.ipynb").write_text("{}", "utf-8")
        (book / "data/b.csv").write_text("1\n", "utf-8")
    monkeypatch.setattr(run_elsewhere, "ROOT", here)
    assert run_elsewhere.changed(there) == []
    (there / "chapters/a.ipynb").write_text("{ }", "utf-8")
    (there / "data/b.csv").write_text("2\n", "utf-8")
    assert run_elsewhere.changed(there) == ["chapters/a.ipynb", "data/b.csv"]


def test_a_notebook_is_stored_in_one_stable_form(tmp_path, capsys):
    path = tmp_path / "a.ipynb"
    left_behind = {"execution": {"iopub.status.busy": "2026"}}
    cells = [
        new_code_cell("print(1)", metadata={"tags": ["kept"], **left_behind}),
        new_code_cell("1 / 0", metadata={"tags": ["raises-exception"]}),
    ]
    nbformat.write(new_notebook(cells=cells), path)
    assert run_notebooks.main([str(path)]) == 0
    stored = path.read_bytes()
    assert run_notebooks.main([str(path)]) == 0
    assert path.read_bytes() == stored
    assert stored.endswith(b"}\n")
    assert capsys.readouterr().out == "a.ipynb: written\na.ipynb: unchanged\n"
    found = nbformat.read(path, as_version=4)
    assert [cell.id for cell in found.cells] == [cell.id for cell in cells]
    assert found.cells[0].metadata.tags == ["kept"]
    assert found.cells[1].outputs[0].traceback == [
        "ZeroDivisionError: division by zero"
    ]
    assert [cell.execution_count for cell in found.cells] == [1, 2]


def test_a_failing_cell_is_named_and_nothing_is_written(tmp_path, capsys):
    path = tmp_path / "a.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 / 0  # here")]), path)
    before = path.read_bytes()
    assert run_notebooks.main([str(path)]) == 1
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == before
    message = capsys.readouterr().err
    assert "a.ipynb" in message
    assert "1 / 0  # here" in message


def test_an_interruption_leaves_the_old_notebook(tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    path = tmp_path / "a.ipynb"
    path.write_text("old", "utf-8")
    monkeypatch.setattr(run_notebooks, "run", lambda path: "new")
    monkeypatch.setattr("os.replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run_notebooks.main([str(path)])
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_text("utf-8") == "old"


# The cell for Colab


def colab_notebook(address, folder="/content/book"):
    cells = [new_markdown_cell("# A"), new_markdown_cell("box")]
    nb = new_notebook(cells=[*cells, new_code_cell("1")])
    run_notebooks.put_colab_cell(nb, "https://github.com/name/old")
    run_notebooks.put_colab_cell(nb, address, folder)
    return nb


def test_the_colab_cell_comes_and_goes_with_the_address():
    assert len(colab_notebook("").cells) == 3
    nb = colab_notebook("https://github.com/name/book")
    assert [cell.id for cell in nb.cells].index("colab") == 2
    assert len(nb.cells) == 4
    assert nb.cells[2].metadata.tags == ["remove-cell"]
    assert "https://github.com/name/book" in nb.cells[2].source


def test_the_colab_cell_can_be_run_again(tmp_path, monkeypatch):
    """Also where another `micrograd` is installed, and in a new session."""
    book = tmp_path / "book"
    calls = []

    def fake_run(command, check):
        calls.append(command[0])
        if command[0] == "git":
            if book.exists():
                raise subprocess.CalledProcessError(128, command)
            book.mkdir()

    monkeypatch.setattr("subprocess.run", fake_run)
    monkeypatch.setattr("sys.path", ["site-packages"])
    source = colab_notebook("https://host/book", book).cells[2].source
    cell = compile(source, "the cell for Colab", "exec")
    exec(cell, {})  # noqa: S102 (our own)
    assert calls == []
    monkeypatch.setitem(sys.modules, "google.colab", sys)
    for _ in range(2):
        exec(cell, {})  # noqa: S102
    assert calls == ["git", sys.executable, sys.executable]
    assert sys.path == [str(book), str(book), "site-packages"]
