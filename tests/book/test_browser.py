"""The built book as a reader meets it, in the system's Chromium. Each check gets a page that is open and returns what
is wrong with it; BROKEN holds damage for each of them that it must find. The classes have only the built book in
common, so that several workers can share them."""

import os
import re
import shutil
from contextlib import contextmanager
from fnmatch import fnmatch
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import Request, urlopen

import pytest

from micrograd import Neuron, Value
from micrograd.practice.stepper import PAGE, animate_backward

try:
    from axe_playwright_python.base import AXE_SCRIPT
    from playwright.sync_api import Error, expect, sync_playwright
except ImportError:
    sync_playwright = None

CHROMIUM = (
    shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
FLAGS = [
    "--no-sandbox",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]  # nothing leaves this machine
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


class Quiet(SimpleHTTPRequestHandler):
    protocol_version, disable_nagle_algorithm = (
        "HTTP/1.1",
        True,
    )  # quick, as one connection serves many files

    def log_message(self, *_):
        pass


@contextmanager
def served(folder):
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=folder)
    ) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


@contextmanager
def opened(browser, address, **options):
    """The page for a reader who has never been here; with reduced motion, so that nothing is seen half-way."""
    options = {"viewport": DESKTOP, "reduced_motion": "reduce", **options}
    with browser.new_context(
        permissions=["clipboard-read", "clipboard-write"], **options
    ) as context:
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.goto(address)
        yield page


@pytest.fixture(
    scope="class"
)  # no longer: the kernels of the notebooks cannot use asyncio beside Playwright
def browser():
    if not (sync_playwright and CHROMIUM):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(
            "needs `make browser`, and Chromium"
        )
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS
        ) as chromium,
    ):
        yield chromium


@pytest.fixture(scope="class")
def tab(browser):
    """One for all pages that need no new one, which would take thrice the time of a page."""
    with opened(browser, "about:blank") as page:
        yield page


@pytest.fixture(scope="class")
def root(browser, site):
    with served(site) as address:
        yield address


@pytest.fixture(scope="class")
def pages(root, site):
    """The addresses of all pages but index.html, which leads to intro.html. The modules' sources are all alike, and the
    longest name stands for them."""
    paths = [
        str(path.relative_to(site)) for path in sorted(site.rglob("*.html"))
    ]
    longest = max(
        (path for path in paths if path.startswith("_modules")), key=len
    )
    return [
        root + path
        for path in paths
        if path == longest or not re.match("_|index", path)
    ]


def problems(check, page):
    """What the check finds; that it cannot come to its end is a problem, too."""
    try:
        return check(page)
    except (Error, AssertionError) as error:
        return [str(error)]


def visit(tab, pages, *checks):
    """What each check finds, and where, for a reader who has only just come."""
    found = {check: {} for check in checks}
    for page in pages:
        tab.context.clear_cookies()
        tab.set_viewport_size(DESKTOP)
        tab.emulate_media(media="screen", color_scheme="light")
        tab.goto(page)
        for check in checks:
            if problem := problems(check, tab):
                found[check][page] = problem
    return found


# Checks for every page, one after the other: the first two want it untouched


def is_light(page):
    """At most 2 MB with all its files, in the cache or not."""
    size = page.evaluate(
        "performance.getEntries().reduce((sum, entry) => sum + (entry.encodedBodySize ?? 0), 0)"
    )
    return [f"{size / 1e6:.1f} MB"] if size > 2e6 else []


UNTOUCHED = [["mode", "auto"], ["theme", "light"]]


def asks_nobody_and_keeps_nothing(page):
    """No other host, no cookie, and nothing kept beyond the visit but that the reader has chosen no mode."""
    outside = [
        request.url
        for request in page.requests()
        if urlsplit(request.url).hostname not in ("127.0.0.1", None)
    ]
    kept = [
        pair
        for pair in page.evaluate("Object.entries(localStorage)")
        if pair not in UNTOUCHED
    ]
    return outside + page.context.cookies() + kept


def folds(page):
    """What can be unfolded is closed at first, and opens and closes by mouse and by keyboard."""
    return [
        problem
        for details in page.locator("details").all()
        for problem in folds_here(details)
    ]


