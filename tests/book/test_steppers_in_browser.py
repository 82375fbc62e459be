"""The steppers in the system's Chromium: do they obey, and show all?"""

import re
from functools import partial

import pytest
from reader import (
    DESKTOP,
    NAMES,
    PHONE,
    Reader,
    damaged,
    expect,
    problems,
    served,
)

from micrograd import Neuron, Value
from micrograd.practice import animate_backward, animate_order

A_STEPPER = "chapters/06_graph_view"
SIGN = '<figure class="practice stepper"'


def steppers_that_fail(page):
    """What goes wrong by mouse, by keyboard, by the slider, and in playing."""
    blocks = page.locator(".stepper").all()
    return [problem for block in blocks for problem in moves_that_fail(block)]


# The buttons that lead nowhere at the first and at the last step
AT_AN_END = {0: ["First", "Previous"], -1: ["Next", "Last"]}


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
        ("Next", button("Next"), 1),
        ("First", button("First"), 0),
        ("Last", button("Last"), -1),
        ("Previous", button("Previous"), -2),
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
        idle = block.locator("[aria-disabled=true]").all_text_contents()
        if idle != AT_AN_END.get(step, []):
            found.append(f"after {name}, idle buttons are {idle}")
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
    for block in page.locator(".stepper").all():
        block.locator("input").fill("1")
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
        signs = [(site / page).read_text("utf-8").count(SIGN) for page in pages]
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

    @pytest.mark.parametrize("size", [DESKTOP, PHONE])
    def test_the_page_below_stays_where_it_is(
        self, reader, three_steppers, size
    ):
        page = reader.visit(three_steppers, size)
        for block in page.locator(".stepper").all():
            heights = set()
            for step in range(block.locator("li").count()):
                block.locator("input").fill(str(step))
                heights.add(block.bounding_box()["height"])
            assert len(heights) == 1

    def test_a_search_shows_where_it_is(self, reader, three_steppers):
        block = reader.visit(three_steppers).locator(".stepper").last
        block.locator("input").fill("9")
        assert block.locator(".legend").is_visible()
        assert len(set(block.evaluate(LOOKS))) == 4

    def test_without_scripts_there_are_the_end_and_all_steps(
        self, browser, root
    ):
        plain = Reader(browser, java_script_enabled=False)
        page = plain.visit(f"{root}{A_STEPPER}.html")
        for text in page.locator("h1, .stepper .wide, .stepper li").all():
            assert text.is_visible()
        page.set_viewport_size(PHONE)
        assert page.locator(".stepper .upright").is_visible()
        assert not page.locator(".stepper .wide").is_visible()
        assert not page.locator(".stepper .controls").is_visible()


class TestChecks:
    @pytest.mark.parametrize(
        "check, style",
        [
            (steppers_that_fail, ".has-note text { visibility: hidden }"),
            (steppers_in_motion, "svg * { transition: fill 1s }"),
        ],
    )
    def test_damage_by_a_style_is_found(
        self, browser, three_steppers, check, style
    ):
        important = style.replace(" }", " !important }", 1)
        damage = f"<style>{important}</style>"
        assert check(damaged(browser, three_steppers, damage).page) != []

    def test_a_damaged_script_is_found(self, browser, three_steppers):
        damage = "<script>document.querySelector('input').oninput = 0</script>"
        page = damaged(browser, three_steppers, damage).page
        assert steppers_that_fail(page) != []
