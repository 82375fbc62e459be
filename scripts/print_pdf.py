"""Print the built book as one PDF, _build/micrograd.pdf. `make pdf` builds the book and does it.

All pages in the order of _toc.yml become one document, which Chromium prints with assets/print.css. So page numbers run
on, links between pages lead to places in the PDF, and its tags for screen readers are Chromium's own. It is printed
twice: the table of contents and the index name the pages on which the first print has their places."""

import re
import shutil
import sys
from contextlib import contextmanager
from html import escape
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import yaml
from bs4 import BeautifulSoup

try:
    from playwright.sync_api import sync_playwright
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, NumberObject, TextStringObject
except ImportError as missing:
    sys.exit(
        f"The package {missing.name.split('.')[0]} is missing: install it first, with `make browser`."
    )

ROOT = Path(__file__).resolve().parent.parent
SITE, PDF = ROOT / "_build/html", ROOT / "_build/micrograd.pdf"
HOST = "http://book.invalid/"  # no computer has this name: what is asked of it is read from the folder
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

STYLE = """
.contents p { margin: 0; }
.contents p:first-child { font-size: 24pt; margin: 30mm 0 1rem; }
.contents ul { list-style: none; margin: 20mm 0 0; padding: 0; }
.contents li { display: flex; justify-content: space-between; border-bottom: 0.5pt solid #b8bfc7; padding: 0.35rem 0; }
.bd-article :is(.contents, .genindextable) a { text-decoration: none; }
"""
# A chapter's pages are of a kind of their own: so it begins on a new page, and its title is in the footer.
FOOTER = """
[id="{name}"] {{ page: {kind}; }}
@page {kind} {{ @bottom-left {{ content: "{title}"; font: 8.5pt "Liberation Sans", Arial; color: #595959; }} }}
"""


class Missing(Exception):
    """Something that has to be there first; the message says how to get it."""


# From many pages to one document


def files(toc: dict) -> list[str]:
    """The names of the pages in a table of contents like _toc.yml, in its order."""
    inner = [
        part
        for key in ("parts", "chapters", "sections")
        for part in toc.get(key, [])
    ]
    return [toc[key] for key in ("root", "file") if key in toc] + [
        name for part in inner for name in files(part)
    ]


def page(site: Path, name: str) -> BeautifulSoup:
    path = site / f"{name}.html"
    if not path.is_file():
        raise Missing(
            f"There is no {path}: build the book first, with `make book`."
        )
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def place(address: str, name: str, names: list[str]) -> str | None:
    """Where a link on the page `name` leads in the document; None where to a page that is not in it."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return address
    target = (
        normpath(join(dirname(name), unquote(parts.path))).removesuffix(".html")
        if parts.path
        else name
    )
    return (
        f"#{target}:{unquote(parts.fragment)}".rstrip(":")
        if target in names
        else None
    )


def article(site: Path, name: str, names: list[str]):
    """The text of a page. Its ids begin with the page's name, as other pages may have the same."""
    text = page(site, name).select_one("article.bd-article")
    for tag in text.select("script, .headerlink, p:has(> .sd-btn)"):
        tag.decompose()
    for token in text.select("pre :is(.n, .p, .o, .w, .nb, .bp)"):
        token.unwrap()  # it has no colour on paper, and would be a tag of its own in the PDF
    for tag in text.select("[id]"):
        tag["id"] = f"{name}:{tag['id']}"
    for image in text.select('img:not([src^="data:"])'):
        image["src"] = "/" + normpath(join(dirname(name), image["src"]))
    for link in text.select("a[href]"):
        link["href"] = place(link["href"], name, names)
        if not link[
            "href"
        ]:  # a link to a file beside the pages leads nowhere on paper
            link.unwrap()
    text["id"] = name
    return text


def document(
    site: Path, names: list[str], about: dict, numbers: dict[str, int]
) -> BeautifulSoup:
    """The page `names[0]` with all articles in the place of its own; `numbers` are the pages of the places in it."""
    soup = page(site, names[0])
    articles = [article(site, name, names) for name in names]
    titles = {text["id"]: text.h1.get_text() for text in articles}
    for tag in soup("script"):
        tag.decompose()
    soup.html["data-theme"] = "light"
    soup.title.string = about["title"]
    soup.head.append(fragment(f"<style>{STYLE}{footers(titles)}</style>"))
    for link in articles[-1].select(".genindextable a"):
        number(link, numbers)
    soup.select_one("article.bd-article").replace_with(
        contents(about, titles, numbers), *articles
    )
    return soup


