"""Read the model solutions and the calls of check_exercise in the chapters."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from micrograd.practice import check_exercise

ROOT = Path(__file__).parent.parent


class ExerciseCell(NamedTuple):
    """A cell of a notebook that ends with a call of check_exercise."""

    notebook: str
    number: str
    call: str
    shown: str


class Solution(NamedTuple):
    """A model solution, and what a reader has written before it."""

    number: str
    earlier_steps: str
    answer: str
    call: str

    def run(
        self,
        answer: str | None = None,
        check: Callable[..., Any] = check_exercise,
    ) -> Any:
        """Run a program as a reader would, with the call at its end.

        Args:
            answer: The program; None for the model solution.
            check: What the name check_exercise stands for in the call.

        Returns:
            What the call returns.
        """
        names: dict[str, Any] = {"check_exercise": check}
        exec(self.earlier_steps, names)  # noqa: S102 (it is the book's own)
        exec(answer or self.answer, names)  # noqa: S102
        return eval(self.call, names)


def exercise_cells() -> Iterator[ExerciseCell]:
    """Yield the cells of all exercises, in the order of the book."""
    for path in sorted(ROOT.glob("chapters/*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            last_line = "".join(cell["source"]).rpartition("\n")[2]
            match = re.fullmatch(r'check_exercise\("(.+?)", .+\)', last_line)
            if match:
                [output] = cell["outputs"]
                shown = "".join(output["data"]["text/plain"])
                yield ExerciseCell(path.name, match[1], last_line, shown)


def solutions() -> dict[str, Solution]:
    """Return the model solution of each exercise, and of each step of 01.3."""
    calls = {cell.number: cell.call for cell in exercise_cells()}
    text = (ROOT / "chapters/solutions.md").read_text("utf-8")
    _, *sections = re.split(r"^### \[(\d\d\.\d) .*$", text, flags=re.MULTILINE)
    found = {}
    for number, section in zip(sections[::2], sections[1::2]):
        blocks = re.findall(
            r"^```python\n(.*?)^```$", section, re.DOTALL | re.MULTILINE
        )
        names = [number]
        if len(blocks) > 1:
            names = [number + step for step in "abcdefgh"]
        for i, (name, block) in enumerate(zip(names, blocks)):
            earlier_steps = "\n".join(blocks[:i])
            found[name] = Solution(name, earlier_steps, block, calls[name])
    return found
