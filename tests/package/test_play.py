"""The things to play with say only what is true, and stand on their own."""

import json
import random
import re
import sys
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from micrograd import Value, plot
from micrograd.practice import play_descent, play_line, play_xor
from micrograd.practice.play import descent, line, xor
from micrograd.practice.play.playground import FOLDER
from micrograd.train import XOR_X, XOR_Y, train

PLAYS = [play_descent, play_line, play_xor]
every = pytest.mark.parametrize("play", PLAYS)


def block(playground):
    return BeautifulSoup(playground._repr_html_(), "html.parser").figure


@every
def test_without_a_script_there_are_a_text_and_a_picture(play):
    playground = play()
    page = block(playground)
    items = [item.get_text() for item in page.select(".stored li")]
    assert items == playground.lines
    text = repr(playground)
    assert text.split() == " - ".join([playground.title + ":", *items]).split()
    assert max(map(len, text.splitlines())) < 80
    image = page.select_one(".stored img")
    assert len(image["alt"].split()) > 10
    assert "<svg" in unquote(image["src"])
    assert page.select_one("form.live")["hidden"] == "hidden"


@every
def test_where_there_is_no_matplotlib_there_is_no_picture(monkeypatch, play):
    for name in list(sys.modules):
        if name in ("micrograd.plot", "micrograd.sketch"):
            monkeypatch.delitem(sys.modules, name)
            monkeypatch.delattr(name, raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    page = block(play())
    assert page.select(".stored li") and not page.select("img")


@every
def test_the_block_stands_on_its_own(play):
    html = play()._repr_html_()
    assert html == play()._repr_html_()
    outside = re.sub("<img.*?>", "", html)
    asks_or_keeps = r"\bid=|https?:|url\(|@import|\bfetch\b|localStorage"
    assert not re.search(asks_or_keeps, outside)
    assert html.count("<script>") == html.count("</script>") == 1
    assert html.count("<style>") == html.count("</style>") == 1


def test_scripts_and_styles_do_not_end_where_they_are_put():
    files = [*FOLDER.glob("*.js"), *FOLDER.glob("*.css")]
    assert len(files) == 6
    for file in files:
        text = file.read_text("utf-8")
        assert "</script" not in text and "</style" not in text
        assert "<!--" not in text


@every
def test_a_label_names_a_control(play):
    for label in block(play()).select("label"):
        assert label.select("input, select") and not label.select("output")
        assert label.get_text(strip=True)


@every
def test_save_a_page(tmp_path, play):
    playground = play()
    playground.save(tmp_path / "page.html")
    html = (tmp_path / "page.html").read_text("utf-8")
    assert playground._repr_html_() in html
    page = BeautifulSoup(html, "html.parser")
    assert page.title.text == page.h1.text == playground.title
    with pytest.raises(ValueError, match=r"as \.html, not as 'page\.svg'"):
        playground.save("page.svg")


# The ball


@pytest.mark.parametrize("curve", descent.CURVES, ids=lambda one: one.name)
def test_the_slope_of_a_curve_is_that_of_the_engine(curve):
    for i in range(20):
        w = Value(curve.left + i * (curve.right - curve.left) / 19)
        height = descent.polynomial(curve.coefficients, w)
        height.backward()
        assert curve.loss(w.data) == height.data
        assert curve.slope(w.data) == pytest.approx(w.grad, abs=1e-12)


def test_the_bowl_is_that_of_the_notebook():
    for w in (-1.0, 1.0, 2.5, 7.0):
        assert descent.BOWL.loss(w) == (2 * w - 8) ** 2
    assert descent.BOWL.slope(1.0) == -24


def test_two_valleys_and_a_hill_between_them():
    left, hill, right = 1, descent.VALLEYS.hill, 6
    for w in (left, hill, right):
        assert descent.VALLEYS.slope(w) == pytest.approx(0, abs=1e-12)
    loss = descent.VALLEYS.loss
    assert loss(right) == pytest.approx(0, abs=1e-12)
    assert loss(right) < loss(left) < loss(hill) < descent.VALLEYS.top


def test_what_is_said_of_the_ball_is_so():
    far = {
        rate: [abs(w - 4) for w in descent.BOWL.walk(1.0, rate, 6)]
        for rate in (0.2, 0.25, 0.3)
    }
    assert far[0.2] == sorted(far[0.2], reverse=True)
    assert far[0.25] == [3.0] * 7
    assert far[0.3] == sorted(far[0.3])
    bowl, *_, valleys = play_descent().lines
    assert "from w = 2.5 it ends at w = 1.00, loss 6.25" in valleys
    assert "from w = 3.5 it ends at w = 6.00, loss 0.00" in valleys
    assert "−24. With the learning rate 0.05, w goes to 2.20," in bowl


# The line


def test_no_line_is_better_than_the_best():
    random.seed(1)
    found = dict.fromkeys(line.PROBLEMS, 0)
    for _ in range(3000):
        w0, w1, b = (random.uniform(-2, 2) for _ in range(3))
        answers = [w0 * x0 + w1 * x1 + b > 0 for x0, x1 in XOR_X]
        for name, targets in line.PROBLEMS.items():
            right = sum(a == t for a, t in zip(answers, targets))
            found[name] = max(found[name], right)
    assert found == {"AND": 4, "OR": 4, "XOR": 3}
    best = {name: line.most_right(y) for name, y in line.PROBLEMS.items()}
    assert best == found


def test_the_lines_that_are_named_are_right():
    for name, (w0, w1, b) in line.SOLUTIONS.items():
        answers = [int(w0 * x0 + w1 * x1 + b > 0) for x0, x1 in XOR_X]
        assert answers == line.PROBLEMS[name]
    assert line.answers_by_hand() == XOR_Y


# The networks


def test_the_networks_do_what_their_names_say():
    ends = {}
    for name, settings in xor.PRESETS.items():
        model = xor.network(settings)
        steps, rate = settings["steps"], settings["rate"]
        try:
            ends[name] = train(model, XOR_X, XOR_Y, steps, rate)[-1]
        except ArithmeticError:
            ends[name] = "lost"
    assert ends.pop("Learns") < 0.001
    assert ends.pop("Stuck at 1/6") == pytest.approx(1 / 6)
    assert ends == {"Born dead": 0.5, "Too large a rate": "lost"}


def test_no_word_is_left_to_be_filled_in():
    for play in PLAYS:
        html = str(block(play()).select_one("form"))
        assert "{" not in html


def test_each_network_can_be_chosen():
    page = block(play_xor())
    buttons = [button.text for button in page.select(".presets button")]
    assert buttons == list(xor.PRESETS)
    for settings in xor.PRESETS.values():
        for name, value in settings.items():
            control = page.select_one(f'[name="{name}"]')
            options = [one.get("value", one.text) for one in control("option")]
            written = value if isinstance(value, str) else f"{value:g}"
            assert control.name == "input" or written in options


def test_what_the_script_gets():
    data = json.loads(block(play_xor())["data-play"])
    assert data["grid"] == plot.GRID
    assert data["presets"] == list(xor.PRESETS.values())
    assert (data["points"], data["targets"]) == (XOR_X, XOR_Y)
    data = json.loads(block(play_line())["data-play"])
    assert data["problems"] == line.PROBLEMS
    assert data["byHand"] == list(line.BY_HAND)
    data = json.loads(block(play_descent())["data-play"])
    for curve, sent in zip(descent.CURVES, data["curves"], strict=True):
        assert sent["coefficients"] == list(curve.coefficients)
        assert sent["derivative"] == list(curve.derivative)
