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
from mutants import MODULES, ROOT, STORED
from print_pdf import page_names
from whole_file import write_table

from micrograd.practice.checks import EXERCISES
from micrograd.practice.quizzes import QUESTIONS
from micrograd.practice.quizzes.question import Computed, Option

PROOF = ROOT / "data/proof.csv"
# A test of random programs, and how many things it compares each with
COMPARED = {
    ("test_properties.py", "assert_agreement"): 3,  # nudges, autograd, PyTorch
    ("test_properties.py", "test_a_compiled_program_is_the_engine"): 2,
    ("test_properties.py", "test_the_value_is_that_of_floats"): 1,
    ("test_state_machine.py", "QUICK"): 1,
}
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


def options() -> list[Option]:
    asked = [one for name in QUESTIONS for one in QUESTIONS[name]()]
    return [option for question in asked for option in question.options]


def comparisons() -> int:
    """The random programs, once for each thing that they are compared with.

    Two tests are left out which compare a program with itself.
    """
    found = 0
    for (file, name), others in COMPARED.items():
        blocks = read(f"tests/package/{file}").split("\n\n\n")
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

    changes, equivalent = mutants()
    found = [
        (
            len(code_cells()),
            "cells of the notebooks",
            "They are run again, and each output has to be the stored one. In "
            "Chromium they are run twice more, over http and from a folder; "
            "those that need matplotlib or NumPy end there with an offer to "
            "fetch them.",
        ),
        (
            pages(),
            "pages",
            "They are opened in Chromium, wide in light and in dark, and "
            "narrow, and looked at by axe. Every link within the book is "
            "followed.",
        ),
        (
            comparisons(),
            "comparisons of random programs",
            "The engine runs a program, and so does something else: PyTorch, "
            "autograd, nudges, plain numbers, a slow reference, or the "
            "compiled graph. They were drawn at random, and are the same on "
            "every run.",
        ),
        (
            promised_errors(),
            "bad inputs",
            "Each is answered by an error, word for word the one promised, "
            "but for a few words that differ between versions of Python.",
        ),
        (
            answers(),
            f"answers to {len(EXERCISES)} exercises",
            "Right, wrong and strange ones: the check has to say of each what "
            "is written beside it.",
        ),
        (
            sum(isinstance(option, Computed) for option in options()),
            f"computed options among {len(options())} in the quizzes",
            "Their numbers are those of the engine, of an engine with the "
            "mistake in it, or of the wrong rule. The others are words.",
        ),
        (
            len(SUMS) + len(ROWS),
            "statements in formulas",
            f"{len(SUMS)} sums are done again, and {len(ROWS)} slopes and "
            "equations are computed at four points.",
        ),
        (
            tamperings(),
            "places of this book that were tampered with",
            "In copies, a digit in an output or in a file of data, a link, an "
            "alt text, a formula, the answer of a quiz, a solution or a check "
            "is changed. The tests have to fail and name the place.",
        ),
        (
            changes,
            f"small mistakes put into {len(MODULES)} modules of the package",
            f"All but {equivalent} are noticed by its unit tests, as they "
            f"were when `make mutants` ran. Those {equivalent} change nothing "
            "that a user could see, and each is listed with the reason.",
        ),
    ]
    return [[f"{n:,}", what, how] for n, what, how in found]


if __name__ == "__main__":
    write_table(PROOF, COLUMNS, rows())
