"""A file is written as a whole, or not at all, whoever writes it.

And `make data` loses nothing of what is stored, whatever ends it.
"""

import csv
import os
from pathlib import Path

import draw_landing_graph
import draw_social_card
import measure_answers
import measure_bug_zoo
import measure_stuck
import measure_xor_success
import pytest
import train_language_models
from csv_tables import write_table
from matplotlib.figure import Figure

from micrograd import Value, draw_graph
from micrograd._whole_file import whole_file
from micrograd.picture import Picture
from micrograd.practice import DATA, animate_backward, play_line

ERRORS = [KeyboardInterrupt, SystemExit, ValueError, OSError]


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write(path, text):
    with whole_file(path) as part:
        part.write_bytes(text.encode())


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
        with whole_file(folder / "a.txt") as part:
            part.write_bytes(b"x" * size)
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


def test_a_link_leads_where_it_led(tmp_path):
    link = tmp_path / "link.txt"
    try:
        link.symlink_to(tmp_path / "a.txt")
    except OSError:
        pytest.skip("this system makes no links")
    for text in "new", "newer":
        write(link, text)
        assert link.is_symlink()
        assert (tmp_path / "a.txt").read_text("utf-8") == text
    assert len(files(tmp_path)) == 2


def test_a_file_to_read_only_stays(tmp_path, monkeypatch):
    """Root may write anywhere; so here it is `open` that refuses."""

    def refuse(path, *_):
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "a.txt").write_bytes(b"old")
    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(PermissionError) as caught:
        write(tmp_path / "a.txt", "new")
    assert caught.value.filename == str(tmp_path / "a.txt")
    assert files(tmp_path) == {"a.txt": b"old"}


def test_a_file_that_cannot_be_replaced_is_named(tmp_path, monkeypatch):
    """As on Windows, where another program has opened it."""

    def refuse(part, path):
        raise PermissionError(13, "Denied", str(part), None, str(path))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError) as caught:
        write(tmp_path / "a.txt", "new")
    path = str(tmp_path / "a.txt")
    assert str(caught.value) == f"[Errno 13] Denied: {path!r}"


def test_an_error_about_another_file_names_that_one(tmp_path):
    def read_another():
        with whole_file(tmp_path / "a.txt"):
            (tmp_path / "another.txt").read_bytes()

    with pytest.raises(FileNotFoundError, match=r"another\.txt"):
        read_another()


# What the package saves


def a_picture():
    return Picture(Figure())


def a_drawing():
    return draw_graph(Value(2.0))


def a_stepper():
    return animate_backward(Value(2.0) * 3)


SAVED = [
    ("a.svg", a_picture),
    ("a.png", a_picture),
    ("a.svg", a_drawing),
    ("a.dot", a_drawing),
    ("a.html", a_stepper),
    ("a.html", play_line),
]
each_that_is_saved = pytest.mark.parametrize("name, make", SAVED)


def let_ctrl_c_come_half_way(monkeypatch):
    """Let it come when a half of a file is written."""

    def half(write):
        def interrupted(path, content, *arguments, **options):
            write(path, content[: len(content) // 2], *arguments, **options)
            raise KeyboardInterrupt

        return interrupted

    for name in "write_bytes", "write_text":
        monkeypatch.setattr(Path, name, half(getattr(Path, name)))


@pytest.mark.parametrize("old", [{}, {"old": b"old"}], ids=["new", "old"])
@each_that_is_saved
def test_ctrl_c_leaves_what_was_saved_before(
    old, name, make, tmp_path, monkeypatch
):
    for content in old.values():
        (tmp_path / name).write_bytes(content)
    before = files(tmp_path)
    let_ctrl_c_come_half_way(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        make().save(tmp_path / name)
    assert files(tmp_path) == before


@each_that_is_saved
def test_an_error_names_the_file_that_was_asked_for(
    name, make, tmp_path, monkeypatch
):
    def check(kind, path):
        with pytest.raises(kind) as caught:
            make().save(path)
        assert caught.value.filename == str(path)

    def refuse(path, _):
        raise PermissionError(13, "Permission denied", str(path))

    check(FileNotFoundError, tmp_path / "missing" / name)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / name).mkdir()
    check(OSError, tmp_path / "folder" / name)
    (tmp_path / "file").touch()
    check(OSError, tmp_path / "file" / name)
    monkeypatch.setattr(Path, "write_bytes", refuse)
    check(PermissionError, tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "file",
        "folder",
    ]


# What scripts draw


@pytest.mark.parametrize(
    "script, name",
    [(draw_landing_graph, "graph.svg"), (draw_social_card, "social.png")],
)
def test_ctrl_c_leaves_what_was_drawn_before(
    script, name, tmp_path, monkeypatch
):
    (tmp_path / name).write_bytes(b"old")
    monkeypatch.setattr(draw_landing_graph, "ASSETS", tmp_path)
    monkeypatch.setattr(draw_social_card, "PICTURE", tmp_path / name)
    monkeypatch.setattr(draw_social_card, "draw_picture", lambda: b"new")
    let_ctrl_c_come_half_way(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        script.main()
    assert files(tmp_path) == {name: b"old"}


# Tables


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
    open_file = open

    def refuse(path, mode, **options):
        if mode == "w":
            raise PermissionError(13, "Permission denied", str(path))
        return open_file(path, mode, **options)

    def measure():
        pytest.fail("it measures what it cannot store")
        yield

    name, _ = SCRIPTS[script]
    before = files(data)
    monkeypatch.setattr("builtins.open", refuse)
    let_measure(monkeypatch, script, measure())
    with pytest.raises(PermissionError) as caught:
        script.main()
    assert caught.value.filename == str(data / name)
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
