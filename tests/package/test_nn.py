"""Neurons, layers, networks."""

import math
import random

import numpy as np
import pytest

from micrograd import MLP, Layer, Neuron, Value
from micrograd.engine import topological_order


@pytest.fixture(autouse=True)
def seeded():
    random.seed(42)


def numbers(module):
    return [p.data for p in module.parameters()]


def test_the_courses_network():
    model, draws = MLP(2, [4, 4, 1]), random.Random(42)
    expected = []
    for n_in, n_out in [(2, 4), (4, 4), (4, 1)]:
        for _ in range(n_out):
            expected += [draws.uniform(-1, 1) for _ in range(n_in)] + [0.0]
    assert len(model.parameters()) == 37
    assert numbers(model) == expected


def test_the_first_weights_of_seed_42():
    """The numbers are those of CPython's Mersenne Twister, the same since version 3.2."""
    assert numbers(Neuron(2)) == [0.2788535969157675, -0.9499784895546661, 0.0]


def by_hand(parameters, n_in, sizes, activations, x):
    """The same network in plain floats."""
    values = iter(parameters)
    for size, activation in zip(sizes, activations):
        out = []
        for _ in range(size):
            w = [next(values) for _ in x]
            out.append(
                activation(sum(wi * xi for wi, xi in zip(w, x)) + next(values))
            )
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
        (
            lambda: MLP(2, [4, 4, 1], output_activation="tanh"),
            [relu, relu, math.tanh],
        ),
        (
            lambda: MLP(2, [4, 4, 1], activation="tanh"),
            [math.tanh, math.tanh, linear],
        ),
        (lambda: MLP(2, [4, 4, 1], activation=None), [linear, linear, linear]),
        (
            lambda: MLP(2, (4, 4, 1), "tanh", "tanh"),
            [math.tanh, math.tanh, math.tanh],
        ),
    ],
)
def test_every_layer_has_its_activation(model, activations):
    model = model()
    for p in model.parameters():
        p.data += 0.1
    for x in [(0.3, -0.8), (1.0, 1.0), (-2.0, 0.5), (-1.0, -1.0)]:
        assert model(x).data == pytest.approx(
            *by_hand(numbers(model), 2, [4, 4, 1], activations, x), rel=1e-12
        )


@pytest.mark.parametrize(
    ("activation", "value"),
    [("relu", 0.0), ("tanh", math.tanh(-4.0)), (None, -4.0)],
)
def test_a_neuron(activation, value):
    neuron = Neuron(2, activation)
    for p, number in zip(neuron.parameters(), [2.0, -3.0, 1.0]):
        p.data = number
    assert neuron([-1.0, 1.0]).data == value


def test_a_neuron_is_relu_and_a_layer_too():
    assert Neuron(3).activation == Layer(3, 1).neurons[0].activation == "relu"


def test_labels_of_a_neuron():
    assert [p.label for p in Neuron(2).parameters()] == ["w0", "w1", "b"]


def test_parameters_are_the_weights_and_biases_themselves():
    neuron, layer, model = Neuron(2), Layer(2, 3), MLP(2, [3, 2])
    assert neuron.parameters() == [*neuron.w, neuron.b]
    assert layer.parameters() == [
        p for n in layer.neurons for p in n.parameters()
    ]
    assert model.parameters() == [
        p for layer in model.layers for p in layer.parameters()
    ]


def test_one_output_is_a_value_and_several_are_a_list():
    assert isinstance(MLP(2, [4, 1])([1, 2]), Value)
    out = MLP(2, [4, 3])([1, 2])
    assert (
        isinstance(out, list)
        and len(out) == 3
        and all(isinstance(o, Value) for o in out)
    )
    assert (
        isinstance(Layer(2, 1)([1, 2]), Value) and len(Layer(2, 2)([1, 2])) == 2
    )


def test_a_layer_of_one_neuron_may_feed_the_next():
    model = MLP(2, [16, 1, 1])
    expected = by_hand(
        numbers(model), 2, [16, 1, 1], [relu, relu, linear], (0.5, 0.25)
    )
    assert model((0.5, 0.25)).data == pytest.approx(*expected)
    assert isinstance(MLP(1, [1, 1])(Value(2.0)), Value)


@pytest.mark.parametrize(
    "x",
    [
        (0.5, 2),
        [0.5, 2],
        [Value(0.5), Value(2)],
        [0.5, Value(2)],
        np.array([0.5, 2]),
        np.array([0.5, 2], np.float32),
    ],
    ids=lambda x: (
        f"{type(x).__name__} of {type(x[0]).__name__}, {type(x[1]).__name__}"
    ),
)
def test_inputs_of_every_kind(x):
    for module in (Neuron(2), Layer(2, 3), MLP(2, [4, 1])):
        out, same = module(x), module([0.5, 2.0])
        pairs = zip(out, same) if isinstance(out, list) else [(out, same)]
        assert all(type(o.data) is float and o.data == s.data for o, s in pairs)


