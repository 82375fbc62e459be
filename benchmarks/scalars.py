"""Engines whose nodes are single numbers, as those of the lecture are.

Beside them are the two programs without nodes: the graph that was compiled, and
what one would write by hand.
"""

import random
from functools import partial

from micrograd.compile import compile_graph
from micrograd.nn import MLP


class LectureValue:
    """The lecture's manner: a function per operation, a set of inputs."""

    def __init__(self, data, _children=(), _op="", label=""):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = set(_children)
        self._op = _op
        self.label = label

    def __add__(self, other):
        if not isinstance(other, LectureValue):
            other = LectureValue(other)
        out = LectureValue(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        if not isinstance(other, LectureValue):
            other = LectureValue(other)
        out = LectureValue(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __pow__(self, n):
        out = LectureValue(self.data**n, (self,), f"**{n}")

        def _backward():
            self.grad += n * self.data ** (n - 1) * out.grad

        out._backward = _backward
        return out

    def relu(self):
        out = LectureValue(max(self.data, 0.0), (self,), "ReLU")

        def _backward():
            self.grad += (out.data > 0) * out.grad

        out._backward = _backward
        return out

    def backward(self):
        order, visited = [], set()

        def visit(node):
            if node not in visited:
                visited.add(node)
                for child in node._prev:
                    visit(child)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node._backward()

    def __radd__(self, other):  # other + self
        return self + other

    def __sub__(self, other):
        return self + -other

    def __truediv__(self, other):
        return self * other**-1


def mean_square(outputs, targets):
    return sum((a - y) ** 2 for a, y in zip(outputs, targets)) / len(targets)


def with_mlp(mlp, sizes, points, targets):
    """A step of an engine that has its own class MLP."""
    random.seed(42)
    model = mlp(2, sizes)

    def step():
        model.zero_grad()
        loss = mean_square([model(x) for x in points], targets)
        loss.backward()
        return loss.data, [p.grad for p in model.parameters()]

    return step


def with_scalars(scalar, relu, no_gradient, sizes, points, targets):
    """A step of an engine that has scalars only, with the same weights."""
    random.seed(42)
    layers = [
        [[scalar(p.data) for p in (*n.w, n.b)] for n in layer.neurons]
        for layer in MLP(2, sizes).layers
    ]
    parameters = [p for layer in layers for row in layer for p in row]

    def output(x):
        for depth, layer in enumerate(layers, start=1):
            x = [sum((w * a for w, a in zip(r, x)), r[-1]) for r in layer]
            if depth < len(layers):
                x = [relu(number) for number in x]
        return x[0]

    def step():
        for p in parameters:
            p.grad = no_gradient
        loss = mean_square([output(x) for x in points], targets)
        loss.backward()
        return float(loss.data), [float(p.grad) for p in parameters]

    return step


def compiled(sizes, points, targets):
    """A step of the graph that was compiled once."""
    random.seed(42)
    model = MLP(2, sizes)
    parameters = model.parameters()
    loss = mean_square([model(x) for x in points], targets)
    program = compile_graph(loss, parameters)
    return lambda: program([p.data for p in parameters])


def written_by_hand(sizes, points, targets):
    """A step of the straight-line code that one would write for this network.

    Other than the compiled graph, it is written neuron by neuron: a neuron is
    one line forwards, and each sum is one line.
    """
    random.seed(42)
    weights = [p.data for p in MLP(2, sizes).parameters()]
    names, forwards, backwards = [], [], []
    outputs = ["x", "y"]
    for depth, size in enumerate(sizes, start=1):
        inputs, outputs = outputs, [f"h{depth}_{n}" for n in range(size)]
        hidden = depth < len(sizes)
        lines = []
        for n, out in enumerate(outputs):
            row = [f"w{depth}_{n}_{i}" for i in range(len(inputs))]
            bias, d = f"b{depth}_{n}", f"d{depth}_{n}"
            names += [*row, bias]
            products = [f"{w} * {x}" for w, x in zip(row, inputs)]
            forwards.append(f"{out} = {' + '.join(products)} + {bias}")
            if hidden:
                forwards.append(f"{out} = {out} if {out} > 0 else 0.0")
                after = range(sizes[depth])
                shares = [
                    f"w{depth + 1}_{m}_{n} * d{depth + 1}_{m}" for m in after
                ]
                lines.append(
                    f"{d} = {' + '.join(shares)} if {out} > 0 else 0.0"
                )
            lines.append(f"d_{bias} += {d}")
            lines += [f"d_{w} += {d} * {x}" for w, x in zip(row, inputs)]
        backwards = lines + backwards
    gradients = [f"d_{name}" for name in names]
    lines = [f"{', '.join(names)} = parameters"]
    lines.append(f"loss = {' = '.join(gradients)} = 0.0")
    for (x, y), target in zip(points, targets):
        lines += [f"x = {x!r}", f"y = {y!r}", *forwards]
        lines.append(f"error = {outputs[0]} - {target!r}")
        lines.append(f"loss += error * error / {len(points)}")
        lines.append(f"d{len(sizes)}_0 = 2 * error / {len(points)}")
        lines += backwards
    lines.append(f"return loss, [{', '.join(gradients)}]")
    scope = {}
    body = "\n    ".join(lines)
    exec(f"def step(parameters):\n    {body}", scope)  # noqa: S102 (our own)
    return partial(scope["step"], weights)


def pytorch_scalars(sizes, points, targets):
    """A step of PyTorch with a tensor for each number."""
    import torch

    torch.set_num_threads(1)
    scalar = partial(torch.tensor, dtype=torch.float64, requires_grad=True)
    return with_scalars(scalar, torch.relu, None, sizes, points, targets)
