"""The plots show their data. What they refuse is in transcripts.txt."""

import pytest
from matplotlib.colors import to_hex

from micrograd.palette import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE_BLUE,
    PURPLE,
    RUST,
)
from micrograd.plot import (
    GRID,
    plot_check_error,
    plot_learned,
    plot_losses,
    plot_separable,
    plot_shares,
    plot_speed,
    plot_surfaces,
    surface,
)

HS, ERRORS = [1e-1, 1e-5, 1e-9], [1e-2, 1e-11, 1e-7]
TARGETS = {"AND": [0, 0, 0, 1], "XOR": [0, 1, 1, 0], "x0": [0, 0, 1, 1]}
RUNS = {"dead": [0.5, 0.5, 0.5], "learning": [0.5, 0.2, 0.05]}
SHARES = {
    "ReLU": {16: (0.99, 0.99), 2: (0.2, 0.3), 128: (0.1, 0.2)},
    "tanh": {2: (0.1, 0.8), 32: (1.0, 1.0)},
}
LEARNED = {
    "": {"none": (50, 50)},
    "In the graph": {"assigns": (0, 1), "not_reset": (50, 48)},
    "In the loop": {"uphill": (10, 30)},
}
FOUND = {"assigns": True, "not_reset": False, "uphill": False}
SPEED = {
    "lecture style": {"XOR step": 1, "100 points": 1},
    "with arrays": {"XOR step": 0.0823, "100 points": 0.0000516},
    "slow": {"100 points": 0.25, "XOR step": 131.0},
}
PLOTS = {
    "check_error": lambda: plot_check_error(HS, ERRORS),
    "separable": lambda: plot_separable(TARGETS, {"AND": (3.0, 4.0, -6.0)}),
    "losses": lambda: plot_losses(RUNS, {"always 0": 0.5}, title="A title"),
    "shares": lambda: plot_shares(SHARES),
    "surfaces": lambda: plot_surfaces({"sum": surface(sum)}),
    "learned": lambda: plot_learned(LEARNED, ("deep", "wide"), FOUND, 50),
    "speed": lambda: plot_speed(SPEED),
}


def axes_of(picture):
    return picture._figure.axes


def texts(axes):
    return [text.get_text() for text in axes.texts]


def line(drawn):
    """The data, the colour and the dashes of a line."""
    x, y = (list(map(float, numbers)) for numbers in drawn.get_data())
    return x, y, drawn.get_color(), drawn.get_linestyle()


def test_the_panels_of_a_plot_are_counted():
    assert 'data-panels="3"' in PLOTS["separable"]().svg
    two = plot_surfaces({"sum": surface(sum), "max": surface(max)})
    assert 'data-panels="2"' in two.svg
    for name in (
        "check_error",
        "losses",
        "shares",
        "surfaces",
        "learned",
        "speed",
    ):
        assert "data-panels" not in PLOTS[name]().svg


def test_the_best_h_is_the_one_with_the_smallest_error():
    [axes] = axes_of(PLOTS["check_error"]())
    curve, best = axes.lines
    assert line(curve) == (HS, ERRORS, BLUE, "-")
    assert line(best)[:3] == ([1e-5], [1e-11], ORANGE)
    words = ["best: h = 1e-05", "rounding\ndominates", "truncation\ndominates"]
    assert texts(axes) == words
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")


def test_the_corners_of_boolean_functions():
    for axes in axes_of(PLOTS["separable"]()):
        values = TARGETS[axes.get_title()]
        for i, (x, y) in enumerate([(0, 0), (0, 1), (1, 0), (1, 1)]):
            dot, text = axes.lines[i - 4], axes.texts[i]
            assert line(dot)[:2] == ([x], [y]) and tuple(text.xy) == (x, y)
            fill, edge = dot.get_markerfacecolor(), dot.get_markeredgecolor()
            wanted = (
                ("o", BLUE, "white") if values[i] else ("s", "white", ORANGE)
            )
            assert (dot.get_marker(), fill, edge) == wanted
            assert text.get_text() == str(values[i])
            assert text.get_color() == edge
            assert (text.get_ha(), text.get_va()) == ("center", "center")
            assert dot.get_markersize() > text.get_fontsize()
            assert dot.get_markeredgewidth() > 1
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x_0$", "$x_1$")
        assert axes.get_xlim() == axes.get_ylim() == (-0.4, 1.4)
        assert list(axes.get_xticks()) == list(axes.get_yticks()) == [0, 1]
        assert axes.get_aspect() == 1


