"""A change in one place of the book is noticed by the suite, which says where.

Each case makes such changes in a copy of the repository, all by one rule, and
runs that part of the suite which has to see them. It must fail for every one of
them and name the place, and nothing else of that part may fail: so no case
passes because the copy is broken.
"""

import ast
import json
import os
import re
import subprocess
import sys
import tokenize
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from build_book import ROOT
from folder_download import copy_files
from test_formulas import FORMULAS, PAGES, ROWS, is_a_sum
from test_sentences import DECIMAL, NO_SENTENCE

from micrograd.practice import quiz
from micrograd.practice.checks import EXERCISES
from micrograd.practice.quizzes import QUESTIONS

# How a text is changed


def next_digit(match):
    return str((int(match[0]) + 1) % 10)


def with_another_digit(text):
    """The text with its first digit one larger; not one in a name, as in x0."""
    return re.sub(r"(?<![\w.])\d", next_digit, text, count=1)


def joined(lines):
    """A text of a notebook, which may be stored as a list of lines."""
    return lines if isinstance(lines, str) else "".join(lines)


def notebooks(book):
    """Each notebook's path and content; what is changed in it is stored."""
    for path in sorted(book.glob("chapters/*.ipynb")):
        nb = json.loads(path.read_text("utf-8"))
        yield path, nb
        path.write_text(json.dumps(nb), "utf-8")


def code_cells(nb):
    return [cell for cell in nb["cells"] if cell["cell_type"] == "code"]


def replace_parts(path, parts):
    """Put other texts in the place of pieces of syntax, given in pairs."""
    source = path.read_bytes()
    lines = source.splitlines(keepends=True)
    starts = [sum(map(len, lines[:n])) for n in range(len(lines))]
    for node, new in sorted(parts, key=lambda part: -part[0].lineno):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[node.end_lineno - 1] + node.end_col_offset
        source = source[:start] + new.encode() + source[end:]
    path.write_bytes(source)


# What is changed: each function changes a copy of the book, and returns for
# each change the words with which the report has to name its place.

FIRST_CELLS = 7  # to run all cells would take a minute


def outputs(book):
    """One text, picture and listing of each notebook, if it has them early."""
    places = []
    for path, nb in notebooks(book):
        done = set()
        cells = code_cells(nb)[:FIRST_CELLS]
        for number, cell in enumerate(cells):
            kinds = (change_output(one, done) for one in cell["outputs"])
            kind = next(filter(None, kinds), "")  # one change in a cell
            if kind:
                done.add(kind)
                places.append(f"chapters/{path.name}::Cell {number}")
                nb["cells"] = cells[: number + 1]
        assert "text" in done
    return places


def change_output(output, done):
    """Change a digit in an output of a kind that is not done; return it."""
    data = output.get("data", {})
    for kind, holder, key, digit in (
        ("text", output, "text", r"\d"),
        ("picture", data, "image/svg+xml", r'(?<= d="M )\d|(?<= d="M)\d'),
        ("listing", data, "text/markdown", r"\d"),
        ("text", data if len(data) == 1 else {}, "text/plain", r"\d"),
    ):
        if key in holder and kind not in done:
            old = joined(holder[key])
            holder[key] = re.sub(digit, next_digit, old, count=1)
            return kind if holder[key] != old else ""
    return ""


def data(book):
    """In the middle line of each file the last digit, or else a letter."""
    places = []
    sums = (book / "data/checksums.txt").read_text("utf-8")
    for name in sorted(set(re.findall("^(.*),", sums, re.MULTILINE))):
        path = book / "data" / name
        lines = path.read_text("utf-8").splitlines(keepends=True)
        middle = len(lines) // 2
        old = lines[middle]
        new = re.sub(r"\d(?=\D*$)", next_digit, old, count=1)
        lines[middle] = new if new != old else old.replace(old[0], "q", 1)
        path.write_text("".join(lines), "utf-8")
        places.append(f"{name}, lines {middle // 100 * 100 + 1} to")
    return places


def missing_alt_texts(book):
    places = []
    for path, nb in notebooks(book):
        for cell in described(nb)[:1]:
            cell["metadata"]["mystnb"]["image"]["alt"] = ""
            heading = rf"_ test_stored_notebook\[{path.stem}\] _"
            rest = r"(?:(?!\n____)[\s\S])*"
            places.append(f"{heading}{rest}{cell['id']}: the alt text is no")
    return places


