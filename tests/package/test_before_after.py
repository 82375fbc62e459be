"""The test before and after: its items, and its GIFT file."""

import random
import re
from contextlib import nullcontext
from math import exp

import pytest
from bs4 import BeautifulSoup

from micrograd import MLP, Value, gradient_check, gradient_check_model
from micrograd.gradcheck import GradientMismatch
from micrograd.practice import zoo
from micrograd.practice.before_after import as_gift, items
from micrograd.practice.quizzes.markup import as_html, as_text, links
from micrograd.practice.quizzes.question import Computed, Option, Question
from micrograd.train import XOR_X, XOR_Y, mean_squared_error, train

ITEMS = items()
FORMS = {
    "A": [item.form_a for item in ITEMS],
    "B": [item.form_b for item in ITEMS],
}
QUESTIONS = [*FORMS["A"], *FORMS["B"]]
COMPUTED = [o for q in QUESTIONS for o in q.options if isinstance(o, Computed)]

# The number of an item; the options of form A, and those of form B, with a
# star at the right ones; and where they come from, in the order of form A
NUMBERS = """
1 | 1 4* 7 28 | 1 2* 9 18
  | like_a_sum other_factor own_factor the_result_itself
2 | −4* −3 −1 4 | −7* −5 −1 7
  | of_b own_factor of_the_difference_alone no_minus
3 | 0.3125 0.336 0.36 0.5591* | 0.463 0.5063 0.64 0.7116*
  | tanh_twice tanh_unsquared tanh_of_input gradient
4 | −2 0* 2 3 | −4 0* 4 5
  | never_shut of_w2 the_opposite_of_an_open_gate own_factor
5 | 4 7 11* 28 | 6 10 16* 60
  | assigns first_path_alone both_paths paths_multiplied
7 | 6 21 27* 42 | 12 20 32* 40
  | first_visit_alone gradient no_order all_of_it_twice
8 | 0.4 1.6 2.4* 6 | 0.5 2.5 3.5* 5
  | the_step_itself uphill step without_a_rate
9 | −0.4 −0.2* 0.4 2.2 | −0.1 0.2* 1.1 3.8
  | doubled_each_time no_zero_grad steps uphill
"""


def shown(question):
    texts = [o.text + "*" * o.right for o in question.options]
    return " ".join(texts)


def test_each_number_is_the_one_that_we_know_and_comes_from_there():
    found = ["\n"]
    for number, item in enumerate(ITEMS, 1):
        options = item.form_a.options
        if isinstance(options[0], Computed):
            sources = " ".join(option.source for option in options)
            forms = f"{shown(item.form_a)} | {shown(item.form_b)}"
            found.append(f"{number} | {forms}\n  | {sources}\n")
    assert "".join(found) == NUMBERS


def test_an_option_in_words_has_no_number():
    assert len(COMPUTED) == 64
    words = [o for q in QUESTIONS for o in q.options if o not in COMPUTED]
    assert len(words) == 32
    assert not [o.text for o in words if re.search(r"\d", o.text)]


@pytest.mark.parametrize("option", COMPUTED, ids=lambda o: o.source)
def test_the_engine_computes_it_and_a_bug_matters(option, monkeypatch):
    made = []
    right = Value.__init__

    def count(self, *args, **options):
        made.append(self)
        right(self, *args, **options)

    monkeypatch.setattr(Value, "__init__", count)
    with option.bug or nullcontext():
        assert (option.compute(),) == option.numbers
    assert made
    if option.bug:
        assert (option.compute(),) != option.numbers


# Two forms of one test


def test_twelve_items_with_four_options_of_which_one_is_right():
    assert len(ITEMS) == 12 == len({item.belief for item in ITEMS})
    for question in QUESTIONS:
        assert len({option.text for option in question.options}) == 4
        assert sum(option.right for option in question.options) == 1
        assert question.text.endswith("?")
        assert len(question.code.splitlines()) <= 2


def test_the_forms_ask_the_same_with_another_surface():
    for item in ITEMS:
        one, other = item.form_a, item.form_b
        assert one.right.why == other.right.why
        whys = [{o.why for o in form.options} for form in (one, other)]
        assert whys[0] == whys[1] and len(whys[0]) == 4
        assert (one.text, one.code) != (other.text, other.code)
        texts = [{o.text for o in form.options} for form in (one, other)]
        assert len(texts[0] & texts[1]) <= 1  # a slope of 1, or of 0
        sources = [
            {o.why: o.source for o in form.options if o in COMPUTED}
            for form in (one, other)
        ]
        assert sources[0] == sources[1]
    # as long to read
    lengths = [sum(len(q.text) for q in form) for form in FORMS.values()]
    assert max(lengths) < 1.05 * min(lengths)


