"""What extensions in book_ext/ do that the built pages cannot show."""

import subprocess
from types import SimpleNamespace

import pytest
from citation_links import KEYS
from docutils.core import publish_doctree
from folder_download import files_to_pack
from formulas_as_mathml import mathml
from glossary_index import index_bold_terms
from glossary_links import link_first_uses
from glossary_terms import ANY_TERM
from math_core import LatexError
from public_address import add_buttons, add_previews
from sphinx import addnodes
from sphinx.errors import ConfigError


def test_primes_keep_their_size_and_lines_get_no_number():
    assert '<mi>f</mi><mo lspace="0" rspace="0">″</mo>' in mathml("f''", False)
    assert "(1)" not in mathml(r"\begin{align} z &= x \end{align}", True)


@pytest.mark.parametrize("tex", [r"\unknown{x}", "a & b", r"\frac{a", "x_{"])
def test_a_formula_that_would_stay_raw_is_refused(tex):
    with pytest.raises(LatexError):
        mathml(tex, False)


def test_references_are_cited_by_their_authors_and_year():
    assert KEYS["Wengert, 1964"] == "wengert1964"
    assert KEYS["Minsky and Papert, 1969"] == "minsky1969"
    assert KEYS["Rumelhart et al., 1986"] == "rumelhart1986"


def test_first_uses_are_linked_and_bold_terms_are_in_the_index():
    document = publish_doctree(
        "Leaves and a **Leaf**, an inner node, ``a node``, leafs of gradient"
        " checks, nodes: the Node."
    )
    link_first_uses(document, "page")
    index_bold_terms(document)
    links = document.findall(addnodes.pending_xref)
    assert [(link["reftarget"], link.astext()) for link in links] == [
        ("leaf", "Leaves"),
        ("inner node", "inner node"),
        ("gradient check", "gradient checks"),
        ("node", "nodes"),
    ]
    (entry,) = document.findall(addnodes.index)
    assert entry["entries"][0][1] == "leaf"


def test_a_part_of_a_word_is_no_term():
    assert not ANY_TERM.search(
        "subgradient, node-list, nodess, pre-layer, shutter"
    )


@pytest.mark.parametrize("in_a_clone", [True, False])
def test_the_download_packs_no_private_files(tmp_path, in_a_clone):
    paths = [".binder/postBuild", ".venv/x", "_build/x", "a/b.py", "notes.txt"]
    for name in paths:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    expected = [".binder/postBuild", "a/b.py", "notes.txt"]
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
