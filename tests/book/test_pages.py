"""The pages beside the chapter: the glossary and its links, the index, the references, the API and the source."""

import inspect
import os
import re
import runpy
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from build_book import ROOT, build
from docutils.core import publish_doctree
from public_names import MODULES, public_definitions

sys.path.append(str(ROOT / "book_ext"))
import links
import terms

CHAPTERS = sorted(path.stem for path in ROOT.glob("chapters/0*"))
SOURCES = "".join(
    path.read_text()
    for path in [
        *ROOT.glob("chapters/*.*"),
        *ROOT.glob("*.md"),
        *ROOT.glob("micrograd/*.py"),
    ]
)


def read(path: Path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def linked(site, chapter):
    """The terms that a chapter links, in the order of the page."""
    links = [
        span.parent["href"]
        for span in read(site / f"chapters/{chapter}.html").select(
            "article .std-term"
        )
    ]
    assert all(
        re.fullmatch(r"glossary\.html#term-[\w-]+", link) for link in links
    )
    return [link.partition("#term-")[2] for link in links]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_term_is_linked_once_in_a_chapter(site, chapter):
    found = linked(site, chapter)
    assert len(found) == len(set(found)) >= 8


def test_every_chapter_has_a_number_and_a_subtitle(site):
    for chapter in CHAPTERS:
        page = read(site / f"chapters/{chapter}.html")
        assert page.h1.get_text().startswith(
            f"{chapter[:2]} "
        ) and page.select_one("h1 + p.subtitle > em")
    assert not read(site / "chapters/solutions.html").select(".subtitle")


def test_every_term_is_used_and_explained_somewhere(site):
    used = {term for chapter in CHAPTERS for term in linked(site, chapter)}
    entries = {
        dt["id"].removeprefix("term-"): dd
        for dt, dd in zip(
            *[
                read(site / "chapters/glossary.html").select(
                    f"dl.glossary > {tag}"
                )
                for tag in ("dt", "dd")
            ]
        )
    }
    assert len(entries) == len(terms.TERMS) >= 50
    assert set(entries) - used == set()
    places = {
        term: dd.select("a:not(:has(.std-term))")[-1]["href"]
        for term, dd in entries.items()
    }
    assert {
        term: place
        for term, place in places.items()
        if not is_bold(term, site / "chapters", place)
    } == {}


def is_bold(term, folder, place):
    """In the section that the glossary names, the term is printed bold, which is where it is explained."""
    page, _, section = place.partition("#")
    strong = read(folder / page).select(
        f"section#{section} strong" if section else "strong"
    )
    matches = [terms.ANY.fullmatch(one.get_text()) for one in strong]
    return term.lower() in [
        terms.nodes.make_id(terms.term_of(match)) for match in matches if match
    ]


def test_the_index_leads_to_the_place_where_a_term_is_explained(site):
    links = {a["href"] for a in read(site / "genindex.html").select("main a")}
    for place in (
        "01_value.html#term-gradient",
        "02_gradient_check.html#term-gradient-check",
        "03_mlp.html#term-neuron",
        "04_xor_training.html#term-learning-rate",
        "05_loss_curve.html#term-loss-curve",
        "07_summary.html#term-tensor",
    ):
        assert f"chapters/{place}" in links


def test_first_uses_are_found_in_text_and_in_bold():
    document = publish_doctree(
        "Leaves and a **Leaf**, an inner node, ``a node``, leafs of gradient checks, nodes: the Node."
    )
    terms.link(document, "page")
    found = [
        (node["reftarget"], node.astext())
        for node in document.findall(terms.addnodes.pending_xref)
    ]
    assert found == [
        ("leaf", "Leaves"),
        ("inner node", "inner node"),
        ("gradient check", "gradient checks"),
        ("node", "nodes"),
    ]
    assert [
        node["entries"][0][1] for node in document.findall(terms.addnodes.index)
    ] == ["leaf"]


@pytest.mark.parametrize(
    "text", ["subgradient", "node-list", "nodess", "pre-layer", "shutter"]
)
def test_a_part_of_a_word_is_no_term(text):
    assert not terms.ANY.search(text)


def test_every_reference_is_cited_and_the_classics_are_there(site):
    keys = re.findall(
        r"^@\w+\{(\w+),", (ROOT / "references.bib").read_text(), re.MULTILINE
    )
    assert sorted(links.KEYS.values()) == sorted(keys)
    cited = {
        links.KEYS[words]
        for words in re.findall(r"\(\[([^\]]+)\]\(references\.md\)\)", SOURCES)
    }
    assert [
        key
        for key in keys
        if key not in cited
        and not re.search(rf"\[[^\]]*{key}[^\]]*\]", SOURCES)
    ] == []
    text = read(site / "chapters/references.html").get_text()
    for name in (
        "Rumelhart",
        "Linnainmaa",
        "Wengert",
        "Griewank",
        "Baydin",
        "LeCun",
        "He",
        "Karpathy",
    ):
        assert name in text


def test_the_api_has_every_public_definition_and_leads_to_its_source(site):
    page = read(site / "chapters/api.html")
    for module in MODULES:
        for name, thing in public_definitions(module).items():
            if inspect.isfunction(thing) or inspect.isclass(thing):
                entry = page.find(id=f"{module.__name__}.{name}")
                assert entry and entry.select_one('a[href*="_modules"]'), (
                    f"{module.__name__}.{name}"
                )
    assert "`" not in page.select_one("article").get_text()


def test_the_source_pages_have_every_line_of_the_package(site):
    listings = [
        pre.get_text()
        for name in ("source", "source_practice")
        for pre in read(site / f"chapters/{name}.html").select("pre")
    ]
    files = [
        path
        for path in ROOT.glob("micrograd/**/*")
        if path.suffix in (".py", ".js", ".css")
    ]
    assert sorted(listings) == sorted(path.read_text() for path in files)
    order = re.findall(
        r"`micrograd/(\w+\.py)`", (ROOT / "README.md").read_text()
    )
    assert listings[: len(order)] == [
        (ROOT / "micrograd" / name).read_text() for name in order
    ]


def test_figures_tables_and_equations_are_numbered_and_referred_to(site):
    numbered = {"fig": 0, "tab": 0, "eq": 0}
    for chapter in CHAPTERS:
        source = next(ROOT.glob(f"chapters/{chapter}.*")).read_text()
        names = set(
            re.findall(
                r'"name": "(fig-[\w-]+)"|:name: (tab-[\w-]+)|\$\$ \((eq-[\w-]+)\)',
                source,
            )
        )
        for name in {part for names_ in names for part in names_ if part}:
            numbered[name.partition("-")[0]] += 1
            assert re.search(
                rf"\{{(?:numref|eq)\}}`{name}`|\]\(#{name}\)", source
            ), f"{chapter}: nothing refers to {name}"
    assert (
        numbered["fig"] >= 10 and numbered["tab"] >= 2 and numbered["eq"] >= 4
    )
    captions = [
        caption.get_text()
        for chapter in CHAPTERS
        for caption in read(site / f"chapters/{chapter}.html").select(
            "figcaption .caption-number"
        )
    ]
    assert captions == [
        f"Fig. {n} "
        for n in range(
            int(captions[0].split()[1]),
            int(captions[0].split()[1]) + len(captions),
        )
    ]


def test_the_tool_that_finds_terms_reads_the_glossary():
    assert (
        runpy.run_path(str(ROOT / "book_ext/terms.py"))["TERMS"] == terms.TERMS
        and "topological order" in terms.TERMS
    )


@pytest.fixture
def unpacked(site, tmp_path):
    """A folder in which somebody has unpacked the download."""
    with zipfile.ZipFile(site / "micrograd-chapter.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path


@pytest.mark.skipif(
    not (ROOT / ".git").exists() and not os.environ.get("CI"),
    reason="needs git's list of the files",
)
def test_the_download_has_every_file_of_the_project(unpacked):
    listed = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    names = set(filter(None, listed.split("\0")))
    ours = unpacked / "micrograd-chapter"
    assert (
        {
            str(path.relative_to(ours))
            for path in ours.rglob("*")
            if path.is_file()
        }
        >= names
        >= {"Makefile", ".ci/run"}
    )
    assert [
        name
        for name in names
        if (ours / name).read_bytes() != (ROOT / name).read_bytes()
    ] == []
    assert not any(
        (ours / name).exists() for name in (".venv", ".git", "_build")
    )


def test_the_chapter_builds_in_another_book_as_the_page_for_teachers_says(
    unpacked,
):
    toc, config = re.findall(
        r"```yaml\n(.*?)```",
        (ROOT / "chapters/teach.md").read_text(),
        re.DOTALL,
    )
    (unpacked / "_config.yml").write_text(
        f"title: Mine\n{textwrap.dedent(config)}"
    )
    (unpacked / "_toc.yml").write_text(
        f"format: jb-book\nroot: intro\nchapters:\n{textwrap.dedent(toc)}"
    )
    (unpacked / "intro.md").write_text(
        "# Mine\n\n(fig-mine)=\n## A part\n\nA gradient, [here](#fig-mine), with $x$."
    )
    notebook = unpacked / "micrograd-chapter/chapters/06_graph_view.ipynb"
    notebook.write_text(
        notebook.read_text().replace("f.backward()", "1 / 0")
    )  # a build that ran it would warn
    run = build(unpacked, unpacked / "out")
    assert run.returncode == 0, run.stdout + run.stderr
    page = read(
        unpacked / "out/_build/html/micrograd-chapter/chapters/01_value.html"
    )
    assert (
        page.select("article .std-term")
        and page.select_one("figcaption .caption-number").get_text()
        == "Fig. 1 "
    )
    assert (
        "Rumelhart"
        in page.select_one('article a[href*="references.html#"]').get_text()
    )
    assert page.select('link[href*="custom.css"]')
    mine = read(unpacked / "out/_build/html/intro.html")
    assert (
        not mine.select("article .std-term")
        and "A gradient, here, with" in mine.select_one("article").get_text()
    )
    assert mine.select('script[src*="mathjax"]')  # formulas as in their book


def test_the_package_of_the_download_can_be_installed(unpacked):
    code = "from flit_core.buildapi import build_editable; build_editable('..')"
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=unpacked / "micrograd-chapter",
        check=True,
    )
    assert (unpacked / "micrograd_chapter-0.1.0-py3-none-any.whl").is_file()
