"""The page "How we know" shows the numbers of the book as it is."""

import csv
import re

import count_proof
import mutants
import pytest
from bs4 import BeautifulSoup
from build_book import ROOT


def test_the_table_is_that_of_the_book_as_it_is():
    with count_proof.PROOF.open(encoding="utf-8", newline="") as file:
        header, *stored = csv.reader(file)
    assert header == count_proof.COLUMNS
    assert stored == count_proof.rows(), "run `make proof`"
    assert all(number != "0" for number, _ in stored)


def test_the_page_shows_the_table(site):
    html = (site / "chapters/how_we_know.html").read_text("utf-8")
    page = BeautifulSoup(html, "html.parser")
    for card in page.select(".term-card"):
        card.decompose()
    rows = [
        [one.get_text().strip() for one in row(["td", "th"])]
        for row in page("tr")
    ]
    with count_proof.PROOF.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            assert row in rows


@pytest.mark.parametrize("module", mutants.MODULES)
def test_all_of_a_module_was_changed_since_it_is_as_it_is(module):
    row = mutants.stored()[module]
    assert row[-1] == mutants.digest(module), f"run `make mutants` ({module})"
    changes, noticed, equivalent = map(int, row[1:4])
    assert changes == noticed + equivalent


def test_a_digest_is_of_what_the_code_does(tmp_path, monkeypatch):
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    (tmp_path / "micrograd").mkdir()
    found = set()
    for docstring in ('"""One."""', '"""Two.\n\n    More."""\n    # why'):
        text = f"def f(x):\n    {docstring}\n    return x\n"
        (tmp_path / "micrograd/a.py").write_text(text, "utf-8")
        found.add(mutants.digest("a"))
    assert len(found) == 1
    (tmp_path / "micrograd/a.py").write_text(
        "def f(x):\n    return -x\n", "utf-8"
    )
    assert mutants.digest("a") not in found


def test_each_way_of_keeping_a_promise_has_some():
    page = (ROOT / "chapters/how_we_know.md").read_text("utf-8")
    parts = re.split("^## ", page, flags=re.MULTILINE)[2:5]
    titles = [part.split("\n")[0] for part in parts]
    assert titles == [
        "Cross-checked",
        "Tested",
        "True by construction",
    ]
    for part in parts:
        assert part.count("\n| ") >= 3  # a header and two promises
