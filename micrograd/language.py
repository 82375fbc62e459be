"""Language models: which character comes next?

A name is a row of characters, and a model gives each character that could come
next a score. `Bigram` counts, `CharacterMLP` and `Transformer` learn. What
learns is made of Values, as ever: the engine's operations are all they need.
`CompiledModel` makes it quick enough to train, `descend` trains, and `sample`
invents a name.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator, Sequence
from numbers import Real
from pathlib import Path
from typing import NamedTuple

from ._whole_step import WholeStep
from .compile import CompiledGraph, compile_graph
from .engine import Value, topological_order
from .nn import MLP, Module

STOP = "."  # stands before and after each name
CHARACTERS = STOP + "abcdefghijklmnopqrstuvwxyz"
LONGEST = 11  # letters in a name

Row = list[Value]


# Names


def read_names(path: Path) -> list[str]:
    """The names in a file that has one on each line.

    Raises:
        ValueError: If there are no names; or if a name has no letter, more
            than eleven of them, or something else than a to z in it.
        OSError: If the file cannot be read.
    """
    try:
        names = path.read_text(encoding="utf-8").splitlines()
        for name in names:
            if STOP in name or not 1 <= len(name) <= LONGEST:
                raise ValueError(
                    f"a name must have 1 to {LONGEST} letters, not {name!r}"
                )
            encode(name)
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from None
    if not names:
        raise ValueError(f"{path.name}: there are no names in it")
    return names


def split_names(
    names: Sequence[str], held_back: int = 500, seed: int = 0
) -> tuple[list[str], list[str]]:
    """The names to train with, and those held back to test with.

    Args:
        names: All names.
        held_back: How many of them no model sees in training.
        seed: Of the generator that shuffles them first.

    Raises:
        ValueError: If no name would be left to train or to test with.
    """
    if not 0 < held_back < len(names):
        raise ValueError(
            f"held_back must be from 1 to {len(names) - 1}, as there are "
            f"{len(names)} names, not {held_back!r}"
        )
    shuffled = list(names)
    random.Random(seed).shuffle(shuffled)
    return shuffled[held_back:], shuffled[:held_back]


def encode(text: str) -> list[int]:
    """The place of each character in CHARACTERS: 0 for the stop, 1 for a.

    Raises:
        ValueError: If a character is not among them.
    """
    for character in text:
        if character not in CHARACTERS:
            raise ValueError(
                f"{character!r} in {text!r} is not one of the characters "
                f"{CHARACTERS}"
            )
    return [CHARACTERS.index(character) for character in text]


class Example(NamedTuple):
    """What a model reads, and which characters it should find likely next."""

    read: list[int]
    targets: list[int]


# The arithmetic


def total(numbers: Sequence[Value]) -> Value:
    """The sum of the numbers.

    Raises:
        ValueError: If there are none.
    """
    if not numbers:
        raise ValueError("a sum needs at least one number")
    return sum(numbers[1:], numbers[0])


def dot(a: Sequence[Value | float], b: Sequence[Value]) -> Value:
    """a0 * b0 + a1 * b1 + ...

    Raises:
        ValueError: If one list is longer than the other, or both are empty.
    """
    _check_lengths(a, b)
    return total([x * y for x, y in zip(a, b)])


def add(a: Row, b: Row) -> Row:
    """The sums a0 + b0, a1 + b1, ...

    Raises:
        ValueError: If one list is longer than the other.
    """
    _check_lengths(a, b)
    return [x + y for x, y in zip(a, b)]


def multiply(matrix: list[Row], x: Row) -> Row:
    """The dot product of each of the matrix's rows with x.

    Raises:
        ValueError: As in `dot`.
    """
    return [dot(row, x) for row in matrix]


def softmax(scores: Row) -> Row:
    """Numbers above 0 whose sum is 1: exp(score), divided by the sum of all.

    Raises:
        ValueError: If there are no scores.
        OverflowError: If a score is above 709.
    """
    powers = [score.exp() for score in scores]
    sum_of_all = total(powers)
    return [power / sum_of_all for power in powers]


def normalise(x: Row) -> Row:
    """x, divided by its root mean square (Zhang and Sennrich, 2019).

    The mean square gets a little more, so that it is never 0.
    """
    mean_square = dot(x, x) * (1 / len(x)) + 1e-5
    scale = mean_square**-0.5
    return [number * scale for number in x]


def attention(
    queries: list[Row], keys: list[Row], values: list[Row]
) -> list[Row]:
    """What each position gathers from itself and those before it.

    It is a weighted mean of their values. The weights are the softmax of the
    scores query * key / sqrt(width), with the query of the position itself and
    the key of the one that it looks at (Vaswani et al., 2017).

    Args:
        queries, keys, values: A row for each position, all of the same width.

    Returns:
        A row for each position.

    Raises:
        ValueError: If there is not one of each for each position, or as in
            `dot`.
    """
    if not len(queries) == len(keys) == len(values) > 0:
        raise ValueError(
            "each position needs a query, a key and a value; got "
            f"{len(queries)}, {len(keys)} and {len(values)} of them"
        )
    scale = len(queries[0]) ** -0.5
    gathered = []
    for i, query in enumerate(queries):
        scores = [dot(query, key) * scale for key in keys[: i + 1]]
        weights = softmax(scores)
        columns = zip(*values[: i + 1])
        gathered.append([dot(weights, column) for column in columns])
    return gathered


def cross_entropy(
    scores: Sequence[Row], targets: Sequence[Sequence[Value | float]]
) -> Value:
    """The mean of -log(p), where p is the probability of the target.

    The probabilities are the softmax of the scores, and so -log(p) is the
    logarithm of the sum of all exp(score), minus the score of the target.

    Args:
        scores: A list of 27 scores for each target.
        targets: For each a list of 27 numbers, which is 1 at the target and
            else 0. A list of Values makes a graph that serves all targets.

    Raises:
        ValueError: If there is not one list of targets for each list of
            scores, of the same length, or if there are none.
        OverflowError: If a score is above 709.
    """
    sizes = [len(row) for row in scores], [len(row) for row in targets]
    if sizes[0] != sizes[1] or not scores:
        raise ValueError(
            "there must be one target for each score: got lists of "
            f"{sizes[1]} targets for lists of {sizes[0]} scores"
        )
    losses = []
    for row, one_hot_row in zip(scores, targets):
        sum_of_all = total([score.exp() for score in row])
        losses.append(sum_of_all.log() - dot(one_hot_row, row))
    return total(losses) * (1 / len(losses))


def one_hot(number: int) -> list[float]:
    """27 numbers: 1 at this place, and 0 elsewhere.

    Raises:
        ValueError: If there is no such place.
    """
    if number not in range(len(CHARACTERS)):
        raise ValueError(_not_a_character(number))
    return [float(i == number) for i in range(len(CHARACTERS))]


def look_up(embedding: Sequence[Row], numbers: Sequence[int]) -> list[Row]:
    """The rows of the characters with these numbers, from 0 to 26.

    Raises:
        ValueError: If there is no such character.
    """
    for number in numbers:
        if number not in range(len(CHARACTERS)):
            raise ValueError(_not_a_character(number))
    return [embedding[number] for number in numbers]


def _check_lengths(a: Sequence, b: Sequence) -> None:
    if len(a) != len(b):
        raise ValueError(
            "the two lists must have the same length; "
            f"got {len(a)} and {len(b)} numbers"
        )


def _not_a_character(number: object) -> str:
    return (
        f"the number of a character is from 0 to {len(CHARACTERS) - 1}, "
        f"not {number!r}"
    )


# The models


class LanguageModel(Module):
    """Anything that scores what may come next; what its subclasses share.

    Attributes:
        embedding: For each of the 27 characters a row of numbers, which are
            learned as the weights are.
    """

    embedding: list[Row]

    def __call__(self, numbers: Sequence[int]) -> list[Row]:
        """The scores after reading the characters with these numbers."""
        return self.scores(look_up(self.embedding, numbers))

    def scores(self, rows: Sequence[Row]) -> list[Row]:
        """Lists of 27 scores, from the rows of the characters it reads."""
        raise NotImplementedError(f"{type(self).__name__} has no scores")

    def read(self, beginning: str) -> list[int]:
        """The numbers of the characters that it reads to continue a name."""
        raise NotImplementedError(f"{type(self).__name__} has no read")

    def examples(self, name: str) -> list[Example]:
        """One for each character of the name, and one for the stop."""
        targets = encode(name + STOP)
        return [
            Example(self.read(name[:i]), [target])
            for i, target in enumerate(targets)
        ]

    def loss(self, example: Example) -> Value:
        """The mean cross-entropy of the example's targets."""
        targets = [one_hot(target) for target in example.targets]
        return cross_entropy(self(example.read), targets)


