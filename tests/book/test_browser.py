"""The built book as a reader meets it, in the system's Chromium.

Every page is opened once and looked at on a desktop, in the dark and on a
phone. DAMAGE shows that the intricate checks find what they are for.
"""
# ruff: noqa: E402 (the imports are of what may be missing)

import re
from base64 import b64encode
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from urllib.parse import quote, urlsplit

import matplotlib
import pytest
import yaml
from build_book import ROOT
from need_browser import skip_without_browser

skip_without_browser()

from axe_playwright_python.base import AXE_SCRIPT
from chromium import find_chromium
from PIL import Image
from playwright.sync_api import expect, sync_playwright
from print_pdf import page_names

from micrograd import Neuron, Value, draw_graph, palette
from micrograd.graph import nodes
from micrograd.practice import (
    animate_backward,
    animate_order,
    be_backward,
    drill,
)
from micrograd.practice.be_backward import JS
from micrograd.practice.drill import shape
from micrograd.practice.mistakes import wrong_answers
from micrograd.practice.stepper import PAGE

TOC = yaml.safe_load((ROOT / "_toc.yml").read_text())
A_MODULE = "_modules/micrograd/gradcheck"  # all modules' pages are alike
NAMES = [*page_names(TOC), "search", A_MODULE]
FOLDS, LISTINGS = "chapters/04_xor_training", "chapters/05_loss_curve"
STEPPER = "chapters/06_graph_view"
# Nothing leaves this machine
FLAGS = ["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


class QuietHandler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection serves many files
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass


@contextmanager
def served(folder):
    handler = partial(QuietHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Reader:
    """A tab, with what it asked for and complained of since a visit began."""

    def __init__(self, browser, **options):
        # With reduced motion, nothing is seen half-way
        context = browser.new_context(reduced_motion="reduce", **options)
        context.set_default_timeout(10_000)
        self.page = context.new_page()
        self.asked, self.errors = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self.listen)

    def listen(self, message):
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def visit(self, address, size=DESKTOP, scheme="light"):
        self.page.context.clear_cookies()
        self.page.emulate_media(media="screen", color_scheme=scheme)
        self.page.set_viewport_size(size)
        self.asked.clear()
        self.errors.clear()
        self.page.goto(address)
        return self.page


@pytest.fixture(scope="module")
def browser():
    path = find_chromium()
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=FLAGS)


@pytest.fixture(scope="module")
def reader(browser):
    return Reader(browser)


@pytest.fixture(scope="module")
def root(site):
    with served(site) as address:
        yield address


# Checks for every page


def problems(reader):
    """All that is wrong with a page that was visited a moment ago."""
    page = reader.page
    found = too_heavy(page) + asks_or_keeps(reader)
    found += looked_at(page, "desktop", ["light", "dark"])
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    page.reload()  # the theme's scripts ask for the size when they start
    found += looked_at(page, "phone", ["light"])
    return found + controls_on_paper(page) + reader.errors


def looked_at(page, screen, modes):
    page.evaluate(UNFOLD)
    page.evaluate(THIN_OUT)
    page.evaluate(AXE_SCRIPT)
    page.add_style_tag(content="* { transition: none !important }")
    page.keyboard.press("Tab")  # from here on, focus is shown
    found = []
    for mode in modes:
        page.emulate_media(color_scheme=mode)
        page.wait_for_function(IS_IN_MODE, arg=mode)  # the theme's script
        for check in (too_wide, without_visible_focus, inaccessible):
            found += [f"{screen}, {mode}: {line}" for line in check(page)]
    return found


def too_heavy(page):
    """More than 2 MB with all its files, whether they are cached or not."""
    size = page.evaluate("""() => performance.getEntries().reduce(
        (sum, entry) => sum + (entry.encodedBodySize ?? 0), 0)""")
    return [f"{size / 1e6:.1f} MB"] if size > 2e6 else []


def asks_or_keeps(reader):
    """Another host, a cookie, or more than that no mode was chosen."""
    kept = reader.page.evaluate("Object.entries(localStorage)")
    allowed = [["mode", "auto"], ["theme", "light"]]
    return [
        *[url for url in reader.asked if urlsplit(url).hostname != "127.0.0.1"],
        *[f"cookie: {cookie}" for cookie in reader.page.context.cookies()],
        *[f"kept: {pair}" for pair in kept if pair not in allowed],
    ]


UNFOLD = """() => { for (const one of document.querySelectorAll("details"))
  one.open = true }"""

IS_IN_MODE = """mode => {
  const { theme } = document.documentElement.dataset;
  return theme === undefined || theme === mode }"""

# Of the words in listings that look alike, one is left: axe looks at each
# word's contrast, which takes minutes for the source in full.
THIN_OUT = """() => {
  const seen = new Set();
  for (const pre of document.querySelectorAll("pre")) {
    let place = "";
    for (let one = pre; one; one = one.parentElement) place += one.className;
    for (const word of pre.querySelectorAll("span")) {
      const kind = place + word.className;
      if (seen.has(kind)) word.replaceWith(...word.childNodes);
      seen.add(kind);
    }
  }
}"""


def too_wide(page):
    width, screen = page.evaluate("""() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth]""")
    return [f"{width} px wide"] if width > screen else []


FOCUS = """() => {
  const look = (one) => {
    const {boxShadow, outlineStyle, outline} = getComputedStyle(one);
    return boxShadow + (outlineStyle === "none" ? "" : outline);
  };
  const problem = (stop) => {
    const before = look(stop);
    stop.focus();
    const {left, right} = stop.getBoundingClientRect();
    if (document.activeElement !== stop) return "not reached";
    if (!stop.checkVisibility({opacityProperty: true})) return "not visible";
    if (look(stop) === before) return "looks as without focus";
    if (right <= 0 || left >= innerWidth) return "beside the screen";
  };
  document.activeElement.blur();
  return [...document.querySelectorAll(
      "a[href], button, summary, input, select, [tabindex]")]
    .filter((stop) => stop.tabIndex >= 0 && !stop.disabled
      && stop.checkVisibility({visibilityProperty: true}))
    .map((stop) => [problem(stop), stop.outerHTML.slice(0, 90)])
    .filter(([problem]) => problem)
    .map((pair) => pair.join(": "));
}"""


