"""The exercises as the notebooks ask for them, and their model solutions."""

import csv
from unittest import mock

import pytest
from solutions import ROOT, exercise_cells, solutions

from micrograd import nn
from micrograd.practice import DATA
from micrograd.practice.checks import EXERCISES

CELLS = list(exercise_cells())


def test_every_exercise_has_one_cell_and_one_solution():
    assert [cell.number for cell in CELLS] == list(EXERCISES)
    assert list(solutions()) == list(EXERCISES)


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.number)
def test_what_a_notebook_begins_with_is_not_done(cell):
    assert cell.notebook.startswith(f"{cell.number[:2]}_")
    assert cell.shown.startswith(f"{cell.number}, not yet: ")


@pytest.mark.parametrize("number", EXERCISES)
def test_a_solution_passes(number):
    before = set(nn.ACTIVATIONS)
    with mock.patch.dict(nn.ACTIVATIONS):
        verdict = solutions()[number].run()
        added = set(nn.ACTIVATIONS) - before
    assert verdict == (True, f"{number}: done.")
    assert added == ({"leaky"} if number == "04.3" else set())


def test_the_solution_of_05_3_quotes_the_file():
    with open(DATA / "xor_success.csv", encoding="utf-8") as file:
        runs = list(csv.DictReader(file))

    def lost(network):
        mine = [run for run in runs if run["network"] == network]
        losses = [float(run["loss after 1000 steps"]) for run in mine]
        return sum(loss >= 0.05 for loss in losses) / len(losses)

    quick, slow = lost("16-1, ReLU, rate 0.2"), lost("16-1, ReLU")
    text = (ROOT / "chapters/solutions.md").read_text("utf-8")
    assert f"it fails from {quick:.1%}, where 0.1 fails from {slow:.1%}" in text
