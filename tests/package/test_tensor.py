"""The Tensor: each rule against nudges, and a network against the engine.

What it refuses is in transcripts.txt.
"""

import random
import re

import numpy as np
import pytest

from micrograd import MLP
from micrograd.tensor import Tensor, unbroadcast
from micrograd.train import XOR_X, XOR_Y, mean_squared_error

draws = np.random.default_rng(0)
SQUARE, TALL, WIDE, ROW, COLUMN, NUMBER = (
    draws.uniform(0.5, 2, shape) * draws.choice([-1, 1], shape)
    for shape in [(3, 3), (3, 2), (2, 3), (3,), (3, 1), ()]
)
OPERATIONS = {
    "a + b": [(SQUARE, SQUARE), (SQUARE, ROW), (SQUARE, COLUMN), (ROW, NUMBER)],
    "a - b": [(SQUARE, ROW), (COLUMN, ROW), (NUMBER, SQUARE)],
    "a * b": [(SQUARE, SQUARE), (ROW, SQUARE), (COLUMN, ROW), (NUMBER, TALL)],
    "a @ b": [(TALL, WIDE), (WIDE, TALL), (SQUARE, COLUMN)],
    "a @ a": [(SQUARE,)],
    "-a": [(TALL,)],
    "2 - a": [(TALL,)],
    "2 + a * 3": [(TALL,)],
    "3 * a + 2": [(TALL,)],
    "a.sum()": [(TALL,), (NUMBER,)],
    "a.sum(axis=0)": [(TALL,)],
    "a.sum(axis=1)": [(TALL,), (ROW[None, :],)],
    "a.relu()": [(SQUARE,)],
    "a.exp()": [(SQUARE,)],
    "a.tanh()": [(SQUARE,)],
    "(a * a).log()": [(SQUARE,)],
    "a * a + a": [(SQUARE,)],
    "(a + b) * (a - b) + a": [(SQUARE, ROW)],
}
ROWS = [(text, arrays) for text in OPERATIONS for arrays in OPERATIONS[text]]


@pytest.mark.parametrize(("text", "arrays"), ROWS)
def test_the_data_are_those_of_numpy(text, arrays):
    tensors = dict(zip("ab", map(Tensor, arrays)))
    found = eval(text, {}, tensors).data
    text = re.sub(
        r"\(?(\w( \* \w)?)\)?\.(exp|log|tanh)\(\)", r"np.\3(\1)", text
    )
    text = text.replace("a.relu()", "np.maximum(a, 0)")
    text = re.sub(r"axis=\d", r"\g<0>, keepdims=True", text)
    wanted = eval(text, {"np": np}, dict(zip("ab", arrays)))
    assert np.shape(found) == np.shape(wanted)
    assert np.array_equal(found, wanted)


def test_a_tensor_knows_its_operation():
    a = Tensor(SQUARE)
    found = [
        *(a, a + 1, a * a, a @ a, a.sum(), a.relu(), a.exp(), a.tanh()),
        (a * a).log(),
    ]
    names = ["", "+", "*", "@", "sum", "ReLU", "exp", "tanh", "log"]
    assert [tensor._op for tensor in found] == names


def result(text, arrays):
    """One number, to which each element of the result counts otherwise."""
    tensors = [Tensor(array) for array in arrays]
    out = eval(text, {}, dict(zip("ab", tensors)))
    factors = np.arange(1, out.data.size + 1).reshape(out.shape)
    return (out * factors).sum(), tensors


@pytest.mark.parametrize("text, arrays", ROWS)
def test_every_gradient_is_that_of_nudges(text, arrays):
    h = 1e-6
    loss, tensors = result(text, arrays)
    loss.backward()
    for number, tensor in enumerate(tensors):
        assert tensor.grad.shape == tensor.shape
        for place in np.ndindex(tensor.shape):
            values = []
            for nudge in (h, -h):
                nudged = [np.array(array) for array in arrays]
                nudged[number][place] += nudge
                values.append(result(text, nudged)[0].data)
            slope = (values[0] - values[1]) / (2 * h)
            assert tensor.grad[place] == pytest.approx(
                slope, rel=1e-6, abs=1e-7
            )


@pytest.mark.parametrize("activation", ["relu", "tanh"])
@pytest.mark.parametrize("sizes", [[16, 1], [4, 4, 1]])
def test_a_network_is_the_engines_element_by_element(sizes, activation):
    random.seed(42)
    model = MLP(2, sizes, activation=activation)
    loss = mean_squared_error([model(x) for x in XOR_X], XOR_Y)
    loss.backward()
    x, layers = Tensor(XOR_X), []
    for depth, layer in enumerate(model.layers, start=1):
        weights = Tensor(
            np.transpose([[w.data for w in n.w] for n in layer.neurons])
        )
        biases = Tensor([n.b.data for n in layer.neurons])
        layers.append((layer, weights, biases))
        x = x @ weights + biases
        if depth < len(sizes):
            x = getattr(x, activation)()
    error = x - np.array(XOR_Y)[:, None]
    tensor_loss = (error * error).sum() * (1 / 4)
    tensor_loss.backward()
    close = {"rtol": 1e-12, "atol": 1e-12}
    assert np.allclose(tensor_loss.data, loss.data, **close)
    for layer, weights, biases in layers:
        of_weights = np.transpose(
            [[w.grad for w in n.w] for n in layer.neurons]
        )
        of_biases = [n.b.grad for n in layer.neurons]
        assert np.allclose(weights.grad, of_weights, **close)
        assert np.allclose(biases.grad, of_biases, **close)


def test_leaves_add_up_over_passes_and_inner_tensors_do_not():
    a = Tensor([1.0, 2.0])
    square = a * a
    loss = square.sum()
    loss.backward()
    loss.backward()
    assert a.grad.tolist() == [4.0, 8.0]
    assert square.grad.tolist() == [1.0, 1.0] and loss.grad == 1.0


def test_a_gradient_is_no_view_of_another():
    a, b = Tensor([1.0, 2.0]), Tensor([3.0, 4.0])
    (a + b).sum().backward()
    a.grad += 1
    assert b.grad.tolist() == [1.0, 1.0]


def test_the_kink_has_the_slope_of_the_flat_side():
    a = Tensor([-1.0, 0.0, 1.0])
    a.relu().sum().backward()
    assert a.grad.tolist() == [0.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ((4, 3), np.ones((4, 3))),
        ((3,), np.full(3, 4.0)),
        ((1, 3), np.full((1, 3), 4.0)),
        ((4, 1), np.full((4, 1), 3.0)),
        ((1, 1), [[12.0]]),
        ((), 12.0),
    ],
)
def test_what_was_stretched_is_added_up(shape, expected):
    found = unbroadcast(np.ones((4, 3)), shape)
    assert found.shape == shape and np.array_equal(found, expected)


def test_two_rows_are_added_up_as_well():
    assert unbroadcast(np.ones((2, 3)), (1, 3)).tolist() == [[2.0, 2.0, 2.0]]
