"""`make proof`: count what the tests look at, and store it in data/proof.csv.

The page "How we know" shows that table. A test counts again, so the table is
that of the book as it is.
"""

import csv
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

import yaml
from folder_download import files_to_pack
from mutants import ROOT, STORED
from print_pdf import page_names
from whole_file import write_table

from micrograd.practice.checks import EXERCISES
from micrograd.practice.quizzes import QUESTIONS

PROOF = ROOT / "data/proof.csv"
PROGRAMS = [
    "tests/package/test_properties.py",
    "tests/package/test_state_machine.py",
]
COLUMNS = ["How many", "Of what", "What happens to them"]


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def code_cells() -> list[dict]:
    cells = []
    for path in sorted(ROOT.glob("chapters/*.ipynb")):
        cells += json.loads(path.read_text("utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def pages() -> int:
    return len(page_names(yaml.safe_load(read("_toc.yml"))))


def promised_errors() -> int:
    """The calls in the transcripts that are answered by an error."""
    answers = r"^(?!>>>|\.\.\. ).*?\w+(Error|Mismatch|Exit): "
    return len(re.findall(answers, read("tests/package/transcripts.txt"), re.M))


def answers() -> int:
    """The answers, right and wrong, that the checks of exercises are given."""
    texts = map(read, sorted(ROOT.glob("tests/exercises/answers/*.py")))
    return sum(text.count("\n# expect: ") for text in texts)


def options() -> int:
    asked = [one for name in QUESTIONS for one in QUESTIONS[name]()]
    return sum(len(question.options) for question in asked)


def random_programs() -> int:
    """The programs that hypothesis makes, for each test that is given them."""
    texts = map(read, PROGRAMS)
    return sum(
        int(number)
        for text in texts
        for number in re.findall(r"settings\(max_examples=(\d+)", text)
    )


def tamperings() -> int:
    """The places in which copies of the book are changed."""
    sys.path.insert(0, str(ROOT / "tests/book"))
    from test_tampering import CASES

    places = 0
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            for path in files_to_pack(ROOT):
                copy = Path(folder, path.relative_to(ROOT))
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy)
            places += len(case.change(Path(folder)))
    return places


def mutants() -> tuple[int, int]:
    """The changes of the package, and those that change nothing."""
    with STORED.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return tuple(
        sum(int(row[column]) for row in rows)
        for column in ("changes", "equivalent")
    )


def rows() -> list[list[str]]:
    """Count everything, and return the lines of the table."""
    sys.path.insert(0, str(ROOT / "tests/book"))
    from test_formulas import ROWS, SUMS

    cells = len(code_cells())
    changes, equivalent = mutants()
    found = [
        (
            cells,
            "cells of the notebooks",
            "They are run again, and each output has to be the stored one. In "
            "Chromium they are run twice more, over http and from a folder.",
        ),
        (
            pages(),
            "pages",
            "They are opened in Chromium, wide and narrow, light and dark, and "
            "looked at by axe. Every link is followed.",
        ),
        (
            random_programs(),
            "random programs",
            "The engine runs them, and so does something else: PyTorch, a slow "
            "reference in plain numbers, nudges, or the compiled graph.",
        ),
        (
            promised_errors(),
            "bad inputs",
            "Each is answered by an error, word for word the one promised.",
        ),
        (
            answers(),
            f"answers to {len(EXERCISES)} exercises",
            "Right, wrong and strange ones: the check has to say of each what "
            "is written beside it.",
        ),
        (
            options(),
            "options in the quizzes",
            "The numbers among them are computed, by the engine or by an "
            "engine with the mistake in it.",
        ),
        (
            len(SUMS) + len(ROWS),
            "formulas",
            "Sums are done again, and slopes are compared with nudges.",
        ),
        (
            tamperings(),
            "places of this book that were tampered with",
            "In copies, a digit, a link, an alt text, a formula or a line is "
            "changed. The tests have to fail and name the place.",
        ),
        (
            changes,
            "small mistakes put into the package",
            f"All but {equivalent} are noticed by its unit tests. Those "
            f"{equivalent} change nothing that a user could see, and each is "
            "listed with the reason.",
        ),
    ]
    return [[f"{n:,}", what, how] for n, what, how in found]


if __name__ == "__main__":
    write_table(PROOF, COLUMNS, rows())
