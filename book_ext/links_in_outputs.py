"""Links in the HTML that a cell made lead from a notebook to the page of it.

In JupyterLab, such HTML links to notebooks and to their headings, as Markdown
does: `01_value.ipynb#why-gradients-add-up`. In the book, the notebook is a
page and the heading has an id. A link that leads nowhere is a warning.
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


class LinksInOutputs(SphinxPostTransform):
    default_priority = 5  # while links of Markdown still have their slugs
    formats = ("html",)

    def run(self, **kwargs):
        if is_ours(self.env, self.env.docname):
            for output in self.document.findall(nodes.raw):
                text = LINK.sub(self.address, output.astext())
                output.children = [nodes.Text(text)]

    def address(self, link):
        """Where a link leads in the book."""
        here = self.env.docname
        page = normpath(join(dirname(here), link[1])) if link[1] else here
        if page not in self.env.all_docs:
            logger.warning("an output links to no page: %r", link[0])
            return link[0]
        slugs = self.env.metadata[page].get("myst_slugs", {})
        slug = unescape(link[2] or "")
        if slug and slug not in slugs:
            logger.warning("an output links to no heading: %r", link[0])
            return link[0]
        anchor = f"#{slugs[slug][1]}" if slug else ""
        return self.app.builder.get_relative_uri(here, page) + anchor


def setup(app):
    app.add_post_transform(LinksInOutputs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
