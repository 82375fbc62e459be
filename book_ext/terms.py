"""The book's words: the first use of each term of the glossary on a page of the chapter leads to the glossary, and the
place where a term is printed bold, which is where it is explained, is an entry of the index. The notebooks need no
markup for this, so that they read well in JupyterLab and on a code host, too."""

import re
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

BOOK = Path(__file__).resolve().parent.parent
TERMS = re.findall(
    r"^([^\s:].*)\n  ",
    (BOOK / "chapters/glossary.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
NOT_IN = (
    nodes.title,
    nodes.emphasis,
    nodes.literal,
    nodes.literal_block,
    nodes.reference,
    nodes.caption,
    nodes.math,
    nodes.math_block,
    nodes.raw,
    nodes.thead,
    addnodes.pending_xref,
    nodes.citation_reference,
)


def pattern(term: str) -> str:
    """A group that matches the term or its plural."""
    return (
        f"({re.escape(term.removesuffix('f'))}(?:f|ves))"
        if term.endswith("leaf")
        else f"({re.escape(term)}(?:e?s)?)"
    )


BY_LENGTH = sorted(TERMS, key=len, reverse=True)  # "inner node" before "node"
ANY = re.compile(
    rf"(?<![\w-])(?:{'|'.join(map(pattern, BY_LENGTH))})(?![\w-])",
    re.IGNORECASE,
)


def term_of(match: re.Match) -> str:
    return BY_LENGTH[match.lastindex - 1]


def link(document, docname: str):
    """Put the links and the index entries into a page, in place."""
    linked = set()
    for text in list(document.findall(nodes.Text)):
        if any(isinstance(parent, NOT_IN) for parent in ancestors(text)):
            continue
        parts = pieces(text.astext(), linked, docname)
        if parts:
            text.parent.replace(text, parts)
    for strong in list(document.findall(nodes.strong)):
        match = ANY.fullmatch(strong.astext())
        if match and not any(
            isinstance(parent, nodes.title) for parent in ancestors(strong)
        ):
            index(strong, term_of(match), document)


def ancestors(node):
    while node.parent is not None:
        node = node.parent
        yield node


def pieces(text: str, linked: set, docname: str) -> list:
    parts, end = [], 0
    for match in ANY.finditer(text):
        term = term_of(match)
        if term not in linked:
            linked.add(term)
            parts += [
                nodes.Text(text[end : match.start()]),
                reference(term, match[0], docname),
            ]
            end = match.end()
    return (
        [part for part in [*parts, nodes.Text(text[end:])] if part.astext()]
        if parts
        else []
    )


def reference(term: str, word: str, docname: str):
    inner = nodes.inline(word, word, classes=["xref", "std", "std-term"])
    return addnodes.pending_xref(
        "",
        inner,
        refdomain="std",
        reftype="term",
        reftarget=term,
        refdoc=docname,
        refexplicit=True,
        refwarn=True,
    )


def index(strong, term: str, document):
    """An index entry that leads to the bold word."""
    target = nodes.target("", "", ids=[f"term-{nodes.make_id(term)}"])
    document.note_explicit_target(target)
    entry = addnodes.index(
        entries=[("single", term, target["ids"][0], "main", None)]
    )
    place = strong.parent.index(strong)
    strong.parent[place:place] = [entry, target]


class Terms(SphinxTransform):
    """Runs before Sphinx gathers the entries of the index."""

    default_priority = 800

    def apply(self, **_):
        page = Path(
            self.env.doc2path(self.env.docname)
        ).resolve()  # of this chapter, which may be in another book
        if (
            page == BOOK / "intro.md"
            or re.match(r"\d\d_", page.name)
            and page.parent == BOOK / "chapters"
        ):
            link(self.document, self.env.docname)


def setup(app):
    app.add_transform(Terms)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
