"""Pictures of matrices. What they refuse is in transcripts.txt."""

import random
import re
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.path import Path
from matplotlib.text import Annotation, Text

from micrograd import palette
from micrograd.matrix_sketch import plot_broadcast, plot_product
from micrograd.palette import BLUE, GREEN, INK, MIDDLE_GREY, ORANGE

A = [[1, 3], [0, 2], [-1, 4], [2, -2]]
B = [[2, 0, 1], [-1, 3, 5]]
X = [[1, 2], [3, -1], [0, 5]]


def random_matrix(seed):
    """Numbers with a minus sign and two decimals, the longest that fit."""
    rng = random.Random(seed)
    return [[rng.uniform(-0.99, -0.91) for _ in range(6)] for _ in range(6)]


WIDE = random_matrix(1), random_matrix(2)
ROW = range(1, 7)

# Each picture, and all that is written in it
PICTURES = {
    "product": (
        lambda: plot_product(A, B, (2, 1)),
        "1 3 0 2 −1 4 2 −2, 2 0 1 −1 3 5, −1 9 16 −2 6 10 −6 12 19 6 −6 −8, "
        "A  4 × 2, B  2 × 3, C  4 × 3, −1·0 + 4·3 = 12",
    ),
    "signs": (
        lambda: plot_product(A, B, (3, 0)),
        "1 3 0 2 −1 4 2 −2, 2 0 1 −1 3 5, −1 9 16 −2 6 10 −6 12 19 6 −6 −8, "
        "A  4 × 2, B  2 × 3, C  4 × 3, 2·2 + (−2)·(−1) = 6",
    ),
    "outer": (
        lambda: plot_product(
            np.array([[0.1], [12]]), [[3, -0.25]], (0, 0), ("∂L/∂W", "Xᵀ", "G")
        ),
        "0.1 12, 3 −0.25, 0.3 −0.03 36 −3, "
        "∂L/∂W  2 × 1, Xᵀ  1 × 2, G  2 × 2, 0.1·3 = 0.3",
    ),
    "a third": (
        lambda: plot_product([[1 / 3]], [[3]], (0, 0)),
        "0.33, 3, 1, A  1 × 1, B  1 × 1, C  1 × 1, 0.33·3 ≈ 1",
    ),
    "rounded": (
        lambda: plot_product([[1 / 3, -0.001]], [[3], [-0.004]], (0, 0)),
        "0.33 0, 3 0, 1, A  1 × 2, B  2 × 1, C  1 × 1, 0.33·3 + 0·0 ≈ 1",
    ),
    "long": (
        lambda: plot_product([[1234.5, -100]], [[1], [1]], (0, 0)),
        "1234.5 −100, 1 1, 1134.5, A  1 × 2, B  2 × 1, C  1 × 1, "
        "1234.5·1 + (−100)·1 = 1134.5",
    ),
    "largest": (lambda: plot_product(*WIDE, (5, 5)), None),
    "broadcast": (
        lambda: plot_broadcast(X, [0.5, -2]),
        "1 2 3 −1 0 5, 0.5 −2 0.5 −2 0.5 −2, 0.5 −2, "
        "matrix  3 × 2, row  1 × 2, +, "
        "$g_0$, $g_1$, $g_2$, $g_0 + g_1 + g_2$, gradients",
    ),
    "one number": (
        lambda: plot_broadcast([[1]], [5]),
        "1, 5, 5, matrix  1 × 1, row  1 × 1, +, $g_0$, $g_0$, gradients",
    ),
    "large broadcast": (
        lambda: plot_broadcast([[-10 * k for k in ROW]] * 6, [*ROW]),
        f"{' '.join(['−10 −20 −30 −40 −50 −60'] * 6)}, "
        f"{' '.join(['1 2 3 4 5 6'] * 6)}, 1 2 3 4 5 6, "
        "matrix  6 × 6, row  1 × 6, +, $g_0$, $g_1$, $g_2$, $g_3$, "
        "$g_4$, $g_5$, $g_0 + \\ldots + g_5$, gradients",
    ),
}


def axes_of(name):
    draw, _ = PICTURES[name]
    [axes] = draw()._figure.axes
    return axes


def written(axes):
    return [text for text in axes.texts if text.get_text()]


def numbers(axes):
    """The texts in the cells, in their order."""
    return [text for text in written(axes) if isinstance(text, Annotation)]


def pieces(axes):
    """The pieces of all lines, on the paper."""
    for line in axes.lines:
        points = line.get_transform().transform(line.get_xydata())
        for pair in map(np.array, pairwise(points)):
            if np.all(np.isfinite(pair)):
                yield Path(pair)


