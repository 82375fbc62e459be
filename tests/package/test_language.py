"""Language models: what they compute, how they are trained, what is stored.

What they refuse is in transcripts.txt.
"""

import json
import math
import random
from itertools import islice

import pytest
from interrupts import interrupted
from promises import numbers
from train_language_models import (
    BLOCKS,
    FIRST,
    LEARNING_RATE,
    STEPS,
    TRAINING_NAMES,
    losses_in_training,
    untrained,
)

from micrograd import Value, _whole_step, gradient_check_model, language
from micrograd.engine import topological_order
from micrograd.language import (
    CHARACTERS,
    MODELS,
    STOP,
    Bigram,
    CharacterMLP,
    CompiledModel,
    Example,
    LanguageModel,
    Transformer,
    attention,
    cross_entropy,
    descend,
    encode,
    load_model,
    mean_loss,
    normalise,
    one_hot,
    read_names,
    sample,
    softmax,
    split_names,
)
from micrograd.practice import DATA
from micrograd.train import sgd_step

NAMES = read_names(DATA / "names.txt")
TRAINING, HELD_BACK = split_names(NAMES)
STORED = json.loads((DATA / "language_models.json").read_text("utf-8"))


def values(*data):
    return [Value(x) for x in data]


def data(rows):
    return [numbers_of(row) for row in rows]


def numbers_of(row):
    return [x.data for x in row]


def tiny(kind):
    random.seed(7)
    return kind(2, 2, 3)  # the width is 2, and 3 are hidden


# Names


def test_the_names_are_sorted_and_distinct():
    assert len(NAMES) == 5163 and sorted(set(NAMES)) == NAMES
    assert min(map(len, NAMES)) == 2 and max(map(len, NAMES)) == 11


def test_the_names_held_back_are_the_same_each_time_and_not_in_training():
    assert len(HELD_BACK) == 500 and len(TRAINING) == 4663
    assert sorted(TRAINING + HELD_BACK) == NAMES
    assert split_names(NAMES) == (TRAINING, HELD_BACK)
    assert HELD_BACK[:3] == ["ling", "austin", "hertha"]
    assert split_names(NAMES, 7, seed=1)[1] != split_names(NAMES, 7, seed=2)[1]


@pytest.mark.parametrize("name", ["", "bartholomewe", "Ann", "a.b", "zoë"])
def test_other_names_are_refused(name, tmp_path):
    (tmp_path / "names.txt").write_text(f"ann\n{name}\nbob\n", "utf-8")
    with pytest.raises(ValueError, match=rf"names.txt: .*(not|in) '{name}'"):
        read_names(tmp_path / "names.txt")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "no names"), (b"ann\n\xff\n", "utf-8"), (b"ann\n\0\n", "x00")],
)
def test_a_damaged_file_of_names_is_named(content, words, tmp_path):
    path = tmp_path / "damaged.txt"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=f"damaged.txt: .*{words}"):
        read_names(path)


def test_what_each_model_reads_of_a_name_and_what_follows():
    assert encode(".az") == [0, 1, 26]
    one_by_one = [([0, 0, 0], [1]), ([0, 0, 1], [14]), ([0, 1, 14], [0])]
    assert CharacterMLP().examples("an") == one_by_one
    assert CharacterMLP().read("anna") == encode("nna")
    assert Bigram(NAMES).examples("an") == [
        ([0], [1]),
        ([1], [14]),
        ([14], [0]),
    ]
    assert Transformer().examples("an") == [([0, 1, 14], [1, 14, 0])]


# The arithmetic


def test_softmax_gives_shares_that_add_up_to_one():
    shares = numbers_of(softmax(values(1.0, 2.0, 0.0)))
    total = math.e + math.e**2 + 1
    assert shares == pytest.approx(
        [math.e / total, math.e**2 / total, 1 / total]
    )


