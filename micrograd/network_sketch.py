"""Pictures of what networks are made of; each function returns a `Picture`.

`plot_neuron` shows what one neuron answers, `draw_network` how many weights and
biases a network has, and `plot_open` which of its neurons are open where.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Polygon

from .engine import describe
from .nn import MLP, Layer
from .palette import BLUE, GREY, INK, ORANGE
from .picture import (
    BOLD,
    WIDTH,
    Picture,
    Point,
    draw_segments,
    height_at,
    large,
    number_text,
    paper,
    write_beside,
)
from .plot import surface

THIRDS = [i / 3 for i in range(-3, 7)]  # from -1 to 2


@large
def plot_neuron(neuron: Callable[[list[float]], Any]) -> Picture:
    """What a neuron with two inputs answers, as a surface over their plane.

    The surface is white where it is flat. The dots are the answers at the
    corners of the unit square.

    Args:
        neuron: A function of a list of two numbers.

    Raises:
        ValueError: If an answer is not finite.
    """
    answers = surface(neuron, THIRDS)
    low, high = min(0, *map(min, answers)), max(0, *map(max, answers))
    scale = 116 / ((high - low) or 1)

    def place(i: int, j: int, z: float) -> Point:
        """Where z is: x0 grows with i to the right, and x1 with j away."""
        return 130 + 24 * i + 11 * j, 54 + 8.5 * j + scale * (z - low)

    def answer(i: int, j: int) -> Point:
        return place(i, j, answers[j][i])

    figure, axes = paper(290)
    floor = [place(i, j, low) for i, j in ((0, 0), (9, 0), (9, 9), (0, 9))]
    axes.add_patch(Polygon(floor, fill=False, edgecolor=GREY))
    quads, shades = [], []
    for j in reversed(range(9)):  # what is nearer is drawn over it
        for i in range(9):
            corners = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
            heights = [answers[j][i] for i, j in corners]
            quads.append([answer(i, j) for i, j in corners])
            shades.append(max(heights) - min(heights))
    colors = LinearSegmentedColormap.from_list("pale", ["white", "#bfdcef"])
    steepest = max(shades) or 1
    axes.add_collection(
        PolyCollection(
            quads,
            facecolors=colors([shade / steepest for shade in shades]),
            edgecolors=BLUE,
            linewidths=0.7,
        )
    )
    square = [(i, 3) for i in (3, 4, 5)] + [(6, j) for j in (3, 4, 5)]
    square += [(i, 6) for i in (6, 5, 4)] + [(3, j) for j in (6, 5, 4, 3)]
    axes.plot(*zip(*(answer(i, j) for i, j in square)), color=ORANGE)
    dots = [answer(i, j) for i, j in ((3, 3), (6, 3), (6, 6), (3, 6))]
    axes.plot(*zip(*dots), "o", color=ORANGE, markersize=9)

    for i in (0, 3, 6, 9):
        number = number_text(THIRDS[i])
        write_beside(axes, number, place(i, 0, low), (0, -14), color=GREY)
        write_beside(axes, number, place(9, i, low), (22, -1), color=GREY)
    write_beside(axes, "$x_0$", place(4, 0, low), (12, -32))
    write_beside(axes, "$x_1$", place(9, 4, low), (48, -1))
    bottom, top = place(0, 0, low), place(0, 0, high)
    draw_segments(axes, [(bottom, top)], color=GREY, linewidth=1)
    for z in sorted({low, 0.0, high}):
        at, number = place(0, 0, z), number_text(z)
        write_beside(axes, number, at, (-9, 1), ha="right", color=GREY)
    write_beside(axes, "answer", top, (0, 16))
    return Picture(figure)


@large
def draw_network(sizes: Sequence[int]) -> Picture:
    """A network: a circle for each neuron, and a line for each weight.

    The short line that comes from below is a bias. Below each layer stands how
    many weights and biases it has.

    Args:
        sizes: The number of inputs, and the number of neurons of each layer.

    Raises:
        ValueError: If there are not two sizes or more, or if one is not a whole
            number from 1 to 16.
    """
    if len(sizes) < 2 or not all(size in range(1, 17) for size in sizes):
        raise ValueError(
            "sizes must be two or more whole numbers from 1 to 16, "
            f"not {sizes!r}"
        )
    gap = min(52, 220 / max(sizes))
    height = gap * max(sizes) + 122
    apart = (WIDTH - 134) / (len(sizes) - 1)
    columns = []
    for i, size in enumerate(sizes):
        top = height - 6 - gap * (max(sizes) - size + 1) / 2
        columns.append([(74 + apart * i, top - gap * k) for k in range(size)])
    figure, axes = paper(height)
    _draw_neurons(axes, columns, diameter=0.52 * gap)
    _write_counts(axes, sizes, [column[0][0] for column in columns])
    return Picture(figure)


@large
def plot_open(
    model: MLP,
    points: Sequence[Sequence[float]],
    targets: Sequence[float] | None = None,
) -> Picture:
    """Which hidden neurons are open at which point, and what the model answers.

    A filled circle is a neuron that is open: its activation has a slope other
    than 0, and so it passes a gradient back. An empty circle is one that is
    shut. The numbers above count the neurons of a layer, as the code does.

    Args:
        model: A network with one output.
        points: Lists of inputs. Each has a row of the picture.
        targets: What the model should answer at each point.

    Raises:
        TypeError: If the model is not an MLP.
        ValueError: If it has no hidden layer, several outputs, or more neurons
            than there is room for; if there is no point, or not one target for
            each; if a point does not fit the model; or if an answer is not
            finite.
    """
    hidden = _hidden_layers(model)
    if len(points) == 0:
        raise ValueError("there is no point to draw")
    if targets is not None and len(targets) != len(points):
        raise ValueError(
            "there must be one target for each point: "
            f"got {len(targets)} targets for {len(points)}"
        )
    beside = {"answer": [_answer_text(model, point) for point in points]}
    if targets is not None:
        beside["target"] = [number_text(target) for target in targets]
    names = [f"({', '.join(map(number_text, point))})" for point in points]

    left, right = 7.5 * max(map(len, names)) + 12, WIDTH - 62 * len(beside) - 4
    sizes = [len(layer.neurons) for layer in hidden]
    layers, end = _place_columns(sizes, left, right)
    figure, axes = paper(30 * len(points) + 68)
    ys = [14 + 30 * i for i in range(len(points), 0, -1)]
    _write_headings(axes, layers, ys[0])
    for y, name in zip(ys, names):
        axes.text(layers[0][0] - 18, y, name, ha="right", va="center")
    for i, (word, texts) in enumerate(beside.items()):
        x = end + 35 + 62 * i
        axes.text(x, ys[0] + 38, word, ha="center")
        for y, text in zip(ys, texts):
            axes.text(x, y, text, ha="center", va="center")
    places: dict[bool, list[Point]] = {True: [], False: []}
    for y, point in zip(ys, points):
        for columns, opened in zip(layers, _open_neurons(hidden, point)):
            for x, is_open in zip(columns, opened):
                places[is_open].append((x, y))
    _draw_circles(axes, "open", places[True], layers[0][0], BLUE)
    _draw_circles(axes, "shut", places[False], layers[0][0] + 70, "white")
    return Picture(figure)


def _draw_neurons(
    axes: Axes, columns: Sequence[Sequence[Point]], diameter: float
) -> None:
    """Draw circles in columns, with their weights and biases."""
    weights = [
        (start, end)
        for before, after in pairwise(columns)
        for start in before
        for end in after
    ]
    draw_segments(axes, weights, color=BLUE, linewidth=1.2)
    inputs, *layers = columns
    neurons = [neuron for layer in layers for neuron in layer]
    biases = [((x, y - 0.9 * diameter), (x, y)) for x, y in neurons]
    draw_segments(axes, biases, color=ORANGE, linewidth=2.5)
    axes.plot(
        *zip(*inputs, *neurons),
        "o",
        markersize=diameter,
        markerfacecolor="white",
        markeredgecolor=INK,
        markeredgewidth=1.5,
    )
    for i, (x, y) in enumerate(inputs):
        x -= diameter / 2 + 6
        axes.text(x, y, f"$x_{{{i}}}$", ha="right", va="center")


def _write_counts(
    axes: Axes, sizes: Sequence[int], across: Sequence[float]
) -> None:
    """Write how many weights and biases come in to each layer, and in all."""
    rows = [["weights"], ["biases"], ["together"]]
    counts = []
    for before, after in pairwise(sizes):
        counts.append(before * after + after)
        rows[0].append(f"{before} × {after}")
        rows[1].append(f"+ {after}")
        rows[2].append(f"= {counts[-1]}")
    for y, color, row in zip((82, 62, 42), (BLUE, ORANGE, INK), rows):
        for x, text in zip(across, row):
            axes.text(x, y, text, color=color, ha="center")
    total = f"{sum(counts)} parameters"
    if len(counts) > 1:
        total = " + ".join(map(str, counts)) + " = " + total
    axes.text(WIDTH / 2, 10, total, ha="center", **BOLD)


def _hidden_layers(model: MLP) -> list[Layer]:
    """All layers but the last, which must have one neuron."""
    if not isinstance(model, MLP):
        raise TypeError(f"the model must be an MLP, not {describe(model)}")
    sizes = [len(layer.neurons) for layer in model.layers]
    if len(sizes) == 1 or sizes[-1] != 1:
        raise ValueError(
            "the model must have a hidden layer and one output, "
            f"not layers of {sizes} neurons"
        )
    return model.layers[:-1]


def _open_neurons(
    hidden: Sequence[Layer], point: Sequence[float]
) -> list[list[bool]]:
    """Layer by layer, whether each neuron passes a gradient back."""
    found = []
    for layer in copy.deepcopy(hidden):  # the model keeps its own gradients
        layer.zero_grad()
        outputs = layer(point)
        for output in outputs:
            output.backward()
        # The gradient of a bias is the slope of its neuron's activation.
        found.append([neuron.b.grad != 0 for neuron in layer.neurons])
        point = [output.data for output in outputs]
    return found


def _answer_text(model: MLP, point: Sequence[float]) -> str:
    answer = height_at(model, point)
    if abs(answer) >= 1000:
        return number_text(answer)
    return f"{answer:z.2f}".replace("-", "−")


def _place_columns(
    sizes: Sequence[int], left: float, right: float
) -> tuple[list[list[float]], float]:
    """The x of each neuron, layer by layer, and where the last layer ends."""
    for gap in range(34, 15, -1):
        widths = [max(gap * size, 94) for size in sizes]  # for a heading
        spare = right - left - sum(widths) - 14 * (len(sizes) - 1)
        if spare >= 0:
            break
    else:
        raise ValueError(
            f"there is no room for hidden layers of {sizes} neurons"
        )
    layers = []
    start = left + spare / 2
    for size, width in zip(sizes, widths):
        first = start + (width - gap * (size - 1)) / 2
        layers.append([first + gap * k for k in range(size)])
        start += width + 14
    return layers, start - 14


def _write_headings(
    axes: Axes, layers: Sequence[Sequence[float]], top: float
) -> None:
    """Write the names of layers and the numbers of neurons, above a height."""
    for i, columns in enumerate(layers, start=1):
        middle = (columns[0] + columns[-1]) / 2
        axes.text(middle, top + 38, f"hidden layer {i}", ha="center")
        for k, x in enumerate(columns):
            axes.text(x, top + 18, f"{k}", ha="center", color=GREY, size=11)


def _draw_circles(
    axes: Axes, word: str, places: Sequence[Point], left: float, fill: str
) -> None:
    """Draw circles, and one more at the bottom that says what they mean."""
    axes.plot(
        *zip(*places, (left, 14)),
        "o",
        markersize=15,
        markerfacecolor=fill,
        markeredgecolor=BLUE,
        markeredgewidth=1.5,
    )
    axes.text(left + 14, 14, word, va="center")