def without_visible_focus(page):
    """What is in reach of the keyboard, and one does not see where one is."""
    return page.evaluate(FOCUS)


def inaccessible(page):
    """What axe finds: contrast, names, landmarks, what scrolls by keyboard.

    It sees the card of a term, too, since that is open on focus.
    """
    return page.evaluate("""async () => {
      document.querySelector(".term > dfn")?.focus();
      const options = {resultTypes: ["violations"], preload: false};
      const {violations} = await axe.run(options);
      return violations.flatMap((rule) => rule.nodes.map(
        (node) => rule.id + ": " + node.html.slice(0, 90)));
    }""")


def controls_on_paper(page):
    page.set_viewport_size(DESKTOP)
    page.emulate_media(media="print")
    controls = page.locator("nav, button, .bd-sidebar, .controls")
    return [
        f"on paper: {html}"
        for html in controls.filter(visible=True).evaluate_all(
            "all => all.map(one => one.outerHTML.slice(0, 90))"
        )
    ]


class TestEachPage:
    @pytest.mark.parametrize("name", NAMES)
    def test_page(self, reader, root, name):
        reader.visit(f"{root}{name}.html")
        assert problems(reader) == []


# The stepper

SIGN = '<figure class="practice stepper"'


def steppers_that_fail(page):
    """What goes wrong by mouse, by keyboard, by the slider, and in playing."""
    blocks = page.locator(".stepper").all()
    return [problem for block in blocks for problem in moves_that_fail(block)]


def moves_that_fail(block):
    slider = block.locator("input")
    steps = block.locator("li").all_text_contents()
    later = 2 * len(steps) // 3

    def button(name):
        return block.get_by_role("button", name=name).click

    def play():
        button("Play")()
        expect(slider).to_have_value("1", timeout=3000)
        button("Pause")()

    found = []
    for name, move, step in (
        ("First", button("First"), 0),
        ("Forward", button("Forward"), 1),
        ("Last", button("Last"), -1),
        ("Back", button("Back"), -2),
        ("the slider", partial(slider.fill, str(later)), later),
        ("Home", partial(slider.press, "Home"), 0),
        ("Play", play, 1),
        ("ArrowRight", partial(slider.press, "ArrowRight"), 2),
        ("ArrowLeft", partial(slider.press, "ArrowLeft"), 1),
        ("End", partial(slider.press, "End"), -1),
    ):
        move()
        title = f"Step {step % len(steps) + 1} of {len(steps)}(, .* pass)?"
        shown = block.locator(".now").text_content()
        if not re.fullmatch(title + re.escape(steps[step]), shown):
            found.append(f"{name} leads to {shown}")
        found += [f"{name}: {text}" for text in block.evaluate(NOT_SHOWN, step)]
    return found


# What the items up to a step tell, and one of the pictures does not show
NOT_SHOWN = """(block, step) => {
  const items = [...block.querySelectorAll("li")];
  const { nodes, waiting, done } = items.at(step).dataset;
  const notes = new Map(items.slice(0, (step < 0 ? items.length : 0) + step + 1)
    .flatMap((item) => item.dataset.notes?.split("; ") ?? [])
    .map((pair) => pair.split("=")));
  const found = [];
  for (const svg of block.querySelectorAll("svg")) {
    const kinds = { marked: nodes, waiting, done };
    for (const [kind, told] of Object.entries(kinds)) {
      const shown = [...svg.querySelectorAll(`.node.${kind}[data-node]`)]
        .map((node) => node.dataset.node);
      if (shown.sort().join() !== (told?.split(" ") ?? []).sort().join())
        found.push(`${kind}: ${shown}`);
    }
    for (const [node, note] of notes) {
      const text = svg.querySelector(`[data-node="${node}"] .note`);
      const { visibility } = getComputedStyle(text);
      if (text.textContent !== note || visibility !== "visible")
        found.push(note);
    }
  }
  return found;
}"""


def steppers_in_motion(page):
    """What moves though the reader's system asks for no motion."""
    for button in page.get_by_role("button", name="Forward").all():
        button.click()
    return page.evaluate("""() => document.getAnimations()
      .map((one) => one.effect.target)
      .filter((one) => one.closest(".stepper")).map((one) => one.outerHTML)""")


@pytest.fixture
def three_steppers(tmp_path):
    """The address of a page of its own with three steppers."""
    a = Value(3.0, label="a")
    animate_backward(a * a + a).save(tmp_path / "three.html")
    other = animate_backward(Neuron(2)([1, 2]))._repr_html_()
    other += animate_order((b := a * 2) * b + a.tanh() + a.exp())._repr_html_()
    text = (tmp_path / "three.html").read_text("utf-8")
    text = text.replace("</main>", other + "</main>")
    (tmp_path / "three.html").write_text(text, "utf-8")
    (tmp_path / "favicon.ico").touch()  # the browser asks for it
    with served(tmp_path) as address:
        yield f"{address}three.html"


# How a search draws the inner nodes that it visits, that wait and are done,
# and the rest
LOOKS = """(block) => [".marked", ".waiting:not(.marked)", ".done:not(.marked)",
    ":not(.marked, .waiting, .done)"].map((kind) => {
  const box = block.querySelector(`.node${kind}:not(.leaf) rect`);
  const { fill, stroke, strokeDasharray, strokeWidth } = getComputedStyle(box);
  return [fill, stroke, strokeDasharray, strokeWidth].join(" ");
})"""


