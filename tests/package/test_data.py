"""The files in data/ hold what their README says.

The engine itself confirms a sample of them; test_zoo.py has the bug zoo's.
"""

import math
import random
from csv import DictReader

import checksum_data
import measure_answers
import measure_stuck
import numpy as np
import pytest
from measure_xor_success import NETWORKS
from side_by_side import SOLVED, Networks

from micrograd import MLP
from micrograd.practice import DATA
from micrograd.train import XOR_X, XOR_Y, mean_squared_error, train


def read(name):
    with open(DATA / name, encoding="utf-8") as file:
        return list(DictReader(file))


ROWS = {
    (row["network"], int(row["seed"])): row for row in read("xor_success.csv")
}
STUCK = {int(row["seed"]): row for row in read("stuck_nudges.csv")}


def test_the_readme_names_every_file():
    text = (DATA / "README.md").read_text("utf-8")
    missing = [x.name for x in DATA.iterdir() if f"`{x.name}`" not in text]
    assert missing == ["README.md"]


def test_no_digit_has_changed_since_the_files_were_written():
    stored = (DATA / "checksums.txt").read_text("utf-8").splitlines()
    changed = {*stored} ^ {*checksum_data.checksums()}
    places = sorted({line.rpartition(":")[0] for line in changed})
    advice = "if this is meant: python scripts/checksum_data.py"
    assert not places, "\n".join([*places, advice])


def test_every_network_and_seed_has_a_row():
    seeds = range(1000)
    assert list(ROWS) == [(name, seed) for name in NETWORKS for seed in seeds]


def test_the_speeds_are_ratios_to_the_style_of_the_lecture():
    first, *others = read("speed.csv")
    assert list(first.values()) == ["lecture style", "1", "1"]
    assert "compiled" in {row["engine"] for row in others}
    for row in others:
        assert float(row["XOR step"]) > 0 and float(row["100 points"]) > 0


def with_and_without_other_rounding(name, seeds, steps):
    """The losses of NumPy, and those with the four points in reverse.

    The order of the points is the order in which sums are added up.
    """
    one = Networks(NETWORKS[name], seeds)
    other = Networks(NETWORKS[name], seeds)
    other.points, other.targets = other.points[::-1], other.targets[::-1]
    with np.errstate(over="ignore", invalid="ignore"):
        one.train(steps)
        other.train(steps)
        return one.losses(), other.losses()


# Most kinds with one seed, after 200 steps
SAMPLES = [(name, [40 * i], 200) for i, name in enumerate(NETWORKS)]
SAMPLES += [("16-1, ReLU", [7], 1000), ("4-1, tanh", [7], 1000)]
SAMPLES += [("4-4-1, tanh", range(40), 200), ("4-4-1, tanh", range(5), 1000)]


class TestEachSample:
    @pytest.mark.slow
    @pytest.mark.parametrize(("name", "seeds", "steps"), SAMPLES)
    def test_the_engine_finds_the_same_losses(self, name, seeds, steps):
        """Runs that bounce are left out: rounding alone changes their loss."""
        losses = with_and_without_other_rounding(name, seeds, steps)
        calm = np.isclose(*losses, rtol=0, atol=1e-9, equal_nan=True)
        assert calm.mean() >= (0.8 if name == "4-4-1, tanh" else 1)

        sizes, activation, output_activation, rate = NETWORKS[name]
        for seed in np.array(seeds)[calm]:
            random.seed(int(seed))
            model = MLP(2, sizes, output_activation, activation)
            try:
                *_, found = train(
                    model, XOR_X, XOR_Y, steps + 1, rate, compiled=True
                )
            except ArithmeticError:
                found = math.inf
            stored = float(ROWS[name, seed][f"loss after {steps} steps"])
            assert found == pytest.approx(stored, abs=2e-6), f"seed {seed}"


@pytest.mark.slow
@pytest.mark.parametrize("name", [x for x in NETWORKS if x != "4-4-1, tanh"])
def test_rounding_changes_no_loss_of_other_kinds(name):
    losses = with_and_without_other_rounding(name, range(50), 1000)
    assert np.isclose(*losses, rtol=0, atol=1e-6, equal_nan=True).all()


def test_rounding_changes_a_twentieth_of_the_runs_of_4_4_1_tanh():
    losses = with_and_without_other_rounding("4-4-1, tanh", range(1000), 200)
    share = (abs(np.subtract(*losses)) > 2e-6).mean()
    assert 0.03 < share < 0.08
    one, other = [(found < SOLVED).mean() for found in losses]
    assert abs(one - other) < 0.01


def test_the_stuck_runs_are_those_of_the_large_file():
    name, column = "4-4-1, ReLU", "loss after 1000 steps"
    stuck = {
        seed: ROWS[name, seed][column]
        for seed in range(200)
        if float(ROWS[name, seed][column]) >= 0.05
    }
    assert {seed: row[column] for seed, row in STUCK.items()} == stuck


def test_a_nudge_helps_where_a_slope_leads_down_and_nowhere_else():
    for row in STUCK.values():
        _, before, first, best, slope = map(float, row.values())
        assert best <= first
        assert (best < before - 0.01) == (slope < -0.01) == (slope != 0)


class TestEachStuckRun:
    """Two are freed, by the first bias or another; two are not."""

    @pytest.mark.slow
    @pytest.mark.parametrize("seed", [42, 7, 16, 1])
    def test_the_engine_finds_the_same_row(self, seed):
        random.seed(seed)
        model = MLP(2, [4, 4, 1])
        train(model, XOR_X, XOR_Y, 1000, compiled=True)
        stuck = [p.data for p in model.parameters()]
        before = loss(model)

        slopes = [0.0]
        for i, data in enumerate(stuck):
            for nudged in data + 1e-6, data - 1e-6:
                restore(model, stuck)
                model.parameters()[i].data = nudged
                slopes.append((loss(model) - before) / 1e-6)

        after = []
        for i in range(8):
            restore(model, stuck)
            hidden = [n for layer in model.layers[:2] for n in layer.neurons]
            hidden[i].b.data += 1e-6
            train(model, XOR_X, XOR_Y, 1000, compiled=True)
            after.append(loss(model))

        found = [seed, before, after[0], min(after), min(slopes)]
        stored = [float(x) for x in STUCK[seed].values()]
        assert list(STUCK[seed]) == measure_stuck.COLUMNS
        assert found[:4] == pytest.approx(stored[:4], abs=2e-6)
        assert found[4] == pytest.approx(stored[4], abs=2e-4)
        if seed == 42:
            assert after[0] < 1e-6


def loss(model):
    return mean_squared_error([model(x) for x in XOR_X], XOR_Y).data


def restore(model, numbers):
    for parameter, number in zip(model.parameters(), numbers):
        parameter.data = number


# The answers to questions


@pytest.mark.slow
@pytest.mark.parametrize("question", measure_answers.ANSWERS)
def test_a_measured_answer_is_measured_again(question):
    rows = [row for row in read("answers.csv") if row["question"] == question]
    stored = [(row["quantity"], row["value"]) for row in rows]
    assert measure_answers.ANSWERS[question]() == stored and stored


def test_every_measured_answer_has_a_question():
    questions = {row["question"] for row in read("answers.csv")}
    assert questions == set(measure_answers.ANSWERS)
