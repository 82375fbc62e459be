"""The checks of the exercises, one module for each notebook.

A check takes the reader's answer and raises `Wrong` with a hint, or returns
nothing. Each module lists its checks with their numbers.
"""

from collections.abc import Iterable

from . import (
    n00_descent,
    n01_value,
    n02_gradient_check,
    n03_mlp,
    n04_xor_training,
    n05_loss_curve,
    n06_graph_view,
    n08_bug_zoo,
    n09_matrices,
    n10_compile,
    n11_language_model,
)
from .answer import Check


def by_number(*lists: Iterable[tuple[str, Check]]) -> dict[str, Check]:
    """Join lists of exercises into one table.

    Args:
        lists: For each notebook, pairs of a number and a check.

    Returns:
        The check for each number.

    Raises:
        ValueError: If two checks have the same number.
    """
    checks: dict[str, Check] = {}
    for exercises in lists:
        for number, check in exercises:
            if number in checks:
                raise ValueError(f"two checks have the number {number}")
            checks[number] = check
    return checks


EXERCISES = by_number(
    n00_descent.EXERCISES,
    n01_value.EXERCISES,
    n02_gradient_check.EXERCISES,
    n03_mlp.EXERCISES,
    n04_xor_training.EXERCISES,
    n05_loss_curve.EXERCISES,
    n06_graph_view.EXERCISES,
    n08_bug_zoo.EXERCISES,
    n09_matrices.EXERCISES,
    n10_compile.EXERCISES,
    n11_language_model.EXERCISES,
)
