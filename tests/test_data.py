"""The files in data/ hold what their README says, and the engine itself confirms a sample of them."""
import csv
import random
import runpy

import pytest

from micrograd import MLP
from micrograd.train import DATA, XOR_X, XOR_Y, mean_squared_error, train

TOOL = runpy.run_path(str(DATA.parent / "tools/xor_success.py"))
with open(DATA / "xor_success.csv") as file:
    ROWS = {(row["network"], int(row["seed"])): row for row in csv.DictReader(file)}


def test_every_network_and_seed_has_a_row():
    assert list(ROWS) == [(network, seed) for network in TOOL["NETWORKS"] for seed in range(1000)]


@pytest.mark.parametrize("seed", [0, 42, 137, 999])
@pytest.mark.parametrize("network", TOOL["NETWORKS"])
def test_the_engine_finds_the_same_losses(network, seed):
    sizes, activation, output_activation = TOOL["NETWORKS"][network]
    random.seed(seed)
    model = MLP(2, sizes, output_activation, activation)
    train(model, XOR_X, XOR_Y, steps=200)
    loss = mean_squared_error([model(x) for x in XOR_X], XOR_Y)
    assert loss.data == pytest.approx(float(ROWS[network, seed]["loss after 200 steps"]), abs=2e-6)


@pytest.mark.parametrize("network", ["16-1, ReLU", "4-1, tanh"])
def test_the_engine_finds_the_same_losses_after_1000_steps(network):
    sizes, activation, output_activation = TOOL["NETWORKS"][network]
    random.seed(7)
    model = MLP(2, sizes, output_activation, activation)
    train(model, XOR_X, XOR_Y, steps=1000)
    loss = mean_squared_error([model(x) for x in XOR_X], XOR_Y)
    assert loss.data == pytest.approx(float(ROWS[network, 7]["loss after 1000 steps"]), abs=2e-6)


def test_the_readme_names_every_file():
    text = (DATA / "README.md").read_text()
    assert [path.name for path in DATA.iterdir() if f"`{path.name}`" not in text] == ["README.md"]
