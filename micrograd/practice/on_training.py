"""Exercises of notebook 04: the best constant, momentum, and a network that never dies."""

import random

from ..nn import Neuron
from ..train import XOR_X, XOR_Y, mean_squared_error, train
from .exercises import Wrong, as_number, call, close, exercise


@exercise("04.1")
def best_constant(constant, loss):
    """The best constant answer to the targets 0, 1, 1, 1, and its mean squared error."""
    constant, loss = (
        as_number(constant, "the constant"),
        as_number(loss, "its loss"),
    )

    def squares(answer):
        return sum((answer - y) ** 2 for y in (0, 1, 1, 1))

    if not close(constant, 0.75):
        better = constant + (0.75 - constant) / 8
        raise Wrong(
            f"{constant:g} is not the best: {better:g} has a smaller loss."
        )
    if close(loss, squares(constant)):
        raise Wrong(
            "this is the sum of the four squared errors; the loss is their mean."
        )
    if not close(loss, squares(constant) / 4):
        raise Wrong(f"the constant is right, but its loss is not {loss:g}.")


@exercise("04.2")
def momentum(momentum_step):
    """velocity = momentum * velocity + grad; the parameter moves by -learning_rate * velocity."""
    model, other = Neuron(2), Neuron(2)
    _moves(
        momentum_step,
        model,
        [1.0, 0.0, -2.0],
        [-0.1, 0.0, 0.2],
        "the first step",
    )
    _moves(
        momentum_step,
        model,
        [1.0, 5.0, -2.0],
        [-0.19, -0.5, 0.38],
        "the second step",
    )
    _moves(
        momentum_step,
        model,
        [0.0, 0.0, 1.0],
        [-0.171, -0.45, 0.242],
        "the third step",
    )
    _moves(
        momentum_step,
        other,
        [1.0, 1.0, 1.0],
        [-0.1] * 3,
        "the first step of another model",
    )


@exercise("04.3")
def never_dies(network):
    """network() makes a 4-4-1 network none of whose gradients is 0, from any seed, and that learns."""
    if (size := len(_seeded(network, 0).parameters())) != 37:
        raise Wrong(f"it has {size} parameters; a network 2-4-4-1 has 37.")
    if _data(network, 0) == _data(network, 1):
        raise Wrong(
            "it is the same network from every seed; leave the seed to the check."
        )
    for seed in range(100):
        model = _seeded(network, seed)
        mean_squared_error([model(x) for x in XOR_X], XOR_Y).backward()
        if zeros := sum(p.grad == 0 for p in model.parameters()):
            raise Wrong(
                f"from seed {seed}, {zeros} of 37 gradients are 0: something is shut."
            )
    learned = sum(
        train(_seeded(network, seed), XOR_X, XOR_Y, 600)[-1] < 0.05
        for seed in range(8)
    )
    if learned < 5:
        raise Wrong(
            f"nothing is shut, but only {learned} of the seeds 0 to 7 learn in 600 steps."
        )


def _moves(step, model, grads, wanted, when):
    before = [p.data for p in model.parameters()]
    for p, grad in zip(model.parameters(), grads):
        p.grad = grad
    step(model, 0.1, 0.9)
    moves = [p.data - old for p, old in zip(model.parameters(), before)]
    if not any(moves):
        raise Wrong(f"in {when} no parameter has moved.")
    for grad, move, right in zip(grads, moves, wanted):
        if not abs(move - right) < 1e-9:
            raise Wrong(
                f"in {when}, with the gradient {grad:g}, the rate 0.1 and the momentum 0.9, a "
                f"parameter moved by {move:.3g}; right is {right:.3g}."
            )


def _data(network, seed):
    return [p.data for p in _seeded(network, seed).parameters()]


def _seeded(network, seed):
    random.seed(seed)
    return call(network)
