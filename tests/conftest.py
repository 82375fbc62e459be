"""What the test files share: the profile that makes hypothesis choose the same examples on every run, a Python process
of its own, and a bug for the whole run where MICROGRAD_BUG names one, as test_zoo.py does."""
import os
import subprocess
import sys

import pytest
from hypothesis import settings

from micrograd.practice.zoo import ZOO

settings.register_profile("same every time", derandomize=True, deadline=None, database=None)
settings.load_profile("same every time")

if bug := os.environ.get("MICROGRAD_BUG"):
    ZOO[bug].__enter__()


@pytest.fixture
def run_python():
    """A function that runs code in a new process and returns what it printed; a crash there is a failure here."""

    def run(code, hash_seed="0"):
        done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": hash_seed},
                              capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
