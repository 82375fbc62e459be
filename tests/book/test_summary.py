"""The two blocks of chapters/07_summary.md, run as they stand there, find the same gradients."""

import os
import re
from pathlib import Path

import pytest

BLOCKS = re.findall(
    r"```python\n(.*?)```",
    (Path(__file__).parent.parent.parent / "chapters/07_summary.md").read_text(),
    re.DOTALL,
)


def test_this_engine_and_pytorch_take_the_same_step():
    if not os.environ.get("CI"):
        pytest.importorskip("torch")
    names = {}
    for block in BLOCKS:
        exec(block, names)  # noqa: S102 (our own page)
    assert names["loss"].data == pytest.approx(
        names["torch_loss"].item(), rel=1e-12
    )

    (W1, W2), (b1, b2) = (
        [names[name + "1"], names[name + "2"]] for name in "Wb"
    )
    ours = names["model"].parameters()
    for pick in (lambda t: t.grad, lambda t: t.detach()):
        theirs = []
        for W, b in ((W1, b1), (W2, b2)):
            for weights, bias in zip(pick(W).tolist(), pick(b).tolist()):
                theirs += [*weights, bias]
        mine = (
            [p.grad for p in ours]
            if pick(W1) is W1.grad
            else [p.data for p in ours]
        )
        assert len(mine) == len(theirs) == 65
        assert mine == pytest.approx(theirs, rel=1e-12, abs=1e-12)


def test_there_are_two_blocks_and_torch_is_only_in_the_second():
    assert ["torch" in block for block in BLOCKS] == [False, True]
