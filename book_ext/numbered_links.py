"""Plain links to figures and tables get their numbers.

Notebooks are read in places that know no role of Sphinx, such as JupyterLab
and code hosts. So they have plain links, as in `[the picture](#fig-name)`, and
only in the book the number stands behind: "the picture (Fig. 3)".
"""

import re

from this_book import is_ours

LINK = re.compile(r"(\[[^\]]+\]\(#((?:fig|tab)-[\w-]+)\))")


def add_numbers(app, docname, source):
    if is_ours(app.env, docname):
        source[0] = LINK.sub(r"\1 ({numref}`\2`)", source[0])


def setup(app):
    app.connect("source-read", add_numbers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
