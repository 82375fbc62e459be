"""What check_exercise does with any kind of answer, and with its numbers."""

import math
import re
import subprocess
import sys

import pytest
from solutions import solutions

from micrograd import MLP, Value
from micrograd.practice import check_exercise
from micrograd.practice.checks import EXERCISES, by_number


def raise_key_error(*_):
    raise KeyError("x")


NONSENSE = [None, ..., "x", "", [], (), {}, object(), Value(1.0), MLP(2, [1])]
NONSENSE += [math.nan, math.inf, -math.inf, 10**400, 1j]
NONSENSE += [int, print, raise_key_error, lambda: 1, lambda *_: "x"]
NONSENSE += [lambda *_: math.nan, lambda *_: Value(math.nan)]


@pytest.mark.parametrize("number", EXERCISES)
def test_no_answer_makes_a_check_raise(number):
    solution = solutions()[number]
    right = solution.run(check=lambda _, *parts: list(parts))
    answers = [[], right[:-1], [*right, right[0]]]
    for i in range(len(right)):
        for nonsense in NONSENSE:
            answers.append([*right[:i], nonsense, *right[i + 1 :]])
    for answer in answers:
        done, message = check_exercise(number, *answer)
        assert not done
        assert message.startswith(f"{number}, not yet: ")


@pytest.mark.parametrize("number", ["01.4", "1.1", "01.3", "", 1.1, None, ...])
def test_an_unknown_number_names_the_known_ones(number):
    message = f"there is no exercise {number!r}, only {', '.join(EXERCISES)}"
    with pytest.raises(ValueError, match=re.escape(message)):
        check_exercise(number, 1)


def test_a_number_used_twice_is_an_error():
    exercises = [("01.1", print), ("01.2", print)]
    assert by_number(exercises) == {"01.1": print, "01.2": print}
    with pytest.raises(ValueError, match=r"two checks have the number 01\.2"):
        by_number(exercises, [("01.2", int)])
    with pytest.raises(ValueError, match=r"two checks have the number 01\.1"):
        by_number([*exercises, ("01.1", print)])


def test_only_the_checks_of_arrays_need_numpy():
    code = """
import sys
sys.modules["numpy"] = None
from micrograd.practice import check_exercise
print(check_exercise("06.1", 5, 1, 11))
print(check_exercise("09.1", lambda G, x: x))
"""
    ended = subprocess.run(
        [sys.executable, "-Xutf8", "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.stdout == "06.1: done.\n"
    missing = "ModuleNotFoundError: import of numpy halted"
    assert missing in ended.stderr


def test_a_verdict_shows_its_message():
    assert repr(check_exercise("06.1", 5, 1, 11)) == "06.1: done."


@pytest.mark.parametrize("constant", [-1.0, 0.0, 0.5, 0.74, 0.749, 0.76, 3.0])
def test_the_better_constant_is_better_and_not_the_best(constant):
    message = check_exercise("04.1", constant, 0.0).message
    better = float(re.search("best: (.*) has", message)[1])
    assert 0 < abs(better - 0.75) < abs(constant - 0.75)


def test_a_test_that_is_stopped_leaves_no_bug_in_the_engine():
    tanh = Value.tanh
    calls = []

    def stop_later():
        calls.append(Value.tanh)
        if Value.tanh is not tanh:
            sys.exit()
        return True

    with pytest.raises(SystemExit):
        check_exercise("08.2", stop_later)
    assert calls[-1] is not tanh
    assert Value.tanh is tanh
