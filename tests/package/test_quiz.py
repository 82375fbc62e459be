"""The quizzes: where their numbers come from, and what they show of them.

quiz_numbers.txt has each number among the options. How a quiz behaves in a
browser is tested in tests/book.
"""

import ast
import random
import re
from contextlib import nullcontext
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from micrograd import MLP, Value, gradient_check, gradient_check_model
from micrograd.gradcheck import GradientMismatch, numerical_gradient
from micrograd.practice import quiz, quizzes, zoo
from micrograd.practice.quizzes import QUESTIONS
from micrograd.practice.quizzes.experiments import Knobs, slope
from micrograd.practice.quizzes.markup import as_html, as_text, links
from micrograd.practice.quizzes.question import (
    Computed,
    Option,
    Question,
    show_number,
)
from micrograd.practice.quizzes.quiz import CSS, JS, Quiz
from micrograd.train import XOR_X, XOR_Y, mean_squared_error, train

QUIZZES = {number: quiz(number) for number in QUESTIONS}
ASKED = {
    f"{number}.{place}": question
    for number, one in QUIZZES.items()
    for place, question in enumerate(one.questions, 1)
}
COMPUTED = [
    pytest.param(option, id=f"{place}-{option.source}-{option.text}")
    for place, question in ASKED.items()
    for option in question.options
    if isinstance(option, Computed)
]


# Where the numbers come from


def test_each_number_is_the_one_that_we_know_and_comes_from_there():
    path = Path(__file__).parent / "quiz_numbers.txt"
    _, *paragraphs = path.read_text("utf-8").split("\n\n")
    known = {}
    for paragraph in paragraphs:
        place, *lines = paragraph.splitlines()
        row = re.compile(r"(right|wrong)  (.+?) +(\w+)")
        known[place] = [row.fullmatch(line).groups() for line in lines]
    found = {
        place: [
            ("right" if option.right else "wrong", option.text, option.source)
            for option in question.options
        ]
        for place, question in ASKED.items()
        if isinstance(question.options[0], Computed)
    }
    assert found == known


@pytest.mark.parametrize("option", COMPUTED)
def test_the_engine_computes_it(option, monkeypatch):
    made = []
    right = Value.__init__

    def count(self, *args, **options):
        made.append(self)
        right(self, *args, **options)

    monkeypatch.setattr(Value, "__init__", count)
    with option.bug or nullcontext():
        option.compute()
    assert made


with_a_bug = [option for option in COMPUTED if option.values[0].bug]


@pytest.mark.parametrize("option", with_a_bug)
def test_without_its_bug_it_would_be_another_number(option):
    right = option.compute()
    right = right if isinstance(right, tuple) else (right,)
    assert option.numbers != right


# What is typed


NUMBER_WORDS = """zero two three four five six seven eight nine ten twelve
    hundred thousand million half halves third quarter twice double"""
A_NUMBER = re.compile(rf"\d|\b({'|'.join(NUMBER_WORDS.split())})\b", re.I)


