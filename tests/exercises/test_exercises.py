"""The exercises: the stubs in the notebooks, the solutions, and what the checks say to the answers that people give.

An answer is source, run in a namespace of its own before the very call of check_exercise that the notebook has."""

import ast
import math
import re
import sys
from functools import partial
from pathlib import Path

import nbformat
import pytest

from micrograd import MLP, Layer, Neuron, Value, engine, gradcheck, nn, train
from micrograd.practice import check_exercise
from micrograd.practice.checks import EXERCISES as CHECKS

ROOT = Path(__file__).parent.parent.parent
CELLS = [
    (path, cell)
    for path in sorted(ROOT.glob("chapters/*.ipynb"))
    for cell in nbformat.read(path, as_version=4).cells
    if "check_exercise(" in cell.source
]
CALL = re.compile(r'^check_exercise\("(.+?)", \*?(.+)\)\Z', re.MULTILINE)
CALLS = {
    match[1]: match for _, cell in CELLS if (match := CALL.search(cell.source))
}
STUBS = {
    number: match.string[: match.start()] for number, match in CALLS.items()
}

SECTIONS = re.split(
    r"^### \[(\d\d\.\d) .*$",
    (ROOT / "chapters/solutions.md").read_text(),
    flags=re.MULTILINE,
)
BLOCKS = {
    number: re.findall(
        r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE
    )
    for number, text in zip(SECTIONS[1::2], SECTIONS[2::2])
}
LADDER = BLOCKS.pop("01.3")
SOLUTIONS = {number: "\n".join(blocks) for number, blocks in BLOCKS.items()}
SOLUTIONS |= {
    f"01.3{step}": "\n".join(LADDER[:n]) for n, step in enumerate("abcde", 1)
}

IMPORTS = """
import math, random
from dataclasses import dataclass
from fractions import Fraction
import numpy as np
from micrograd import *
from micrograd import nn
from micrograd.engine import topological_order
from micrograd.practice import zoo
"""


def run(*sources):
    names = {"check_exercise": check_exercise}
    for source in sources:
        exec(source, names)  # noqa: S102 (the notebook's own cell, or an answer from this file)
    return names


def verdict(number, *sources):
    return eval(CALLS[number][0], run(*sources))


def answered(number, answer):
    """What the check says; an expression gets the names of the call, and in the ladder the other steps are right."""
    try:
        ast.parse(answer, mode="eval")
        answer = f"{CALLS[number][2]} = {answer}"
    except SyntaxError:
        pass  # definitions with names of their own
    return verdict(
        number, IMPORTS, SOLUTIONS["01.3e"] * number.startswith("01.3"), answer
    )


def state():
    owners = engine, gradcheck, nn, train, nn.Module, Value, Neuron, Layer, MLP
    return [
        *(dict(vars(owner)) for owner in owners),
        dict(nn.ACTIVATIONS),
        repr([train.XOR_X, train.XOR_Y]),
    ]


@pytest.fixture(autouse=True)
def nothing_is_left_behind():
    before = state()
    yield
    nn.ACTIVATIONS.pop("leaky", None)  # answers to 04.3 add it on purpose
    assert all(now == then for now, then in zip(state(), before))


# Stubs and solutions


def test_every_exercise_has_one_cell_and_one_solution():
    called = [
        number
        for _, cell in CELLS
        for number in re.findall(r'check_exercise\("(.*?)"', cell.source)
    ]
    assert sorted(called) == sorted(CHECKS) and set(CALLS) == set(
        SOLUTIONS
    ) == set(CHECKS)


@pytest.mark.parametrize(
    "path, cell", CELLS, ids=[path.stem for path, _ in CELLS]
)
def test_a_stub_is_not_done_and_its_verdict_is_stored(path, cell):
    number = CALL.search(cell.source)[1]
    assert path.name.startswith(number[:2] + "_")
    earlier = [
        STUBS[other]
        for other in sorted(STUBS)
        if other[:2] == number[:2] and other <= number
    ]
    done, message = verdict(number, *earlier)
    assert not done and message.startswith(f"{number}, not yet: ")
    assert [output.data["text/plain"] for output in cell.outputs] == [message]


@pytest.mark.parametrize("number", CHECKS)
def test_a_solution_passes(number):
    assert verdict(number, SOLUTIONS[number]) == (True, f"{number}: done.")


def test_the_solution_of_04_3_adds_one_activation():
    before = set(nn.ACTIVATIONS)
    run(SOLUTIONS["04.3"])["network"]()
    assert set(nn.ACTIVATIONS) - before == {"leaky"}


# What answers are made of


def rule(head, data, share, inputs="x,", out="out"):
    """An operation with a `_backward` of its own."""
    return (
        f"def {head}:\n    s = {data}\n    out = Value(s, ({inputs}), 'abs')\n"
        f"    def backward():\n        {share}\n    out._backward = backward\n    return {out}"
    )


def local(head, data, share, inputs="x,"):
    """An operation whose local derivatives are set by hand."""
    return (
        f"def {head}:\n    s = {data}\n    out = Value(s, ({inputs}), 'abs')\n"
        f"    out._local = ({share},)\n    return out"
    )


def momentum(velocity, move="p.data -= learning_rate * p.v", rest=""):
    return (
        f"def momentum_step(model, learning_rate, momentum):\n    for i, p in enumerate(model.parameters()):\n"
        f"        {velocity}\n        {move}\n{rest}"
    )


def forward_difference(returned, best_h="1e-8"):
    return (
        f"def forward_difference(f, x, h): return {returned}\nbest_h = {best_h}"
    )


def below(
    step="i", test="max(losses[i:]) < level", start="0", otherwise=", None"
):
    return f"lambda losses, level: next(({step} for i in range({start}, len(losses)) if {test}){otherwise})"


def a_good_test(*changes):
    source = SOLUTIONS["08.2"]
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    return source


def mysteries(change=""):
    return f"{SOLUTIONS['08.3']}\n{change}"


SIGMOID = partial(rule, "sigmoid(x)", "1 / (1 + math.exp(-x.data))")
STABLE = "0.5 * (1 + math.tanh(x.data / 2))"
RIGHT_SHARE = "x.grad += s * (1 - s) * out.grad"
POWER = partial(rule, "power(a, b)", "a.data ** b.data", inputs="a, b")
BY_A, BY_B = (
    "a.grad += b.data * a.data ** (b.data - 1) * out.grad",
    "b.grad += s * math.log(a.data) * out.grad",
)
LEAKY = "max(x.data, 0.1 * x.data)"
ABSOLUTE = partial(rule, "absolute(x)", "abs(x.data)")
SIGN = "(1.0 if x.data > 0 else -1.0)"

