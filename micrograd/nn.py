"""Neurons, layers and multi-layer perceptrons.

`MLP(n_in, layer_sizes)` is a function from a list of numbers or Values to a
Value, or to a list of them. It depends on its `parameters()`, and nothing is
in it but sums, products and activation functions.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from numbers import Integral
from typing import Any

from .engine import Value, as_value

ACTIVATIONS: dict[str | None, Callable[[Value], Value]] = {
    "relu": lambda z: z.relu(),
    "tanh": lambda z: z.tanh(),
    None: lambda z: z,
}


class Module:
    """Anything with parameters. A subclass says what its call computes."""

    def __call__(self, x: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} has no __call__")

    def parameters(self) -> list[Value]:
        """All weights and biases, in the order in which they were made."""
        return []

    def zero_grad(self) -> None:
        """Forget the gradients of earlier backward passes."""
        for parameter in self.parameters():
            parameter.grad = 0.0


class Neuron(Module):
    """activation(w0 * x0 + w1 * x1 + ... + b).

    The weights are drawn with `random.uniform(-1, 1)`; the bias starts at 0.

    Args:
        n_in: The number of inputs.
        activation: "relu", "tanh", or None for none.

    Raises:
        ValueError: If the size is below 1 or the activation is unknown, or
            if a call has another number of inputs.
        TypeError: If a call has something else than a list of inputs.
    """

    def __init__(self, n_in: int, activation: str | None = "relu"):
        _check_size("n_in", n_in)
        if activation not in list(ACTIVATIONS):  # a list has no hash
            raise ValueError(
                f"unknown activation {activation!r}; "
                f"known are {list(ACTIVATIONS)}"
            )
        self.w = [
            Value(random.uniform(-1, 1), label=f"w{i}") for i in range(n_in)
        ]
        self.b = Value(0.0, label="b")
        self.activation = activation

    def __call__(self, x: Sequence[Value | float]) -> Value:
        if type(x) is not list or len(x) != len(self.w):
            _check_inputs(self, x, len(self.w))
        total = self.b
        for w, xi in zip(self.w, x):
            total = total + w * xi
        return ACTIVATIONS[self.activation](total)

    def parameters(self) -> list[Value]:
        return [*self.w, self.b]

    def __repr__(self) -> str:
        return f"Neuron({len(self.w)} inputs, {self.activation or 'linear'})"


class Layer(Module):
    """Several neurons that read the same inputs; a call gives a list.

    Args:
        n_in: The number of inputs.
        n_out: The number of neurons, and so of outputs.
        activation: As in `Neuron`.

    Raises:
        ValueError: As in `Neuron`.
        TypeError: As in `Neuron`.
    """

    def __init__(self, n_in: int, n_out: int, activation: str | None = "relu"):
        _check_size("n_out", n_out)
        self.neurons = [Neuron(n_in, activation) for _ in range(n_out)]

    def __call__(self, x: Sequence[Value | float]) -> list[Value]:
        _check_inputs(self, x, len(self.neurons[0].w))
        x = [as_value(xi) for xi in x]  # one node per input, for all neurons
        return [neuron(x) for neuron in self.neurons]

    def parameters(self) -> list[Value]:
        return [p for neuron in self.neurons for p in neuron.parameters()]

    def __repr__(self) -> str:
        return f"Layer({len(self.neurons)} x {self.neurons[0]})"


class MLP(Module):
    """A multi-layer perceptron: each layer reads the outputs of the last one.

    A call gives a Value if there is one output, else a list of them.

    Args:
        n_in: The number of inputs.
        layer_sizes: The number of neurons in each layer.
        output_activation: The activation of the last layer; None is linear.
        activation: The activation of every other layer.

    Raises:
        ValueError: As in `Neuron`, or if `layer_sizes` is not a list of sizes.
        TypeError: As in `Neuron`.
    """

    def __init__(
        self,
        n_in: int,
        layer_sizes: Sequence[int],
        output_activation: str | None = None,
        activation: str | None = "relu",
    ):
        if not isinstance(layer_sizes, (list, tuple)) or not layer_sizes:
            raise ValueError(
                "layer_sizes must be a list such as [4, 4, 1], "
                f"not {layer_sizes!r}"
            )
        sizes = [n_in, *layer_sizes]
        hidden = [activation] * (len(layer_sizes) - 1)
        self.layers = [
            Layer(n_in, n_out, activation)
            for n_in, n_out, activation in zip(
                sizes, layer_sizes, [*hidden, output_activation]
            )
        ]

    def __call__(self, x: Sequence[Value | float]) -> Value | list[Value]:
        outputs = self.layers[0](x)
        for layer in self.layers[1:]:
            outputs = layer(outputs)
        return outputs[0] if len(outputs) == 1 else outputs

    def parameters(self) -> list[Value]:
        return [p for layer in self.layers for p in layer.parameters()]

    def __repr__(self) -> str:
        lines = [f"MLP with {len(self.parameters())} parameters:", *self.layers]
        return "\n  ".join(map(str, lines))


def _check_size(name: str, n: int) -> None:
    """ValueError if `n` is not a whole number of at least 1."""
    if not isinstance(n, Integral) or n < 1:
        raise ValueError(
            f"{name} must be a whole number of at least 1, not {n!r}"
        )


def _check_inputs(module: Module, x: Sequence, n: int) -> None:
    """TypeError if `x` is not a list of inputs, ValueError if not of n."""
    if not hasattr(x, "__len__") or isinstance(x, (dict, set)):
        raise TypeError(
            f"{module} needs a list of {n} numbers, "
            f"not {type(x).__name__}: {x!r}"
        )
    if len(x) != n:
        raise ValueError(f"{module} needs {n} inputs and got {len(x)}: {x!r}")
