"""The references are a list of HTML, with an item for each.

docutils calls them a list but writes none, which screen readers stumble over.
It also puts a label before each, which this book does not need: it cites names
and years.
"""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


def list_item(citation: nodes.citation) -> nodes.list_item:
    _label, *text = citation.children
    return nodes.list_item("", *text, ids=citation["ids"])


class ReferenceList(SphinxPostTransform):
    default_priority = 6  # directly after sphinxcontrib-bibtex, which has 5

    def run(self, **kwargs):
        citations = list(self.document.findall(nodes.citation))
        if citations:
            items = [list_item(citation) for citation in citations]
            found = nodes.bullet_list("", *items, classes=["references"])
            citations[0].parent.replace_self(found)


def setup(app):
    app.add_post_transform(ReferenceList)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
