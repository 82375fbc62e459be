"""The backward pass by hand, and its drill, in the system's Chromium."""

import re

import pytest
from reader import (
    DESKTOP,
    LABELS,
    PHONE,
    Reader,
    expect,
    problems,
    served,
    wide_font,
)

from micrograd import Value
from micrograd.graph import nodes
from micrograd.practice import be_backward, drill
from micrograd.practice.by_hand.be_backward import JS
from micrograd.practice.by_hand.drill import shape
from micrograd.practice.by_hand.mistakes import wrong_answers
from micrograd.practice.steps.stepper import PAGE


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
    html = "".join(
        OUTPUT.format(x._repr_html_()) for x in [*outputs, the_drill, the_drill]
    )
    (folder / "index.html").write_text(PAGE.format("Passes", html), "utf-8")
    (folder / "favicon.ico").touch()
    with served(folder) as address:
        yield address


# As the book's theme puts an output into its page
OUTPUT = '<div class="text_html" style="overflow: auto">{}</div>'


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
    ("right", "one", "Not a number. Type one, or a sum such as"),
    ("right", "2*", "Not a number. Type one, or a sum such as"),
    ("left", "-1", "Not yet. left gets from y the local derivative"),
    ("left", "1,0", "Right. left.grad = 1."),
    ("x", "6", "Not yet. That came along y → left → u. What comes along"),
    ("x", "-8", "Not yet. That came along y → right → u. What comes along"),
    ("x", "4", "Not yet. That is what hurry finds:"),
    ("u", "3", "Not yet. That came along y → left. What comes along y → right"),
    (
        "u",
        "-4",
        "Not yet. That came along y → right. What comes along y → left",
    ),
    ("u", "-12", "Not yet. Those are the shares of u, multiplied."),
    ("v2", "3", "Not yet. That is what v2 would get if its local derivative"),
    ("right", "−1", "Right. right.grad = -1."),
    ("u", "3", "Not yet. That is one share alone, the last,"),
    (
        "u",
        "-4",
        "Not yet. That came along y → right. What comes along y → left",
    ),
    ("u", "9", "Not yet. u gets from right and left the local derivative"),
    ("x", "2*-1", "Right. x.grad = -2. You worked ahead."),
    ("u", "3*1 - 4*1", "Right. u.grad = -1."),
    ("v1", "-1", "Right. v1.grad = -1."),
    ("v2", "-2", "Not yet. The size is right, and the sign is not."),
    ("v2", "+2", "Right. v2.grad = 2."),
    ("v3", "2", "Not yet. That is the local derivative alone."),
    ("v3", "-2", "Done. All 8 gradients are right, with 16 wrong numbers"),
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
            assert (invalid == "true") is wanted.startswith("Not")
            assert field(block, name).get_attribute("readonly") == (
                "" if right else None
            )
        assert field(block, "x").input_value() == "grad -2"
        expect(block.get_by_role("button", name="Hint")).to_be_disabled()
        block.get_by_role("button", name="Start again").click()
        expect(block.get_by_role("button", name="Hint")).to_be_enabled()
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
        assert focused.text_content() == "Start again"

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
        # `left` was only too early, and that is no wrong number
        assert "with 1 wrong number and" in block.locator(".now").text_content()

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
        expect(hint).to_be_disabled()

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

    def test_the_names_of_fields_tell_uses_and_local_derivatives(
        self, reader, passes
    ):
        def named(name):
            return field(block, name).get_attribute("aria-label")

        block = reader.visit(passes).locator(".be-backward").first
        plain = named("u")
        assert plain.endswith("data 2, used by left and right")
        block.get_by_label("Show the local derivatives").check()
        assert named("u").endswith(
            "used by left (local derivative 3) and right (local derivative 4)"
        )
        assert named("right").endswith("used by y (local derivative -1)")
        assert named("y").endswith("data -2, the result")
        block.get_by_label("Show the local derivatives").uncheck()
        assert named("u") == plain

    def test_a_node_that_one_operation_uses_twice(self, browser):
        x = Value(3.0, label="x")
        y = x * x
        y.label = "y"
        page = Reader(browser).page
        page.set_content(be_backward(y)._repr_html_())
        block = page.locator(".be-backward")
        page.get_by_label("data 3, used by y twice", exact=False).focus()
        block.get_by_label("Show the local derivatives").check()
        assert field(block, "x").get_attribute("aria-label") == (
            "Gradient of x, data 3, "
            "used by y twice (local derivative 3, then 3)"
        )

    def test_a_wrong_field_is_described_by_its_message(self, reader, passes):
        page = reader.visit(passes)
        described = page.locator("[aria-describedby]")
        messages = page.locator(".be-backward .now")
        ids = [now.get_attribute("id") for now in messages.all()]
        assert len(set(ids)) == len(ids) == 4
        first, second, *_ = page.locator(".be-backward").all()
        answer(first, "y", "7")
        expect(described).to_have_count(1)
        expect(field(first, "y")).to_have_accessible_description(
            re.compile("^Not yet. The gradient of the result is where")
        )
        answer(second, "v3", "one")  # another block, with a message of its own
        expect(described).to_have_count(2)
        expect(field(second, "v3")).to_have_accessible_description(
            re.compile("^Not a number.")
        )
        answer(first, "left", "7")
        expect(field(first, "left")).to_have_accessible_description(
            re.compile("^Not yet. left waits")
        )
        expect(field(first, "y")).to_have_accessible_description("")
        answer(first, "y", "1")
        expect(described).to_have_count(1)  # that of the second block

    def test_a_new_level_and_a_new_row_are_announced(self, reader, passes):
        page = reader.visit(passes)
        block = page.locator(".drill").first
        now, score = block.locator(".now"), block.get_by_role("status")
        expect(now).to_have_attribute("aria-live", "polite")
        for level in 3, 2:
            block.get_by_label(f"{level}:").check()
            expect(now).to_have_text(
                f"Level {level}, a new graph. How fast does y change with "
                "each node? Work out all gradients, from y back."
            )
        answer(block, "y", "1")
        block.get_by_role("button", name="Another graph").click()
        expect(now).to_contain_text("Level 2, a new graph. How fast")
        expect(now).to_have_attribute("data-kind", "")
        solve(block)
        expect(score).to_have_text("In a row: 1. Best: 1.")
        block.get_by_role("button", name="Reset").click()
        expect(score).to_have_text("In a row: 0. Best: 0.")

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
            expect(block.locator(".score output")).to_have_text(score)
            expect(page.locator(":focus")).to_have_text("Another graph")
            page.keyboard.press("Enter")
            expect(field(block, "y")).to_be_focused()
        assert len(graphs) > 1
        page.reload()
        block = page.locator(".drill").first
        score = block.locator(".score output")
        for other in {1, 2, 3} - {level}:
            block.get_by_label(f"{other}:").check()
            expect(score).to_have_text("In a row: 0. Best: 0.")
        block.get_by_label(f"{level}:").check()
        expect(score).to_have_text("In a row: 5. Best: 5.")
        answer(block, "y", "1000")
        answer(block, "y", "1")
        expect(score).to_have_text("In a row: 0. Best: 5.")
        for name, gradient in engines_gradients(block).items():
            if name != "y":
                answer(block, name, gradient)
        expect(score).to_have_text("In a row: 0. Best: 5.")
        block.get_by_role("button", name="Reset").click()
        expect(score).to_have_text("In a row: 0. Best: 0.")
        assert page.evaluate("localStorage.length") == 0
        assert reader.errors == []

    def test_a_hint_ends_the_row(self, browser, passes):
        page = Reader(browser).visit(passes)
        block = page.locator(".drill").first
        solve(block)
        block.get_by_role("button", name="Another graph").click()
        block.get_by_role("button", name="Hint").click()
        score = block.locator(".score output")
        expect(score).to_have_text("In a row: 0. Best: 1.")

    def test_the_numbers_of_the_drill_are_small(self, reader, passes):
        page = reader.visit(passes)
        block = page.locator(".drill").first
        for level in block.locator(".levels input").all():
            level.check()
            largest = block.evaluate(LARGEST_OF_MANY)
            assert 9 < largest <= 60

    def test_many_graphs_have_a_relu_and_many_relus_are_shut(
        self, reader, passes
    ):
        block = reader.visit(passes).locator(".drill").first
        block.get_by_label("3:").check()
        gates = block.evaluate(RELUS_OF_MANY)
        assert sum(len(some) > 0 for some in gates) >= 0.5 * len(gates)
        assert sum(0 in some for some in gates) >= 0.25 * len(gates)

    @pytest.mark.parametrize("size", [DESKTOP, PHONE])
    def test_another_graph_does_not_move_the_page(self, reader, passes, size):
        block = reader.visit(passes, size).locator(".drill").first
        for level in block.locator(".levels input").all():
            level.check()
            heights = block.evaluate(HEIGHTS_OF_MANY)
            assert len(set(heights)) == 1

    @pytest.mark.parametrize("size", [DESKTOP, PHONE])
    def test_a_message_moves_nothing_and_is_seen(self, reader, passes, size):
        page = reader.visit(passes, size)
        block = page.locator(".be-backward").first
        height = block.bounding_box()["height"]
        box = field(block, "y").locator("..")
        box.evaluate("box => box.scrollIntoView({ block: 'start' })")
        page.mouse.wheel(0, -120)
        page.wait_for_timeout(100)
        place = box.bounding_box()
        # Beside the field
        box.click(position={"x": place["width"] / 2, "y": 3})
        page.keyboard.type("99")
        page.keyboard.press("Enter")
        expect(block.locator(".now")).to_contain_text("Not yet.")
        expect(block.locator(".now")).to_be_in_viewport(ratio=1)
        block.get_by_role("button", name="Hint").click()
        assert block.bounding_box()["height"] == height

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
        assert repr(the_drill).endswith("\n".join(shown[-6:]))


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

# How high a drill is with many graphs
HEIGHTS_OF_MANY = """(block) => Array.from({ length: 60 }, () => {
  block.querySelector(".another").click();
  return block.getBoundingClientRect().height;
})"""

# The data of the ReLUs in many graphs of a drill; chance is the same each time
RELUS_OF_MANY = """(block) => {
  let seed = 1;
  Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  return Array.from({ length: 200 }, () => {
    block.querySelector(".another").click();
    return [...block.querySelectorAll(".box input")]
      .map((field) => field.ariaLabel)
      .filter((label) => label.includes("ReLU"))
      .map((label) => Number(label.match(/data ([-\\d]+)/)[1]));
  });
}"""

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
