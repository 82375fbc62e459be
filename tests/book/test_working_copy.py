"""scripts/working_copy.py: what `make lab` opens."""

import json
import os
import platform
import sys
from pathlib import Path

import nbformat
import pytest
import working_copy
from build_book import ROOT
from nbformat.sign import NotebookNotary
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

COPY, RECORD = working_copy.COPY, working_copy.RECORD
CHAPTERS = working_copy.CHAPTERS


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A folder with a chapter, a notebook and another page; copied as ours."""
    # What is trusted is noted here, and not in the user's own folder
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setattr(working_copy, "CHAPTERS", tmp_path / "chapters")
    monkeypatch.setattr(working_copy, "COPY", tmp_path / "my_copy")
    monkeypatch.setattr("sys.prefix", str(tmp_path / "environment"))
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters/b.md").write_text("# B", "utf-8")
    write_notebook(tmp_path, "1")
    return tmp_path


def write_notebook(book, source):
    output = new_output("stream", text="1")
    predicted, other = (
        new_code_cell(
            source,
            execution_count=number,
            outputs=[output],
            metadata={"tags": [tag]},
        )
        for number, tag in enumerate(["predict", "kept"], 1)
    )
    answer = new_markdown_cell("It is 1.", metadata={"tags": ["answer"]})
    nb = new_notebook(cells=[predicted, answer, other])
    nbformat.write(nb, book / "chapters/a.ipynb")


def test_it_gives_nothing_away_and_jupyterlab_has_nothing_to_add(book):
    assert working_copy.main() == 0
    nb = nbformat.read(book / "my_copy/a.ipynb", as_version=4)
    nbformat.validate(nb)
    predicted, answer, other = nb.cells
    assert (predicted.outputs, predicted.execution_count) == ([], None)
    assert answer.metadata.jupyter.source_hidden
    # JupyterLab shows the first line
    assert "1" not in answer.source.splitlines()[0]
    assert answer.source.endswith("\n\nIt is 1.")
    assert (other.outputs[0].text, other.execution_count) == ("1", 2)
    assert NotebookNotary().check_signature(nb)
    assert nb.metadata.language_info["version"] == platform.python_version()


@pytest.mark.parametrize("written", range(3))  # of two files and the record
def test_after_an_interruption_the_copy_is_completed(
    book, written, monkeypatch, capsys
):
    """Half a file would differ from all that was made, and so be kept."""
    replace = os.replace
    left = [replace] * written

    def interrupted(*paths):
        if not left:
            raise KeyboardInterrupt
        left.pop()(*paths)

    assert working_copy.main() == 0
    write_notebook(book, "2")
    (book / "chapters/b.md").write_text("# Changed", "utf-8")
    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        working_copy.main()
    monkeypatch.setattr(os, "replace", replace)
    capsys.readouterr()
    assert working_copy.main() == 0
    assert "Left as you changed" not in capsys.readouterr().out
    assert (book / "my_copy/b.md").read_text("utf-8") == "# Changed"


def test_what_the_reader_changed_is_kept_and_the_rest_is_renewed(book, capsys):
    def run():
        assert working_copy.main() == 0
        return capsys.readouterr().out

    folder, done = book / "my_copy", "Your working copy is in my_copy/.\n"
    assert run() == done
    files = {file.name for file in folder.iterdir()}
    assert files == {"a.ipynb", "b.md", RECORD}

    write_notebook(book, "2")
    (folder / "b.md").write_text("# Mine", "utf-8")
    told = run()
    assert "changed them: b.md. To begin one anew, delete it and run" in told
    assert (folder / "b.md").read_text("utf-8") == "# Mine"
    assert '"2"' in (folder / "a.ipynb").read_text("utf-8")

    (folder / "b.md").unlink()
    assert run() == done
    assert (folder / "b.md").read_text("utf-8") == "# B"

    (folder / RECORD).unlink()  # as after an interruption
    assert run() == done


def test_a_folder_that_cannot_be_written_is_an_error(book, capsys):
    (book / "my_copy").touch()
    assert working_copy.main() == 1
    message = capsys.readouterr().err
    assert message.startswith("There is no working copy: [Errno ")
    assert f"{book / 'my_copy'}" in message


LAB = Path(sys.prefix) / "share/jupyter/lab"


def test_jupyterlab_asks_no_other_host(book):
    settings = book / "environment/share/jupyter/lab/settings/overrides.json"
    assert working_copy.main() == 0
    ((name, told),) = json.loads(settings.read_text("utf-8")).items()
    schema = LAB / "schemas" / f"{name.replace(':', '/')}.json"
    assert told == {"fetchNews": "false", "checkForUpdates": False}
    assert (
        told.keys()
        <= json.loads(schema.read_text("utf-8"))["properties"].keys()
    )
    settings.write_text("{}", "utf-8")  # somebody's own
    assert working_copy.main() == 0
    assert settings.read_text("utf-8") == "{}"


def test_the_copy_is_beside_the_chapters_and_no_part_of_the_book():
    assert (COPY.parent, CHAPTERS) == (ROOT, ROOT / "chapters")
    assert f"{COPY.name}/" in (ROOT / ".gitignore").read_text("utf-8").split()
