"""Measure how often training on XOR succeeds: `make data` does it.

Twenty-two kinds of training start from 1,000 seeds each, with the loss of
notebook 04, and the losses after 200 and 1,000 steps go to
data/xor_success.csv. NumPy does it, with the networks of one kind side by
side; a test trains a sample of them with the engine itself and compares.
"""

from collections.abc import Iterator

import numpy as np
from csv_tables import write_table
from side_by_side import Kind, Networks

from micrograd.practice import DATA

NETWORKS = {
    "4-4-1, ReLU everywhere": Kind([4, 4, 1], "relu", "relu"),
    "4-4-1, ReLU": Kind([4, 4, 1], "relu"),
    "8-8-1, ReLU": Kind([8, 8, 1], "relu"),
    "2-1, ReLU": Kind([2, 1], "relu"),
    "4-1, ReLU": Kind([4, 1], "relu"),
    "8-1, ReLU": Kind([8, 1], "relu"),
    "16-1, ReLU": Kind([16, 1], "relu"),
    "32-1, ReLU": Kind([32, 1], "relu"),
    "64-1, ReLU": Kind([64, 1], "relu"),
    "128-1, ReLU": Kind([128, 1], "relu"),
    "128-1, ReLU, rate 0.05": Kind([128, 1], "relu", learning_rate=0.05),
    "16-1, ReLU, rate 0.2": Kind([16, 1], "relu", learning_rate=0.2),
    "2-1, tanh": Kind([2, 1], "tanh"),
    "4-1, tanh": Kind([4, 1], "tanh"),
    "8-1, tanh": Kind([8, 1], "tanh"),
    "16-1, tanh": Kind([16, 1], "tanh"),
    "32-1, tanh": Kind([32, 1], "tanh"),
    "64-1, tanh": Kind([64, 1], "tanh"),
    "128-1, tanh": Kind([128, 1], "tanh"),
    "64-1, tanh, rate 0.05": Kind([64, 1], "tanh", learning_rate=0.05),
    "4-4-1, tanh": Kind([4, 4, 1], "tanh"),
    "4-1, tanh, rate 1": Kind([4, 1], "tanh", learning_rate=1.0),
}
SEEDS = 1000
STEPS = (200, 1000)
COLUMNS = ["network", "seed", *(f"loss after {n} steps" for n in STEPS)]


def losses(kind: Kind) -> list[np.ndarray]:
    """Return, for each number in STEPS, the losses of all seeds after it."""
    networks = Networks(kind, range(SEEDS))
    found = []
    taken = 0
    for steps in STEPS:
        networks.train(steps - taken)
        taken = steps
        found.append(networks.losses())
    return found


def format_loss(loss: float) -> str:
    """Return six digits after the point, and inf for a loss beyond 1,000."""
    return f"{loss:.6f}" if loss < 1000 else "inf"


def rows() -> Iterator[list]:
    """Train the networks of all kinds, and yield a row for each of them."""
    for name, kind in NETWORKS.items():
        for seed, numbers in enumerate(zip(*losses(kind))):
            yield [name, seed, *map(format_loss, numbers)]


@np.errstate(over="ignore", invalid="ignore")
def main() -> None:
    write_table(DATA / "xor_success.csv", COLUMNS, rows())


if __name__ == "__main__":
    main()
