"""Test the checks of the exercises with model solutions that are wrong.

Every model solution in chapters/solutions.md is changed in one place at a time:
another operator, another constant, a statement dropped, a condition negated.
Each such mutant goes to the check of its exercise, which should refuse it. The
mutants that a check may accept, since they are right answers too, are listed
with the reason in tests/exercises/accepted_mutants.toml.

    python scripts/mutate_solutions.py              # all exercises
    python scripts/mutate_solutions.py 01.2 06.2    # only these
"""

import ast
import copy
import signal
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest import mock

from solutions import ROOT, Solution, solutions

from micrograd import nn

REVIEWED = ROOT / "tests/exercises/accepted_mutants.toml"

# The answer to 08.2 is a test. Its check tries that test on the right engine
# and on every bug, so a mutant that it accepts is another good test, and is
# not counted.
ANSWER_IS_A_TEST = {"08.2"}


class Mutant(NamedTuple):
    """A solution with one change, and the line that it changes."""

    number: str
    before: str
    after: str
    source: str


class DoesNotEnd(BaseException):
    """A mutant runs for too long; no Exception, so no check can catch it."""


# The changes


OTHER_OPERATORS: dict[type, list[type]] = {
    ast.Add: [ast.Sub, ast.Mult],
    ast.Sub: [ast.Add, ast.Mult],
    ast.Mult: [ast.Div, ast.Add],
    ast.Div: [ast.Mult, ast.Sub],
    ast.Pow: [ast.Mult, ast.Div],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt, ast.GtE],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt, ast.LtE],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.And: [ast.Or],
    ast.Or: [ast.And],
}
OTHER_ATTRIBUTES = {"data": "grad", "grad": "data", "inputs": "local"}


def mutants(solution: Solution) -> list[Mutant]:
    """Return all mutants of a solution whose source differs from its own."""
    tree = ast.parse(solution.answer)
    original = ast.unparse(tree)
    parameters = sorted(
        {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
        - {"self"}
    )
    found = {}
    for container, key, node in places(tree):
        for replacement in replacements(key, node, parameters):
            container[key] = replacement
            source = ast.unparse(ast.fix_missing_locations(tree))
            if source != original and source not in found:
                before, after = first_difference(original, source)
                found[source] = Mutant(solution.number, before, after, source)
        container[key] = node
    return list(found.values())


def places(tree: ast.AST) -> Iterator[tuple]:
    """Yield every node of the tree, with its container and its key in there."""
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, ast.AST):
                yield vars(parent), field, value
            elif isinstance(value, list):
                for i, node in enumerate(value):
                    yield value, i, node


def replacements(
    key: str | int, node: Any, parameters: list[str]
) -> Iterator[ast.AST]:
    """Yield whatever may replace a node.

    Args:
        key: The field of the node above it, or the place in a list there.
        node: The node.
        parameters: The parameters of all functions; any may replace another.
    """
    if key == "test":
        yield ast.UnaryOp(ast.Not(), node)
        yield ast.Constant(True)
        yield ast.Constant(False)
    match node:
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() | float() as value):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Constant(value=str() as value):
            yield ast.Constant(value + "_")
        case ast.Name(id=name, ctx=ast.Load()) if name in parameters:
            for parameter in parameters:
                yield ast.Name(parameter, node.ctx)
        case ast.BinOp(left=left, op=op, right=right):
            for other in OTHER_OPERATORS[type(op)]:
                yield ast.BinOp(left, other(), right)
            if not isinstance(op, (ast.Add, ast.Mult)):
                yield ast.BinOp(right, op, left)
            yield left
            yield right
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(OTHER_OPERATORS[type(op)][0](), values)
            yield from values
        case ast.Compare(left=left, ops=[op], comparators=right):
            for other in OTHER_OPERATORS[type(op)]:
                yield ast.Compare(left, [other()], right)
        case ast.Attribute(value=value, attr=name) if name in OTHER_ATTRIBUTES:
            yield ast.Attribute(value, OTHER_ATTRIBUTES[name])
        case ast.Call(func=function, args=args):
            if isinstance(function, ast.Attribute) and not args:
                yield function.value
            if len(args) == 1:
                yield args[0]
            for changed in shorter_or_swapped(args):
                yield ast.Call(function, changed, node.keywords)
            for i in range(len(node.keywords)):
                rest = node.keywords[:i] + node.keywords[i + 1 :]
                yield ast.Call(function, args, rest)
        case ast.Tuple(elts=elements, ctx=ast.Load()) | ast.List(elts=elements):
            for changed in shorter_or_swapped(elements):
                yield type(node)(changed, node.ctx)
        case ast.comprehension(ifs=[_, *_]):
            without = copy.copy(node)
            without.ifs = []
            yield without
        case ast.AugAssign(target=target, op=op, value=value):
            for other in OTHER_OPERATORS[type(op)]:
                yield ast.AugAssign(target, other(), value)
            yield ast.Assign([target], value)
            yield ast.Pass()
        case ast.Return(value=ast.expr()):
            yield ast.Pass()
        case ast.Assign() | ast.Expr() | ast.If() | ast.For() | ast.While():
            yield ast.Pass()


