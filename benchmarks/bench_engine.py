"""How fast and how large is a graph of Values, compared with other engines? `make bench` runs this.

An engine that leaves reference cycles behind spends much of its time in Python's cyclic garbage collector. So every
engine runs in a process of its own, as it would in a training loop, and many steps go into one measured round. What
the collector costs depends on how many objects the process holds: here about 26,000, those of pytest. A
notebook's kernel holds more, a bare interpreter 10,000.
"""

import statistics

import pytest
from conftest import serve_bytes, serve_chains, serve_steps
from engines import ENGINES, straight_floats, workload

STEPS = {  # steps per round; those that are slow or fast get fewer or more
    "XOR step": {
        "lecture style": 300,
        "this engine": 300,
        "HIPS autograd": 30,
        "PyTorch scalars": 150,
        "straight floats": 3000,
    },
    "100 points": {
        "lecture style": 4,
        "this engine": 4,
        "HIPS autograd": 1,
        "PyTorch scalars": 2,
        "straight floats": 100,
    },
}
SHAPES = {"XOR step": ((4, 4, 1), 4), "100 points": ((16, 16, 1), 100)}
ROUNDS = {"XOR step": 12, "100 points": 5}
NEEDS = {"HIPS autograd": "autograd", "PyTorch scalars": "torch"}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("what", SHAPES)
def test_step(what, engine, benchmark, start, results):
    if engine in NEEDS:
        pytest.importorskip(NEEDS[engine])
    ask = start(serve_steps, engine, *SHAPES[what])
    loss, gradients = straight_floats(*workload(*SHAPES[what]))()
    answer = ask(1)
    assert answer[0] == pytest.approx(loss, rel=1e-9)
    assert answer[1] == pytest.approx(gradients, rel=1e-9, abs=1e-12)
    assert any(gradients)

    seconds = []
    benchmark.group = what
    steps = benchmark.extra_info["steps per round"] = STEPS[what][engine]
    rounds = 2 if engine == "HIPS autograd" else ROUNDS[what]
    benchmark.pedantic(
        lambda: seconds.append(ask(steps)[2]), rounds=rounds, warmup_rounds=1
    )
    results[what, engine] = statistics.median(seconds[1:] or seconds)


@pytest.mark.parametrize("engine", ["lecture style", "this engine"])
def test_chain_growth(engine, benchmark, start, results):
    """Recursion cannot follow a chain of a million nodes, so lecture style takes its order from a stack here."""
    ask_short, ask_long = (
        start(serve_chains, engine, length) for length in (1_000, 1_000_000)
    )
    short = statistics.median(ask_short(100) for _ in range(9))
    long = []
    benchmark.group = "a chain of 1,000,000 nodes"
    benchmark.pedantic(lambda: long.append(ask_long(1)), rounds=3)
    results["chain growth", engine] = statistics.median(long) / short


@pytest.mark.parametrize("engine", ["lecture style", "this engine"])
def test_bytes_a_node(engine, start, results):
    results["bytes a node", engine] = start(serve_bytes, engine)(100_000)
