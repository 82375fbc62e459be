"""The formulas of the pages: sums are done again, slopes are found by nudges.

formulas.txt has the slopes, and what is equal. Whether a formula is TeX at all
is seen by the build.
"""

import math
import re
from pathlib import Path

import nbformat
import pytest
from build_book import ROOT

PAGES = [ROOT / "intro.md", *sorted(ROOT.glob("chapters/[!.]*.*"))]


def prose_of(path):
    """The text of a page without its code."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = nbformat.reads(text, as_version=4).cells
        prose = [cell.source for cell in cells if cell.cell_type == "markdown"]
        text = "\n\n".join(prose)
    return re.sub(r"(?s)```.*?```|`[^`]*`", "", text)


def formulas_of(path):
    found = re.findall(r"(?s)\$\$(.+?)\$\$|\$([^$]+?)\$", prose_of(path))
    return [display or inline for display, inline in found]


FORMULAS = {path.stem: formulas_of(path) for path in PAGES}

# Reading

FUNCTIONS = {
    r"\exp": math.exp,
    r"\ln": math.log,
    r"\log": math.log,
    r"\sin": math.sin,
    r"\cos": math.cos,
    r"\tan": math.tan,
    r"\tanh": math.tanh,
    r"\text{relu}": lambda x: max(x, 0.0),
}
TOKEN = re.compile(
    r"\\text\{relu\}|\\[a-z]+(?:_\w)?|\d+(?:\{,\}\d{3})*(?:\.\d+)?|[a-zA-Z](?:_\w)?'*|\S"
)
NO_MEANING = re.compile(r"\\left(?![a-z])|\\right(?![a-z])|\\[,;]")


class NotRead(ValueError):
    """A formula that is no sum, product, power or function of numbers."""


class Reader:
    """Computes a formula in TeX; `names` has the numbers of its letters."""

    def __init__(self, tex, names):
        self.tokens = TOKEN.findall(NO_MEANING.sub("", tex))
        self.names = {"e": math.e, r"\pi": math.pi, **names}
        self.place = 0

    def next(self):
        return [*self.tokens, ""][self.place]

    def take(self, wanted=None):
        token = self.next()
        if token == "" or wanted not in (None, token):
            raise NotRead(f"{token!r}, where {wanted!r} should stand")
        self.place += 1
        return token

    def all(self):
        result = self.sum()
        if self.next():
            raise NotRead(f"nothing reads {self.next()!r}")
        return result

    def sum(self):
        sign = -1 if self.next() == "-" else 1
        if self.next() in ("-", "+"):
            self.take()
        result = sign * self.product()
        while self.next() in ("+", "-"):
            sign = -1 if self.take() == "-" else 1
            result += sign * self.product()
        return result

    def product(self):
        """Factors may stand side by side; a / divides by one of them."""
        result = self.power()
        while self.next() not in ("", "+", "-", ")", "}"):
            if self.next() == "/":
                self.take()
                result /= self.power()
                continue
            if self.next() in (r"\cdot", r"\times"):
                self.take()
            result *= self.power()
        return result

    def power(self):
        base = self.factor()
        if self.next() != "^":
            return base
        self.take()
        return base ** self.argument()

    def argument(self):
        """What is in braces, or without them one digit or letter."""
        token = self.next()
        if token == "{":
            return self.bracket("{", "}")
        if token.isdigit():
            self.tokens[self.place : self.place + 1] = token
        return self.factor()

    def bracket(self, opening, closing):
        self.take(opening)
        result = self.sum()
        self.take(closing)
        return result

    def factor(self):
        token = self.next()
        if token == "(":
            return self.bracket("(", ")")
        self.take()
        if token in (r"\frac", r"\tfrac"):
            return self.argument() / self.argument()
        if token == r"\sqrt":
            return math.sqrt(self.argument())
        if token in FUNCTIONS:
            return self.function(FUNCTIONS[token])
        if token in self.names:
            return self.names[token]
        if token[0].isdigit():
            return float(re.sub("[{},]", "", token))
        raise NotRead(f"what is {token!r}?")

    def function(self, function):
        """As in tanh^2 x, a power may stand before the argument."""
        exponent = 1
        if self.next() == "^":
            self.take()
            exponent = self.argument()
        return function(self.power()) ** exponent


def value_of(tex, **names):
    return Reader(tex, names).all()


# Sums


def is_a_sum(tex):
    """Whether two sides, or more, have numbers and no letter but e."""
    words = r"\\(?:frac|cdot|times|sqrt|ln|left|right|,)(?![a-z])|e(?=\^)"
    return "=" in tex and not re.search(r"[a-zA-Z\\]", re.sub(words, "", tex))


SUMS = [
    pytest.param(page, tex, id=f"{page}: {tex}")
    for page, formulas in FORMULAS.items()
    for tex in dict.fromkeys(formulas)
    if is_a_sum(tex)
]


NUMBER = re.compile(r"-?[\d{},]+\.?(\d*)(?: \\cdot (10\^\S+))?")


def rounding(tex):
    """By how much a sum may be off that is shown as 0.37 or 8 times 10^-9."""
    shown = NUMBER.fullmatch(tex)
    if not shown or not (shown[1] or shown[2]):
        return 0.0
    return 0.5001 * 10 ** -len(shown[1]) * value_of(shown[2] or "1")


@pytest.mark.parametrize("page, tex", SUMS)
def test_a_sum_is_right(page, tex):
    first, *others = tex.split(" = ")
    for other in others:
        found, shown = value_of(first), value_of(other)
        right = math.isclose(found, shown, abs_tol=rounding(other))
        assert right, f"{page}: {first} is no {other}"


def test_sums_are_found():
    assert len(SUMS) > 35


# Slopes, and what is equal

CLAIMS = (Path(__file__).parent / "formulas.txt").read_text("utf-8")
ROWS = [
    [part.strip() for part in line.split(" | ")]
    for line in CLAIMS.splitlines()
    if " | " in line and line[0] != "#"
]
POINTS = [0.3, 0.8, 0.55, 0.9]


def computed(tex, where, names):
    """A formula, in which a letter may stand for another formula."""
    name, _, meaning = where.partition(" = ")
    if name:
        names = {**names, name: value_of(meaning, **names)}
    return value_of(tex, **names)


def letters_in(*formulas):
    text = re.sub(r"\\(?!lambda|varepsilon)[a-z]+", " ", " ".join(formulas))
    found = re.findall(r"\\[a-z]+|[a-zA-Z](?:_\w)?", text)
    return sorted(set(found) - {"e"})


@pytest.mark.parametrize("row", ROWS, ids=" | ".join)
def test_a_claim_is_on_its_page_and_true(row):
    page, first, sign, second, where = [*row, ""][:5]
    ours = first.startswith("~")
    first = first.removeprefix("~")
    sides = {side for tex in FORMULAS[page] for side in tex.split(" = ")}
    stated = [second] if ours else [first, second]
    missing = [tex for tex in stated if tex not in sides]
    assert not missing, f"{page} has no such formula: {' and '.join(missing)}"
    names = letters_in(first, second, where)
    for turn in range(len(POINTS)):
        points = POINTS[turn:] + POINTS[:turn]
        at = dict(zip(names, points * 2))
        found = computed(second, where, at)
        if sign == "=":
            wanted = computed(first, where, at)
            assert found == pytest.approx(wanted, rel=1e-9)
            continue
        up, down = (
            computed(first, where, at | {sign: at[sign] + h})
            for h in (1e-5, -1e-5)
        )
        slope = (up - down) / 2e-5
        message = (
            f"a nudge of {sign} finds {slope:.4g}, {second} is {found:.4g}"
        )
        assert found == pytest.approx(slope, rel=1e-7, abs=1e-7), message


@pytest.mark.parametrize(
    "tex, result",
    [
        (r"\frac{1}{4} (\frac{1}{4} + \frac12)", 3 / 16),
        (r"-2^2 + 8 / 2 \cdot 3", 8.0),
        (r"2x^2 \, y_1 - 1{,}216", -1156.0),
        (r"\left( e^{-x} \right) \tanh^2 1", math.tanh(1) ** 2 / math.exp(2)),
    ],
)
def test_reading(tex, result):
    assert value_of(tex, x=2.0, y_1=7.5) == pytest.approx(result)


@pytest.mark.parametrize(
    "tex", ["2 +", "(2", "2)", r"\unknown", "y", r"\frac1"]
)
def test_what_cannot_be_read_is_refused(tex):
    with pytest.raises(NotRead):
        value_of(tex)
