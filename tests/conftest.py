"""What the test files share: the profile that makes hypothesis choose the same examples on every run, a Python process
of its own, the built book, and a bug for the whole run where MICROGRAD_BUG names one, as test_zoo.py does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from micrograd.practice.zoo import ZOO

settings.register_profile(
    "same every time", derandomize=True, deadline=None, database=None
)
settings.load_profile("same every time")

if bug := os.environ.get("MICROGRAD_BUG"):
    ZOO[bug].__enter__()

ROOT = Path(__file__).parent.parent


def build(folder: Path, output: Path):
    """Build the book in a folder with warnings as errors."""
    program = "from jupyter_book.cli.main import main; main()"
    return subprocess.run(
        [
            sys.executable,
            "-c",
            program,
            "build",
            folder,
            "--path-output",
            output,
            "-q",
            "-W",
            "-n",
            "--keep-going",
        ],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the built book's pages, made once in each process."""
    output = tmp_path_factory.mktemp("book")
    run = build(ROOT, output)
    assert run.returncode == 0, run.stdout + run.stderr
    return output / "_build/html"


@pytest.fixture
def run_python():
    """A function that runs code in a new process and returns what it printed; a crash there is a failure here."""

    def run(code, hash_seed="0"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