def test_a_line_separates_and_segments_join():
    and_axes, xor_axes, x0_axes = axes_of(PLOTS["separable"]())
    drawn = and_axes.lines[0]
    assert (drawn.get_color(), drawn.get_linestyle()) == (GREY, "--")
    assert drawn.get_xy1() != drawn.get_xy2()
    for x, y in drawn.get_xy1(), drawn.get_xy2():
        assert 3.0 * x + 4.0 * y - 6.0 == pytest.approx(0)
    ones, zeros = xor_axes.lines[:2]
    assert line(ones) == ([0, 1], [1, 0], BLUE, "-")
    assert line(zeros) == ([0, 1], [0, 1], ORANGE, "-")
    assert line(x0_axes.lines[0])[:2] == ([1, 1], [0, 1])
    assert line(x0_axes.lines[1])[:2] == ([0, 0], [0, 1])


def test_losses():
    [axes] = axes_of(PLOTS["losses"]())
    level, *runs = axes.lines
    assert [(*line(run), run.get_label()) for run in runs] == [
        ([0, 1, 2], RUNS["dead"], BLUE, "-", "dead"),
        ([0, 1, 2], RUNS["learning"], ORANGE, "--", "learning"),
    ]
    assert line(level)[1:] == ([0.5, 0.5], GREY, ":")
    assert axes.get_title() == "A title"
    assert axes.get_xlabel() == "Training step"
    assert axes.get_ylabel() == "MSE Loss"
    assert axes.get_ylim()[0] == 0 and axes.get_yscale() == "linear"
    [axes] = axes_of(plot_losses({"a": [1.0]}, top=3, loss="Entropy"))
    assert not texts(axes) and axes.get_ylim() == (0, 3)
    assert axes.get_ylabel() == "Entropy"
    [axes] = axes_of(plot_losses({"a": [3.0, 2.0, 1.0]}, every=50))
    assert line(axes.lines[0])[0] == [0, 50, 100]


def test_runs_and_levels_have_their_names_where_they_end():
    [axes] = axes_of(PLOTS["losses"]())
    names = {text.get_text(): text for text in axes.texts}
    assert list(names) == ["always 0", "dead", "learning"]
    heights = {name: text.xy[1] for name, text in names.items()}
    assert heights == {"always 0": 0.5, "dead": 0.5, "learning": 0.05}
    assert [text.get_color() for text in axes.texts] == [GREY, BLUE, ORANGE]
    # two that end at one height are moved apart
    assert names["always 0"].xyann[1] < 0 < names["dead"].xyann[1]
    assert names["learning"].xyann[1] == pytest.approx(0)


def test_losses_on_a_logarithmic_axis():
    runs = {"falling": [1.0, 1e-3, 1e-9], "level": [0.5, 0.5, 0.0]}
    [axes] = axes_of(plot_losses(runs, log=True, bottom=1e-4, top=2))
    assert axes.get_yscale() == "log" and axes.get_ylim() == (1e-4, 2)
    falling, level = axes.lines
    assert line(falling)[1] == [1.0, 1e-3, 1e-4]
    assert line(level)[1] == [0.5, 0.5, 1e-4]
    [axes] = axes_of(plot_losses({"a": [1.0, 1e-9]}, log=True))
    low, high = axes.get_ylim()
    assert 0 < low < 1e-9 and high > 1 and line(axes.lines[0])[1] == [1, 1e-9]
    [axes] = axes_of(plot_losses({"a": [1.0, 0.1]}, bottom=0.5))
    assert axes.get_ylim()[0] == 0.5 and line(axes.lines[0])[1] == [1, 0.5]


