"""What extensions in book_ext/ do that the built pages cannot show."""

import io
import json
import os
import re
import subprocess
import zipfile
from types import SimpleNamespace

import live_cells
import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.nodes import math
from folder_download import files_to_pack
from formulas_as_mathml import keep_what_touches, mathml
from glossary_index import index_bold_terms
from glossary_links import Term, link_first_uses, meaning
from glossary_terms import ANY_TERM
from links_in_outputs import Pages
from math_core import LatexError
from numbered_links import with_numbers
from prediction_options import Option, offer_options
from public_address import add_buttons, add_previews
from sphinx import addnodes
from sphinx.errors import ConfigError
from stacked_panels import number_of_panels
from upright_graphs import Picture, can_be_read, pair_files

from micrograd import Value, draw_graph
from micrograd.graph import render_svg, upright


def test_primes_keep_their_size_and_lines_get_no_number():
    assert '<mi>f</mi><mo lspace="0" rspace="0">″</mo>' in mathml("f''", False)
    assert "(1)" not in mathml(r"\begin{align} z &= x \end{align}", True)


@pytest.mark.parametrize("tex", [r"\unknown{x}", "a & b", r"\frac{a", "x_{"])
def test_a_formula_that_would_stay_raw_is_refused(tex):
    with pytest.raises(LatexError):
        mathml(tex, False)


def test_a_formula_and_what_touches_it_are_one_piece():
    document = publish_doctree(
        "So :math:`a`, and (:math:`b`); :math:`c` is :math:`d`\u2014there."
    )
    keep_what_touches(document)
    pieces = [node.parent.astext() for node in document.findall(math)]
    assert pieces == ["a,", "(b);", "c", "d"]
    assert document.astext() == "So a, and (b); c is d\u2014there."


def test_a_link_to_a_figure_or_a_table_becomes_its_number():
    text = "In x[0] [the graph of `a`](#fig-a-b) and [it](#tab-c), [not](#d)"
    numbers = "In x[0] {numref}`fig-a-b` and {numref}`tab-c`, [not](#d)"
    assert with_numbers(text) == numbers


def test_first_uses_are_linked_and_bold_terms_are_in_the_index():
    document = publish_doctree(
        "Leaves and a **Leaf**, an inner node, ``a node``, leafs of gradient"
        " checks, nodes: the Node."
    )
    link_first_uses(document, "page")
    index_bold_terms(document)
    words = {term["term"]: term.astext() for term in document.findall(Term)}
    assert words == {
        "leaf": "Leaves",
        "inner node": "inner node",
        "gradient check": "gradient checks",
        "node": "nodes",
    }
    links = list(document.findall(addnodes.pending_xref))
    assert [link["reftarget"] for link in links] == list(words)
    (entry,) = document.findall(addnodes.index)
    assert entry["entries"][0][1] == "leaf"


def test_a_term_is_no_button_within_a_button():
    box = ".. tip::\n\n  A loss?\n\n  - a bias\n  - a leaf and a *seed*\n\n"
    document = publish_doctree(box + "- a weight")
    link_first_uses(document, "page")
    terms = [term["term"] for term in document.findall(Term)]
    assert terms == ["loss", "weight"]


def test_a_meaning_has_the_words_of_the_glossary_without_its_links():
    entry = nodes.definition("", nodes.paragraph())
    link = addnodes.pending_xref("", nodes.inline("", "a leaf"))
    last = addnodes.pending_xref("", nodes.inline("", "Section"))
    entry[0] += [nodes.Text("It is "), link, nodes.Text(". "), last]
    words = meaning(entry)
    assert [word.astext() for word in words] == ["It is ", "a leaf", ". "]
    assert all(isinstance(word, nodes.Text) for word in words)
    assert entry.astext() == "It is a leaf. Section"  # as it was


def test_a_part_of_a_word_is_no_term():
    assert not ANY_TERM.search(
        "subgradient, node-list, nodess, pre-layer, shutter"
    )


def test_only_a_graph_that_can_be_read_upright_is_shown_upright():
    x = Value(-0.1234, label="x")
    for root, fits in (x * x, True), (sum([x * i for i in range(4)]), False):
        svg = render_svg(upright(draw_graph(root).dot))
        assert can_be_read(svg) == fits
    assert can_be_read('<svg viewBox="0 0 300 9"><text font-size="10.00">')
    assert not can_be_read('<svg viewBox="0 0 300 9"><text font-size="9">')


def test_each_picture_is_paired_with_the_upright_one_beside_it(tmp_path):
    (tmp_path / "a-upright.svg").touch()
    document = publish_doctree(".. image:: a.svg\n\n.. image:: b.svg")
    pair_files(document, tmp_path)
    assert [len(picture) for picture in document.findall(Picture)] == [2]
    uris = [image["uri"] for image in document.findall(nodes.image)]
    assert uris == ["a-upright.svg", "a.svg", "b.svg"]


