"""One network, one loss, five engines. A workload is (layer sizes, points, weights): see `workload`. Each function in
ENGINES takes one and returns a step: a function that computes the loss and all its gradients, parameter by parameter
in the order layer, neuron, weight, bias.

Hidden layers have ReLU, the output is linear, the loss is the mean of the squared errors.
"""

import random

from micrograd import MLP, Value


def workload(sizes, n_points):
    """XOR where n_points is 4, else points of a circle; weights as MLP draws them after random.seed(42)."""
    draws = random.Random(42)
    points = [((0, 0), 0), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0)]
    if n_points != 4:
        corners = [
            (draws.uniform(-1, 1), draws.uniform(-1, 1))
            for _ in range(n_points)
        ]
        points = [((x, y), float(x * x + y * y < 0.5)) for x, y in corners]
    draws, weights = random.Random(42), []
    for n_in, n_out in zip([2, *sizes], sizes):
        for _ in range(n_out):
            weights += [draws.uniform(-1, 1) for _ in range(n_in)] + [0.0]
    return sizes, points, weights


def this_engine(sizes, points, weights):
    model = MLP(2, list(sizes))
    for p, weight in zip(model.parameters(), weights):
        p.data = weight

    def step():
        model.zero_grad()
        loss = sum((model(x) - y) ** 2 for x, y in points) / len(points)
        loss.backward()
        return loss.data, [p.grad for p in model.parameters()]

    return step


class LectureValue:
    """The engine in the lecture's manner: a closure per operation, a set of inputs, a recursive order."""

    def __init__(self, data, _children=(), _op="", label=""):
        self.data = data
        self.grad = 0.0
        self._backward = lambda: None
        self._prev = set(_children)
        self._op = _op
        self.label = label

    def __add__(self, other):
        other = (
            other if isinstance(other, LectureValue) else LectureValue(other)
        )
        out = LectureValue(self.data + other.data, (self, other), "+")

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out

    def __mul__(self, other):
        other = (
            other if isinstance(other, LectureValue) else LectureValue(other)
        )
        out = LectureValue(self.data * other.data, (self, other), "*")

        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out._backward = _backward
        return out

    def __pow__(self, other):
        assert isinstance(other, (int, float))
        out = LectureValue(self.data**other, (self,), f"**{other}")

        def _backward():
            self.grad += other * self.data ** (other - 1) * out.grad

        out._backward = _backward
        return out

    def relu(self):
        out = LectureValue(max(self.data, 0), (self,), "ReLU")

        def _backward():
            self.grad += (out.data > 0) * out.grad

        out._backward = _backward
        return out

    def order(self):
        order, visited = [], set()

        def build(node):
            if node not in visited:
                visited.add(node)
                for child in node._prev:
                    build(child)
                order.append(node)

        build(self)
        return order

    def backward(self):
        order = self.order()
        self.grad = 1.0
        for node in reversed(order):
            node._backward()

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __truediv__(self, other):
        return self * other**-1

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other


class LectureNeuron:
    def __init__(self, weights, nonlin):
        *self.w, self.b = [LectureValue(weight) for weight in weights]
        self.nonlin = nonlin

    def __call__(self, x):
        act = sum((wi * xi for wi, xi in zip(self.w, x)), self.b)
        return act.relu() if self.nonlin else act


def lecture_style(sizes, points, weights):
    draws, layers = iter(weights), []
    for depth, (n_in, n_out) in enumerate(zip([2, *sizes], sizes), start=1):
        layers.append(
            [
                LectureNeuron(
                    [next(draws) for _ in range(n_in + 1)], depth < len(sizes)
                )
                for _ in range(n_out)
            ]
        )
    parameters = [
        p for layer in layers for neuron in layer for p in [*neuron.w, neuron.b]
    ]

    def model(x):
        for layer in layers:
            x = [neuron(x) for neuron in layer]
        return x[0]

    def step():
        for p in parameters:
            p.grad = 0.0
        loss = sum((model(x) - y) ** 2 for x, y in points) / len(points)
        loss.backward()
        return loss.data, [p.grad for p in parameters]

    return step


