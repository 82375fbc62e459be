"""The cells of the pages run in the system's Chromium, which knows no network.

Every notebook is run whole, over http and from the folder, and each text is
compared with the stored one; then its exercises are solved. There are two
exceptions: the layout of a graph is not compared, but its texts are; and where
a cell would plot, it ends with an offer to fetch matplotlib, above the book's
own picture. `pytest -s` shows the times.
"""

import hashlib
import io
import json
import os
import re
import zipfile
from base64 import b64decode, b64encode
from gzip import compress, decompress
from time import perf_counter
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
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
PYODIDE = json.loads(
    (IS_COMPLETE.parent / "pyodide/package.json").read_text("utf-8")
)
HOST = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE['version']}/full/"
MINUTE = 60_000  # in milliseconds
AT_ITS_END = re.compile(
    r"^(Ran for|An error, after|Not done, after) [\d.]+ m?s$"
)


def code_cells(name):
    text = (ROOT / f"chapters/{name}.ipynb").read_text("utf-8")
    return [c for c in json.loads(text)["cells"] if c["cell_type"] == "code"]


def first_cells(name):
    """For each kind of cell, the number of the first in a notebook."""
    found = {}
    for number, cell in enumerate(code_cells(name), 1):
        forms = {}
        for output in cell["outputs"]:
            forms |= output.get("data", {})
        kinds = {
            "predicted": "predict" in cell["metadata"].get("tags", []),
            "stepper": ' stepper"' in "".join(forms.get("text/html", "")),
            "own expression": "\nown_expression(" in "".join(cell["source"]),
            "graph": "text/vnd.graphviz" in forms,
            "plot": "text/vnd.graphviz" not in forms
            and "image/svg+xml" in forms,
        }
        for kind, is_it in kinds.items():
            if is_it and kind not in found:
                found[kind] = number
    return found


OF_ARRAYS = "09_matrices"  # without numpy, even its checks can't run
# A notebook that has cells of all kinds
PAGE = next(name for name in NOTEBOOKS if len(first_cells(name)) == 5)
FIRST = first_cells(PAGE)


@pytest.fixture(scope="module", params=["http", "file"])
def way(request, site):
    """The address of the built book, over http and as a folder."""
    if request.param == "file":
        yield site.as_uri() + "/"
    else:
        with served(site) as address:
            yield address


def make_live(reader, address, is_new=True, **options):
    """Visit a page, of whose earlier visits nothing is kept, and press."""
    page = reader.visit(address, **options)
    if is_new:
        page.evaluate("localStorage.clear()")
    page.get_by_role("button", name="Make this page live").click()
    return page


def code(page, number):
    return page.get_by_label(f"Code of cell {number}", exact=True)


def part(page, number, role, **words):
    cell = page.locator(".cell_input", has=code(page, number))
    return cell.get_by_role(role, **words)


def status(page, number):
    return part(page, number, "status")


def run(page, number, source=None):
    """Run a cell, as it is or with other code, and wait for its end."""
    if source is not None:
        code(page, number).fill(source)
    code(page, number).press("Shift+Enter")
    has_run(page, number)


def run_from_the_top(page, number):
    """Run a cell, as it is, and before it all above."""
    part(page, number, "button", name="Run all above").click()
    run(page, number)


def has_run(page, number):
    expect(status(page, number)).to_have_text(AT_ITS_END, timeout=MINUTE)


# The outputs of each cell, as they are in the page and as they are stored.

