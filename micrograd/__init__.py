"""Backpropagation from scratch: a scalar autodiff engine and a tiny neural-network library.

Read the modules in this order: engine, nn, gradcheck, graph, show, plot. Only plot needs another
package, so it is imported by its own name: `from micrograd.plot import plot_separable`.
"""
from .engine import Value
from .gradcheck import gradient_check, gradient_check_model, numerical_gradient, relative_error
from .graph import print_graph
from .nn import MLP, Layer, Neuron
from .show import show

__all__ = ["MLP", "Layer", "Neuron", "Value", "gradient_check", "gradient_check_model",
           "numerical_gradient", "print_graph", "relative_error", "show"]
