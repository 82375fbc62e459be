"""Neurons, layers, networks. What they refuse is in transcripts.txt."""

import copy
import pickle
import random

import numpy as np
import pytest
from promises import ON_FLOATS, network, numbers

from micrograd import MLP, Layer, Neuron, Value
from micrograd.engine import topological_order
from micrograd.nn import Module


def test_the_courses_network():
    model, draws, expected = network(4, 4, 1), random.Random(42), []
    for n_in, n_out in [(2, 4), (4, 4), (4, 1)]:
        for _ in range(n_out):
            expected += [draws.uniform(-1, 1) for _ in range(n_in)] + [0.0]
    assert len(model.parameters()) == 37 and numbers(model) == expected
    # those of CPython's Mersenne Twister, the same since version 3.2
    assert expected[:2] == [0.2788535969157675, -0.9499784895546661]


relu, tanh = ON_FLOATS["relu"], ON_FLOATS["tanh"]


def by_hand(parameters, sizes, activations, x):
    """The same network in plain floats."""
    values = iter(parameters)
    for size, activation in zip(sizes, activations):
        out = []
        for _ in range(size):
            w = [next(values) for _ in x]
            total = sum(wi * xi for wi, xi in zip(w, x))
            out.append(activation(total + next(values)))
        x = out
    return x


def linear(x):
    return x


@pytest.mark.parametrize(
    ("make", "activations"),
    [
        (lambda: MLP(2, [4, 4, 1]), [relu, relu, linear]),
        (lambda: MLP(2, [4, 1, 2], "relu"), [relu, relu, relu]),
        (lambda: MLP(2, (4, 4, 1), "tanh"), [relu, relu, tanh]),
        (lambda: MLP(2, [4, 1], None, "tanh"), [tanh, linear]),
        (lambda: MLP(2, [4, 4, 1], activation=None), [linear] * 3),
    ],
)
def test_every_layer_has_its_activation(make, activations):
    random.seed(42)
    model = make()
    for p in model.parameters():
        p.data += 0.1
    sizes = [len(layer.neurons) for layer in model.layers]
    for x in [(0.3, -0.8), (1.0, 1.0), (-2.0, 0.5), (-1.0, -1.0)]:
        out = model(x)
        found = [out.data] if sizes[-1] == 1 else [o.data for o in out]
        expected = by_hand(numbers(model), sizes, activations, x)
        assert found == pytest.approx(expected, rel=1e-12)


def test_a_neuron():
    for activation, value in ("relu", 0), ("tanh", tanh(-4)), (None, -4):
        neuron = Neuron(2, activation)
        for p, number in zip(neuron.parameters(), [2.0, -3.0, 1.0]):
            p.data = number
        assert neuron([-1.0, 1.0]).data == value
    assert Neuron(3).activation == Layer(3, 1).neurons[0].activation == "relu"
    assert [p.label for p in Neuron(2).parameters()] == ["w0", "w1", "b"]


def test_parameters_are_the_weights_and_biases_themselves():
    neuron, layer, model = Neuron(2), Layer(2, 3), MLP(2, [3, 2])
    assert neuron.parameters() == [*neuron.w, neuron.b]
    for module, parts in (layer, layer.neurons), (model, model.layers):
        inside = [p for part in parts for p in part.parameters()]
        assert module.parameters() == inside
    assert Module().parameters() == []


def test_a_layer_gives_a_list_and_a_network_unwraps_a_single_output():
    for module in Layer(2, 1), Layer(2, 3), MLP(2, [1, 3]):
        out = module([1, 2])
        assert type(out) is list and {type(o) for o in out} == {Value}
    assert len(Layer(2, 1)([1, 2])) == 1 and len(MLP(2, [1, 3])([1, 2])) == 3
    assert type(MLP(2, [4, 1])([1, 2])) is Value


def test_inputs_of_every_kind():
    mixed = [Value(0.5), 2]
    for x in (0.5, 2), mixed, np.array([0.5, 2]), np.float32([0.5, 2]):
        for module in Neuron(2), MLP(2, [4, 1]):
            out = module(x)
            assert type(out.data) is float
            assert out.data == module([0.5, 2.0]).data
    sizes_of_numpy = MLP(np.int64(2), [np.int64(4), 1])
    assert len(sizes_of_numpy.parameters()) == 17


def test_an_input_is_wrapped_once_and_shared():
    leaves = {
        x
        for o in MLP(2, [3, 3])([0.5, -0.25])
        for node in topological_order(o)
        for x in node._prev
        if not x._prev and not x.label
    }
    assert sorted(leaf.data for leaf in leaves) == [-0.25, 0.5]


def test_a_value_as_input_gets_its_gradient():
    model, h = network(4, 1, activation="tanh"), 1e-6
    x = [Value(0.5), Value(-0.25)]
    model(x).backward()
    rise = model((0.5 + h, -0.25)).data - model((0.5 - h, -0.25)).data
    assert x[0].grad == pytest.approx(rise / (2 * h), rel=1e-7)


def test_zero_grad():
    model = network(4, 1)
    model([1.0, 2.0]).backward()
    assert any(p.grad for p in model.parameters())
    model.zero_grad()
    assert [p.grad for p in model.parameters()] == [0.0] * 17


def test_a_model_can_be_copied_and_stored():
    model = network(4, 4, 1)
    model([1.0, 2.0]).backward()
    for same in copy.deepcopy(model), pickle.loads(pickle.dumps(model)):
        for p, q in zip(model.parameters(), same.parameters(), strict=True):
            assert p is not q
            assert (p.data, p.grad, p.label) == (q.data, q.grad, q.label)
        assert same([1.0, 2.0]).data == model([1.0, 2.0]).data
