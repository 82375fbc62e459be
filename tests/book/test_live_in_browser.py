"""The cells of the pages run in the system's Chromium, which knows no network.

Every notebook is run whole, over http and from the folder, and each text is
compared with the stored one. There are two exceptions: the layout of a graph
is not compared, but its texts are; and a picture that needs matplotlib stays
as it was stored, with an offer to fetch that. `pytest -s` shows the times.
"""

import json
import os
import re
from time import perf_counter
from urllib.parse import unquote, urlsplit

import pytest
from build_book import ROOT
from live_cells import IS_COMPLETE
from reader import (
    DESKTOP,
    PHONE,
    Reader,
    controls_on_paper,
    expect,
    looked_at,
    served,
)
from solutions import exercise_cells, solutions

if not IS_COMPLETE.exists() and not os.environ.get("REQUIRE_EVERYTHING"):
    pytest.skip("needs Pyodide: see `make browser`", allow_module_level=True)

NOTEBOOKS = sorted(path.stem for path in ROOT.glob("chapters/*.ipynb"))
GRAPHS = "06_graph_view"
MINUTES = 60_000  # in milliseconds


@pytest.fixture
def reader(browser):
    """A reader of whom nothing is kept."""
    reader = Reader(browser)
    yield reader
    reader.page.context.close()


@pytest.fixture(params=["http", "file"])
def way(request, site):
    """The address of the built book, over http and as a folder."""
    if request.param == "file":
        yield site.as_uri() + "/"
    else:
        with served(site) as address:
            yield address


def make_live(reader, address, **options):
    page = reader.visit(address, **options)
    page.get_by_role("button", name="Make this page live").click()
    page.locator(".live-controls").last.wait_for()
    return page


def code(page, number):
    return page.get_by_label(f"Code of cell {number}", exact=True)


def status(page, number):
    cell = page.locator(".cell_input", has=code(page, number))
    return cell.get_by_role("status")


def run(page, number, source=None, minutes=1):
    """Run a cell, as it is or with other code, and wait for its end."""
    if source is not None:
        code(page, number).fill(source)
    code(page, number).press("Shift+Enter")
    expect(status(page, number)).to_have_text(
        re.compile("Ran for"), timeout=minutes * MINUTES
    )


# The outputs of each cell, as they are in the page and as they are stored.

OUTPUTS = """() => {
  const shown = (one) => {
    if (one.matches(".live-offer")) return "an offer";
    const image = one.querySelector(":scope > img, .panels img, picture > img");
    return image ? image.src : one.ariaLabel ?? one.textContent.trimEnd();
  };
  const own = (block) => block.closest(".live-own");
  const all = [...document.querySelectorAll(".cell:has(> .cell_input)")];
  return all.filter((block) => !own(block)).map((block) => {
    const fold = block.nextElementSibling?.closest(".fold-predict");
    const output = (fold ?? block).querySelector(".cell_output");
    return [...output.children].map(shown);
  });
}"""
LINKS = """() => [...document.querySelectorAll(".cell_output a[href]")].filter(
  (link) => !link.closest("figcaption")).map((link) => link.href)"""
TEXTS = re.compile("<text .*?>(.*?)</text>")


def in_page(page):
    """The outputs of the cells; of a new picture, the texts in it."""
    return [
        [
            sorted(TEXTS.findall(unquote(one))) if one[:5] == "data:" else one
            for one in outputs
        ]
        for outputs in page.evaluate(OUTPUTS)
    ]


def stored(name):
    """The outputs of the cells of a notebook, as a live page shows them."""
    text = (ROOT / f"chapters/{name}.ipynb").read_text("utf-8")
    cells = [c for c in json.loads(text)["cells"] if c["cell_type"] == "code"]
    return [
        [shown for output in cell["outputs"] for shown in stored_output(output)]
        for cell in cells
    ]


def stored_output(output):
    forms = output.get("data", {})
    if "text/html" in forms:
        html = "".join(forms["text/html"])
        return [re.search('aria-label="(.*?)"', html)[1]]
    if "text/vnd.graphviz" in forms:
        return [sorted(TEXTS.findall("".join(forms["image/svg+xml"])))]
    if "image/svg+xml" in forms:
        return ["a picture of the book", "an offer"]
    return ["".join(output.get("text") or forms["text/plain"]).rstrip()]


