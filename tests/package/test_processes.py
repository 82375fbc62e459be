"""The same digits and the same bytes in every process.

Python hashes strings in another way in each process, so an order that comes
from a set or from an address would change there.
"""

import hashlib
import random

import pytest
from promises import network
from test_picture import picture
from test_plot import PLOTS
from test_sketch import SKETCHES

from micrograd import Value, draw_graph
from micrograd.practice import animate_backward


def everything(path):
    random.seed(0)
    nodes = inputs = [Value(random.uniform(-1, 1)) for _ in range(5)]
    for _ in range(200):
        a, b, c = random.choices(nodes, k=3)
        nodes = [*nodes, (a * b + c).tanh() + (a - b).relu() / (c * c + 1)]
    model = network(8, 8, 1)
    points = [(x, y) for x in (-1, 0.5, 1) for y in (-0.3, 1)]
    loss = sum((model([x, y]) - x * y) ** 2 for x, y in points)
    (sum(nodes) + loss).backward()
    small = (inputs[0] * inputs[1] + inputs[2]).tanh() * inputs[0]
    drawing, stepper = draw_graph(small), animate_backward(small)
    picture().save(path)
    digits = [loss.data, [x.grad for x in inputs + model.parameters()]]
    graphs = [drawing.dot, drawing.svg, repr(drawing)]
    steps = [stepper.steps, stepper._repr_html_(), repr(stepper)]
    plots = [plot().svg for plot in PLOTS.values()]
    plots += [draw().svg for draw, _ in SKETCHES.values()]
    png = hashlib.sha256(path.read_bytes()).hexdigest()
    return [digits, graphs, steps, plots, picture().svg, png]


@pytest.mark.slow
def test_the_same_in_every_process(run_python, tmp_path):
    code = (
        "import pathlib, test_processes\n"
        f"path = pathlib.Path({str(tmp_path / 'picture.png')!r})\n"
        "print(test_processes.everything(path))"
    )
    first = run_python(code, hash_seed="1")
    assert first == run_python(code, hash_seed="2")
    assert first.count("</svg>") == 6 + len(SKETCHES)
