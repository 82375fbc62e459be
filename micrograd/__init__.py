"""Backpropagation from scratch: a scalar autodiff engine, a small neural-network library, and the book's tools.

Read the modules in this order: engine, nn, gradcheck, graph, plot, show.
"""
from .engine import Value
from .gradcheck import gradient_check, gradient_check_model, numerical_gradient, relative_error
from .graph import print_graph
from .nn import MLP, Layer, Neuron
from .plot import plot_check_error, plot_separable
from .show import show
