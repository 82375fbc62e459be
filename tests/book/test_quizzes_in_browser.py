"""The quizzes in the system's Chromium."""

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from reader import DESKTOP, PHONE, Reader, expect, looked_at, problems, served

from micrograd.practice import quiz
from micrograd.practice.quizzes import QUESTIONS

QUIZ_PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Quizzes</title><style>:root {{ color-scheme: light dark }}</style>
<main><h1>Quizzes</h1>{}</main></html>"""


@contextmanager
def quiz_page(folder, numbers):
    """The address of a page with these quizzes."""
    blocks = [quiz(number)._repr_html_() for number in numbers]
    page = QUIZ_PAGE.format("".join(blocks))
    (folder / "quizzes.html").write_text(page, "utf-8")
    (folder / "favicon.ico").touch()  # the browser asks for it
    with served(folder) as address:
        yield f"{address}quizzes.html"


@pytest.fixture
def quizzes(tmp_path):
    """A page with three quizzes, of which two are the same."""
    with quiz_page(tmp_path, ["01", "04", "01"]) as address:
        yield address


@pytest.fixture
def all_quizzes(tmp_path):
    with quiz_page(tmp_path, QUESTIONS) as address:
        yield address


def explained(page):
    """The numbers of the questions that say why, of a choice and the answer."""
    found = []
    fields = page.locator("fieldset").all()
    for number, field in enumerate(fields):
        wanted = field.locator(".right .why, .option:has(:checked) .why")
        seen = field.locator(".why").filter(visible=True).count()
        assert seen in (0, wanted.count())
        others = field.locator(".others summary")
        assert others.is_visible() == (seen > 0)
        found += [number] if seen else []
    return found


def kept(page):
    return page.evaluate("Object.keys(localStorage)")


def told(page):
    """What the three quizzes say of how many were answered."""
    lines = page.locator(".quiz output").all_inner_texts()
    return [line.split("\n")[-1] for line in lines]


NOTHING_YET = ["0 of 5 answered"] * 3


class TestQuizzes:
    @pytest.mark.parametrize("scripts", [True, False])
    def test_a_choice_is_explained(self, browser, quizzes, scripts):
        page = Reader(browser, java_script_enabled=scripts).visit(quizzes)
        assert explained(page) == []
        field = page.locator("fieldset").nth(6)  # of the second quiz
        wrong, right = field.locator(".option").all()[:2]
        wrong.locator("label").click()
        assert explained(page) == [6]
        said = field.locator("strong").filter(visible=True)
        assert said.all_inner_texts() == ["Not this one.", "Right."]
        marked = [
            one.evaluate(BORDER) for one in field.locator(".option").all()
        ]
        assert len(set(marked)) == 3 and marked[2] == marked[3]
        field.locator(".others summary").click()
        whys = [one.text_content() for one in field.locator(".others li").all()]
        for option in field.locator(".option:not(.right)").all():
            label, why = option.locator("label, .why").all_text_contents()
            why = why.removeprefix("Not this one. ")
            assert f"{label.strip()} {why}" in whys
        assert len(whys) == 3
        right.locator("label").click()
        assert said.all_inner_texts() == ["Right."]
        assert page.locator(":checked").count() == 1
        assert page.locator(".foot").first.is_visible() == scripts

    @pytest.mark.parametrize("size", [DESKTOP, PHONE])
    def test_a_choice_stays_where_it_was_pressed(self, reader, quizzes, size):
        page = reader.visit(quizzes, size)
        field = page.locator("fieldset").nth(6)  # its second option is right
        last, first = (
            field.locator("input").nth(3),
            field.locator("input").first,
        )
        for option in last, first, last:
            option.evaluate("one => one.scrollIntoView({ block: 'center' })")
            before = option.bounding_box()["y"]
            option.check()
            assert abs(option.bounding_box()["y"] - before) < 1

    def test_when_all_is_answered_the_list_of_answers_goes(
        self, reader, quizzes
    ):
        page = reader.visit(quizzes)
        block = page.locator(".quiz").first
        answers = block.locator(".answers summary")
        for field in block.locator("fieldset").all():
            assert answers.is_visible()
            field.locator("input").first.check()
        assert not answers.is_visible()
        assert page.locator(".answers summary").nth(1).is_visible()
        page.emulate_media(media="print")
        assert answers.is_visible()

    def test_answers_are_counted_kept_and_forgotten(self, reader, quizzes):
        page = reader.visit(quizzes)
        assert told(page) == NOTHING_YET and kept(page) == []
        options = page.locator(".quiz").nth(1).locator("fieldset").nth(1)
        for option in options.locator("input").all()[:2]:
            option.check()  # the wrong one first
        page.locator(".quiz").nth(1).locator("input").nth(2).check()
        counted = [
            "0 of 5 answered",
            "2 of 5 answered, 1 right at the first try",
        ]
        assert told(page) == [*counted, "0 of 5 answered"]
        assert explained(page) == [5, 6]
        page.reload()
        assert told(page) == [*counted, "0 of 5 answered"]
        assert explained(page) == [5, 6]
        assert options.locator("input").nth(1).is_checked()
        assert len(kept(page)) == 1
        again = page.get_by_role("button", name="Start again").nth(1)
        again.click()
        assert told(page) == NOTHING_YET and kept(page) == []
        page.reload()
        assert told(page) == NOTHING_YET and explained(page) == []
        assert reader.errors == []
        hosts = {urlsplit(address).hostname for address in reader.asked}
        assert hosts == {"127.0.0.1"}

    def test_by_keyboard_one_looks_before_one_chooses(self, reader, quizzes):
        page = reader.visit(quizzes)
        radios = page.locator("fieldset").first.locator("input")
        page.keyboard.press("Tab")
        for key, place, checked in (
            ("ArrowDown", 1, None),
            ("ArrowRight", 2, None),
            ("Space", 2, 2),
            ("ArrowUp", 1, 2),
            ("ArrowLeft", 0, 2),
            ("ArrowUp", 3, 2),
            ("Enter", 3, 3),
            ("ArrowDown", 0, 3),
        ):
            page.keyboard.press(key)
            expect(radios.nth(place)).to_be_focused()
            states = [radio.is_checked() for radio in radios.all()]
            assert states == [at == checked for at in range(4)], key
        said = page.locator(".quiz output").first.text_content()
        assert said.startswith("Not this one. Here each factor got itself")
        assert said.endswith("1 of 5 answered, 1 right at the first try")

    def test_the_same_quiz_twice_is_two(self, reader, quizzes):
        page = reader.visit(quizzes)
        for number in 0, 2:
            page.locator(".quiz").nth(number).locator("input").first.check()
        assert explained(page) == [0, 10]
        names = page.locator("input").evaluate_all(
            "all => new Set(all.map((one) => one.name)).size"
        )
        assert names == 15
        page.evaluate(page.locator("script").first.text_content())
        assert explained(page) == [0, 10]  # the script ran once more

    @pytest.mark.parametrize(
        "damage",
        [
            "localStorage.setItem(key, 'no JSON')",
            'localStorage.setItem(key, \'[{"first": 9, "now": 0}, 7, {}]\')',
            "localStorage.setItem(key, 'null')",
            "Object.defineProperty(window, 'localStorage', "
            "{ get() { throw new Error('blocked') } })",
        ],
    )
    def test_a_storage_that_keeps_nothing_good(self, browser, quizzes, damage):
        reader = Reader(browser)
        key = re.search(r"quiz-01-\w+", quiz("01")._repr_html_())[0]
        reader.page.add_init_script(f"const key = '{key}'; {damage}")
        page = reader.visit(quizzes)
        assert told(page) == NOTHING_YET
        page.locator("input").first.check()
        assert told(page)[0].startswith("1 of 5 answered")
        page.get_by_role("button").first.click()
        assert told(page) == NOTHING_YET
        assert reader.errors == []

    def test_they_look_right_before_and_after(self, reader, all_quizzes):
        page = reader.visit(all_quizzes)
        assert problems(reader) == []
        page = reader.visit(all_quizzes)
        for radios in page.locator("fieldset").all():
            radios.locator("input").nth(1).check()
        for size in PHONE, {"width": 320, "height": 600}, DESKTOP:
            page.set_viewport_size(size)
            assert looked_at(page, f"{size}", ["light", "dark"]) == []

    def test_paper_has_the_questions_and_then_the_answers(
        self, reader, quizzes
    ):
        page = reader.visit(quizzes)
        page.locator("input").first.check()
        page.emulate_media(media="print")
        assert explained(page) == []
        parts = page.locator(".quiz legend, .quiz label, .answers li")
        assert parts.filter(visible=True).count() == parts.count()
        ground = page.locator(".option").first.evaluate(
            "one => getComputedStyle(one).backgroundColor"
        )
        assert ground == "rgba(0, 0, 0, 0)"


BORDER = "one => getComputedStyle(one).borderLeftColor"
