"""A reader in the system's Chromium, and what is checked of every page."""
# ruff: noqa: E402 (the imports are of what may be missing)

from base64 import b64encode
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import matplotlib
import yaml
from build_book import ROOT
from need_browser import skip_without_browser

skip_without_browser()

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect
from print_pdf import page_names

__all__ = ["expect"]

TOC = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
A_MODULE = "_modules/micrograd/gradcheck"  # all modules' pages are alike
NAMES = [*page_names(TOC), "search", A_MODULE]

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

# Of the words in listings that look alike, one is left: of the source in full,
# axe would look at each word.
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


AXE = """async () => {
  document.querySelector(".term > dfn")?.focus();
  const enabled = false;
  const all = {resultTypes: ["violations"], preload: false};
  const others = await axe.run(
    {...all, rules: {"color-contrast": {enabled}}});

  const kinds = new Map([[null, ""]]);
  const kindOf = (one) => {
    if (kinds.has(one)) return kinds.get(one);
    const {color, backgroundColor, opacity} = getComputedStyle(one);
    const look = [one.tagName, one.getAttribute("class"), color,
      backgroundColor, opacity, kindOf(one.parentElement)].join(" ");
    kinds.set(one, look);
    return look;
  };
  const holdsText = (one) => [...one.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const texts = [...document.querySelectorAll("body *")].filter(
    (one) => holdsText(one) && one.checkVisibility({visibilityProperty: true}));
  const seen = new Set();
  const isFirst = texts.map(
    (one) => seen.size < seen.add(kindOf(one)).size);
  texts.forEach((one, i) => {
    one.style.visibility = isFirst[i] ? "visible" : "hidden" });
  const contrast = await axe.run({...all, runOnly: ["color-contrast"]});
  for (const one of texts) one.style.visibility = "";

  const {violations} = others;
  return violations.concat(contrast.violations).flatMap((rule) =>
    rule.nodes.map((node) => rule.id + ": " + node.html.slice(0, 90)));
}"""


def inaccessible(page):
    """What axe finds: contrast, names, landmarks, what scrolls by keyboard.

    It sees the card of a term, too, since that is open on focus. Of the texts
    that look alike, with all that is around them, it sees the contrast of the
    first alone, which takes half of the time.
    """
    return page.evaluate(AXE)


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


# To find what the checks don't

LABELS = ["a", "x12", "WWW", "illilli", "the hidden weight 3", "∂数é", "a\nb c"]


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