def straight_floats(sizes, points, weights):
    """Both passes written out by hand, as loops over plain floats."""
    draws, layers = iter(weights), []
    for n_in, n_out in zip([2, *sizes], sizes):
        layers.append(
            [[next(draws) for _ in range(n_in + 1)] for _ in range(n_out)]
        )
    last = len(layers) - 1

    def step():
        loss, grads = (
            0.0,
            [[[0.0] * len(row) for row in layer] for layer in layers],
        )
        for x, y in points:
            inputs = [x]
            for depth, layer in enumerate(layers):
                out = []
                for *w, b in layer:
                    for wi, xi in zip(w, x):
                        b += wi * xi
                    out.append(b if depth == last or b > 0 else 0.0)
                inputs.append(x := out)
            loss += (x[0] - y) ** 2 / len(points)
            deltas = [2 * (x[0] - y) / len(points)]
            for layer, sums, x in zip(
                reversed(layers), reversed(grads), reversed(inputs[:-1])
            ):
                before = [0.0] * len(x)
                for row, total, delta in zip(layer, sums, deltas):
                    if delta:
                        for i, xi in enumerate(x):
                            total[i] += delta * xi
                            before[i] += delta * row[i]
                        total[-1] += delta
                deltas = [
                    delta if xi > 0 else 0.0 for delta, xi in zip(before, x)
                ]
        return loss, [grad for layer in grads for row in layer for grad in row]

    return step


def scalar_loss(sizes, points, relu, weights):
    """The loss by scalar operations on whatever kind of numbers the weights are."""
    loss, last = 0.0, len(sizes) - 1
    for x, y in points:
        draws = iter(weights)
        for depth, size in enumerate(sizes):
            w = [[next(draws) for _ in range(len(x) + 1)] for _ in range(size)]
            x = [sum((wi * xi for wi, xi in zip(row, x)), row[-1]) for row in w]
            x = x if depth == last else [relu(xi) for xi in x]
        loss = loss + (x[0] - y) ** 2
    return loss / len(points)


def hips_autograd(sizes, points, weights):
    import autograd
    from autograd import numpy

    def loss(*weights):
        return scalar_loss(
            sizes, points, lambda x: numpy.maximum(x, 0.0), weights
        )

    value_and_grad = autograd.value_and_grad(loss, [*range(len(weights))])

    def step():
        value, grads = value_and_grad(*weights)
        return float(value), [float(grad) for grad in grads]

    return step


def pytorch_scalars(sizes, points, weights):
    import torch

    torch.set_num_threads(1)
    parameters = [
        torch.tensor(weight, dtype=torch.float64, requires_grad=True)
        for weight in weights
    ]

    def step():
        for p in parameters:
            p.grad = None
        loss = scalar_loss(sizes, points, torch.relu, parameters)
        loss.backward()
        return loss.item(), [
            0.0 if p.grad is None else p.grad.item() for p in parameters
        ]

    return step


ENGINES = {
    "lecture style": lecture_style,
    "this engine": this_engine,
    "HIPS autograd": hips_autograd,
    "PyTorch scalars": pytorch_scalars,
    "straight floats": straight_floats,
}


class IterativeLectureValue(LectureValue):
    """For chains on which recursion fails: the same closures and sets, the order from a stack."""

    def order(self):
        order, visited, stack = [], set(), [self]
        while stack:
            node = stack.pop()
            if node is None:
                order.append(stack.pop())
            elif node not in visited:
                visited.add(node)
                stack += (node, None, *node._prev)
        return order

    def __add__(self, other):
        out = super().__add__(other)
        out.__class__ = type(self)
        return out


CHAINS = {"lecture style": IterativeLectureValue, "this engine": Value}


def chain(kind, length):
    """x + x + ... + x: as many nodes as there are plus signs. Returns the last, after backward()."""
    x = node = kind(0.1)
    for _ in range(length):
        node = node + x
    node.backward()
    return node
