"""Notebook 04: the best constant, momentum, and a network that never dies."""

import random
from typing import Any

from ...nn import Neuron
from ...train import XOR_X, XOR_Y, mean_squared_error, train
from .answer import Check, Wrong, as_number, call, close


def best_constant(constant: object, loss: object) -> None:
    """04.1: the best constant answer for OR, and its loss."""
    answer = as_number(constant, "the constant")
    its_loss = as_number(loss, "its loss")
    if not close(answer, 0.75):
        better = answer + (0.75 - answer) / 8
        raise Wrong(
            f"{answer:g} is not the best: {better:g} has a smaller loss."
        )
    squares = sum((answer - target) ** 2 for target in (0, 1, 1, 1))
    if close(its_loss, squares):
        raise Wrong(
            "this is the sum of the four squared errors; the loss is their "
            "mean."
        )
    if not close(its_loss, squares / 4):
        raise Wrong(f"the constant is right, but its loss is not {its_loss:g}.")


def momentum(momentum_step: Any) -> None:
    """04.2: velocity = momentum * velocity + grad moves each parameter."""
    model = Neuron(2)
    for when, grads, moves in (
        ("the first step", [1.0, 0.0, -2.0], [-0.1, 0.0, 0.2]),
        ("the second step", [1.0, 5.0, -2.0], [-0.19, -0.5, 0.38]),
        ("the third step", [0.0, 0.0, 1.0], [-0.171, -0.45, 0.242]),
    ):
        check_moves(momentum_step, model, grads, moves, when)
    check_moves(
        momentum_step,
        Neuron(2),
        [1.0, 1.0, 1.0],
        [-0.1, -0.1, -0.1],
        "the first step of another model",
    )


def check_moves(
    step: Any,
    model: Neuron,
    grads: list[float],
    right_moves: list[float],
    when: str,
) -> None:
    """Take one step, and compare how far each of the parameters moves."""
    parameters = model.parameters()
    before = [p.data for p in parameters]
    for p, grad in zip(parameters, grads):
        p.grad = grad
    step(model, 0.1, 0.9)
    moves = [p.data - old for p, old in zip(parameters, before)]
    if not any(moves):
        raise Wrong(f"in {when} no parameter has moved.")
    for grad, move, right in zip(grads, moves, right_moves):
        if not abs(move - right) < 1e-9:  # nan is wrong, too
            raise Wrong(
                f"in {when}, with the gradient {grad:g}, the rate 0.1 and the "
                f"momentum 0.9, a parameter should move by {right:.3g}, not "
                f"{move:.3g}."
            )


def never_dies(network: Any) -> None:
    """04.3: a 2-4-4-1 network that learns, with no gradient of exactly 0."""
    size = len(from_seed(network, 0).parameters())
    if size != 37:
        raise Wrong(f"a 2-4-4-1 network has 37 parameters, not {size}.")
    if weights(network, 0) == weights(network, 1):
        raise Wrong(
            "every seed gives the same network: leave the seed to the check."
        )
    for seed in range(100):
        model = from_seed(network, seed)
        mean_squared_error([model(x) for x in XOR_X], XOR_Y).backward()
        zeros = [p for p in model.parameters() if p.grad == 0]
        if zeros:
            raise Wrong(
                f"with seed {seed}, {len(zeros)} of the 37 gradients are 0: "
                f"something is shut."
            )
    learned = [seed for seed in range(8) if learns(network, seed)]
    if len(learned) < 5:
        raise Wrong(
            f"nothing is shut, but only {len(learned)} of the 8 networks from "
            f"seeds 0 to 7 learn in 600 steps."
        )


def learns(network: Any, seed: int) -> bool:
    """Whether the loss falls below 0.05 in 600 steps."""
    model = from_seed(network, seed)
    for _ in range(6):
        losses = train(model, XOR_X, XOR_Y, steps=100)
        if losses[-1] < 0.05:
            return True
    return False


def weights(network: Any, seed: int) -> list[float]:
    """The parameters of a network as numbers."""
    return [p.data for p in from_seed(network, seed).parameters()]


def from_seed(network: Any, seed: int) -> Any:
    """The reader's network, made from this seed."""
    random.seed(seed)
    return call(network)


EXERCISES: list[tuple[str, Check]] = [
    ("04.1", best_constant),
    ("04.2", momentum),
    ("04.3", never_dies),
]