class TestSteppers:
    def test_all_of_the_book_obey(self, reader, root, site):
        pages = [f"{name}.html" for name in NAMES]
        signs = [(site / page).read_text().count(SIGN) for page in pages]
        assert sum(signs) > 2
        for page, number in zip(pages, signs):
            if number:
                assert steppers_that_fail(reader.visit(root + page)) == []

    def test_on_a_page_of_its_own(self, reader, three_steppers):
        page = reader.visit(three_steppers)
        assert steppers_that_fail(page) == []
        assert steppers_in_motion(page) == []
        assert problems(reader) == []

    def test_a_phone_shows_the_upright_picture(self, reader, three_steppers):
        page = reader.visit(three_steppers)
        for size, form in (DESKTOP, "wide"), (PHONE, "upright"):
            page.set_viewport_size(size)
            for block in page.locator(".stepper").all():
                pictures = block.locator(".frame > svg").filter(visible=True)
                assert pictures.count() == 1
                assert pictures.get_attribute("class") in (form, "only")
        assert page.locator(".upright").count() == 1

    def test_a_search_shows_where_it_is(self, reader, three_steppers):
        block = reader.visit(three_steppers).locator(".stepper").last
        block.locator("input").fill("9")
        assert block.locator(".legend").is_visible()
        assert len(set(block.evaluate(LOOKS))) == 4

    def test_without_scripts_there_are_the_end_and_all_steps(
        self, browser, root
    ):
        plain = Reader(browser, java_script_enabled=False)
        page = plain.visit(f"{root}{STEPPER}.html")
        for text in page.locator("h1, .stepper .wide, .stepper li").all():
            assert text.is_visible()
        page.set_viewport_size(PHONE)
        assert page.locator(".stepper .upright").is_visible()
        assert not page.locator(".stepper .wide").is_visible()
        assert not page.locator(".stepper .controls").is_visible()


# The backward pass, and its drill


def diamond():
    x = Value(1.0, label="x")
    u = x * 2
    left, right = u * 3, u * 4
    y = left - right
    for node, label in zip((u, left, right, y), ("u", "left", "right", "y")):
        node.label = label
    return y


@pytest.fixture(scope="module")
def the_drill():
    return drill()


@pytest.fixture(scope="module")
def passes(tmp_path_factory, the_drill):
    """The address of a page with two backward passes and two drills."""
    folder = tmp_path_factory.mktemp("passes")
    a, b = Value(1.3, label="a"), Value(-1 / 3, label="b")
    outputs = [be_backward(diamond()), be_backward((a * b + a).tanh())]
    html = "".join(x._repr_html_() for x in [*outputs, the_drill, the_drill])
    (folder / "index.html").write_text(PAGE.format("Passes", html), "utf-8")
    (folder / "favicon.ico").touch()
    with served(folder) as address:
        yield address


def field(block, name):
    box = block.locator(".box").filter(has_text=re.compile(f"^{name}data"))
    return box.locator("input")


def answer(block, name, text):
    """Type a number, press Enter, and return what the page says to it."""
    field(block, name).fill(text)
    field(block, name).press("Enter")
    return block.locator(".now").text_content()


# Numbers for the diamond, in their order, and what is said to each
JUDGED = [
    ("y", "-2", "Not yet. That is the value of y."),
    ("y", "7", "Not yet. The gradient of the result is where it all begins"),
    ("left", "5", "Not yet. left waits for the gradient of y."),
    ("y", "1", "Right. y.grad = 1."),
    ("right", "1", "Not yet. A sign:"),
    ("right", "one", "Not a number. Type one, or a sum of products"),
    ("right", "2*", "Not a number. Type one, or a sum of products"),
    ("left", "-1", "Not yet. The size is right, and the sign is not."),
    ("left", "1,0", "Right. left.grad = 1."),
    (
        "u",
        "3",
        "Not yet. u has its share from left, 3; right still owes a share",
    ),
    ("u", "-4", "Not yet. u has its share from right, -4; left still owes 3."),
    ("v2", "3", "Not yet. That is what v2 would get if its local derivative"),
    ("right", "−1", "Right. right.grad = -1."),
    ("u", "3", "Not yet. That is one share alone: the last"),
    ("u", "-4", "Not yet. u has its share from right, -4; left still owes 3."),
    ("u", "9", "Not yet. u gets from right and left the local derivative"),
    ("x", "2*-1", "Right. x.grad = -2. You worked ahead of u."),
    ("u", "3*1 - 4*1", "Right. u.grad = -1."),
    ("v1", "-1", "Right. v1.grad = -1."),
    ("v2", "+2", "Right. v2.grad = 2."),
    ("v3", "2", "Not yet. The size is right, and the sign is not."),
    ("v3", "-2", "Done. All 8 gradients are right, with 12 wrong numbers"),
]


def engines_gradients(block):
    """The gradients of the graph in a drill, by name, as the engine has them.

    The graph is read from the names of its fields, as a screen reader would.
    """
    values = {}
    fields = block.locator(".box input").all()
    texts = [one.get_attribute("aria-label") for one in fields]
    for text in reversed(texts):
        how, data, _ = text.removeprefix("Gradient of ").split(", ", 2)
        name, _, formula = how.partition(" = ")
        formula = re.sub(r"ReLU\((\w+)\)", r"\1.relu()", formula)
        number = float(data.removeprefix("data "))
        values[name] = eval(formula, {}, values) if formula else Value(number)
        assert values[name].data == number
    values["y"].backward()
    return {name: f"{value.grad:g}" for name, value in values.items()}


def solve(block):
    for name, gradient in engines_gradients(block).items():
        answer(block, name, gradient)
    assert block.locator(".now").text_content().startswith("Done.")


