"""Exercises of notebook 03: counting, weights by hand, and a bend that never shuts."""

from collections.abc import Sequence

from ..engine import Value, topological_order
from ..nn import MLP
from .exercises import Wrong, as_number, exercise, operation


@exercise("03.1")
def counting(parameters, inner_nodes):
    """MLP(3, [5, 1]): its parameters, and the inner nodes that one call builds."""
    model = MLP(3, [5, 1])
    if as_number(parameters, "the number of parameters") != len(
        model.parameters()
    ):
        raise Wrong(
            f"it does not have {parameters} parameters: a neuron has one weight for each input, "
            f"and a bias."
        )
    if as_number(inner_nodes, "the number of nodes") != len(
        topological_order(model([1.0, 2.0, 3.0]))
    ):
        raise Wrong(
            f"one call does not build {inner_nodes} inner nodes: a neuron with n inputs makes "
            f"n products and n sums, and a ReLU if it is hidden."
        )


@exercise("03.2")
def equal_inputs(weights):
    """Nine numbers for MLP(2, [2, 1]), w0, w1 and b of each neuron: 1 where both inputs are equal."""
    if not isinstance(weights, Sequence) or len(weights) != 9:
        raise Wrong(
            "a list of nine numbers is wanted: w0, w1 and b for each of three neurons."
        )
    model = MLP(2, [2, 1])
    for parameter, weight in zip(model.parameters(), weights):
        parameter.data = as_number(weight, "each weight")
    for x, wanted in (([0, 0], 1), ([0, 1], 0), ([1, 0], 0), ([1, 1], 1)):
        if not abs((found := model(x).data) - wanted) < 1e-6:
            raise Wrong(
                f"at {x} your network answers {found:g}; wanted is {wanted}."
            )


@exercise("03.3")
def leaky_relu(f):
    """x where x is positive, else a tenth of it."""
    operation(
        f,
        lambda x: x if x > 0 else 0.1 * x,
        [(-2.0,), (2.0,), (-0.01,), (30.0,)],
    )
    if not isinstance(f(Value(0.0)), Value) or f(Value(0.0)).data != 0:
        raise Wrong("at exactly 0 it should give 0.")