def test_a_normalised_row_has_the_mean_square_one():
    row = numbers_of(normalise(values(30.0, -40.0)))
    size = math.sqrt((30**2 + 40**2) / 2)
    assert row == pytest.approx([30 / size, -40 / size], rel=1e-7)
    assert numbers_of(normalise(values(0.0, 0.0))) == [0.0, 0.0]


def test_attention_is_a_mean_of_what_came_before_weighted_by_the_keys():
    queries = [values(1.0, 0.0), values(2.0, 0.0), values(0.0, 0.0)]
    keys = [values(3.0, 9.0), values(1.0, 9.0), values(-5.0, 9.0)]
    rows = [values(6.0, 0.0), values(0.0, 3.0), values(0.0, 6.0)]
    first, second, third = data(attention(queries, keys, rows))
    assert first == [6.0, 0.0]
    a, b = math.exp(2 * 3 / math.sqrt(2)), math.exp(2 * 1 / math.sqrt(2))
    assert second == pytest.approx([6 * a / (a + b), 3 * b / (a + b)])
    assert third == pytest.approx([2.0, 3.0])  # it looks at all alike


def test_cross_entropy_is_the_mean_surprise():
    scores = [values(1.0, 2.0, 0.0), values(0.0, 0.0, 0.0)]
    loss = cross_entropy(scores, [[0, 1, 0], [1, 0, 0]])
    p = math.e**2 / (math.e + math.e**2 + 1)
    assert loss.data == pytest.approx((-math.log(p) + math.log(3)) / 2)


# The models


def test_the_bigram_model_counts():
    model = Bigram(["ann", "an"], added=0.5)
    a, n = encode("an")
    assert model.counts[n][:1] == [2] and model.counts[n][n] == 1
    assert model.counts[0][a] == 2 and sum(map(sum, model.counts)) == 7
    shares = numbers_of(softmax(model(model.read("an"))[0]))
    assert shares[n] == pytest.approx(1.5 / (3 + 27 * 0.5))
    surprise = [2.5 / 15.5, 2.5 / 15.5, 2.5 / 16.5]
    expected = -sum(map(math.log, surprise)) / 3
    assert mean_loss(model, ["an"]) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("kind", "parameters", "nodes"),
    [(CharacterMLP, 1907, 3405), (Transformer, 4128, 36960)],
)
def test_the_sizes_that_the_book_names(kind, parameters, nodes):
    model = kind()
    assert len({id(p) for p in model.parameters()}) == parameters
    loss = model.loss(model.examples("anna")[-1])
    assert len(topological_order(loss)) == nodes


@pytest.mark.parametrize("kind", [CharacterMLP, Transformer])
def test_the_gradients_are_those_of_small_nudges(kind):
    model = tiny(kind)
    example = model.examples("a")[-1]  # two characters are read
    report = gradient_check_model(model, lambda model: model.loss(example))
    assert len(report) == len(model.parameters())
    moving = [row for row in report if row.backprop]
    assert len(moving) > 80


def test_the_mean_loss_counts_each_character_once():
    model = Transformer(3, 2, 3)
    losses = []
    for text in ("a.", "bc."):
        scores = model(model.read(text[:-1]))
        for row, number in zip(scores, encode(text)):
            losses.append(-math.log(softmax(row)[number].data))
    assert mean_loss(model, ["a", "bc"]) == pytest.approx(sum(losses) / 5)


def test_no_position_sees_what_comes_after_it():
    model = Transformer()
    scores, others = (data(model(encode(text))) for text in (".anna", ".anzz"))
    assert scores[:3] == others[:3]
    assert scores[3] != others[3] and scores[4] != others[4]


def test_the_order_of_what_came_before_matters():
    for kind in CharacterMLP, Transformer:
        one, other = (kind.read(model := kind(), x) for x in ("abc", "bac"))
        assert data(model(one))[-1] != data(model(other))[-1]