OUTPUTS = """() => {
  const shown = (one) => {
    if (one.matches(".live-offer")) return "an offer";
    const image = one.matches("img") ? one : one.querySelector(
      ":scope > img, .panels img, picture > img");
    if (image) return image.src;
    const inner = one.querySelector(":scope > [aria-label], pre") ?? one;
    return one.ariaLabel ?? inner.ariaLabel ?? inner.textContent.trimEnd();
  };
  const all = [...document.querySelectorAll(".cell:has(> .cell_input)")];
  return all.map((block) => {
    const fold = block.nextElementSibling?.closest(".fold-predict");
    const output = (fold ?? block).querySelector(".cell_output");
    const fresh = output?.querySelector(":scope > .live-output");
    return [...(fresh ?? output)?.children ?? []].map(shown);
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
    return [stored_in_cell(name, cell) for cell in code_cells(name)]


def stored_in_cell(name, cell):
    source = "".join(cell["source"])
    offer = ["an offer"] * needs_more(name, source)
    if offer and "check_exercise(" in source:  # no verdict on another answer
        return offer
    return offer + [x for one in cell["outputs"] for x in stored_output(one)]


def needs_more(name, source):
    """Whether a cell without a plot needs numpy, or plots into a file."""
    if name == OF_ARRAYS:  # all but one that defines, and those that plot
        return "class Table" not in source and "plot_" not in source
    return ".save(" in source or "np." in source


def stored_output(output):
    forms = output.get("data", {})
    if "text/html" in forms:
        html = BeautifulSoup("".join(forms["text/html"]), "html.parser")
        parts = html.find_all(recursive=False)
        return [part.get("aria-label") or part.get_text() for part in parts]
    if "text/vnd.graphviz" in forms:
        return [sorted(TEXTS.findall("".join(forms["image/svg+xml"])))]
    if "image/svg+xml" in forms:
        return ["an offer", "a picture of the book"]
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
                known[cell.number].earlier_steps,
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
        began = perf_counter()
        page.get_by_role("button", name="Make this page live").click()
        page.get_by_role("button", name="Run all cells").click()
        has_run(page, 1)
        first = perf_counter() - began
        marks = page.locator(".live-controls span")
        expect(marks.last).to_have_text(AT_ITS_END, timeout=MINUTE)
        assert as_stored(in_page(page)) == stored(name)
        assert page.evaluate(LINKS) == links
        times = [milliseconds(words) for words in marks.all_text_contents()]
        if name != OF_ARRAYS:
            all_can_be_solved(page, name)
        print(
            f"{name} {urlsplit(way).scheme}: first result {first:.1f} s, "
            f"a cell {sorted(times)[len(times) // 2]} ms, all {sum(times)} ms, "
            f"with the solutions {perf_counter() - began:.1f} s"
        )
        page.evaluate("localStorage.clear()")
        assert reader.errors == []
        hosts = {
            urlsplit(url.removeprefix("blob:")).hostname for url in reader.asked
        }
        assert hosts <= {"127.0.0.1", None, ""}


def milliseconds(words):
    time, unit = words.split()[-2:]
    return round(float(time) * {"ms": 1, "s": 1000}[unit])


def all_can_be_solved(page, name):
    """Type the model solution of each exercise, and press Check."""
    cells = [
        number
        for number, cell in enumerate(code_cells(name), 1)
        if "check_exercise(" in "".join(cell["source"]).split("\n")[-1]
    ]
    answers = list(answers_to(name))
    assert len(cells) == len(answers)
    for cell, (_, source) in zip(cells, answers):
        code(page, cell).fill(source)
        part(page, cell, "button", name="Check").click()
    for cell, (number, _) in zip(cells, answers):
        has_run(page, cell)
        assert in_page(page)[cell - 1] == [f"{number}: done."]


def an_endless_loop_is_stopped(page):
    """Stop the second cell, whose prints are seen, while the first waits."""
    code(page, 2).fill("print('on the way')\nwhile True: pass")
    code(page, 2).press("Shift+Enter")
    code(page, 1).press("Shift+Enter")
    code(page, 2).press("Shift+Enter")  # it is running already
    shown = page.get_by_text("on the way", exact=True)
    expect(shown).to_have_count(1, timeout=MINUTE)
    expect(status(page, 2)).to_have_text("Running")
    expect(status(page, 1)).to_have_text("Waiting")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(status(page, 2)).to_have_text(re.compile("^Stopped"))
    expect(status(page, 1)).to_have_text("Not run")
    assert in_page(page)[1] == ["on the way"]


@pytest.fixture(scope="class")
def live(browser, site):
    """A page that was opened from the folder and made live."""
    reader = Reader(browser)
    make_live(reader, f"{site.as_uri()}/chapters/{PAGE}.html")
    yield reader
    reader.page.context.close()


IN_REACH = """() => [...document.querySelectorAll("pre")].every(
  (one) => one.scrollWidth <= one.clientWidth || one.tabIndex === 0)"""


class TestLive:
    def test_an_error_shows_the_line_and_ends_the_queue(self, live):
        number = FIRST["predicted"]
        code(live.page, number).fill("print('so far')\nf = 1\nf.oops")
        live.page.get_by_role("button", name="Run all cells").click()
        has_run(live.page, number)
        printed, error = in_page(live.page)[number - 1]
        assert printed == "so far"
        assert error.splitlines()[1:3] == [
            f'  File "cell {number}", line 3, in <module>',
            "    f.oops",
        ]
        assert error.endswith(
            "AttributeError: 'int' object has no attribute 'oops'"
        )
        expect(status(live.page, number)).to_have_text(re.compile("^An error"))
        fold = live.page.locator("details.fold-predict").first
        expect(fold).to_have_attribute("open", "")
        waiting = live.page.get_by_text("Waiting", exact=True)
        expect(waiting).to_have_count(0)
        part(live.page, number, "button", name="Reset").click()

    def test_the_stored_output_stays_until_the_new_one_is_there(self, live):
        number = FIRST["stepper"]
        before = in_page(live.page)[number - 1]
        code(live.page, number).fill("sum(range(30_000_000))\n7")
        code(live.page, number).press("Shift+Enter")
        expect(status(live.page, number)).to_have_text("Running")
        assert in_page(live.page)[number - 1] == before
        has_run(live.page, number)
        assert in_page(live.page)[number - 1] == ["7"]
        part(live.page, number, "button", name="Reset").click()
        assert in_page(live.page)[number - 1] == before

    def test_predictions_stay_closed_when_others_run_their_cells(self, live):
        for fold in live.page.locator("details.fold-predict").all():
            fold.evaluate("one => one.open = false")
        number = FIRST["predicted"]
        part(live.page, number + 1, "button", name="Run all above").click()
        has_run(live.page, number)
        opened = live.page.locator("details.fold-predict[open]")
        expect(opened).to_have_count(0)
        run(live.page, number)
        expect(opened).to_have_count(1)

    def test_a_double_click_runs_a_cell_once(self, live):
        code(live.page, 1).fill("sum(range(30_000_000))")
        part(live.page, 1, "button", name="Run", exact=True).dblclick()
        has_run(live.page, 1)
        assert status(live.page, 1).text_content().startswith("Ran")
        part(live.page, 1, "button", name="Reset").click()

    def test_a_check_works_without_the_cells_above(self, live):
        live.page.reload()
        make_live(live, live.page.url)
        number = min(
            number
            for number, cell in enumerate(code_cells(PAGE), 1)
            if "check_exercise(" in "".join(cell["source"])
            and "import" not in "".join(cell["source"])
        )
        part(live.page, number, "button", name="Check").click()
        has_run(live.page, number)
        assert "not yet" in in_page(live.page)[number - 1][0]

    def test_where_it_ended_is_said_at_the_button(self, live):
        code(live.page, 1).fill("oops")
        part(live.page, 3, "button", name="Run all above").click()
        expect(status(live.page, 3)).to_have_text("It ended at cell 1")
        code(live.page, 1).fill("while True: pass")
        part(live.page, 3, "button", name="Run all above").click()
        expect(status(live.page, 1)).to_have_text("Running", timeout=MINUTE)
        part(live.page, 1, "button", name="Stop", exact=True).click()
        expect(status(live.page, 3)).to_have_text("It ended at cell 1")
        part(live.page, 1, "button", name="Reset").click()

    def test_an_output_of_other_code_says_so(self, live):
        number = FIRST["predicted"]
        old = live.page.locator(".cell_output.old")
        expect(old).to_have_count(0)
        code(live.page, number).fill("sum(range(30_000_000))\n7")
        expect(old).to_have_count(1)
        code(live.page, number).press("Shift+Enter")
        expect(status(live.page, number)).to_have_text("Running")
        code(live.page, number).fill("8")
        has_run(live.page, number)
        assert in_page(live.page)[number - 1] == ["7"]
        expect(old).to_have_count(1)
        run(live.page, number)
        expect(old).to_have_count(0)
        part(live.page, number, "button", name="Reset").click()
        expect(old).to_have_count(0)

    def test_all_above_are_run(self, live):
        number = FIRST["graph"]
        code(live.page, 1).fill("above = 'run'")
        code(live.page, number).fill("above")
        run_from_the_top(live.page, number)
        assert in_page(live.page)[number - 1] == ["'run'"]
        for changed in (1, number):
            part(live.page, changed, "button", name="Reset").click()

    def test_tab_indents_and_after_escape_it_leaves(self, live):
        box = code(live.page, FIRST["predicted"])
        original = box.input_value()
        box.fill("")
        box.press_sequentially("for i in range(3):\nprint(i)\n")
        box.press("Tab")
        box.press_sequentially("print(-i)")
        typed = "for i in range(3):\n    print(i)\n        print(-i)"
        assert box.input_value() == typed
        box.press("Control+z")
        assert box.input_value() != typed
        box.fill(original)
        for keys in (["Escape", "Tab"], ["Shift+Tab"]):
            box.focus()
            for key in keys:
                box.press(key)
            expect(box).not_to_be_focused()
        assert box.input_value() == original

    def test_another_host_is_asked_only_for_who_agrees(self, live):
        run_from_the_top(live.page, FIRST["plot"])
        before = in_page(live.page)[FIRST["plot"] - 1]
        assert before[0] == "an offer"
        assert "cdn" not in "".join(live.asked)
        live.page.get_by_role("button", name="Fetch them").click()
        problem = re.compile("^matplotlib and numpy cannot be fetched now")
        mark = status(live.page, FIRST["plot"])
        expect(mark).to_have_text(problem, timeout=MINUTE)
        outside = [url for url in live.asked if url.startswith("http")]
        assert outside and all(url.startswith(HOST) for url in outside)
        assert in_page(live.page)[FIRST["plot"] - 1] == before
        run_from_the_top(live.page, FIRST["graph"])
        after = re.compile("^Not done, after")
        expect(status(live.page, FIRST["plot"])).to_have_text(after)

    def test_an_expression_of_ones_own(self, live):
        number = FIRST["own expression"]
        source = code_cells(PAGE)[number - 1]["source"]
        source = "".join(source).replace("a * b", "a / c")
        run(live.page, number, source)
        words = "ValueError: 'a / c + tanh(a)' says: name 'c' is not defined"
        assert in_page(live.page)[number - 1][0].endswith(words)
        own = "from micrograd.practice import own_expression\n\nown_expression"
        run(live.page, number, own + "('a = 3; a * a', bug='assigns')")
        cell = live.page.locator(".cell", has=code(live.page, number))
        right, wrong = cell.locator(".stepper").all()
        last = "li:last-child"
        assert "a.grad = 6" in right.locator(last).text_content()
        assert "a.grad = 3" in wrong.locator(last).text_content()
        run(live.page, number, own + "('a = 3; a * a', way='by hand')")
        expect(cell.locator(".be-backward input").first).to_be_visible()
        expect(cell.locator(".stepper")).to_have_count(0)
        part(live.page, number, "button", name="Reset").click()

    def test_it_looks_right(self, live):
        for kind in ("graph", "plot"):
            run_from_the_top(live.page, FIRST[kind])
        run(live.page, FIRST["predicted"], "print('so far')\nf.oops")
        assert looked_at(live.page, "desktop", ["light", "dark"]) == []
        live.page.set_viewport_size(PHONE)
        live.page.wait_for_function(IN_REACH)  # the theme's script
        assert looked_at(live.page, "phone", ["light"]) == []
        assert controls_on_paper(live.page) == []
        live.page.set_viewport_size(DESKTOP)
        live.page.emulate_media(media="screen", color_scheme="light")

    def test_python_starts_anew_when_it_was_stopped(self, live):
        run(live.page, 1, "f = 1")
        run(live.page, 3, "f")
        an_endless_loop_is_stopped(live.page)
        expect(status(live.page, 3)).to_have_text("")
        run(live.page, 2, "1 + 1")
        assert in_page(live.page)[1] == ["2"]
        run(live.page, 3)
        error = in_page(live.page)[2][0]
        assert "NameError: name 'f' is not defined" in error

    def test_what_is_typed_is_kept_until_it_is_reset(self, live):
        number = FIRST["predicted"]
        part(live.page, number, "button", name="Reset").click()
        original = code(live.page, number).input_value()
        code(live.page, number).fill("print(1)\n2")
        live.page.reload()
        before = in_page(live.page)[number - 1]
        make_live(live, live.page.url, is_new=False)
        assert code(live.page, number).input_value() == "print(1)\n2"
        assert in_page(live.page)[number - 1] == before
        reset = part(live.page, number, "button", name="Reset")
        reset.click()
        assert code(live.page, number).input_value() == original
        assert in_page(live.page)[number - 1] == before
        expect(reset).to_be_disabled()
        expect(status(live.page, number)).to_have_text("")
        code(live.page, number).press("Control+z")
        assert code(live.page, number).input_value() == "print(1)\n2"
        reset.click()
        kept = live.page.evaluate("Object.keys(localStorage)")
        assert f"cell {number} " not in "".join(kept)


class TestWithoutALivePage:
    PROBLEM = re.compile("^Python cannot start on this page: it needs ")

    def says(self, page, more):
        mark = page.locator(".live-start").get_by_role("status")
        expect(mark).to_have_text(self.PROBLEM)
        expect(mark).to_contain_text(more)

    def test_a_browser_without_workers_says_so(self, browser, root):
        reader = Reader(browser)
        reader.page.add_init_script("delete window.Worker")
        page = make_live(reader, f"{root}chapters/{PAGE}.html")
        self.says(page, "Worker is not defined")

    def test_a_page_that_may_start_no_worker_says_so(self, browser, root):
        policy = "<meta http-equiv=Content-Security-Policy content=worker-src>"
        reader = Reader(browser)
        address = f"{root}chapters/{PAGE}.html"

        def answer(route):
            response = route.fetch()
            body = response.text().replace("<head>", "<head>" + policy)
            route.fulfill(response=response, body=body)

        reader.page.route(address, answer)
        page = make_live(reader, address)
        self.says(page, "this browser lets no page start a worker")

    @pytest.mark.parametrize(
        ("name", "more"),
        [
            ("page.js", "the book's folder live"),  # the button itself says so
            ("files.js", "(live/files.js cannot be loaded)"),
        ],
    )
    def test_a_missing_file_is_told(self, browser, root, name, more):
        reader = Reader(browser)
        reader.page.route(f"**/live/{name}", lambda route: route.abort())
        page = make_live(reader, f"{root}chapters/{PAGE}.html")
        self.says(page, more)
        reader.page.unroute(f"**/live/{name}")
        again = re.compile("Try again|Make this page live")
        page.get_by_role("button", name=again).click()
        if name != "page.js":  # the page is loaded anew
            page.get_by_role("button", name="Make this page live").click()
        mark = page.locator(".live-start").get_by_role("status")
        expect(mark).to_have_text("Python is ready", timeout=MINUTE)


# matplotlib for Pyodide is at no place that the tests can reach. This one does
# what a plot needs: it is there to be fetched, and it draws nothing but a line.
FAKE = """
import sys
from unittest.mock import MagicMock

