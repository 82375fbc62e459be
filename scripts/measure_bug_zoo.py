"""Measure what the bugs of the zoo do, and store it: `make data` does it.

For each bug, and for the right engine: the largest relative error that a
gradient check finds, and the loss after 500 steps on XOR, for 100 seeds of two
networks. It goes to data/bug_zoo.csv; a test repeats a sample.
"""

import math
import random
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from itertools import product
from multiprocessing import get_context

from csv_tables import write_table

from micrograd import MLP, gradient_check
from micrograd.practice import DATA
from micrograd.practice.zoo import ZOO, tangle
from micrograd.train import XOR_X, XOR_Y, train

BUGS = ["none", *ZOO]
NETWORKS = {"4-4-1, tanh": ([4, 4, 1], "tanh"), "16-1, ReLU": ([16, 1], "relu")}
# The ReLU of the tangle is open at the first point, and shut at the others.
POINTS = [[1.0, 1.0], [0.5, -1.5], [2.0, -0.3]]
SEEDS = 100
STEPS = 500
LEARNING_RATE = 0.1
COLUMNS = ["bug", "check error", "network", "seed", f"loss after {STEPS} steps"]


def check_error() -> float:
    """Return the largest relative error in gradient checks of the tangle."""
    return max(
        row.error
        for point in POINTS
        for row in gradient_check(tangle, point, tolerance=math.inf)
    )


def final_loss(network: str, seed: int) -> float:
    """Return the loss after STEPS steps; infinite where training failed."""
    random.seed(seed)
    sizes, activation = NETWORKS[network]
    model = MLP(2, sizes, activation=activation)
    try:
        losses = train(model, XOR_X, XOR_Y, STEPS + 1, LEARNING_RATE)
    except ArithmeticError:
        return math.inf
    return losses[-1]


def rows(
    bug: str, network: str, seeds: Iterable[int] = range(SEEDS)
) -> list[list]:
    """Return the rows of the table for one bug and one network."""
    found = []
    with ZOO.get(bug, nullcontext()):
        error = f"{check_error():.1e}"
        for seed in seeds:
            loss = f"{final_loss(network, seed):.6g}"
            found.append([bug, error, network, seed, loss])
    return found


def all_rows() -> Iterator[list]:
    """Measure all bugs and networks, on all processors."""
    with get_context("spawn").Pool() as pool:
        for part in pool.starmap(rows, product(BUGS, NETWORKS), chunksize=1):
            yield from part


def main() -> None:
    write_table(DATA / "bug_zoo.csv", COLUMNS, all_rows())


if __name__ == "__main__":
    main()