def other_alt_texts(book):
    """The last picture of each notebook gets the words of the first."""
    places = []
    for path, nb in notebooks(book):
        cells = described(nb)
        if len(cells) > 1:
            first, last = cells[0], cells[-1]
            image = first["metadata"]["mystnb"]["image"]
            last["metadata"]["mystnb"]["image"] = image
            ids = [f"{path.stem}: {cell['id']}" for cell in (first, last)]
            places.append(" and ".join(ids))
    return places


def described(nb):
    """The cells with a picture that has an alt text."""
    cells = code_cells(nb)
    return [c for c in cells if "image" in c["metadata"].get("mystnb", {})]


LINK = r"(?<=\]\()(?:[\w./]*\.(?:ipynb|md))?#[\w-]+(?=\))"
FORMULA = r"(?<![$\\])\$(?![$\s])(?=[^$]*\$)"


def links(book):
    """The first link to a section of each page, and to a figure or table."""
    return change_pages(book, LINK, r"\g<0>-x", r"{name}:\d+: .*{new}")


def broken_formulas(book):
    return change_pages(book, FORMULA, r"$\\unknown ", r"{name}:\d+: .*unknown")


def links_and_formulas(book):
    """Both in one build, which takes longer than all the rest."""
    return links(book) + broken_formulas(book)


def change_pages(book, old, new, report):
    places = []
    for path in [book / page.relative_to(ROOT) for page in PAGES]:
        nb = json.loads(path.read_text("utf-8")) if path.suffix != ".md" else {}
        cells = nb.get("cells", [{"source": path.read_text("utf-8")}])
        for cell in cells:
            text = joined(cell["source"])
            match = re.search(old, without_code(text))
            if cell.get("cell_type") != "code" and match:
                start, end = match.span()
                written = match.expand(new)
                cell["source"] = text[:start] + written + text[end:]
                words = re.escape(written.rpartition("#")[2])
                places.append(report.format(name=path.name, new=words))
                break
        page = json.dumps(nb) if nb else cells[0]["source"]
        path.write_text(page, "utf-8")
    return places


def without_code(text):
    """The text with blanks in the place of code."""
    code = r"(?s)```.*?```|(`+)(?!`).+?(?<!`)\1(?!`)"
    return re.sub(code, lambda match: " " * len(match[0]), text)


def formulas(book):
    """The first sum of each page, and one formula of each row of the table."""
    changes = set()
    for page, found in FORMULAS.items():
        sums = [tex for tex in found if is_a_sum(tex)]
        changes |= {(page, tex, f"{page}: .* is no ") for tex in sums[:1]}
    for page, _, _, tex, *_ in ROWS:
        others = [one for one in FORMULAS[page] if tex in one]
        if len(others) == 1:  # where there are two, one is left
            report = f"{page} has no such formula: .*{re.escape(tex)}"
            changes.add((page, tex, report))
    for page, tex, _ in changes:
        [path] = [book / p.relative_to(ROOT) for p in PAGES if p.stem == page]
        text = path.read_text("utf-8")
        old = tex if path.suffix == ".md" else json.dumps(tex)[1:-1]
        new = with_another_digit(old)
        new = new if new != old else f"-{old}"
        for before in "$", " = ":
            for after in "$", " = ":
                text = text.replace(before + old + after, before + new + after)
        path.write_text(text, "utf-8")
    return [report for *_, report in changes]


def sentences(book):
    """Another last digit of each number that has two behind the point."""
    places = []
    for path, nb in notebooks(book):
        if path.name[0] in "01":
            for cell in nb["cells"]:
                if cell["cell_type"] == "markdown":
                    text = joined(cell["source"])
                    cell["source"], new = with_wrong_numbers(text)
                    heading = rf"_ test_each_number_.*\[{path.stem}\] _"
                    rest = r"(?:(?!\n____)[\s\S])*"
                    places += [f"{heading}{rest}{one} in: " for one in new]
    return places


def with_wrong_numbers(text):
    """The text, and its new numbers as regular expressions."""
    plain = NO_SENTENCE.sub(lambda match: " " * len(match[0]), text)
    new = []
    for match in DECIMAL.finditer(plain):
        start, end = match.span()
        if len(match[0].partition(".")[2]) > 1:
            digit = str((int(match[0][-1]) + 4) % 10 or 1)
            text = text[: end - 1] + digit + text[end:]
            new.append(re.escape(text[start:end]))
    return text, new


ASKED = {
    f"{number}.{place}": question
    for number in QUESTIONS
    for place, question in enumerate(quiz(number).questions, 1)
}


def questions(book):
    """The path of each module of quizzes, and the questions in its code."""
    for path in sorted(book.glob("micrograd/practice/quizzes/n*.py")):
        tree = ast.parse(path.read_bytes())
        yield (
            path,
            [
                node
                for node in ast.walk(tree)
                if isinstance(node, ast.Call)
                and ast.unparse(node.func) == "Question"
            ],
        )