def test_an_input_is_wrapped_once_and_shared():
    out = MLP(2, [3, 3])([0.5, -0.25])
    nodes = {
        id(node): node
        for o in out
        for inner in topological_order(o)
        for node in (inner, *inner._prev)
    }
    leaves = [node for node in nodes.values() if not node._prev]
    assert sorted(leaf.data for leaf in leaves if not leaf.label) == [
        -0.25,
        0.5,
    ]


def test_a_value_as_input_gets_its_gradient():
    model, x, h = (
        MLP(2, [4, 1], activation="tanh"),
        [Value(0.5), Value(-0.25)],
        1e-6,
    )
    model(x).backward()
    slope = (model((0.5 + h, -0.25)).data - model((0.5 - h, -0.25)).data) / (
        2 * h
    )
    assert x[0].grad == pytest.approx(slope, rel=1e-7)


def test_zero_grad():
    for module in (Neuron(2, "tanh"), Layer(2, 1, "tanh"), MLP(2, [4, 1])):
        module([1.0, 2.0]).backward()
        assert any(p.grad for p in module.parameters())
        module.zero_grad()
        assert not any(p.grad for p in module.parameters())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Neuron(0), "n_in must be a whole number of at least 1, not 0"),
        (
            lambda: Neuron(-2),
            "n_in must be a whole number of at least 1, not -2",
        ),
        (
            lambda: Layer(2, 0),
            "n_out must be a whole number of at least 1, not 0",
        ),
        (
            lambda: MLP(0, [1]),
            "n_in must be a whole number of at least 1, not 0",
        ),
        (
            lambda: MLP(2, [4, 0, 1]),
            "n_out must be a whole number of at least 1, not 0",
        ),
        (lambda: MLP(2, []), r"layer_sizes is a list .*, not \[\]"),
        (lambda: MLP(2, 4), "layer_sizes is a list .*, not 4"),
        (lambda: MLP(2, "41"), "layer_sizes is a list .*, not '41'"),
        (
            lambda: Neuron(2, "sigmoid"),
            "unknown activation 'sigmoid'; known are",
        ),
        (lambda: Layer(2, 3, "sigmoid"), "unknown activation 'sigmoid'"),
        (lambda: MLP(2, [4, 1], "sigmoid"), "unknown activation 'sigmoid'"),
        (
            lambda: MLP(2, [4, 1], activation="sigmoid"),
            "unknown activation 'sigmoid'",
        ),
    ],
)
def test_what_cannot_be_built_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    "make",
    [lambda: Neuron(2.0), lambda: Layer(2, "3"), lambda: MLP(2, [4, None])],
)
def test_sizes_are_whole_numbers(make):
    with pytest.raises(ValueError, match="must be a whole number"):
        make()


def test_sizes_may_come_from_numpy():
    assert len(MLP(np.int64(2), [np.int64(4), 1]).parameters()) == 17


@pytest.mark.parametrize(
    "module",
    [Neuron(2), Layer(2, 3), MLP(2, [4, 1])],
    ids=lambda m: type(m).__name__,
)
@pytest.mark.parametrize(
    ("x", "error", "message"),
    [
        ([1, 2, 3], ValueError, r"needs 2 inputs and got 3: \[1, 2, 3\]"),
        ([1], ValueError, r"needs 2 inputs and got 1: \[1\]"),
        ([], ValueError, r"needs 2 inputs and got 0: \[\]"),
        (3.0, TypeError, "needs a list of 2 numbers, not float: 3.0"),
        (None, TypeError, "needs a list of 2 numbers, not NoneType"),
        ("ab", TypeError, "a real number, not str: 'a'"),
        ([1, None], TypeError, "a real number, not NoneType"),
        (np.eye(2), TypeError, "a real number, not ndarray"),
    ],
)
def test_wrong_inputs_are_refused(module, x, error, message):
    with pytest.raises(error, match=message):
        module(x)


def test_repr():
    assert repr(Neuron(2)) == "Neuron(2 inputs, relu)"
    assert repr(Neuron(3, None)) == "Neuron(3 inputs, linear)"
    assert repr(Layer(2, 3, "tanh")) == "Layer(3 x Neuron(2 inputs, tanh))"
    assert repr(MLP(2, [4, 4, 1])) == (
        "MLP with 37 parameters:\n  Layer(4 x Neuron(2 inputs, relu))\n"
        "  Layer(4 x Neuron(4 inputs, relu))\n  Layer(1 x Neuron(4 inputs, linear))"
    )
