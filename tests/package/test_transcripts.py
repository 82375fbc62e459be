"""What Python answers, word for word: results and errors in transcripts.txt.

Each paragraph there is a transcript of its own. Of an error it has the last
line; `...` stands for words that differ between versions of Python.
"""

import code
import contextlib
import doctest
import io
import math
import sys
from pathlib import Path

import numpy as np
import pytest

import micrograd
from micrograd import compile as compiler
from micrograd import (
    language,
    matrix_sketch,
    network_sketch,
    nn,
    picture,
    plot,
    sketch,
    tensor,
    train,
)
from micrograd.practice import (
    DATA,
    animate_backward,
    animate_order,
    be_backward,
    drill,
    zoo,
)

TEXT = (Path(__file__).parent / "transcripts.txt").read_text(encoding="utf-8")
TRANSCRIPTS = [part for part in TEXT.split("\n\n") if ">>>" in part]
NAMES = {"np": np, "math": math, "DATA": DATA}
NAMES |= {f.__name__: f for f in (animate_backward, animate_order)}
NAMES |= {f.__name__: f for f in (be_backward, drill)}
sketches = sketch, network_sketch, matrix_sketch
others = tensor, train, language
for module in micrograd, nn, zoo, compiler, picture, plot, *sketches, *others:
    NAMES |= vars(module)


class Interpreter(code.InteractiveInterpreter):
    def showtraceback(self):
        kind, error, _ = sys.exc_info()
        print(f"{kind.__name__}: {error}")


@pytest.mark.parametrize(
    "transcript", TRANSCRIPTS, ids=lambda text: text.split("\n")[0]
)
def test_transcript(transcript):
    python = Interpreter(dict(NAMES))
    for example in doctest.DocTestParser().get_examples(transcript):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            python.runsource(example.source + "\n")
        same = doctest.OutputChecker().check_output
        if not same(example.want, out.getvalue(), doctest.ELLIPSIS):
            assert out.getvalue() == example.want
