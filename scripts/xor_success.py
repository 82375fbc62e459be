"""How often does training on XOR succeed? Trains twelve kinds of network from 1,000 seeds each, with the loss of
notebook 04, and writes the losses after 200 and after 1,000 steps to data/xor_success.csv.

All seeds of one kind are trained side by side in NumPy, which takes seconds where the engine would take hours; a test
trains a sample of them with the engine itself and compares.
"""

import csv
import random

import numpy as np

from micrograd.train import DATA, XOR_X, XOR_Y

NETWORKS = {  # layer sizes, activation of the hidden layers, activation of the output, learning rate
    "4-4-1, ReLU everywhere": ([4, 4, 1], "relu", "relu", 0.1),
    "4-4-1, ReLU": ([4, 4, 1], "relu", None, 0.1),
    "8-8-1, ReLU": ([8, 8, 1], "relu", None, 0.1),
    "2-1, ReLU": ([2, 1], "relu", None, 0.1),
    "4-1, ReLU": ([4, 1], "relu", None, 0.1),
    "8-1, ReLU": ([8, 1], "relu", None, 0.1),
    "16-1, ReLU": ([16, 1], "relu", None, 0.1),
    "128-1, ReLU": ([128, 1], "relu", None, 0.1),
    "2-1, tanh": ([2, 1], "tanh", None, 0.1),
    "4-1, tanh": ([4, 1], "tanh", None, 0.1),
    "4-4-1, tanh": ([4, 4, 1], "tanh", None, 0.1),
    "4-1, tanh, rate 1": ([4, 1], "tanh", None, 1.0),
}
SEEDS, STEPS = 1000, (200, 1000)
FORWARD = {
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    None: lambda z: z,
}
LOCAL = {
    "relu": lambda out: out > 0,
    "tanh": lambda out: 1 - out**2,
    None: np.ones_like,
}


def weights(seed, sizes):
    """One array of shape (neurons, inputs) per layer, drawn as MLP draws them."""
    draws = random.Random(seed)
    return [
        np.array(
            [[draws.uniform(-1, 1) for _ in range(n_in)] for _ in range(n_out)]
        )
        for n_in, n_out in zip([2, *sizes], sizes)
    ]


def losses(sizes, activation, output_activation, rate):
    """For each number of STEPS, the losses of all seeds after that many steps."""
    W = [
        np.stack(layer)
        for layer in zip(*[weights(seed, sizes) for seed in range(SEEDS)])
    ]
    B = [np.zeros((SEEDS, 1, n)) for n in sizes]
    activations = [activation] * (len(sizes) - 1) + [output_activation]
    targets, found = np.array(XOR_Y, float), {}
    for step in range(max(STEPS) + 1):
        outs = [np.broadcast_to(np.array(XOR_X, float), (SEEDS, 4, 2))]
        for w, b, a in zip(W, B, activations):
            outs.append(FORWARD[a](np.einsum("sij,snj->sin", outs[-1], w) + b))
        errors = outs[-1][:, :, 0] - targets
        if step in STEPS:
            found[step] = (errors**2).mean(1)
        grad = errors[:, :, None] * 2 / 4
        for layer in reversed(range(len(W))):
            grad = grad * LOCAL[activations[layer]](outs[layer + 1])
            dW, dB = (
                np.einsum("sin,sij->snj", grad, outs[layer]),
                grad.sum(1, keepdims=True),
            )
            grad = np.einsum("sin,snj->sij", grad, W[layer])
            W[layer], B[layer] = W[layer] - rate * dW, B[layer] - rate * dB
    return [found[steps] for steps in STEPS]


def written(loss):
    """Six digits after the point, and inf for a loss that has left every scale."""
    return f"{loss:.6f}" if loss < 1000 else "inf"


@np.errstate(over="ignore", invalid="ignore")
def main():
    with open(DATA / "xor_success.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(
            [
                "network",
                "seed",
                *(f"loss after {steps} steps" for steps in STEPS),
            ]
        )
        for network, kind in NETWORKS.items():
            for seed, numbers in enumerate(zip(*losses(*kind))):
                table.writerow([network, seed, *map(written, numbers)])


if __name__ == "__main__":
    main()