def test_the_parameters_begin_with_the_embedding_and_are_all_used():
    for kind in CharacterMLP, Transformer:
        model = kind()
        flat = [x for row in model.embedding for x in row]
        assert [id(p) for p in model.parameters()[: len(flat)]] == [
            id(x) for x in flat
        ]
        for example in model.examples("abcdefghijk"):
            model.loss(example).backward()
        moving = sum(p.grad != 0 for p in model.parameters())
        unread = 15 * len(model.embedding[0])  # the characters from l to z
        assert moving > 0.9 * (len(model.parameters()) - unread)


# Compiled


def hexadecimal(data, gradients):
    return [number.hex() for number in (data, *gradients)]


@pytest.mark.parametrize("kind", [CharacterMLP, Transformer])
def test_the_program_is_the_engine_to_the_last_bit(kind):
    random.seed(3)
    model = kind()
    example = model.examples("eve")[-1]
    rows = [values(*numbers_of(model.embedding[i])) for i in example.read]
    targets = [values(*one_hot(target)) for target in example.targets]
    loss = cross_entropy(model.scores(rows), targets)
    loss.backward()

    compiled = CompiledModel(model).loss(example)
    n = len(rows) * len(rows[0])
    gradients = [x.grad for row in rows for x in row]
    gradients += [p.grad for p in compiled._prev[n:]]
    assert hexadecimal(compiled.data, compiled._local) == hexadecimal(
        loss.data, gradients
    )
    not_read = 27 * len(rows[0])
    if kind is Transformer:
        not_read += (12 - len(rows)) * len(rows[0])
    assert len(compiled._prev) == n + len(model.parameters()) - not_read


@pytest.mark.parametrize("kind", [CharacterMLP, Transformer])
def test_a_row_that_is_looked_up_twice_gets_both_gradients(kind):
    one, other = (tiny(kind) for _ in range(2))
    example = Example([5, 5], one.examples("e")[-1].targets)
    compiled = CompiledModel(one)
    compiled.loss(example).backward()
    other.loss(example).backward()
    gradients = [p.grad for p in other.parameters()]
    assert [p.grad for p in one.parameters()] == pytest.approx(gradients)
    shares = compiled.loss(example)._local[:4]
    sums = [shares[0] + shares[2], shares[1] + shares[3]]
    assert [x.grad for x in one.embedding[5]] == sums
    assert min(map(abs, shares)) > 0

    before = compiled.loss(example).data
    assert compiled.step(example, 0.5) == before
    sgd_step(other, 0.5)
    assert numbers(one) == pytest.approx(numbers(other), rel=1e-12)


class TwoNumbers(LanguageModel):
    """A model with a number for each character, and one more."""

    def __init__(self):
        self.embedding = [values(0.1 * i) for i in range(len(CHARACTERS))]
        self.weight = Value(0.5)

    def scores(self, rows):
        score = rows[0][0] * self.weight + rows[1][0]
        return [[score * i for i in range(len(CHARACTERS))]]

    def parameters(self):
        return [*(x for [x] in self.embedding), self.weight]


@pytest.mark.slow
def test_ctrl_c_at_any_point_leaves_whole_steps():
    example = Example([5, 5], [1])  # a row that moves twice in a step

    def new():
        compiled = CompiledModel(TwoNumbers())
        compiled.loss(example)  # compiles it, and moves nothing
        return compiled

    def take_two_steps(compiled):
        for _ in range(2):
            compiled.step(example, 0.1)

    uninterrupted = new()
    states, losses = [], []
    for _ in range(3):
        states.append(numbers(uninterrupted.model))
        losses.append(uninterrupted.step(example, 0.1))

    taken = []  # whole steps, for each point
    for compiled in interrupted(new, take_two_steps, language, _whole_step):
        taken.append(states.index(numbers(compiled.model)))
        assert compiled.step(example, 0.1) == losses[taken[-1]]
    assert len(taken) > 500
    assert taken == sorted(taken) and set(taken) == {0, 1, 2}