def folds_here(details):
    summary, inside = (
        details.locator("summary"),
        details.locator("> :not(summary)").first,
    )
    states = [inside.is_visible()]
    for act in (
        summary.click,
        summary.click,
        partial(summary.press, "Enter"),
        partial(summary.press, "Space"),
    ):
        act()
        states.append(inside.is_visible())
    return (
        []
        if states == [False, True, False, True, False]
        else [f"{summary.text_content()}: open {states}"]
    )


def unfold(page, wide_open=True):
    page.evaluate(
        "open => document.querySelectorAll('details').forEach(one => one.open = open)",
        wide_open,
    )


PROSE = """() => { const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode())
    if (!texts.currentNode.parentElement.closest("code, pre, script, style, math")) found.push(texts.currentNode.data);
  return found.join("") }"""


def formulas_have_a_shape(page):
    """Each formula takes room, and no TeX is left in the text."""
    unfold(page)
    found = page.eval_on_selector_all(
        "math",
        """all => all.filter(math => { const box = math.getBoundingClientRect();
      return !(box.width && box.height) }).map(math => math.outerHTML)""",
    )
    return found + re.findall(
        r"\$[^$\n]+\$|\\[(\[]|\\(?:begin|frac|partial|sum|cdot|text)\b.*",
        page.evaluate(PROSE),
    )


@cache
def is_there(address):
    try:
        return urlopen(Request(address, method="HEAD")).close() is None
    except HTTPError:
        return False


@cache
def beside(context):
    return context.new_page()


@cache
def ids(context, address):
    """The ids of a page once its scripts have run, in a tab of their own."""
    beside(context).goto(address)
    return set(
        beside(context).eval_on_selector_all(
            "[id]", "all => all.map(one => one.id)"
        )
    )


def links_lead_somewhere(page):
    """The target of each link of the site is there, and the contents beside the text lead to headings in sight."""
    links = page.eval_on_selector_all(
        "a[href]", "all => all.map(link => link.href)"
    )
    targets = sorted(
        {
            urldefrag(link)
            for link in links
            if link.startswith(urljoin(page.url, "/"))
        }
    )
    found = [target.url for target in targets if not is_there(target.url)]
    found += [
        "#".join(target)
        for target in targets
        if target.fragment
        and target.url not in found
        and unquote(target.fragment) not in ids(page.context, target.url)
    ]
    page.bring_to_front()
    contents = page.locator(".page-toc a").all()
    return found + [
        link.text_content()
        for link in contents
        if not leads_into_sight(page, link)
    ]


def leads_into_sight(page, link):
    link.evaluate("link => link.click()")
    return page.evaluate("""() => { const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      return target && target.getBoundingClientRect().top >= 0 && target.getBoundingClientRect().top < innerHeight }""")


def buttons_copy(page):
    """Each button of a listing copies it, and no prompts: the even ones by mouse, the others by keyboard."""
    unfold(page)
    found = []
    for i, button in enumerate(page.locator(".copybtn").all()):
        button.press("Enter") if i % 2 else button.click()
        copied = page.evaluate("navigator.clipboard.readText()")
        same = copied.strip("\n") == button.locator(
            "xpath=../pre"
        ).text_content().strip("\n")
        found += (
            []
            if same
            and not re.search(r"^(>>>|\.\.\. |In \[|\$ )", copied, re.MULTILINE)
            else [copied]
        )
    return found


def fits(page):
    """The page is not wider than the screen."""
    unfold(page)
    wide = [
        size
        for size in (PHONE, DESKTOP)
        if page.set_viewport_size(size)
        or page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
    ]
    return [f"{size['width']} px" for size in wide]


def prints_no_controls(page):
    page.emulate_media(media="print")
    controls = page.locator("nav, button, .bd-sidebar, .controls").filter(
        visible=True
    )
    found = controls.evaluate_all(
        "all => all.map(one => one.outerHTML.slice(0, 90))"
    )
    page.emulate_media(media="screen")
    return found


