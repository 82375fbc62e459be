"""`make elsewhere`: does another NumPy train networks to the same losses?

The networks of data/xor_success.csv are trained in a copy of this folder, with
the NumPy of requirements/elsewhere.txt. No loss may change but those of the
one kind whose runs bounce, where rounding alone can change it.
"""

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from folder_download import copy_files

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements/elsewhere.txt"
LOSSES = "data/xor_success.csv"
BOUNCES = "4-4-1, tanh"


def changed(book: Path) -> list[str]:
    """The networks of a copy whose losses are not as they are here."""
    tables = [read(folder / LOSSES) for folder in (ROOT, book)]
    pairs = zip(*tables, strict=True)
    return [here[0] for here, there in pairs if here != there]


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.reader(file)]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        book, numpy = Path(folder, "book"), Path(folder, "numpy")
        copy_files(ROOT, book)
        install = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        install += ["-qq", "install", "--require-hashes", "--no-deps"]
        subprocess.run([*install, "--target", numpy, "-r", LOCK], check=True)
        env = {**os.environ, "PYTHONPATH": f"{numpy}{os.pathsep}{book}"}
        script = book / "scripts/measure_xor_success.py"
        subprocess.run([sys.executable, script], env=env, check=True)
        names = changed(book)
        bounced = names.count(BOUNCES)
        print(
            f"{LOCK.read_text('utf-8').split()[0]}: {bounced} networks "
            f"{BOUNCES} have other losses, and {len(names) - bounced} others"
        )
        if len(names) > bounced:
            sys.exit(1)


if __name__ == "__main__":
    main()
