"""Neurons, layers, networks."""

import copy
import math
import pickle
import random

import numpy as np
import pytest
from promises import network, numbers

from micrograd import MLP, Layer, Neuron, Value
from micrograd.engine import topological_order
from micrograd.nn import Module


def test_the_courses_network():
    model, draws = network(4, 4, 1), random.Random(42)
    expected = []
    for n_in, n_out in [(2, 4), (4, 4), (4, 1)]:
        for _ in range(n_out):
            expected += [draws.uniform(-1, 1) for _ in range(n_in)] + [0.0]
    assert len(model.parameters()) == 37
    assert numbers(model) == expected


def test_the_first_weights_of_seed_42():
    """Those of CPython's Mersenne Twister, the same since version 3.2."""
    random.seed(42)
    assert numbers(Neuron(2)) == [0.2788535969157675, -0.9499784895546661, 0.0]


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


def relu(x):
    return max(x, 0.0)


def linear(x):
    return x


@pytest.mark.parametrize(
    ("model", "activations"),
    [
        (lambda: MLP(2, [4, 4, 1]), [relu, relu, linear]),
        (lambda: MLP(2, [4, 4, 1], "relu"), [relu, relu, relu]),
        (lambda: MLP(2, (4, 4, 1), "tanh"), [relu, relu, math.tanh]),
        (lambda: MLP(2, [4, 4, 1], None, "tanh"), [math.tanh] * 2 + [linear]),
        (lambda: MLP(2, [4, 4, 1], activation=None), [linear] * 3),
        (lambda: MLP(2, [4, 1, 2]), [relu, relu, linear]),
    ],
)
def test_every_layer_has_its_activation(model, activations):
    random.seed(42)
    model = model()
    for p in model.parameters():
        p.data += 0.1
    sizes = [len(layer.neurons) for layer in model.layers]
    for x in [(0.3, -0.8), (1.0, 1.0), (-2.0, 0.5), (-1.0, -1.0)]:
        out = model(x)
        data = [o.data for o in out] if sizes[-1] > 1 else [out.data]
        expected = by_hand(numbers(model), sizes, activations, x)
        assert data == pytest.approx(expected, rel=1e-12)


def test_a_neuron():
    for activation, value in ("relu", 0), ("tanh", math.tanh(-4)), (None, -4):
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


def test_a_module_of_ones_own():
    assert Module().parameters() == []
    with pytest.raises(NotImplementedError, match="^Module has no __call__$"):
        Module()([1.0])


def test_a_layer_gives_a_list_and_a_network_unwraps_a_single_output():
    for n_out in 1, 3:
        out = Layer(2, n_out)([1, 2])
        assert type(out) is list
        assert [type(o) for o in out] == [Value] * n_out
    assert type(MLP(2, [4, 1])([1, 2])) is Value
    assert [type(o) for o in MLP(2, [1, 3])([1, 2])] == [Value] * 3


@pytest.mark.parametrize(
    "x",
    [(0.5, 2), [Value(0.5), 2], np.array([0.5, 2]), np.float32([0.5, 2])],
    ids=repr,
)
def test_inputs_of_every_kind(x):
    for module in Neuron(2), Layer(2, 1), MLP(2, [4, 1]):
        out, same = module(x), module([0.5, 2.0])
        if module.__class__ is Layer:
            [out], [same] = out, same
        assert type(out.data) is float and out.data == same.data


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


ACTIVATIONS = "known are ['relu', 'tanh', None]"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Neuron(0),
            "n_in must be a whole number of at least 1, not 0",
        ),
        (
            lambda: MLP(2.0, [1]),
            "n_in must be a whole number of at least 1, not 2.0",
        ),
        (
            lambda: Layer(2, 0),
            "n_out must be a whole number of at least 1, not 0",
        ),
        (
            lambda: MLP(2, [4, None]),
            "n_out must be a whole number of at least 1, not None",
        ),
        (
            lambda: MLP(2, []),
            "layer_sizes is a list of numbers of neurons, not []",
        ),
        (
            lambda: MLP(2, "41"),
            "layer_sizes is a list of numbers of neurons, not '41'",
        ),
        (
            lambda: Layer(2, 3, "sigmoid"),
            f"unknown activation 'sigmoid'; {ACTIVATIONS}",
        ),
        (
            lambda: MLP(2, [4, 1], "sigmoid"),
            f"unknown activation 'sigmoid'; {ACTIVATIONS}",
        ),
        (
            lambda: MLP(2, [4, 1], activation=["tanh", "relu"]),
            f"unknown activation ['tanh', 'relu']; {ACTIVATIONS}",
        ),
    ],
)
def test_what_cannot_be_built_is_refused(make, message, raises):
    with raises(ValueError, message):
        make()


def test_sizes_may_come_from_numpy():
    assert len(MLP(np.int64(2), [np.int64(4), 1]).parameters()) == 17


@pytest.mark.parametrize("make", [Neuron, lambda n: Layer(n, 3)])
@pytest.mark.parametrize(
    ("x", "error", "message"),
    [
        ([1, 2, 3], ValueError, " needs 2 inputs and got 3: [1, 2, 3]"),
        ([1], ValueError, " needs 2 inputs and got 1: [1]"),
        (3.0, TypeError, " needs a list of 2 numbers, not float: 3.0"),
    ],
)
def test_wrong_inputs_are_refused(make, x, error, message, raises):
    module = make(2)
    with raises(error, repr(module) + message):
        module(x)


@pytest.mark.parametrize("x", ["ab", [1, None], np.eye(2)], ids=repr)
def test_inputs_that_are_no_numbers_are_refused(x):
    with pytest.raises(TypeError, match="a real number, not"):
        MLP(2, [4, 1])(x)


def test_repr():
    assert repr(Neuron(3, None)) == "Neuron(3 inputs, linear)"
    assert repr(MLP(2, [4, 4, 1])) == (
        "MLP with 37 parameters:\n"
        "  Layer(4 x Neuron(2 inputs, relu))\n"
        "  Layer(4 x Neuron(4 inputs, relu))\n"
        "  Layer(1 x Neuron(4 inputs, linear))"
    )


@pytest.mark.parametrize(
    "copied", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))]
)
def test_a_model_can_be_copied_and_stored(copied):
    model = network(4, 4, 1)
    model([1.0, 2.0]).backward()
    same = copied(model)
    assert repr(same) == repr(model) and numbers(same) == numbers(model)
    assert [p.grad for p in same.parameters()] == [
        p.grad for p in model.parameters()
    ]
    same.parameters()[0].data += 1.0
    assert same([1.0, 2.0]).data != model([1.0, 2.0]).data