def test_options_are_paragraphs_and_nothing_of_a_list_is_lost():
    box = ".. admonition:: Predict, then run\n\n  What?\n\n  * 1\n"
    document = publish_doctree(f"{box}  * *two*")
    offer_options(document)
    kinds = [type(option[0]) for option in document.findall(Option)]
    assert kinds == [nodes.Text, nodes.emphasis]
    for more in "  * 2\n\n    more", "\n    quoted":
        document = publish_doctree(box + more)
        text = document.astext()
        offer_options(document)
        assert document.astext() == text and not list(document.findall(Option))


def test_a_link_in_an_output_leads_to_the_page_of_a_notebook():
    slugs = {"the-end": (2, "the-end-1", "The end")}
    env = SimpleNamespace(
        all_docs={"a/one": 0, "a/two": 0},
        metadata={"a/one": {"myst_slugs": slugs}, "a/two": {}},
    )
    builder = SimpleNamespace(get_relative_uri=lambda _, to: to[2:] + ".html")
    book = Pages(env, "a/two", builder)
    html = (
        '<a href="one.ipynb#the-end"><a href="../a/one.md"><a href="#x">'
        '<a href="http://a.org/one.ipynb"><a href="b.html"> one.ipynb#the-end'
    )
    env.metadata["a/two"] = {"myst_slugs": {"x": (2, "id-x", "X")}}
    assert book.lead_to_pages(html) == (
        '<a href="one.html#the-end-1"><a href="one.html"><a href="#id-x">'
        '<a href="http://a.org/one.ipynb"><a href="b.html"> one.ipynb#the-end'
    )


def test_only_a_picture_that_says_so_has_panels(tmp_path):
    for name, text, number in [
        ("a.svg", '<?xml version="1.0"?>\n<svg data-panels="3" width="9">', 3),
        ("b.svg", "<svg><text>data-panels=3</text></svg>", 1),
        ("c.png", '<svg data-panels="3">', 1),
    ]:
        (tmp_path / name).write_text(text, "utf-8")
        assert number_of_panels(tmp_path / name) == number
    assert number_of_panels(tmp_path / "missing.svg") == 1


@pytest.mark.parametrize("in_a_clone", [True, False])
def test_the_download_packs_no_private_files(tmp_path, in_a_clone):
    expected = [".binder/postBuild", "a/b.py", "notes.txt"]
    for name in [*expected, ".venv/x", "_build/x", "my_copy/x"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    if in_a_clone:
        expected.remove("notes.txt")
        for command in ["init", "-q"], ["add", *expected]:
            subprocess.run(["git", "-C", tmp_path, *command], check=True)
    packed = files_to_pack(tmp_path)
    assert packed == [tmp_path / name for name in expected]


def test_what_is_no_address_is_refused():
    config = SimpleNamespace(public_repository="a.org", public_site="a.org")
    with pytest.raises(ConfigError, match=r"public_repository.*'a.org'"):
        add_buttons(None, config)
    with pytest.raises(ConfigError, match=r"public_site.*'a.org'"):
        add_previews(None, config)


def test_without_pyodide_there_is_no_button(monkeypatch, tmp_path):
    monkeypatch.setattr(live_cells, "IS_COMPLETE", tmp_path / "missing")
    context = {"body": "<h1>01</h1>"}
    app = SimpleNamespace(outdir=tmp_path)
    live_cells.add_button(app, "chapters/01_value", "", context, nodes.document)
    live_cells.write_files(app, None)
    assert context == {"body": "<h1>01</h1>"}
    assert list(tmp_path.iterdir()) == []


def test_what_a_live_page_needs_is_pinned_by_hashes_without_addresses():
    pinned = json.loads((live_cells.HERE / "package.json").read_text("utf-8"))
    lock = (live_cells.HERE / "package-lock.json").read_text("utf-8")
    assert "://" not in lock and "resolved" not in lock
    packages = json.loads(lock)["packages"]
    assert packages.pop("")["dependencies"] == pinned["dependencies"]
    assert all(len(one["integrity"]) > 90 for one in packages.values())
    version = pinned["dependencies"]["pyodide"]
    host = re.findall(
        r"pyodide/v(.*?)/", (live_cells.HERE / "worker.js").read_text("utf-8")
    )
    assert host == [version]


def test_a_live_page_gets_the_package_and_its_data_the_same_every_time():
    packed = live_cells.package()
    assert packed == live_cells.package()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = set(archive.namelist())
    code = {
        path.relative_to(live_cells.BOOK).as_posix()
        for path in (live_cells.BOOK / "micrograd").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert code <= names
    assert {"data/bug_zoo.csv", "run_cells.py", "graphviz/dot.py"} <= names
    assert not [name for name in names if name.endswith((".pyc", ".png"))]


@pytest.mark.skipif(
    not live_cells.IS_COMPLETE.exists()
    and "REQUIRE_EVERYTHING" not in os.environ,
    reason="needs Pyodide: see `make browser`",
)
def test_the_button_says_how_much_is_loaded(tmp_path):
    live_cells.write_files(SimpleNamespace(outdir=tmp_path), None)
    size = sum(path.stat().st_size for path in tmp_path.rglob("*.*")) / 1e6
    said = (live_cells.HERE / "button.html").read_text("utf-8")
    assert f"{size:.0f} MB of this book" in said
    assert size < 20
