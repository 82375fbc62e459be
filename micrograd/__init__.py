"""Backpropagation from scratch: a scalar autodiff engine and a tiny neural-network library.

Read the modules in this order: engine, nn, gradcheck, train, graph, picture, plot, show. Only plot
needs matplotlib, so it is imported by its own name: `from micrograd.plot import plot_losses`.
"""

from .engine import Value
from .gradcheck import (
    gradient_check,
    gradient_check_model,
    numerical_gradient,
    relative_error,
)
from .graph import draw_graph, print_graph
from .nn import MLP, Layer, Neuron
from .show import show

__all__ = [
    "MLP",
    "Layer",
    "Neuron",
    "Value",
    "draw_graph",
    "gradient_check",
    "gradient_check_model",
    "numerical_gradient",
    "print_graph",
    "relative_error",
    "show",
]