NODE = """
class Node:
    def __init__(self, data, inputs=(), local=()):
        self.data, self.grad = data, {}
        {}
"""
KEEP = "self.inputs, self.local = inputs, local"
FIELDS = "\nclass Node:\n    data: float\n    inputs: tuple = ()\n    local: tuple = ()\n    grad: float = 0.0\n"
ADD, MUL = (
    "def add(a, b): return {}",
    "def mul(a, b): return Node(a.data {} b.data, ({}), ({}))",
)
PASS_ON = "def pass_on(node):\n    for x, l in zip(node.inputs, node.local):\n        {}"
IN_ORDER = "right = in_order\ndef in_order(root): return {}"
VISIT = """
def in_order(root):
    order = []
    def visit(n):
        if n not in order:
            {}
    visit(root)
    return order
"""
INPUTS_FIRST = "[visit(x) for x in n.inputs]; order.append(n)"
STACK = """
def in_order(root):
    order, seen, stack = [], set(), [root]
    while stack:
        n = stack.pop()
        if n is None:
            order.append(stack.pop())
        elif n.inputs and n not in seen:
            seen.add(n)
            stack += (n, None, *n.inputs)
    return order
"""
GENERATOR = """
def in_order(root, seen=None):
    seen = set() if seen is None else seen
    if root not in seen:
        seen.add(root)
        for x in root.inputs:
            yield from in_order(x, seen)
        yield root
"""
BACKWARD = """
def backward(root):
    order = in_order(root)
    for n in order:
        if {}: n.grad = 0.0
    root.grad {}
    for n in {}:
        {}
"""
IN_PLACE = "for x, l in zip(n.inputs, n.local): x.grad += n.grad * l"
IN_A_DICT = (
    "for x, l in dict(zip(n.inputs, n.local)).items(): x.grad += n.grad * l"
)
RECURSION = """
def backward(root):
    root.grad = root.grad or 1.0
    pass_on(root)
    for x in root.inputs: backward(x)
"""
PATHS = """
def backward(root):
    for n in in_order(root):
        if n.inputs: n.grad = 0.0
    def send(n, grad):
        n.grad += grad
        for x, l in zip(n.inputs, n.local): send(x, l * grad)
    send(root, 1.0)
"""

KINK = """
f = lambda x: x.relu() + (-x).relu()
x = Value(0.0)
f(x).backward()
backpropagation, [central], has_derivative = x.grad, numerical_gradient(f, [0]), np.bool_(0)
"""
COUNTED = "(m := MLP(3, [5, 1])) and (len(m.parameters()), len(topological_order(m([0.5, 2, -1]))))"
V = "p.v = momentum * getattr(p, 'v', 0.0) + p.grad"
ON_THE_MODEL = """
def momentum_step(model, rate, keep):
    model.v = keep * getattr(model, 'v', 0) + np.array([p.grad for p in model.parameters()])
    for p, v in zip(model.parameters(), model.v):
        p.data -= rate * v
    return model
"""
TANH = "MLP(2, [4, 4, 1], activation='tanh')"
NET = """
class network(nn.Module):
    def __init__(self):
        self.layers = [nn.Layer(2, 4, None), nn.Layer(4, 4, None), nn.Layer(4, 1, None)]
    def __call__(self, x):
        for layer in self.layers[:2]:
            x = [h.relu() - 0.1 * (-h).relu() for h in layer(x)]
        return self.layers[2](x)
    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]
"""
FROM_THE_END = """
def first_below(losses, level):
    for i in reversed(range(len(losses))):
        if losses[i] >= level: return i + 1
    {}
"""
RESTART = """
def first_below(losses, level):
    first = None
    for i, loss in enumerate(losses):
        first = (i if first is None else first) if loss < level else None
    return first
"""
POP = """
def first_below(losses, level):
    n = len(losses)
    while losses and losses[-1] < level: losses.pop()
    return len(losses) if len(losses) < n else None
"""
RUN = """
x = Value(5.0)
y = x * x
f = y + x
f.backward()
into_product, into_sum, x_grad = y._local[0], f._local[1], x.grad
"""
DEAD = "lambda root: [n for n in topological_order(root) if {}]"
NONE_BEHIND = "all(x.grad == 0 for x in n._prev)"
LEAVES_TOO = (
    "lambda root: [n for n in {root, *(x for n in topological_order(root) for x in n._prev)} if n.grad and "
    f"{NONE_BEHIND}]"
)
SEARCH = """
def dead_ends(root, seen=()):
    seen = seen or set()
    if root._prev and root not in seen:
        seen.add(root)
        for x in root._prev:
            yield from dead_ends(x, seen)
        if root.grad and sum(x.grad ** 2 for x in root._prev) == 0:
            yield root
"""
SLOPE = """
def slope():
    x = Value(2.0)
    (x * x * x + x).backward()
    return x.grad
with zoo.assigns: with_assigns = slope()
with zoo.inputs_in_a_set: with_set = slope()
"""
TABLE = """
def engine_is_right():
    for at in ([0.5, -1.5], [-0.4, 0.3], [2.0, 1.5]):
        gradient_check(zoo.tangle, at)
    for f in (Value.tanh, Value.relu, lambda x: x * 2 + x * 2, lambda x: x - x ** 3):
        for at in (-0.7, 0.5, 3.0):
            gradient_check(f, [at])
    x = Value(3.0)
    f = x * x
    f = f * f
    f.backward()
    f.backward()
    return "right" if x.grad == 216 else []
"""

# Wrong answers, and the words of the hint for each; " ... " stands for other words. ADVICE is for the mistake that it
# is meant for, and for no other.

SHARE, PLUS = "A share is the local derivative times", "Add to"
INPUTS, EXP = (
    "Does the result have all its inputs, and does each get its share?",
    "Never give exp a large positive number.",
)
ADVICE = [
    SHARE,
    PLUS,
    INPUTS,
    EXP,
    "Three paths",
    "the bracket as a whole",
    "f(h) and f(-h)",
    "two sides of 0",
    "backward difference",
    "central difference, which",
    "mostly rounding",
    "mostly truncation",
    "smaller loss",
    "sum of the four",
    "something is shut",
    "leave the seed",
    "first step",
    "returns nothing",
    "raised",
    "dots",
]