@pytest.mark.parametrize("form", FORMS)
def test_neither_place_nor_length_gives_the_right_option_away(form):
    places = [q.options.index(q.right) for q in FORMS[form]]
    assert [places.count(place) for place in range(4)] == [3, 3, 3, 3]
    words = [q for q in FORMS[form] if q.right not in COMPUTED]
    longest = [max(q.options, key=lambda o: len(o.text)) for q in words]
    assert sum(option.right for option in longest) <= 1


@pytest.mark.parametrize("form", FORMS)
def test_the_right_option_is_not_given_away_by_its_words(form):
    """No word of caution, and no part of a program, is in it alone."""
    telling = r"\b(may|might|can|could|perhaps|some|little|not much|the loop)\b"
    for question in FORMS[form][10:]:
        for option in question.options:
            found = re.search(telling, option.text, re.IGNORECASE)
            assert not found, option.text


@pytest.mark.parametrize("form", FORMS)
def test_a_wrong_gradient_of_the_relu_has_one_cause(form):
    """Of its options, two are numbers of the question: what w2 is and x2."""
    question = FORMS[form][3]
    numbers = re.findall(r"is (−?\d+)", question.text)
    w1, x1, w2, x2, b = numbers
    texts = {option.text for option in question.options}
    assert texts & set(numbers) == {w2, x2}
    assert not {w2, x2} & {w1, x1, b}


def test_every_option_is_explained_and_a_wrong_one_leads_on():
    for option in {o for q in QUESTIONS for o in q.options}:
        assert 6 <= len(as_text(option.why).split()) <= 50
        assert len(links(option.why)) == (not option.right)
        assert not links(option.text)


def test_making_the_items_changes_nothing():
    right = {name: getattr(b.owner, b.name) for name, b in zoo.ZOO.items()}
    random.seed(3)
    state = random.getstate()
    assert as_gift("F", [item.form_a for item in items()]) == as_gift(
        "F", FORMS["A"]
    )
    assert random.getstate() == state
    places = {name: getattr(b.owner, b.name) for name, b in zoo.ZOO.items()}
    assert places == right


# What is claimed in words


@pytest.mark.parametrize("form", FORMS)
def test_what_overwriting_spoils(form):
    functions = {"tanh": Value.tanh, "exp": Value.exp}
    for option in FORMS[form][5].options:
        names = "abc" if form == "A" else "pqrs"
        code = f"lambda {', '.join(names)}: {option.text.strip('`')}"
        f = eval(code, functions)
        point = [0.5, -1.5, 2.0, 0.7][: len(names)]
        gradient_check(f, point)
        with zoo.assigns:
            try:
                gradient_check(f, point)
            except GradientMismatch:
                assert option.right
            else:
                assert not option.right


@pytest.mark.parametrize(
    "form, f, at, slope",
    [("A", lambda x: x**3, 3.0, 27.0), ("B", exp, 2.0, exp(2.0))],
)
def test_the_middle_nudge_is_the_best(form, f, at, slope):
    question = FORMS[form][9]
    nudges = sorted(map(float, re.findall(r"\d\.\d+", question.text)))
    found = [(f(at + h) - f(at - h)) / (2 * h) for h in nudges]
    small, middle, large = (abs(one - slope) for one in found)
    assert 1000 * middle < min(small, large)
    assert f"`x = {at:g}`" in question.text
    assert "middle" in question.right.text


LOCAL_A = ["own_factor", "assigns", "no_order", "no_zero_grad"]
LOCAL_B = ["uphill", "assigns", "tanh_of_input", "no_order"]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("form, bugs", [("A", LOCAL_A), ("B", LOCAL_B)])
def test_what_a_check_of_a_whole_loss_sees(form, bugs, seed):
    random.seed(seed)
    model = MLP(2, [4, 4, 1], activation="tanh")

    def loss(model):
        return mean_squared_error([model(x) for x in XOR_X], XOR_Y)

    for option, bug in zip(FORMS[form][10].options, bugs):
        with zoo.ZOO[bug]:
            try:
                gradient_check_model(model, loss)
            except GradientMismatch:
                assert not option.right
            else:
                assert option.right


def test_a_loss_falls_with_wrong_gradients_and_wrong_signs():
    """Item 12: all that the wrong options rule out happens."""

    def loss(model):
        return mean_squared_error([model(x) for x in XOR_X], XOR_Y)

    def gradients(model):
        model.zero_grad()
        loss(model).backward()
        return [p.grad for p in model.parameters()]

    random.seed(0)
    model = MLP(2, [4, 4, 1], activation="tanh")
    right = gradients(model)
    with zoo.tanh_twice:
        wrong = gradients(model)
        losses = train(model, XOR_X, XOR_Y, steps=500)
    assert losses[-1] < 0.01
    assert any(one * other < 0 for one, other in zip(right, wrong))


# The file


class NoGift(ValueError):
    """The text is no GIFT."""