ARITHMETIC = (
    "(cases) => {"
    + JS
    + """
  return cases.map(([graph, leaves]) => {
    forward(graph, leaves);
    const gradients = backward(graph);
    const wrong = graph.map((_, x) => wrongAnswers(graph, gradients, x));
    return [graph.map(({ data }) => data), gradients, wrong];
  });
}"""
)


class TestBackwardPasses:
    def test_what_is_said_to_numbers(self, reader, passes):
        block = reader.visit(passes).locator(".be-backward").first
        for name, number, wanted in JUDGED:
            assert answer(block, name, number).startswith(wanted)
            right = wanted.startswith(("Right", "Done"))
            invalid = field(block, name).get_attribute("aria-invalid")
            assert (invalid == "true") is wanted.startswith("Not yet")
            assert field(block, name).get_attribute("readonly") == (
                "" if right else None
            )
        assert field(block, "x").input_value() == "grad -2"
        block.get_by_role("button", name="Start again").click()
        assert block.locator(".now").text_content().startswith("How fast does")
        assert field(block, "y").input_value() == ""
        expect(field(block, "y")).to_be_focused()

    def test_a_number_with_many_digits_needs_four(self, reader, passes):
        block = reader.visit(passes).locator(".be-backward").nth(1)
        answer(block, "v3", "1")
        assert "close" in answer(block, "v2", "0.51")
        assert answer(block, "v2", "0.5105").startswith("Right.")

    def test_every_text_is_within_its_box(self, browser):
        roots = [Value(x, label=y).exp() for x in (8.726e-6, 8) for y in LABELS]
        page = Reader(browser).page
        blocks = [be_backward(root)._repr_html_() for root in roots]
        page.set_content("".join(blocks))
        page.add_style_tag(content=wide_font().replace("svg text", ".box *"))
        assert page.evaluate(OUT_OF_BOXES) == []

    def test_by_keyboard_alone(self, reader, passes):
        page = reader.visit(passes)
        page.keyboard.press("Tab")  # the frame, which scrolls
        for gradient in "1", "-1", "-2", "1", "2", "-1", "-1", "-2":
            page.keyboard.press("Tab")
            page.keyboard.type(gradient)
            page.keyboard.press("Enter")
        now = page.locator(".be-backward .now").first
        assert now.text_content() == (
            "Done. All 8 gradients are right, without a wrong number or a hint."
        )
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.text_content() == "Hint"

    def test_leaving_a_field_checks_it_once(self, reader, passes):
        page = reader.visit(passes)
        block = page.locator(".be-backward").first
        field(block, "y").fill("14")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        field(block, "left").press_sequentially("14")
        page.keyboard.press("Tab")
        assert "left waits" in block.locator(".now").text_content()
        for name, gradient in engines_gradients(block).items():
            answer(block, name, gradient)
        assert "2 wrong numbers" in block.locator(".now").text_content()

    @pytest.mark.parametrize("number", [0, 1])
    def test_hints_lead_through_and_are_the_answers(
        self, reader, passes, number
    ):
        block = reader.visit(passes).locator(".be-backward").nth(number)
        hint = block.get_by_role("button", name="Hint")
        answers = block.locator("li").all_text_contents()
        assert len(answers) > 4
        for text in answers:
            hint.click()
            shown = block.locator(".now").text_content()
            arithmetic, _, total = text.rpartition(" = ")
            known = arithmetic if " = " in arithmetic else text
            assert shown == f"Hint. {known}"
            focused = block.locator(":focus")
            assert focused.locator("..").evaluate(
                "box => box.classList.contains('hinted')"
            )
            focused.fill(total)
            focused.press("Enter")
        assert "Done." in block.locator(".now").text_content()
        hint.click()
        assert "Done." in block.locator(".now").text_content()

    def test_local_derivatives_are_shown_on_demand(self, reader, passes):
        block = reader.visit(passes).locator(".be-backward").first
        numbers = block.locator("text[data-from]")
        assert numbers.filter(visible=True).count() == 0
        answer(block, "y", "1")
        answer(block, "left", "1")
        assert numbers.filter(visible=True).all_text_contents() == ["1"]
        block.get_by_label("Show the local derivatives").check()
        seen = numbers.filter(visible=True).all_text_contents()
        assert sorted(seen) == sorted(["2", "1", "3", "2", "4", "2", "1", "-1"])

    def test_the_arithmetic_is_the_engines(self, reader, the_drill):
        cases, wanted = [], []
        for program in [p for level in the_drill.programs for p in level]:
            for start in -4, -1, 2:
                leaves = [start + 3 * i for i in range(program.leaves)]
                root = program.root(leaves)
                drawn = nodes(root)
                order = [node.data for node in drawn if not node._prev]
                root.backward()
                gradients = [node.grad for node in drawn]
                wrong = wrong_answers(drawn, gradients)
                cases.append((shape(program)["graph"], order))
                wanted.append(([x.data for x in drawn], gradients, wrong))
        page = reader.visit("about:blank")
        found = page.evaluate(ARITHMETIC, cases)
        assert len(found) == len(wanted) > 200
        for (data, gradients, wrong), right in zip(found, wanted):
            assert (data, gradients) == right[:2]
            for answers, its_right, grad in zip(wrong, right[2], gradients):
                told = {key: x for key, x in answers.items() if x != grad}
                assert told == {
                    key: x for key, x in its_right.items() if key in answers
                }
                assert its_right.keys() - answers.keys() <= TANH

    @pytest.mark.parametrize("level", [1, 2, 3])
    def test_the_drill_goes_on_and_counts(self, browser, passes, level):
        reader = Reader(browser)
        page = reader.visit(passes)
        block = page.locator(".drill").first
        block.get_by_label(f"{level}:").check()
        assert page.evaluate("localStorage.length") == 0
        graphs = set()
        for number in range(1, 6):
            solve(block)
            graphs.add(str(engines_gradients(block)))
            score = f"In a row: {number}. Best: {number}."
            expect(block.locator(".score span")).to_have_text(score)
            expect(page.locator(":focus")).to_have_text("Another graph")
            page.keyboard.press("Enter")
            expect(field(block, "y")).to_be_focused()
        assert len(graphs) > 1
        page.reload()
        block = page.locator(".drill").first
        score = block.locator(".score span")
        expect(score).to_have_text("In a row: 5. Best: 5.")
        answer(block, "y", "1")
        answer(block, "a", "1000")
        expect(score).to_have_text("In a row: 0. Best: 5.")
        for name, gradient in engines_gradients(block).items():
            if name != "y":
                answer(block, name, gradient)
        expect(score).to_have_text("In a row: 0. Best: 5.")
        block.get_by_role("button", name="Forget it").click()
        expect(score).to_have_text("In a row: 0. Best: 0.")
        assert page.evaluate("localStorage.length") == 0
        assert reader.errors == []

    def test_a_hint_ends_the_row(self, browser, passes):
        page = Reader(browser).visit(passes)
        block = page.locator(".drill").first
        solve(block)
        block.get_by_role("button", name="Another graph").click()
        block.get_by_role("button", name="Hint").click()
        score = block.locator(".score span")
        expect(score).to_have_text("In a row: 0. Best: 1.")

    def test_the_numbers_of_the_drill_are_small(self, reader, passes):
        page = reader.visit(passes)
        block = page.locator(".drill").first
        for level in block.locator(".levels input").all():
            level.check()
            largest = block.evaluate(LARGEST_OF_MANY)
            assert 9 < largest <= 60

    def test_levels_of_two_drills_are_apart(self, reader, passes):
        page = reader.visit(passes)
        first, second = page.locator(".drill").all()
        first.get_by_label("3:").check()
        expect(second.get_by_label("1:")).to_be_checked()
        expect(first.get_by_label("3:")).to_be_checked()

    def test_on_any_screen(self, reader, passes):
        reader.visit(passes)
        assert problems(reader) == []
        page = reader.visit(passes, PHONE)
        for block in page.locator(".be-backward").all():
            frame = block.locator(".frame")
            assert frame.evaluate("x => x.scrollWidth <= x.clientWidth")
            form = frame.locator("svg").bounding_box()
            assert form["height"] > form["width"]
        page.set_viewport_size(DESKTOP)
        form = page.locator(".be-backward .frame svg").first
        page.wait_for_timeout(200)
        assert form.bounding_box()["width"] > form.bounding_box()["height"]

    def test_nothing_moves_for_who_wants_no_motion(self, reader, passes):
        block = reader.visit(passes).locator(".be-backward").first
        answer(block, "y", "1")
        assert (
            block.evaluate("""(block) => document.getAnimations().filter(
            (one) => block.contains(one.effect.target)).length""")
            == 0
        )

    def test_without_scripts_there_are_the_tasks_and_the_answers(
        self, browser, passes, the_drill
    ):
        plain = Reader(browser, java_script_enabled=False)
        page = plain.visit(passes)
        assert (
            page.locator(".be-backward .controls").filter(visible=True).count()
            == 0
        )
        for image in page.locator(".frame > .wide").all():
            assert image.is_visible()
        for summary in page.locator("summary").all():
            summary.click()
        shown = page.locator("li").filter(visible=True).all_text_contents()
        assert be_backward(diamond()).answers == shown[:8]
        assert repr(the_drill).endswith("\n".join(shown[-8:]))


