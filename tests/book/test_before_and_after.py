"""The pages and the files of the test before and after."""

import re
from functools import cache
from itertools import product
from math import comb
from statistics import correlation
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from build_book import ROOT

from micrograd.practice.before_after import as_gift, items
from micrograd.practice.quizzes.markup import as_html

ITEMS = items()
FORMS = {
    "a": [item.form_a for item in ITEMS],
    "b": [item.form_b for item in ITEMS],
}


@cache
def page(site, name):
    path = site / f"chapters/{name}.html"
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def plain(markdown):
    return BeautifulSoup(as_html(markdown), "html.parser").get_text()


def squeezed(tag):
    return " ".join(tag.get_text().split())


@pytest.mark.parametrize("form", FORMS)
def test_a_sheet_has_the_questions_and_options_and_no_answer(site, form):
    sheet = page(site, f"test_form_{form}")
    assert len(sheet.select(".fields p")) == 2
    parts = sheet.select(".test-sheet .item")
    for number, (part, question) in enumerate(
        zip(parts, FORMS[form], strict=True), 1
    ):
        assert squeezed(part.p) == f"{number}. {plain(question.text)}"
        code = part.pre.get_text().strip() if part.pre else ""
        assert code == question.code
        texts = [squeezed(li) for li in part.select("ol.ticks > li")]
        assert texts == [plain(option.text) for option in question.options]
        for option in question.options:
            told = plain(option.why.partition(" [")[0])
            assert told not in sheet.get_text()
    assert not sheet.select("article [class*=right], .test-sheet a")


def test_the_letters_of_the_right_options(site):
    table = page(site, "test_key").select_one(".test-answers table")
    for row, form in zip(table.tbody("tr"), FORMS, strict=True):
        head, *letters = [squeezed(cell) for cell in row("td")]
        assert head == form.upper()
        assert letters == [
            "abcd"[question.options.index(question.right)]
            for question in FORMS[form]
        ]


def test_the_key_explains_every_option_and_leads_to_its_section(site):
    key = page(site, "test_key").select_one(".test-key")
    beliefs = [
        squeezed(tag) for tag in key.select("p:has(> strong:only-child)")
    ]
    numbered = [
        f"{number}. {item.belief.replace(chr(39), chr(8217))}"
        for number, item in enumerate(ITEMS, 1)
    ]
    assert [one for one in beliefs if re.match(r"\d", one)] == numbered
    for table, item in zip(key("table"), ITEMS, strict=True):
        rows = [row("td") for row in table.tbody("tr")]
        whys = [squeezed(why) for _, _, why in rows]
        assert [why.startswith("Right. ") for why in whys] == [True] + 3 * [
            False
        ]
        for column, form in enumerate((item.form_a, item.form_b)):
            wanted = {
                f"{letter} {plain(option.text)}": plain(option.why)
                for letter, option in zip("abcd", form.options)
            }
            found = {
                squeezed(row[column]): squeezed(row[2]).removeprefix("Right. ")
                for row in rows
            }
            assert found == wanted
        for _, _, why in rows[1:]:
            name, _, anchor = why.a["href"].partition("#")
            target = page(site, name.removesuffix(".html"))
            assert target.find("section", id=unquote(anchor))


@pytest.mark.parametrize("form", FORMS)
def test_the_files_for_quiz_tools_are_those_of_the_items(site, form):
    links = page(site, "test").select("article a[download]")
    [link] = [a["href"] for a in links if f"-{form}." in a["href"]]
    file = (site / "chapters" / link).resolve()
    category = f"Backpropagation, before and after/Form {form.upper()}"
    assert file.read_bytes().decode() == as_gift(category, FORMS[form])


def test_the_page_works_out_its_example_rightly():
    text = " ".join((ROOT / "chapters/test.md").read_text("utf-8").split())
    cells = re.findall(
        r"\| (upper|middle|lower) \| \w \| (\d+) \| (\w+) \| (\w+) ", text
    )
    assert [third for third, *_ in cells] == [
        *3 * ["upper"],
        *3 * ["middle"],
        *3 * ["lower"],
    ]
    totals = [int(total) for _, total, _, _ in cells]
    assert totals == sorted(totals, reverse=True)
    for column, numbers in (
        (2, ("0.67", "0.67", "0.44")),
        (
            3,
            ("0.67", "−0.67", "−0.64"),
        ),
    ):
        right = [int(cell[column] == "right") for cell in cells]
        others = [total - one for total, one in zip(totals, right)]
        found = (
            sum(right) / 9,
            (sum(right[:3]) - sum(right[-3:])) / 3,
            correlation(right, others),
        )
        shown = tuple(f"{one:.2f}".replace("-", "−") for one in found)
        assert shown == numbers
    assert "its difficulty is 6/9, or 0.67" in text
    assert "discrimination is 3/3 − 1/3, or 0.67" in text
    assert "discrimination is 1/3 − 3/3, or −0.67" in text
    assert "Here it is 0.44 for question 5 and −0.64 for question 9" in text
    margin = 1.96 * (0.5 * 0.5 / 20) ** 0.5
    assert f"between {0.5 - margin:.2f} and {0.5 + margin:.2f}." in text


def chances(sheets, share):
    """How likely 0, 1, 2, ... of so many sheets are right."""
    return [
        comb(sheets, k) * share**k * (1 - share) ** (sheets - k)
        for k in range(sheets + 1)
    ]


def classes(sheets, upper, lower, is_meant):
    """In how many of 100 classes the discrimination is as meant."""
    pairs = product(
        enumerate(chances(sheets, upper)), enumerate(chances(sheets, lower))
    )
    return round(
        100
        * sum(p * q for (i, p), (j, q) in pairs if is_meant((i - j) / sheets))
    )


def one_sided(better, worse):
    """How likely tosses of a coin are at least as one-sided."""
    tosses = better + worse
    return 2 * sum(comb(tosses, k) for k in range(worse + 1)) / 2**tosses


def test_the_page_says_rightly_what_chance_can_do():
    text = " ".join((ROOT / "chapters/test.md").read_text("utf-8").split())
    three, seven = (
        classes(n, 0.65, 0.35, lambda found: found < 0) for n in (3, 7)
    )
    assert (
        f"below 0 in {three} of 100 classes, and with seven against seven in "
        f"{seven}." in text
    )
    three, seven = (
        classes(n, 0.5, 0.5, lambda found: found > 0.3) for n in (3, 7)
    )
    assert (
        f"above 0.3 in {three} of 100 classes with three against three, and "
        f"in {seven} with seven against seven." in text
    )
    assert (
        "12 tosses of a coin are as one-sided in "
        f"{1000 * one_sided(11, 1):.0f} of 1,000 trials" in text
    )
    assert (
        f"7 tosses are as one-sided in {100 * one_sided(5, 2):.0f} of 100."
        in text
    )