def is_right(option):
    return any(keyword.arg == "right" for keyword in option.keywords)


def marks(book):
    """Another option of each question is marked as the right one."""
    for path, found in questions(book):
        parts = []
        for question in found:
            options = question.args[1].elts
            [place] = [n for n, one in enumerate(options) if is_right(one)]
            [mark] = [k for k in options[place].keywords if k.arg == "right"]
            other = options[place - 1].args[-1]
            parts.append((mark, "right=False"))
            parts.append((other, f"{ast.unparse(other)}, right=True"))
        replace_parts(path, parts)
    return [re.escape(f"leads_on[{place}]") for place in ASKED]


def options_and_numbers(book):
    """The right option's words with a wrong one's; else the text's number."""
    places = []
    place_of = {asked.right.text: place for place, asked in ASKED.items()}
    place_of |= {asked.text: place for place, asked in ASKED.items()}
    for path, found in questions(book):
        parts = []
        for question in found:
            text, options = question.args[0], question.args[1].elts
            texts = [one.args[0] for one in options]
            [right] = [n for n, one in enumerate(options) if is_right(one)]
            pair = texts[right], texts[right - 1]
            known = [getattr(one, "value", "") for one in (text, pair[0])]
            place = place_of.get(known[0]) or place_of.get(known[1])
            if all(isinstance(one, ast.Constant) for one in pair):
                parts += zip(pair, map(ast.unparse, reversed(pair)))
            elif place and with_another_digit(text.value) != text.value:
                parts.append((text, repr(with_another_digit(text.value))))
            else:
                continue
            places.append(f"{place} differs")
        replace_parts(path, parts)
    return places


SIGNS = {"+": "-", "-": "+", "*": "/", "/": "*", "+=": "-=", "-=": "+="}


def with_another_end(block):
    """The code with another sign, number or word near its end."""
    lines = block[0].splitlines(keepends=True)
    tokens = list(tokenize.generate_tokens(iter(lines).__next__))
    last = [one for one in tokens if one.string in SIGNS][-1:]
    last = last or [one for one in tokens if one.type == tokenize.NUMBER][-1:]
    last = last or [one for one in tokens if re.search(r"\w", one.string)][-1:]
    [token] = last
    (line, start), (_, end) = token.start, token.end
    new = SIGNS.get(token.string) or re.sub(
        r"\w", changed, token.string, count=1
    )
    old = lines[line - 1]
    lines[line - 1] = old[:start] + new + old[end:]
    return "".join(lines)


def changed(match):
    return next_digit(match) if match[0].isdigit() else "x"


def solutions(book):
    """The last sign of each model solution; else its last digit or word."""
    path = book / "chapters/solutions.md"
    text = path.read_text("utf-8")
    block = r"(?ms)(?<=^```python\n).*?(?=^```$)"
    path.write_text(re.sub(block, with_another_end, text), "utf-8")
    return [re.escape(f"passes[{number}]") for number in EXERCISES]


def keys(book):
    """The first condition that makes an answer wrong is turned round."""
    names = {check.__name__: number for number, check in EXERCISES.items()}
    places = []
    for path in sorted(book.glob("micrograd/practice/checks/n*.py")):
        parts = []
        for function in ast.parse(path.read_bytes()).body:
            number = names.get(getattr(function, "name", ""))
            rules = [
                node.test
                for node in ast.walk(function)
                if isinstance(node, ast.If)
                and isinstance(node.body[0], ast.Raise)
            ]
            if number and rules:
                parts.append((rules[0], f"not ({ast.unparse(rules[0])})"))
                file = number.replace(".", "_")
                places.append(rf"expected\[{file}_.*|passes\[{number}\]")
        replace_parts(path, parts)
    return places


class Case(NamedTuple):
    """A rule for changes, and the tests that have to see each of them.

    Attributes:
        what: What is changed, and which test sees it.
        change: The function that makes the changes and returns their places.
        part: The options of pytest that choose the part of the suite.
        seen_by: The tests that may fail, as a regular expression; if it is
            empty, those with the name of a place.
    """

    what: str
    change: Callable[[Path], list[str]]
    part: str
    seen_by: str