# The texts that leave their box, and the names that reach the data
OUT_OF_BOXES = """async () => {
  await Promise.all([400, 700].map((weight) =>
    document.fonts.load(`${weight} 14px wide`)));
  return [...document.querySelectorAll(".box")].filter((box) => {
    const [name, data] = [...box.querySelectorAll("b, span")].map((one) => {
      const range = new Range();
      range.selectNodeContents(one);
      return range.getBoundingClientRect();
    });
    const field = box.querySelector("input").getBoundingClientRect();
    const { left, right } = box.getBoundingClientRect();
    return name.left < left || name.right > field.left
      || data.right > right || field.right > right;
  }).map((box) => box.textContent);
}"""

TANH = {"tanh_of_input", "tanh_unsquared", "tanh_twice"}

# The largest number of many graphs of a drill
LARGEST_OF_MANY = """(block) => {
  const another = block.querySelector(".another");
  let largest = 0;
  for (let i = 0; i < 200; i += 1) {
    another.click();
    for (const data of block.querySelectorAll(".box span"))
      largest = Math.max(largest, Math.abs(data.textContent.slice(5)));
  }
  return largest;
}"""


# Graphs

LABELS = ["a", "x12", "WWW", "illilli", "the hidden weight 3", "∂数é", "a\nb c"]
NUMBERS = [(2.0, 14.0), (-0.7071, -0.1234), (-1.234e-05, -9.876e15)]


def drawn_graph(label, data, grad):
    leaf = Value(data, label=label)
    root = leaf.tanh() ** 2 * leaf
    for node in nodes(root):
        node.grad = grad
    root.label = label
    return draw_graph(root).svg


def wide_font():
    """The style that draws all graphs in a font wider than any other.

    matplotlib brings it, and a bold one.
    """
    style = "svg text { font-family: wide !important }"
    for weight, name in (400, "DejaVuSans.ttf"), (700, "DejaVuSans-Bold.ttf"):
        file = Path(matplotlib.get_data_path()) / "fonts/ttf" / name
        data = b64encode(file.read_bytes()).decode()
        style += f"""@font-face {{ font-family: wide; font-weight: {weight};
            src: url(data:font/ttf;base64,{data}) }}"""
    return style


