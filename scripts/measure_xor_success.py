"""Measure how often training on XOR succeeds: `make data` does it.

Twelve kinds of network are trained from 1,000 seeds each, with the loss of
notebook 04, and the losses after 200 and 1,000 steps go to
data/xor_success.csv. All seeds of one kind are trained side by side in NumPy,
which takes seconds where the engine would take hours; a test trains a sample
of them with the engine itself and compares.
"""

import csv
import random
from typing import NamedTuple

import numpy as np

from micrograd.practice import DATA
from micrograd.train import XOR_X, XOR_Y


class Network(NamedTuple):
    """What tells one kind of training from another."""

    sizes: list[int]
    activation: str
    output_activation: str | None = None
    learning_rate: float = 0.1


NETWORKS = {
    "4-4-1, ReLU everywhere": Network([4, 4, 1], "relu", "relu"),
    "4-4-1, ReLU": Network([4, 4, 1], "relu"),
    "8-8-1, ReLU": Network([8, 8, 1], "relu"),
    "2-1, ReLU": Network([2, 1], "relu"),
    "4-1, ReLU": Network([4, 1], "relu"),
    "8-1, ReLU": Network([8, 1], "relu"),
    "16-1, ReLU": Network([16, 1], "relu"),
    "128-1, ReLU": Network([128, 1], "relu"),
    "2-1, tanh": Network([2, 1], "tanh"),
    "4-1, tanh": Network([4, 1], "tanh"),
    "4-4-1, tanh": Network([4, 4, 1], "tanh"),
    "4-1, tanh, rate 1": Network([4, 1], "tanh", learning_rate=1.0),
}
SEEDS = 1000
STEPS = (200, 1000)
COLUMNS = ["network", "seed", *(f"loss after {n} steps" for n in STEPS)]

ACTIVATIONS = {
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    None: lambda z: z,
}
LOCAL_DERIVATIVES = {  # as functions of the activation's result
    "relu": lambda out: out > 0,
    "tanh": lambda out: 1 - out**2,
    None: np.ones_like,
}


def draw_weights(seed: int, sizes: list[int]) -> list[np.ndarray]:
    """Return an array (neurons, inputs) per layer, drawn as MLP draws them."""
    draws = random.Random(seed)
    layers = []
    for n_in, n_out in zip([2, *sizes], sizes):
        numbers = [draws.uniform(-1, 1) for _ in range(n_out * n_in)]
        layers.append(np.array(numbers).reshape(n_out, n_in))
    return layers


def losses(network: Network) -> list[np.ndarray]:
    """Return, for each number in STEPS, the losses of all seeds after it.

    An array of a layer has the axes seed `s`, point `i`, neuron `n` and input
    `j`.
    """
    drawn = [draw_weights(seed, network.sizes) for seed in range(SEEDS)]
    weights = [np.stack(layer) for layer in zip(*drawn)]
    biases = [np.zeros((SEEDS, 1, n)) for n in network.sizes]
    activations = [network.activation] * (len(network.sizes) - 1)
    activations.append(network.output_activation)
    points = np.broadcast_to(np.array(XOR_X, float), (SEEDS, 4, 2))
    targets = np.array(XOR_Y, float)

    found = []
    for step in range(max(STEPS) + 1):
        outs = [points]
        for w, b, activation in zip(weights, biases, activations):
            sums = np.einsum("sij,snj->sin", outs[-1], w) + b
            outs.append(ACTIVATIONS[activation](sums))
        errors = outs[-1][:, :, 0] - targets
        if step in STEPS:
            found.append((errors**2).mean(1))

        grad = errors[:, :, None] * 2 / 4
        for layer in reversed(range(len(weights))):
            local = LOCAL_DERIVATIVES[activations[layer]](outs[layer + 1])
            grad = grad * local
            weight_grad = np.einsum("sin,sij->snj", grad, outs[layer])
            bias_grad = grad.sum(1, keepdims=True)
            grad = np.einsum("sin,snj->sij", grad, weights[layer])
            weights[layer] = (
                weights[layer] - network.learning_rate * weight_grad
            )
            biases[layer] = biases[layer] - network.learning_rate * bias_grad
    return found


def format_loss(loss: float) -> str:
    """Return six digits after the point, and inf for a loss beyond 1,000."""
    return f"{loss:.6f}" if loss < 1000 else "inf"


@np.errstate(over="ignore", invalid="ignore")
def main() -> None:
    with open(DATA / "xor_success.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for name, network in NETWORKS.items():
            for seed, numbers in enumerate(zip(*losses(network))):
                table.writerow([name, seed, *map(format_loss, numbers)])


if __name__ == "__main__":
    main()
