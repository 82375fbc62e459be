"""Plain links to figures and tables become their numbers.

Notebooks are read in places that know no role of Sphinx, such as JupyterLab
and code hosts. So they have plain links, as in `[The picture](#fig-name)
shows`, and only in the book the number takes the words' place: "Fig. 3 shows".
"""

import re

from this_book import is_ours

LINK = re.compile(r"\[[^\[\]]+\]\(#((?:fig|tab)-[\w-]+)\)")


def with_numbers(text: str) -> str:
    """The text of a page with a role of Sphinx in the place of each link."""
    return LINK.sub(r"{numref}`\1`", text)


def replace_links(app, docname, source):
    if is_ours(app.env, docname):
        source[0] = with_numbers(source[0])


def setup(app):
    app.connect("source-read", replace_links)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