def test_runs_differ_in_colour_and_in_dashes():
    picture = plot_losses({name: [1.0, 0.5] for name in "abcde"}, size=(8, 4))
    drawn = axes_of(picture)[0].lines
    colours = [run.get_color() for run in drawn]
    assert colours == [BLUE, ORANGE, GREEN, PURPLE, BLUE]
    assert len({run._unscaled_dash_pattern for run in drawn}) == 4
    assert 'width="576pt" height="288pt"' in picture.svg  # 8 inches by 4


def test_shares_stand_at_their_widths():
    [axes] = axes_of(PLOTS["shares"]())
    drawn = axes.lines[:4]
    assert [line(one) for one in drawn] == [
        ([2, 16, 128], [0.2, 0.99, 0.1], BLUE, ":"),
        ([2, 16, 128], [0.3, 0.99, 0.2], BLUE, "-"),
        ([2, 32], [0.1, 1.0], ORANGE, ":"),
        ([2, 32], [0.8, 1.0], ORANGE, "--"),
    ]
    for early, late in zip(drawn[::2], drawn[1::2]):
        assert early.get_markerfacecolor() == "white"
        assert late.get_markerfacecolor() == late.get_color()
        # where both are at one place, the first is a ring around the second
        assert early.get_markersize() > late.get_markersize()
    assert [text.xy[1] for text in axes.texts] == [0.2, 1.0]
    assert texts(axes) == ["ReLU", "tanh"]
    assert (axes.get_xscale(), list(axes.get_xticks())) == (
        "log",
        [2, 16, 32, 128],
    )
    assert [x.get_text() for x in axes.get_yticklabels()][::2] == [
        "0%",
        "50%",
        "100%",
    ]
    bottom, top = axes.get_ylim()
    assert bottom < 0 and top > 1  # marks at both ends are whole


def test_the_legend_of_shares_says_which_mark_is_which():
    [axes] = axes_of(plot_shares(SHARES, (50, 2000)))
    legend = axes.get_legend()
    words = [text.get_text() for text in legend.get_texts()]
    assert words == ["after 50 steps", "after 2,000 steps"]
    fills = [mark.get_markerfacecolor() for mark in legend.get_lines()]
    assert fills == ["white", GREY]


def test_a_surface_has_x0_along_the_rows():
    answers = surface(lambda x: x[0] + 10 * x[1])
    assert answers == [[x0 + 10 * x1 for x0 in GRID] for x1 in GRID]
    assert GRID[0] == -0.4 and GRID[-1] == pytest.approx(1.4)


def test_surfaces():
    step = [[0.0 if x0 < 0.5 else 1.0 for x0 in GRID] for _ in GRID]
    steeper = [[4 * answer - 1.5 for answer in row] for row in step]
    picture = plot_surfaces({"step": step, "sum": surface(sum)})
    assert [axes.get_title() for axes in axes_of(picture)] == ["step", "sum"]
    filled, border = axes_of(picture)[0].collections
    assert to_hex(filled.get_cmap()(0.0)) == ORANGE
    assert to_hex(filled.get_cmap()(1.0)) == BLUE
    x = border.get_paths()[0].vertices[:, 0]
    assert list(border.levels) == [0.5] and list(x) == pytest.approx(
        [0.5] * 31, abs=0.05
    )
    # answers beyond 0 and 1 are drawn like 0 and 1
    assert plot_surfaces({"": step}).svg == plot_surfaces({"": steeper}).svg