WRONG = {
    "01.1": {
        "8, 2": "for x you say 8. Three paths",
        "12, 4": "for x * x you say 4. ... the bracket as a whole",
        "12, math.nan": "plain number, not nan",
        "12, Value(2.0)": "plain number, not Value(data=2.0000",
        "'12', 2": "plain number, not '12'",
        "..., 2": "put your answer in the place of the dots.",
    },
    "01.2": {
        SIGMOID(
            "x.grad += x.data * (1 - x.data) * out.grad"
        ): "at x = 0.5 is 0.25; the nudge says 0.235.",
        SIGMOID(
            "x.grad += s * (1 - s)"
        ): "3 times that ... is 0.235; the nudge says 0.705. " + SHARE,
        SIGMOID("x.grad = s * (1 - s) * out.grad"): "that plus x ... " + PLUS,
        SIGMOID("x.grad = s * (1 - s)"): SHARE,
        SIGMOID("x.grad += s * out.grad"): "is 0.622; the nudge says 0.235.",
        SIGMOID(
            "x.grad -= s * (1 - s) * out.grad"
        ): "is -0.235; the nudge says 0.235.",
        SIGMOID(
            "x.grad += s * (1 - s) * out.data"
        ): "is 0.146; the nudge says 0.235.",
        SIGMOID(
            "out.grad += s * (1 - s) * out.grad"
        ): "is 0; the nudge says 0.235. " + INPUTS,
        SIGMOID(RIGHT_SHARE, inputs=""): "but no inputs, so nobody calls it",
        SIGMOID(RIGHT_SHARE, inputs="Value(x.data),"): "for x * 1 ... "
        + INPUTS,
        SIGMOID(
            RIGHT_SHARE, out="out.data"
        ): "it returns 0.62 ... ; a Value is wanted",
        SIGMOID(RIGHT_SHARE, out="None"): "sigmoid returns nothing yet",
        "lambda x: Value(1 / (1 + math.exp(-x.data)))": "is 0; the nudge says 0.235. "
        + INPUTS,
        "lambda x: Value(1 / (1 + math.exp(-x.data)), (x,))": "raised ... has no _backward of its own",
        "def sigmoid(x): return 1 / (1 + math.exp(-x))": "sigmoid(0.5) raised TypeError",
        "lambda x: x.tanh()": "at x = 0.5 it gives 0.4621; right is 0.6225",
        "lambda x: 1 / (1 + x.exp())": "at x = 0.5 it gives 0.3775; right is 0.6225",
        SIGMOID(
            RIGHT_SHARE
        ): "near 0 it is right, but sigmoid(-1000) raised ... . " + EXP,
        "lambda x: 1 / (1 + (-x).exp())": "near 0 it is right, but ... (-1000) raised ... . "
        + EXP,
        "lambda x: x.exp() / (1 + x.exp())": "near 0 it is right, but ... (1000) raised ... . "
        + EXP,
        SIGMOID(RIGHT_SHARE).replace(
            "-x.data", "-max(-5, min(5, x.data))"
        ): "near 0 it is right, but at x = 1000 it gives 0.9933; right is 1.",
    },
    "01.3a": {
        NODE.format("0.0", "self.inputs = inputs"): "no attribute local yet",
        NODE.replace(", self.grad = data, {}", " = data").format(
            KEEP
        ): "no attribute grad yet",
        NODE.format("None", KEEP): "Node(2.0).grad is None; wanted is 0.0",
        NODE.format(
            "0.0", "self.inputs, self.local = set(inputs), local"
        ): "Node(2.0).inputs is set(); wanted is ()",
        NODE.format(
            "0.0", "self.inputs, self.local = list(inputs), local"
        ): "Node(2.0).inputs is []; wanted is ()",
        NODE.format(
            "0.0", "self.inputs, self.local = tuple(set(inputs)), local"
        ): "it should keep all as they are",
        NODE.format(
            "0.0", "self.inputs, self.local = (), ()"
        ): "keeps 0 inputs ... it should keep all as they are",
        "class Node:\n    def __init__(self, data): self.data, self.grad = data, 0": "no attribute inputs yet",
        "lambda data, inputs=(), local=(): data": "no attribute data yet",
    },
    "01.3b": {
        MUL.format(
            "*", "a, b", "a.data, b.data"
        ): "mul(2, -3) has the local derivatives (2.0, -3.0)",
        MUL.format(
            "*", "a, b", "1.0, 1.0"
        ): "mul(2, -3) has the local derivatives (1.0, 1.0)",
        ADD.format(
            "Node(a.data + b.data, (a, b), (a.data, b.data))"
        ): "add(2, -3) has the local derivatives (2.0",
        ADD.format(
            "Node(a.data + b.data, (a, b))"
        ): "add(2, -3) has the local derivatives ()",
        ADD.format(
            "Node(a.data + b.data)"
        ): "add(2, -3) does not keep its two inputs",
        MUL.format(
            "*", "b, a", "b.data, a.data"
        ): "mul(2, -3) does not keep its two inputs, in their order",
        MUL.format(
            "+", "a, b", "b.data, a.data"
        ): "mul(2, -3) has the data -1.0; wanted is -6.0",
        ADD.format("a.data + b.data"): "add(2, -3) is -1.0; a Node is wanted",
        ADD.format("a + b"): "add(2, -3) raised TypeError",
        ADD.format("print(a.data + b.data)"): "add returns nothing yet",
        "class Node: pass": "the first step comes first",
    },
    "01.3c": {
        PASS_ON.format(
            "x.grad = l * node.grad"
        ): "-3 and 2; wanted are -33 and 22. " + PLUS,
        PASS_ON.format("x.grad += l"): "-3 and 2; wanted are -30 and 20. "
        + SHARE,
        PASS_ON.format("x.grad += l * node.data"): SHARE,
        PASS_ON.format("x.grad += x.data * node.grad"): SHARE,
        PASS_ON.format(
            "x.grad += l * node.grad; break"
        ): "-30 and 0; wanted are -30 and 20. " + SHARE,
        PASS_ON.format(
            "return l * node.grad"
        ): "its inputs have no gradient yet",
        PASS_ON.format("x += l * node.grad"): "raised TypeError",
    },
    "01.3d": {
        IN_ORDER.format(
            "right(root)[::-1]"
        ): "the node with the data 14 comes before one of its inputs",
        VISIT.format(
            "order.append(n); [visit(x) for x in n.inputs]"
        ): "comes before one of its inputs",
        IN_ORDER.format(
            "[root] + [n for x in root.inputs for n in in_order(x)]"
        ): "is in the list twice",
        IN_ORDER.format(
            "[n for x in root.inputs for n in in_order(x)] + [root]"
        ): "is in the list twice",
        IN_ORDER.format(
            "right(root)[:-1]"
        ): "the node with the data 14 is not in the list",
        IN_ORDER.format(
            "[n for n in right(root) if not n.inputs]"
        ): "is not in the list",
        IN_ORDER.format(
            "[*root.inputs, root]"
        ): "the node with the data 2 is not in the list",
        STACK.replace("n not in seen", "n.data not in seen").replace(
            "add(n)", "add(n.data)"
        ): "the node with the data 2 is not in the list",
        f"@dataclass{FIELDS}{VISIT.format(INPUTS_FIRST)}": "the node with the data 2 is not in the list",
        IN_ORDER.format("None"): "in_order returns nothing yet",
        IN_ORDER.format("root.order()"): "in_order(14) raised AttributeError",
    },
    "01.3e": {
        BACKWARD.format(
            "n.inputs", "+= 0", "order[::-1]", "pass_on(n)"
        ): "your a.grad is 0; the nudge says 14",
        BACKWARD.format(
            "n.inputs", "= 1.0", "order", "pass_on(n)"
        ): "your a.grad is 0; the nudge says 14",
        RECURSION: "your a.grad is 20; the nudge says 14",
        BACKWARD.format(
            "False", "= 1.0", "order[::-1]", "pass_on(n)"
        ): "the inner node b has the gradient 21; wanted",
        BACKWARD.format(
            "False", "+= 1.0", "order[::-1]", "pass_on(n)"
        ): "the inner node b has the gradient 28",
        BACKWARD.format(
            "True", "= 1.0", "order[::-1]", "pass_on(n)"
        ): "the leaf a has the gradient 14; wanted is 28",
        BACKWARD.format(
            "n.inputs", "= 1.0", "order[::-1]", IN_A_DICT
        ): "doubled twelve times, a leaf has the gradient 1; wanted is 4096",
        "def backward(root): root.backward()": "raised AttributeError",
    },
    "02.1": {
        "1, 0, False": "backpropagation does not say 1 ... exactly 0",
        "0, 1.0, False": "the central difference is not 1.0 ... f(h) and f(-h)",
        "0, 0, True": "two sides of 0",
        "0, 0, 'no'": "True or False, not 'no'",
        "0, 'none', False": "plain number, not 'none'",
    },
    "02.2": {
        forward_difference(
            "(f(x) - f(x - h)) / h"
        ): "this is the backward difference",
        forward_difference(
            "(f(x + h) - f(x - h)) / (2 * h)"
        ): "this is the central difference, which",
        forward_difference(
            "numerical_gradient(f, [x], h)[0]"
        ): "this is the central difference, which",
        forward_difference(
            "f(x + h) - f(x)"
        ): "with h = 0.5 it gives 7.625; wanted is 15.25",
        forward_difference(
            "f(x + h) - f(x) / h"
        ): "with h = 0.5 it gives -0.375; wanted is 15.25",
        forward_difference(
            "(f(x) - f(x + h)) / h"
        ): "with h = 0.5 it gives -15.25; wanted is 15.25",
        forward_difference(
            "(f(x + 1e-8) - f(x)) / 1e-8"
        ): "with h = 0.5 it gives 12; wanted is 15.25",
        forward_difference(
            "(f(Value(x + h)) - f(Value(x))) / h"
        ): "plain number, not Value(data=15.25",
        forward_difference(
            "(f(x + h) - f(x)) / h", "1e-5"
        ): "at h = 1e-05 the error is mostly truncation",
        forward_difference(
            "(f(x + h) - f(x)) / h", "6e-6"
        ): "mostly truncation",
        forward_difference(
            "(f(x + h) - f(x)) / h", "1e-12"
        ): "at h = 1e-12 the error is mostly rounding",
        forward_difference(
            "(f(x + h) - f(x)) / h", "0"
        ): "a positive number, not 0",
        forward_difference(
            "(f(x + h) - f(x)) / h", "-1e-8"
        ): "a positive number, not -1e-08",
        forward_difference("(f(x + h) - f(x)) / h", "..."): "dots",
    },
    "02.3": {
        POWER(
            BY_A
        ): "of it with respect to y at x = 2, y = 3 is 0; the nudge says 5.55. "
        + INPUTS,
        "lambda a, b: a ** b.data": "of it with respect to y at x = 2, y = 3 is 0; the nudge says 5.55. "
        + INPUTS,
        "lambda a, b: a ** b": "raised TypeError: a Value holds a real number",
        POWER(
            f"{BY_A}; b.grad += s * out.grad"
        ): "of it with respect to y at x = 2, y = 3 is 8; the nudge says 5.55.",
        POWER(
            f"{BY_A}; b.grad += s * math.log(b.data) * out.grad"
        ): "of it with respect to y at x = 2, y = 3 is 8.79; the nudge",
        POWER(
            f"a.grad += b.data * s * out.grad; {BY_B}"
        ): "of it with respect to x at x = 2, y = 3 is 24; the nudge says 12.",
        POWER(
            f"{BY_A}; {BY_B}".replace("+=", "=", 1)
        ): "of that plus x with respect to x ... " + PLUS,
        POWER(
            f"{BY_A}; {BY_B.replace('+=', '=')}"
        ): "of that plus x with respect to y ... " + PLUS,
        POWER(
            f"{BY_A}; {BY_B.replace(' * out.grad', '')}"
        ): "of 3 times that with respect to y ... " + SHARE,
        POWER(
            f"{BY_A}; {BY_B}", inputs="a,"
        ): "of that for x * 1 with respect to y ... is 0 ... " + INPUTS,
        POWER(
            f"{BY_A}; {BY_B}", inputs="b,"
        ): "of that for x * 1 with respect to x ... is 0 ... " + INPUTS,
        "lambda a, b: (a * b.log()).exp()": "it gives 9; right is 8",
    },
    "03.1": {
        "20, 45": "does not have 20 parameters ... and a bias",
        "45, 26": "does not have 45 parameters ... and a bias",
        "26, 39": "does not build 39 inner nodes ... n products and n sums",
        "26, 46": "does not build 46 inner nodes ... a ReLU if it is hidden",
        "MLP(3, [5, 1]).parameters(), 45": "plain number, not [Value(",
        "26, MLP(3, [5, 1])([1, 2, 3])": "plain number, not Value(",
    },
    "03.2": {
        "[1, 1, 0, 1, 1, -1, 1, -2, 0]": "at [0, 0] your network answers 0; wanted is 1",
        "[0, 0, 0, 0, 0, 0, 0, 0, 1]": "at [0, 1] your network answers 1; wanted is 0",
        "[-1, -1, 1, 0, 0, 0, 1, 0, 0]": "at [1, 1] your network answers 0; wanted is 1",
        "[1e308] * 9": "at [0, 0] your network answers inf; wanted is 1",
        "[math.nan] * 9": "plain number, not nan",
        "[[1, 1, 0], [1, 1, -1], [-1, 2, 1]]": "a list of nine numbers is wanted",
        "{1, 0, -1}": "a list of nine numbers is wanted",
        "'110110121'": "plain number, not '1'",
        "[Value(w) for w in (1, 1, 0, 1, 1, -1, -1, 2, 1)]": "plain number, not Value(",
    },
    "03.3": {
        "lambda x: x.relu() - 0.01 * (-x).relu()": "at x = -2 it gives -0.02; right is -0.2",
        "lambda x: x.relu() + 0.1 * (-x).relu()": "at x = -2 it gives 0.2; right is -0.2",
        "lambda x: x.relu() + 0.1 * x": "at x = 2 it gives 2.2; right is 2",
        "lambda x: x.relu()": "at x = -2 it gives 0; right is -0.2",
        "lambda x: max(x, 0.1 * x)": "raised TypeError",
        f"lambda x: {LEAKY}": "it returns -0.2; a Value is wanted",
        f"lambda x: Value({LEAKY})": "is 0; the nudge says 0.1. " + INPUTS,
        "lambda x: x.relu() + min(0, 0.1 * x.data)": "is 0; the nudge says 0.1. "
        + INPUTS,
        "lambda x: x if x.data > 0 else 0.1 * x if x.data < 0 else None": "at exactly 0 it should give 0",
    },
    "04.1": {
        "0.5, 0.25": "0.5 is not the best: ... has a smaller loss",
        "1, 0.25": "1 is not the best: ... has a smaller loss",
        "0.75, 0.75": "the sum of the four squared errors; the loss is their mean",
        "0.75, 0.1875 ** 0.5": "the constant is right, but its loss is not 0.433013",
        "0.75, 0.09375": "the constant is right, but its loss is not 0.09375",
        "math.nan, 0.1875": "plain number, not nan",
        "Value(0.75), 0.1875": "plain number, not Value(",
    },
    "04.2": {
        momentum(
            "p.v = p.grad"
        ): "in the second step, with the gradient 1, ... moved by -0.1; right is -0.19",
        momentum(
            "p.v = getattr(p, 'v', 0) + p.grad"
        ): "in the second step ... moved by -0.2; right is -0.19",
        momentum(
            V, "p.data += learning_rate * p.v"
        ): "in the first step ... moved by 0.1; right is -0.1",
        momentum(
            V, "p.data -= p.v"
        ): "in the first step ... moved by -1; right is -0.1",
        momentum(
            V.replace("p.grad", "0.1 * p.grad")
        ): "in the first step ... moved by -0.01; right is -0.1",
        momentum(
            "", "p.data = momentum * p.data - learning_rate * p.grad"
        ): "in the first step ... right is -0.1",
        momentum(
            V, "p.data -= learning_rate * (p.grad + momentum * p.v)"
        ): "in the first step ... moved by -0.19;",
        momentum(
            "v[0] = momentum * v[0] + p.grad",
            "p.data -= learning_rate * v[0]",
            "v = [0.0]",
        ): "in the first step, with the gradient 0, ... moved by -0.09; right is 0.",
        momentum(
            "v[i] = momentum * v[i] + p.grad",
            "p.data -= learning_rate * v[i]",
            "v = [0.0] * 3",
        ): "in the first step of another model",
        momentum(
            "v[p.label] = momentum * v.get(p.label, 0) + p.grad",
            "p.data -= 0.1 * v[p.label]",
            "v = {}",
        ): "in the first step of another model",
        momentum(
            "if not p.grad: continue", f"{V}; p.data -= learning_rate * p.v"
        ): "in the third step, with the gradient 0, ... moved by 0; right is -0.171",
        momentum(
            V, "p = p.data - learning_rate * p.v"
        ): "in the first step no parameter has moved",
        momentum(
            V, "p.data = math.nan"
        ): "in the first step ... moved by nan; right is -0.1",
        momentum("p.v = momentum * p.v + p.grad"): "raised AttributeError",
        "def momentum_step(model, learning_rate): ...": "raised TypeError: momentum_step() takes 2",
    },
    "04.3": {
        "lambda: MLP(2, [4, 4, 1])": "gradients are 0: something is shut",
        "lambda: MLP(2, [4, 4, 1], 'tanh')": "gradients are 0: something is shut",
        "lambda: MLP(2, [16, 1])": "it has 65 parameters; a network 2-4-4-1 has 37",
        "lambda: MLP(2, [4, 4, 1], activation='leaky')": "raised ValueError: unknown activation 'leaky'",
        f"def network(): {TANH}": "network returns nothing yet",
        f"def network(): random.seed(42); return {TANH}": "leave the seed to the check",
        f"model = {TANH}\nnetwork = lambda: model": "leave the seed to the check",
        "lambda: MLP(2, [4, 4, 1], activation=None)": "nothing is shut, but only 0 of the seeds 0 to 7 learn",
    },
    "05.1": {
        "[0, 1, 1, 0]": "these answers have the loss 0.",
        "[0.5] * 4": "these answers have the loss 0.25.",
        "[2 / 3, 2 / 3, 2 / 3, 0]": "these answers have the loss 0.166667.",
        "[0, 0.5, 1, 0.6]": "these answers have the loss 0.1525.",
        "[0.5 ** 0.5, 1, 1, 0]": "not because two corners share the mean",
        "[0.5, 1, 1, 0.5]": "not because two corners share the mean",
        "[0, 1, 0.5]": "four answers are wanted",
        "[[0, 1, 0.5, 0.5]]": "four answers are wanted",
        "[0, 1, ..., 0.5]": "dots",
        "['0', 1, 0.5, 0.5]": "plain number, not '0'",
    },
    "05.2": {
        below(
            test="losses[i] < level"
        ): "the losses [5.0, 1.0, 3.0, 1.0] ... it gives 1; wanted is 3",
        below(
            test="max(losses[i:]) <= level"
        ): "the losses [3.0, 2.0, 1.0] and the level 2.0 it gives 1; wanted is 2",
        below(
            "i + 1"
        ): "the losses [3.0, 2.0, 1.0] and the level 2.5 it gives 2; wanted is 1",
        below(
            "i - 1"
        ): "the losses [3.0, 2.0, 1.0] and the level 2.5 it gives 0; wanted is 1",
        below(
            start="1"
        ): "the losses [1.0, 0.5] and the level 2.0 it gives 1; wanted is 0",
        below(
            otherwise=", -1"
        ): "the losses [3.0, 4.0] never stay below 2; wanted is None, not -1",
        below(
            otherwise=", len(losses)"
        ): "the losses [3.0, 4.0] never stay below 2; wanted is None, not 2",
        below(otherwise=""): "raised StopIteration.",
        FROM_THE_END.format(
            "return 0"
        ): "the losses [3.0, 4.0] never stay below 2; wanted is None, not 2",
        FROM_THE_END.format(
            "..."
        ): "the losses [1.0, 0.5] and the level 2.0 it gives None; wanted is 0",
        "lambda losses, level: [l for l in losses if l < level][:1]": "it gives [2.0]; wanted is 1",
        "lambda losses, level: losses[-1] < level": "the losses [1.0, 0.5] and the level 2.0 it gives True;",
        "lambda losses, level: '1'": "it gives '1'; wanted is 1",
    },
    "05.3": {
        "0.05": "the rate 0.05 needs 241 steps; 0.1 needs 123",
        "0.1": "the rate 0.1 needs 123 steps; 0.1 needs 123",
        "1": "the rate 1 is not there after 500 steps; 0.1 needs 123",
        "-0.1": "the rate -0.1 is not there after 500 steps; 0.1 needs 123",
        "math.inf": "plain number, not inf",
        "[0.2]": "plain number, not [0.2]",
        "0.35": "from seed 42 it is quicker, but not from the seeds 0, 1, 2, 3",
    },
    "06.1": {
        "10, 1, 11": "into the product do not carry 10; look at the other factor",
        "5, 5, 11": "into the sum does not carry 5",
        "5, 1, 6": "x.grad is not 6: three edges leave x",
        "'5 and 5', 1, 11": "plain number, not '5 and 5'",
    },
    "06.2": {
        "lambda x: x.relu() + (-x).relu()": "not one operation abs of x: the graph ends with '+'",
        "lambda x: x if x.data > 0 else -x": "not one operation abs of x: the graph ends with '*'",
        ABSOLUTE(f"x.grad += {SIGN} * out.grad").replace(
            "'abs'", "'Abs'"
        ): "the graph ends with 'Abs'",
        ABSOLUTE(f"x.grad += {SIGN}"): "3 times that ... " + SHARE,
        ABSOLUTE(f"x.grad = {SIGN} * out.grad"): "that plus x ... " + PLUS,
        ABSOLUTE("x.grad += out.grad"): "at x = -2 is 1; the nudge says -1.",
        ABSOLUTE(
            "x.grad += (1 if out.data > 0 else -1) * out.grad"
        ): "at x = -2 is 1; the nudge says -1.",
        ABSOLUTE(
            f"x.grad += {SIGN} * out.grad", inputs=""
        ): "but no inputs, so nobody calls it",
        "lambda x: Value(abs(x.data))": "is 0; the nudge says -1. " + INPUTS,
        "lambda x: abs(x.data)": "it returns 2.0; a Value is wanted",
        "abs": "abs(-2) raised TypeError",
        ABSOLUTE(
            "x.grad += x.data / abs(x.data) * out.grad"
        ): "raised ZeroDivisionError",
        local(
            "absolute(x)", "abs(x.data)", "x.data / s"
        ): "absolute(0) raised ZeroDivisionError",
        ABSOLUTE(
            "x.grad += {1: 1, -1: -1}.get(np.sign(x.data), 2) * out.grad"
        ): "at the kink you say 2",
    },
    "06.3": {
        DEAD.format(
            f"n.grad > 0 and {NONE_BEHIND}"
        ): "a node that has a gradient and passes none on is not in the list",
        DEAD.format(NONE_BEHIND): "is no dead end: its own gradient is 0",
        DEAD.format(
            "n.grad and any(x.grad == 0 for x in n._prev)"
        ): "is no dead end: an input of it has a gradient",
        DEAD.format(
            "n.grad and n._prev[0].grad == 0"
        ): "is no dead end: an input of it has a gradient",
        DEAD.format(
            "n._op == 'ReLU' and n.data == 0"
        ): "is no dead end: its own gradient is 0",
        DEAD.format(
            "n._op == 'ReLU' and n.grad and n.data == 0"
        ): "passes none on is not in the list",
        DEAD.format(
            f"n is not root and n.grad and {NONE_BEHIND}"
        ): "passes none on is not in the list",
        DEAD.format(
            f"n.grad and {NONE_BEHIND} for _ in 'ab'"
        ): "a node is in the list twice",
        LEAVES_TOO: "is no dead end: it is a leaf",
        DEAD.format(f"n.grad and {NONE_BEHIND}").replace(
            "[n", "[n._op"
        ): "a list of Values is wanted; 'ReLU' is",
        "lambda root: root.grad == 0": "raised TypeError",
        "lambda root: []": "passes none on is not in the list",
    },
    "08.1": {
        "13, 9": "with `=` it is not 13: only what arrives last stays",
        "9, 4": "with `=` it is not 9: only what arrives last stays",
        "4, 6.0": "with a set it is not 6.0: x * x keeps one of its two uses of x",
        "4, 13": "with a set it is not 13: x * x keeps one of its two uses of x",
        "4, Value(9)": "plain number, not Value(",
    },
    "08.2": {
        "lambda: True": "accepts 14 of 14 bugs, the first of them assigns: `=` instead of `+=`",
        "lambda: 'no bug'": "accepts 14 of 14 bugs, the first of them assigns",
        "lambda: False": "your test rejects the engine as it is",
        "lambda: gradient_chek": "raised NameError: name 'gradient_chek' is not defined. Have the cells above been run?",
        "lambda: gradient_check(lambda x: x.relu(), [0.0])": "raised GradientMismatch: the gradient of x is wrong.",
        "def engine_is_right(): assert Value(2.0) * 3 == 6": "engine_is_right() raised AssertionError.",
        "def engine_is_right(): assert gradient_check(Value.tanh, [0.5])": "engine_is_right returns nothing yet",
        "lambda: gradient_check(lambda x: x * x, [3.0])": "of 14 bugs, the first of them no_order: Recursion without an order",
        a_good_test(
            (".tanh()", "")
        ): "accepts 3 of 14 bugs, the first of them tanh_of_input: tanh' computed from the input",
        a_good_test(
            ("(-0.7, 0.4)", "(0.4,)")
        ): "accepts 1 of 14 bugs, the first of them never_shut",
        a_good_test(
            ("    f.backward()\n" * 2, "    f.backward()\n"), ("60", "30")
        ): "1 of 14 bugs ... not_reset:",
    },
    "08.3": {
        mysteries(
            "names[1] = 'no_order'"
        ): "5 of 6 are right; look again at 2.",
        mysteries(
            "names.reverse()"
        ): "0 of 6 are right; look again at 1, 2, 3, 4, 5, 6.",
        mysteries(
            "names[0] = 'tanh'"
        ): "six names are wanted, from assigns, inputs_in_a_set",
        mysteries("names.pop()"): "six names are wanted",
        mysteries(
            "names = [zoo.ZOO[name] for name in names]"
        ): "six names are wanted",
        mysteries("names[3] = ..."): "dots",
    },
}

