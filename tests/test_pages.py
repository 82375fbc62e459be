"""The pages beside the chapter: the glossary and its links, the index, the references, the API and the source."""
import inspect
import re
import runpy
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import ROOT, build
from docutils.core import publish_doctree
from test_chapters import MODULES, own

sys.path.append(str(ROOT / "tools"))
import terms

CHAPTERS = sorted(path.stem for path in ROOT.glob("chapters/0*"))
SOURCES = "".join(path.read_text() for path in [*ROOT.glob("chapters/*.*"), *ROOT.glob("*.md"), *ROOT.glob("micrograd/*.py")])


def read(path: Path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def linked(site, chapter):
    """The terms that a chapter links, in the order of the page."""
    links = [span.parent["href"] for span in read(site / f"chapters/{chapter}.html").select("article .std-term")]
    assert all(re.fullmatch(r"glossary\.html#term-[\w-]+", link) for link in links)
    return [link.partition("#term-")[2] for link in links]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_term_is_linked_once_in_a_chapter(site, chapter):
    found = linked(site, chapter)
    assert len(found) == len(set(found)) >= 8


def test_every_term_is_used_and_explained_somewhere(site):
    used = {term for chapter in CHAPTERS for term in linked(site, chapter)}
    entries = {dt["id"].removeprefix("term-"): dd for dt, dd in
               zip(*[read(site / "chapters/glossary.html").select(f"dl.glossary > {tag}") for tag in ("dt", "dd")])}
    assert len(entries) == len(terms.TERMS) >= 50
    assert set(entries) - used == set()
    places = {term: dd.select("a:not(:has(.std-term))")[-1]["href"] for term, dd in entries.items()}
    assert {term: place for term, place in places.items() if not is_bold(term, site / "chapters", place)} == {}


def is_bold(term, folder, place):
    """In the section that the glossary names, the term is printed bold, which is where it is explained."""
    page, _, section = place.partition("#")
    strong = read(folder / page).select(f"section#{section} strong" if section else "strong")
    matches = [terms.ANY.fullmatch(one.get_text()) for one in strong]
    return term.lower() in [terms.nodes.make_id(terms.term_of(match)) for match in matches if match]


def test_the_index_leads_to_the_place_where_a_term_is_explained(site):
    links = {a["href"] for a in read(site / "genindex.html").select("main a")}
    for place in ("01_value.html#term-gradient", "02_gradient_check.html#term-gradient-check", "03_mlp.html#term-neuron",
                  "04_xor_training.html#term-learning-rate", "05_loss_curve.html#term-loss-curve", "07_summary.html#term-tensor"):
        assert f"chapters/{place}" in links


def test_first_uses_are_found_in_text_and_in_bold():
    document = publish_doctree("Leaves and a **Leaf**, an inner node, ``a node``, leafs of gradient checks, nodes: the Node.")
    terms.link(document, "page")
    found = [(node["reftarget"], node.astext()) for node in document.findall(terms.addnodes.pending_xref)]
    assert found == [("leaf", "Leaves"), ("inner node", "inner node"), ("gradient check", "gradient checks"), ("node", "nodes")]
    assert [node["entries"][0][1] for node in document.findall(terms.addnodes.index)] == ["leaf"]


@pytest.mark.parametrize("text", ["subgradient", "node-list", "nodess", "pre-layer", "shutter"])
def test_a_part_of_a_word_is_no_term(text):
    assert not terms.ANY.search(text)


def test_every_reference_is_cited_and_the_classics_are_there(site):
    keys = re.findall(r"^@\w+\{(\w+),", (ROOT / "references.bib").read_text(), re.MULTILINE)
    assert [key for key in keys if not re.search(rf"\{{cite\}}`[^`]*{key}|\[[^\]]*{key}|\[{key}\]", SOURCES)] == []
    text = read(site / "chapters/references.html").get_text()
    for name in ("Rumelhart", "Linnainmaa", "Wengert", "Griewank", "Baydin", "LeCun", "He", "Karpathy"):
        assert name in text


def test_the_api_has_every_public_definition_and_leads_to_its_source(site):
    page = read(site / "chapters/api.html")
    for module in MODULES:
        for name, thing in own(module).items():
            if inspect.isfunction(thing) or inspect.isclass(thing):
                entry = page.find(id=f"{module.__name__}.{name}")
                assert entry and entry.select_one('a[href*="_modules"]'), f"{module.__name__}.{name}"
    assert "`" not in page.select_one("article").get_text()


def test_the_source_page_has_every_line_of_the_package(site):
    listings = [pre.get_text() for pre in read(site / "chapters/source.html").select("pre")]
    files = [module.__file__ for module in [*MODULES[:5], *MODULES[6:], MODULES[5]]]  # show comes last
    assert listings == [Path(file).read_text() for file in files]


def test_figures_tables_and_equations_are_numbered_and_referred_to(site):
    numbered = {"fig": 0, "tab": 0, "eq": 0}
    for chapter in CHAPTERS:
        source = next(ROOT.glob(f"chapters/{chapter}.*")).read_text()
        names = set(re.findall(r'"name": "(fig-[\w-]+)"|:name: (tab-[\w-]+)|\$\$ \((eq-[\w-]+)\)', source))
        for name in {part for names_ in names for part in names_ if part}:
            numbered[name.partition("-")[0]] += 1
            assert re.search(rf"\{{(?:numref|eq)\}}`{name}`", source), f"{chapter}: nothing refers to {name}"
    assert numbered["fig"] >= 10 and numbered["tab"] >= 2 and numbered["eq"] >= 4
    captions = [caption.get_text() for chapter in CHAPTERS for caption in read(site / f"chapters/{chapter}.html").select("figcaption .caption-number")]
    assert captions == [f"Fig. {n} " for n in range(int(captions[0].split()[1]), int(captions[0].split()[1]) + len(captions))]


def test_the_tool_that_finds_terms_reads_the_glossary():
    assert runpy.run_path(str(ROOT / "tools/terms.py"))["TERMS"] == terms.TERMS and "topological order" in terms.TERMS


def test_the_chapter_builds_in_another_book_with_what_the_page_for_teachers_names(tmp_path):
    ours = yaml.safe_load((ROOT / "_config.yml").read_text())
    kept = {key: ours["sphinx"]["config"][key] for key in ("numfig", "myst_heading_anchors", "nb_render_markdown_format")}
    config = {"title": "Mine", "only_build_toc_files": True, "sphinx": {"config": kept},
              **{key: ours[key] for key in ("execute", "parse", "bibtex_bibfiles")}}
    (tmp_path / "_config.yml").write_text(yaml.safe_dump(config))
    for name in ("chapters", "micrograd", "data", "references.bib"):
        (tmp_path / name).symlink_to(ROOT / name)
    files = [f"chapters/{name}" for name in (*CHAPTERS, "solutions", "glossary", "source", "teach", "references")]
    (tmp_path / "_toc.yml").write_text(yaml.safe_dump({"format": "jb-book", "root": "intro", "chapters": [{"file": file} for file in files]}))
    (tmp_path / "intro.md").write_text("# Mine")
    run = build(tmp_path, tmp_path / "out")
    assert run.returncode == 0, run.stdout + run.stderr
    page = (ROOT / "chapters/teach.md").read_text()
    assert all(f"`{key}`" in page for key in (*kept, "execute", "parse", "bibtex_bibfiles"))
