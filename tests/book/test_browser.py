"""The built book as a reader meets it, in the system's Chromium.

Every page is opened once and looked at on a desktop, in the dark and on a
phone. DAMAGE shows that the intricate checks find what they are for.
"""
# ruff: noqa: E402 (the imports are of what may be missing)

import re
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
import yaml
from build_book import ROOT
from need_browser import skip_without_browser

skip_without_browser()

from axe_playwright_python.base import AXE_SCRIPT
from chromium import find_chromium
from playwright.sync_api import expect, sync_playwright
from print_pdf import page_names

from micrograd import Neuron, Value
from micrograd.practice import animate_backward

TOC = yaml.safe_load((ROOT / "_toc.yml").read_text())
A_MODULE = "_modules/micrograd/gradcheck"  # all modules' pages are alike
NAMES = [*page_names(TOC), "search", A_MODULE]
LISTINGS, STEPPER = "chapters/05_loss_curve", "chapters/06_graph_view"
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
        context = browser.new_context(
            permissions=["clipboard-read", "clipboard-write"],
            reduced_motion="reduce",  # so nothing is seen half-way
            **options,
        )
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
    """What axe finds: contrast, names, landmarks, what scrolls by keyboard."""
    return page.evaluate("""async () => {
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


def steppers_that_fail(page):
    """What goes wrong by mouse, by keyboard, by the slider, and in playing."""
    return [
        problem
        for block in page.locator(".stepper").all()
        for problem in moves_that_fail(block) + gradients_not_shown(block)
    ]


def moves_that_fail(block):
    slider = block.locator("input")
    steps = block.locator("li").all_text_contents()

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
        ("the slider", slider.click, len(steps) // 2),
        ("Home", partial(slider.press, "Home"), 0),
        ("Play", play, 1),
        ("ArrowRight", partial(slider.press, "ArrowRight"), 2),
        ("ArrowLeft", partial(slider.press, "ArrowLeft"), 1),
        ("End", partial(slider.press, "End"), -1),
    ):
        move()
        title = f"Step {step % len(steps) + 1} of {len(steps)}, .* pass"
        shown = block.locator(".now").text_content()
        if not re.fullmatch(title + re.escape(steps[step]), shown):
            found.append(f"{name} leads to {shown}")
    return found


def gradients_not_shown(block):
    """The gradients in the last line of the list that the picture has not."""
    block.get_by_role("button", name="Last").click()
    nodes = block.locator("svg .node").evaluate_all("""all => all.map(
      (node) => [...node.querySelectorAll("text")]
        .filter((text) => getComputedStyle(text).visibility === "visible")
        .map((text) => text.textContent))""")
    shown = [
        f"{texts[0]}.grad = {texts[-1].removeprefix('grad ')}"
        for texts in nodes
        if len(texts) > 2
    ]
    last = block.locator("li").last.text_content()
    told = last.partition(":")[2].split(", ")
    return [f"not shown: {line}" for line in told if line not in shown]


def steppers_that_move_others(page):
    blocks = page.locator(".stepper").all()
    state = """(block) => block.querySelector(".now").innerHTML
      + block.querySelector("svg").innerHTML"""
    found = []
    for block in blocks:
        before = [one.evaluate(state) for one in blocks]
        block.get_by_role("button", name="Forward").click()
        after = [one.evaluate(state) for one in blocks]
        for one, old, new in zip(blocks, before, after, strict=True):
            if (old != new) != (one == block):
                found.append("a step moves another stepper")
    return found


def steppers_in_motion(page):
    """What moves though the reader's system asks for no motion."""
    for button in page.get_by_role("button", name="Forward").all():
        button.click()
    return page.evaluate("""() => document.getAnimations()
      .map((one) => one.effect.target)
      .filter((one) => one.closest(".stepper")).map((one) => one.outerHTML)""")


@pytest.fixture
def two_steppers(tmp_path):
    """The address of a page of its own with two steppers."""
    a = Value(3.0, label="a")
    animate_backward(a * a + 2).save(tmp_path / "two.html")
    other = animate_backward(Neuron(2)([1, 2]))._repr_html_()
    text = (tmp_path / "two.html").read_text("utf-8")
    text = text.replace("</main>", other + "</main>")
    (tmp_path / "two.html").write_text(text, "utf-8")
    (tmp_path / "favicon.ico").touch()  # the browser asks for it
    with served(tmp_path) as address:
        yield f"{address}two.html"


class TestSteppers:
    def test_all_of_the_book_obey(self, reader, root, site):
        texts = {
            name: (site / f"{name}.html").read_text("utf-8") for name in NAMES
        }
        pages = [n for n in NAMES if 'class="stepper"' in texts[n]]
        assert STEPPER in pages
        for name in pages:
            assert steppers_that_fail(reader.visit(f"{root}{name}.html")) == []

    def test_on_a_page_of_its_own(self, reader, two_steppers):
        page = reader.visit(two_steppers)
        assert steppers_that_move_others(page) == []
        assert steppers_that_fail(page) == []
        assert steppers_in_motion(page) == []
        assert problems(reader) == []

    def test_without_scripts_there_are_the_end_and_all_steps(
        self, browser, root
    ):
        plain = Reader(browser, java_script_enabled=False)
        page = plain.visit(f"{root}{STEPPER}.html")
        for text in page.locator("h1, .stepper img, .stepper li").all():
            assert text.is_visible()
        assert not page.locator(".stepper .controls").is_visible()
        assert page.evaluate(PAPER) != "rgba(0, 0, 0, 0)"


# What some pages can do

PAPER = "getComputedStyle(document.body).backgroundColor"


class TestSomePages:
    def test_every_page_is_visited(self, site):
        pages = {str(path.relative_to(site)) for path in site.rglob("*.html")}
        pages = {page for page in pages if not page.startswith("_")}
        visited = {f"{name}.html" for name in NAMES if name != A_MODULE}
        assert pages - visited == {"index.html"}  # which leads to intro.html

    def test_tab_goes_through_everything(self, reader, root):
        page = reader.visit(f"{root}{STEPPER}.html")
        assert unreached_by_tab(page) == []

    def test_the_book_is_dark_where_the_system_is(self, reader, root):
        page = reader.visit(f"{root}intro.html", scheme="dark")
        red, green, blue = re.findall(r"\d+", page.evaluate(PAPER))[:3]
        assert int(red) + int(green) + int(blue) < 200

    @pytest.mark.parametrize("side", ["primary", "secondary"])
    def test_a_phone_has_contents_behind_a_button(self, reader, root, side):
        page = reader.visit(f"{root}{STEPPER}.html", PHONE)
        link = page.locator(f".bd-sidebar-{side} nav a").first
        assert link.is_hidden()
        page.locator(f".{side}-toggle").filter(visible=True).press("Enter")
        expect(link).to_be_in_viewport()

    def test_listings_can_be_copied_and_outputs_cannot(self, reader, root):
        page = reader.visit(f"{root}{LISTINGS}.html")
        listing = page.locator(".cell_input .highlight").first
        listing.hover()
        listing.get_by_role("button").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.strip() == listing.locator("pre").text_content().strip()
        assert page.locator(".output .copybtn").count() == 0

    def test_solutions_are_folded(self, reader, root):
        page = reader.visit(f"{root}chapters/solutions.html")
        assert page.locator("main pre").count() > 20
        assert page.locator("main pre").filter(visible=True).count() == 0

    def test_the_folder_can_be_downloaded(self, reader, root):
        page = reader.visit(f"{root}intro.html")
        with page.expect_download() as download:
            page.locator("a[download]").first.click()
        assert download.value.suggested_filename == "micrograd-chapter.zip"

    @pytest.mark.parametrize("name", ["intro", STEPPER, "search"])
    def test_a_page_from_the_disk_has_no_errors(self, reader, site, name):
        reader.visit((site / f"{name}.html").as_uri())
        assert reader.errors == []


def unreached_by_tab(page):
    page.evaluate("""() => {
      window.stops = new Set([...document.querySelectorAll(
          "a[href], button, summary, input, [tabindex]")]
        .filter((stop) => stop.tabIndex >= 0 && !stop.disabled
          && stop.checkVisibility({visibilityProperty: true})));
      addEventListener("focusin", ({target}) => stops.delete(target));
    }""")
    for _ in range(page.evaluate("stops.size") + 3):
        page.keyboard.down("Tab")
    return page.evaluate("[...stops].map((stop) => stop.outerHTML)")


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
STEPPER_DAMAGE = [
    (
        steppers_that_fail,
        "<style>.has-grad text { visibility: hidden !important }</style>",
    ),
    (
        steppers_that_fail,
        "<script>document.querySelector('input').oninput = null</script>",
    ),
    (
        steppers_that_move_others,
        """<script>onclick = () =>
           document.querySelector(".now").append("x")</script>""",
    ),
    (
        steppers_in_motion,
        "<style>svg * { transition: fill 1s !important }</style>",
    ),
    (
        unreached_by_tab,
        "<script>onkeydown = (event) => event.preventDefault()</script>",
    ),
]


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

    @pytest.mark.parametrize("check, damage", STEPPER_DAMAGE)
    def test_a_damaged_stepper(self, browser, two_steppers, check, damage):
        assert check(damaged(browser, two_steppers, damage).page) != []
