"""Networks to train on XOR, with everything that can be chosen."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from ...nn import MLP
from ...train import XOR_X, XOR_Y, mean_squared_error, train
from .line import board
from .playground import Playground

if TYPE_CHECKING:
    from ...picture import Picture

GRID = [-0.4 + 0.06 * i for i in range(31)]  # as the book's surfaces have it
# What the reader can choose; "width" is that of each hidden layer
STANDARD: dict[str, Any] = {
    "width": 4,
    "layers": 1,
    "activation": "relu",
    "output": "linear",
    "rate": 0.1,
    "seed": 42,
    "steps": 200,
}
PRESETS: dict[str, dict[str, Any]] = {
    "Learns": {**STANDARD, "width": 16},
    "Born dead": {**STANDARD, "layers": 2, "output": "relu"},
    "Stuck at 1/6": {**STANDARD, "layers": 2, "steps": 1000},
    "Too large a rate": {**STANDARD, "activation": "tanh", "rate": 1.0},
}


def play_xor() -> Playground:
    """Networks to train on XOR step by step, and 100 seeds at a time.

    The loss curve, the answers everywhere around the four points, and the
    neurons that are open at each of them, move together.
    """
    runs: dict[str, list[float]] = {}
    lines = []
    for name, settings in PRESETS.items():
        model = network(settings)
        what = f"{name}: {describe_settings(settings)}"
        try:
            losses = train(
                model, XOR_X, XOR_Y, settings["steps"], settings["rate"]
            )
        except ArithmeticError as error:
            lines.append(f"{what}: {error}.")
            continue
        answers: list[Any] = [model(x) for x in XOR_X]
        end = mean_squared_error(answers, XOR_Y).data
        lines.append(
            f"{what}: the loss goes from {losses[0]:.4f} to {end:.4f} "
            f"in {settings['steps']:,} steps."
        )
        runs[name.lower()] = losses[:200]
    return Playground(
        "xor",
        title="Networks to train on XOR",
        lines=lines,
        picture=lambda: _picture(runs),
        alt="The losses of three networks in 200 steps: one falls to 0, one "
        "does not move, and one stops at 1/6.",
        data={
            "points": XOR_X,
            "targets": XOR_Y,
            "presets": list(PRESETS.values()),
            "grid": GRID,
        },
        scripts=["network.js"],
        parts={"board": board(), "presets": _buttons()},
    )


def _picture(runs: dict[str, list[float]]) -> Picture:
    from ...plot import plot_losses

    return plot_losses(runs, top=0.6)


def network(settings: dict[str, Any]) -> MLP:
    """A new network as the settings say."""
    random.seed(settings["seed"])
    output = settings["output"]
    return MLP(
        2,
        [settings["width"]] * settings["layers"] + [1],
        output_activation=None if output == "linear" else output,
        activation=settings["activation"],
    )


def describe_settings(settings: dict[str, Any]) -> str:
    """The settings in words."""
    sizes = [str(settings["width"])] * settings["layers"] + ["1"]
    names = {"relu": "ReLU", "tanh": "tanh", "linear": "linear"}
    return (
        f"{'-'.join(sizes)}, {names[settings['activation']]}, "
        f"{names[settings['output']]} output, rate {settings['rate']:g}, "
        f"seed {settings['seed']}"
    )


def _buttons() -> str:
    """A button for each of the presets."""
    return "\n".join(
        f'<button type="button">{name}</button>' for name in PRESETS
    )
