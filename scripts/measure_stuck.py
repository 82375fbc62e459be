"""Measure what frees a network that is stuck: `make data` does it.

The network of notebook 04 that gets stuck, MLP(2, [4, 4, 1]) at the rate 0.1,
is trained from the seeds 0 to 199. Each run that has not solved XOR after 1,000
steps is a row of data/stuck_nudges.csv, with the loss there and

- the loss after 1,000 more steps, if the bias of the first hidden neuron is
  raised by one millionth before them;
- the lowest such loss, if that is tried with each of the eight hidden biases
  in turn, one at a time;
- the steepest slope down along a single parameter: of all 37 parameters, each
  raised and lowered by one millionth, the change of the loss divided by one
  millionth where it is lowest. It is 0 where no such nudge lowers the loss.
"""

from collections.abc import Iterator

import numpy as np
from csv_tables import write_table
from measure_xor_success import NETWORKS, format_loss
from side_by_side import Networks

from micrograd.practice import DATA

KIND = NETWORKS["4-4-1, ReLU"]
SEEDS = 200
STEPS = 1000
NUDGE = 1e-6
COLUMNS = [
    "seed",
    f"loss after {STEPS} steps",
    "first bias nudged",
    "best bias nudged",
    "steepest slope down",
]


def stuck_networks() -> tuple[np.ndarray, Networks]:
    """Return the seeds that are not solved after STEPS, and their networks."""
    networks = Networks(KIND, range(SEEDS))
    networks.train(STEPS)
    seeds = np.flatnonzero(~networks.solved())
    return seeds, networks.copies(seeds)


def losses_after_nudges(stuck: Networks) -> np.ndarray:
    """Return a row of losses for each hidden bias that is nudged."""
    found = []
    for layer in 0, 1:
        for neuron in range(KIND.sizes[layer]):
            nudged = stuck.copies(range(len(stuck)))
            nudged.biases[layer][:, 0, neuron] += NUDGE
            nudged.train(STEPS)
            found.append(nudged.losses())
    return np.array(found)


def steepest_slopes(stuck: Networks) -> np.ndarray:
    """Return the slope down along the parameter where it is steepest."""
    before = stuck.losses()
    steepest = np.zeros(len(stuck))
    for array in [*stuck.weights, *stuck.biases]:
        for place in np.ndindex(array.shape[1:]):
            parameters = array[(slice(None), *place)]
            original = parameters.copy()
            for nudge in NUDGE, -NUDGE:
                parameters[:] = original + nudge
                slopes = (stuck.losses() - before) / NUDGE
                steepest = np.minimum(steepest, slopes)
            parameters[:] = original
    return steepest


def rows() -> Iterator[list]:
    """Train, nudge and train again, and yield a row for each stuck run."""
    seeds, stuck = stuck_networks()
    after_nudges = losses_after_nudges(stuck)
    columns = stuck.losses(), after_nudges[0], after_nudges.min(0)
    slopes = steepest_slopes(stuck)
    for seed, *losses, slope in zip(seeds, *columns, slopes):
        yield [seed, *map(format_loss, losses), f"{slope:z.4f}"]


def main() -> None:
    write_table(DATA / "stuck_nudges.csv", COLUMNS, rows())


if __name__ == "__main__":
    main()
