"""The quizzes and the chapter: what is asked, and where the answers lead."""

import re

import nbformat
import pytest
from build_book import ROOT
from mdit_py_plugins.anchors.index import slugify

from micrograd.practice import quiz
from micrograd.practice.quizzes import QUESTIONS
from micrograd.practice.quizzes.markup import links

ASKED = {
    f"{number}.{place}": question
    for number in QUESTIONS
    for place, question in enumerate(quiz(number).questions, 1)
}

# Where each goal of the page for teachers is asked
GOALS = {
    "explain a slope as the answer to a nudge": "00.1 00.2 00.3 00.4 00.5",
    "find the gradients of a small expression by hand": "01.1 01.2 06.2 06.3",
    "say why gradients are added up": "01.3 01.4 01.5 04.3",
    "write an operation with its local derivative": "06.1",
    "check a gradient numerically": "02.1 02.2 02.3 02.4 02.5",
    "build a neuron, a layer and a multi-layer": "03.1 03.2 03.3 03.4 03.5",
    "write a training loop and its update": "04.1 04.2 05.3 05.5",
    "tell a dead run from a stuck one": "04.4 06.4",
    "judge a method by many seeds": "04.5",
    "read a loss curve and its levels": "05.1 05.2 05.4",
    "recognise the classic": "08.1 08.2 08.3 08.4 08.5",
    "write a layer and its gradients as products of matrices": (
        "09.1 09.2 09.3 09.4 09.5"
    ),
    "read a graph as a program": "10.1 10.2 10.3 10.4 10.5",
    "train a small language model": "11.1 11.2 11.3 11.4 11.5",
}
READ_OFF = "06.5"  # a gradient as a promise: the first goal once more

# Where a sentence that the page for teachers warns of is a wrong option
BELIEFS = {
    "The loss falls, so the gradients are right.": (
        "08.5",
        "They are right, or the loss would not fall",
    ),
    "Every gradient is 0, so it is broken.": (
        "06.4",
        "There is a bug: no gradient should vanish",
    ),
    "It needs no order, recursion visits every node.": (
        "01.4",
        "At any time, as long as every node is visited in the end",
    ),
    "`+=` is there because of the plus.": (
        "01.3",
        "Because of the plus in formulas such as `x * x + x`",
    ),
    "The smaller the nudge, the better.": (
        "02.2",
        "It shrinks: the smaller the nudge, the better",
    ),
    "The check passed, so the code is right.": (
        "02.5",
        "That the code is right",
    ),
    "It is stuck, so there is a bug.": (
        "04.5",
        "There is a bug in my program",
    ),
    "The curve is flat, so it has finished.": (
        "05.2",
        "The network has learned what there is to learn",
    ),
    "`zero_grad` makes it forget what it learned.": (
        "04.3",
        "What the network has learned so far",
    ),
    "Backpropagation is how the weights are changed.": (
        "04.1",
        "None: `backward` has already done it",
    ),
}


def rows_of(table):
    """The first cells of a table on the page for teachers."""
    text = (ROOT / "chapters/teach.md").read_text("utf-8")
    _, _, text = text.partition(f":name: {table}\n\n")
    text, _, _ = text.partition("\n:::")
    _, _, *rows = text.splitlines()
    return [row.split("|")[1].strip() for row in rows]


def test_each_learning_goal_is_asked():
    goals = rows_of("tab-goals")
    for goal, start in zip(goals, GOALS):
        assert goal.startswith(start)
    assert len(goals) == len(GOALS)
    places = " ".join(GOALS.values()).split()
    assert sorted([*places, READ_OFF]) == sorted(ASKED)


def test_each_belief_is_a_wrong_option():
    beliefs = [row.strip('"') for row in rows_of("tab-beliefs")]
    assert beliefs == list(BELIEFS)
    for place, text in BELIEFS.values():
        wrong = [one.text for one in ASKED[place].options if not one.right]
        assert text in wrong, place


@pytest.mark.parametrize("number", QUESTIONS)
def test_the_notebook_shows_each_question_as_it_is_asked(number):
    [path] = ROOT.glob(f"chapters/{number}_*.ipynb")
    [stored] = [
        output.data["text/html"]
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", [])
        if f'aria-label="Quiz {number}"'
        in output.get("data", {}).get("text/html", "")
    ]
    asked = quiz(number)._repr_html_()
    fields = [
        re.findall("(?s)<fieldset.*?</fieldset>", html)
        for html in (stored, asked)
    ]
    pairs = enumerate(zip(*fields, strict=True), 1)
    other = [f"{number}.{place} differs" for place, (a, b) in pairs if a != b]
    assert other == [], "\n".join([*other, "run `make notebooks`"])
    assert stored == asked


def headings(path):
    """The names that links have for the headings of a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    text = "\n".join(c.source for c in cells if c.cell_type == "markdown")
    found = re.findall(r"^#{1,3} (.*)$", text, re.MULTILINE)
    return {slugify(heading.replace("`", "")) for heading in found}


@pytest.mark.parametrize("number", QUESTIONS)
def test_every_link_leads_to_a_heading(number):
    [own] = ROOT.glob(f"chapters/{number}_*.ipynb")
    for question in quiz(number).questions:
        for option in question.options:
            for link in links(option.why):
                name, _, heading = link.partition("#")
                assert name != own.name  # such a link is shorter
                path = ROOT / "chapters" / name if name else own
                assert heading in headings(path), link