# Right answers that are not the solution

RIGHT = {
    "01.1": [
        "12, 2",
        "np.float64(12), np.int64(2)",
        "x = Value(2.0)\ny = x * x\nf = y * x\nf.backward()\nx_grad, inner_grad = x.grad, y.grad",
    ],
    "01.2": [
        "lambda x: ((x * 0.5).tanh() + 1) * 0.5",
        "lambda x: 1 / (1 + (-x).exp()) if x.data > 0 else x.exp() / (1 + x.exp())",
        rule(
            "sigmoid(x)",
            STABLE,
            "x.grad = x.grad + out.grad * out.data * (1 - out.data)",
        ),
        rule(
            "sigmoid(x)",
            STABLE.replace("math", "np"),
            RIGHT_SHARE,
            inputs="[x]",
        ),
        local("sigmoid(x)", STABLE, "s * (1 - s)"),
        SIGMOID(RIGHT_SHARE).replace("-x.data", "-max(-700, x.data)"),
    ],
    "01.3a": [
        NODE.format(
            "0", "self.inputs, self.local = tuple(inputs), tuple(local)"
        ),
        f"@dataclass{FIELDS}",
        f"@dataclass(eq=False){FIELDS}",
    ],
    "01.3b": [
        ADD.format("Node(b.data + np.float64(a.data), [a, b], (1, 1))"),
        "mul = lambda *ab: Node(ab[0].data * ab[1].data, ab, [n.data for n in ab[::-1]])",
    ],
    "01.3c": [
        PASS_ON.format("x.grad = x.grad + node.grad * l"),
        "def pass_on(node):\n    for i, x in enumerate(node.inputs): x.grad += node.grad * node.local[i]",
        PASS_ON.format("x.grad -= -l * node.grad") + "\n    return node",
    ],
    "01.3d": [
        STACK,
        GENERATOR,
        VISIT.format(INPUTS_FIRST),
        IN_ORDER.format("(n for n in right(root) if n.inputs)"),
        f"@dataclass(eq=False){FIELDS}{VISIT.format(INPUTS_FIRST)}",
    ],
    "01.3e": [
        BACKWARD.format("n.inputs", "+= 1", "order[::-1]", IN_PLACE),
        BACKWARD.format("n.inputs", "= 1", "reversed(order)", "pass_on(n)"),
        PATHS,
    ],
    "02.1": ["0, 0, False", KINK],
    "02.2": [
        "best_h = 1e-7\ndef forward_difference(f, x, h):\n    up = x + h\n    return (f(up) - f(x)) / (up - x)",
        forward_difference(
            "np.float64(f(x + h) - f(x)) / h", "np.sqrt(np.finfo(float).eps)"
        ),
        forward_difference("f(x + h) / h - f(x) / h", "3e-9"),
    ],
    "02.3": [
        "lambda a, b: (b * a.log()).exp()",
        "def power(a, b): return (a.log() * b).exp()",
        POWER(f"{BY_A}; {BY_B}").replace("math", "np"),
        POWER(
            f"a.grad += s * b.data / a.data * out.grad; {BY_B}", inputs="b, a"
        ),
        local(
            "power(a, b)",
            "a.data ** b.data",
            "b.data * s / a.data, s * math.log(a.data)",
            "a, b",
        ),
    ],
    "03.1": ["26.0, np.int64(45)", COUNTED],
    "03.2": [
        "(1.0, -1.0, 0.0, -1.0, 1.0, 0.0, -1.0, -1.0, 1.0)",
        "[2, 2, 0, 3, 3, -3, -0.5, 2 / 3, 1]",
        "list(np.array([-1, -1, 1, 1, 1, -1, 1, 1, 0]))",
        "[Fraction(1, 2)] * 2 + [0, 1, 1, -1, -2, 2, 1]",
    ],
    "03.3": [
        "lambda x: 0.9 * x.relu() + 0.1 * x",
        "lambda x: x if x.data > 0 else x / 10",
        "lambda x: x.relu() - (-x / 10).relu()",
        local("leaky_relu(x)", LEAKY, "1 if x.data > 0 else 0.1"),
        rule(
            "leaky_relu(x)",
            LEAKY,
            "x.grad += np.where(x.data > 0, 1, 0.1) * out.grad",
        ),
    ],
    "04.1": [
        "Fraction(3, 4), 3 / 16",
        "np.mean([0, 1, 1, 1]), np.var([0, 1, 1, 1])",
    ],
    "04.2": [
        momentum(
            "v[p] = momentum * v.get(p, 0) + p.grad",
            "p.data -= learning_rate * v[p]",
            "v = {}",
        ),
        momentum(
            "p.v = momentum * getattr(p, 'v', 0) - learning_rate * p.grad",
            "p.data += p.v",
        ),
        momentum(
            "if not hasattr(p, 'v'): p.v = 0",
            f"{V}; p.data = p.data - p.v * learning_rate; p.grad = 0.0",
        ),
        ON_THE_MODEL,
    ],
    "04.3": [f"lambda: {TANH}", NET],
    "05.1": [
        "[0, 0.5, 1, 0.5]",
        "(0.5, 1, 0.5, 0)",
        "np.array([0.5, 0.5, 1, 0])",
        "[0, Fraction(1), 0.5, 1 / 2]",
    ],
    "05.2": [
        below(),
        below("np.int64(i)", "all(l < level for l in losses[i:])"),
        RESTART,
        POP,
    ],
    "05.3": ["0.15", "np.float64(0.3)"],
    "06.1": ["5, 1, 11", RUN],
    "06.2": [
        ABSOLUTE("x.grad += math.copysign(1, x.data) * out.grad"),
        ABSOLUTE("x.grad += np.sign(x.data) * out.grad", inputs="[x]"),
        ABSOLUTE("x.grad += ((x.data > 0) - (x.data < 0)) * out.grad"),
        local(
            "absolute(x)", "max(x.data, -x.data)", "1 if x.data >= 0 else -1"
        ),
        local("absolute(x)", "abs(x.data)", "x.data / s if s else 0.5"),
    ],
    "06.3": [
        DEAD.format("n.grad and not any(x.grad for x in n._prev)") + "[::-1]",
        SEARCH,
        DEAD.format("abs(n.grad) > 1e-9 > max(abs(x.grad) for x in n._prev)")
        .replace("[", "{")
        .replace("]", "}"),
    ],
    "08.1": ["4, 9", SLOPE],
    "08.2": [
        a_good_test(
            ("return x.grad == 60.0", "assert x.grad == 60.0\n    return True")
        ),
        a_good_test(
            ("return x.grad == 60.0", "if x.grad == 60.0: return True")
        ),
        TABLE,
    ],
    "08.3": [
        mysteries("names = tuple(names)"),
        mysteries("names = (name for name in names)"),
    ],
}


