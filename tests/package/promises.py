"""What right code promises, as checks; every bug of the zoo fails one of them.

The tests of the modules go through these checks, and test_zoo.py does so with a
bug let loose.
"""

import math
import random

import pytest

from micrograd import MLP, Neuron, Value, gradcheck, train

OPERATIONS = {
    "a + b": [(2.0, -3.0), (0.0, 0.0)],
    "a - b": [(2.0, -3.0), (0.0, 0.0)],
    "a * b": [(2.0, -3.0), (0.0, 5.0)],
    "a / b": [(2.0, -3.0), (0.0, 5.0)],
    "-a": [(2.0,), (0.0,)],
    "(a + 2) * (2 + a)": [(3.0,)],
    "(a - 2) * (2 - a)": [(3.0,)],
    "a * 2 + 3 * a": [(3.0,)],
    "a / 2 + 2 / a": [(3.0,), (-0.5,)],
    "a ** 0": [(3.0,), (0.0,), (-2.0,)],
    "a ** 1": [(3.0,), (0.0,), (-2.0,)],
    "a ** 2": [(3.0,), (0.0,), (-2.0,)],
    "a ** 3": [(3.0,), (0.0,), (-2.0,)],
    "a ** -2": [(3.0,), (-2.0,)],
    "a ** 1.5": [(3.0,), (0.25,)],
    "exp(a)": [(1.5,), (0.0,), (-700.0,)],
    "log(a)": [(1.5,), (0.25,)],
    "relu(a)": [(1.5,), (-1.5,)],
    "tanh(a)": [(1.5,), (0.0,), (-0.5,), (1000.0,), (-1000.0,)],
    "sum([a, b, 3, a])": [(2.0, -3.0)],
    "a * a + a": [(3.0,)],
    "(a + b) * a": [(2.0, 3.0)],
    "(a * b) * (a * b + 1)": [(2.0, 3.0)],
}
ROWS = [(text, point) for text in OPERATIONS for point in OPERATIONS[text]]
ON_VALUES = {
    "exp": lambda a: a.exp(),
    "log": lambda a: a.log(),
    "relu": lambda a: a.relu(),
    "tanh": lambda a: a.tanh(),
}
ON_FLOATS = {
    "exp": math.exp,
    "log": math.log,
    "relu": lambda a: max(a, 0.0),
    "tanh": math.tanh,
}


def evaluate(text, functions, inputs):
    return eval(text, {**functions, "sum": sum}, dict(zip("ab", inputs)))


def check_operation(text, point, h=1e-6):
    """Its value is that of floats, its gradient that of small nudges."""
    inputs = [Value(x) for x in point]
    out = evaluate(text, ON_VALUES, inputs)
    (out * out + out).backward()  # the result is used twice
    value = evaluate(text, ON_FLOATS, point)
    assert out.data == pytest.approx(value, rel=1e-15)
    for i, x in enumerate(inputs):
        up, down = list(point), list(point)
        up[i] += h
        down[i] -= h
        rise = evaluate(text, ON_FLOATS, up) - evaluate(text, ON_FLOATS, down)
        gradient = (2 * value + 1) * rise / (2 * h)
        assert x.grad == pytest.approx(gradient, rel=1e-7, abs=1e-8)


def check_operations():
    for text, point in ROWS:
        check_operation(text, point)


def check_two_passes():
    """A second backward pass doubles the gradients of the leaves only."""
    x, y = Value(0.1), Value(0.7)
    b = (x * y).tanh()
    out = b * b + b / x
    out.backward()
    once = x.grad, y.grad, b.grad
    out.backward()
    assert (x.grad, y.grad, b.grad) == (2 * once[0], 2 * once[1], once[2])
    assert out.grad == 1.0


def check_numerical_gradient():
    """It is the central difference; at the kink of a ReLU, the mean slope."""
    numerical = gradcheck.numerical_gradient
    assert numerical(lambda x: x**3, [2.0], h=1.0) == [(27 - 1) / 2]
    assert numerical(lambda x: x.relu(), [0.0]) == [0.5]


def check_step():
    """A step goes against the gradient, and leaves the gradient alone."""
    neuron = Neuron(2)
    for p, data, grad in zip(neuron.parameters(), (1, 2, 3), (0.5, -4, 0)):
        p.data, p.grad = float(data), float(grad)
    train.sgd_step(neuron, 0.25)
    assert numbers(neuron) == [0.875, 3.0, 3.0]
    assert [p.grad for p in neuron.parameters()] == [0.5, -4.0, 0.0]


def check_training(loss=train.mean_squared_error):
    """`train` is the loop written out, and starts with gradients of zero."""
    by_hand, model, expected = network(4, 1), network(4, 1), []
    for _ in range(20):
        total = loss([by_hand(x) for x in train.XOR_X], train.XOR_Y)
        expected.append(total.data)
        for p in by_hand.parameters():
            p.grad = 0.0
        total.backward()
        for p in by_hand.parameters():
            p.data -= 0.3 * p.grad
    model.parameters()[0].grad = 1000.0  # left over from an earlier pass
    losses = train.train(model, train.XOR_X, train.XOR_Y, 20, 0.3, loss)
    assert losses == expected and losses[-1] < losses[0]
    assert numbers(model) == numbers(by_hand)


# The bugs that are not in a single backward pass, and what notices them
OTHER_CHECKS = {
    "not_reset": check_two_passes,
    "no_zero_grad": check_training,
    "uphill": check_step,
    "rebound": check_step,
    "nudged_output": check_numerical_gradient,
}


def network(*layer_sizes, **options):
    random.seed(42)
    return MLP(2, list(layer_sizes), **options)


def numbers(module):
    return [p.data for p in module.parameters()]
