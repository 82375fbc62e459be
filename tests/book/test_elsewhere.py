"""The book elsewhere: unpacked, in another book, published, on Binder."""

import ast
import os
import re
import subprocess
import sys
import zipfile
from textwrap import dedent

import pytest
import yaml
from bs4 import BeautifulSoup
from build_book import ROOT, build


def read(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture
def unpacked(site, tmp_path):
    """A folder in which somebody has unpacked the download."""
    link = read(site / "intro.html").select_one("a[download]")["href"]
    with zipfile.ZipFile(site / link) as archive:
        archive.extractall(tmp_path)
    return tmp_path / "micrograd-chapter"


def test_the_download_can_be_installed_and_has_every_file(unpacked):
    code = "from flit_core.buildapi import build_editable; build_editable('.')"
    subprocess.run([sys.executable, "-c", code], cwd=unpacked, check=True)
    assert list(unpacked.glob("micrograd_chapter-*.whl"))
    required = os.environ.get("REQUIRE_EVERYTHING")
    if not (ROOT / ".git").exists() and not required:
        pytest.skip("needs git's list of the files")
    listed = subprocess.check_output(
        ["git", "ls-files"], cwd=ROOT, encoding="utf-8"
    )
    names = listed.splitlines()
    assert {"Makefile", ".ci/run"} <= set(names)
    for name in names:
        assert (unpacked / name).read_bytes() == (ROOT / name).read_bytes()
    assert not {".venv", ".git", "_build"} & set(os.listdir(unpacked))


def test_the_chapter_builds_in_another_book_as_the_page_for_teachers_says(
    unpacked,
):
    recipe = (ROOT / "chapters/teach.md").read_text("utf-8")
    toc, config = re.findall(r"```yaml\n(.*?)```", recipe, re.DOTALL)
    start = "format: jb-book\nroot: intro\nchapters:\n"
    words = "A gradient, [here](#fig-mine), with $x$.\n\n"
    words += ":::{admonition} Predict, then run\n- one\n- two\n:::"
    book = unpacked.parent
    (book / "_config.yml").write_text(f"title: Mine\n{dedent(config)}", "utf-8")
    (book / "_toc.yml").write_text(start + dedent(toc), "utf-8")
    (book / "intro.md").write_text(
        f"# Mine\n\n(fig-mine)=\n## Part\n\n{words}", "utf-8"
    )
    # A build that ran the notebooks would warn of this one
    notebook = unpacked / "chapters/06_graph_view.ipynb"
    cells = notebook.read_text("utf-8")
    assert "f.backward()" in cells
    notebook.write_text(cells.replace("f.backward()", "1 / 0"), "utf-8")

    run = build(book, book / "out")
    assert run.returncode == 0, run.stdout + run.stderr
    mine = read(book / "out/_build/html/intro.html")
    assert not mine.select("article .term")
    assert "A gradient, here, with" in mine.article.get_text()
    assert mine.select('script[src*="mathjax"]')  # as in the rest of that book
    assert mine.select(".admonition li") and not mine.select("fieldset")
    pages = book / "out/_build/html/micrograd-chapter/chapters"
    page = read(pages / "01_value.html")
    assert page.select("article .term")
    assert page.select("details.fold .cell_output")
    opening = read(pages / "00_descent.html")
    assert opening.select_one("article .std-numref").get_text() == "Fig. 1"
    citation = page.select_one('article a[href*="references.html#"]')
    assert "Griewank" in citation.get_text()
    assert page.select('link[href*="custom.css"]')


# With a public address, and without

REPOSITORY = "https://github.com/name/book"
SITE = "https://name.example.org/book/"
MISTAKES = {  # in a page, and how the build names them
    r"$\unknown{x}$": r"\unknown",
    "[a](missing.md)": "missing.md",
    "([Nobody, 1900](references.md))": '"Nobody"',
    "{ref}`nowhere`": "nowhere",
    '<a href="chapters/07_summary.ipynb">a</a>': "to no page: 'chapters/07",
    '<a href="chapters/01_value.ipynb#no">a</a>': "no heading: 'chapters/01",
}


def set_addresses(folder, repository, site):
    """Write both public addresses into the settings of a copy of the book."""
    path = folder / "_config.yml"
    config = path.read_text("utf-8")
    for name, address in (("repository", repository), ("site", site)):
        config, lines = re.subn(
            rf'(?m)^( *public_{name}:) "[^"]*"', rf'\1 "{address}"', config
        )
        assert lines == 1
    path.write_text(config, "utf-8")


def test_mistakes_stop_a_build_and_addresses_bring_buttons_and_a_preview(
    unpacked,
):
    set_addresses(unpacked, REPOSITORY, SITE)
    (unpacked / "_toc.yml").write_text(
        "format: jb-book\nroot: intro\nchapters: [{file: chapters/01_value}]",
        "utf-8",
    )
    (unpacked / "intro.md").write_text(
        "\n\n".join(["# Title", *MISTAKES]), "utf-8"
    )
    run = build(unpacked, unpacked)
    assert run.returncode != 0
    for word in MISTAKES.values():
        assert word in run.stderr

    page = read(unpacked / "_build/html/chapters/01_value.html")
    links = " ".join(a["href"] for a in page.select("a[href]"))
    assert f"{REPOSITORY} " in links
    assert f"{REPOSITORY}/issues/new" in links
    assert "colab.research.google.com/github/name/book/blob/main/" in links
    assert "mybinder.org/v2/gh/name/book/main?urlpath=lab/tree/" in links
    tags = page.select("meta[property]")
    preview = {tag["property"]: tag["content"] for tag in tags}
    assert preview["og:title"] == "01 A number that remembers"
    assert preview["og:site_name"].startswith("Micrograd")
    assert len(preview["og:description"]) > 100
    assert preview["og:image"] == f"{SITE}_static/social.png"
    assert (unpacked / "_build/html/_static/social.png").is_file()
    assert preview["og:url"] == f"{SITE}chapters/01_value.html"
    assert page.select_one('link[rel="canonical"]')["href"] == preview["og:url"]


def test_without_an_address_there_is_nothing_that_needs_one(unpacked):
    set_addresses(unpacked, "", "")
    one_page = "format: jb-book\nroot: chapters/01_value"
    (unpacked / "_toc.yml").write_text(one_page, "utf-8")
    build(unpacked, unpacked)  # and warns that the links lead nowhere
    html = (unpacked / "_build/html/chapters/01_value.html").read_text("utf-8")
    for sign in ("colab", "mybinder", "issues/new", "og:", "canonical"):
        assert sign not in html


def test_notebooks_have_the_cell_for_colab_where_there_is_a_repository():
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["sphinx"]
    published = bool(config["config"]["public_repository"])
    for path in ROOT.glob("chapters/*.ipynb"):
        has_the_cell = '"id": "colab"' in path.read_text("utf-8")
        assert has_the_cell == published, "run `make notebooks`"


def test_binder_finds_its_files():
    folder = ROOT / ".binder"
    _, named = (folder / "requirements.txt").read_text("utf-8").split()
    assert (folder / named).resolve() == ROOT / "requirements.txt"
    assert re.match(
        r"python-3\.\d+\n", (folder / "runtime.txt").read_text("utf-8")
    )
    start = folder / "postBuild"
    # Not every program that unpacks the download gives files their modes
    assert os.access(start, os.X_OK) or not (ROOT / ".git").exists()
    if os.name == "posix":  # on Windows, bash may be another system's
        subprocess.run(["bash", "-n", start], check=True)
    # JupyterLab hides the pictures of a notebook that is not trusted
    assert "jupyter trust chapters/*.ipynb" in start.read_text("utf-8")


# On another system


def names_no_encoding(call):
    """Whether a call reads or writes text as the system has it."""
    method = isinstance(call.func, ast.Attribute)
    name = call.func.attr if method else getattr(call.func, "id", "")
    arguments = ast.unparse(call)
    if name == "open":
        is_text = not re.search(r"""["'][rwa]b\+?["']""", arguments)
        if method and ast.unparse(call.func.value)[0].isupper():
            return False  # Image.open reads no text
    else:
        is_text = method and name in ("read_text", "write_text")
    is_text = is_text or any(
        keyword.arg == "text" and ast.unparse(keyword.value) == "True"
        for keyword in call.keywords
    )
    return is_text and "'utf-8'" not in arguments


def names_no_line_end(call):
    """Whether a call writes files with the line ends of the system."""
    text = ast.unparse(call)
    writes = re.match(r"[^(]*\.write_text\(|open\(.*'w'", text)
    return bool(writes) and "newline=" not in text


BAD = """
open(path)
path.open()
path.read_text()
subprocess.run(command, text=True)
"""
GOOD = """
open(path, encoding="utf-8")
open(path, "rb")
open(path, "rb+")
path.read_text("utf-8")
subprocess.run(command, encoding="utf-8")
Image.open(path)
"""


def calls(source):
    nodes = ast.walk(ast.parse(source))
    return [node for node in nodes if isinstance(node, ast.Call)]


def test_text_is_the_same_on_every_system():
    """Windows has an encoding and line ends of its own where none is named."""
    assert all(map(names_no_encoding, calls(BAD)))
    assert not any(map(names_no_encoding, calls(GOOD)))
    found = []
    for folder in "micrograd", "book_ext", "scripts", "tests", "benchmarks":
        for path in (ROOT / folder).rglob("*.py"):
            if "node_modules" in path.parts:
                continue
            for call in calls(path.read_text("utf-8")):
                # what a script writes is part of the project, or of the book
                ours = folder in ("book_ext", "scripts", "benchmarks")
                if names_no_encoding(call) or (
                    ours and names_no_line_end(call)
                ):
                    found.append(f"{path}:{call.lineno}")
    assert found == []


def test_a_cell_needs_no_encoding_as_the_data_is_ascii():
    for path in ROOT.glob("data/*.[ctj]*"):
        assert path.read_bytes().isascii(), path


def test_git_gives_every_system_the_same_line_ends():
    rules = (ROOT / ".gitattributes").read_text("utf-8").splitlines()
    assert "* text=auto eol=lf" in rules
