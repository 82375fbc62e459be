"""The exercises as the notebooks ask for them, and their model solutions."""

from unittest import mock

import pytest
from solutions import exercise_cells, solutions

from micrograd import nn
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
