"""Train small networks on XOR in NumPy, many side by side.

The networks of one kind start from the weights that MLP draws from their
seeds, and go the steps of micrograd.train.train, all at once: that takes
seconds where the engine would take hours. The numbers are the engine's up to
rounding, because sums are added up in another order.
"""

import random
from collections.abc import Sequence
from copy import copy
from typing import NamedTuple

import numpy as np

from micrograd.train import XOR_X, XOR_Y

SOLVED = 0.05  # a smaller loss means that XOR is learned
ACTIVATIONS = {
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": lambda z: (1 + np.tanh(z / 2)) / 2,
    # This ReLU has the slope 1 at 0. Its result is -0.0 where it is shut and
    # 0.0 at the kink: the two are equal, and only their signs tell them apart.
    "relu, 1 at 0": lambda z: np.where(z >= 0, z + 0.0, -0.0),
    None: lambda z: z,
}
LOCAL_DERIVATIVES = {  # as functions of the activation's result
    "relu": lambda out: out > 0,
    "tanh": lambda out: 1 - out**2,
    "sigmoid": lambda out: out * (1 - out),
    "relu, 1 at 0": lambda out: ~np.signbit(out),
    None: np.ones_like,
}


class Kind(NamedTuple):
    """What tells one kind of training from another."""

    sizes: list[int]
    activation: str
    output_activation: str | None = None
    learning_rate: float = 0.1


class Networks:
    """Networks of one kind, one from each seed.

    `weights` has an array (network, neuron, input) for each layer, and
    `biases` an array (network, 1, neuron).
    """

    def __init__(self, kind: Kind, seeds: Sequence[int]):
        self.kind = kind
        self.points = np.array(XOR_X, float)
        self.targets = np.array(XOR_Y, float)
        drawn = [draw_weights(seed, kind.sizes) for seed in seeds]
        self.weights = [np.stack(layer) for layer in zip(*drawn)]
        self.biases = [np.zeros((len(seeds), 1, n)) for n in kind.sizes]
        self.activations = [kind.activation] * (len(kind.sizes) - 1)
        self.activations.append(kind.output_activation)

    def __len__(self) -> int:
        return len(self.weights[0])

    def copies(self, numbers: Sequence[int]) -> "Networks":
        """Return copies of the networks with these numbers."""
        copies = copy(self)
        copies.weights = [w[numbers] for w in self.weights]
        copies.biases = [b[numbers] for b in self.biases]
        return copies

    def outputs(self) -> list[np.ndarray]:
        """Return the points, then what each layer makes of them.

        The axes are network `s`, point `i` and neuron `n`, or input `j`.
        """
        outs = [np.broadcast_to(self.points, (len(self), 4, 2))]
        for w, b, activation in zip(
            self.weights, self.biases, self.activations
        ):
            sums = np.einsum("sij,snj->sin", outs[-1], w) + b
            outs.append(ACTIVATIONS[activation](sums))
        return outs

    def losses(self) -> np.ndarray:
        """Return the mean squared error of each network."""
        errors = self.outputs()[-1][:, :, 0] - self.targets
        return (errors**2).mean(1)

    def solved(self) -> np.ndarray:
        """Return whether each network has learned XOR."""
        return self.losses() < SOLVED

    def train(self, steps: int) -> None:
        """Go this number of steps of gradient descent."""
        for _ in range(steps):
            self.step()

    def step(self) -> None:
        """Move every parameter by -learning_rate times its gradient."""
        outs = self.outputs()
        rate = self.kind.learning_rate
        errors = outs[-1][:, :, 0] - self.targets
        grad = errors[:, :, None] * 2 / 4
        for layer in reversed(range(len(self.weights))):
            local = LOCAL_DERIVATIVES[self.activations[layer]](outs[layer + 1])
            grad = grad * local
            weight_grad = np.einsum("sin,sij->snj", grad, outs[layer])
            bias_grad = grad.sum(1, keepdims=True)
            grad = np.einsum("sin,snj->sij", grad, self.weights[layer])
            self.weights[layer] = self.weights[layer] - rate * weight_grad
            self.biases[layer] = self.biases[layer] - rate * bias_grad


def draw_weights(seed: int, sizes: list[int]) -> list[np.ndarray]:
    """Return an array (neuron, input) per layer, drawn as MLP draws them."""
    draws = random.Random(seed)
    layers = []
    for n_in, n_out in zip([2, *sizes], sizes):
        numbers = [draws.uniform(-1, 1) for _ in range(n_out * n_in)]
        layers.append(np.array(numbers).reshape(n_out, n_in))
    return layers
