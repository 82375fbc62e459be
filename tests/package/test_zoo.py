"""The bug zoo: each bug goes in, does what it says, and goes out again; the unit tests of the engine catch every one of
them; the file in data/ is what the zoo does."""

import csv
import os
import runpy
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from micrograd import MLP, Value, gradient_check, gradient_check_model, show
from micrograd.gradcheck import GradientMismatch
from micrograd.practice.zoo import ZOO, mystery, mystery_names, tangle
from micrograd.train import DATA

ROOT = Path(__file__).parent.parent.parent
TOOL = runpy.run_path(str(ROOT / "scripts/bug_zoo.py"))
UNSEEN = [
    "not_reset",
    "no_zero_grad",
    "uphill",
    "rebound",
]  # by a gradient check


def places():
    return {name: getattr(bug.owner, bug.name) for name, bug in ZOO.items()}


RIGHT = places()


@pytest.fixture(autouse=True)
def the_engine_is_right_again():
    yield
    assert places() == RIGHT


def gradient_check_sees(bug):
    with bug:
        return TOOL["check_error"]() > 1e-6


@pytest.mark.parametrize("bug", ZOO.values(), ids=ZOO)
def test_a_bug_shows_its_lines_and_says_what_it_is(bug):
    assert repr(
        bug
    ) == f"{bug.__name__}: {bug.__doc__}" and bug.__doc__.endswith(".")
    source = show(bug).source
    assert (
        source.startswith("@bug(")
        and f"def {bug.__name__}(" in source
        and len(source.splitlines()) <= 14
    )


@pytest.mark.parametrize("bug", ZOO.values(), ids=ZOO)
def test_a_bug_is_there_inside_the_block_only(bug):
    right = getattr(bug.owner, bug.name)
    with pytest.raises(KeyError), bug, bug:
        assert getattr(bug.owner, bug.name) is bug.wrong is not right
        raise KeyError
    assert getattr(bug.owner, bug.name) is right


def test_what_a_gradient_check_cannot_see():
    assert [
        name for name, bug in ZOO.items() if not gradient_check_sees(bug)
    ] == UNSEEN


@pytest.mark.parametrize(
    "name", ["tanh_of_input", "tanh_unsquared", "tanh_twice", "never_shut"]
)
def test_a_wrong_activation_reaches_the_networks(name):
    model = MLP(
        2, [4, 1], activation="relu" if name == "never_shut" else "tanh"
    )
    for p in model.parameters():
        p.data += 0.1
    with ZOO[name], pytest.raises(GradientMismatch):
        gradient_check_model(
            model, lambda model: model([-0.5, -0.8]) + model([1.0, -0.3])
        )


@pytest.mark.parametrize("name", ZOO)
def test_the_unit_tests_catch_it(name):
    """The tests of the core, run with the bug in the engine (see conftest.py), fail."""
    files = [
        f"tests/test_{module}.py"
        for module in ("engine", "gradcheck", "nn", "train")
    ]
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-qx",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            *files,
        ],
        cwd=ROOT,
        env={**os.environ, "MICROGRAD_BUG": name},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1 and "\n1 failed" in run.stdout, (
        run.stdout + run.stderr
    )


def test_mysteries_are_six_different_bugs():
    names = mystery_names()
    assert len(set(names)) == 6 and set(names) <= set(ZOO)
    for n, name in enumerate(names, 1):
        with mystery(n):
            assert getattr(ZOO[name].owner, ZOO[name].name) is ZOO[name].wrong


@pytest.mark.parametrize("n", [0, 7, -1, 1.0, 1.5, "1", None])
def test_there_is_no_other_mystery(n):
    with pytest.raises(ValueError, match="1 to 6"), mystery(n):
        pass


def test_the_tangle_is_right_without_a_bug():
    for at in TOOL["POINTS"]:
        assert len(gradient_check(tangle, at)) == 2
    assert isinstance(tangle(Value(1.0), Value(1.0)), Value)


# data/bug_zoo.csv

with open(DATA / "bug_zoo.csv") as file:
    ROWS = list(csv.reader(file))


def test_the_file_has_a_row_for_each_bug_network_and_seed():
    assert ROWS[0] == TOOL["COLUMNS"]
    assert [(row[0], row[2], int(row[3])) for row in ROWS[1:]] == list(
        product(TOOL["BUGS"], TOOL["NETWORKS"], range(100))
    )


@pytest.mark.parametrize(
    "bug, network", list(product(TOOL["BUGS"], TOOL["NETWORKS"]))
)
def test_the_zoo_does_what_the_file_says(bug, network):
    place = 1 + 100 * (
        TOOL["BUGS"].index(bug) * len(TOOL["NETWORKS"])
        + list(TOOL["NETWORKS"]).index(network)
    )
    stored = ROWS[place + 42]
    [found] = TOOL["rows"](bug, network, seeds=[42])
    assert found[:4] == [*stored[:3], int(stored[3])]
    assert float(found[4]) == pytest.approx(
        float(stored[4]), rel=1e-4, abs=1e-6
    )
