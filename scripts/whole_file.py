"""Write a file as a whole, or not at all.

What was stored took minutes to measure. So a new file is written beside the
old one, and takes its place at the end: an interruption leaves the old one as
it was. The new one is opened before anything is measured, so that a folder
where nothing can be written is known at once.
"""

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """Open a text file that is at `path` as soon as the block has ended.

    If it ends by an error, nothing has changed.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with open(part, "w", encoding="utf-8", newline="\n") as file:
            yield file
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def write_table(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence]
) -> None:
    """Write a CSV file; `rows` may be a generator that measures them."""
    with whole_file(path) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows(rows)
