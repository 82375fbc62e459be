"""The first use of each term on a page of the chapter shows its meaning.

It appears in a card, on hover, on a tap and on keyboard focus, without any
script. The card also has a link to the glossary. The notebooks need no markup
for this, so that they read well in JupyterLab and on a code host, too.
"""

from functools import cache

from docutils import nodes
from glossary_terms import ANY_TERM, GLOSSARY_FILE, is_inside, term_of
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from this_book import is_chapter, source_file

ALSO = "how_we_know.md"  # where many come who have not read the chapter
NOT_IN = (
    nodes.title,
    nodes.rubric,
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


class Term(nodes.inline):
    """A word with its Card."""


class Card(nodes.inline):
    """What the word means, and a link to the glossary.

    It has no text before it is written as HTML, because that text belongs to
    the glossary, where a search and the index shall find it.
    """


class GlossaryWord(nodes.inline):
    """The text of the link."""


def link_first_uses(document: nodes.document, docname: str):
    """Put the cards into a page, in place."""
    linked = set()
    for text in list(document.findall(nodes.Text)):
        if not is_inside(text, NOT_IN) and not is_option(text):
            text.parent.replace(text, pieces(text.astext(), linked, docname))


def is_option(text: nodes.Text) -> bool:
    """Whether a text may become the label of a button: a list in a box."""
    node = text
    while node.parent is not None:
        if isinstance(node, nodes.bullet_list):
            return isinstance(node.parent, nodes.Admonition)
        node = node.parent
    return False


def pieces(text: str, linked: set[str], docname: str) -> list[nodes.Node]:
    """The text, cut into terms and what is between; `linked` grows."""
    parts = []
    end = 0
    for match in ANY_TERM.finditer(text):
        term = term_of(match)
        if term not in linked:
            linked.add(term)
            parts.append(nodes.Text(text[end : match.start()]))
            card = Card("", "", link(term, docname), term=term)
            parts.append(Term("", match[0], card, term=term))
            end = match.end()
    parts.append(nodes.Text(text[end:]))
    return [part for part in parts if part.astext()]


def link(term: str, docname: str) -> addnodes.pending_xref:
    """A link to the entry of a term, as the role {term} makes one."""
    return addnodes.pending_xref(
        "",
        GlossaryWord(),
        refdomain="std",
        reftype="term",
        reftarget=term,
        refdoc=docname,
        refexplicit=True,
        refwarn=True,
    )


def meaning(entry: nodes.definition) -> list[nodes.Node]:
    """The words of an entry, without links.

    The last link leads to where the chapter explains the term. It is left out,
    because the reader is there, or comes there.
    """
    paragraph = entry.next_node(nodes.paragraph).deepcopy()
    *links, last = paragraph.findall(addnodes.pending_xref)
    paragraph.remove(last)
    for one in links:
        one.replace_self(nodes.Text(one.astext()))
    return paragraph.children


@cache
def glossary(env, docname: str) -> nodes.document:
    """The page of the glossary, which is read from its file only once."""
    return env.get_doctree(docname)


def entry_of(term: str, env) -> nodes.definition | None:
    """The entry of a term in the glossary, if that is a page of the book."""
    known = env.domaindata["std"]["objects"]
    if ("term", term) not in known:
        return None  # then Sphinx warns of the link
    docname, anchor = known["term", term]
    terms = glossary(env, docname).findall(nodes.term)
    (found,) = [node for node in terms if anchor in node["ids"]]
    return found.parent.next_node(nodes.definition)


class GlossaryLinks(SphinxTransform):
    default_priority = 800  # when the page has its final text

    def apply(self, **kwargs):
        docname = self.env.docname
        name = source_file(self.env, docname).name
        if is_chapter(self.env, docname) or name == ALSO:
            self.env.note_dependency(str(GLOSSARY_FILE))
            link_first_uses(self.document, docname)


def visit_term(self, node):
    name = f"meaning-{nodes.make_id(node['term'])}"
    self.body.append('<span class="term">')
    self.body.append(f'<dfn tabindex="0" aria-describedby="{name}">')


def depart_term(self, node):
    self.body.append("</span>")


def visit_card(self, node):
    name = f"meaning-{nodes.make_id(node['term'])}"
    self.body.append('</dfn><span class="term-card">')
    self.body.append(f'<span id="{name}">')
    entry = entry_of(node["term"], self.builder.env)
    for part in meaning(entry) if entry else []:
        part.walkabout(self)
    self.body.append("</span> ")


def depart_card(self, node):
    self.body.append("</span>")


def visit_word(self, node):
    self.body.append("Glossary")


def depart_word(self, node):
    pass


def setup(app):
    app.add_node(Term, html=(visit_term, depart_term))
    app.add_node(Card, html=(visit_card, depart_card))
    app.add_node(GlossaryWord, html=(visit_word, depart_word))
    app.add_transform(GlossaryLinks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
