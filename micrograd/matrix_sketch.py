"""Pictures of what matrices do; each function returns a `Picture`.

`plot_product` shows how an element of a product is computed, and
`plot_broadcast` why the gradient of a row that was added to a matrix is a sum.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from numbers import Integral, Real
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Bbox

from .engine import describe
from .palette import (
    BLUE,
    GREEN,
    GREY,
    INK,
    MIDDLE_GREY,
    ORANGE,
    PALE_BLUE,
    PALE_GREY,
    PALE_ORANGE,
)
from .picture import (
    WIDTH,
    Picture,
    Point,
    draw_segments,
    large,
    plane,
    sheet,
    write_beside,
)

Table = Sequence[Sequence[float]]

LARGEST = 6  # the most rows, and columns, of a matrix
CELL = 30  # the height of a cell, in points
GAP = 14  # between two matrices
LINE = 24  # the height of a line of words
MARGIN = 6
# A phone shrinks a wide picture, and so these are only as wide as they need.
NARROWEST = 290


class _Mark(NamedTuple):
    """The cells that a picture is about, and their colours."""

    rows: range
    columns: range
    color: str
    fill: str


class _Grid(NamedTuple):
    """A matrix on the paper: what is in its cells, and where they are."""

    texts: Sequence[Sequence[str]]
    left: float
    top: float
    cell: float  # the width of a cell

    @property
    def right(self) -> float:
        return self.left + self.cell * len(self.texts[0])

    @property
    def bottom(self) -> float:
        return self.top - CELL * len(self.texts)

    @property
    def shape(self) -> str:
        return f"{len(self.texts)} × {len(self.texts[0])}"

    def corner(self, i: int, j: int) -> Point:
        """The upper left corner of a cell."""
        return self.left + self.cell * j, self.top - CELL * i

    def middle(self, i: int, j: int) -> Point:
        """The middle of a cell."""
        return self.left + self.cell * (j + 0.5), self.top - CELL * (i + 0.5)


class _Piece(NamedTuple):
    """A part of a line of words that has a colour of its own."""

    text: str
    color: str = INK


@large
def plot_product(
    a: Table,
    b: Table,
    at: tuple[int, int],
    names: tuple[str, str, str] = ("A", "B", "C"),
) -> Picture:
    """The product of two matrices, and how one of its elements is computed.

    The first matrix is at the left and the second above, so that each element
    of the product is where a row of the first and a column of the second cross
    (Falk's scheme). Numbers are rounded to two decimals; where that changes
    one, the sum below has ≈ in the place of =.

    Args:
        a: The first matrix, row by row. It has at most 6 rows and 6 columns.
        b: The second, with as many rows as the first has columns.
        at: The row and the column of the element whose sum is written below.
        names: The names of the two matrices and of their product.

    Raises:
        TypeError: If a matrix is not a table of real numbers, if `at` is not
            two whole numbers, or if the names are not three strings.
        ValueError: If a matrix has no number, rows of different lengths, more
            than 6 rows or columns, or a number that is not finite; if the
            shapes do not fit; if `at` is outside the product; or if there is no
            room for the numbers.
    """
    rows, columns = _check_table("a", a), _transposed(_check_table("b", b))
    inner, across = len(columns[0]), len(columns)
    if len(rows[0]) != inner:
        raise ValueError(
            "b must have one row for each column of a: "
            f"got {inner} rows for {len(rows[0])} columns"
        )
    i, j = _check_place(at, len(rows), across)
    _check_names(names)
    product = [[_dot(row, column) for column in columns] for row in rows]
    tables = _texts(rows), _texts(_transposed(columns)), _texts(product)
    cell, size = _fit(tables, (WIDTH - 2 * MARGIN - GAP) / (inner + across))

    # The product's upper left corner is the point (0, 0).
    beside = _Grid(tables[0], -GAP - inner * cell, 0, cell)
    above = _Grid(tables[1], 0, GAP + inner * CELL, cell)
    result = _Grid(tables[2], 0, 0, cell)
    row, column, along = range(i, i + 1), range(j, j + 1), range(inner)
    axes = _open_paper()
    _draw_grid(axes, beside, size, _Mark(row, along, BLUE, PALE_BLUE))
    _draw_grid(axes, above, size, _Mark(along, column, ORANGE, PALE_ORANGE))
    _draw_grid(axes, result, size, _Mark(row, column, GREEN, "white"))
    _name(axes, f"{names[0]}  {beside.shape}", -GAP, LINE / 2, "right")
    _name(axes, f"{names[1]}  {above.shape}", 0, above.top + LINE / 2)
    _name(axes, f"{names[2]}  {result.shape}", 0, result.bottom - LINE / 2)
    room = max(NARROWEST, result.right - beside.left)
    middle = (beside.left + result.right) / 2
    y = result.bottom - LINE / 2 - MARGIN
    for line in _wrap(_terms(rows[i], columns[j]), room):
        y -= LINE
        _write_line(axes, line, middle, y)
    return _cut_out(axes)


@large
def plot_broadcast(matrix: Table, row: Sequence[float]) -> Picture:
    """A row that is added to a matrix, and the way back of its gradient.

    The row is stretched: each row of the matrix gets a copy of it. So each of
    its numbers is used in several places, and gets the sum of the gradients
    that come back from them. This is drawn for the last number.

    Args:
        matrix: The matrix, row by row. It has at most 6 rows and 6 columns.
        row: A number for each column of the matrix.

    Raises:
        TypeError: If the matrix is not a table of real numbers, or the row not
            a list of them.
        ValueError: If the matrix has no number, rows of different lengths, more
            than 6 rows or columns, or a number that is not finite; if the row
            does not fit; or if there is no room for the numbers.
    """
    rows = _check_table("matrix", matrix)
    if not isinstance(row, Iterable):
        raise TypeError(f"row must be a list of numbers, not {describe(row)}")
    [numbers] = _check_table("row", [row])
    n, m = len(rows), len(rows[0])
    if len(numbers) != m:
        raise ValueError(
            "row must have one number for each column of the matrix: "
            f"got {len(numbers)} for {m}"
        )
    tables = _texts(rows), _texts([numbers])
    plus, back = 32, 54  # the widths of the sign and of the way back
    cell, size = _fit(tables, (WIDTH - 2 * MARGIN - plus - back) / (2 * m))

    # The point (0, 0) is the upper left corner of the copies.
    beside = _Grid(tables[0], -plus - m * cell, 0, cell)
    copies = _Grid(tables[1] * n, 0, 0, cell)
    source = _Grid(tables[1], 0, CELL + LINE, cell)
    last = range(m - 1, m)
    axes = _open_paper()
    _draw_grid(axes, beside, size)
    _draw_grid(axes, copies, size, _Mark(range(n), last, BLUE, "white"), True)
    _draw_grid(axes, source, size, _Mark(range(1), last, BLUE, PALE_BLUE))
    below = copies.bottom - LINE / 2
    _name(axes, f"matrix  {beside.shape}", -plus, below, "right")
    _name(axes, f"row  {source.shape}", -10, source.top - CELL / 2, "right")
    write_beside(axes, "+", (-plus / 2, copies.bottom / 2), size=18)
    _draw_way_back(axes, source, copies)
    return _cut_out(axes)


# What is drawn


def _open_paper() -> Axes:
    """Axes without marks that count in points from their middle."""
    limits, side = (-WIDTH, WIDTH), 2 * WIDTH
    axes = plane(sheet(side, side), (0, 0, side, side), limits, limits)
    axes.set_axis_off()
    return axes


def _cut_out(axes: Axes) -> Picture:
    """What was drawn on open paper, with a margin around it."""
    figure: Any = axes.figure
    artists = [*axes.texts, *axes.patches]
    box = Bbox.union([artist.get_window_extent() for artist in artists])
    spare = max(MARGIN, (NARROWEST - box.width) / 2)
    # In whole points, so that a hair's breadth of a letter changes nothing
    left, right = math.floor(box.x0 - spare), math.ceil(box.x1 + spare)
    bottom, top = math.floor(box.y0 - MARGIN), math.ceil(box.y1 + MARGIN)
    axes.set_xlim(left - WIDTH, right - WIDTH)
    axes.set_ylim(bottom - WIDTH, top - WIDTH)
    figure.set_size_inches((right - left) / 72, (top - bottom) / 72)
    return Picture(figure)


def _draw_grid(
    axes: Axes,
    grid: _Grid,
    size: float,
    mark: _Mark | None = None,
    faint: bool = False,
) -> None:
    """Draw cells with their numbers, and a frame around those with a mark."""
    ink, edge = (MIDDLE_GREY, PALE_GREY) if faint else (INK, GREY)
    n, m = len(grid.texts), len(grid.texts[0])
    inner = [(grid.corner(i, 0), grid.corner(i, m)) for i in range(1, n)]
    inner += [(grid.corner(0, j), grid.corner(n, j)) for j in range(1, m)]
    _draw_frame(axes, grid, range(n), range(m), edgecolor=edge, fill=False)
    draw_segments(axes, inner, color=PALE_GREY, linewidth=1)
    if mark:
        _draw_frame(
            axes,
            grid,
            mark.rows,
            mark.columns,
            edgecolor=mark.color,
            facecolor=mark.fill,
            linewidth=1 if faint else 2.5,
        )
    for i, row in enumerate(grid.texts):
        for j, text in enumerate(row):
            marked = mark and i in mark.rows and j in mark.columns
            color = mark.color if mark and marked else ink
            point = grid.middle(i, j)
            write_beside(axes, text, point, size=size, color=color)


def _draw_frame(
    axes: Axes, grid: _Grid, rows: range, columns: range, **style: Any
) -> None:
    x, y = grid.corner(rows.stop, columns.start)
    size = grid.cell * len(columns), CELL * len(rows)
    axes.add_patch(Rectangle((x, y), *size, **{"zorder": 2, **style}))


def _name(axes: Axes, words: str, x: float, y: float, ha: str = "left") -> None:
    axes.text(x, y, words, ha=ha, va="center")


def _write_line(
    axes: Axes, pieces: Sequence[_Piece], middle: float, y: float
) -> None:
    """Write pieces one after the other, all together around a middle."""
    x = middle - _length(pieces) / 2
    for piece in pieces:
        axes.text(x, y, piece.text, color=piece.color, va="baseline")
        x += _width(piece.text)


def _draw_way_back(axes: Axes, source: _Grid, copies: _Grid) -> None:
    """Draw how gradients of the last column's copies are added up."""
    n, last = len(copies.texts), len(source.texts[0]) - 1
    ys = [copies.middle(k, last)[1] for k in range(n)]
    x, y = source.right + 24, source.middle(0, last)[1]
    ways = [((source.right + 3, height), (x, height)) for height in ys]
    ways.append(((x, ys[-1]), (x, y)))
    draw_segments(axes, ways, color=ORANGE, linewidth=2)
    arrow: Any = {"arrowstyle": "-|>", "color": ORANGE, "linewidth": 2}
    arrow |= {"shrinkA": 0, "shrinkB": 0, "mutation_scale": 16}
    axes.annotate("", (source.right + 2, y), (x + 1, y), arrowprops=arrow)

    style: Any = {"va": "center", "color": ORANGE}
    terms = [f"g_{k}" for k in range(n)]
    for term, height in zip(terms, ys):
        axes.text(x + 8, height, f"${term}$", size=15, **style)
    if n > 4:
        terms[1:-1] = ["\\ldots"]
    total, above = " + ".join(terms), source.top + LINE / 2 + 2
    axes.text(x, above, f"${total}$", size=15, ha="right", **style)
    below = copies.bottom - LINE / 2
    axes.text(x + 28, below, "gradients", ha="right", **style)


# The sum of a product's element


def _terms(row: Sequence[float], column: Sequence[float]) -> list[list[_Piece]]:
    """The terms of a sum, each with its sign, and what they give."""
    result = _dot(row, column)
    terms: list[list[_Piece]] = []
    for x, y in zip(row, column):
        first, second = _text(x), _text(y)
        if first.startswith("−") and terms:
            first = f"({first})"
        if second.startswith("−"):
            second = f"({second})"
        sign = [_Piece(" + ")] if terms else []
        terms.append(
            [*sign, _Piece(first, BLUE), _Piece("·"), _Piece(second, ORANGE)]
        )
    exact = all(map(_is_shown, (*row, *column, result)))
    equals = " = " if exact else " ≈ "
    return [*terms, [_Piece(equals), _Piece(_text(result), GREEN)]]


def _wrap(terms: Iterable[list[_Piece]], room: float) -> list[list[_Piece]]:
    """The terms on lines, none of which is wider than the room."""
    lines: list[list[_Piece]] = [[]]
    for term in terms:
        if lines[-1] and _length([*lines[-1], *term]) > room:
            lines.append([])
        lines[-1].extend(term)
    return lines


def _length(pieces: Iterable[_Piece]) -> float:
    return sum(_width(piece.text) for piece in pieces)


def _width(text: str, size: float | None = None) -> float:
    """How wide a text is, in points; in the size of words unless told."""
    font = FontProperties(size=size)
    measured = text_to_path.get_text_width_height_descent(text, font, False)
    return float(measured[0])


# Numbers


def _dot(row: Sequence[float], column: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(row, column))


def _transposed(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    return [list(column) for column in zip(*rows)]


def _text(x: float) -> str:
    """The number with at most two decimals, and with a real minus sign."""
    digits = f"{x:z.2f}".rstrip("0").rstrip(".")
    return digits.replace("-", "−")


def _texts(table: Table) -> list[list[str]]:
    return [[_text(x) for x in row] for row in table]


def _is_shown(x: float) -> bool:
    """Whether two decimals are enough for the number."""
    return math.isclose(x, round(x, 2), rel_tol=1e-9, abs_tol=1e-12)


def _fit(
    tables: Sequence[Sequence[Sequence[str]]], room: float
) -> tuple[float, float]:
    """How wide a cell may be, and how large the letters in it.

    Args:
        tables: All that has to fit.
        room: The most that a cell can have.
    """
    texts = [text for table in tables for row in table for text in row]
    longest = max(texts, key=_width)
    cell = min(room, max(42, _width(longest, 14) + 10))
    for size in (14, 13, 12, 11):
        if _width(longest, size) + 5 <= cell:
            return cell, size
    raise ValueError(
        f"there is no room for numbers as long as {longest}; "
        "take smaller matrices, or round the numbers"
    )


# Checks


def _check_table(name: str, table: Any) -> list[list[float]]:
    """The rows of a table as floats, if all is well with them."""
    try:
        rows = [list(row) for row in table]
    except TypeError:
        raise TypeError(
            f"{name} must be a table of numbers, row by row, "
            f"not {describe(table)}"
        ) from None
    for x in (x for row in rows for x in row):
        if not isinstance(x, Real):
            raise TypeError(f"{name} must hold real numbers, not {describe(x)}")
        if not math.isfinite(x):
            raise ValueError(f"the numbers of {name} must be finite, not {x}")
    lengths = [len(row) for row in rows]
    if len(set(lengths)) > 1:
        raise ValueError(
            f"the rows of {name} must have one length, not {lengths}"
        )
    if sum(lengths) == 0:
        raise ValueError(f"{name} has no number")
    if max(len(rows), *lengths) > LARGEST:
        raise ValueError(
            f"{name} can have at most {LARGEST} rows and {LARGEST} columns, "
            f"not {len(rows)} and {lengths[0]}"
        )
    return [[float(x) for x in row] for row in rows]


def _check_place(at: Any, rows: int, columns: int) -> tuple[int, int]:
    """The row and the column, if they are in the product."""
    pair = list(at) if isinstance(at, Iterable) else []
    if len(pair) != 2 or not all(isinstance(k, Integral) for k in pair):
        raise TypeError(
            f"at must be two whole numbers, a row and a column, not {at!r}"
        )
    i, j = map(int, pair)
    if not (0 <= i < rows and 0 <= j < columns):
        raise ValueError(
            f"at must be in the product of shape {rows} × {columns}, counted "
            f"from 0; got {at!r}"
        )
    return i, j


def _check_names(names: Any) -> None:
    known = isinstance(names, Sequence) and len(names) == 3
    if not known or not all(isinstance(name, str) for name in names):
        raise TypeError(f"names must be three strings, not {names!r}")