class Bigram(LanguageModel):
    """Counts which character follows which; nothing is learned by descent.

    The probability that b follows a is the share of b among all that followed
    a, and the score is its logarithm. To each count a little is added, so that
    what was never seen is not impossible.

    Args:
        names: The names in which it counts.
        added: What is added to each count.

    Raises:
        ValueError: If `added` is not above 0.
    """

    def __init__(self, names: Sequence[str], added: float = 0.1):
        if not added > 0:
            raise ValueError(f"added must be above 0, not {added!r}")
        self.counts = [[0] * len(CHARACTERS) for _ in CHARACTERS]
        for name in names:
            for a, b in zip(encode(STOP + name), encode(name + STOP)):
                self.counts[a][b] += 1
        self.added = added

    def __call__(self, numbers: Sequence[int]) -> list[Row]:
        counts = [count + self.added for count in self.counts[numbers[-1]]]
        all_counts = sum(counts)
        return [[Value(math.log(count / all_counts)) for count in counts]]

    def read(self, beginning: str) -> list[int]:
        """The number of the last character; at first, that of the stop."""
        return encode(STOP + beginning)[-1:]


class CharacterMLP(LanguageModel):
    """An MLP that reads the rows of the last characters, one after the other.

    It is the model of Bengio et al., 2003, for characters instead of words.
    The embedding is drawn with `random.uniform(-1, 1)`, and so are the weights,
    but then divided by the square root of the number of inputs.

    Args:
        context: How many characters it reads.
        width: How many numbers a character has in the embedding.
        hidden: The number of hidden neurons, which have a tanh.

    Raises:
        ValueError: If a size is below 1.
    """

    def __init__(self, context: int = 3, width: int = 8, hidden: int = 32):
        self.context = context
        self.embedding = _random_rows(len(CHARACTERS), width)
        sizes = [hidden, len(CHARACTERS)]
        self.mlp = MLP(context * width, sizes, activation="tanh")
        for layer in self.mlp.layers:
            for neuron in layer.neurons:
                for weight in neuron.w:
                    weight.data /= math.sqrt(len(neuron.w))

    def scores(self, rows: Sequence[Row]) -> list[Row]:
        """One list of 27 scores, for the character that comes next.

        Raises:
            ValueError: If there is another number of rows than the context.
        """
        if len(rows) != self.context:
            raise ValueError(
                f"this CharacterMLP reads {self.context} characters, "
                f"not {len(rows)}"
            )
        outputs = self.mlp([number for row in rows for number in row])
        assert isinstance(outputs, list)  # as there are 27
        return [outputs]

    def read(self, beginning: str) -> list[int]:
        """The numbers of the last characters, with stops in front."""
        return encode(STOP * self.context + beginning)[-self.context :]

    def parameters(self) -> list[Value]:
        return [*_flat(self.embedding), *self.mlp.parameters()]