def test_the_rows_of_the_bugs_and_their_marks():
    [axes] = axes_of(PLOTS["learned"]())
    joins, deep, wide = axes.lines
    rows = pytest.approx([0, 2.4, 3.4, 5.8])  # a heading takes 1.4
    assert line(deep) == ([50, 0, 50, 10], rows, BLUE, "None")
    assert line(wide) == ([50, 1, 48, 30], rows, INK, "None")
    assert (deep.get_marker(), wide.get_marker()) == ("o", "D")
    assert deep.get_markerfacecolor() == "white"
    assert wide.get_markerfacecolor() == INK
    # where both are at one place, the circle is a ring around the diamond,
    # which is drawn later, and is sqrt(2) wider than its size
    assert deep.get_markersize() > 1.42 * wide.get_markersize()
    x, y, color, dashes = line(joins)
    assert (x[::3], x[1::3]) == (line(deep)[0], line(wide)[0])
    assert y[::3] == y[1::3] == rows
    assert (color, dashes) == (GREY, ":")
    assert joins.get_linewidth() < deep.get_linewidth()
    assert joins.get_zorder() < deep.get_zorder()
    left, right = axes.get_xlim()
    assert left < 0 and right > 50  # marks at both ends are whole
    bottom, top = axes.get_ylim()
    assert top < 0 and 5.8 < bottom < 6.8  # the first row is at the top
    assert list(axes.get_yticks()) == rows  # the grid has a line in each
    assert not any(x.get_text() for x in axes.get_yticklabels())
    assert not any(edge.get_visible() for edge in axes.spines.values())
    assert axes.get_xlabel() == "runs that learned, of 50"
    [shade] = axes.patches
    assert (shade.get_x(), shade.get_x() + shade.get_width()) == (45, 53)
    assert to_hex(shade.get_facecolor()) == PALE_BLUE


def test_names_headings_and_the_check_stand_in_their_rows():
    [axes] = axes_of(PLOTS["learned"]())
    at_left = {x.get_text(): x for x in axes.texts if x.xy[0] == 0}
    assert {name: text.xy[1] for name, text in at_left.items()} == {
        "none": 0,
        "In the graph": pytest.approx(1.4),
        "assigns": pytest.approx(2.4),
        "not_reset": pytest.approx(3.4),
        "In the loop": pytest.approx(4.8),
        "uphill": pytest.approx(5.8),
    }
    # they begin at one place, and end before the axes
    assert len({text.xyann for text in at_left.values()}) == 1
    points = 72 / axes.figure.dpi
    widths = [at_left[bug].get_window_extent().width * points for bug in FOUND]
    assert at_left["none"].xyann[0] + max(widths) < 0
    *column, head = [text for text in axes.texts if text.xy[0] == 1]
    assert [(text.xy[1], text.get_text()) for text in column] == [
        (pytest.approx(2.4), "found"),
        (pytest.approx(3.4), "missed"),
        (pytest.approx(5.8), "missed"),
    ]
    assert head.get_text() == "gradient\ncheck"
    boxes = [text.get_window_extent() for text in (head, *column)]
    assert len({box.x0 for box in boxes}) == 1
    assert boxes[0].y0 >= axes.bbox.y1  # above the first row
    assert all(box.x0 > axes.bbox.x1 for box in boxes)


def test_what_the_check_missed_stands_out_by_weight_and_by_colour():
    [axes] = axes_of(PLOTS["learned"]())
    styles = {}
    for text in axes.texts:
        look = text.get_weight(), text.get_color()
        styles[text.get_text()] = look
    assert styles["not_reset"] == styles["uphill"] == ("bold", RUST)
    assert styles["missed"] == ("bold", RUST)
    for plain in "none", "assigns", "found", "gradient\ncheck":
        assert styles[plain] == ("normal", INK)
    assert styles["In the graph"] == ("bold", INK)
    assert {text.xyann[1] for text in axes.texts} == {0}  # level with the row
    heading = axes.texts[1]
    # white, so that no line of the grid runs through it, and below the marks
    assert to_hex(heading.get_bbox_patch().get_facecolor()) == "#ffffff"
    assert heading.get_zorder() < axes.lines[1].get_zorder()


