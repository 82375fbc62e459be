"""Exercises that check themselves.

`check_exercise("01.2", sigmoid)` says in a sentence or two whether your answer
is right and, if it is not, what is wrong with it. The checks are in the folder
`checks`, one module for each notebook.
"""

from inspect import signature
from typing import NamedTuple

from .checks import EXERCISES
from .checks.answer import Check, Wrong, describe_error


class Verdict(NamedTuple):
    """What a check says about an answer; Jupyter shows its message."""

    done: bool
    message: str

    def __repr__(self) -> str:
        return self.message


def check_exercise(number: str, *answer: object) -> Verdict:
    """Say whether an answer is right.

    Args:
        number: The number of the exercise, such as "01.2".
        answer: What the exercise asks for: functions, classes or numbers.

    Returns:
        The verdict. An answer that raises an error is not done yet, and the
        verdict says which error it was.

    Raises:
        ValueError: If no exercise has this number.
        ModuleNotFoundError: If a module is missing that the check needs, or
            the answer: no answer can mend that.
    """
    if number not in EXERCISES:
        known = ", ".join(sorted(EXERCISES))
        raise ValueError(f"there is no exercise {number!r}, only {known}")
    try:
        require_complete(EXERCISES[number], answer)
        EXERCISES[number](*answer)
    except Wrong as wrong:
        return Verdict(False, f"{number}, not yet: {wrong}")
    except ModuleNotFoundError:
        raise
    except Exception as error:  # noqa: BLE001 (a reader's code raises anything)
        description = describe_error(error)
        return Verdict(False, f"{number}, not yet: it raised {description}")
    return Verdict(True, f"{number}: done.")


def require_complete(check: Check, answer: tuple[object, ...]) -> None:
    """Reject an answer with dots in it, or with too many or too few parts.

    Raises:
        Wrong: If the check cannot be called with this answer.
    """
    if not answer or any(part is ... or part is None for part in answer):
        raise Wrong("replace the dots with your answer.")
    try:
        signature(check).bind(*answer)
    except TypeError as error:
        raise Wrong(f"{error} in the call to check_exercise.") from None