class Transformer(LanguageModel):
    """A transformer with one layer and one head (Vaswani et al., 2017).

    Each position holds a row of numbers. It begins as the sum of a row for the
    character and one for the position. `attention` adds what is gathered from
    the positions before, and two matrices with a ReLU between them add what
    comes of thinking about it. The last matrix turns the row into scores. Where
    rows are read, they are normalised. There are no biases.

    The rows of characters and positions are drawn with `random.uniform(-1, 1)`,
    and so are the matrices, but then divided by the square root of the number
    of columns.

    Args:
        positions: The largest number of characters that it can read.
        width: How many numbers a position holds.
        hidden: How many there are between the two matrices.

    Raises:
        ValueError: If a size is below 1.
    """

    def __init__(
        self, positions: int = LONGEST + 1, width: int = 16, hidden: int = 64
    ):
        self.embedding = _random_rows(len(CHARACTERS), width)
        self.positions = _random_rows(positions, width)
        self.query = _random_matrix(width, width)
        self.key = _random_matrix(width, width)
        self.value = _random_matrix(width, width)
        self.gather = _random_matrix(width, width)
        self.widen = _random_matrix(hidden, width)
        self.narrow = _random_matrix(width, hidden)
        self.head = _random_matrix(len(CHARACTERS), width)

    def scores(self, rows: Sequence[Row]) -> list[Row]:
        """27 scores for each position, for the character after it.

        Raises:
            ValueError: If there are no rows, or more than positions.
        """
        if not 1 <= len(rows) <= len(self.positions):
            raise ValueError(
                f"this Transformer reads 1 to {len(self.positions)} "
                f"characters, not {len(rows)}"
            )
        xs = [add(row, place) for row, place in zip(rows, self.positions)]
        gathered = self._look_back([normalise(x) for x in xs])
        xs = [add(x, y) for x, y in zip(xs, gathered)]
        xs = [add(x, self._think(normalise(x))) for x in xs]
        return [multiply(self.head, normalise(x)) for x in xs]

    def _look_back(self, xs: list[Row]) -> list[Row]:
        queries = [multiply(self.query, x) for x in xs]
        keys = [multiply(self.key, x) for x in xs]
        values = [multiply(self.value, x) for x in xs]
        gathered = attention(queries, keys, values)
        return [multiply(self.gather, row) for row in gathered]

    def _think(self, x: Row) -> Row:
        hidden = [number.relu() for number in multiply(self.widen, x)]
        return multiply(self.narrow, hidden)

    def read(self, beginning: str) -> list[int]:
        """The numbers of the stop and of all characters so far."""
        return encode(STOP + beginning)

    def examples(self, name: str) -> list[Example]:
        """A single one: it reads the name once, and each position has a target.

        No position sees what comes after it, so none can look up its target.
        """
        return [Example(self.read(name), encode(name + STOP))]

    def parameters(self) -> list[Value]:
        matrices = [
            self.embedding,
            self.positions,
            self.query,
            self.key,
            self.value,
            self.gather,
            self.widen,
            self.narrow,
            self.head,
        ]
        return [p for matrix in matrices for p in _flat(matrix)]


