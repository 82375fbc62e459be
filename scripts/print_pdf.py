"""Print the built book as one PDF, _build/micrograd.pdf. `make pdf` does it.

All pages in the order of _toc.yml become one document, which Chromium prints
with assets/print.css. So page numbers run on, links between pages lead to
places in the PDF, and its tags for screen readers are Chromium's own. It is
printed twice, because the table of contents and the index name pages, and
only a first print tells which.
"""

import re
import sys
from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import yaml
from bs4 import BeautifulSoup, Tag
from chromium import HOST, Missing, open_page
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NumberObject, TextStringObject

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build/html"
PDF = ROOT / "_build/micrograd.pdf"

STYLE = """
.contents p { margin: 0; }
.contents p:first-child { font-size: 24pt; margin: 10mm 0 1rem; }
.contents ul { list-style: none; margin: 6mm 0 0; padding: 0; }
.contents a { display: flex; justify-content: space-between;
  border-bottom: 0.5pt solid #b8bfc7; padding: 0.2rem 0; }
.bd-article :is(.contents, .genindextable) a { text-decoration: none; }
"""
NOT_PRINTED = (
    "script, .headerlink, .live-start, p:has(> .sd-btn), .term-card, "
    ".panel + .panel, .play .live, .drill .score"
)
# The source of what does nothing on paper would be a quarter of the PDF
NOT_ON_PAPER = [
    f"chapters/source_{part}" for part in ("practice", "moving", "play")
]
# No page ends within one of these blocks that has at most so many lines of code
BLOCKS = "div:is(.cell, .cell_input, .admonition), details.sd-card"
SHORT = 12
# A chapter's pages are of a kind of their own, so that it begins on a new page
# and has its title in the footer.
CHAPTER_STYLE = """
[id="{name}"] {{ page: {kind}; }}
@page {kind} {{ @bottom-left {{ content: "{title}"; color: #595959;
  font: 9pt "Source Sans 3 on paper", sans-serif; }} }}
"""
CONTENTS = """<article class="bd-article"><div class="contents">
<p>{title}</p><p>{author}</p><ul>{rows}</ul></div></article>"""


# From many pages to one document


def page_names(toc: dict) -> list[str]:
    """Return the names of the pages in a table of contents, in its order."""
    names = [toc[key] for key in ("root", "file") if key in toc]
    for key in ("parts", "chapters", "sections"):
        for part in toc.get(key, []):
            names += page_names(part)
    return names


def printed_pages(toc: dict) -> list[str]:
    return [name for name in page_names(toc) if name not in NOT_ON_PAPER]


def read_page(site: Path, name: str) -> BeautifulSoup:
    path = site / f"{name}.html"
    if not path.is_file():
        raise Missing(
            f"There is no {path}: build the book first, with `make book`."
        )
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def make_document(site: Path, names: list[str], about: dict) -> BeautifulSoup:
    """Return the first page with the articles of all pages in it.

    Args:
        site: The folder of the built pages.
        names: The names of the pages.
        about: The book's settings, which have its title and author.
    """
    document = read_page(site, names[0])
    articles = [read_article(site, name, names) for name in names]
    titles = {article["id"]: article.h1.get_text() for article in articles}
    for script in document("script"):
        script.decompose()
    document.html["data-theme"] = "light"
    document.title.string = about["title"]
    style = STYLE + chapter_styles(titles)
    document.head.append(parse(f"<style>{style}</style>"))
    document.select_one("article.bd-article").replace_with(
        contents(about, titles), *articles
    )
    return document


def read_article(site: Path, name: str, names: list[str]) -> Tag:
    """Return the text of a page, as it is on paper.

    Its ids begin with the page's name, because other pages may have the same.
    """
    article = read_page(site, name).select_one("article.bd-article")
    for tag in article.select(NOT_PRINTED):
        tag.decompose()
    for tag in article.select(".term > dfn"):
        tag.unwrap()  # its card is gone
    for token in article.select("pre :is(.p, .o, .nb, .bp)"):
        token.unwrap()  # without a colour, it would be a useless tag in the PDF
    for block in article.select(BLOCKS):
        listings = "\n".join(pre.get_text().strip() for pre in block("pre"))
        long = block.select_one("figure, .quiz")
        if not long and listings.count("\n") < SHORT:
            block["class"].append("short")
    for tag in article.select("[id]"):
        tag["id"] = f"{name}:{tag['id']}"
    article["id"] = name
    for image in article.select('img:not([src^="data:"])'):
        image["src"] = "/" + normpath(join(dirname(name), image["src"]))
    for link in article.select("a[href]"):
        target = place_in_document(link["href"], name, names)
        if target is None:
            link.unwrap()  # a file beside the pages is not on paper
        else:
            link["href"] = target
    return article


