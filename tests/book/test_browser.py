"""The built book as a reader meets it, in the system's Chromium.

Every page is opened once and looked at on a desktop, in the dark and on a
phone. DAMAGE shows that the intricate checks find what they are for.
"""

import re
from io import BytesIO
from urllib.parse import quote

import pytest
from PIL import Image
from reader import (
    A_MODULE,
    DESKTOP,
    IS_IN_MODE,
    LABELS,
    NAMES,
    PHONE,
    UNFOLD,
    Reader,
    damaged,
    expect,
    problems,
    wide_font,
)
from uncoloured_words import UNCOLOURED

from micrograd import Value, draw_graph, palette
from micrograd.graph import nodes
from micrograd.practice import animate_backward

FOLDS, LISTINGS = "chapters/04_xor_training", "chapters/05_loss_curve"
STEPPER = "chapters/06_graph_view"


class TestEachPage:
    @pytest.mark.parametrize("name", NAMES)
    def test_page(self, reader, root, name):
        reader.visit(f"{root}{name}.html")
        assert problems(reader) == []


# Graphs

NUMBERS = [(2.0, 14.0), (-0.7071, -0.1234), (-1.234e-05, -9.876e15)]


def drawn_graph(label, data, grad):
    leaf = Value(data, label=label)
    root = leaf.tanh() ** 2 * leaf
    for node in nodes(root):
        node.grad = grad
    root.label = label
    return draw_graph(root).svg


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
# A quiz has short lines of code only, in a box of its own.
LISTINGS_AT_80 = """() => [...document.querySelectorAll("section > .cell pre")]
  .filter((pre) => !pre.closest(".quiz")).map((pre) => {
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
        pages = {
            path.relative_to(site).as_posix() for path in site.rglob("*.html")
        }
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

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_words_without_tags_have_their_colour(self, reader, root, scheme):
        page = reader.visit(f"{root}{LISTINGS}.html", scheme=scheme)
        page.wait_for_function(IS_IN_MODE, arg=scheme)
        for name in UNCOLOURED:
            plain, tagged = page.locator(".highlight pre").first.evaluate(
                """(pre, name) => {
                  const one = document.createElement("span");
                  one.className = name;
                  pre.append(one);
                  return [pre, one].map((part) => getComputedStyle(part).color);
                }""",
                name,
            )
            assert plain == tagged

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
    "desktop, light: color-contrast": """<p>As all others.</p>
        <p style="color: #ccc">Fainter.</p>""",
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
}


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
    def test_damage_by_a_style_is_found(self, browser, root, check, style):
        address = f"{root}chapters/02_gradient_check.html"
        important = style.replace(" }", " !important }", 1)
        reader = damaged(browser, address, f"<style>{important}</style>")
        assert check(reader.page) != []
