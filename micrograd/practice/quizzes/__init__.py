"""The questions of the quizzes, one module for each notebook.

Each module has a function that makes its five questions, and computes the
numbers in them at that moment.
"""

from collections.abc import Callable

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
from .question import Question

QUESTIONS: dict[str, Callable[[], list[Question]]] = {
    "00": n00_descent.questions,
    "01": n01_value.questions,
    "02": n02_gradient_check.questions,
    "03": n03_mlp.questions,
    "04": n04_xor_training.questions,
    "05": n05_loss_curve.questions,
    "06": n06_graph_view.questions,
    "08": n08_bug_zoo.questions,
    "09": n09_matrices.questions,
    "10": n10_compile.questions,
    "11": n11_language_model.questions,
}
