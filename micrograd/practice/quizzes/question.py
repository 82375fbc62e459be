"""A question of a quiz, and its options.

No number in an option is typed. `Computed` runs the right code, or the same
code with a bug of the zoo let loose, when the question is made: so a wrong
option is what a real mistake gives, and none can be wrong by accident.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext

from ..zoo import Bug


class Option:
    """An option in words.

    Args:
        text: What it says.
        why: Why it is right; or what somebody thinks who chooses it, with a
            link to the section that answers.
        right: Whether it is the right one.
    """

    def __init__(self, text: str, why: str, right: bool = False):
        self.text = text
        self.why = why
        self.right = right


class Computed(Option):
    """An option with one number in it, or several.

    Args:
        compute: A function without arguments that returns the number, or a
            tuple of them. Its name says what it does.
        why, right: As in `Option`.
        bug: The bug of the zoo that is loose meanwhile, if any.
        text: What the option says, with `{}` for each number.

    Raises:
        ValueError: If the text has not one `{}` for each number.
    """

    def __init__(
        self,
        compute: Callable[[], float | tuple[float, ...]],
        why: str,
        right: bool = False,
        bug: Bug | None = None,
        text: str = "{}",
    ):
        with bug or nullcontext():
            result = compute()
        self.numbers = result if isinstance(result, tuple) else (result,)
        self.compute = compute
        self.bug = bug
        if text.count("{}") != len(self.numbers):
            raise ValueError(
                f"the text needs a {{}} for each of {self.numbers}: {text!r}"
            )
        shown = [show_number(number) for number in self.numbers]
        super().__init__(text.format(*shown), why, right)

    @property
    def source(self) -> str:
        """Where the numbers come from: the name of a bug or of a function."""
        return (self.bug or self.compute).__name__


class Question:
    """A question with options, one of which is right.

    Options with numbers are shown in the order of their numbers, the others
    as they are given.

    Args:
        text: What is asked.
        options: Two or more of them.
        code: Lines of a program that the question is about.

    Raises:
        ValueError: If not exactly one option is right, or two are equal.
    """

    def __init__(self, text: str, options: Sequence[Option], code: str = ""):
        texts = [option.text for option in options]
        number = sum(option.right for option in options)
        if number != 1:
            raise ValueError(
                f"exactly one option must be right, not {number}: {text}"
            )
        if len(set(texts)) < len(texts):
            raise ValueError(
                f"no two options may be equal: {', '.join(texts)} ({text})"
            )
        self.text = text
        self.options = in_order(options)
        self.code = code

    @property
    def right(self) -> Option:
        """The right option."""
        return next(option for option in self.options if option.right)


def in_order(options: Sequence[Option]) -> list[Option]:
    """The options, sorted if all of them are numbers."""
    numbers = [option for option in options if isinstance(option, Computed)]
    if len(numbers) < len(options):
        return list(options)
    return [*sorted(numbers, key=lambda option: option.numbers)]


def show_number(x: float) -> str:
    """The number with up to four digits, and a real minus sign."""
    return f"{x:z,.4g}".replace("-", "−")
