"""How fast is a graph of Values, and how large, compared with other engines?

`make bench` runs this, and prints a table of ratios above pytest-benchmark's
own. Times are of the processor, over all threads. A round is many steps, as in
training, so that it has its share of the garbage collector's work. That share
grows with the number of objects in the process: about 38,000 here, as
pytest.ini loads no plugin but the one that measures. A bare Python has 5,000, a
notebook more, and PyTorch brings 140,000 of its own.
"""

import gc
import sys
import tracemalloc
from time import process_time
from timeit import repeat

import pytest
from arrays import neuron_by_neuron
from conftest import TABLE, TARGETS, TIMES_BY_HAND
from engines import ARRAYS, ENGINES, VALUES

from micrograd.train import XOR_X, XOR_Y

GRID = [(i / 4.5 - 1, j / 4.5 - 1) for i in range(10) for j in range(10)]
CIRCLE = [float(x * x + y * y < 0.5) for x, y in GRID]
WORK = {
    "XOR step": ([4, 4, 1], XOR_X, XOR_Y),
    "100 points": ([16, 16, 1], GRID, CIRCLE),
}
SECONDS = {}


# An engine does all its work before the next one imports its library.
@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("engine", ENGINES)
def test_step(work, engine, benchmark):
    step = ENGINES[engine](*WORK[work])
    loss, gradients = step()
    if engine in ARRAYS:
        gradients = neuron_by_neuron(gradients)
    right_loss, right_gradients = ENGINES["lecture style"](*WORK[work])()
    assert float(loss) == pytest.approx(right_loss, rel=1e-9)
    assert gradients == pytest.approx(right_gradients, rel=1e-9, abs=1e-12)

    start = process_time()
    step()
    iterations = max(3, round(0.2 / (process_time() - start)))
    gc.collect()
    benchmark.group = work
    benchmark.pedantic(step, rounds=5, iterations=iterations, warmup_rounds=1)
    SECONDS[engine, work] = benchmark.stats.stats.median
    TABLE[engine, work] = SECONDS[engine, work] / SECONDS["lecture style", work]


def run_chain(value, length):
    """x + x + ... + x, with as many nodes as plus signs, and the way back."""
    x = node = value(0.1)
    for _ in range(length):
        node = node + x
    node.backward()
    return node


DEEP = [name for name in VALUES if name != "lecture style"]  # it is recursive


@pytest.mark.parametrize("engine", DEEP)
def test_chain_growth(engine, benchmark):
    value = VALUES[engine]
    gc.collect()
    seconds = repeat(
        lambda: run_chain(value, 1_000),
        timer=process_time,
        number=50,
        repeat=9,
    )
    short = min(seconds) / 50
    benchmark.group = "a chain of 1,000,000 nodes"
    benchmark.pedantic(run_chain, args=(value, 1_000_000), rounds=3)
    long = benchmark.stats.stats.min
    TABLE[engine, "chain growth"] = long / 1_000_000 / (short / 1_000)


@pytest.mark.parametrize("engine", VALUES)
def test_bytes_a_node(engine):
    length = 10_000
    sys.setrecursionlimit(2 * length)  # for the lecture's order
    gc.collect()
    tracemalloc.start()
    kept = run_chain(VALUES[engine], length)
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept.data == pytest.approx(0.1 * (length + 1))
    TABLE[engine, "bytes a node"] = size / length


@pytest.mark.parametrize(
    "engine, what",
    [(engine, what) for engine, most in TARGETS.items() for what in most],
)
def test_an_engine_reaches_its_target(engine, what):
    assert TABLE[engine, what] <= TARGETS[engine][what]


@pytest.mark.parametrize("work", WORK)
def test_compiled_is_nearly_as_fast_as_by_hand(work):
    assert TABLE["compiled", work] <= TIMES_BY_HAND * TABLE["by hand", work]
