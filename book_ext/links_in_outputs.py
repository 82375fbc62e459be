"""Links in the HTML that a cell made lead to the pages of notebooks.

In JupyterLab, such HTML links to notebooks and to their headings, as Markdown
does: `01_value.ipynb#why-gradients-add-up`, or `#summary`. In the book, the
notebook is a page and the heading has an id. A link that leads nowhere is a
warning.
"""

import re
from html import unescape
from posixpath import dirname, join, normpath

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from this_book import is_ours

LINK = re.compile(
    r'(?<=<a href=")(?:([\w./-]+)\.(?:ipynb|md))?(?:#([^"]+))?(?=")'
)
logger = logging.getLogger(__name__)


class Pages:
    """The pages of a book, as seen from one of them."""

    def __init__(self, env, here, builder):
        self.env = env
        self.here = here
        self.builder = builder

    def lead_to_pages(self, html: str) -> str:
        return LINK.sub(self.address, html)

    def address(self, link: re.Match) -> str:
        """Where a link leads in the book."""
        file, slug = link[1], unescape(link[2] or "")
        page = normpath(join(dirname(self.here), file)) if file else self.here
        if page not in self.env.all_docs:
            logger.warning("an output links to no page: %r", link[0])
            return link[0]
        slugs = self.env.metadata[page].get("myst_slugs", {})
        if slug and slug not in slugs:
            logger.warning("an output links to no heading: %r", link[0])
            return link[0]
        uri = self.builder.get_relative_uri(self.here, page) if file else ""
        return f"{uri}#{slugs[slug][1]}" if slug else uri


class LinksInOutputs(SphinxPostTransform):
    default_priority = 5
    formats = ("html",)

    def run(self, **kwargs):
        if is_ours(self.env, self.env.docname):
            pages = Pages(self.env, self.env.docname, self.app.builder)
            for output in self.document.findall(nodes.raw):
                html = pages.lead_to_pages(output.astext())
                output.children = [nodes.Text(html)]


def setup(app):
    app.add_post_transform(LinksInOutputs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
