"""Write a file as a whole, or not at all.

A new file is written beside the old one, and takes its place at the end. So
what interrupts the writing leaves the old one as it was.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Where to write a file that is at `path` as soon as the block has ended.

    If the block ends by an error, nothing has changed.

    Raises:
        OSError: As if the file at `path` itself had been opened.
    """
    if path.exists():
        with open(path, "rb+"):  # not a folder, and not a file to read only
            pass
    target = Path(os.path.realpath(path))  # where a link leads
    part = target.with_name(f"{target.name}.part")
    try:
        yield part
        os.replace(part, target)
    except OSError as error:
        if error.filename != str(part):
            raise
        # name the path that was asked for
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        with suppress(OSError):
            part.unlink()