def parse_gift(text):
    """Read a GIFT file of questions with one right option.

    Returns:
        The category, and for each question its title, its text, and its
        options as (right, text, feedback).
    """
    first, *blocks = re.split(r"\n\s*\n", text.strip())
    if not first.startswith("$CATEGORY: "):
        raise NoGift("no category")
    return first.removeprefix("$CATEGORY: "), [*map(parse_block, blocks)]


def tokens(block):
    """The signs of GIFT, and between them (text,): without a backslash."""
    found = re.findall(r"\\(.)|(::|[=~#{}])|([^\\])", block, re.DOTALL)
    text = ""
    for quoted, sign, plain in found:
        if quoted and quoted not in "~=#{}:\\":
            raise NoGift(f"a backslash before {quoted!r}")
        if not sign:
            text += quoted or plain
            continue
        if text.strip():
            yield (text.strip(),)
        text = ""
        yield sign
    if text.strip():
        yield (text.strip(),)


def parse_block(block):
    parts = [*tokens(block)]
    if parts[:1] + parts[2:3] != ["::", "::"] or parts[4:5] != ["{"]:
        raise NoGift(f"no title, text and options: {block[:40]}")
    if parts[-1] != "}" or parts.count("{") + parts.count("}") != 2:
        raise NoGift(f"the options do not end: {block[:40]}")
    options = parts[5:-1]
    if len(options) % 4:
        raise NoGift(f"an option is not whole: {options}")
    read = []
    for sign, text, hash_, why in zip(*[iter(options)] * 4):
        if sign not in ("=", "~") or hash_ != "#":
            raise NoGift(f"no option: {sign}{text}{hash_}{why}")
        read.append((sign == "=", *text, *why))
    if sum(right for right, _, _ in read) != 1:
        raise NoGift(f"not one right option: {block[:40]}")
    [title], [text] = parts[1], parts[3]
    return title, text, read


def words(html):
    return BeautifulSoup(html, "html.parser").get_text()


def plain(markdown):
    return words(as_html(markdown))


@pytest.mark.parametrize("form", FORMS)
def test_a_quiz_tool_reads_what_was_written(form):
    gift = as_gift(f"Test/Form {form}", FORMS[form])
    category, questions = parse_gift(gift)
    assert category == f"Test/Form {form}"
    assert len(questions) == 12
    for number, (read, question) in enumerate(zip(questions, FORMS[form]), 1):
        title, text, options = read
        assert title == f"Form {form}, {number}"
        assert text.startswith("[html]<p>")
        assert words(text) == f"[html]{plain(question.text)}{question.code}"
        for (right, chosen, why), option in zip(options, question.options):
            assert right == option.right
            assert words(chosen) == plain(option.text)
            start, see, section = words(why).partition(" See “")
            told = re.sub(r" \[[^\]]*\]\([^)]*\)$", "", option.why)
            assert start == plain(told)
            assert bool(see) == (not right)
            assert right or re.search(r"” in notebook \d\d\.$", section)
        assert len(options) == 4


HOSTILE = "a = {b} ~ c # d: e :: f \\ g \\= h // -> %50% `<i> & {x: 1}` <b>"


def test_any_text_comes_back_from_a_gift_file():
    options = [Option(HOSTILE, HOSTILE, True), Option("no", HOSTILE)]
    question = Question(HOSTILE, options, code="a = {1: 2}\nb = a # ~<c>\\")
    _, [(title, text, read)] = parse_gift(as_gift("C", [question]))
    assert title == "C, 1"
    assert words(text) == "[html]" + plain(HOSTILE) + question.code
    assert [words(part) for _, *both in read for part in both] == [
        plain(HOSTILE),
        plain(HOSTILE),
        "no",
        plain(HOSTILE),
    ]


@pytest.mark.parametrize(
    "old, new",
    [
        ("\\=", "="),  # a sign that lost its backslash
        ("\\:", "\\;"),
        ("}\n", "\n"),
        ("{\n", "\n"),
        ("\n=", "\n~"),
        ("\n~", "\n="),
        ("#", ""),
        ("::Form", "Form"),
        ("$CATEGORY", "CATEGORY"),
    ],
)
def test_a_damaged_file_is_noticed(old, new):
    gift = as_gift("Test/Form A", FORMS["A"])
    parse_gift(gift)
    assert old in gift
    with pytest.raises(NoGift):
        parse_gift(gift.replace(old, new, 1))


def test_what_gift_cannot_have_is_refused():
    for category in "a: b", "a\nb", "a=b":
        with pytest.raises(ValueError, match="this category: 'a"):
            as_gift(category, [])
    options = [Option("a", "", True), Option("b", "")]
    with pytest.raises(ValueError, match="no line of code may be empty"):
        as_gift("C", [Question("?", options, code="a\n\nb")])
