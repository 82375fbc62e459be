"""What do the bugs of micrograd/practice/zoo.py do? For each, and for the right engine: the largest relative error that a
gradient check finds, and the loss after 500 steps of training on XOR for 100 seeds of two networks. Writes
data/bug_zoo.csv; a test trains a sample again and compares.
"""

import csv
import math
import random
from contextlib import nullcontext
from itertools import product
from multiprocessing import get_context

from micrograd import MLP, gradient_check, train
from micrograd.practice import DATA
from micrograd.practice.zoo import ZOO, tangle

BUGS = ["none", *ZOO]
NETWORKS = {"4-4-1, tanh": ([4, 4, 1], "tanh"), "16-1, ReLU": ([16, 1], "relu")}
POINTS = [
    [1.0, 1.0],
    [0.5, -1.5],
    [2.0, -0.3],
]  # at the first the ReLU is open, at the others it is shut
SEEDS, STEPS, RATE = 100, 500, 0.1
COLUMNS = ["bug", "check error", "network", "seed", f"loss after {STEPS} steps"]


def check_error() -> float:
    """The largest relative error of a gradient check of `tangle`."""
    return max(
        row.error
        for xs in POINTS
        for row in gradient_check(tangle, xs, tolerance=math.inf)
    )


def final_loss(network: str, seed: int) -> float:
    """The loss of this network after STEPS steps; infinite where training ended with an error."""
    random.seed(seed)
    sizes, activation = NETWORKS[network]
    try:
        losses = train.train(
            MLP(2, sizes, activation=activation),
            train.XOR_X,
            train.XOR_Y,
            STEPS + 1,
            RATE,
        )
    except ArithmeticError:
        return math.inf
    return losses[-1]


def rows(bug: str, network: str, seeds=range(SEEDS)) -> list[list]:
    with ZOO.get(bug, nullcontext()):
        error = check_error()
        return [
            [
                bug,
                f"{error:.1e}",
                network,
                seed,
                f"{final_loss(network, seed):.6g}",
            ]
            for seed in seeds
        ]


def main():
    with get_context("spawn").Pool() as pool:
        found = pool.starmap(rows, product(BUGS, NETWORKS), chunksize=1)
    with open(DATA / "bug_zoo.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(row for part in found for row in part)


if __name__ == "__main__":
    main()
