"""What the browser tests share: a Chromium, a reader in it, and the pages."""

import pytest


@pytest.fixture(scope="module")
def browser():
    from chromium import find_chromium
    from playwright.sync_api import sync_playwright
    from reader import FLAGS

    path = find_chromium()
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=FLAGS)


@pytest.fixture(scope="module")
def reader(browser):
    from reader import Reader

    return Reader(browser)


@pytest.fixture(scope="module")
def root(site):
    """The address of the built book."""
    from reader import served

    with served(site) as address:
        yield address