def rows(table):
    return {
        "argvalues": [
            (number, *row)
            for number, answers in table.items()
            for row in (
                answers.items() if isinstance(answers, dict) else zip(answers)
            )
        ],
        "ids": [number for number, answers in table.items() for _ in answers],
    }


def test_every_check_has_three_wrong_answers_and_two_right_ones():
    assert [
        number
        for number in CHECKS
        if len(WRONG[number]) < 3 or len(RIGHT[number]) < 2
    ] == []


@pytest.mark.parametrize("number, answer, words", **rows(WRONG))
def test_a_wrong_answer_gets_the_right_hint(number, answer, words):
    done, message = answered(number, answer)
    assert not done and message.startswith(f"{number}, not yet: ")
    assert re.search(
        ".*".join(map(re.escape, words.split(" ... "))), message
    ), message
    assert [
        advice for advice in ADVICE if advice in message and advice not in words
    ] == []
    assert re.search(r"[.?]\Z", message) and "\n" not in message
    assert len(re.findall(r"[.?](?= |\Z)", message)) <= 2 and len(message) < 360


@pytest.mark.parametrize(
    "constant",
    [-1.0, 0.0, 0.25, 0.5, 2 / 3, 0.7, 0.74, 0.749, 0.751, 0.76, 0.8, 1.0, 3.0],
)
def test_the_better_constant_is_better_and_not_the_best(constant):
    better = float(
        re.search(
            "best: (.*) has", check_exercise("04.1", constant, 0.0).message
        )[1]
    )
    assert 0 < abs(better - 0.75) < abs(constant - 0.75)


