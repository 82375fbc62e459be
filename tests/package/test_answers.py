"""What the package answers, word for word: results and errors in answers.txt.

Each paragraph there is a session of its own. An error is its type and message;
`...` stands for words that are not the same in all versions of Python.
"""

import contextlib
import doctest
import io
import math
from pathlib import Path

import numpy as np
import pytest

import micrograd
from micrograd import nn, picture, plot, train
from micrograd.practice import animate_backward, zoo

TEXT = (Path(__file__).parent / "answers.txt").read_text(encoding="utf-8")
SESSIONS = [part for part in TEXT.split("\n\n") if ">>>" in part]
NAMES = {"np": np, "math": math, "animate_backward": animate_backward}
for module in micrograd, nn, zoo, picture, plot, train:
    NAMES |= vars(module)
NAMES["course"] = lambda x, y: (x + y) * x


@pytest.mark.parametrize("session", SESSIONS, ids=lambda s: s.split("\n")[0])
def test_answer(session):
    names = dict(NAMES)
    for example in doctest.DocTestParser().get_examples(session):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            try:
                exec(compile(example.source, "answers", "single"), names)
            except Exception as error:
                print(f"{type(error).__name__}: {error}")
        got, want = out.getvalue(), example.want
        same = doctest.OutputChecker().check_output
        assert same(want, got, doctest.ELLIPSIS), f"{got}\nis not\n{want}"
