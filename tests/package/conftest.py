"""What the tests of the package share."""

import subprocess
import sys

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("promises")

# hypothesis chooses the same examples on every run
settings.register_profile(
    "same every time", derandomize=True, deadline=None, database=None
)
settings.load_profile("same every time")


@pytest.fixture
def run_python():
    """A function that runs code in a new process and returns its output."""

    def run(code, *options):
        command = [sys.executable, "-Xutf8", *options, "-c", code]
        return subprocess.check_output(command, encoding="utf-8", timeout=120)

    return run
