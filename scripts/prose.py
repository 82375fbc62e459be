"""Report how long the chapter is: `make prose` prints it as two tables.

A notebook's words and cells are those of its story, up to the exercises. The
minutes are reckoned as the page for teachers says: one for every 75 words and
one for every code cell, to the nearest five. Beside them stand the minutes
that the notebook itself, the introduction and the page for teachers state; a
star marks a number that is another one.
"""

import re
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
NOT_PROSE = re.compile(
    r"""
    ^\s*:.*$                                # the fences and options of boxes
    | \$[^$]*\$                             # formulas
    | \(\[[^\]]*\]\(references\.md\)\)      # citations
    | \]\([^)]*\)                           # addresses of links
    | \{\w+\}`[^`]*` | `[^`]*`              # roles and code
    """,
    re.VERBOSE | re.MULTILINE,
)
WORD = re.compile(r"[A-Za-z][\w'’-]*")


def story(nb) -> list:
    """Return the cells before the exercises, without the one for Colab."""
    cells = []
    for cell in nb.cells:
        if cell.get("id") != "colab":
            cells.append(cell)
        if "\n## Exercises\n" in cell.source:
            break
    return cells


def prose(nb) -> str:
    """Return the words of the story, without code, formulas and addresses."""
    texts = [c.source for c in story(nb) if c.cell_type == "markdown"]
    text = "\n".join(texts).split("\n## Exercises\n")[0]
    return NOT_PROSE.sub(" ", text)


def stated_minutes(path: Path, nb) -> list[str]:
    """Return the minutes in the notebook, in the introduction, for teachers."""
    opening = "\n".join(cell.source for cell in nb.cells[:2])
    box = re.search(r"\*\*Time:\*\* (\d+) minutes", opening)
    return [
        box[1] if box else "none",
        minutes_in_table(ROOT / "intro.md", path.name, column=3),
        minutes_in_table(ROOT / "chapters/teach.md", path.name, column=2),
    ]


def minutes_in_table(page: Path, notebook: str, column: int) -> str:
    """Return what stands in the first row of a table that leads there."""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("| [") and f"{notebook})" in line:
            return line.split("|")[column].strip()
    return "none"


def notebook_row(path: Path) -> list[str]:
    nb = nbformat.read(path, as_version=4)
    code = [cell.source for cell in story(nb) if cell.cell_type == "code"]
    words = len(WORD.findall(prose(nb)))
    minutes = str(5 * round((words / 75 + len(code)) / 5))
    longest = max(len(source.splitlines()) for source in code)
    row = [path.stem, str(words), str(len(code)), str(longest), minutes]
    for number in stated_minutes(path, nb):
        row.append(number if number == minutes else f"{number}*")
    return row


def module_rows() -> list[list[str]]:
    rows = []
    for path in sorted((ROOT / "micrograd").rglob("*.py")):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        rows.append([str(path.relative_to(ROOT)), str(lines)])
    return rows


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return the rows as text: names to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = []
    for name, *numbers in [head, *rows]:
        cells = [name.ljust(widths[0])]
        for number, width in zip(numbers, widths[1:], strict=True):
            cells.append(number.rjust(width))
        lines.append("  ".join(cells))
    return "\n".join(lines)


def main():
    notebooks = sorted(ROOT.glob("chapters/[01]*.ipynb"))
    counted = ["words", "cells", "longest", "minutes"]
    head = ["notebook", *counted, "stated", "intro", "teach"]
    print(table(head, [notebook_row(path) for path in notebooks]))
    print()
    print(table(["module", "lines"], module_rows()))


if __name__ == "__main__":
    main()
