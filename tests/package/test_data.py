"""The files in data/ hold what their README says.

The engine itself confirms a sample of them; test_zoo.py has the bug zoo's.
"""

import math
import random
from csv import DictReader

import measure_xor_success
import pytest

from micrograd import MLP
from micrograd.practice import DATA
from micrograd.train import XOR_X, XOR_Y, train

NETWORKS = measure_xor_success.NETWORKS
with open(DATA / "xor_success.csv") as file:
    ROWS = {(row["network"], int(row["seed"])): row for row in DictReader(file)}


def test_every_network_and_seed_has_a_row():
    seeds = range(1000)
    assert list(ROWS) == [(name, seed) for name in NETWORKS for seed in seeds]


def test_the_readme_names_every_file():
    text = (DATA / "README.md").read_text()
    missing = [x.name for x in DATA.iterdir() if f"`{x.name}`" not in text]
    assert missing == ["README.md"]


SAMPLES = [(name, 90 * i, 200) for i, name in enumerate(NETWORKS)]
SAMPLES += [("16-1, ReLU", 7, 1000), ("4-1, tanh", 7, 1000)]


@pytest.mark.slow
@pytest.mark.parametrize(("network", "seed", "steps"), SAMPLES)
def test_the_engine_finds_the_same_losses(network, seed, steps):
    sizes, activation, output_activation, rate = NETWORKS[network]
    random.seed(seed)
    model = MLP(2, sizes, output_activation, activation)
    try:
        found = train(model, XOR_X, XOR_Y, steps + 1, rate)[-1]
    except ArithmeticError:
        found = math.inf
    stored = float(ROWS[network, seed][f"loss after {steps} steps"])
    assert found == pytest.approx(stored, abs=2e-6)