@pytest.mark.parametrize("number, answer", **rows(RIGHT))
def test_another_right_answer_is_accepted(number, answer):
    assert answered(number, answer) == (True, f"{number}: done.")


# Whatever comes


def raising(*_):
    raise KeyError("x")


NONSENSE = [
    None,
    ...,
    "x",
    "",
    [],
    (),
    {},
    object(),
    math.nan,
    math.inf,
    -math.inf,
    10**400,
    1j,
    Value(1.0),
    int,
    MLP(2, [1]),
    print,
    raising,
    lambda: 1,
    lambda *_: "x",
    lambda *_: math.nan,
    lambda *_: Value(math.nan),
]


@pytest.mark.parametrize("number", CHECKS)
def test_no_answer_makes_a_check_raise(number):
    names = run(SOLUTIONS[number], "def arguments(_, *answer): return answer")
    right = eval(CALLS[number][0].replace("check_exercise", "arguments"), names)
    answers = [
        [*right[:i], nonsense, *right[i + 1 :]]
        for i in range(len(right))
        for nonsense in NONSENSE
    ]
    for done, message in (
        check_exercise(number, *answer)
        for answer in [*answers, [], right[:-1], [*right, right[0]]]
    ):
        assert not done and message.startswith(f"{number}, not yet: ")