def typed_numbers(source):
    """The options of a module that have a number which nobody computed."""
    tree = ast.parse(source)
    called = {
        node.name: any(isinstance(part, ast.Call) for part in ast.walk(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    found = []
    for node in ast.walk(tree):
        name = node.func.id if is_call_by_name(node) else ""
        if name == "Option":
            text = node.args[0]
            if not isinstance(text, ast.Constant) or A_NUMBER.search(
                text.value
            ):
                found.append(ast.unparse(text))
        if name == "Computed":
            compute = node.args[0]
            if not isinstance(compute, ast.Name) or not called[compute.id]:
                found.append(ast.unparse(compute))
    return found


def is_call_by_name(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


MODULES = sorted(Path(quizzes.__file__).parent.glob("n*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_option_has_a_typed_number(path):
    assert typed_numbers(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "Option('It is 7', '')",
        "Option('It is ' 'seven', '')",
        "Option(f'It is {x}', '')",
        "def seven():\n    return 7.0\nComputed(seven, '')",
        "Computed(lambda: f(7), '')",
    ],
)
def test_a_typed_number_is_found(source):
    assert len(typed_numbers(source)) == 1


@pytest.mark.parametrize("option", COMPUTED)
def test_the_words_around_a_number_have_none(option):
    text = option.text
    for number in option.numbers:
        text = text.replace(show_number(number), "", 1)
    assert not A_NUMBER.search(text)


# What is claimed in words


def finds(bug, f, xs):
    with zoo.ZOO[bug]:
        try:
            gradient_check(f, xs)
        except GradientMismatch:
            return True
    return False


def test_what_finds_an_equals_sign():
    question = ASKED["02.3"]
    for option in question.options:
        f = eval(f"lambda w, x, y, z: {option.text.strip('`')}")
        point = [0.5, -1.5, 2.0, 0.7]
        assert len(gradient_check(f, point)) == 4
        assert finds("assigns", f, point) == option.right


@pytest.mark.parametrize(
    "bug", ["own_factor", "no_zero_grad", "tanh_of_input", "assigns"]
)
def test_what_a_check_of_a_whole_loss_finds(bug):
    """The options of 02.4, in their order."""
    place = ["own_factor", "no_zero_grad", "tanh_of_input", "assigns"]
    option = ASKED["02.4"].options[place.index(bug)]
    random.seed(1)
    model = MLP(2, [4, 4, 1], activation="tanh")

    def loss(model):
        return mean_squared_error([model(x) for x in XOR_X], XOR_Y)

    with zoo.ZOO[bug]:
        try:
            gradient_check_model(model, loss)
        except GradientMismatch:
            assert not option.right
        else:
            assert option.right


def test_a_tiny_nudge_is_worse():
    def f(x):
        return x * x * x / (1 + x * x)

    right = slope(f, 1.4)
    [good], [tiny] = (numerical_gradient(f, [1.4], h) for h in (1e-5, 1e-11))
    assert abs(tiny - right) > 100 * abs(good - right)
    assert ASKED["02.2"].right.text.startswith("It grows")


def test_what_each_line_in_the_loop_does():
    def after(line):
        w = Value(1.0)
        (w * w).backward()
        exec(line, {"p": w, "learning_rate": 0.25})  # noqa: S102 (ours)
        return w.data

    *lines, nothing = [option.text for option in ASKED["04.1"].options]
    ends = [after(line.strip("`")) for line in lines]
    assert ends == [1.0, 1.5, 0.5]  # as it was, uphill, downhill
    assert nothing.startswith("None: `backward`") and after("pass") == 1.0
    assert ASKED["04.1"].options[2].right


def test_what_a_second_pass_shows():
    def after(passes):
        x = Value(1.0)
        y = (x * 2) * 3
        for _ in range(passes):
            y.backward()
        return x.grad

    found = {}
    for name in "not_reset", "assigns", "not_reversed":
        with zoo.ZOO[name]:
            found[name] = after(1), after(2)
    assert found["not_reset"] == (6.0, 18.0)
    assert "`x.grad` is 18." in ASKED["08.3"].text
    assert after(2) == 12.0 and found["assigns"] == (6.0, 6.0)
    assert found["not_reversed"] == (0.0, 0.0)


def test_which_test_notices_a_forgotten_reset():
    def three_steps():
        model = MLP(1, [1])
        for p, start in zip(model.parameters(), (1.0, 0.0)):
            p.data = start
        losses = train(model, [[1.0]], [0.0], steps=3)
        return losses == pytest.approx([0.36**n for n in range(3)])

    def another_pass():
        x = Value(3.0)
        y = x * x
        y.backward()
        y.backward()
        return x.grad == 12.0

    assert three_steps() and another_pass()
    with zoo.no_zero_grad:
        assert not three_steps() and another_pass()
        assert gradient_check(lambda x: x * x, [3.0])
    assert "steps" in ASKED["08.4"].right.text


def test_other_claims():
    both = Value(100.0), Value(1.0)
    (both[0] * both[1]).backward()
    assert both[0].grad < both[1].grad  # 06.3
    assert ASKED["06.3"].right.text.startswith("`b`")
    answers = [[0.5] * 4, [0, 1, 1, 1]]  # 05.2
    losses = [mean_squared_error(answer, XOR_Y).data for answer in answers]
    assert losses == [0.25, 0.25]


# The questions


def test_five_questions_a_notebook_each_with_a_few_options():
    assert list(QUIZZES) == ["00", "01", "02", "03", "04", "05", "06", "08"]
    for one in QUIZZES.values():
        assert len(one.questions) == 5
        kinds = {type(question.options[0]) for question in one.questions}
        assert kinds == {Option, Computed}  # conceptual ones among them
    for question in ASKED.values():
        assert 3 <= len(question.options) <= 4
        assert question.text.rstrip().endswith("?")


@pytest.mark.parametrize("place", ASKED)
def test_every_option_is_explained_and_a_wrong_one_leads_on(place):
    for option in ASKED[place].options:
        words = as_text(option.why).split()
        assert 6 <= len(words) <= 50
        assert option.right or links(option.why)
        assert not links(option.text)


def test_neither_place_nor_length_gives_the_right_option_away():
    questions = ASKED.values()
    places = [q.options.index(q.right) for q in questions]
    assert all(6 <= places.count(place) <= 14 for place in range(4))
    in_words = [q for q in questions if not isinstance(q.right, Computed)]
    longest = [max(q.options, key=lambda o: len(o.text)) for q in in_words]
    assert sum(option.right for option in longest) <= len(in_words) / 4


def test_a_question_needs_one_right_option_and_no_equal_ones():
    def option(text, right=False):
        return Option(text, "", right)

    for number in 0, 2:
        options = [option("a", number > 0), option("b", number > 0)]
        with pytest.raises(ValueError, match=rf"not {number}: What\?"):
            Question("What?", options)
    with pytest.raises(ValueError, match=r"equal: a, b, a \(What\?\)"):
        Question("What?", [option("a", True), option("b"), option("a")])


def test_a_bug_that_changes_nothing_is_an_equal_option():
    def gradient():
        return slope(lambda x: x * 2, 3.0)

    right = Computed(gradient, "", right=True)
    with pytest.raises(ValueError, match="equal: 2, 2"):
        Question("What?", [right, Computed(gradient, "", bug=zoo.assigns)])


def test_numbers_are_sorted_and_words_are_not():
    def numbers(*given):
        return [
            Computed(lambda number=number: number, "", right=i == 0)
            for i, number in enumerate(given)
        ]

    question = Question("?", numbers(3.0, -0.25, 1200.0, -0.0))
    texts = [option.text for option in question.options]
    assert texts == ["−0.25", "0", "3", "1,200"]
    question = Question("?", numbers(2.0, 1.0))
    assert question.right is question.options[1]
    words = [Option("b", "", True), Option("a", "")]
    assert Question("?", words).options == words


def test_a_number_gets_its_place_in_the_text():
    option = Computed(lambda: (1.0, -2.0), "", text="{}, then {}")
    assert option.text == "1, then −2"
    assert Computed(lambda: 2 / 3, "").text == "0.6667"
    with pytest.raises(ValueError, match=r"each of \(1, 2\): '{}'"):
        Computed(lambda: (1, 2), "")


def test_an_unknown_quiz():
    with pytest.raises(ValueError, match=r"no quiz '07', only 00, 01, .*, 08$"):
        quiz("07")


def test_making_a_quiz_changes_nothing():
    right = {name: getattr(b.owner, b.name) for name, b in zoo.ZOO.items()}
    random.seed(3)
    state = random.getstate()
    made = [quiz(number) for number in QUESTIONS]
    assert random.getstate() == state
    places = {name: getattr(b.owner, b.name) for name, b in zoo.ZOO.items()}
    assert places == right
    for one, other in zip(made, QUIZZES.values()):
        assert one._repr_html_() == other._repr_html_()
        assert repr(one) == repr(other)


def test_knobs_are_a_model():
    assert [p.data for p in Knobs([1.0, 2.0]).parameters()] == [1.0, 2.0]


# What is shown

HOSTILE = '<b> & "x" \'y\' </script> {0} `<i>` *<u>* [<a>](01.ipynb#a"b)'


def small_quiz(text="What?"):
    options = [Option("yes", "So it is.", True), Option("no", "It is not.")]
    return Quiz("00", [Question(text, options, code="a = 1\nb = 2")])


def block(one):
    return BeautifulSoup(one._repr_html_(), "html.parser")


@pytest.mark.parametrize("number", QUESTIONS)
def test_the_block_has_it_all(number):
    one = QUIZZES[number]
    page = block(one)
    assert page.section["aria-label"] == f"Quiz {number}"
    fields = page("fieldset")
    for place, (field, question) in enumerate(zip(fields, one.questions), 1):
        legend = f"{place}. {plain(question.text)}"
        assert field.legend.get_text() == legend
        code = field.pre.get_text() if field.pre else ""
        assert code == question.code
        radios = field.select("label > input[type=radio]")
        assert {radio["name"] for radio in radios} == {f"quiz-{number}-{place}"}
        for part, option in zip(field.select(".option"), question.options):
            assert part.label.get_text().strip() == plain(option.text)
            assert part.p["hidden"] == "hidden"
            said = "Right." if option.right else "Not this one."
            assert part.p.get_text() == f"{said} {plain(option.why)}"
            assert part.p.strong.get_text() == said
            assert ("right" in part["class"]) == option.right
        assert len(radios) == len(question.options)
    assert len(fields) == 5
    answers = page.select("details.answers > ol > li")
    for answer, question in zip(answers, one.questions):
        told = answer.get_text()
        assert told.startswith(plain(question.right.text))
        for option in question.options:
            assert f"{plain(option.text)} {plain(option.why)}" in told
    assert len(answers) == 5
    assert page.select_one(".foot[hidden=hidden] output")


def plain(text):
    return BeautifulSoup(as_html(text), "html.parser").get_text()


def test_any_text_is_shown_as_it_is():
    page = block(small_quiz(HOSTILE))
    shown = "1. <b> & “x” ’y’ </script> {0} <i> <u> See <a>"
    assert page.legend.get_text() == shown
    assert page.legend.a["href"] == '01.ipynb#a"b'
    other = block(small_quiz("`a` *b* [c](d)"))
    assert [tag.name for tag in page()] == [tag.name for tag in other()]


@pytest.mark.parametrize(
    "text, html",
    [
        ("x * y * z", "x * y * z"),
        ("`x * y` and *z*", "<code>x * y</code> and <em>z</em>"),
        ("a *b c* `*d*`", "a <em>b c</em> <code>*d*</code>"),
        ("A. [b c](d#e)", 'A. See <a href="d#e">b c</a>'),
        ('it\'s "so"', "it’s “so”"),
        ("`it's`", "<code>it&#x27;s</code>"),
        ("x[0] (1)", "x[0] (1)"),
    ],
)
def test_marks(text, html):
    assert as_html(text) == html


def test_marks_in_a_terminal():
    text = "*So*: `a * b`. [Here](#h) [There](../01_value.ipynb#a-b)"
    wanted = "So: `a * b`. See “Here” See “There” in ../01_value"
    assert as_text(text) == wanted
    assert links(text) == ["#h", "../01_value.ipynb#a-b"]


def test_the_block_stands_on_its_own():
    html = small_quiz()._repr_html_()
    assert not re.search(r"https?:|\bid=|url\(|@import|\bfetch\b|=\"\"", html)
    assert html.endswith("</script>\n</section>\n")
    assert html.count("<script>") == html.count("</script>") == 1
    assert "</" not in JS + CSS and "<!--" not in JS
    assert len(JS.splitlines()) <= 150


def test_an_edited_quiz_has_a_key_of_its_own():
    keys = [
        block(one).section["data-key"]
        for one in (small_quiz(), small_quiz(), small_quiz("What else?"))
    ]
    assert keys[0] == keys[1] != keys[2]
    assert re.fullmatch(r"quiz-00-[0-9a-f]{8}", keys[0])


def test_in_a_terminal():
    assert repr(small_quiz()) == (
        "Quiz 00\n\n"
        "1. What?\n\n"
        "       a = 1\n"
        "       b = 2\n\n"
        "   ( ) yes\n"
        "   ( ) no\n\n"
        'The answers: print(quiz("00").answers())'
    )
    assert small_quiz().answers() == (
        "Quiz 00: the answers\n"
        "1. yes\n"
        "   So it is.\n"
        "   not: no\n"
        "        It is not."
    )


@pytest.mark.parametrize("number", QUESTIONS)
def test_a_terminal_has_80_columns(number):
    text = repr(QUIZZES[number]) + QUIZZES[number].answers()
    assert max(map(len, text.splitlines())) <= 80
