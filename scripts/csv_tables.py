"""Write a table as a CSV file, as a whole or not at all."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from micrograd._whole_file import whole_file


def write_table(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence]
) -> None:
    """Write a CSV file; `rows` may be a generator that measures them.

    It is opened before anything is measured, so that a folder where nothing
    can be written is known at once.
    """
    with (
        whole_file(path) as part,
        open(part, "w", encoding="utf-8", newline="\n") as file,
    ):
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows(rows)
