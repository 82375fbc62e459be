"""What needs a public address is there when one is set in _config.yml, and only then."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from build_book import ROOT, build

REPOSITORY, SITE = (
    "https://github.com/name/book",
    "https://name.example.org/book/",
)
NEEDS_ONE = 'a[href*="colab"], a[href*="mybinder"], a[href*="github.com/name"], meta[property^="og:image"], link[rel="canonical"]'


def config(folder: Path, **addresses):
    """A copy of the book whose _config.yml has these addresses."""
    for name in (
        "tools",
        "assets",
        "references.bib",
        "intro.md",
        "genindex.md",
        "_toc.yml",
        "chapters",
        "micrograd",
    ):
        (folder / name).symlink_to(ROOT / name)
    text = (ROOT / "_config.yml").read_text()
    for name, address in addresses.items():
        text, found = re.subn(rf'{name}: ""', f'{name}: "{address}"', text)
        assert found == 1
    (folder / "_config.yml").write_text(text)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A page of the book with addresses, and the same page of the book without."""
    found = []
    for addresses in (
        {"public_repository": REPOSITORY, "public_site": SITE},
        {},
    ):
        folder = tmp_path_factory.mktemp("book")
        config(folder, **addresses)
        run = build(folder, folder / "out")
        assert run.returncode == 0, run.stderr
        page = folder / "out/_build/html/chapters/01_value.html"
        found.append(
            (
                folder,
                BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser"),
            )
        )
    return found


def test_without_an_address_there_is_nothing_that_needs_one(pages):
    assert (
        yaml.safe_load((ROOT / "_config.yml").read_text())["sphinx"]["config"][
            "public_repository"
        ]
        == ""
    )
    assert pages[1][1].select(NEEDS_ONE) == []


@pytest.mark.parametrize(
    "address",
    [
        REPOSITORY,
        f"{REPOSITORY}/issues/new?title=Issue%20on%20page%20%2Fchapters/01_value.html&body=Your%20issue%20content%20here.",
        "https://colab.research.google.com/github/name/book/blob/main/chapters/01_value.ipynb",
        "https://mybinder.org/v2/gh/name/book/main?urlpath=lab/tree/chapters/01_value.ipynb",
    ],
)
def test_with_an_address_there_are_buttons(pages, address):
    links = {a["href"] for a in pages[0][1].select("a[href]")}
    assert address in links, sorted(
        link for link in links if link.startswith("http")
    )


def test_with_an_address_a_shared_link_has_a_preview(pages):
    folder, page = pages[0]
    tags = {
        meta["property"]: meta["content"]
        for meta in page.select("meta[property^='og:']")
    }
    assert (
        tags["og:image"] == f"{SITE}_static/social.png"
        and (folder / "out/_build/html/_static/social.png").is_file()
    )
    assert (
        tags["og:url"] == f"{SITE}chapters/01_value.html"
        and tags["og:title"] == "01 A number that remembers"
    )


@pytest.mark.parametrize("name", ["public_repository", "public_site"])
def test_an_address_that_is_none_stops_the_build(name, tmp_path):
    config(tmp_path, **{name: "example.org"})
    run = build(tmp_path, tmp_path / "out")
    assert (
        run.returncode != 0
        and name in run.stderr
        and "'example.org'" in run.stderr
    )


# The files for Binder


def test_binder_finds_its_files():
    folder = ROOT / ".binder"
    assert (
        folder / (folder / "requirements.txt").read_text().split()[1]
    ).resolve() == ROOT / "requirements.txt"
    assert re.fullmatch(
        r"python-3\.\d+\n", (folder / "runtime.txt").read_text()
    )
    unpacked = not (
        ROOT / ".git"
    ).exists()  # not every program that unpacks the download gives files their modes
    assert (
        unpacked or os.access(folder / "postBuild", os.X_OK)
    ) and shutil.which("bash")
    assert (
        subprocess.run(
            ["bash", "-n", folder / "postBuild"], check=False
        ).returncode
        == 0
    )
    lab = subprocess.run(
        ["make", "-n", "lab"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for commands in (
        lab,
        (folder / "postBuild").read_text(),
    ):  # JupyterLab hides the pictures of an untrusted notebook
        assert "jupyter trust chapters/*.ipynb" in commands