class Figure(MagicMock):
    def subfigures(self, *args, **kwargs):
        return [[MagicMock()]]

    def savefig(self, file, format, dpi, metadata):
        file.write(b"<svg><text x='1'>fetched</text></svg>")

rc_context = lambda style: lambda function: function
for name in ("axes", "colors", "figure", "ticker"):
    sys.modules["matplotlib." + name] = MagicMock()
sys.modules["matplotlib.figure"].Figure = Figure
"""


def wheel():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("matplotlib/__init__.py", FAKE)
        about = "matplotlib-3.8.4.dist-info"
        archive.writestr(f"{about}/METADATA", "Name: matplotlib\n")
        archive.writestr(f"{about}/RECORD", "")
    return packed.getvalue()


def with_wheel(script, content):
    """files.js, in which Pyodide's lock has another wheel for matplotlib."""
    files = json.loads(script.removeprefix("liveFiles = ").rstrip(";\n"))
    lock = json.loads(decompress(b64decode(files["pyodide-lock.json"])))
    it = lock["packages"]["matplotlib"]
    it |= {"depends": [], "sha256": hashlib.sha256(content).hexdigest()}
    packed = compress(json.dumps(lock).encode())
    files["pyodide-lock.json"] = b64encode(packed).decode()
    return f"liveFiles = {json.dumps(files)};", it["file_name"]


def test_plots_are_drawn_when_matplotlib_was_fetched(browser, site, root):
    content = wheel()
    script = (site / "live/files.js").read_text("utf-8")
    script, name = with_wheel(script, content)
    reader = Reader(browser)
    headers = {"Access-Control-Allow-Origin": "*"}
    context = reader.page.context
    context.route(
        HOST + name, lambda r: r.fulfill(body=content, headers=headers)
    )
    context.route("**/live/files.js", lambda route: route.fulfill(body=script))
    page = make_live(reader, f"{root}chapters/{PAGE}.html")
    number = FIRST["plot"]
    run(page, 1, "from micrograd.plot import plot_check_error")
    run(page, number, "plot_check_error([0.1, 0.01], [0.2, 0.3])")
    assert in_page(page)[number - 1][0] == "an offer"
    page.get_by_role("button", name="Fetch them").click()
    has_run(page, number)
    assert in_page(page)[number - 1] == [["fetched"]]
    assert HOST + name in reader.asked
    run(page, 2, "plot_check_error([0.1, 0.01], [0.2, 0.3])")
    assert in_page(page)[1] == [["fetched"]]