def shorter_or_swapped(elements: list) -> Iterator[list]:
    """Yield the list without one element, or with two neighbours swapped."""
    for i in range(len(elements)):
        yield elements[:i] + elements[i + 1 :]
    for i in range(len(elements) - 1):
        first, second = elements[i : i + 2]
        yield elements[:i] + [second, first] + elements[i + 2 :]


def first_difference(before: str, after: str) -> tuple[str, str]:
    """Return the first line that two sources do not share, in each of them."""
    for a, b in zip(before.splitlines(), after.splitlines()):
        if a != b:
            return a.strip(), b.strip()
    raise ValueError("one source is the beginning of the other")


# What the checks say


def is_accepted(solution: Solution, mutant: str, seconds: float = 60.0) -> bool:
    """Return whether the check says *done* to a mutant, in this time."""
    try:
        with mock.patch.dict(nn.ACTIVATIONS), at_most(seconds):
            return solution.run(mutant).done
    except (Exception, DoesNotEnd):  # noqa: BLE001 (a mutant raises anything)
        return False


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise DoesNotEnd in a block that takes longer than that."""

    def stop(*_: object) -> None:
        raise DoesNotEnd

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def reviewed() -> dict[tuple[str, str, str], str]:
    """Return the mutants that are right answers, and why."""
    table = tomllib.loads(REVIEWED.read_text("utf-8"))
    return {
        (number, mutant["before"], mutant["after"]): mutant["why"]
        for number, listed in table.items()
        for mutant in listed
    }


def judge(numbers: list[str] | None = None) -> tuple[int, list[Mutant]]:
    """Give every mutant to its check.

    Args:
        numbers: The exercises to look at; None for all.

    Returns:
        How many mutants are refused, and those that are accepted.
    """
    refused = 0
    accepted = []
    for number, solution in solutions().items():
        if number in ANSWER_IS_A_TEST or (numbers and number not in numbers):
            continue
        start = time.perf_counter()
        if not is_accepted(solution, solution.answer):
            raise ValueError(f"the model solution of {number} is refused")
        time_needed = time.perf_counter() - start
        for mutant in mutants(solution):
            seconds = 1 + 5 * time_needed
            if is_accepted(solution, mutant.source, seconds):
                accepted.append(mutant)
            else:
                refused += 1
    return refused, accepted


def main(numbers: list[str]) -> bool:
    """Print the score.

    Returns:
        Whether the accepted mutants are those that are listed as right.
    """
    refused, accepted = judge(numbers or None)
    right = reviewed()
    holes = [mutant for mutant in accepted if mutant[:3] not in right]
    total = refused + len(accepted)
    print(
        f"solutions: {total} mutants, {refused} refused, "
        f"{len(accepted) - len(holes)} right answers too, {len(holes)} holes"
    )
    for number, before, after, _ in holes:
        print(f"  {number} accepts\n    {after}\n  instead of\n    {before}")
    stale = set(right) - {mutant[:3] for mutant in accepted}
    if numbers:
        stale = {mutant for mutant in stale if mutant[0] in numbers}
    for number, _, after in sorted(stale):
        print(f"  {number}: no longer accepted, remove from the list: {after}")
    return not holes and not stale


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)
