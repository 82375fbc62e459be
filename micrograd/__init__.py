"""Backpropagation from scratch: a scalar engine and a small network library.

Read the modules in this order: engine, nn, gradcheck, compile, train, tensor,
language, graph, palette, picture, plot, sketch, network_sketch, matrix_sketch,
show. Only those from picture to matrix_sketch need matplotlib, and tensor needs
NumPy, so they are imported by their own names: `from micrograd.plot import
plot_losses`.
"""

from .compile import compile_graph
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

__version__ = "0.8.0"
__all__ = [
    "MLP",
    "Layer",
    "Neuron",
    "Value",
    "compile_graph",
    "draw_graph",
    "gradient_check",
    "gradient_check_model",
    "numerical_gradient",
    "print_graph",
    "relative_error",
    "show",
]
