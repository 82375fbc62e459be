"""A ball on a curve: what the start and the learning rate decide."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from .playground import Playground

if TYPE_CHECKING:
    from ...picture import Picture


class Curve(NamedTuple):
    """A loss that is a polynomial of one number w.

    Args:
        name: What it looks like.
        formula: How one writes it.
        coefficients: Its coefficients, that of the highest power first.
        left: The first w in its picture.
        right: The last w in its picture.
        top: The greatest loss in its picture.
        hill: Where a hill parts two valleys.
        start: Where the ball is at first.
    """

    name: str
    formula: str
    coefficients: tuple[float, ...]
    left: float
    right: float
    top: float
    hill: float | None
    start: float

    @property
    def derivative(self) -> tuple[float, ...]:
        """The coefficients of its slope; that of w**n is n * w**(n - 1)."""
        powers = range(len(self.coefficients) - 1, 0, -1)
        return tuple(n * c for n, c in zip(powers, self.coefficients))

    def loss(self, w: float) -> float:
        """How high the curve is at w."""
        return polynomial(self.coefficients, w)

    def slope(self, w: float) -> float:
        """How steep the curve is at w."""
        return polynomial(self.derivative, w)

    def walk(self, start: float, rate: float, steps: int) -> list[float]:
        """The numbers that gradient descent visits from a start on."""
        visited = [start]
        for _ in range(steps):
            w = visited[-1]
            visited.append(w - rate * self.slope(w))
        return visited


def polynomial(coefficients: tuple[float, ...], w: float) -> float:
    """The sum of the coefficients times powers of w, by Horner's rule."""
    total = 0.0
    for c in coefficients:
        total = total * w + c
    return total


BOWL = Curve(
    name="A bowl",
    formula="(2w − 8)²",
    coefficients=(4.0, -32.0, 64.0),
    left=-0.6,
    right=8.6,
    top=80.0,
    hill=None,
    start=1.0,
)
# Its slope is 0.6 * (w - 1) * (w - 3) * (w - 6)
VALLEYS = Curve(
    name="Two valleys",
    formula="0.15w⁴ − 2w³ + 8.1w² − 10.8w + 10.8",
    coefficients=(0.15, -2.0, 8.1, -10.8, 10.8),
    left=-0.5,
    right=7.5,
    top=17.0,
    hill=3.0,
    start=2.5,
)
CURVES = (BOWL, VALLEYS)
RATE = 0.05


def play_descent() -> Playground:
    """A ball to roll down a bowl, and a curve with two valleys.

    The reader chooses the start and the learning rate, and takes the steps of
    gradient descent one by one.
    """
    start = BOWL.start
    lines = [
        f"A bowl, loss {BOWL.formula}. At w = {start:g} the slope is "
        f"−{-BOWL.slope(start):g}. With the learning rate {RATE}, w goes to "
        f"{_way(BOWL, start, RATE)}: ever closer to the bottom.",
        f"With 0.2 instead, w goes to {_way(BOWL, start, 0.2)}: each step "
        "overshoots the bottom, but the next place is closer to it.",
        f"With 0.25, w goes to {_way(BOWL, start, 0.25)}: it swings from side "
        "to side for ever.",
        f"With 0.3, w goes to {_way(BOWL, start, 0.3)}: it diverges, because "
        "each step is longer than the one before.",
        f"Two valleys, loss {VALLEYS.formula}. With the learning rate {RATE}, "
        f"the start decides: {_end(2.5)}, and {_end(3.5)}.",
    ]
    curves = [
        {
            **curve._asdict(),
            "derivative": curve.derivative,
            "ticks": _ticks(curve),
        }
        for curve in CURVES
    ]
    return Playground(
        "descent",
        title="A ball on a curve",
        lines=lines,
        picture=_picture,
        alt="A ball that overshoots the bottom of a bowl in every step, and "
        "comes closer to it all the same.",
        data={"curves": curves, "rate": RATE},
        parts={"curves": _radio_buttons()},
    )


def _picture() -> Picture:
    from ...sketch import plot_descent

    return plot_descent(BOWL.loss, BOWL.walk(BOWL.start, 0.2, 8))


def _radio_buttons() -> str:
    """A choice of the curves as HTML; the first one is chosen."""
    labels = [
        f'<label><input type="radio" name="curve" value="{i}"> '
        f"{curve.name}</label>"
        for i, curve in enumerate(CURVES)
    ]
    return "\n".join(labels).replace('"0"', '"0" checked="checked"')


def _ticks(curve: Curve) -> str:
    """The whole numbers below a curve's picture, as SVG."""
    scale = 450 / (curve.right - curve.left)
    return "".join(
        f'<text x="{20 + scale * (w - curve.left):.1f}" y="272">{w}</text>'
        for w in range(ceil(curve.right))
    )


def _way(curve: Curve, start: float, rate: float) -> str:
    """The next four numbers, in words."""
    numbers = [f"{w:z.2f}" for w in curve.walk(start, rate, 4)[1:]]
    return ", ".join(numbers).replace("-", "−")


def _end(start: float) -> str:
    """Where the ball ends in the two valleys, in words."""
    w = VALLEYS.walk(start, RATE, 200)[-1]
    height = VALLEYS.loss(w)
    return f"from w = {start:g} it ends at w = {w:.2f}, loss {height:z.2f}"