def phone_has_contents(page):
    """On a phone, a button brings the contents of the book, another those of the page; a tap beside puts them away."""
    page.set_viewport_size(PHONE)
    sides = [
        side
        for side in ("primary", "secondary")
        if page.locator(f".bd-sidebar-{side} nav a").count()
    ]
    found = [side for side in sides if not slides(page, side)]
    page.set_viewport_size(DESKTOP)
    return found


def slides(page, side):
    button, link = (
        page.locator(f".{side}-toggle").filter(visible=True),
        page.locator(f".bd-sidebar-{side} nav a").first,
    )
    if not button.count() or link.is_visible():
        return False
    button.press("Enter")
    box = link.bounding_box()
    page.locator(f".overlay-{side}").click(
        position={"x": 380 if side == "primary" else 10, "y": 800}
    )
    return (
        0 <= box["x"] < box["x"] + box["width"] <= PHONE["width"]
        and link.is_hidden()
    )


WATCH = """() => {
  const look = (one) => { const style = getComputedStyle(one);
    return [style.boxShadow, style.outlineStyle === "none" ? "" : style.outline] + "" };
  const stops = [...document.querySelectorAll("a[href], button, summary, input, select, [tabindex]")].filter((one) =>
    one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true}));
  window.stops = new Map(stops.map((one) => [one, {look: look(one), problem: "not reached"}]));
  addEventListener("focusin", ({target}) => {
    const [box, stop] = [target.getBoundingClientRect(), window.stops.get(target)];
    if (stop) stop.problem = !target.checkVisibility({opacityProperty: true}) || look(target) === stop.look
      ? "focus not visible" : box.right <= 0 || box.left >= innerWidth ? "beside the screen" : "";
  });
  return stops.length }"""
WALKED = """[...stops].filter(([_, stop]) => stop.problem)
  .map(([one, stop]) => stop.problem + ": " + one.outerHTML.slice(0, 90))"""


def anew(page, size=DESKTOP):
    page.set_viewport_size(size)
    page.reload()
    page.add_style_tag(content="* { transition: none !important }")


def keyboard_reaches_all(page):
    """Tab goes through all that can be used, and each has a focus that one sees."""
    found = []
    for size in (PHONE, DESKTOP):
        anew(page, size)
        for _ in range(page.evaluate(WATCH) + 3):
            page.keyboard.down("Tab")
        found += page.evaluate(WALKED)
    return found


def has_no_errors(page):
    messages = [
        message.text
        for message in page.console_messages()
        if message.type in ("error", "warning")
    ]
    return messages + [str(error) for error in page.page_errors()]


EVERY = [
    is_light,
    asks_nobody_and_keeps_nothing,
    folds,
    formulas_have_a_shape,
    buttons_copy,
    fits,
    prints_no_controls,
    phone_has_contents,
    has_no_errors,
    links_lead_somewhere,
    keyboard_reaches_all,
]


@pytest.fixture(scope="class")
def found(tab, pages):
    return visit(tab, pages, *EVERY)


class TestEveryPage:
    @pytest.mark.parametrize("check", EVERY, ids=lambda check: check.__name__)
    def test_pages(self, found, check):
        assert found[check] == {}


# Accessibility, as far as axe can tell: in each colour scheme, on both screens, with all lists closed and open

AXE = """contrast => axe.run({resultTypes: ["violations"], rules: {"color-contrast": {enabled: contrast}}}).then(
  ({violations}) => violations.flatMap(rule => rule.nodes.map(node => rule.id + ": " + node.html.slice(0, 90))))"""


def accessible(page, scheme):
    found = []
    page.emulate_media(color_scheme=scheme)
    for size in (PHONE, DESKTOP):
        anew(page, size)
        page.evaluate(AXE_SCRIPT)
        if (
            size == PHONE
        ):  # the words of listings, on which axe spends most of its time, are coloured as on a desktop
            page.evaluate(
                "document.querySelectorAll('pre span').forEach(one => one.replaceWith(...one.childNodes))"
            )
        for wide_open in (False, True):
            unfold(page, wide_open)
            found += page.evaluate(
                AXE, wide_open
            )  # contrast takes longest by far, so only when all is in sight
    return found


def accessible_in_light(page):
    return accessible(page, "light")


def accessible_in_dark(page):
    return accessible(page, "dark")


