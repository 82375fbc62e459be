"""The bug zoo: each bug goes in, does what it says, and goes out again.

The checks of promises.py, which the unit tests go through, catch every bug; the
file in data/ is what the zoo does.
"""

import contextlib
import csv
from itertools import cycle, product

import measure_bug_zoo
import promises
import pytest
from promises import network

from micrograd import gradient_check, gradient_check_model, show
from micrograd.gradcheck import GradientMismatch
from micrograd.practice import DATA
from micrograd.practice.zoo import ZOO, mystery, mystery_names, tangle


def places():
    return {name: getattr(bug.owner, bug.name) for name, bug in ZOO.items()}


RIGHT = places()


@pytest.fixture(autouse=True)
def the_engine_is_right_again():
    yield
    assert places() == RIGHT


each_bug = pytest.mark.parametrize("bug", ZOO.values(), ids=ZOO)


@each_bug
def test_a_bug_shows_its_lines_and_says_what_it_is(bug):
    assert repr(bug) == f"{bug.__name__}: {bug.__doc__}"
    assert bug.__doc__.endswith(".")
    source = show(bug).source
    assert source.startswith("@bug(") and f"def {bug.__name__}(" in source


@each_bug
def test_a_bug_is_there_inside_the_block_only(bug):
    right = getattr(bug.owner, bug.name)

    with contextlib.suppress(KeyError), bug, bug:
        assert getattr(bug.owner, bug.name) is bug.wrong is not right
        raise KeyError
    assert getattr(bug.owner, bug.name) is right


@pytest.mark.parametrize("name", ZOO)
def test_the_unit_tests_catch_it(name):
    check = promises.OTHER_CHECKS.get(name, promises.check_operations)
    check()
    with ZOO[name], pytest.raises(AssertionError):
        check()


def test_what_a_gradient_check_cannot_see():
    assert len(gradient_check(tangle, [1.0, 1.0])) == 2
    unseen = []
    for name, bug in ZOO.items():
        with bug:
            if measure_bug_zoo.check_error() < 1e-6:
                unseen.append(name)
    assert unseen == ["not_reset", "no_zero_grad", "uphill", "rebound"]


def test_a_wrong_activation_reaches_the_networks():
    def outputs(model):
        return model([-0.5, -0.8]) + model([1.0, -0.3])

    for name in "tanh_of_input", "tanh_unsquared", "tanh_twice", "never_shut":
        activation = "relu" if name == "never_shut" else "tanh"
        model = network(4, 1, activation=activation)
        assert gradient_check_model(model, outputs)
        with ZOO[name], pytest.raises(GradientMismatch):
            gradient_check_model(model, outputs)


def test_mysteries_are_six_different_bugs():
    names = mystery_names()
    assert len(set(names)) == 6 and set(names) <= set(ZOO)
    for n, name in enumerate(names, 1):
        with mystery(n):
            assert getattr(ZOO[name].owner, ZOO[name].name) is ZOO[name].wrong


with open(DATA / "bug_zoo.csv", encoding="utf-8") as file:
    COLUMNS, *ROWS = csv.reader(file)
RUNS = list(product(measure_bug_zoo.BUGS, measure_bug_zoo.NETWORKS))


def test_the_file_has_a_row_for_each_bug_network_and_seed():
    assert COLUMNS == measure_bug_zoo.COLUMNS
    wanted = [(*run, str(seed)) for run in RUNS for seed in range(100)]
    assert [(bug, network, seed) for bug, _, network, seed, _ in ROWS] == wanted


# Each bug once, in the one network and in the other in turn
SAMPLE = list(zip(measure_bug_zoo.BUGS, cycle(measure_bug_zoo.NETWORKS)))


@pytest.mark.slow
@pytest.mark.parametrize(("bug", "network"), SAMPLE)
def test_the_zoo_does_what_the_file_says(bug, network):
    [found] = measure_bug_zoo.rows(bug, network, seeds=[42])
    [stored] = [
        row for row in ROWS if (row[0], row[2], row[3]) == (bug, network, "42")
    ]
    assert found[1] == stored[1]
    loss = pytest.approx(float(stored[4]), rel=1e-4, abs=1e-6)
    assert float(found[4]) == loss
