"""Five questions on a notebook, to be answered on the page.

`quiz("01")` makes the quiz of notebook 01. Its questions and options are in
this folder, one module for each notebook. To choose an option, and
to see what each of them says of its reader, needs no script. The script
keeps the choices on the reader's machine.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from html import escape
from pathlib import Path
from textwrap import fill, indent
from zlib import crc32

from . import QUESTIONS
from .markup import as_html, as_text
from .question import Option, Question

CSS = Path(__file__).with_suffix(".css").read_text("utf-8")
JS = Path(__file__).with_suffix(".js").read_text("utf-8")
COLUMNS = 80
# hidden="hidden": JupyterLab strips empty attributes where it runs no scripts
BLOCK = """<section class="quiz" aria-label="Quiz {number}" data-key="{key}">
<style>
{css}</style>
{questions}
<details class="answers"><summary>All answers</summary>
<ol>
{answers}
</ol></details>
<div class="foot" hidden="hidden"><output></output>
<button type="button">Start again</button>
<small>Your choices stay in this browser. Nothing is sent anywhere.</small>
</div>
<script>
{js}</script>
</section>
"""
QUESTION = """<fieldset>
<legend><b>{place}.</b> {text}</legend>{code}
{options}
<details class="others"><summary>Why the others are wrong</summary>
<ul>{others}</ul></details>
</fieldset>"""
OPTION = """<div class="option{mark}">
<label><input type="radio" name="{name}"> <span>{text}</span></label>
<p class="why" hidden="hidden">{verdict}{why}</p></div>"""
RIGHT = "<strong>Right.</strong> "
CHOSEN = '<strong class="chosen">Not this one.</strong> '


def quiz(number: str) -> Quiz:
    """Make the quiz of a notebook.

    Args:
        number: The number of the notebook, such as "01".

    Raises:
        ValueError: If there is no quiz of this number.
    """
    if number not in QUESTIONS:
        known = ", ".join(QUESTIONS)
        raise ValueError(f"there is no quiz {number!r}, only {known}")
    # a network draws random numbers, and the reader's own should stay as if
    # there were no quiz
    state = random.getstate()
    try:
        return Quiz(number, QUESTIONS[number]())
    finally:
        random.setstate(state)


class Quiz:
    """Questions: in a notebook to be answered, elsewhere to be read.

    Args:
        number: The number of the notebook.
        questions: What is asked.
    """

    def __init__(self, number: str, questions: Sequence[Question]):
        self.number = number
        self.questions = list(questions)

    def __repr__(self) -> str:
        parts = [f"Quiz {self.number}"]
        for place, question in enumerate(self.questions, 1):
            parts += ["", wrapped(f"{place}. ", question.text)]
            if question.code:
                parts += ["", indent(question.code, " " * 7), ""]
            parts += [wrapped("   ( ) ", one.text) for one in question.options]
        parts += ["", f'The answers: print(quiz("{self.number}").answers())']
        return "\n".join(parts)

    def answers(self) -> str:
        """The right options and all explanations, as plain text."""
        parts = [f"Quiz {self.number}: the answers"]
        for place, question in enumerate(self.questions, 1):
            start = f"{place}. "
            for option in right_first(question):
                parts.append(wrapped(start, option.text))
                parts.append(wrapped(" " * len(start), option.why))
                start = "   not: "
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        # What was chosen in a quiz with other questions is none of this one's
        version = f"{crc32(repr(self).encode()):08x}"
        return BLOCK.format(
            number=self.number,
            key=f"quiz-{self.number}-{version}",
            css=CSS,
            questions="\n".join(
                question_html(question, self.number, place)
                for place, question in enumerate(self.questions, 1)
            ),
            answers="\n".join(map(answer_html, self.questions)),
            js=JS,
        )


def question_html(question: Question, number: str, place: int) -> str:
    """A question with its options, each with a hidden explanation."""
    code = ""
    if question.code:
        code = f"\n<pre><code>{escape(question.code)}</code></pre>"
    options = [
        OPTION.format(
            mark=" right" if option.right else "",
            name=f"quiz-{number}-{place}",
            text=as_html(option.text),
            verdict=RIGHT if option.right else CHOSEN,
            why=as_html(option.why),
        )
        for option in question.options
    ]
    return QUESTION.format(
        place=place,
        text=as_html(question.text),
        code=code,
        options="\n".join(options),
        others=wrong_html(question),
    )


def answer_html(question: Question) -> str:
    """The options of a question and their explanations, the right one first."""
    right = explained(question.right)
    return f"<li>{right}\n<ul>{wrong_html(question)}</ul></li>"


def wrong_html(question: Question) -> str:
    """The wrong options and their explanations, as items of a list."""
    wrong = right_first(question)[1:]
    return "".join(f"<li>{explained(option)}</li>" for option in wrong)


def explained(option: Option) -> str:
    """An option and its explanation."""
    return f"<b>{as_html(option.text)}</b> {as_html(option.why)}"


def right_first(question: Question) -> list[Option]:
    """The options, with the right one at the beginning."""
    return sorted(question.options, key=lambda option: not option.right)


def wrapped(start: str, text: str) -> str:
    """The text in lines, of which all but the first are indented."""
    return fill(
        as_text(text),
        COLUMNS,
        initial_indent=start,
        subsequent_indent=" " * len(start),
    )
