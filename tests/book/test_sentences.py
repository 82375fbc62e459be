"""A number in a sentence of a notebook is one that a cell near it has.

That holds for numbers with a decimal point, rounded as the sentence has them,
and in per cent, too. Those that no cell near them has are listed here, with
how they come about. So a sentence that quotes a wrong digit is found, unless
another cell near it happens to have that number.
"""

import csv
import json
import math
import re

import pytest
from build_book import ROOT

NOTEBOOKS = sorted(ROOT.glob("chapters/[01]*.ipynb"))
NEAR = 4  # cells of code before a sentence, and as many behind it
DECIMAL = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.]*\d)")
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?")
NOT_SHOWN = re.compile(r"(?s)<(style|script).*?</\1>|<[^>]+>")
NO_SENTENCE = re.compile(r"`[^`\n]+`|\]\([^)]*\)")  # code, and addresses


def models():
    text = (ROOT / "data/language_models.json").read_text("utf-8")
    return json.loads(text)


def speed(engine, work):
    with open(ROOT / "data/speed.csv", encoding="utf-8") as file:
        rows = {row["engine"]: row for row in csv.DictReader(file)}
    return float(rows[engine][work])


COUNTED, MLP = models()["bigram"], models()["mlp"]
GIVEN = {  # chosen by us, or quoted from a source that is named
    "04": ["0.05", "0.1"],
    "05": ["0.001"],
    "08": ["1.03", "0.06", "0.87"],
    "09": ["0.5"],
    "11": ["0.1"],
}
COMPUTED = {
    "04": {"0.25": 0.5**2},
    "08": {"0.07": 1 - math.tanh(2) ** 2, "0.2": 0.1 * 2},
    "10": {"1.4": speed("compiled", "XOR step") / speed("by hand", "XOR step")},
    "11": {
        "0.2": COUNTED["held-back loss"] - MLP["held-back loss"],
        "2.373": COUNTED["held-back loss"],
        "9.3": 100 * math.exp(-COUNTED["held-back loss"]),
        "11.6": 100 * math.exp(-MLP["held-back loss"]),
        "2.7": 27 * 0.1,
    },
}


def is_rounded(number, exact):
    """Whether a text such as "0.25" is a number with as many digits."""
    digits = len(number.partition(".")[2])
    return abs(float(number) - exact) <= 0.5001 * 10**-digits


def numbers_of(cell):
    """The numbers in a cell's code, its captions and its outputs."""
    texts = ["".join(cell["source"]), json.dumps(cell["metadata"])]
    for output in cell["outputs"]:
        forms = output.get("data", {})
        texts += [output.get("text", ""), forms.get("text/plain", "")]
        for kind in "text/html", "image/svg+xml":
            texts.append(NOT_SHOWN.sub(" ", "".join(forms.get(kind, ""))))
    text = " ".join("".join(text) for text in texts)
    return {float(number) for number in NUMBER.findall(text.replace(",", ""))}


def unfounded(cells, listed):
    """The numbers that no cell near them has, with the words around them."""
    code = [i for i, cell in enumerate(cells) if cell["cell_type"] == "code"]
    for i, cell in enumerate(cells):
        if cell["cell_type"] != "markdown":
            continue
        before = [j for j in code if j < i][-NEAR:]
        behind = [j for j in code if j > i][:NEAR]
        near = set().union(*(numbers_of(cells[j]) for j in before + behind))
        text = NO_SENTENCE.sub(" ", "".join(cell["source"]))
        for found in DECIMAL.finditer(text):
            number = found[0]
            exact = [x * unit for x in near for unit in (1, 100)]
            if number in listed or any(is_rounded(number, x) for x in exact):
                continue
            yield f"{number} in: {text[found.start() - 40 : found.end() + 20]}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_number_in_a_sentence_comes_from_somewhere(path):
    name = path.stem[:2]
    listed = [*GIVEN.get(name, []), *COMPUTED.get(name, {})]
    cells = json.loads(path.read_text("utf-8"))["cells"]
    found = list(unfounded(cells, listed))
    assert not found, "\n".join(found)
    alone = " ".join(unfounded(cells, []))
    assert [x for x in listed if f"{x} in: " not in alone] == []


@pytest.mark.parametrize("name", COMPUTED)
def test_what_is_computed_is_rounded(name):
    for number, exact in COMPUTED[name].items():
        assert is_rounded(number, exact), (name, number, exact)


def test_a_wrong_digit_is_found():
    code = {"cell_type": "code", "source": ["x = 0.25"], "metadata": {}}
    output = {"data": {"text/html": ["<style>9.5</style><b>1.75</b>"]}}
    cells = [
        {**code, "outputs": [output]},
        {"cell_type": "markdown", "source": ["0.3, 25.0%, 1.75 and `7.5`."]},
        {"cell_type": "markdown", "source": ["Not 0.24, 9.5 or 1.76."]},
    ]
    assert [words.split()[0] for words in unfounded(cells, [])] == [
        "0.24",
        "9.5",
        "1.76",
    ]