def test_an_error_within_a_step_undoes_it():
    model = TwoNumbers()
    before = numbers(model)
    compiled = CompiledModel(model)
    leaves = model.parameters()
    gradients = [1.0] * (len(leaves) - 1) + [None]
    compiled.loss = lambda _: Value(1.0, leaves, "compiled", "", gradients)
    with pytest.raises(TypeError, match="NoneType"):
        compiled.step(Example([5, 5], [1]), 0.1)
    assert numbers(model) == before


def test_descent_draws_examples_and_its_rate_falls_to_zero():
    compiled = CompiledModel(tiny(CharacterMLP))
    steps = []
    compiled.step = lambda example, rate: steps.append((example, rate))
    list(descend(compiled, ["ab", "c"], 4, learning_rate=0.8, seed=5))
    assert [rate for _, rate in steps] == pytest.approx([0.8, 0.6, 0.4, 0.2])
    examples = [e for name in ("ab", "c") for e in compiled.examples(name)]
    draws = random.Random(5)
    assert [e for e, _ in steps] == [draws.choice(examples) for _ in range(4)]


def test_a_program_is_compiled_once_for_each_number_of_characters():
    compiled = CompiledModel(tiny(Transformer))
    for name in "a", "", "b", "":
        for example in compiled.examples(name):
            compiled.loss(example)
    assert sorted(compiled.programs) == [1, 2]


# Names that are invented


class Fixed(LanguageModel):
    """It gives this character a high score, whatever it has read."""

    def __init__(self, character):
        self.row = [Value(50.0 * (c == character)) for c in CHARACTERS]

    def __call__(self, numbers):
        return [self.row]

    def read(self, beginning):
        return encode(beginning)


def test_a_sample_ends_before_the_stop_or_after_eleven_letters():
    assert sample(Fixed("a"), random.Random(0)) == "a" * 11
    assert sample(Fixed(STOP), random.Random(0)) == ""


def test_samples_follow_the_probabilities_and_are_the_same_for_a_seed():
    model = Bigram(["ab", "ac", "ac", "ac"], added=1e-9)
    draws = random.Random(0)
    names = [sample(model, draws) for _ in range(100)]
    assert set(names) == {"ab", "ac"} and 65 <= names.count("ac") <= 85
    draws = random.Random(0)
    assert [sample(model, draws) for _ in range(100)] == names


@pytest.mark.parametrize(
    ("name", "invented"), [("mlp", "somaginda"), ("transformer", "somaldia")]
)
def test_a_trained_model_invents_a_name(name, invented):
    model = load_model(DATA / "language_models.json", name)
    assert sample(model, random.Random(0)) == invented


# What is stored


def test_what_is_stored_has_the_sizes_that_the_readme_names():
    assert list(STORED) == ["bigram", *MODELS]
    for name in MODELS:
        assert STORED[name]["steps"] == STEPS[name]
        assert len(STORED[name]["first losses"]) == FIRST
        assert len(STORED[name]["mean losses"]) == BLOCKS


def test_each_model_is_better_than_the_last_on_names_held_back():
    losses = [STORED[name]["held-back loss"] for name in STORED]
    assert math.log(27) > losses[0] + 0.9
    assert losses[0] > losses[1] + 0.2 > losses[2] + 0.29
    for stored in STORED.values():
        assert stored["training loss"] < stored["held-back loss"]


def test_the_losses_of_the_bigram_model_are_found_again():
    model = Bigram(TRAINING)
    stored = STORED["bigram"]
    assert mean_loss(model, HELD_BACK) == found(stored["held-back loss"])
    sampled = TRAINING[:TRAINING_NAMES]
    assert mean_loss(model, sampled) == found(stored["training loss"])


def found(loss):
    return pytest.approx(loss, abs=6e-6)


class ByTheEngine:
    """What a CompiledModel does, with a graph and a backward pass each time."""

    def __init__(self, model):
        self.model = model
        self.examples = model.examples

    def step(self, example, learning_rate):
        self.model.zero_grad()
        loss = self.model.loss(example)
        loss.backward()
        sgd_step(self.model, learning_rate)
        return loss.data


