"""Notebook 03: counting, weights by hand, and a leaky gate."""

from collections.abc import Sequence
from typing import Any

from ...engine import Value, topological_order
from ...nn import MLP
from .answer import Check, Wrong, as_number
from .operation import check_operation


def counting(parameters: object, inner_nodes: object) -> None:
    """03.1: the parameters of MLP(3, [5, 1]), and the inner nodes of a call."""
    model: Any = MLP(3, [5, 1])  # a call gives one Value
    right_parameters = len(model.parameters())
    right_nodes = len(topological_order(model([1.0, 2.0, 3.0])))
    if as_number(parameters, "the number of parameters") != right_parameters:
        raise Wrong(
            f"it does not have {parameters} parameters: a neuron has one "
            f"weight for each input, plus a bias."
        )
    if as_number(inner_nodes, "the number of nodes") != right_nodes:
        raise Wrong(
            f"one call does not build {inner_nodes} inner nodes: a neuron "
            f"with n inputs makes n products and n sums, plus a ReLU if it is "
            f"hidden."
        )


def equal_inputs(weights: object) -> None:
    """03.2: weights for MLP(2, [2, 1]) to answer 1 if its inputs are equal."""
    if not isinstance(weights, Sequence) or len(weights) != 9:
        raise Wrong(
            "the weights must be a list of nine numbers: w0, w1 and b for "
            "each of the three neurons."
        )
    model: Any = MLP(2, [2, 1])
    for parameter, weight in zip(model.parameters(), weights):
        parameter.data = as_number(weight, "each weight")
    for x, wanted in (([0, 0], 1), ([0, 1], 0), ([1, 0], 0), ([1, 1], 1)):
        found = model(x).data
        if not abs(found - wanted) < 1e-6:  # nan is wrong, too
            raise Wrong(
                f"at {x} your network should answer {wanted}, not {found:g}."
            )


def leaky_relu(f: Any) -> None:
    """03.3: x if x is positive, and a tenth of x otherwise."""

    def right(x: float) -> float:
        return x if x > 0 else 0.1 * x

    points = [(-2.0,), (2.0,), (-0.01,), (0.01,), (30.0,)]
    check_operation(f, right, points)
    at_zero = f(Value(0.0))
    if not isinstance(at_zero, Value) or at_zero.data != 0:
        raise Wrong("at exactly 0 it should give 0.")


EXERCISES: list[tuple[str, Check]] = [
    ("03.1", counting),
    ("03.2", equal_inputs),
    ("03.3", leaky_relu),
]