def fragment(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def footers(titles: dict[str, str]) -> str:
    return "".join(
        FOOTER.format(
            name=name,
            kind=f"chapter{i}",
            title=re.sub(r'(["\\])', r"\\\1", title),
        )
        for i, (name, title) in enumerate(titles.items())
    )


def contents(
    about: dict, titles: dict[str, str], numbers: dict[str, int]
) -> BeautifulSoup:
    rows = [
        f'<li><a href="#{name}">{escape(title)}</a> <span>{numbers.get(name, "")}</span></li>'
        for name, title in titles.items()
    ]
    return fragment(
        f'<article class="bd-article"><div class="contents"><p>{escape(about["title"])}</p>'
        f"<p>{escape(about['author'])}</p><ul>{''.join(rows)}</ul></div></article>"
    )


def number(link, numbers: dict[str, int]):
    """In the index, the number of the page stands after a term, and in place of the [1] of a second use."""
    found = f"\N{NO-BREAK SPACE}{numbers.get(link['href'][1:], '')}"
    if re.fullmatch(r"\[\d+\]", link.get_text()):
        link.string = found.strip()
    else:
        link.append(found)


# From the document to the PDF


@contextmanager
def opened(answer):
    """A page in a headless Chromium. Each of its requests is given to `answer`, and none goes to the network."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        raise Missing(
            f"There is no Chromium by any of the names {', '.join(CHROMIUM)}: install one first, "
            "on Debian with `apt-get install chromium`."
        )
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program) as browser,
    ):
        window = browser.new_page()
        window.route("**/*", answer)
        yield window


def printed(site: Path, html: str) -> bytes:
    """The document as Chromium prints it; pictures and styles come from the folder `site`."""

    def answer(route):
        path = site / unquote(urlsplit(route.request.url).path).lstrip("/")
        if route.request.url == HOST:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif route.request.url.startswith(HOST) and path.is_file():
            route.fulfill(path=path)
        else:
            route.abort()

    with opened(answer) as window:
        window.goto(HOST)
        return window.pdf(
            format="A4", print_background=True, tagged=True, outline=True
        )


def places(data: bytes) -> dict[str, int]:
    """The number of the page on which each place is that a link leads to."""
    reader = PdfReader(BytesIO(data))
    return {
        name.removeprefix("/"): reader.get_destination_page_number(target) + 1
        for name, target in reader.named_destinations.items()
    }


def outline(item):
    """The entries of a PDF's outline in the order of reading, from `item` on."""
    while item:
        yield item.get_object()
        yield from outline(item.get_object().get("/First"))
        item = item.get_object().get("/Next")


def finished(data: bytes, headings: list[str], about: dict) -> PdfWriter:
    """The PDF with its metadata, its outline folded, and in it the headings, where Chromium says some words twice."""
    writer = PdfWriter(clone_from=BytesIO(data))
    writer.add_metadata(
        {
            "/Title": about["title"],
            "/Author": about["author"],
            "/Creator": "scripts/pdf.py",
        }
    )
    writer.page_mode = "/UseOutlines"
    for entry, heading in zip(
        outline(writer.root_object["/Outlines"]["/First"]),
        headings,
        strict=True,
    ):
        entry[NameObject("/Title")] = TextStringObject(heading)
        entry[NameObject("/Count")] = NumberObject(-abs(entry.get("/Count", 0)))
    return writer


def make(site: Path, target: Path) -> int:
    """Write the PDF of the book that is built in `site`, and return the number of its pages."""
    about, toc = (
        yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
        for name in ("_config.yml", "_toc.yml")
    )
    first = printed(site, str(document(site, files(toc), about, {})))
    soup = document(site, files(toc), about, places(first))
    headings = [
        heading.get_text()
        for heading in soup.select("article :is(h1, h2, h3, h4, h5, h6)")
    ]
    writer = finished(printed(site, str(soup)), headings, about)
    writer.write(target)
    return len(writer.pages)


def main() -> int:
    try:
        print(
            f"The PDF is made: {PDF.relative_to(ROOT)} has {make(SITE, PDF)} pages."
        )
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