def as_stored(outputs):
    """The outputs in a page, with the book's own pictures called that."""
    return [
        ["a picture of the book" if "_images/" in one else one for one in cell]
        for cell in outputs
    ]


def answers_to(name):
    """For each exercise its number, and a cell that solves it."""
    known = solutions()
    for cell in exercise_cells():
        if cell.notebook == f"{name}.ipynb":
            parts = [
                "from micrograd.practice import check_exercise",
                known[cell.number].answer,
                cell.call,
            ]
            yield cell.number, "\n\n".join(parts)


class TestEachNotebook:
    @pytest.mark.parametrize("name", NOTEBOOKS)
    def test_all_outputs_are_those_stored(self, reader, way, name):
        page = reader.visit(f"{way}chapters/{name}.html")
        assert not [url for url in reader.asked if "/live/" in url]
        links = page.evaluate(LINKS)
        page.get_by_role("button", name="Make this page live").click()
        began = perf_counter()
        run(page, 1)
        first = perf_counter() - began
        page.get_by_role("button", name="Run all cells").click()
        marks = page.locator(".live-controls [role=status]")
        last = marks.nth(marks.count() - 1)
        expect(last).to_have_text(re.compile("Ran"), timeout=MINUTES)
        assert as_stored(in_page(page)) == stored(name)
        assert page.evaluate(LINKS) == links
        times = [
            int(re.search(r"\d+", x)[0]) for x in marks.all_text_contents()
        ]
        print(
            f"{name} {urlsplit(way).scheme}: first result {first:.1f} s, "
            f"a cell {sorted(times)[len(times) // 2]} ms, all {sum(times)} ms"
        )
        if way.startswith("http"):
            exercises_can_be_solved(page, name)
        assert reader.errors == []
        hosts = {
            urlsplit(url.removeprefix("blob:")).hostname for url in reader.asked
        }
        assert hosts <= {"127.0.0.1", None, ""}


def exercises_can_be_solved(page, name):
    boxes = page.locator(".cell_input textarea").evaluate_all(
        "all => all.map((one) => [one.ariaLabel, one.value])"
    )
    cells = [
        int(label.split()[-1])
        for label, text in boxes
        if "check_exercise(" in text
    ]
    answers = list(answers_to(name))
    assert len(cells) == len(answers)
    for cell, (number, source) in zip(cells, answers):
        button = page.locator(".cell_input", has=code(page, cell))
        code(page, cell).fill(source)
        button.get_by_role("button", name="Check").click()
        expect(status(page, cell)).to_have_text(
            re.compile("Ran"), timeout=2 * MINUTES
        )
        assert in_page(page)[cell - 1] == [f"{number}: done."]


