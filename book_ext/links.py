"""Notebooks are read in places that know no role of Sphinx, such as JupyterLab and code hosts. So they have plain links
to a figure, a table or the list of references; in the book these come with the number, or become a citation."""

import re
from pathlib import Path

BOOK = Path(__file__).resolve().parent.parent
LINKS = [
    (
        r"(\[[^\]]+\]\(#((?:fig|tab)-[\w-]+)\))",
        lambda match: f"{match[1]} ({{numref}}`{match[2]}`)",
    ),
    (
        r"\(\[([^\]]+, \d{4})\]\(references\.md\)\)",
        lambda match: f"{{cite}}`{KEYS.get(match[1], match[1])}`",
    ),
]


def keys(bibliography: str) -> dict[str, str]:
    """The key of each reference by its authors and year, as the book's citations are written."""
    entry = re.compile(
        r"@\w+\{(\w+),\s*author\s*=\s*\{(.*?)\},$.*?year\s*=\s*\{(\d+)\}",
        re.DOTALL | re.MULTILINE,
    )
    return {
        f"{named(authors)}, {year}": key
        for key, authors, year in entry.findall(bibliography)
    }


def named(authors: str) -> str:
    names = [name.partition(",")[0] for name in authors.split(" and ")]
    return " and ".join(names) if len(names) < 3 else f"{names[0]} et al."


KEYS = keys((BOOK / "references.bib").read_text(encoding="utf-8"))


def number_and_cite(app, docname, source):
    if not Path(app.env.doc2path(docname)).resolve().is_relative_to(BOOK):
        return  # a page of another book, which this chapter is a part of
    for pattern, better in LINKS:
        source[0] = re.sub(pattern, better, source[0])


def setup(app):
    app.connect("source-read", number_and_cite)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
