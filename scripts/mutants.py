"""`make mutants`: would the unit tests notice a small mistake in the package?

mutmut changes one place of a module, runs the unit tests of that module, and
does so again for every place. A change that no test notices survives. Some do
because they change nothing that a user could see: those are listed, with the
reason, in tests/package/equivalent_mutants.txt. Any other survivor is an error.

`python scripts/mutants.py engine nn` looks at these modules only. Everything
happens in copies in _build/mutants, where `mutmut browse` can be used after.
How many there were is stored in data/mutants.csv, with a digest of the module,
by which a test sees that it has changed since.
"""

import ast
import csv
import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from csv_tables import write_table

ROOT = Path(__file__).resolve().parent.parent
COPIES = ROOT / "_build/mutants"
LISTED = ROOT / "tests/package/equivalent_mutants.txt"
STORED = ROOT / "data/mutants.csv"
COLUMNS = ["module", "changes", "noticed", "equivalent", "digest"]
# No sketches: where their words and lines stand is for eyes to judge, and half
# an hour goes by before a thousand such changes are made.
MODULES = [
    "engine",
    "nn",
    "gradcheck",
    "train",
    "graph",
    "picture",
    "plot",
    "show",
    "compile",
    "tensor",
]
ALSO = {"train": "test_compile"}  # it trains compiled models

# Slow tests start processes of their own, where no mutant is.
SETTINGS = """
[mutmut]
source_paths = micrograd
only_mutate = micrograd/{module}.py
use_git_change_detection = false
pytest_add_cli_args_test_selection =
    tests/package/test_{module}.py
    tests/package/{also}.py
    tests/package/test_transcripts.py
pytest_add_cli_args =
    -m
    not slow

[tool:pytest]
"""


def copy_package(module: str) -> Path:
    """Make a folder with what the unit tests of the module need."""
    folder = COPIES / module
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("micrograd", "tests/package"):
        shutil.copytree(ROOT / part, folder / part)
    also = ALSO.get(module, "test_properties")
    settings = SETTINGS.format(module=module, also=also)
    (folder / "setup.cfg").write_text(settings, "utf-8", newline="\n")
    return folder


def mutmut(folder: Path, *arguments: str) -> str:
    """Run a command of mutmut in a folder and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", *arguments],
        cwd=folder,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode:
        sys.exit(done.stdout)
    return done.stdout


def change(folder: Path, mutant: str) -> tuple[str, str]:
    """Return the lines that a mutant changed, before and after."""
    diff = mutmut(folder, "show", mutant)
    before = re.findall(r"^-(?!--)\s*(.*)", diff, re.MULTILINE)
    after = re.findall(r"^\+(?!\+\+)\s*(.*)", diff, re.MULTILINE)
    return " ".join(before), " ".join(after)


def survivors(module: str) -> tuple[list[tuple[str, str]], int]:
    """Return the changes that no test noticed, and how many there were."""
    folder = copy_package(module)
    mutmut(folder, "run", "--max-children", "1")
    results = mutmut(folder, "results", "--all", "yes")
    status = dict(re.findall(r"^ *(\S+): (.*)$", results, re.MULTILINE))
    noticed = ("killed", "timeout", "segfault")
    alive = [name for name, what in status.items() if what not in noticed]
    return [change(folder, name) for name in alive], len(status)


def listed(module: str) -> set[tuple[str, str]]:
    """Return the changes in a module that are known to change nothing."""
    text = LISTED.read_text(encoding="utf-8")
    entry = rf"^{module}\n- (.*)\n\+ (.*)\n= \S"
    return set(re.findall(entry, text, re.MULTILINE))


def report(title: str, module: str, changes: set[tuple[str, str]]) -> None:
    """Print changes in the form in which they are listed."""
    for before, after in sorted(changes):
        print(f"  {title}:\n{module}\n- {before}\n+ {after}")


def digest(module: str) -> str:
    """A digest of what a module does: without its comments and docstrings."""
    source = (ROOT / f"micrograd/{module}.py").read_text("utf-8")
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        kinds = ast.Module, ast.ClassDef, ast.FunctionDef
        if isinstance(node, kinds) and ast.get_docstring(node):
            first, last = node.body[0].lineno, node.body[0].end_lineno
            lines[first - 1 : last] = [""] * (last - first + 1)
    code = [line for line in lines if line.strip() and line.strip()[0] != "#"]
    return hashlib.sha256("\n".join(code).encode()).hexdigest()[:16]


def stored() -> dict[str, list[str]]:
    """Return the row of each module in data/mutants.csv."""
    with STORED.open(encoding="utf-8", newline="") as file:
        return {row[0]: row for row in [*csv.reader(file)][1:]}


def store(module: str, total: int, noticed: int, equivalent: int) -> None:
    numbers = [str(n) for n in (total, noticed, equivalent)]
    rows = stored() | {module: [module, *numbers, digest(module)]}
    write_table(STORED, COLUMNS, [rows[m] for m in MODULES if m in rows])


def main() -> None:
    wrong = False
    for module in sys.argv[1:] or MODULES:
        alive, total = survivors(module)
        equivalent = listed(module)
        noticed = total - len(alive)
        print(
            f"{module}: {noticed} of {total} changes noticed, "
            f"{len(alive)} not, {len(equivalent)} listed as equivalent",
            flush=True,
        )
        report("not noticed", module, set(alive) - equivalent)
        report("listed, but noticed or gone", module, equivalent - set(alive))
        if set(alive) == equivalent:
            store(module, total, noticed, len(alive))
        else:
            wrong = True
    sys.exit(wrong)


if __name__ == "__main__":
    main()
