"""`make elsewhere`: are the stored notebooks the same wherever they are run?

They are run in a copy of this folder, whose name has blanks and umlauts. Each
time sets have another order, `exp`, `log`, `tanh` and powers have another last
bit, and language and time zone may be others. Twice the notebooks are run one
after the other, and then two at a time. No byte of the copy may change.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from folder_download import copy_files

ROOT = Path(__file__).resolve().parent.parent
LAST_BIT = ROOT / "scripts/last_bit"
# For each order of sets: the language, the time zone, and how many at a time
PLACES = [
    ("C", "UTC", 1),
    ("C.UTF-8", "Asia/Kathmandu", 1),
    ("C", "America/St_Johns", 2),
    ("C.UTF-8", "UTC", 2),
    ("C", "Pacific/Kiritimati", 2),
]


def run(book: Path, at_a_time: int, **place: str) -> None:
    """Run all notebooks of the copy, with the copy's package."""
    script = book / "scripts/run_notebooks.py"
    notebooks = sorted(book.glob("chapters/*.ipynb"))
    folders = f"{LAST_BIT}{os.pathsep}{book}"
    env = {**os.environ, "PYTHONPATH": folders, **place}
    parts = [
        subprocess.Popen(
            [sys.executable, script, *notebooks[n::at_a_time]],
            env=env,
            stdout=subprocess.DEVNULL,
        )
        for n in range(at_a_time)
    ]
    codes = [part.wait() for part in parts]
    if any(codes):
        sys.exit("A notebook could not be run.")


def changed(book: Path) -> list[str]:
    """The notebooks and data files that are not as they are here."""
    files = [*book.glob("chapters/*.ipynb"), *book.glob("data/*.*")]
    names = [path.relative_to(book).as_posix() for path in sorted(files)]
    return [
        name
        for name in names
        if (book / name).read_bytes() != (ROOT / name).read_bytes()
    ]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder, "Ein Büchlein über Übungen")
        copy_files(ROOT, book)
        for seed, (language, zone, at_a_time) in enumerate(PLACES):
            run(
                book,
                at_a_time,
                PYTHONHASHSEED=str(seed),
                LAST_BIT=str(seed),
                LC_ALL=language,
                TZ=zone,
            )
            names = changed(book)
            print(
                f"order of sets {seed}, {language}, {zone}, {at_a_time} at a "
                f"time: {', '.join(names) or 'the same bytes'}",
                flush=True,
            )
            if names:
                sys.exit(1)


if __name__ == "__main__":
    main()
