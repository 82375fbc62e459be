"""Where a term of the glossary is printed bold, the index leads there.

That is the place where the chapter explains it.
"""

from docutils import nodes
from glossary_terms import ANY_TERM, is_inside, term_of
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from this_book import is_chapter


def index_bold_terms(document: nodes.document):
    """Put the entries into a page, in place."""
    for strong in list(document.findall(nodes.strong)):
        match = ANY_TERM.fullmatch(strong.astext())
        if match and not is_inside(strong, (nodes.title,)):
            add_entry(strong, term_of(match), document)


def add_entry(strong: nodes.strong, term: str, document: nodes.document):
    """An entry of the index that leads to a bold word."""
    target = nodes.target("", "", ids=[f"term-{nodes.make_id(term)}"])
    document.note_explicit_target(target)
    entry = ("single", term, target["ids"][0], "main", None)
    place = strong.parent.index(strong)
    strong.parent.insert(place, [addnodes.index(entries=[entry]), target])


class GlossaryIndex(SphinxTransform):
    default_priority = 800  # before Sphinx gathers the entries of the index

    def apply(self, **kwargs):
        if is_chapter(self.env, self.env.docname):
            index_bold_terms(self.document)


def setup(app):
    app.add_transform(GlossaryIndex)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
