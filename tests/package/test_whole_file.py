"""scripts/whole_file.py: a file is written as a whole, or not at all.

And `make data` loses nothing of what is stored, whatever ends it.
"""

import csv
import os

import measure_answers
import measure_bug_zoo
import measure_stuck
import measure_xor_success
import pytest
import train_language_models
import whole_file
from whole_file import write_table

from micrograd.practice import DATA

ERRORS = [KeyboardInterrupt, SystemExit, ValueError, OSError]


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write(path, text):
    with whole_file.whole_file(path) as file:
        file.write(text)


@pytest.fixture(params=[{}, {"a.txt": b"old\n"}], ids=["new", "old"])
def folder(request, tmp_path):
    """A folder where a.txt is there already, or is not."""
    for name, content in request.param.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_a_file_gets_the_text_as_it_is(folder):
    write(folder / "a.txt", "Zoë\n\r\n")
    assert files(folder) == {"a.txt": "Zoë\n\r\n".encode()}


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("size", [0, 1, 100_000])
def test_an_interruption_leaves_the_folder_as_it_was(folder, error, size):
    def interrupted():
        with whole_file.whole_file(folder / "a.txt") as file:
            file.write("x" * size)
            raise error

    before = files(folder)
    with pytest.raises(error):
        interrupted()
    assert files(folder) == before


@pytest.mark.parametrize("error", ERRORS)
def test_a_file_that_cannot_take_its_place_is_removed(
    folder, error, monkeypatch
):
    def refuse(*_):
        raise error

    before = files(folder)
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(error):
        write(folder / "a.txt", "new")
    assert files(folder) == before


def test_a_folder_in_the_place_of_the_file_stays(tmp_path):
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(OSError, match=r"a\.txt"):
        write(tmp_path / "a.txt", "new")
    assert list(tmp_path.iterdir()) == [tmp_path / "a.txt"]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("measured", range(4))
def test_a_table_is_all_of_its_rows_or_the_old_one(folder, error, measured):
    def rows():
        for number in range(3):
            if number == measured:
                raise error
            yield [number, "a, b"]

    before = files(folder)
    if measured < 3:
        with pytest.raises(error):
            write_table(folder / "a.txt", ["n", "text"], rows())
        assert files(folder) == before
    else:
        write_table(folder / "a.txt", ["n", "text"], rows())
        written = b'n,text\n0,"a, b"\n1,"a, b"\n2,"a, b"\n'
        assert files(folder) == {"a.txt": written}


TABLES = sorted(DATA.glob("*.csv"))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_stored_table_is_whole_and_as_it_is_written(path, tmp_path):
    with open(path, encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    assert {len(row) for row in rows} == {len(columns)}
    write_table(tmp_path / path.name, columns, rows)
    assert (tmp_path / path.name).read_bytes() == path.read_bytes()


# The scripts behind `make data`: what they write, and what measures it

SCRIPTS = {
    measure_answers: ("answers.csv", "rows"),
    measure_bug_zoo: ("bug_zoo.csv", "all_rows"),
    measure_stuck: ("stuck_nudges.csv", "rows"),
    measure_xor_success: ("xor_success.csv", "rows"),
    train_language_models: ("language_models.json", "trained"),
}
each_script = pytest.mark.parametrize(
    "script", SCRIPTS, ids=lambda script: script.__name__
)


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A folder data/ with files of its own, which the scripts write in."""
    for name, _ in SCRIPTS.values():
        (tmp_path / name).write_text("old", "utf-8")
    names = (DATA / "names.txt").read_bytes()
    (tmp_path / "names.txt").write_bytes(names)
    for script in SCRIPTS:
        monkeypatch.setattr(script, "DATA", tmp_path)
    return tmp_path


def let_measure(monkeypatch, script, rows):
    """Let a script find these rows: all at once, or one for each model."""
    _, measuring = SCRIPTS[script]
    one_by_one = script is train_language_models
    found = (lambda *_: next(rows)) if one_by_one else (lambda *_: rows)
    monkeypatch.setattr(script, measuring, found)


@each_script
def test_data_that_is_measured_takes_the_place_of_the_old(
    script, data, monkeypatch
):
    name, _ = SCRIPTS[script]
    before = files(data)
    let_measure(monkeypatch, script, iter([["new"], ["new"]]))
    script.main()
    after = files(data)
    assert after.keys() == before.keys()
    assert [x for x in after if after[x] != before[x]] == [name]
    assert b"new" in after[name]


@each_script
def test_an_interrupted_measurement_leaves_the_data(script, data, monkeypatch):
    def interrupted():
        yield ["new"]
        raise KeyboardInterrupt

    before = files(data)
    let_measure(monkeypatch, script, interrupted())
    with pytest.raises(KeyboardInterrupt):
        script.main()
    assert files(data) == before


@each_script
def test_a_folder_to_read_only_is_known_before_anything_is_measured(
    script, data, monkeypatch
):
    """Root may write anywhere; so here it is `open` that refuses."""

    def refuse(path, *_, **__):
        raise PermissionError(13, "Permission denied", str(path))

    def measure():
        pytest.fail("it measures what it cannot store")
        yield

    name, _ = SCRIPTS[script]
    before = files(data)
    monkeypatch.setattr(whole_file, "open", refuse, raising=False)
    let_measure(monkeypatch, script, measure())
    with pytest.raises(PermissionError, match=name):
        script.main()
    assert files(data) == before


@pytest.mark.parametrize("damage", [None, b"", b"\xff", b"Zo\xc3\xab\n"])
def test_models_are_not_trained_with_damaged_names(damage, data):
    names = data / "names.txt"
    names.unlink() if damage is None else names.write_bytes(damage)
    before = files(data)
    with pytest.raises((OSError, ValueError), match=r"names\.txt"):
        train_language_models.main()
    assert files(data) == before


@each_script
def test_a_missing_folder_is_named(script, data, monkeypatch):
    monkeypatch.setattr(script, "DATA", data / "missing")
    with pytest.raises(FileNotFoundError, match="missing"):
        script.main()
    assert not (data / "missing").exists()
