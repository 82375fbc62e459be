"""Write data/checksums.txt, with which a test finds a digit that was changed.

The losses in data/ are too many to be computed by each run of the tests. So
whoever writes a file there, a command or a person, writes the checksums anew.
"""

import hashlib
from pathlib import Path

from micrograd._whole_file import whole_file

DATA = Path(__file__).resolve().parent.parent / "data"
LINES = 100  # for each checksum, so that it tells where a change is
NOT_SUMMED = ("README.md", "checksums.txt", "micrograd_loss.png")


def checksums() -> list[str]:
    """Return a line for each hundred lines of each file."""
    found = []
    for path in sorted(DATA.iterdir()):
        if path.name in NOT_SUMMED:
            continue
        lines = path.read_bytes().splitlines(keepends=True)
        for start in range(0, len(lines), LINES):
            part = lines[start : start + LINES]
            digest = hashlib.sha256(b"".join(part)).hexdigest()[:16]
            last = start + len(part)
            found.append(f"{path.name}, lines {start + 1} to {last}: {digest}")
    return found


if __name__ == "__main__":
    text = "".join(f"{line}\n" for line in checksums())
    with whole_file(DATA / "checksums.txt") as part:
        part.write_text(text, encoding="utf-8", newline="\n")
