"""A headless Chromium that asks no other computer for anything."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    # on a Mac, where programs are in no folder of PATH
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
HOST = "http://book.invalid/"  # no computer has this name


class Missing(Exception):
    """Something has to be there first; the message says how to get it."""


def find_chromium() -> str:
    """Return the path of the Chromium installed on this system.

    Raises:
        Missing: Where there is none.
    """
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise Missing(
        f"There is no Chromium by any of the names {', '.join(NAMES)}: install "
        "one first, on Debian with `apt-get install chromium`."
    )


@contextmanager
def open_page(answer: Callable) -> Iterator:
    """Open a page in Playwright, and send all its requests to a function."""
    from playwright.sync_api import sync_playwright  # what is above needs none

    program = find_chromium()
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program) as browser,
    ):
        page = browser.new_page()
        page.route("**/*", answer)
        yield page
