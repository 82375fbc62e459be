"""Endless backward passes over small random graphs, on three levels.

The graphs are random programs, chosen when the cell runs, and the same on every
run. The page draws new leaves for them again and again, and does the
arithmetic of both passes itself.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from html import escape
from types import SimpleNamespace
from typing import Any, NamedTuple

from ...engine import Value
from ...graph import nodes
from ..steps.passes import Passes
from .be_backward import (
    CSS,
    HERE,
    JS,
    BackwardPass,
    as_json,
    forms,
    how,
    texts,
    width_of_data,
)
from .programs import Step, choose_step, run

SHAPES = 24  # on each level
SEED = 13
TITLE = "A drill: be the backward pass"
TASK = (
    "How fast does y change with each node? Work out all gradients, from y "
    "back."
)
ROOM = 656, 336  # pixels: the widest graph of a column of the book, of a phone
LARGEST = 60  # of all numbers that one has to work out
FUNCTIONS = SimpleNamespace(relu=lambda a: a.relu())
WIDEST = "-24"  # a number that needs as much room as the others, or more
BLOCK = """<figure class="practice be-backward drill" aria-label="{title}">
<style>
{css}</style>
<div class="controls levels" role="radiogroup" aria-label="Level" \
hidden="hidden">{buttons}</div>
<div class="now" aria-live="polite" aria-atomic="true"><p>{task}</p></div>
<div class="examples">{examples}</div>
<div class="frame" tabindex="0" role="group" aria-label="Graph" \
hidden="hidden"></div>
<div class="controls" hidden="hidden">
<button type="button" class="hint">Hint</button>
<button type="button" class="another">Another graph</button>
<label><input type="checkbox"> Show the local derivatives</label></div>
<div class="score" hidden="hidden"><p><output></output>
Counted on each level: graphs without a wrong number or a hint. Kept in this
browser only.</p>
<button type="button" class="forget">Reset</button></div>
<script type="application/json">{data}</script>
<script>
{{
{js}}}
</script>
</figure>
"""
BUTTON = """
<label><input type="radio" name="level"> {}: {}</label>"""
EXAMPLE = """
<p><strong>Level {}: {}.</strong><br>{}</p>
<details><summary>Its answers</summary>
<ol>
{}
</ol></details>"""


class Level(NamedTuple):
    """What the graphs of a level have in common.

    Attributes:
        text: What is new on the level.
        operations: The operations of their programs.
        sizes: How many leaves and how many operations they may have.
        shared: How many nodes may be used more than once.
        uses: How often a node is used at most.
        numbers: The smallest and the largest number in a leaf.
    """

    text: str
    operations: Sequence[str]
    sizes: Sequence[tuple[int, int]]
    shared: Sequence[int]
    uses: int
    numbers: tuple[int, int]


SIMPLE = "add", "subtract", "multiply"
OTHERS = "square", "relu"
LEVELS = (
    Level("each node once", SIMPLE, [(3, 2), (4, 3)], [0], 1, (1, 9)),
    Level("one node twice", SIMPLE, [(2, 2), (3, 3)], [1], 2, (-5, 9)),
    Level(
        "squares and ReLU",
        SIMPLE + OTHERS,
        [(2, 4), (3, 5)],
        [1, 2],
        3,
        (-4, 5),
    ),
)


class Program(NamedTuple):
    """The steps of a program, and how many leaves it begins with."""

    leaves: int
    steps: Sequence[Step]

    def root(self, numbers: Sequence[float]) -> Value:
        """Its result for these numbers, with names for all nodes."""
        inputs = [Value(x) for x in numbers]
        *_, root = run(self.steps, inputs, FUNCTIONS)
        leaves, inner = iter("abcd"), iter("uvwxz")
        for node in nodes(root):
            node.label = next(inner if node._prev else leaves)
        root.label = "y"
        return root


def drill() -> Drill:
    """Small random graphs without end, to be the backward pass of."""
    return Drill()


class Drill:
    """An example of each level as text, and in a notebook the drill.

    Attributes:
        programs: For each level the programs of its graphs.
    """

    def __init__(self) -> None:
        choice = random.Random(SEED)
        self.programs = [_programs(level, choice) for level in LEVELS]
        self._examples = [
            BackwardPass(Passes(_example(level, programs, choice)))
            for level, programs in zip(LEVELS, self.programs)
        ]

    def __repr__(self) -> str:
        lines = [f"{TITLE}.", TASK]
        answers = ["", "The answers:"]
        for i, (level, example) in enumerate(zip(LEVELS, self._examples), 1):
            lines += ["", f"Level {i}: {level.text}.", *example.forward]
            answers += [f"Level {i}", *example.answers]
        return "\n".join(lines + answers)

    def _repr_html_(self) -> str:
        buttons, examples = "", ""
        for i, (level, example) in enumerate(zip(LEVELS, self._examples), 1):
            buttons += BUTTON.format(i, level.text)
            computation = "<br>".join(
                map(escape, "\n".join(example.forward).split("\n"))
            )
            answers = "\n".join(
                f"<li>{escape(x)}</li>" for x in example.answers
            )
            examples += EXAMPLE.format(i, level.text, computation, answers)
        return BLOCK.format(
            title=TITLE,
            css=CSS,
            buttons=buttons,
            task=TASK,
            examples=examples,
            data=as_json(self._data()),
            js=JS + (HERE / "drill.js").read_text("utf-8"),
        )

    def _data(self) -> dict[str, Any]:
        """What the script needs: the graphs, and what to say to mistakes."""
        levels = [
            {
                "numbers": _whole_numbers(level),
                "shapes": [shape(program) for program in programs],
            }
            for level, programs in zip(LEVELS, self.programs)
        ]
        return {"levels": levels, "largest": LARGEST, "mistakes": texts()}


def _whole_numbers(level: Level) -> list[int]:
    """The numbers that a leaf may have."""
    first, last = level.numbers
    return [x for x in range(first, last + 1) if x]


def _programs(level: Level, choice: random.Random) -> list[Program]:
    """Different programs that suit a level."""
    found: dict[str, Program] = {}  # by their graphs
    while len(found) < SHAPES:
        leaves, length = choice.choice(level.sizes)
        steps = [
            choose_step(choice.randrange, level.operations, leaves + i)
            for i in range(length)
        ]
        program = Program(leaves, steps)
        if not _suits(program, level):
            continue
        # Two of three graphs have a ReLU, if the level has any
        needs_relu = "relu" in level.operations and len(found) % 3 > 0
        if needs_relu and "relu" not in [name for name, _, _ in steps]:
            continue
        if _fits(graph := shape(program)):
            found[str(graph["graph"])] = program
    return list(found.values())


def _suits(program: Program, level: Level) -> bool:
    """Whether a program is right for a level, and nothing in it is idle."""
    drawn = nodes(program.root([1] * program.leaves))
    if len(drawn) < program.leaves + len(program.steps):
        return False
    uses = Counter(id(x) for node in drawn for x in node._prev)
    if max(uses.values()) > level.uses:
        return False
    if sum(number > 1 for number in uses.values()) not in level.shared:
        return False
    names = {name for name, _, _ in program.steps}
    if level.operations != SIMPLE and not names & set(OTHERS):
        return False
    for node in drawn:
        if node._op == "-" and node._prev[0] is node._prev[1]:
            return False
        if node._op == "ReLU" and node._prev[0]._op in ("", "**2", "ReLU"):
            return False
    return True


def _fits(graph: dict[str, Any]) -> bool:
    """Whether there is a layout for a column of the book, and for a phone."""
    widths = [form["size"][0] for form in graph["forms"]]
    return len(widths) == len(ROOM) and all(
        width <= room for width, room in zip(widths, ROOM)
    )


def shape(program: Program) -> dict[str, Any]:
    """The graph of a program without numbers, as the script takes it."""
    drawn = nodes(program.root([1] * program.leaves))
    place = {id(node): i for i, node in enumerate(drawn)}
    graph = [
        {
            "name": node.label,
            "grad": f"{node.label}.grad",
            "how": how(node, lambda x: x.label),
            "op": node._op,
            "inputs": [place[id(x)] for x in node._prev],
        }
        for node in drawn
    ]
    widths = [width_of_data(WIDEST)] * len(drawn)
    numbers = [[WIDEST] * len(node._prev) for node in drawn]
    return {"graph": graph, "forms": forms(graph, widths, numbers)}


def _example(
    level: Level, programs: Sequence[Program], choice: random.Random
) -> Value:
    """The graph of a program with numbers that are easy to work with."""
    while True:
        program = choice.choice(programs)
        numbers = [
            choice.randint(*level.numbers) for _ in range(program.leaves)
        ]
        root = program.root(numbers)
        root.backward()
        found = [x for node in nodes(root) for x in (node.data, node.grad)]
        if all(0 < abs(x) <= LARGEST for x in found):
            return root
