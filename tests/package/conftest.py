"""What the tests of the package share."""

import subprocess
import sys

import pytest


@pytest.fixture
def run_python():
    """A function that runs code in a new process and returns its output."""

    def run(code, *options):
        command = [sys.executable, "-Xutf8", *options, "-c", code]
        return subprocess.check_output(command, encoding="utf-8", timeout=120)

    return run
