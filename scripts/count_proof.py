"""`make proof`: count what the tests look at, and store it in data/proof.csv.

The page "How we know" shows that table. A test counts again, so the table is
that of the book as it is.
"""

import csv
import json
import re
import sys
import tempfile
from pathlib import Path

import yaml
from csv_tables import write_table
from folder_download import copy_files
from mutants import MODULES, ROOT, STORED
from print_pdf import page_names

from micrograd.practice.checks import EXERCISES
from micrograd.practice.quizzes import QUESTIONS
from micrograd.practice.quizzes.question import Computed, Option

PROOF = ROOT / "data/proof.csv"
# A test of random programs, and how many things it compares each with
COMPARED = {
    # nudges, autograd, PyTorch
    ("package/test_properties.py", "assert_agreement"): 3,
    ("package/test_properties.py", "test_a_compiled_program_is_the_engine"): 2,
    ("package/test_properties.py", "test_the_value_is_that_of_floats"): 1,
    ("package/test_state_machine.py", "QUICK"): 1,
    ("book/test_state_machine_in_browser.py", "QUICK"): 1,
}
COLUMNS = ["How many", "What"]


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


def options() -> list[Option]:
    asked = [one for name in QUESTIONS for one in QUESTIONS[name]()]
    return [option for question in asked for option in question.options]


def comparisons() -> int:
    """The random programs, once for each thing that they are compared with.

    Two tests are left out which compare a program with itself.
    """
    found = 0
    for (file, name), others in COMPARED.items():
        blocks = read(f"tests/{file}").split("\n\n\n")
        [block] = [b for b in blocks if re.search(rf"^(def )?{name}", b, re.M)]
        found += others * int(re.search(r"max_examples=(\d+)", block)[1])
    return found


def tamperings() -> int:
    """The places in which copies of the book are changed."""
    sys.path.insert(0, str(ROOT / "tests/book"))
    from test_tampering import CASES

    places = 0
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            copy_files(ROOT, Path(folder))
            places += len(case.change(Path(folder)))
    return places


def modules() -> list[Path]:
    """The modules of the package, without what it has for practice."""
    return [*ROOT.glob("micrograd/[a-z]*.py")]


def mutants() -> tuple[int, int]:
    """The changes of the package, and those that change nothing."""
    with STORED.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return tuple(
        sum(int(row[column]) for row in rows)
        for column in ("changes", "equivalent")
    )


def rows() -> list[list[str]]:
    """Count everything, and return the rows of the table."""
    sys.path.insert(0, str(ROOT / "tests/book"))
    from test_formulas import ROWS, SUMS

    changes, equivalent = mutants()
    statements = len(SUMS) + len(ROWS)
    computed = sum(isinstance(option, Computed) for option in options())
    found = [
        (
            comparisons(),
            "comparisons of random expressions with another program",
        ),
        (len(code_cells()), "cells of notebooks that are run again"),
        (pages(), "pages, all that are listed at the left, opened in Chromium"),
        (
            answers(),
            f"answers, right and wrong, to the {len(EXERCISES)} checks of "
            "exercises",
        ),
        (computed, "options of quizzes that are computed"),
        (promised_errors(), "wrong calls, each with the error that it gets"),
        (statements, "calculations and equations in formulas, done again"),
        (
            tamperings(),
            "deliberate errors, each in a copy of the book and each found: in "
            "an output, a sentence, a file of data, a link, an alt text, a "
            "formula, a quiz, a solution or a check",
        ),
        (
            changes,
            f"small mistakes planted in {len(MODULES)} of the "
            f"{len(modules())} modules of the package, of which the unit tests "
            f"found {changes - equivalent:,}; the other {equivalent} change "
            "nothing, as far as we can tell",
        ),
    ]
    return [[f"{number:,}", what] for number, what in found]


if __name__ == "__main__":
    write_table(PROOF, COLUMNS, rows())
