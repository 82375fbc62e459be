"""A process for each engine, and the table of ratios at the end."""

import gc
import multiprocessing
import tracemalloc
from time import process_time

import pytest
from engines import CHAINS, ENGINES, chain, workload

TARGETS = {
    "XOR step": 0.45,
    "100 points": 0.20,
    "chain growth": 3,
    "bytes a node": 280,
}
RESULTS = pytest.StashKey[dict]()


def serve_steps(pipe, engine, sizes, n_points):
    """In the child: n steps for each request n, as a training loop does them, the garbage collector at work.

    Answers (loss, gradients, seconds of processor time a step).
    """
    step = ENGINES[engine](*workload(sizes, n_points))
    while n := pipe.recv():
        start = process_time()
        for _ in range(n):
            loss, gradients = step()
        pipe.send((loss, gradients, (process_time() - start) / n))


def serve_chains(pipe, engine, length):
    """In the child: n chains for each request n; answers the seconds of processor time a node."""
    while n := pipe.recv():
        start = process_time()
        for _ in range(n):
            chain(CHAINS[engine], length)
        pipe.send((process_time() - start) / (n * length))


def serve_bytes(pipe, engine):
    """In the child: for each request the bytes a node of a chain of that length, after backward()."""
    while length := pipe.recv():
        gc.collect()
        tracemalloc.start()
        kept = chain(CHAINS[engine], length)
        gc.collect()
        pipe.send(tracemalloc.get_traced_memory()[0] / length)
        tracemalloc.stop()
        del kept


@pytest.fixture
def start():
    """A function that starts a process of its own and returns the function that sends it a request."""
    children = []

    def start(target, *args):
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        child = spawn.Process(target=target, args=(theirs, *args), daemon=True)
        child.start()
        theirs.close()
        children.append((ours, child))

        def ask(request):
            ours.send(request)
            return ours.recv()

        return ask

    yield start
    for pipe, child in children:
        pipe.send(None)
        child.join()


@pytest.fixture
def results(request):
    """{(what, engine): number} of this run."""
    return request.config.stash.setdefault(RESULTS, {})


def pytest_terminal_summary(terminalreporter, config):
    results = config.stash.get(RESULTS, {})
    if not results:
        return
    terminalreporter.section("ratios")
    terminalreporter.line(
        "Median processor times. Steps: lecture style = 1. Chain growth: a node of a chain of 1,000,000"
    )
    terminalreporter.line(
        "nodes over one of a chain of 1,000. Each row and column is a process of its own."
    )
    terminalreporter.line(
        f"\n{'':<18}" + "".join(f"{what:>16}" for what in TARGETS)
    )
    for engine in ENGINES:
        cells = [_cell(results, what, engine) for what in TARGETS]
        terminalreporter.line(
            f"{engine:<18}" + "".join(f"{cell:>16}" for cell in cells)
        )
    goals = [f"<= {target:g}" for target in TARGETS.values()]
    terminalreporter.line(
        f"{'to reach':<18}" + "".join(f"{goal:>16}" for goal in goals)
    )


def _cell(results, what, engine):
    number, unit = (
        results.get((what, engine)),
        results.get((what, "lecture style")),
    )
    if number is None:
        return "-"
    if what == "bytes a node":
        return f"{number:.0f}"
    return (
        f"{number:.2f}"
        if what == "chain growth"
        else f"{number / unit:.2g}"
        if unit
        else "?"
    )