def _random_rows(n_rows: int, width: int) -> list[Row]:
    """Rows of numbers between -1 and 1; ValueError if there are none."""
    if n_rows < 1 or width < 1:
        raise ValueError(
            f"sizes must be at least 1, not {n_rows} rows of {width} numbers"
        )
    return [
        [Value(random.uniform(-1, 1)) for _ in range(width)]
        for _ in range(n_rows)
    ]


def _random_matrix(n_out: int, n_in: int) -> list[Row]:
    """A matrix whose products are about as large as what it is given."""
    matrix = _random_rows(n_out, n_in)
    for weight in _flat(matrix):
        weight.data /= math.sqrt(n_in)
    return matrix


def _flat(rows: Sequence[Row]) -> list[Value]:
    """The numbers of all rows, in one list."""
    return [number for row in rows for number in row]


# Training and use


class CompiledModel:
    """A model whose losses are computed by compiled graphs.

    There is one graph for each number of characters that the model reads, and
    it is compiled when it is first needed. Its leaves are rows of the
    embedding, whichever those are, and the other parameters.

    Args:
        model: Its parameters stay its own, and are what `step` moves.

    Raises:
        ValueError: If the model has no parameters.
    """

    def __init__(self, model: LanguageModel):
        if not model.parameters():
            raise ValueError(
                f"nothing to train: {type(model).__name__}.parameters() is "
                "empty"
            )
        self.model = model
        self.programs: dict[int, tuple[CompiledGraph, list[Value]]] = {}

    def examples(self, name: str) -> list[Example]:
        """Those of the model."""
        return self.model.examples(name)

    def loss(self, example: Example) -> Value:
        """The model's loss, as one node of a graph.

        Its inputs are the rows that were looked up, and the other parameters.
        A row that was looked up twice is an input twice, and so it gets both
        gradients.
        """
        program, parameters = self._program(len(example.read))
        rows = look_up(self.model.embedding, example.read)
        leaves = (*_flat(rows), *parameters)
        targets = [y for target in example.targets for y in one_hot(target)]
        loss, gradients = program([leaf.data for leaf in leaves], targets)
        return Value(loss, leaves, "compiled", "", gradients)

    def step(self, example: Example, learning_rate: float) -> float:
        """A step of gradient descent on one example.

        The loss is a single node, so its local derivatives are the gradients.
        If the step is interrupted, by Ctrl-C or by an error, no parameter has
        moved.

        Returns:
            The loss before the step.
        """
        loss = self.loss(example)
        with WholeStep(loss._prev):
            for leaf, gradient in zip(loss._prev, loss._local):
                leaf.data -= learning_rate * gradient
        return loss.data

    def _program(self, n_read: int) -> tuple[CompiledGraph, list[Value]]:
        """The loss after reading so many characters, and its parameters.

        The parameters are those that the graph uses, after its rows.
        """
        if n_read not in self.programs:
            width = len(self.model.embedding[0])
            rows = _zeros(n_read, width)
            scores = self.model.scores(rows)
            targets = _zeros(len(scores), len(CHARACTERS))
            loss = cross_entropy(scores, targets)
            used = {
                id(x) for node in topological_order(loss) for x in node._prev
            }
            parameters = [p for p in self.model.parameters() if id(p) in used]
            leaves = [*_flat(rows), *parameters]
            program = compile_graph(loss, leaves, _flat(targets))
            self.programs[n_read] = program, parameters
        return self.programs[n_read]


