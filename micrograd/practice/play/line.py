"""A line to drag over AND, OR and XOR, and the two lines that solve XOR."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from ...nn import MLP
from ...train import XOR_X, XOR_Y
from .playground import Playground

if TYPE_CHECKING:
    from ...picture import Picture

PROBLEMS: dict[str, list[int]] = {
    "AND": [0, 0, 0, 1],
    "OR": [0, 1, 1, 1],
    "XOR": XOR_Y,
}
SOLUTIONS = {"AND": (1.0, 1.0, -1.5), "OR": (1.0, 1.0, -0.5)}
FIRST = (1.0, 0.0, -0.5)  # w0, w1 and b of the line at the start
# w0, w1 and b of the two hidden neurons, and of the output
BY_HAND = (1.0, 1.0, 0.0, 1.0, 1.0, -1.0, 1.0, -2.0, 0.0)

# The line and its positive side; the band where the network of two neurons
# answers more than 1/2, and the creases of the neurons
BELOW = """<g class="of-one"><path class="positive"/><path class="line"/></g>
<g class="of-two"><path class="positive" d="M-100 -150L150 100H250L-100 -250z"/>
<path class="line" d="M-100 -150L150 100M250 100L-100 -250"/>
<path class="crease" d="M-100 -100L100 100M-100 -200L200 100"/>
<text transform="translate(-20 -26) rotate(45)">first opens</text>
<text transform="translate(53 -53) rotate(45)">second opens</text></g>"""
HANDLES = """<g class="of-one"><circle class="handle" r="6"/>
<circle class="handle" r="6"/></g>"""


def play_line() -> Playground:
    """A line to drag over AND, OR and XOR, which counts what it gets right.

    Then it shows the two lines of a hidden layer that solve XOR together.
    """
    lines = []
    for name, targets in PROBLEMS.items():
        text = f"{name}: the best line gets {most_right(targets)} of 4 right"
        if name in SOLUTIONS:
            w0, w1, b = SOLUTIONS[name]
            text += f", such as {w0:g} · x0 + {w1:g} · x1 − {-b:g} = 0"
        lines.append(f"{text}.")
    answers = ", ".join(f"{y:g}" for y in answers_by_hand())
    lines.append(
        "XOR with two lines: relu(x0 + x1) and relu(x0 + x1 − 1), the first "
        f"minus twice the second, answer {answers} at the four points."
    )
    return Playground(
        "line",
        title="A line between zeros and ones",
        lines=lines,
        picture=_picture,
        alt="AND and OR, whose zeros and ones a line parts, and XOR, where the "
        "segment between the ones crosses the segment between the zeros.",
        data={
            "points": XOR_X,
            "problems": PROBLEMS,
            "first": FIRST,
            "byHand": BY_HAND,
        },
        parts={"board": board(BELOW, HANDLES)},
    )


def most_right(targets: Sequence[int]) -> int:
    """How many of the four points the best line gets right.

    The lines that are tried part the points in every way in which lines can.
    """
    found = []
    for w0, w1, b in product((-1, 0, 1), (-1, 0, 1), (-1.5, -0.5, 0.5, 1.5)):
        answers = [int(w0 * x0 + w1 * x1 + b > 0) for x0, x1 in XOR_X]
        found.append(sum(a == t for a, t in zip(answers, targets)))
    return max(found)


def answers_by_hand() -> list[float]:
    """What the network with the parameters BY_HAND answers at the points."""
    model = MLP(2, [2, 1])
    for parameter, number in zip(model.parameters(), BY_HAND):
        parameter.data = number
    answers: list[Any] = [model(x) for x in XOR_X]
    return [answer.data for answer in answers]


def _picture() -> Picture:
    from ...plot import plot_separable

    return plot_separable(PROBLEMS, SOLUTIONS)


def board(below: str = "", above: str = "") -> str:
    """The plane of x0 and x1 as SVG, with the four points of XOR upon it.

    Args:
        below: SVG to draw below the points. A hundred of its units are 1, and
            its y grows downwards.
        above: SVG to draw above them.
    """
    points = "".join(
        f'<g class="point" transform="translate({100 * x0} {-100 * x1})">'
        '<path class="verdict"/><path class="mark"/><text y="3.6"></text></g>'
        for x0, x1 in XOR_X
    )
    return f"""<svg class="board" viewBox="0 0 300 300" role="img">
<text x="91.8" y="288">0</text><text x="236.2" y="288">1</text>
<text x="164" y="288">x₀</text><text x="16" y="141">x₁</text>
<text x="20" y="213">0</text><text x="20" y="69">1</text>
<svg class="plane" x="34" y="6" width="260" height="260"
 viewBox="-40 -140 180 180">{below}{points}{above}
<path class="frame" d="M-40 -140h180v180h-180z"/></svg></svg>"""
