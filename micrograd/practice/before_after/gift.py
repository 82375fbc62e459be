"""The test as a GIFT file, which Moodle and other quiz tools import.

In GIFT, `::` is around a title, `{}` around the options, `=` before a right
option, `~` before a wrong one and `#` before the feedback on it. Where one of
these signs is part of a text, it gets a backslash. The texts are HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from ..quizzes.markup import as_html
from ..quizzes.question import Question

SPECIAL = re.compile(r"[\\~=#{}:]")
LINK = re.compile(r"\[([^\]]+)\]\((\d\d)_[^)]*\)")


def as_gift(category: str, questions: Sequence[Question]) -> str:
    """Write questions as a GIFT file.

    Args:
        category: Where a quiz tool files them; a slash goes one level down.
        questions: What is asked, in this order.

    Raises:
        ValueError: If a sign in the category has a meaning in GIFT, or the
            code of a question has an empty line, which would end it.
    """
    if SPECIAL.search(category) or "\n" in category:
        raise ValueError(f"GIFT cannot have this category: {category!r}")
    parts = [f"$CATEGORY: {category}"]
    for number, question in enumerate(questions, 1):
        parts.append(written(f"{category.split('/')[-1]}, {number}", question))
    return "\n\n".join(parts) + "\n"


def written(title: str, question: Question) -> str:
    """One question with its options."""
    if "\n\n" in question.code:
        raise ValueError(f"no line of code may be empty: {question.code!r}")
    text = f"<p>{html(question.text)}</p>"
    if question.code:
        text += f"<pre>{escape(question.code)}</pre>"
    lines = [f"::{escaped(title)}::[html]{escaped(text)}{{"]
    for option in question.options:
        sign = "=" if option.right else "~"
        chosen, why = html(option.text), html(option.why)
        lines.append(f"{sign}{escaped(chosen)}#{escaped(why)}")
    return "\n".join([*lines, "}"])


def html(text: str) -> str:
    """The text as HTML, in which a link is the name of a section.

    Outside the book, its address would lead nowhere.
    """
    return as_html(LINK.sub(r'See "\1" in notebook \2.', text))


def escaped(text: str) -> str:
    """The text with a backslash before each sign that GIFT would read."""
    return SPECIAL.sub(r"\\\g<0>", text)
