"""What the tests that print or open pages need: see `make browser`."""

import os
from importlib.util import find_spec
from shutil import which

import chromium
import pytest

PACKAGES = ("playwright", "axe_playwright_python", "pypdf")


def skip_without_browser():
    """Skip the test file where something is missing.

    Where REQUIRE_EVERYTHING is set, as in .ci/run, it fails instead.
    """
    missing = [name for name in PACKAGES if not find_spec(name)]
    if not any(map(which, chromium.NAMES)):
        missing.append("a Chromium")
    if missing and not os.environ.get("REQUIRE_EVERYTHING"):
        reason = f"needs {', '.join(missing)}: see `make browser`"
        pytest.skip(reason, allow_module_level=True)
