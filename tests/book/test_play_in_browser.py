"""The things to play with, in the system's Chromium: arithmetic and moves."""

import csv
import random
import re
from base64 import b64decode
from collections import Counter
from io import BytesIO
from math import ulp

import pytest
from PIL import Image
from reader import DESKTOP, PHONE, Reader, expect, problems, served

from micrograd import Value
from micrograd.network_sketch import _open_neurons
from micrograd.practice import DATA, play_descent, play_line, play_xor
from micrograd.practice.play import descent, line, xor
from micrograd.practice.play.playground import read
from micrograd.train import XOR_X, XOR_Y, train

SEEDS = [0, 1, 7, 42, 99999, 2**31, 2**32 - 1]


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a page with all three, and the line a second time."""
    folder = tmp_path_factory.mktemp("play")
    play_descent().save(folder / "all.html")
    others = "".join(
        play()._repr_html_() for play in (play_line, play_xor, play_line)
    )
    text = (folder / "all.html").read_text("utf-8")
    text = text.replace("</main>", others + "</main>")
    (folder / "all.html").write_text(text, "utf-8")
    (folder / "favicon.ico").touch()  # the browser asks for it
    with served(folder) as root:
        yield f"{root}all.html"


@pytest.fixture
def page(reader, address):
    yield reader.visit(address)
    assert reader.errors == []


def button(block, name):
    return block.get_by_role("button", name=name, exact=True)


def table(block):
    rows = block.locator("tr").all()[1:]
    return [row.locator("td").all_text_contents() for row in rows]


# The arithmetic


def run_network(page, settings, steps):
    """Losses, and then parameters, as the script of the page has them."""
    found = page.evaluate(
        f"""([settings, points, targets, steps]) => {{
          {read("network.js")}
          const network = new Network(settings);
          const losses = [];
          for (let step = 0; step < steps; step += 1) {{
            losses.push(network.loss(points, targets));
            network.step(points, targets, settings.rate);
          }}
          return [losses, [...network.parameters]];
        }}""",
        [settings, XOR_X, XOR_Y, steps],
    )
    return [[float(number) for number in numbers] for numbers in found]


def numbers(model):
    return [p.data for p in model.parameters()]


def loss_of_products(predictions, targets):
    """The mean squared error without a power.

    The C library's power is off by a bit in one of a thousand squares.
    """
    errors = [p - y for p, y in zip(predictions, targets)]
    return sum((e * e for e in errors), Value(0.0)) * (1 / len(errors))


def drawn_settings(seed):
    """What somebody could choose, with a rate at which nothing diverges."""
    draws = random.Random(seed)
    return {
        **xor.STANDARD,
        "width": draws.randint(2, 32),
        "layers": draws.randint(1, 2),
        "output": draws.choice(["linear", "relu"]),
        "rate": draws.choice([0.01, 0.02, 0.05, 0.1, 0.2]),
        "seed": draws.randrange(100_000),
    }


RELU = [drawn_settings(seed) for seed in range(20)]


class TestArithmetic:
    @pytest.mark.parametrize("seed", SEEDS)
    def test_the_random_numbers_are_pythons(self, page, seed):
        random.seed(seed)
        expected = [random.random() for _ in range(1300)]
        found = page.evaluate(f"""() => {{ {read("network.js")}
          return Array.from({{ length: 1300 }}, pythonRandom({seed})); }}""")
        assert found == expected

    @pytest.mark.parametrize("settings", RELU, ids=xor.describe_settings)
    def test_relu_networks_are_equal_to_the_last_bit(self, page, settings):
        losses, parameters = run_network(page, settings, 200)
        model = xor.network(settings)
        rate = settings["rate"]
        expected = train(
            model, XOR_X, XOR_Y, 200, rate, loss_of_products, compiled=True
        )
        assert losses == expected
        assert parameters == numbers(model)
        # The package's loss has the same gradients. Its losses differ by a bit
        # of each square at most.
        model = xor.network(settings)
        expected = train(model, XOR_X, XOR_Y, 200, rate, compiled=True)
        assert parameters == numbers(model)
        for found, wanted in zip(losses, expected):
            assert abs(found - wanted) <= len(XOR_X) * ulp(wanted)

    @pytest.mark.parametrize("layers", [1, 2])
    def test_tanh_networks_are_equal_but_for_rounding(self, page, layers):
        settings = {**xor.STANDARD, "activation": "tanh", "layers": layers}
        losses, parameters = run_network(page, settings, 50)
        model = xor.network(settings)
        expected = train(model, XOR_X, XOR_Y, 50, settings["rate"])
        assert losses == pytest.approx(expected, abs=1e-9)
        assert parameters == pytest.approx(numbers(model), abs=1e-9)


# The ball


def sentence(curve, start, rate, step):
    *_, w, to = curve.walk(start, rate, step + 1)
    text = (
        f"Step {step}: loss {curve.loss(w):.2f}, slope {curve.slope(w):.2f}. "
        f"From {w:.3f}, w goes to {to:.3f}."
    )
    return text.replace("-", "−")


class TestDescent:
    @pytest.fixture
    def ball(self, page):
        return page.locator(".play-descent")

    def choose(self, ball, start, rate, curve="A bowl"):
        ball.get_by_label(curve).check()
        ball.get_by_label("learning rate").fill(str(rate))
        ball.get_by_label("start").fill(str(start))

    @pytest.mark.parametrize(
        "curve, start, rate, verdicts",
        [
            (descent.BOWL, 1, 0.05, ["Will it", "One step", "One step"]),
            (descent.BOWL, 1, 0.2, ["Will it", "overshot .*lower", "overshot"]),
            (
                descent.BOWL,
                1,
                0.25,
                ["Will it", "between 1.0 and 7.0 for ever"],
            ),
            (descent.BOWL, 1, 0.3, ["Will it", "diverges", "diverges"]),
            (descent.VALLEYS, 2.5, 0.05, ["Will it", "One step", "One step"]),
            (descent.VALLEYS, 7.4, 0.35, ["Will it", "leapt", "leapt"]),
            (
                descent.VALLEYS,
                5,
                0.3,
                ["Will it", *["between 4.6 and 6.5 for ever"] * 4],
            ),
        ],
    )
    def test_each_step_is_told(self, ball, curve, start, rate, verdicts):
        self.choose(ball, start, rate, curve.name)
        for step, verdict in enumerate(verdicts):
            told = ball.locator(".say > *").all_text_contents()
            assert told[0] == sentence(curve, start, rate, step)
            expect(ball.locator(".say")).to_contain_text(re.compile(verdict))
            button(ball, "Step").click()
        button(ball, "Back to the start").click()
        expect(ball.locator(".say strong")).to_have_text(
            sentence(curve, start, rate, 0)
        )

    def test_the_path_stays(self, ball):
        self.choose(ball, 1, 0.05)
        for _ in range(4):
            button(ball, "Step").press("Enter")
        assert ball.locator(".dots").get_attribute("d").count("M") == 5

    @pytest.mark.parametrize(
        "start, end",
        [(2.9, "other valley is deeper"), (3.1, "bottom"), (3, "hilltop")],
    )
    def test_the_start_decides(self, ball, page, start, end):
        self.choose(ball, start, 0.1, "Two valleys")
        page.clock.install()
        if start != 3:  # else it stays where it is
            button(ball, "Run").click()
            page.clock.run_for(40_000)
        expect(ball.locator(".say span")).to_contain_text(end)
        expect(button(ball, "Step")).to_be_disabled()
        expect(button(ball, "Run")).to_be_disabled()

    def test_what_swings_stays_where_it_is_said_to(self):
        far = descent.VALLEYS.walk(5, 0.3, 2000)[1000:]
        assert (min(far), max(far)) == pytest.approx((4.6, 6.5), abs=0.05)

    def test_the_end_names_the_steps_and_their_rate(self, ball, page):
        page.clock.install()
        for rate, steps in (0.12, "3 steps"), (0.1, "6 steps"):
            self.choose(ball, 1, rate)
            button(ball, "Run").click()
            page.clock.run_for(5_000)
            expect(ball.locator(".say .right")).to_have_text(
                "Slope nearly 0: this is the bottom, "
                f"after {steps} at {rate:.2f}."
            )
        self.choose(ball, 1, 0.05)
        button(ball, "Step").click()
        ball.get_by_label("learning rate").fill("0.12")
        button(ball, "Run").click()
        page.clock.run_for(5_000)
        expect(ball.locator(".say .right")).to_have_text(
            re.compile(r"bottom, after \d steps\.$")
        )

    def test_a_long_run_pauses_and_can_go_on(self, ball, page):
        self.choose(ball, 1, 0.25)
        page.clock.install()
        for steps in 100, 200:
            button(ball, "Run").click()
            page.clock.run_for(70_000)
            expect(button(ball, "Run")).to_be_enabled()
            expect(ball.locator(".say strong")).to_contain_text(f"{steps}:")

    def test_a_run_that_diverges_ends(self, ball, page):
        self.choose(ball, 1, 0.35)
        page.clock.install()
        button(ball, "Run").click()
        page.clock.run_for(10_000)
        expect(ball.locator(".say .wrong")).to_contain_text("It diverges")
        for name in "Step", "Run":
            expect(button(ball, name)).to_be_disabled()
        # The ball is far above, and yet to be seen
        mark = ball.locator(".ball.away").bounding_box()
        plot = ball.locator(".plot rect").bounding_box()
        assert plot["y"] <= mark["y"]
        assert mark["x"] + mark["width"] <= plot["x"] + plot["width"]
        # Another learning rate begins anew
        ball.get_by_label("learning rate").fill("0.05")
        expect(ball.locator(".say strong")).to_have_text(
            sentence(descent.BOWL, 1, 0.05, 0)
        )
        expect(button(ball, "Run")).to_be_enabled()
        assert ball.locator(".ball.away").count() == 0

    @pytest.mark.parametrize("size", [DESKTOP, PHONE])
    def test_its_height_stays(self, ball, page, size):
        page.set_viewport_size(size)
        heights = set()
        for curve, rate in ("A bowl", 0.35), ("Two valleys", 0.35):
            self.choose(ball, 2.5, rate, curve)
            for _ in range(3):
                button(ball, "Step").click()
                heights.add(ball.bounding_box()["height"])
        assert len(heights) == 1

    def test_run_and_pause(self, ball, page):
        page.clock.install()
        button(ball, "Run").click()
        page.clock.run_for(1100)
        button(ball, "Pause").click()
        page.clock.run_for(5000)
        expect(ball.locator(".say strong")).to_contain_text("Step 2:")

    def test_a_click_on_the_board_is_a_start(self, ball):
        box = ball.locator(".plot rect").bounding_box()
        ball.locator(".plot").click(position={"x": box["width"] / 4, "y": 9})
        expect(ball.locator(".say strong")).to_contain_text("From 1.700")


# The line


class TestLine:
    @pytest.fixture
    def board(self, page):
        return page.locator(".play-line").first

    def turn(self, board, *knobs):
        sliders = board.locator("[type=range]").all()
        for slider, knob in zip(sliders, knobs, strict=True):
            slider.fill(str(knob))

    def best(self, board, name):
        return board.locator(f'[value="{name}"] + b').text_content()

    def right(self, board):
        return int(board.locator(".say strong").text_content()[0])

    @pytest.mark.parametrize("name", line.SOLUTIONS)
    def test_a_line_solves_it(self, board, name):
        board.locator(f'[value="{name}"]').check()
        self.turn(board, *line.SOLUTIONS[name])
        assert self.right(board) == 4
        assert self.best(board, name) == "best 4"
        answers = [int(row[2]) for row in table(board)]
        assert answers == line.PROBLEMS[name]
        assert board.locator(".point.right").count() == 4
        expect(board.locator(".say .right")).to_contain_text("computes it")
        expect(board.locator(".rule")).to_have_text(
            "answer: 1 if the sum is positive"
        )

    def test_no_line_solves_xor_and_then_it_says_so(self, board, page):
        board.locator('[value="XOR"]').check()
        self.turn(board, 1, 1, -0.5)
        assert self.right(board) == 3
        expect(board.locator(".say")).to_contain_text("Can a line get the")
        for w0 in (-1, 1):
            for w1 in (-1, 1):
                for b in (-1.5, -0.5, 0.5, 1.5):
                    self.turn(board, w0, w1, b)
                    assert self.right(board) <= 3
        assert self.best(board, "XOR") == "best 3"
        expect(board.locator(".say")).to_contain_text("No line gets all four")
        page.set_viewport_size(PHONE)
        height = board.bounding_box()["height"]
        button(board, "Show two lines").click()
        assert board.bounding_box()["height"] == height
        assert self.right(board) == 4
        assert [int(row[3]) for row in table(board)] == line.answers_by_hand()
        hidden = [[float(h) for h in row[1:3]] for row in table(board)]
        assert hidden == [[0, 0], [1, 0], [1, 0], [2, 1]]
        assert not board.locator(".handle").first.is_visible()
        expect(board.locator(".rule")).to_have_text(
            "answer: first − 2 · second"
        )
        expect(board.locator(".say")).to_contain_text("they decide")
        button(board, "Back to one line").click()
        assert self.right(board) <= 3

    @pytest.mark.parametrize(
        "knobs, advice",
        [
            ((1, 0, -0.5), "Drag the line by its two handles, or move the"),
            ((0, 0, 1), "Both weights are 0: there is no line."),
            ((3, -3, 3), "The handles are outside the picture. Move b"),
            ((3, -3, 1), "Drag the line by its two handles"),
        ],
    )
    def test_it_says_what_can_be_done(self, board, knobs, advice):
        self.turn(board, *knobs)
        expect(board.locator(".say span")).to_contain_text(advice)
        grips = board.evaluate("""(block) => {
          const inside = block.querySelector(".frame").getBoundingClientRect();
          return [...block.querySelectorAll(".handle")].filter((handle) => {
            const { x, y, width, height } = handle.getBoundingClientRect();
            const centre = [x + width / 2 - inside.x,
              y + height / 2 - inside.y];
            return centre.every((far) => far > 0 && far < inside.width);
          }).length;
        }""")
        assert (grips > 0) == advice.startswith("Drag")

    def test_sides_can_be_swapped(self, board):
        before = self.right(board)
        button(board, "Swap the sides").click()
        assert self.right(board) == 4 - before

    @pytest.mark.parametrize("which", [0, 1])
    def test_the_line_follows_a_handle(self, board, page, which):
        board.locator(".board").scroll_into_view_if_needed()

        def place(i):
            box = board.locator(".handle").nth(i).bounding_box()
            return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

        other = place(1 - which)
        x, y = place(which)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 30, y - 12, steps=4)
        page.mouse.up()
        page.mouse.move(x, y)  # it is let go
        now, still = place(which), place(1 - which)
        for point in (other, (x + 30, y - 12)):  # are on the line now
            across = (now[0] - still[0]) * (point[1] - still[1])
            up = (now[1] - still[1]) * (point[0] - still[0])
            assert across == pytest.approx(up, abs=50)
        knobs = board.locator(".sliders b").all_text_contents()
        assert knobs[1] != "0.00"

    def test_a_finger_drags_the_line_and_not_the_page(self, browser, address):
        phone = Reader(browser, has_touch=True, is_mobile=True)
        page = phone.visit(address, PHONE)
        board = page.locator(".play-line").first
        board.locator(".board").scroll_into_view_if_needed()
        box = board.locator(".handle").first.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        scrolled = page.evaluate("scrollY")
        fingers = page.context.new_cdp_session(page)
        for kind, way in ("Start", 0), ("Move", 15), ("Move", 40), ("End", 40):
            points = [{"x": x + way, "y": y - way}] if kind != "End" else []
            fingers.send(
                "Input.dispatchTouchEvent",
                {"type": f"touch{kind}", "touchPoints": points},
            )
        knobs = board.locator(".sliders b").all_text_contents()
        assert knobs[1] != "0.00"
        assert page.evaluate("scrollY") == scrolled
        assert phone.errors == []

    def test_two_of_a_kind_do_not_clash(self, page):
        first, second = page.locator(".play-line").all()
        first.locator('[value="OR"]').check()
        assert second.locator('[value="AND"]').is_checked()
        self.turn(second, 1, 1, -1.5)
        assert self.right(second) == 4
        assert self.best(first, "AND") == "best 3"


# The networks


class TestNetworks:
    @pytest.fixture
    def networks(self, page):
        page.clock.install()
        return page.locator(".play-xor")

    def run(self, page, networks, name):
        button(networks, name).click()
        page.clock.run_for(6000)
        expect(button(networks, "Run")).to_be_visible()

    @pytest.mark.parametrize("name", xor.PRESETS)
    def test_the_buttons(self, page, networks, name):
        self.run(page, networks, name)
        settings = xor.PRESETS[name]
        model = xor.network(settings)
        said = networks.locator(".say").text_content()
        verdict = {
            "Learns": "It has learned XOR.",
            "Born dead": "it is dead.",
            "Stuck at 1/6": "it is stuck.",
            "Too large a rate": "the learning rate is too large.",
        }
        assert said.endswith(verdict[name])
        kind = "right" if name == "Learns" else "wrong"
        expect(networks.locator(f".say .{kind}")).to_have_text(
            re.compile(re.escape(verdict[name]))
        )
        pressed = networks.locator("[aria-pressed=true]")
        assert pressed.all_text_contents() == [name]
        steps, rate = settings["steps"], settings["rate"]
        if name == "Too large a rate":
            step = re.match(r"Step (\d+): loss inf,", said)[1]
            networks.locator(".scrub").fill("9")  # a large loss, and a number
            # The line ends where it leaves the picture, with an arrow
            above = networks.locator(".above").get_attribute("d")
            assert above.count("z") == 1
            (at,) = re.findall(r"^M(-?[\d.]+) 9", above)
            line = networks.locator(".losses").get_attribute("d")
            ends = [float(x) for x in re.findall(r"L([\d.]+),", line)]
            assert max(ends) == pytest.approx(float(at) + 5)
            expect(networks.locator(".say")).to_contain_text(verdict[name])
            with pytest.raises(ArithmeticError, match=f"at step {step};"):
                train(model, XOR_X, XOR_Y, steps, rate)
            return
        train(model, XOR_X, XOR_Y, steps, rate)
        assert said.startswith(f"Step {steps}: loss ")
        assert "loss 0.0000" not in said
        hidden = model.layers[:-1]
        for row, point in zip(
            networks.locator("tr").all()[1:], XOR_X, strict=True
        ):
            cells = row.locator("td").all()
            circles = [
                cell.locator("i").evaluate_all(
                    "all => all.map((one) => one.className === 'open')"
                )
                for cell in cells[1:-2]
            ]
            assert circles == _open_neurons(hidden, point)
            answer = f"{model(point).data:z.2f}".replace("-", "−")
            assert cells[-2].text_content() == answer

    def test_scrubbing_back_and_on(self, page, networks):
        self.run(page, networks, "Learns")
        losses = train(xor.network(xor.PRESETS["Learns"]), XOR_X, XOR_Y)
        slider = networks.locator(".scrub")
        seen = set()
        for step in (150, 3, 0, 42):
            slider.fill(str(step))
            said = networks.locator(".say strong").text_content()
            assert said.startswith(f"Step {step}: loss {losses[step]:.4f},")
            seen.add(
                networks.locator("canvas").evaluate(
                    "(canvas) => canvas.toDataURL()"
                )
            )
            seen.add(networks.locator(".dot").get_attribute("d"))
        assert len(seen) == 8
        button(networks, "One step").click()
        assert slider.input_value() == "43"
        slider.press("ArrowRight")
        assert slider.input_value() == "44"
        button(networks, "Run").click()
        page.clock.run_for(200)
        button(networks, "Pause").click()
        paused = int(slider.input_value())
        assert 44 < paused < 100
        page.clock.run_for(1000)
        assert slider.input_value() == str(paused)
        button(networks, "Back to the start").click()
        assert slider.input_value() == "0"

    def test_the_surface_is_that_of_the_network(self, page, networks):
        self.run(page, networks, "Learns")
        data = networks.locator("canvas").evaluate("(one) => one.toDataURL()")
        picture = Image.open(BytesIO(b64decode(data.partition(",")[2])))
        places = [(0.222 + 0.556 * x0, 0.778 - 0.556 * x1) for x0, x1 in XOR_X]
        colors = [
            picture.getpixel((x * picture.width, y * picture.height))[:3]
            for x, y in places
        ]
        orange, blue = (213, 94, 0), (0, 114, 178)
        assert colors == [orange, blue, blue, orange]

    def test_another_network_is_none_of_the_books(self, networks):
        networks.get_by_label("width").fill("15")
        assert networks.locator("[aria-pressed=true]").count() == 0

    @pytest.mark.parametrize("width, layers", [(16, "1"), (32, "2")])
    def test_a_phone_shows_eight_neurons_in_a_row(
        self, networks, page, width, layers
    ):
        page.set_viewport_size(PHONE)
        networks.get_by_label("width").fill(str(width))
        networks.get_by_label("hidden layers").select_option(layers)
        for cell in networks.locator("td:has(i)").all():
            tops = cell.locator("i").evaluate_all(
                "all => all.map((one) => one.getBoundingClientRect().top)"
            )
            assert set(Counter(tops).values()) == {8}

    @pytest.mark.parametrize("seed", ["", "-3", "1.5", "1e3", "99999999999"])
    def test_a_seed_that_is_none_is_refused(self, networks, seed):
        field = networks.get_by_label("seed", exact=True)
        field.fill("7")
        field.press("Tab")
        field.fill(seed)
        field.press("Tab")
        assert field.input_value() == "7"
        expect(networks.locator(".say")).to_have_text(
            "That is no seed. A seed is a whole number from 0 to 99999. "
            "It is 7 again."
        )

    def test_a_tanh_is_flat_and_not_shut(self, page, networks):
        networks.get_by_label("width").fill("2")
        networks.get_by_label("activation").select_option("tanh")
        networks.get_by_label("learning rate").select_option("1")
        networks.get_by_label("seed", exact=True).fill("0")
        networks.get_by_label("seed", exact=True).press("Tab")
        networks.locator(".scrub").fill("5")
        expect(networks.locator(".say span")).to_have_text(
            re.compile(r"\d of 2 hidden neurons are flat at all four points.")
        )

    def test_an_answer_of_a_half_is_not_right(self, page, networks):
        networks.get_by_label("hidden layers").select_option("2")
        networks.get_by_label("learning rate").select_option("0.5")
        networks.get_by_label("steps").select_option("1000")
        for seed in range(30):
            networks.get_by_label("seed", exact=True).fill(str(seed))
            networks.get_by_label("seed", exact=True).press("Tab")
            networks.locator(".scrub").fill("1000")
            if {row[-2] for row in table(networks)} == {"0.50"}:
                break
        expect(networks.locator(".say strong")).to_contain_text("0 of 4 right")


class TestManySeeds:
    @pytest.fixture
    def networks(self, page):
        return page.locator(".play-xor")

    def choose(self, networks, width, layers, steps):
        networks.get_by_label("width").fill(str(width))
        networks.get_by_label("hidden layers").select_option(str(layers))
        networks.get_by_label("steps").select_option(str(steps))

    @pytest.mark.parametrize(
        "network, steps", [("4-4-1", 200), ("4-4-1", 1000), ("4-1", 200)]
    )
    def test_as_many_learn_as_in_the_data(self, networks, network, steps):
        *sizes, _ = network.split("-")
        self.choose(networks, sizes[0], len(sizes), steps)
        button(networks, "Try 100 seeds").click()
        expect(button(networks, "Try 100 seeds")).to_be_visible(timeout=30_000)
        with open(DATA / "xor_success.csv", encoding="utf-8") as file:
            runs = [
                float(run[f"loss after {steps} steps"]) < 0.05
                for run in csv.DictReader(file)
                if run["network"] == f"{network}, ReLU"
                and int(run["seed"]) < 100
            ]
        text = (
            f"{sum(runs)} of 100 seeds have a loss below 0.05 after {steps:,}"
        )
        assert text in networks.locator(".count").text_content()
        squares = networks.locator(".learned").get_attribute("d")
        assert squares.count("M") == sum(runs)

    def test_it_can_be_stopped_and_the_page_stays_alive(self, networks, page):
        self.choose(networks, 32, 2, 1000)
        page.evaluate("""() => {
          let last = performance.now();
          window.longest = 0;
          window.timer = setInterval(() => {
            window.longest = Math.max(window.longest, performance.now() - last);
            last = performance.now();
          }, 1);
        }""")
        button(networks, "Try 100 seeds").click()
        page.wait_for_timeout(700)
        button(networks, "Stop").click()
        tried = networks.locator(".count").text_content()
        page.wait_for_timeout(300)
        assert networks.locator(".count").text_content() == tried
        assert "100 seeds have" not in tried
        assert page.evaluate("window.longest") < 200
        # Another network has other successes
        networks.get_by_label("output").select_option("relu")
        assert networks.locator(".count").text_content() == ""
        assert not networks.locator(".seeds").is_visible()

    def test_a_square_leads_to_its_seed(self, networks, page):
        self.choose(networks, 2, 1, 200)
        button(networks, "Try 100 seeds").click()
        expect(button(networks, "Try 100 seeds")).to_be_visible(timeout=30_000)
        page.set_viewport_size(PHONE)
        seeds = networks.locator(".seeds")
        width = seeds.bounding_box()["width"]
        seeds.click(position={"x": width * 0.68, "y": width * 0.14})
        field = networks.get_by_label("seed", exact=True)
        assert field.input_value() == "73"
        expect(networks.locator(".say")).to_be_in_viewport(ratio=1)
        square = networks.locator(".chosen").bounding_box()
        assert seeds.bounding_box()["x"] + width * 0.65 < square["x"]
        field.fill("100")  # has no square
        field.press("Tab")
        assert networks.locator(".chosen").get_attribute("d") == ""


# The page


class TestPage:
    def test_nothing_is_wrong_with_it(self, reader, page):
        assert problems(reader) == []

    def test_without_scripts_there_are_texts_and_pictures(
        self, browser, address
    ):
        plain = Reader(browser, java_script_enabled=False)
        for size in (None, PHONE):
            page = plain.visit(address, **({"size": size} if size else {}))
            for part in page.locator(".stored li, .stored img").all():
                assert part.is_visible()
            assert page.locator(".stored img").count() == 4
            assert page.locator("form:visible").count() == 0

    def test_paper_shows_what_is_shown_without_scripts(self, page):
        assert page.locator(".stored:visible").count() == 0
        page.emulate_media(media="print")
        assert page.locator(".stored:visible").count() == 4
        assert page.locator("form:visible").count() == 0

    def test_the_surface_gets_the_colours_of_the_dark(self, page):
        data = "document.querySelector('canvas').toDataURL()"
        light = page.evaluate(data)
        page.emulate_media(color_scheme="dark")
        page.wait_for_function(f"light => {data} !== light", arg=light)

    def test_all_controls_are_in_reach_of_the_keyboard(self, page):
        controls = page.locator("form :is(button, input, select):visible")
        missing = controls.locator("visible=true").evaluate_all("""(all) =>
          all.filter((one) => one.tabIndex < 0 || one.closest("[aria-hidden]"))
            .map((one) => one.outerHTML)""")
        assert missing == []
        slider = page.locator(".play-descent").get_by_label("start")
        slider.press("ArrowRight")
        assert slider.input_value() == "1.1"