def plain(text):
    """Only the letters and signs, since pieces are not separated by ", "."""
    return re.sub("[, ]", "", text)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_matrices_is_small_and_can_be_read(name):
    draw, words = PICTURES[name]
    picture = draw()
    assert picture.svg == draw().svg and len(picture.svg) < 80_000
    known = {color for name, color in vars(palette).items() if name.isupper()}
    assert {*re.findall("#[0-9a-f]{6}", picture.svg)} <= known | {"#ffffff"}

    [axes] = picture._figure.axes
    texts = written(axes)
    if words:
        found = "".join(text.get_text() for text in texts)
        assert plain(found) == plain(words)
    picture._figure.draw_without_rendering()
    width, height = picture._figure.bbox.size
    assert 290 <= width <= 496
    places = [Text.get_window_extent(text) for text in texts]
    lines = [*pieces(axes)]
    for i, (text, box) in enumerate(zip(texts, places)):
        assert text.get_fontsize() >= 11
        assert box.x0 >= 0 and box.x1 <= width, text
        assert box.y0 >= 0 and box.y1 <= height, text
        inner = box.padded(-1)
        assert not any(inner.overlaps(other) for other in places[:i]), text
        assert not any(x.intersects_bbox(inner, False) for x in lines), text
    for rectangle in axes.patches:
        frame = rectangle.get_window_extent()
        for text, box in zip(texts, places):
            inside = frame.contains(*box.padded(-1).min)
            assert inside == frame.contains(*box.padded(-1).max), text


def frame(axes, color):
    """What is in the strong frame of a colour, and where the frame is."""
    [found] = [
        patch.get_bbox()
        for patch in axes.patches
        if to_hex(patch.get_edgecolor()) == color and patch.get_linewidth() > 1
    ]
    texts = [text for text in numbers(axes) if found.contains(*text.xy)]
    assert {text.get_color() for text in texts} == {color}
    return [text.get_text() for text in texts], found


def test_the_element_is_where_its_row_and_its_column_cross():
    axes = axes_of("product")
    row, beside = frame(axes, BLUE)
    column, above = frame(axes, ORANGE)
    element, crossing = frame(axes, GREEN)
    assert (row, column, element) == (["−1", "4"], ["0", "3"], ["12"])
    assert [*crossing.intervaly] == [*beside.intervaly]
    assert [*crossing.intervalx] == [*above.intervalx]
    assert beside.x1 < crossing.x0 and above.y0 > crossing.y1


def test_the_sum_has_the_colours_of_what_it_is_made_of():
    axes = axes_of("signs")
    found = [(text.get_text(), text.get_color()) for text in written(axes)]
    assert found[-9:] == [
        ("2", BLUE),
        ("·", INK),
        ("2", ORANGE),
        (" + ", INK),
        ("(−2)", BLUE),
        ("·", INK),
        ("(−1)", ORANGE),
        (" = ", INK),
        ("6", GREEN),
    ]


def test_the_numbers_are_those_of_the_product():
    texts = [text.get_text() for text in numbers(axes_of("largest"))]
    shown = [float(text.replace("−", "-")) for text in texts]
    a, b, product = np.reshape(shown, (3, 6, 6))
    assert np.array([a, b]) == pytest.approx(np.array(WIDE), abs=0.005)
    assert product == pytest.approx(np.matmul(*WIDE), abs=0.005)


def test_a_long_sum_goes_on_below():
    heights = [text.get_position()[1] for text in written(axes_of("largest"))]
    assert len({*heights[111:]}) == 2


def test_every_copy_of_the_last_number_gives_a_gradient_back():
    axes = axes_of("broadcast")
    [number], source = frame(axes, BLUE)
    assert number == "−2"
    copies = [
        text.xy
        for text in numbers(axes)
        if (text.get_text(), text.get_color()) == ("−2", BLUE)
    ][:-1]
    faint = [x for x in numbers(axes) if x.get_color() == MIDDLE_GREY]
    assert [text.get_text() for text in faint] == ["0.5"] * 3
    [ways] = [line for line in axes.lines if line.get_color() == ORANGE]
    *stubs, up = np.reshape(ways.get_xydata(), (-1, 3, 2))[:, :2]
    heights = [y for _, y in copies]
    assert [[y0, y1] for (_, y0), (_, y1) in stubs] == [[y, y] for y in heights]
    [arrow] = [text for text in axes.texts if not text.get_text()]
    assert up.tolist()[0] == [stubs[0][1][0], heights[-1]]
    assert up[1][1] == arrow.xy[1] == sum(source.intervaly) / 2
    assert source.x1 < arrow.xy[0] < arrow.xyann[0]  # it ends at the number
