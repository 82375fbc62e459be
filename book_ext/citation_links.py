"""Plain links to the list of references become citations.

Notebooks are read in places that know no role of Sphinx, such as JupyterLab
and code hosts. So they cite as in `([Minsky and Papert, 1969](references.md))`,
and in the book each citation leads to its entry in the list.
"""

import re

from pybtex.database import Entry, parse_file
from this_book import BOOK, is_ours

LINK = re.compile(r"\(\[([^\]]+, \d{4})\]\(references\.md\)\)")


def authors_and_year(entry: Entry) -> str:
    """The words by which the text cites an entry."""
    authors = entry.persons["author"]
    names = [" ".join(map(str, one.rich_last_names)) for one in authors]
    if len(names) > 2:
        names = [f"{names[0]} et al."]
    return f"{' and '.join(names)}, {entry.fields['year']}"


KEYS = {
    authors_and_year(entry): key
    for key, entry in parse_file(BOOK / "references.bib").entries.items()
}


def citation(link: re.Match) -> str:
    """The role for a link; where no entry is meant, the build will warn."""
    return f"{{cite}}`{KEYS.get(link[1], link[1])}`"


def cite(app, docname, source):
    if is_ours(app.env, docname):
        source[0] = LINK.sub(citation, source[0])


def setup(app):
    app.connect("source-read", cite)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
