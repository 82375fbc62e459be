"""What the tests share: the built book, the examples, the parts for xdist."""

import os
from pathlib import Path

import pytest
from build_book import ROOT, build
from filelock import FileLock
from hypothesis import settings

pytest.register_assert_rewrite("promises")

# hypothesis chooses the same examples on every run
settings.register_profile(
    "same every time", derandomize=True, deadline=None, database=None
)
settings.load_profile("same every time")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the built book's pages.

    The first process of a test run that asks builds it, the others wait. Or
    it is there: `.ci/run` has built it with `make book`, and says where.
    """
    if built := os.environ.get("BUILT_BOOK"):
        return Path(built).resolve()
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # all workers share this one
    messages = folder / "book.log"
    with FileLock(folder / "book.lock"):
        if not messages.exists():
            run = build(ROOT, folder / "book")
            failed = f"The book cannot be built:\n{run.stdout}{run.stderr}"
            messages.write_text(failed if run.returncode else "", "utf-8")
    if problem := messages.read_text("utf-8"):
        pytest.fail(problem, pytrace=False)
    return folder / "book/_build/html"


@pytest.hookimpl(optionalhook=True)  # unknown where xdist is switched off
def pytest_xdist_make_scheduler(config, log):
    """Share the tests of a run out to xdist's workers.

    The cells of a notebook, the tests of a file and those of a class stay
    together, as with `--dist loadscope`. But each test of a class TestEach...
    is slow and needs nothing of the others, so any worker may take it.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            if "::TestEach" in nodeid:
                return nodeid
            return super()._split_scope(nodeid)

    return Scheduling(config, log)
