"""Engines whose nodes are arrays: all points go through a layer at once.

Their gradients come as a matrix of weights and an array of biases for each
layer; `neuron_by_neuron` puts them in the order of the engines of numbers.
"""

import random
from functools import partial

import numpy as np

from micrograd.nn import MLP
from micrograd.tensor import Tensor


def as_arrays(sizes, points, targets):
    """The weights and biases of each layer, the points, and a column of y."""
    random.seed(42)
    layers = []
    for layer in MLP(2, sizes).layers:
        rows = [[w.data for w in neuron.w] for neuron in layer.neurons]
        biases = [neuron.b.data for neuron in layer.neurons]
        layers.append([np.transpose(rows), np.array(biases)])
    column = np.array(targets, dtype=float).reshape(-1, 1)
    return layers, np.array(points, dtype=float), column


def neuron_by_neuron(layers):
    """The weights and the bias of the first neuron, of the second, ..."""
    columns = [np.vstack([weights, biases]) for weights, biases in layers]
    return np.concatenate([column.T.ravel() for column in columns])


def mean_square(relu, layers, x, y):
    for depth, (weights, biases) in enumerate(layers, start=1):
        x = x @ weights + biases
        if depth < len(layers):
            x = relu(x)
    error = x - y
    return (error * error).sum() * (1 / y.shape[0])


def with_tensors(parameter, constant, relu, no_gradient, *work):
    """A step of an engine that keeps gradients in its tensors."""
    layers, x, y = as_arrays(*work)
    layers = [[parameter(array) for array in layer] for layer in layers]
    x, y = constant(x), constant(y)

    def step():
        for layer in layers:
            for p in layer:
                p.grad = no_gradient
        loss = mean_square(relu, layers, x, y)
        loss.backward()
        return float(loss.data), [[p.grad for p in layer] for layer in layers]

    return step


def this_tensor(*work):
    return with_tensors(Tensor, Tensor, Tensor.relu, 0.0, *work)


def hips_autograd(*work):
    import autograd

    def relu(x):
        return x * (x > 0)  # np.maximum has the derivative 1/2 at 0 there

    step = autograd.value_and_grad(partial(mean_square, relu))
    return partial(step, *as_arrays(*work))


def pytorch_tensors(*work):
    import torch

    torch.set_num_threads(1)
    parameter = partial(torch.tensor, requires_grad=True)
    return with_tensors(parameter, torch.tensor, torch.relu, None, *work)


def jax_jit(*work):
    import jax

    jax.config.update("jax_enable_x64", True)
    step = jax.jit(jax.value_and_grad(partial(mean_square, jax.nn.relu)))
    arrays = jax.device_put(as_arrays(*work))
    return lambda: jax.block_until_ready(step(*arrays))
