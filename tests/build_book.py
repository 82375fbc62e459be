"""Builds the book as `make book` does, for the tests that read its pages."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def build(folder: Path, output: Path) -> subprocess.CompletedProcess:
    """Build the book in a folder with warnings as errors."""
    program = "from jupyter_book.cli.main import main; main()"
    options = ["--path-output", output, "-q", "-W", "-n", "--keep-going"]
    return subprocess.run(
        [sys.executable, "-Xutf8", "-c", program, "build", folder, *options],
        cwd=folder,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
