"""The sheets of the test before and after, its key, and its GIFT files.

    ```{test-sheet} A     the twelve questions of a form, to be ticked
    ```{test-answers}     the letters of the right options
    ```{test-key}         what is behind each option of each item

The pages are made from the items in `micrograd/practice/before_after/`, and so
are the files test-form-a.txt and test-form-b.txt beside the book's pages.
"""

import inspect
import re
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from micrograd.practice.before_after import Item, as_gift, items
from micrograd.practice.quizzes.question import Option, Question

CATEGORY = "Backpropagation, before and after/Form {}"


def forms(all_items: list[Item]) -> dict[str, list[Question]]:
    return {
        "A": [item.form_a for item in all_items],
        "B": [item.form_b for item in all_items],
    }


def letter(option: Option, question: Question) -> str:
    return "abcd"[question.options.index(option)]


# In Markdown, as the texts of questions and options are


def sheet(questions: list[Question]) -> str:
    """The questions of a form, with a letter and a box for each option."""
    parts = []
    for number, question in enumerate(questions, 1):
        code = f"```python\n{question.code}\n```\n\n" if question.code else ""
        options = "\n".join(f"1. {option.text}" for option in question.options)
        parts.append(
            f"::::{{container}} item\n**{number}.** {question.text}\n\n"
            f"{code}{{.ticks}}\n{options}\n::::"
        )
    return "\n\n".join(parts)


def answers(all_items: list[Item]) -> str:
    """A table with a row for each form: enough to mark a pile of sheets."""
    numbers = range(1, len(all_items) + 1)
    rows = [["Form", *map(str, numbers)], ["---"] * (len(numbers) + 1)]
    for form, questions in forms(all_items).items():
        rows.append([form, *(letter(q.right, q) for q in questions)])
    return table(rows)


def key(all_items: list[Item]) -> str:
    """For each item its belief, and what is behind the options."""
    return "\n\n".join(
        f"**{number}. {item.belief}**\n\n{behind(item)}"
        for number, item in enumerate(all_items, 1)
    )


def behind(item: Item) -> str:
    """The options of both forms, the right one first, and their reasons."""
    rows = [["Form A", "Form B", "What is behind it"], ["---"] * 3]
    options = sorted(item.form_a.options, key=lambda option: not option.right)
    for option in options:
        [same] = [o for o in item.form_b.options if o.why == option.why]
        why = re.sub(r"(?=\[[^\]]+\]\()", "See ", option.why)  # before a link
        why = f"**Right.** {why}" if option.right else why
        cells = [
            f"**{letter(one, question)}** {one.text}"
            for one, question in ((option, item.form_a), (same, item.form_b))
        ]
        rows.append([*cells, why])
    return table(rows)


def table(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


# In the book


class FromItems(SphinxDirective):
    """Put Markdown that is made from the items where the directive is."""

    css_class = ""

    def markdown(self) -> str:
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency(inspect.getfile(items))
        block = nodes.container(classes=[self.css_class])
        lines = StringList(self.markdown().splitlines(), "the test's items")
        self.state.nested_parse(lines, self.content_offset, block)
        return [block]


class Sheet(FromItems):
    css_class = "test-sheet"
    required_arguments = 1

    def markdown(self):
        return sheet(forms(items())[self.arguments[0]])


class Answers(FromItems):
    css_class = "test-answers"

    def markdown(self):
        return answers(items())


class Key(FromItems):
    css_class = "test-key"

    def markdown(self):
        return key(items())


def write_gift(app, error):
    if error:
        return
    for form, questions in forms(items()).items():
        target = Path(app.outdir) / f"test-form-{form.lower()}.txt"
        text = as_gift(CATEGORY.format(form), questions)
        target.write_text(text, encoding="utf-8", newline="\n")


def setup(app):
    app.add_directive("test-sheet", Sheet)
    app.add_directive("test-answers", Answers)
    app.add_directive("test-key", Key)
    app.connect("build-finished", write_gift)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