TEXTS_OUTSIDE = """async () => {
  const fonts = [400, 700].map((weight) =>
    document.fonts.load(`${weight} 12px wide`));
  if ((await Promise.all(fonts)).flat().length !== 2)
    return ["the font is not there"];
  const found = [];
  for (const node of document.querySelectorAll("svg .node")) {
    const box = node.querySelector("path, rect, ellipse").getBBox();
    const texts = [...node.querySelectorAll("text")]
      .filter((text) => getComputedStyle(text).visibility === "visible");
    for (const text of texts) {
      const { x, width } = text.getBBox();
      const others = texts.filter((one) => one.matches(".name") === false);
      const end = text.matches(".name") && others.length
        ? others[0].getBBox().x : box.x + box.width;
      if (x < box.x + 1 || x + width > end - 1) found.push(text.textContent);
    }
  }
  return found;
}"""


def texts_outside(page):
    """The texts of graphs that leave their box, or their part of it."""
    found = page.evaluate(TEXTS_OUTSIDE)
    slider = page.locator(".stepper input").first
    for step in range(int(slider.get_attribute("max")) + 1):
        slider.fill(str(step))
        found += page.evaluate(TEXTS_OUTSIDE)
    return found


@pytest.fixture
def many_graphs(browser):
    """A page with graphs, and with steppers.

    The gradients of the first stepper get shorter.
    """
    a = Value(1 / 3, label="a")
    roots = [a * 1.0001 + a * (-a) + a * 1.2345e-5]
    roots += [Value(-1.234e-5, label=label).exp() for label in LABELS]
    steppers = [animate_backward(root)._repr_html_() for root in roots]
    graphs = [drawn_graph(label, *x) for label in LABELS for x in NUMBERS]
    page = Reader(browser).page
    page.set_content("".join([*graphs, *steppers]))
    page.add_style_tag(content=wide_font())
    both_forms = ".stepper .frame > svg { display: block !important }"
    page.add_style_tag(content=both_forms)
    return page


class TestGraphs:
    def test_every_text_is_within_its_box(self, many_graphs):
        assert texts_outside(many_graphs) == []

    @pytest.mark.parametrize("name", ["intro", STEPPER])
    def test_a_graph_is_upright_on_a_phone(self, reader, root, name):
        page = reader.visit(f"{root}{name}.html")
        for size, media, form in (
            (PHONE, "screen", "upright"),
            (DESKTOP, "screen", "wide"),
            (PHONE, "print", "wide"),
        ):
            page.set_viewport_size(size)
            page.emulate_media(media=media)
            page.reload()
            assert set(page.evaluate(FORMS)) == {form}


# The form that is seen of each graph that has two
FORMS = """async () => {
  const images = [...document.querySelectorAll("picture > img")];
  await Promise.all(images.map((image) => image.decode()));
  return images.map((image) => {
    if (image.naturalHeight < image.naturalWidth) return "wide";
    const { scrollWidth } = image.closest("figure");
    return scrollWidth <= innerWidth ? "upright" : "cut";
  });
}"""


# The layout

# Each listing with a line of 80 columns more: is it cut, how large are letters?
LISTINGS_AT_80 = """() => [...document.querySelectorAll("section > .cell pre")]
  .map((pre) => {
    pre.append("0".repeat(80));
    const cut = pre.scrollWidth > pre.clientWidth;
    return [cut, parseFloat(getComputedStyle(pre).fontSize)];
  })"""


def listings_cut_or_small(page):
    """Where 80 columns do not fit, or letters are too small for the screen."""
    wide = page.evaluate(LISTINGS_AT_80)
    page.set_viewport_size(PHONE)
    narrow = page.evaluate(LISTINGS_AT_80)
    assert wide and narrow
    found = [("desktop", one) for one in wide if one[0] or one[1] < 14.5]
    return found + [("phone", one) for one in narrow if one[1] < 13]


RIGHT_EDGES = """() => ["p", ".cell .highlight", ".admonition", "figure",
    ".pst-scrollable-table-container"].flatMap((kind) => {
  const all = document.querySelectorAll(
      `section > ${kind}, .cell_output > ${kind}`);
  return [...all].map(
      (one) => [kind, Math.round(one.getBoundingClientRect().right)]);
})"""


def edges_that_differ(page):
    """What does not end where the first paragraph ends, at the right."""
    (_, wanted), *others = page.evaluate(RIGHT_EDGES)
    return [(kind, edge) for kind, edge in others if abs(edge - wanted) > 1]


FORMULAS = """() => {
  const box = (one) => one.getBoundingClientRect();
  const meet = (a, b) => a.left < b.right && b.left < a.right
    && a.top < b.bottom && b.top < a.bottom;
  const found = [];
  for (const block of document.querySelectorAll("div.math")) {
    const frame = box(block);
    const bottom = frame.top + block.clientTop + block.clientHeight;
    const number = block.querySelector(".eqno");
    for (const sign of block.querySelectorAll("mi, mn, mo, mfrac")) {
      if (number && meet(box(number), box(sign)))
        found.push("a number on " + sign.textContent);
      if (box(sign).top < frame.top || box(sign).bottom > bottom)
        found.push("cut: " + sign.textContent);
    }
  }
  for (const formula of document.querySelectorAll("span.math")) {
    const after = formula.nextSibling;
    if (!/^[^\\s\\w]/.test(after?.data ?? "")) continue;
    const sign = new Range();
    sign.setStart(after, 0);
    sign.setEnd(after, 1);
    if (box(sign).left < box(formula).left)
      found.push("on a line of its own: " + after.data);
  }
  return found;
}"""


def formulas_in_disorder(page):
    """On a phone: what lies on a number, is cut, or has lost its comma."""
    found = []
    for width in range(320, 400, 5):
        page.set_viewport_size({"width": width, "height": 844})
        found += page.evaluate(FORMULAS)
    return found


