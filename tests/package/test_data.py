"""The files in data/ hold what their README says, and the engine itself confirms a sample of them."""

import csv
import math
import random
import runpy

import pytest

from micrograd import MLP
from micrograd.train import DATA, XOR_X, XOR_Y, train

TOOL = runpy.run_path(str(DATA.parent / "scripts/xor_success.py"))
with open(DATA / "xor_success.csv") as file:
    ROWS = {
        (row["network"], int(row["seed"])): row for row in csv.DictReader(file)
    }


def trained(network, seed, steps):
    """The loss that the engine itself has after so many steps."""
    sizes, activation, output_activation, rate = TOOL["NETWORKS"][network]
    random.seed(seed)
    model = MLP(2, sizes, output_activation, activation)
    try:
        return train(model, XOR_X, XOR_Y, steps + 1, rate)[-1]
    except ArithmeticError:
        return math.inf


def test_every_network_and_seed_has_a_row():
    assert list(ROWS) == [
        (network, seed) for network in TOOL["NETWORKS"] for seed in range(1000)
    ]


@pytest.mark.parametrize("seed", [0, 42, 137, 999])
@pytest.mark.parametrize("network", TOOL["NETWORKS"])
def test_the_engine_finds_the_same_losses(network, seed):
    assert trained(network, seed, 200) == pytest.approx(
        float(ROWS[network, seed]["loss after 200 steps"]), abs=2e-6
    )


@pytest.mark.parametrize("network", ["16-1, ReLU", "4-1, tanh"])
def test_the_engine_finds_the_same_losses_after_1000_steps(network):
    assert trained(network, 7, 1000) == pytest.approx(
        float(ROWS[network, 7]["loss after 1000 steps"]), abs=2e-6
    )


def test_the_readme_names_every_file():
    text = (DATA / "README.md").read_text()
    assert [
        path.name for path in DATA.iterdir() if f"`{path.name}`" not in text
    ] == ["README.md"]