CASES = [
    Case(
        "A digit in a stored text, picture or listing: nbval runs the cells "
        "again and names notebook and cell.",
        outputs,
        "--nbval --nbval-current-env chapters",
        "",
    ),
    Case(
        "A digit in the middle line of a file in data/: a checksum of each "
        "hundred lines names the file and the lines.",
        data,
        "tests/package/test_data.py"
        "::test_no_digit_has_changed_since_the_files_were_written",
        "test_no_digit_has_changed",
    ),
    Case(
        "No alt text: the checks of stored notebooks name notebook and cell.",
        missing_alt_texts,
        "tests/book/test_notebooks.py::test_stored_notebook",
        "test_stored_notebook",
    ),
    Case(
        "The alt text of another picture: a test names both cells.",
        other_alt_texts,
        "tests/book/test_notebooks.py"
        "::test_no_picture_has_the_alt_text_of_another",
        "test_no_picture_has_the_alt_text_of_another",
    ),
    Case(
        "A link to a section, a figure or a table that is not there, or a "
        "formula that is none: the build names page and line.",
        links_and_formulas,
        "tests/book/test_pages.py::test_every_file_of_the_book_is_a_page",
        "test_every_file_of_the_book_is_a_page",
    ),
    Case(
        "A number or a sign in a formula: a test computes the formulas, and "
        "names page and formula.",
        formulas,
        "tests/book/test_formulas.py",
        "test_a_sum_is_right|test_a_claim_is_on_its_page_and_true",
    ),
    Case(
        "A digit of a number in a sentence: a test looks for the number in "
        "the cells near it, and names notebook and number.",
        sentences,
        "tests/book/test_sentences.py"
        "::test_each_number_in_a_sentence_comes_from_somewhere",
        "test_each_number_in_a_sentence_comes_from_somewhere",
    ),
    Case(
        "The mark of the right option: tests of the quizzes name the question.",
        marks,
        "tests/package/test_quiz.py"
        "::test_every_option_is_explained_and_a_wrong_one_leads_on",
        "test_every_option_is_explained_and_a_wrong_one_leads_on",
    ),
    Case(
        "The words of an option or a number of a question: a test compares "
        "them with the notebook and names the question.",
        options_and_numbers,
        "tests/book/test_quizzes.py"
        "::test_the_notebook_shows_each_question_as_it_is_asked",
        "test_the_notebook_shows_each_question_as_it_is_asked",
    ),
    Case(
        "A digit in a model solution: its exercise's check rejects it.",
        solutions,
        "tests/exercises/test_notebooks_and_solutions.py",
        "test_a_solution_passes",
    ),
    Case(
        "A condition in an exercise's check: right or wrong answers to that "
        "exercise are taken for others.",
        keys,
        "tests/exercises/test_answers.py "
        "tests/exercises/test_notebooks_and_solutions.py",
        "test_the_check_says_what_is_expected|test_a_solution_passes|"
        "test_what_a_notebook_begins_with_is_not_done",
    ),
]


@pytest.fixture
def book(tmp_path):
    """A copy of the repository that may be changed."""
    copy_files(ROOT, tmp_path / "book")
    return tmp_path / "book"


def run(book, part):
    """Run a part of the copy's suite, with the copy's package."""
    command = [sys.executable, "-m", "pytest", "-q", "--color=no", "-rfE"]
    options = ["-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore"]
    mine = {"PYTHONPATH": str(book), "PYTHONDONTWRITEBYTECODE": "1"}
    others = re.compile("PYTEST|BUILT_BOOK")
    env = {k: v for k, v in os.environ.items() if not others.search(k)} | mine
    return subprocess.run(
        [*command, *options, *part.split()],
        cwd=book,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


class TestEachTampering:
    @pytest.mark.parametrize(
        "case", CASES, ids=lambda case: case.change.__name__
    )
    def test_it_is_noticed_and_its_place_is_named(self, book, case):
        places = case.change(book)
        done = run(book, case.part)
        assert done.returncode == 1, done.stdout + done.stderr
        unseen = [p for p in places if not re.search(p, done.stdout)]
        assert places and not unseen, f"{done.stdout}\n{unseen}"
        failed = re.findall(r"(?m)^(?:FAILED|ERROR) (.*)", done.stdout)
        seen_by = case.seen_by or "|".join(places)
        assert [x for x in failed if not re.search(seen_by, x)] == []
        warned = re.findall(r".*WARNING: .*", done.stdout)
        named = "|".join(places)
        assert [line for line in warned if not re.search(named, line)] == []

    def test_without_a_change_the_same_parts_pass(self, book):
        """But for the long ones: much that was not changed passed in them."""
        long = outputs, links_and_formulas, keys
        parts = [case.part for case in CASES if case.change not in long]
        done = run(book, " ".join(parts))
        assert done.returncode == 0, done.stdout