def test_the_legend_of_the_bugs_names_the_networks():
    [axes] = axes_of(PLOTS["learned"]())
    legend = axes.get_legend()
    assert [x.get_text() for x in legend.get_texts()] == ["deep", "wide"]
    assert [x.get_marker() for x in legend.get_lines()] == ["o", "D"]
    # it is above the first row, and does not reach into the column
    box = legend.get_window_extent()
    assert box.y0 >= axes.bbox.y1 and box.x1 <= axes.bbox.x1


def test_a_picture_of_the_bugs_is_as_high_as_its_rows_need():
    def height(groups):
        [axes] = axes_of(plot_learned(groups, ("deep", "wide"), {}))
        assert axes.get_xlabel() == "runs that learned, of 100"
        return axes.figure.figure.get_size_inches()[1]

    one = {"a bug": (0, 100)}
    eleven = {f"bug {i}": (0, 100) for i in range(11)}
    assert height({"": eleven}) - height({"": one}) == pytest.approx(2)
    assert height({"Head": one}) - height({"": one}) == pytest.approx(0.28)


def test_the_rows_of_the_engines_and_their_marks():
    [axes] = axes_of(PLOTS["speed"]())
    one, joins, first, second = axes.lines
    assert line(first) == ([1, 0.0823, 131], [0, 1, 2], BLUE, "None")
    assert line(second) == ([1, 0.0000516, 0.25], [0, 1, 2], INK, "None")
    assert (first.get_marker(), second.get_marker()) == ("o", "D")
    assert first.get_markerfacecolor() == "white"
    assert line(one)[::2] == ([1, 1], GREY)
    x, y, color, dashes = line(joins)
    assert (x[::3], x[1::3]) == (line(first)[0], line(second)[0])
    assert (y[::3], color, dashes) == ([0, 1, 2], GREY, ":")
    assert one.get_zorder() == joins.get_zorder() < first.get_zorder()
    assert axes.get_xscale() == "log"
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == list(SPEED)
    bottom, top = axes.get_ylim()
    assert top < 0 and bottom > 2  # the first row is at the top
    legend = axes.get_legend()
    words = [text.get_text() for text in legend.get_texts()]
    assert words == ["XOR step", "100 points"]
    assert [x.get_marker() for x in legend.get_lines()] == ["o", "D"]


def test_the_numbers_of_the_engines_stand_outside_their_marks():
    [axes] = axes_of(PLOTS["speed"]())
    assert [(x.get_text(), x.xy, x.get_color()) for x in axes.texts] == [
        ("1", (1, 0), BLUE),
        ("1", (1, 0), INK),
        ("0.000052", (0.0000516, 1), INK),
        ("0.082", (0.0823, 1), BLUE),
        ("0.25", (0.25, 2), INK),
        ("130", (131, 2), BLUE),
    ]
    axes.figure.figure.draw_without_rendering()
    for number, side in zip(axes.texts, (-1, 1) * 3):
        assert number.xyann[0] * side > axes.lines[2].get_markersize() / 2
        assert number.get_ha() == ("right" if side < 0 else "left")
        assert (number.xyann[1], number.get_fontsize()) == (0, 10)
        box = number.get_window_extent()
        assert axes.bbox.x0 < box.x0 and box.x1 < axes.bbox.x1
        # white, so that no line runs through it, and below the marks
        assert to_hex(number.get_bbox_patch().get_facecolor()) == "#ffffff"
        assert number.get_zorder() < axes.lines[2].get_zorder()


def test_the_axis_of_ratios_has_plain_numbers():
    [axes] = axes_of(PLOTS["speed"]())
    axes.figure.figure.draw_without_rendering()
    low, high = axes.get_xlim()
    ticks = zip(axes.get_xticks(), axes.get_xticklabels())
    shown = [text.get_text() for x, text in ticks if low <= x <= high]
    assert shown == ["0.000001", "0.0001", "0.01", "1", "100", "10000"]
    assert axes.get_xlabel() == "time of a step (lecture style: 1)"