def place_in_document(address: str, name: str, names: list[str]) -> str | None:
    """Return where a link on the page `name` leads in the document.

    It is None where the link leads to something that is not in it.
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return address
    page = name
    if parts.path:
        page = normpath(join(dirname(name), unquote(parts.path)))
        page = page.removesuffix(".html")
    if page not in names:
        return None
    return (
        f"#{page}:{unquote(parts.fragment)}" if parts.fragment else f"#{page}"
    )


def contents(about: dict, titles: dict[str, str]) -> BeautifulSoup:
    """Return the title of the book and the table of its pages."""
    rows = [
        f'<li><a href="#{name}">{escape(title)}</a></li>'
        for name, title in titles.items()
    ]
    words = {key: escape(about[key]) for key in ("title", "author")}
    return parse(CONTENTS.format(rows="".join(rows), **words))


def chapter_styles(titles: dict[str, str]) -> str:
    styles = []
    for number, (name, title) in enumerate(titles.items()):
        quoted = re.sub(r'(["\\])', r"\\\1", title)
        kind = f"chapter{number}"
        styles.append(CHAPTER_STYLE.format(name=name, kind=kind, title=quoted))
    return "".join(styles)


def parse(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def write_page_numbers(document: BeautifulSoup, numbers: dict[str, int]):
    """Write, in place, to what page each link of contents and index leads.

    In the index the number also replaces the [1] of a second use.
    """
    for link in document.select(".contents a, .genindextable a"):
        number = f"{numbers[link['href'][1:]]}"
        if re.fullmatch(r"\[\d+\]", link.get_text()):
            link.string = number
        else:
            link.append(parse(f"<span>&nbsp;{number}</span>"))


# From the document to the PDF


def print_document(site: Path, document: BeautifulSoup, **options) -> bytes:
    """Return the PDF that Chromium prints, with the options of `Page.pdf`.

    Pictures and styles come from the folder of the built pages.
    """
    html = str(document)

    def answer(route):
        address = route.request.url
        path = site / unquote(urlsplit(address).path).lstrip("/")
        if address == HOST:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif address.startswith(HOST) and path.is_file():
            route.fulfill(path=path)
        else:
            route.abort()

    with open_page(answer) as page:
        page.goto(HOST)
        return page.pdf(format="A4", print_background=True, **options)


def page_numbers(pdf: bytes) -> dict[str, int]:
    """Return the number of the page on which each target of a link is."""
    reader = PdfReader(BytesIO(pdf))
    return {
        name.removeprefix("/"): reader.get_destination_page_number(target) + 1
        for name, target in reader.named_destinations.items()
    }


def outline_entries(entry) -> Iterator:
    """Yield the entries of a PDF's outline from this one on, as one reads."""
    while entry:
        yield entry.get_object()
        yield from outline_entries(entry.get_object().get("/First"))
        entry = entry.get_object().get("/Next")


def finish(pdf: bytes, document: BeautifulSoup, about: dict) -> PdfWriter:
    """Return the PDF with its metadata and a folded outline.

    The outline gets the words of the headings, because Chromium says some of
    them twice.
    """
    writer = PdfWriter(clone_from=BytesIO(pdf))
    writer.add_metadata(
        {
            "/Title": about["title"],
            "/Author": about["author"],
            "/Creator": "scripts/print_pdf.py",
        }
    )
    writer.page_mode = "/UseOutlines"
    if not writer.pages[-1].extract_text():
        del writer.pages[-1]  # Chromium ends some long documents with one
    first = writer.root_object["/Outlines"]["/First"]
    headings = document.select("article :is(h1, h2, h3, h4, h5, h6)")
    for entry, heading in zip(outline_entries(first), headings, strict=True):
        entry[NameObject("/Title")] = TextStringObject(heading.get_text())
        entry[NameObject("/Count")] = NumberObject(-abs(entry.get("/Count", 0)))
    return writer


def make_pdf(site: Path, target: Path) -> int:
    """Write the PDF of the book that is built in `site`; return its pages."""
    about, toc = (
        yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
        for name in ("_config.yml", "_toc.yml")
    )
    document = make_document(site, printed_pages(toc), about)
    first_print = print_document(site, document)
    write_page_numbers(document, page_numbers(first_print))
    pdf = print_document(site, document, tagged=True, outline=True)
    writer = finish(pdf, document, about)
    writer.write(target)
    return len(writer.pages)


def main() -> int:
    try:
        pages = make_pdf(SITE, PDF)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    print(f"The PDF is made: {PDF.relative_to(ROOT)} has {pages} pages.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