class TestLight:
    def test_pages(self, tab, pages):
        assert visit(tab, pages, accessible_in_light) == {
            accessible_in_light: {}
        }


class TestDark:
    def test_pages(self, tab, pages):
        assert visit(tab, pages, accessible_in_dark) == {accessible_in_dark: {}}


# Checks for some pages

KEYS = {"ArrowRight": 2, "ArrowLeft": 1, "End": -1, "Home": 0}
BUTTONS = {"First": 0, "Forward": 1, "Last": -1, "Back": -2}


def steps(page):
    """Each stepper obeys its buttons, the keys and the slider, plays, and ends with the gradients of its list."""
    return [
        problem
        for block in page.locator(".stepper").all()
        for problem in steps_here(block)
    ]


def steps_here(block):
    slider, items = (
        block.locator("input"),
        block.locator("li").all_text_contents(),
    )
    moves = [
        (name, block.get_by_role("button", name=name).click, step)
        for name, step in BUTTONS.items()
    ]
    moves += [
        ("Slider", slider.click, len(items) // 2),
        ("Home", partial(slider.press, "Home"), 0),
    ]
    moves += [("Play", partial(plays, block), 1)]
    moves += [
        (key, partial(slider.press, key), step) for key, step in KEYS.items()
    ]
    found = []
    for name, move, step in moves:
        move()
        wanted = f"Step {step % len(items) + 1} of {len(items)}, .* pass{re.escape(items[step])}"
        found += (
            []
            if re.fullmatch(wanted, block.locator(".now").text_content())
            else [name]
        )
    block.get_by_role("button", name="Last").click()
    return found + [
        line
        for line in items[-1].partition(":")[2].split(", ")
        if line not in gradients(block)
    ]


def plays(block):
    block.get_by_role("button", name="Play").click()
    expect(block.locator("input")).to_have_value("1", timeout=3000)
    block.get_by_role("button", name="Pause").click()


def gradients(block):
    """What the picture shows, written as in the list."""
    nodes = block.locator(
        "svg .node"
    ).evaluate_all("""all => all.map(node => [...node.querySelectorAll("text")]
      .filter(text => getComputedStyle(text).visibility === "visible").map(text => text.textContent))""")
    return [
        f"{name}.grad = {grad.removeprefix('grad ')}"
        for name, *_, grad in filter(lambda texts: texts[2:], nodes)
    ]


def steppers_leave_each_other_alone(page):
    blocks, found = page.locator(".stepper").all(), []
    state = "one => ['.now', 'svg'].map(part => one.querySelector(part).innerHTML).join()"
    for block in blocks:
        before = [one.evaluate(state) for one in blocks]
        block.get_by_role("button", name="Forward").click()
        changed = [
            one
            for one, old in zip(blocks, before)
            if one.evaluate(state) != old
        ]
        found += [] if changed == [block] else [f"{len(changed)} changed"]
    return found


def first_link_skips(page):
    """The first stop is a link in sight that leads into the text."""
    anew(page)
    page.keyboard.press("Tab")
    text, box = (
        page.locator(":focus").text_content(),
        page.locator(":focus").bounding_box(),
    )
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    return (
        [] if box["y"] >= 0 and page.locator("main :focus").count() else [text]
    )


def steps_without_motion(page):
    """Where the reader's system asks for it, as this page's does."""
    found = []
    for block in page.locator(".stepper").all():
        block.get_by_role("button", name="Forward").click()
        moving = page.evaluate(
            "document.getAnimations().map(one => one.effect.target.closest('.stepper')?.outerHTML)"
        )
        found += filter(None, moving)  # the theme's icons may move
    return found


def reads_without_scripts(page):
    """The text on a background of its own, dropdowns that open, of each stepper the end and all steps."""
    with opened(
        page.context.browser, page.url, java_script_enabled=False
    ) as plain:
        hidden = (
            plain.locator("h1, .stepper img, .stepper li")
            .filter(visible=False)
            .all_text_contents()
        )
        useless = (
            plain.locator(".stepper .controls")
            .filter(visible=True)
            .all_text_contents()
        )
        paper = plain.evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        dropdowns = [
            problem
            for one in plain.locator(".sd-dropdown").all()[:1]
            for problem in folds_here(one)
        ]
        return (
            hidden
            + useless
            + dropdowns
            + [paper] * (paper == "rgba(0, 0, 0, 0)")
        )


def hides_solutions(page):
    return page.locator("main pre").filter(visible=True).all_text_contents()


LOOK = """() => { const {mode, theme} = document.documentElement.dataset;
  const light = (colour) => colour.match(/[0-9]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
  return [mode, theme, light(getComputedStyle(document.body).backgroundColor),
    light(getComputedStyle(document.querySelector("h1")).color)] }"""


def has_modes(page):
    """Of its own accord as the reader's system is, by its button light or dark; paper and ink change with it."""
    found = []
    for system in ("light", "dark"):
        page.emulate_media(color_scheme=system)
        page.reload()
        for mode in (
            "auto",
            *(("dark", "light") if system == "light" else ("light", "dark")),
        ):
            theme = system if mode == "auto" else mode
            *shown, paper, ink = page.evaluate(LOOK)
            found += [f"{system}: {shown}"] * (
                shown != [mode, theme] or (paper > ink) != (theme == "light")
            )
            page.locator(".theme-switch-button").click()
    return found


def finds_a_word(page):
    """The search finds a word that only some pages have, and those."""
    page.locator(".search-button__button").filter(visible=True).first.click()
    page.keyboard.type("topological")
    page.keyboard.press("Enter")
    expect(page.locator("#search-results .search-summary")).to_contain_text(
        "found"
    )
    links = page.locator("#search-results li > a").evaluate_all(
        "all => all.map(link => link.href)"
    )[:3]
    wrong = [
        link
        for link in links
        if page.goto(link) and "topological" not in page.inner_text("main")
    ]
    return wrong if links else ["nothing"]


PAINT = """new Promise(resolve => new PerformanceObserver(list => resolve(list.getEntries().at(-1).startTime))
  .observe({type: "largest-contentful-paint", buffered: true}))"""


def paints_soon(page):
    """The largest part within a second: the median of three visits, which a busy machine may repeat until the sixth."""
    times = []
    while len(times) < 6:
        times.append(paint(page.context.browser, page.url))
        if len(times) >= 3 and median(times[-3:]) < 1000:
            return []
    return [f"{times} ms"]


def paint(browser, address):
    with opened(browser, address) as page:
        return page.evaluate(PAINT)


SOME = [
    (steps, "chapters/0[136]_*"),
    (steps_without_motion, "chapters/0[136]_*"),
    (reads_without_scripts, "chapters/0*"),
    (hides_solutions, "chapters/solutions.html"),
    (first_link_skips, "[is]*.html"),
    (has_modes, "[is]*.html"),
    (finds_a_word, "[is]*.html"),
]


def two_steppers():
    a, neuron = Value(3.0, label="a"), Neuron(2)
    return PAGE.format(
        "Two",
        "".join(
            animate_backward(root)._repr_html_()
            for root in (a * a + 2, neuron([1, 2]))
        ),
    )


class TestSomePages:
    @pytest.mark.parametrize(
        "check, pattern", SOME, ids=[check.__name__ for check, _ in SOME]
    )
    def test_pages(self, tab, root, pages, check, pattern):
        some = [page for page in pages if fnmatch(page, root + pattern)]
        assert some and visit(tab, some, check) == {check: {}}

    def test_two_steppers(self, browser, tmp_path):
        (tmp_path / "two.html").write_text(two_steppers(), "utf-8")
        (tmp_path / "favicon.ico").touch()  # the browser asks for it
        checks = [
            steppers_leave_each_other_alone,
            steps,
            fits,
            accessible_in_light,
            accessible_in_dark,
            has_no_errors,
        ]
        with (
            served(tmp_path) as root,
            opened(browser, root + "two.html") as page,
        ):
            assert [problems(check, page) for check in checks] == [[]] * len(
                checks
            )

    def test_the_first_and_the_heaviest_page_paint_soon(self, tab, root, site):
        heaviest = max(
            site.glob("chapters/*.html"), key=lambda path: path.stat().st_size
        )
        assert visit(
            tab,
            [root + "intro.html", f"{root}chapters/{heaviest.name}"],
            paints_soon,
        ) == {paints_soon: {}}

    def test_the_root_leads_to_the_first_page(self, tab, root):
        tab.goto(root)
        tab.wait_for_url("**/intro.html")

    def test_pages_from_the_disk(self, tab, root, site, pages):
        disk = site.as_uri() + "/"
        assert visit(
            tab, [page.replace(root, disk) for page in pages], has_no_errors
        ) == {has_no_errors: {}}
        assert visit(tab, [f"{disk}{STEPPER}"], steps, finds_a_word) == {
            steps: {},
            finds_a_word: {},
        }


# The checks themselves: damage to a page, and which check must find it

HINTS, LISTINGS = (
    "chapters/02_gradient_check.html",
    "chapters/05_loss_curve.html",
)
STEPPER = "chapters/06_graph_view.html"
BROKEN = [
    (is_light, "intro.html", f"<p hidden>{'x' * 2_000_000}</p>"),
    (
        asks_nobody_and_keeps_nothing,
        "intro.html",
        "<script>localStorage.visits = 1</script>",
    ),
    (
        asks_nobody_and_keeps_nothing,
        "intro.html",
        "<script>document.cookie = 'a=b'</script>",
    ),
    (
        asks_nobody_and_keeps_nothing,
        "intro.html",
        '<img src="https://example.org/a.png" alt="">',
    ),
    (
        folds,
        "intro.html",
        "<details open><summary>x</summary><p>y</p></details>",
    ),
    (
        folds,
        HINTS,
        "<script>onclick = event => event.preventDefault()</script>",
    ),
    (
        folds,
        HINTS,
        "<script>onkeydown = event => event.preventDefault()</script>",
    ),
    (formulas_have_a_shape, "intro.html", "<math></math>"),
    (
        formulas_have_a_shape,
        "intro.html",
        "<details><summary>x</summary>$x^2$</details>",
    ),
    (links_lead_somewhere, "intro.html", '<a href="missing.html">x</a>'),
    (links_lead_somewhere, "intro.html", '<a href="search.html#missing">x</a>'),
    (
        links_lead_somewhere,
        LISTINGS,
        "<script>onclick = event => event.preventDefault()</script>",
    ),
    (
        buttons_copy,
        LISTINGS,
        "<script>document.querySelector('pre').prepend('>>> ')</script>",
    ),
    (
        buttons_copy,
        LISTINGS,
        """<script>addEventListener("copy", event => {
        event.clipboardData.setData("text/plain", "x"); event.preventDefault() })</script>""",
    ),
    (fits, "intro.html", '<p style="width: 500px">x</p>'),
    (
        fits,
        "intro.html",
        '<details><summary>x</summary><p style="width: 1500px">x</p></details>',
    ),
    (
        prints_no_controls,
        "intro.html",
        "<style>@media print { .bd-sidebar { display: block !important } }</style>",
    ),
    (
        phone_has_contents,
        "intro.html",
        "<style>.primary-toggle { display: none !important }</style>",
    ),
    (
        phone_has_contents,
        "intro.html",
        "<style>.bd-sidebar-secondary { display: flex !important }</style>",
    ),
    (
        keyboard_reaches_all,
        "intro.html",
        """<style>body *:focus:focus:focus {
        outline: 0 !important; box-shadow: none !important }</style>""",
    ),
    (
        keyboard_reaches_all,
        "intro.html",
        """<script>onkeydown = event => {
        if (document.activeElement.closest("main")) event.preventDefault() }</script>""",
    ),
    (
        keyboard_reaches_all,
        "intro.html",
        '<a href="#" style="position: fixed; left: 2000px">x</a>',
    ),
    (
        keyboard_reaches_all,
        LISTINGS,
        "<style>.copybtn { opacity: 0 !important }</style>",
    ),
    (
        first_link_skips,
        "intro.html",
        "<style>.skip-link { display: none }</style>",
    ),
    (
        first_link_skips,
        "intro.html",
        "<script>document.querySelector('main').id = 'x'</script>",
    ),
    (has_no_errors, "intro.html", "<script>throw Error('x')</script>"),
    (has_no_errors, "intro.html", '<img src="missing.png" alt="">'),
    (
        accessible_in_light,
        "intro.html",
        "<style>article p { color: #999 !important }</style>",
    ),
    (
        accessible_in_light,
        "intro.html",
        "<details><summary>x</summary><button></button></details>",
    ),
    (
        accessible_in_light,
        "intro.html",
        "<style>@media (max-width: 500px) { article p { color: #999 } }</style>",
    ),
    (
        accessible_in_dark,
        "intro.html",
        "<style>article p { color: #555 !important }</style>",
    ),
    (
        steps,
        STEPPER,
        "<style>.stepper .has-grad text { visibility: hidden !important }</style>",
    ),
    (
        steps,
        STEPPER,
        "<script>document.querySelector('.stepper input').oninput = null</script>",
    ),
    (
        steps,
        STEPPER,
        """<script>addEventListener("keydown", event => {
        event.preventDefault(); event.stopPropagation() }, true)</script>""",
    ),
    (
        steps,
        STEPPER,
        "<script>document.querySelectorAll('button').forEach(one => one.onclick = null)</script>",
    ),
    (
        steps,
        STEPPER,
        "<script>document.querySelector('.stepper li:last-child').append('0')</script>",
    ),
    (steps, STEPPER, "<script>setInterval = () => 1</script>"),
    (
        steppers_leave_each_other_alone,
        "two.html",
        """<script>
        onclick = () => document.querySelector(".now").append("x")</script>""",
    ),
    (
        steps_without_motion,
        "two.html",
        "<style>.stepper svg * { transition: fill 1s !important }</style>",
    ),
    (
        reads_without_scripts,
        STEPPER,
        "<style>.stepper ol { display: none }</style>",
    ),
    (
        reads_without_scripts,
        STEPPER,
        "<style>.stepper img { display: none !important }</style>",
    ),
    (
        reads_without_scripts,
        STEPPER,
        "<style>.controls { display: block !important }</style>",
    ),
    (
        reads_without_scripts,
        STEPPER,
        "<style>body { background: none !important }</style>",
    ),
    (
        reads_without_scripts,
        STEPPER,
        "<style>details > div { display: none !important }</style>",
    ),
    (
        hides_solutions,
        "chapters/solutions.html",
        "<script>document.querySelector('details').open = true</script>",
    ),
    (has_modes, "intro.html", "<style>h1 { color: black !important }</style>"),
    (
        has_modes,
        "intro.html",
        "<style>body { background: white !important }</style>",
    ),
    (
        has_modes,
        "intro.html",
        "<script>addEventListener('click', event => event.stopPropagation(), true)</script>",
    ),
    (
        has_modes,
        "intro.html",
        "<script>onload = () => localStorage.theme = localStorage.mode = 'light'</script>",
    ),
    (finds_a_word, "search.html", "<script>Search.query = () => 0</script>"),
    (
        finds_a_word,
        "search.html",
        """<script>
        const misleads = () => document.querySelectorAll("#search-results a").forEach(link => link.href = "intro.html");
        new MutationObserver(misleads).observe(document.body, {childList: true, subtree: true})</script>""",
    ),
    (
        paints_soon,
        "intro.html",
        """<style>body { animation: late 1.1s }
        @keyframes late { from, to { display: none } }</style>""",
    ),
]


class TestChecks:
    @pytest.mark.parametrize(
        "check, name, damage",
        BROKEN,
        ids=[check.__name__ for check, *_ in BROKEN],
    )
    def test_check_rejects_a_broken_page(
        self, tab, site, tmp_path, check, name, damage
    ):
        folder = shutil.copytree(
            site, tmp_path / "site", copy_function=os.symlink
        )
        text = (
            two_steppers()
            if name == "two.html"
            else (site / name).read_text("utf-8")
        )
        end = "</head>" if damage.startswith("<style") else "</body>"
        (folder / name).unlink(missing_ok=True)
        (folder / name).write_text(text.replace(end, damage + end), "utf-8")
        with served(folder) as root:
            assert visit(tab, [root + name], check)[check]