class TestLive:
    def test_code_is_typed_kept_and_forgotten(self, reader, root):
        address = f"{root}chapters/{GRAPHS}.html"
        page = make_live(reader, address)
        before = in_page(page)[1]
        box = code(page, 2)
        original = box.input_value()
        box.fill("")
        box.press_sequentially("for i in range(3):\nprint(i)\n")
        box.press("Tab")
        box.press_sequentially("print(-i)")
        typed = "for i in range(3):\n    print(i)\n        print(-i)"
        assert box.input_value() == typed
        box.press("Control+z")
        assert box.input_value() != typed
        run(page, 2, "print(1)\n2")
        fold = page.locator("details.fold-predict").first
        expect(fold).to_have_attribute("open", "")
        assert in_page(page)[1] == ["1", "2"]
        assert page.evaluate("localStorage.length") > 0

        page = make_live(reader, address)
        assert code(page, 2).input_value() == "print(1)\n2"
        cell = page.locator(".cell_input", has=code(page, 2))
        cell.get_by_role("button", name="Reset").click()
        assert code(page, 2).input_value() == original
        assert in_page(page)[1] == before
        kept = page.evaluate("Object.keys(localStorage)")
        assert not [key for key in kept if "cell" in key]

    def test_escape_and_tab_leave_a_cell(self, reader, root):
        page = make_live(reader, f"{root}chapters/{GRAPHS}.html")
        box = code(page, 1)
        text = box.input_value()
        for keys in (["Escape", "Tab"], ["Shift+Tab"]):
            box.focus()
            for key in keys:
                box.press(key)
            expect(box).not_to_be_focused()
        assert box.input_value() == text

    def test_an_endless_loop_is_stopped(self, reader, way):
        page = make_live(reader, f"{way}chapters/{GRAPHS}.html")
        run(page, 1)
        code(page, 2).fill("while True: pass")
        code(page, 2).press("Shift+Enter")
        code(page, 3).press("Shift+Enter")
        expect(status(page, 3)).to_have_text("Waiting")
        page.get_by_role("button", name="Stop").click()
        expect(status(page, 2)).to_have_text(re.compile("^Stopped"))
        expect(status(page, 3)).to_have_text("")
        run(page, 2, "1 + 1")
        assert in_page(page)[1] == ["2"]
        run(page, 3, "f")
        assert "NameError: name 'f' is not defined" in in_page(page)[2][0]

    def test_an_error_shows_the_line_and_ends_the_queue(self, reader, root):
        page = make_live(reader, f"{root}chapters/{GRAPHS}.html")
        code(page, 2).fill("print('so far')\nf.oops")
        page.get_by_role("button", name="Run all cells").click()
        expect(status(page, 2)).to_have_text(re.compile("Ran"), timeout=MINUTES)
        printed, error = in_page(page)[1]
        assert printed == "so far"
        assert error.splitlines()[1:3] == [
            '  File "cell 2", line 2, in <module>',
            "    f.oops",
        ]
        assert error.endswith("has no attribute 'oops'")
        expect(page.get_by_text("Waiting", exact=True)).to_have_count(0)

    def test_another_host_is_asked_only_for_who_agrees(self, reader, root):
        page = make_live(reader, f"{root}chapters/{GRAPHS}.html")
        run(page, 8)
        before = in_page(page)[7]
        reader.asked.clear()
        page.get_by_role("button", name="Fetch it").click()
        problem = re.compile("^matplotlib cannot be fetched now")
        expect(status(page, 8)).to_have_text(problem, timeout=MINUTES)
        assert reader.asked
        version = json.loads(
            (IS_COMPLETE.parent / "pyodide/package.json").read_text()
        )["version"]
        host = f"https://cdn.jsdelivr.net/pyodide/v{version}/full/"
        assert [url for url in reader.asked if not url.startswith(host)] == []
        assert in_page(page)[7] == before
        run(page, 9)

    def test_an_expression_of_ones_own(self, reader, root):
        page = make_live(reader, f"{root}chapters/{GRAPHS}.html")
        form = page.get_by_role("form", name="An expression of your own")
        form.wait_for(timeout=MINUTES)
        form.get_by_label("Numbers").fill('a = 3; b = "a * a"')
        form.get_by_role("button", name="Show it").click()
        box = page.locator(".live-own")
        error = box.locator(".live-error")
        expect(error).to_contain_text("ValueError", timeout=MINUTES)
        form.get_by_label("Numbers").fill("a = 3; a * a")
        form.get_by_label("bug").select_option("assigns")
        form.get_by_role("button", name="Show it").click()
        expect(box.locator(".stepper")).to_have_count(2)
        right, wrong = box.locator(".stepper").all()
        last = "li:last-child"
        assert "a.grad = 6" in right.locator(last).text_content()
        assert "a.grad = 3" in wrong.locator(last).text_content()
        form.get_by_label("How").select_option("by hand")
        form.get_by_label("bug").select_option("")
        form.get_by_role("button", name="Show it").click()
        expect(box.locator(".be-backward input").first).to_be_visible()
        expect(box.locator(".stepper")).to_have_count(0)

    @pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
    def test_it_looks_right(self, reader, root, size):
        page = make_live(reader, f"{root}chapters/{GRAPHS}.html", size=size)
        code(page, 2).fill("f.oops")
        run(page, 1)
        for number in (2, 4, 8):
            run(page, number)
        form = page.get_by_role("form", name="An expression of your own")
        form.get_by_label("bug").select_option("assigns")
        form.get_by_role("button", name="Show it").click()
        expect(page.locator(".live-own .stepper")).to_have_count(2)
        modes = ["light", "dark"] if size is DESKTOP else ["light"]
        assert looked_at(page, "live", modes) == []
        assert controls_on_paper(page) == []

    def test_a_browser_without_workers_says_so(self, reader, root):
        reader.page.add_init_script("delete window.Worker")
        page = make_live(reader, f"{root}chapters/{GRAPHS}.html")
        told = page.locator(".live-start").get_by_role("status")
        expect(told).to_have_text(re.compile("^Python does not start"))
