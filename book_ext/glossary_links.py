"""The first use of each term on a page of the chapter leads to the glossary.

The notebooks need no markup for this, so that they read well in JupyterLab and
on a code host, too.
"""

from docutils import nodes
from glossary_terms import ANY_TERM, is_inside, term_of
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from this_book import is_chapter

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


def link_first_uses(document: nodes.document, docname: str):
    """Put the links into a page, in place."""
    linked = set()
    for text in list(document.findall(nodes.Text)):
        if not is_inside(text, NOT_IN):
            text.parent.replace(text, pieces(text.astext(), linked, docname))


def pieces(text: str, linked: set[str], docname: str) -> list[nodes.Node]:
    """The text, cut into links and what is between; `linked` grows."""
    parts = []
    end = 0
    for match in ANY_TERM.finditer(text):
        term = term_of(match)
        if term not in linked:
            linked.add(term)
            parts.append(nodes.Text(text[end : match.start()]))
            parts.append(link(term, match[0], docname))
            end = match.end()
    parts.append(nodes.Text(text[end:]))
    return [part for part in parts if part.astext()]


def link(term: str, word: str, docname: str) -> addnodes.pending_xref:
    """What the role {term} makes of `word <term>`."""
    return addnodes.pending_xref(
        "",
        nodes.inline(word, word, classes=["xref", "std", "std-term"]),
        refdomain="std",
        reftype="term",
        reftarget=term,
        refdoc=docname,
        refexplicit=True,
        refwarn=True,
    )


class GlossaryLinks(SphinxTransform):
    default_priority = 800  # when the page has its final text

    def apply(self, **kwargs):
        if is_chapter(self.env, self.env.docname):
            link_first_uses(self.document, self.env.docname)


def setup(app):
    app.add_transform(GlossaryLinks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