# The colours of a picture on white, as squares side by side
COLOURS = ["white", palette.INK, palette.GREY, palette.MIDDLE_GREY]
COLOURS += [palette.BLUE, palette.ORANGE, palette.GREEN, palette.PURPLE]
SQUARES = "".join(
    f"<path fill='{colour}' d='M{10 * i} 0h10v10h-10z'/>"
    for i, colour in enumerate(COLOURS)
)
SIZE = "xmlns='http://www.w3.org/2000/svg' width='80' height='10'"
SVG = quote(f"<svg {SIZE}>{SQUARES}</svg>")
PICTURE = f'<img id="colours" src="data:image/svg+xml,{SVG}">'


def colours_in_a_picture(page):
    """The page's ground, and what it makes of COLOURS."""
    page.locator("h1").evaluate("(h1, html) => h1.innerHTML = html", PICTURE)
    image = page.locator("#colours")
    image.evaluate("image => image.decode()")
    shown = Image.open(BytesIO(image.screenshot())).convert("RGB")
    paper = "getComputedStyle(document.body).backgroundColor"
    ground = tuple(map(int, re.findall(r"\d+", page.evaluate(paper))))
    return ground, [shown.getpixel((5 + 10 * i, 5)) for i in range(8)]


def luminance(colour):
    """As WCAG defines it, but with one curve in the place of two."""
    red, green, blue = ((part / 255) ** 2.2 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class TestLayout:
    @pytest.mark.parametrize("name", [LISTINGS, STEPPER])
    @pytest.mark.parametrize(
        "check", [edges_that_differ, listings_cut_or_small]
    )
    def test_one_measure_and_legible_code(self, reader, root, name, check):
        assert check(reader.visit(f"{root}{name}.html")) == []

    def test_formulas_on_a_phone(self, reader, root, site):
        for name in NAMES:
            if "<math" in (site / f"{name}.html").read_text("utf-8"):
                page = reader.visit(f"{root}{name}.html")
                assert formulas_in_disorder(page) == [], name

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_a_picture_has_the_pages_ground(self, reader, root, scheme):
        page = reader.visit(f"{root}{LISTINGS}.html", scheme=scheme)
        page.wait_for_function(IS_IN_MODE, arg=scheme)
        ground, (white, *colours) = colours_in_a_picture(page)
        assert white == ground
        if scheme == "dark":  # on white, the palette answers for itself
            darkest = min(map(luminance, colours))
            assert (darkest + 0.05) / (luminance(ground) + 0.05) >= 4.5

    def test_paper_shows_what_is_in_folds(self, reader, root):
        page = reader.visit(f"{root}{FOLDS}.html")
        page.emulate_media(media="print")
        contents = page.locator("details.fold > :not(summary)")
        assert contents.count() > 5
        assert contents.filter(visible=True).count() == contents.count()
        buttons = page.locator(".fold-predict > summary, .options input")
        assert buttons.filter(visible=True).count() == 0

    @pytest.mark.parametrize("from_disk", [True, False])
    def test_the_fonts_are_the_books_own(self, reader, root, site, from_disk):
        folder = site.as_uri() + "/" if from_disk else root
        page = reader.visit(f"{folder}chapters/02_gradient_check.html")
        loaded = page.evaluate("""() => document.fonts.ready.then((fonts) =>
          [...fonts].filter((font) => font.status === "loaded")
            .map((font) => font.family.replaceAll('"', "")))""")
        assert {"Source Sans 3", "Inconsolata", "STIX Two Math"} <= {*loaded}
        assert reader.errors == []


# The cards of terms

CARD = """(word) => {
  const card = word.nextElementSibling;
  const link = card.querySelector("a");
  const box = card.getBoundingClientRect();
  const spot = link.getClientRects()[0];
  return {
    seen: card.checkVisibility({ visibilityProperty: true }),
    inside: box.left >= 0 && box.right <= innerWidth && box.top >= 0
      && box.bottom <= innerHeight,
    reached: link.contains(spot && document.elementFromPoint(
      spot.x + spot.width / 2, spot.y + spot.height / 2)),
  };
}"""
ALL_WELL = {"seen": True, "inside": True, "reached": True}


def words_in_the_middle(page):
    """Each word with a card, in the middle of the screen."""
    page.evaluate(UNFOLD)
    words = page.locator(".term > dfn").all()
    assert len(words) > 5
    for word in words:
        word.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
        yield word


def place(word):
    """A point on the first line of a word, which may be on two."""
    return word.evaluate("""(one) => {
      const { x, y, width, height } = one.getClientRects()[0];
      return [x + width / 2, y + height / 2];
    }""")


def hover(page, word):
    page.mouse.move(0, 0)  # the card before may lie on this word
    page.mouse.move(*place(word))
    page.wait_for_timeout(300)  # it waits for a moment


def tab_through(page, word):
    word.focus()
    page.keyboard.press("Tab")
    assert word.evaluate(CARD)["seen"]
    page.keyboard.press("Tab")


WAYS = {  # to show a card, and to leave it
    "hover": (hover, lambda page, word: page.mouse.move(0, 0)),
    "focus": (lambda page, word: word.focus(), tab_through),
    "tap": (
        lambda page, word: page.touchscreen.tap(*place(word)),
        lambda page, word: page.touchscreen.tap(4, 150),
    ),
}


class TestTerms:
    @pytest.mark.parametrize("way", WAYS)
    def test_a_card_is_shown_and_left_again(self, browser, root, way):
        (show, leave), on_phone = WAYS[way], way == "tap"
        reader = Reader(browser, has_touch=on_phone, is_mobile=on_phone)
        size = PHONE if on_phone else DESKTOP
        page = reader.visit(f"{root}{LISTINGS}.html", size)
        for word in words_in_the_middle(page):
            show(page, word)
            assert word.evaluate(CARD) == ALL_WELL
            leave(page, word)
            assert not word.evaluate(CARD)["seen"]
        page.emulate_media(media="print")
        show(page, word)
        assert not word.evaluate(CARD)["seen"]

    def test_the_mouse_can_go_to_the_card(self, reader, root):
        page = reader.visit(f"{root}{LISTINGS}.html")
        word = next(words_in_the_middle(page))
        hover(page, word)
        x, y = place(word)
        card = page.locator(".term-card").filter(visible=True)
        page.mouse.move(x, y + card.bounding_box()["height"], steps=20)
        assert word.evaluate(CARD) == ALL_WELL
        card.get_by_role("link").click()
        expect(page).to_have_url(re.compile("glossary.html#term-"))


# What some pages can do


class TestSomePages:
    def test_every_page_is_visited(self, site):
        pages = {str(path.relative_to(site)) for path in site.rglob("*.html")}
        pages = {page for page in pages if not page.startswith("_")}
        visited = {f"{name}.html" for name in NAMES if name != A_MODULE}
        assert pages - visited == {"index.html"}  # which leads to intro.html

    def test_panels_are_stacked_on_a_phone(self, reader, root):
        page = reader.visit(f"{root}{LISTINGS}.html", PHONE)
        parts = panels_seen(page)
        assert len(parts) == 3
        for number, part in enumerate(parts):
            assert 250 < part["width"] < 390
            assert part["shown"] == pytest.approx(number, abs=0.01)
        tops = [part["top"] for part in parts]
        assert tops == sorted(set(tops))
        page.set_viewport_size(DESKTOP)
        assert [part["shown"] for part in panels_seen(page)] == [0]
        page.set_viewport_size(PHONE)
        page.emulate_media(media="print")
        assert len(panels_seen(page)) == 1

    def test_listings_can_be_copied_and_outputs_cannot(self, reader, root):
        page = reader.visit(f"{root}{LISTINGS}.html")
        expect(page.locator(".cell_input .copybtn").first).to_be_attached()
        assert page.locator(".output .copybtn").count() == 0


def panels_seen(page):
    """Of each panel that is seen: which one it is, its width and its top."""
    return page.evaluate("""() => [...document.querySelectorAll(".panel")]
      .filter((panel) => panel.checkVisibility())
      .map((panel) => {
        const box = panel.getBoundingClientRect();
        const img = panel.querySelector("img").getBoundingClientRect();
        return { width: box.width, top: box.top,
          shown: Math.max(0, box.x - img.x) / box.width };
      })""")


# The checks themselves

DAMAGE = {
    "MB": f"<p hidden>{'x' * 2_000_000}</p>",
    "example.org": '<img src="https://example.org/a.png" alt="">',
    "cookie": "<script>document.cookie = 'a=b'</script>",
    "phone, light: 500 px wide": '<hr style="width: 500px; margin: 0">',
    "looks as without focus": """<style>article :focus:focus:focus {
        outline: 0 !important; box-shadow: none !important }</style>""",
    "not visible": "<style>.copybtn { opacity: 0 !important }</style>",
    "beside the screen": '<a href="#" style="position: fixed; left: 2000px">',
    "desktop, dark: color-contrast": """<style>[data-theme="dark"] h1 {
        color: #444 !important }</style>""",
    "phone, light: color-contrast": """<style>@media (max-width: 500px) {
        article p { color: #999 !important } }</style>""",
    "button-name": "<details><summary>x</summary><button></button></details>",
    "on paper": """<style>@media print {
        .bd-sidebar { display: block !important } }</style>""",
}
STYLES = {
    listings_cut_or_small: [
        "pre { padding: 2rem }",
        "pre { font-size: 14px }",
        "@media (max-width: 500px) { pre { font-size: 12px } }",
    ],
    edges_that_differ: [
        "figure { margin: 2px }",
        "section > p { max-width: 600px }",
    ],
    formulas_in_disorder: [
        ".eqno { position: absolute }",
        "div.math { height: 2rem; overflow: hidden }",
        ".unbroken { white-space: normal }",
    ],
    steppers_that_fail: [".has-note text { visibility: hidden }"],
    steppers_in_motion: ["svg * { transition: fill 1s }"],
}


def damaged(browser, address, damage):
    """A reader of a page that ends with something more."""
    reader = Reader(browser)

    def answer(route):
        response = route.fetch()
        body = response.text().replace("</body>", damage + "</body>")
        route.fulfill(response=response, body=body)

    reader.page.route(address, answer)
    reader.visit(address)
    return reader


class TestChecks:
    def test_all_damage_to_a_page_is_found(self, browser, root):
        all_of_it = "".join(DAMAGE.values())
        reader = damaged(browser, f"{root}intro.html", all_of_it)
        found = "\n".join(problems(reader))
        assert [problem for problem in DAMAGE if problem not in found] == []

    def test_a_text_outside_its_box_is_found(self, many_graphs):
        many_graphs.add_style_tag(content=".note { font-size: 15px }")
        assert texts_outside(many_graphs) != []

    @pytest.mark.parametrize(
        "check, style",
        [(check, style) for check in STYLES for style in STYLES[check]],
    )
    def test_damage_by_a_style_is_found(
        self, browser, root, three_steppers, check, style
    ):
        address = f"{root}chapters/02_gradient_check.html"
        if check in (steppers_that_fail, steppers_in_motion):
            address = three_steppers
        important = style.replace(" }", " !important }", 1)
        reader = damaged(browser, address, f"<style>{important}</style>")
        assert check(reader.page) != []

    def test_a_damaged_script_is_found(self, browser, three_steppers):
        damage = "<script>document.querySelector('input').oninput = 0</script>"
        page = damaged(browser, three_steppers, damage).page
        assert steppers_that_fail(page) != []