def _zeros(n_rows: int, width: int) -> list[Row]:
    return [[Value(0.0) for _ in range(width)] for _ in range(n_rows)]


def descend(
    model: CompiledModel,
    names: Sequence[str],
    steps: int,
    learning_rate: float = 0.1,
    seed: int = 0,
) -> Iterator[float]:
    """Train by stochastic gradient descent: each step looks at one example.

    The learning rate falls in a straight line, to 0 at the end.

    Args:
        model: It is changed while you take the losses.
        names: The names whose examples are drawn.
        steps: The number of steps.
        learning_rate: The one of the first step.
        seed: Of the generator that draws the examples.

    Yields:
        The loss before each step, of that step's example alone.

    Raises:
        ValueError: If there are no names.
    """
    draws = random.Random(seed)
    examples = [example for name in names for example in model.examples(name)]
    if not examples:
        raise ValueError("there are no names to train with")
    for step in range(steps):
        example = draws.choice(examples)
        yield model.step(example, learning_rate * (1 - step / steps))


def mean_loss(
    model: LanguageModel | CompiledModel, names: Sequence[str]
) -> float:
    """The mean of -log(p) over all characters of the names, and their stops.

    Raises:
        ValueError: If there are no names.
    """
    if not names:
        raise ValueError("there are no names, and so there is no mean")
    sum_of_all = 0.0
    count = 0
    for name in names:
        for example in model.examples(name):
            n_targets = len(example.targets)
            sum_of_all += model.loss(example).data * n_targets
            count += n_targets
    return sum_of_all / count


def sample(model: LanguageModel, draws: random.Random) -> str:
    """A name, drawn character by character with the model's probabilities.

    It ends before the first stop, or else after eleven letters.

    Args:
        model: What gives the scores.
        draws: The generator, as in `random.Random(0)`.
    """
    name = ""
    while len(name) < LONGEST:
        scores = model(model.read(name))[-1]
        probabilities = [p.data for p in softmax(scores)]
        (character,) = draws.choices(CHARACTERS, probabilities)
        if character == STOP:
            break
        name += character
    return name


# What was trained before

MODELS = {"mlp": CharacterMLP, "transformer": Transformer}


def load_model(path: Path, name: str) -> LanguageModel:
    """A model with the parameters that were trained and stored.

    Args:
        path: The file that `make data` writes, language_models.json.
        name: "mlp" or "transformer".

    Raises:
        ValueError: If there is no such model, or its file is damaged or has
            another number of parameters.
        OSError: If the file cannot be read.
    """
    if name not in MODELS:
        raise ValueError(f"unknown model {name!r}; known are {list(MODELS)}")
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        numbers = [_as_finite(x) for x in stored[name]["parameters"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"{path.name} is damaged, and `make data` writes it anew; "
            f"{type(error).__name__}: {error}"
        ) from None
    model = MODELS[name]()
    parameters = model.parameters()
    if len(numbers) != len(parameters):
        raise ValueError(
            f"the model {name!r} has {len(parameters)} parameters, "
            f"and {path.name} has {len(numbers)}"
        )
    for parameter, number in zip(parameters, numbers):
        parameter.data = number
    return model


def _as_finite(number: float) -> float:
    """The number as a float; ValueError if it is not a finite number."""
    if not isinstance(number, Real) or not math.isfinite(number):
        raise ValueError(f"{number!r} is not a finite number")
    return float(number)
