"""A line in italics below the title of a page is its subtitle."""

from docutils import nodes
from sphinx.transforms import SphinxTransform


def is_in_italics(node: nodes.Node) -> bool:
    """Whether a node is a paragraph that is in italics as a whole."""
    return (
        isinstance(node, nodes.paragraph)
        and len(node) == 1
        and isinstance(node[0], nodes.emphasis)
    )


class PageSubtitle(SphinxTransform):
    default_priority = 800  # when the title is where it belongs

    def apply(self, **kwargs):
        for page in self.document.children:
            if isinstance(page, nodes.section) and len(page) > 1:
                below_title = page[1]
                if is_in_italics(below_title):
                    below_title["classes"].append("subtitle")


def setup(app):
    app.add_transform(PageSubtitle)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