@pytest.mark.parametrize("name", MODELS)
def test_the_engine_itself_finds_the_first_losses(name):
    model = ByTheEngine(untrained(name))
    losses = islice(losses_in_training(name, model, TRAINING), 4)
    stored = STORED[name]["first losses"][:4]
    assert list(losses) == pytest.approx(stored, rel=1e-9)


def test_the_curve_begins_as_it_is_stored():
    compiled = CompiledModel(untrained("mlp"))
    size = STEPS["mlp"] // BLOCKS
    run = losses_in_training("mlp", compiled, TRAINING)
    losses = list(islice(run, size))
    assert losses[:FIRST] == pytest.approx(STORED["mlp"]["first losses"])
    assert sum(losses) / size == found(STORED["mlp"]["mean losses"][0])


@pytest.mark.parametrize("name", MODELS)
def test_the_program_of_a_trained_model_is_the_engine(name):
    model = load_model(DATA / "language_models.json", name)
    names = [name for name in HELD_BACK if len(name) == 4][:2]
    by_program = mean_loss(CompiledModel(model), names)
    assert mean_loss(model, names) == pytest.approx(by_program, rel=1e-12)


@pytest.mark.parametrize(
    "name", ["mlp", pytest.param("transformer", marks=pytest.mark.slow)]
)
def test_the_held_back_loss_is_found_again(name):
    model = load_model(DATA / "language_models.json", name)
    loss = mean_loss(CompiledModel(model), HELD_BACK)
    assert loss == found(STORED[name]["held-back loss"])


def test_a_file_of_another_model_is_refused(tmp_path):
    text = json.dumps({"mlp": {"parameters": [0.5] * 7}})
    (tmp_path / "other.json").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"1907 parameters.*other.json has 7"):
        load_model(tmp_path / "other.json", "mlp")


def stored_parameters(text):
    return f'{{"mlp": {{"parameters": {text}}}}}'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "JSONDecodeError"),
        ("[]", "TypeError"),
        ("{}", "KeyError: 'mlp'"),
        ('{"mlp": {}}', "KeyError: 'parameters'"),
        (stored_parameters("null"), "TypeError"),
        (stored_parameters("[0.5, null]"), "None is not a finite number"),
        (stored_parameters('["0.5"]'), "'0.5' is not a finite number"),
        (stored_parameters("[[0.5]]"), r"\[0.5\] is not a finite number"),
        (stored_parameters("[NaN]"), "nan is not a finite number"),
        (stored_parameters("[1e999]"), "inf is not a finite number"),
        ("\xff", "UnicodeDecodeError"),
    ],
)
def test_a_damaged_file_of_models_is_named(text, words, tmp_path):
    path = tmp_path / "damaged.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ValueError, match=f"damaged.json.*make data.*{words}"):
        load_model(path, "mlp")


def test_a_file_of_models_that_was_cut_off_is_named(tmp_path):
    whole = (DATA / "language_models.json").read_bytes()
    path = tmp_path / "cut.json"
    ends = range(0, len(whole) - 1, len(whole) // 50)  # it ends with "}\n"
    for end in ends:
        path.write_bytes(whole[:end])
        with pytest.raises(ValueError, match=r"cut.json is damaged"):
            load_model(path, "mlp")
    assert len(ends) > 50


@pytest.mark.parametrize(
    "read", [read_names, lambda path: load_model(path, "mlp")]
)
def test_a_file_that_cannot_be_read_is_named(read, tmp_path):
    with pytest.raises(FileNotFoundError, match="missing"):
        read(tmp_path / "missing")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        read(tmp_path / "folder")


def test_the_stored_parameters_have_five_digits():
    for name in MODELS:
        numbers = STORED[name]["parameters"]
        assert numbers == [float(f"{number:.5g}") for number in numbers]
    assert STEPS == {"mlp": 200_000, "transformer": 50_000}
    assert LEARNING_RATE == 0.1
