"""The README, the introduction and the other papers say what is true."""

import csv
import doctest
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from draw_landing_graph import pictures

import micrograd

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_example_prints_what_the_readme_says():
    example = doctest.DocTestParser().get_doctest(
        README.replace("```", ""), {}, "README.md", None, 0
    )
    assert len(example.examples) >= 6
    assert doctest.DocTestRunner().run(example).failed == 0


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_links_and_names_lead_to_files(name):
    text = (ROOT / name).read_text("utf-8")
    links = re.findall(r"\]\(([^)#]+)", text)
    links += re.findall(r"`(\w[\w.]*/[\w./]*)`", text)
    made = "_build/"
    elsewhere = "https://"
    wanted = [link for link in links if not link.startswith((made, elsewhere))]
    assert len(wanted) > 4
    assert [link for link in wanted if not (ROOT / link).exists()] == []


def test_the_speeds_are_those_measured():
    with (ROOT / "data/speed.csv").open(encoding="utf-8") as file:
        measured = {row.pop("engine"): row for row in csv.DictReader(file)}
    table = README[README.index("| times as fast") :].split("\n\n")[0]
    rows = [line.split("|")[2:4] for line in table.split("\n")[2:]]
    for row, engine in zip(
        rows, ["this engine", "compiled", "by hand"], strict=True
    ):
        for shown, ratio in zip(row, measured[engine].values(), strict=True):
            assert float(shown) == float(f"{1 / float(ratio):.2g}")


def test_the_map_shows_the_whole_repository():
    git = ["git", "-C", ROOT, "ls-files"]
    done = subprocess.run(
        git, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        pytest.skip("the folder is no repository of git")
    files = done.stdout.split()
    top = {path.split("/")[0] for path in files}
    modules = set(re.findall(r"^micrograd/[a-z]\w*\.py$", done.stdout, re.M))
    rows = "\n".join(re.findall(r"^\| `.*", README, re.MULTILINE))
    shown = {name.rstrip("/") for name in re.findall(r"`([^`]+)`", rows)}
    assert sorted((top | modules) - shown - {"micrograd"}) == []


def test_one_version_and_date_everywhere():
    version = re.escape(micrograd.__version__)
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert re.search(rf"^version: {version}$", citation, re.MULTILINE)
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    releases = re.findall(r"^## \[(.*)\] - (.*)$", changes, re.MULTILINE)
    assert releases[0][0] == micrograd.__version__
    dates = [date.fromisoformat(day) for _, day in releases]
    assert len(dates) == changes.count("\n## ") >= 2
    assert dates == sorted(dates, reverse=True)
    assert f"\ndate-released: {dates[0]}\n" in citation


@pytest.mark.parametrize("name", ["graph.svg", "graph-upright.svg"])
def test_the_first_graph_is_drawn_as_those_of_the_notebooks(name):
    stored = (ROOT / "assets" / name).read_text("utf-8")
    assert stored == pictures()[name]
    for words in ">a</text>", ">data -6<", ">grad -3<":
        assert stored.replace("&#45;", "-").count(words) == 1


@pytest.mark.parametrize("page", ["intro.md", "chapters/teach.md"])
def test_the_other_micrograd_is_recognised_by_the_error_that_comes(
    page, tmp_path
):
    """PyPI's micrograd is a package without anything in its __init__.py."""
    (tmp_path / "micrograd").mkdir()
    (tmp_path / "micrograd/__init__.py").touch()
    done = subprocess.run(
        [sys.executable, "-Xutf8", "-c", "from micrograd import Value"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    error = "cannot import name 'Value' from 'micrograd'"
    assert f"ImportError: {error}" in done.stderr
    assert error in " ".join((ROOT / page).read_text("utf-8").split())