@pytest.mark.parametrize(
    "number, answer, words",
    [
        (
            "01.1",
            [12.0],
            "missing a required argument: 'inner_grad' in the call of check_exercise.",
        ),
        (
            "06.2",
            [abs, abs],
            "too many positional arguments in the call of check_exercise.",
        ),
        ("01.1", [], "put your answer in the place of the dots."),
    ],
)
def test_a_call_that_is_not_the_stubs(number, answer, words):
    assert (
        check_exercise(number, *answer).message == f"{number}, not yet: {words}"
    )


@pytest.mark.parametrize(
    "number", ["01.4", "1.1", "01.3", "", "01.1 ", 1.1, None, ...]
)
def test_an_unknown_number_names_the_known_ones(number):
    with pytest.raises(
        ValueError,
        match=re.escape(
            f"no exercise {number!r}; there are {', '.join(sorted(CHECKS))}"
        ),
    ):
        check_exercise(number, 1)


def test_a_test_that_is_stopped_leaves_no_bug_in_the_engine():
    answers = iter([True, True])
    with pytest.raises(SystemExit):
        check_exercise("08.2", lambda: next(answers, None) or sys.exit())


def test_a_verdict_shows_its_sentence():
    assert repr(check_exercise("06.1", 5, 1, 11)) == "06.1: done."
