"""Give the answers in the folder `answers` to the checks.

Each file there holds answers to one exercise, as readers would have written
them. First come the imports of the notebook, and what the reader has defined
in earlier steps. Then each answer begins with a comment that says what the
check should say about it, and ends with the call of check_exercise:

    # expect: not yet: for x you say 8. Three paths
    x_grad, inner_grad = 8, 2
    check_exercise("01.1", x_grad, inner_grad)

The words after "not yet:" are a part of the message; " ... " in them stands
for any other words.
"""

import ast
import re
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from micrograd import nn
from micrograd.practice.checks import EXERCISES

FILES = sorted(Path(__file__).parent.glob("answers/*.py"))

# Advice that fits one kind of mistake and misleads after any other.
ADVICE = [
    "A share is",
    "Add to",
    "Does the result have",
    "Never give exp",
    "Have you run",
]


class Answer(NamedTuple):
    """An answer, where it stands, and what the check should say."""

    path: Path
    line: int
    earlier: str
    source: str
    expected: str

    @property
    def number(self) -> str:
        """The exercise that is answered: 01.2 in 01_2_sigmoid.py."""
        notebook, exercise = self.path.name.split("_")[:2]
        return f"{notebook}.{exercise}"

    def verdict(self):
        """Run the answer, and return what its last line returns."""
        names = {}
        exec(compile(self.earlier, self.path, "exec"), names)  # noqa: S102
        program = ast.parse("\n" * (self.line - 1) + self.source)
        last = ast.Expression(program.body.pop().value)
        exec(compile(program, self.path, "exec"), names)  # noqa: S102
        return eval(compile(last, self.path, "eval"), names)


def read(path: Path) -> list[Answer]:
    """The answers in one file."""
    text = path.read_text("utf-8")
    earlier, *parts = re.split(r"^# expect: ", text, flags=re.MULTILINE)
    answers = []
    line = 1 + earlier.count("\n")
    for part in parts:
        comment = re.match(r".*\n(?:# .*\n)*", part)[0]
        expected = " ".join(comment.replace("\n#", " ").split())
        answers.append(Answer(path, line, earlier, f"# {part}", expected))
        line += part.count("\n")
    return answers


ANSWERS = [answer for path in FILES for answer in read(path)]
NAMES = [f"{answer.path.name}:{answer.line}" for answer in ANSWERS]


def test_every_exercise_has_right_and_wrong_answers():
    right = [a.number for a in ANSWERS if a.expected == "done"]
    wrong = [a.number for a in ANSWERS if a.expected.startswith("not yet: ")]
    assert len(right) + len(wrong) == len(ANSWERS)
    assert set(right) == set(wrong) == set(EXERCISES)
    assert [number for number in EXERCISES if wrong.count(number) < 2] == []


@pytest.mark.filterwarnings("ignore:.* encountered in:RuntimeWarning")
@pytest.mark.parametrize("answer", ANSWERS, ids=NAMES)
def test_the_check_says_what_is_expected(answer):
    with mock.patch.dict(nn.ACTIVATIONS):
        done, message = answer.verdict()
    if answer.expected == "done":
        assert (done, message) == (True, f"{answer.number}: done.")
        return
    assert not done
    assert message.startswith(f"{answer.number}, not yet: ")
    words = answer.expected.removeprefix("not yet: ").split(" ... ")
    pattern = r"(?<!\S)" + ".*".join(map(re.escape, words))
    assert re.search(pattern, message), message
    for advice in ADVICE:
        assert advice not in message or advice in answer.expected
    # A hint is one line of at most two sentences.
    assert "\n" not in message and len(message) < 360
    assert message[-1] in ".?"
    assert len(re.findall(r"[.?](?= |\Z)", message)) <= 2
