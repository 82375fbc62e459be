"""A picture: the same bytes in every process, the size asked for, and no needless writing."""

import os
import struct

import pytest
from matplotlib.figure import Figure

from micrograd.picture import Picture

DRAW = """
from matplotlib.figure import Figure
from micrograd.picture import Picture
figure = Figure(figsize=(8, 4))
figure.subplots().plot([1, 4, 9], label="squares")
figure.legend()
picture = Picture(figure)
"""
SAVE = DRAW + "for kind in 'svg', 'png': picture.save({stem!r} + kind)"


def picture(*data):
    figure = Figure(figsize=(8, 4))
    figure.subplots().plot(data or [1, 4, 9], label="squares")
    figure.legend()
    return Picture(figure)


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_same_bytes_in_every_process(kind, run_python, tmp_path):
    for seed in "1", "2":
        run_python(SAVE.format(stem=f"{tmp_path}/{seed}."), hash_seed=seed)
    picture().save(tmp_path / f"here.{kind}")
    assert (
        len(
            {
                (tmp_path / f"{name}.{kind}").read_bytes()
                for name in ("1", "2", "here")
            }
        )
        == 1
    )


def test_a_png_has_100_dots_per_inch(tmp_path):
    picture().save(tmp_path / "picture.png")
    png = (tmp_path / "picture.png").read_bytes()
    assert png.startswith(b"\x89PNG") and struct.unpack(">II", png[16:24]) == (
        800,
        400,
    )
    assert b"Software" not in png and b"Matplotlib" not in png


def test_an_svg_names_no_date_and_no_program(tmp_path):
    picture().save(str(tmp_path / "picture.svg"))
    svg = (tmp_path / "picture.svg").read_bytes().decode()
    assert svg == picture().svg == picture()._repr_svg_()
    assert "<svg" in svg and not any(
        word in svg for word in ("<dc:date", "<dc:creator", "Matplotlib v")
    )


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_an_identical_file_stays_as_it_is(kind, tmp_path):
    path = tmp_path / f"picture.{kind}"
    picture().save(path)
    os.utime(path, (1, 1))
    path.chmod(0o444)
    picture().save(path)
    assert path.stat().st_mtime == 1


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_another_file_is_replaced(kind, tmp_path):
    path, other = tmp_path / f"picture.{kind}", tmp_path / f"other.{kind}"
    picture(3, 1, 2).save(path)
    before = path.read_bytes()
    picture().save(path)
    picture().save(other)
    assert path.read_bytes() == other.read_bytes() != before


@pytest.mark.parametrize(
    "name",
    ["picture.jpg", "picture.pdf", "picture", "svg", ".png", "picture.svg.txt"],
)
def test_other_formats_are_refused(name, tmp_path):
    with pytest.raises(ValueError, match="svg or .png, not .*" + name):
        picture().save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_the_repr_has_no_address():
    assert repr(picture()) == repr(picture(3, 1, 2))
    assert "0x" not in repr(picture()) and "\n" not in repr(picture())
