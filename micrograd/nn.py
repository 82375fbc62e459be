"""Neurons, layers and multi-layer perceptrons: nothing but sums, products and bends.

`MLP(n_in, layer_sizes)` is a function from a list of numbers or Values to a Value (or to a list of
them) that depends on its `parameters()`.
"""

import random
from numbers import Integral

from .engine import Value, as_value

ACTIVATIONS = {
    "relu": lambda z: z.relu(),
    "tanh": lambda z: z.tanh(),
    None: lambda z: z,
}


class Module:
    """Anything with parameters."""

    def parameters(self) -> list[Value]:
        """All weights and biases, in the order in which they were made."""
        return []

    def zero_grad(self):
        """Forget the gradients of earlier backward passes."""
        for parameter in self.parameters():
            parameter.grad = 0.0


class Neuron(Module):
    """activation(w0 * x0 + w1 * x1 + ... + b) of `n_in` inputs; "relu", "tanh" or None.

    The weights are drawn with `random.uniform(-1, 1)`, the bias starts at 0. ValueError for another
    activation or size, or another number of inputs in the call.
    """

    def __init__(self, n_in: int, activation: str | None = "relu"):
        if activation not in ACTIVATIONS:
            raise ValueError(
                f"unknown activation {activation!r}; known are {list(ACTIVATIONS)}"
            )
        self.w = [
            Value(random.uniform(-1, 1), label=f"w{i}")
            for i in range(_size("n_in", n_in))
        ]
        self.b = Value(0.0, label="b")
        self.activation = activation

    def __call__(self, x) -> Value:
        _check_inputs(self, x, len(self.w))
        total = sum((w * xi for w, xi in zip(self.w, x)), self.b)
        return ACTIVATIONS[self.activation](total)

    def parameters(self):
        return [*self.w, self.b]

    def __repr__(self):
        return f"Neuron({len(self.w)} inputs, {self.activation or 'linear'})"


class Layer(Module):
    """`n_out` neurons that read the same `n_in` inputs; one gives a Value, several a list.

    ValueError for a size below 1, another activation, or another number of inputs in the call.
    """

    def __init__(self, n_in: int, n_out: int, activation: str | None = "relu"):
        self.neurons = [
            Neuron(n_in, activation) for _ in range(_size("n_out", n_out))
        ]

    def __call__(self, x) -> Value | list[Value]:
        _check_inputs(self, x, len(self.neurons[0].w))
        x = [
            as_value(xi) for xi in x
        ]  # one node per input, shared by all neurons
        out = [neuron(x) for neuron in self.neurons]
        return out[0] if len(out) == 1 else out

    def parameters(self):
        return [p for neuron in self.neurons for p in neuron.parameters()]

    def __repr__(self):
        return f"Layer({len(self.neurons)} x {self.neurons[0]})"


class MLP(Module):
    """A multi-layer perceptron: each layer reads the outputs of the one before.

    layer_sizes: the number of neurons in each layer. The last layer has `output_activation` (None:
    linear), every other layer `activation`. ValueError as in `Layer`.
    """

    def __init__(
        self,
        n_in: int,
        layer_sizes: list[int],
        output_activation: str | None = None,
        activation: str | None = "relu",
    ):
        if not isinstance(layer_sizes, (list, tuple)) or not layer_sizes:
            raise ValueError(
                f"layer_sizes is a list of numbers of neurons, not {layer_sizes!r}"
            )
        activations = [activation] * (len(layer_sizes) - 1) + [
            output_activation
        ]
        sizes = [n_in, *layer_sizes]
        self.layers = [
            Layer(*layer) for layer in zip(sizes, layer_sizes, activations)
        ]

    def __call__(self, x) -> Value | list[Value]:
        for layer in self.layers:
            x = layer(
                [x] if isinstance(x, Value) else x
            )  # a layer of one neuron gives a Value
        return x

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]

    def __repr__(self):
        lines = "".join(f"\n  {layer}" for layer in self.layers)
        return f"MLP with {len(self.parameters())} parameters:{lines}"


def _size(name: str, n) -> int:
    if not isinstance(n, Integral) or n < 1:
        raise ValueError(
            f"{name} must be a whole number of at least 1, not {n!r}"
        )
    return n


def _check_inputs(module: Module, x, n: int):
    if not hasattr(x, "__len__"):
        raise TypeError(
            f"{module} needs a list of {n} numbers, not {type(x).__name__}: {x!r}"
        )
    if len(x) != n:
        raise ValueError(f"{module} needs {n} inputs and got {len(x)}: {x!r}")
