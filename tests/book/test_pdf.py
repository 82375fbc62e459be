"""The book as one PDF, and the picture for links to it. They need what `make browser` installs, and a Chromium: where
one of them is missing, these tests are skipped, but not where CI is set."""

import os
import re
import runpy
import shutil
import sys
from importlib.util import find_spec
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from test_book import build

ROOT = Path(__file__).parent.parent.parent
sys.path.append(str(ROOT / "scripts"))
NEEDED = [name for name in ("playwright", "pypdf") if not find_spec(name)]
NEEDED += (
    []
    if any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    else ["Chromium"]
)
if NEEDED and not os.environ.get("CI"):
    pytest.skip(
        f"missing: {', '.join(NEEDED)} (see `make browser`)",
        allow_module_level=True,
    )

import pdf
import social
from pypdf import PdfReader
from pypdf.generic import StreamObject

NAMES = pdf.files(yaml.safe_load((ROOT / "_toc.yml").read_text()))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    output = tmp_path_factory.mktemp("book")
    run = build(ROOT, output)
    assert run.returncode == 0, run.stdout + run.stderr
    return output / "_build/html"


@pytest.fixture(scope="module")
def book(site):
    target = site / "micrograd.pdf"
    number = pdf.make(site, target)
    reader = PdfReader(target)
    assert len(reader.pages) == number
    return reader


@pytest.fixture(scope="module")
def texts(book):
    return [page.extract_text() for page in book.pages]


@pytest.fixture(scope="module")
def articles(site):
    """The text of each page of the book, as Beautiful Soup has it."""
    return {name: pdf.article(site, name, NAMES) for name in NAMES}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def entries(book):
    """The chapters in the outline: title and number of the first page."""
    chapters = [entry for entry in book.outline if not isinstance(entry, list)]
    return [
        (entry.title, book.get_destination_page_number(entry) + 1)
        for entry in chapters
    ]


def links(book):
    return [
        note.get_object()
        for page in book.pages
        for note in page.get("/Annots", [])
    ]


# The PDF


def test_the_outline_has_all_chapters_in_order(book, articles):
    assert [title for title, _ in entries(book)] == [
        article.h1.get_text() for article in articles.values()
    ]


def test_the_table_of_contents_names_their_pages(book, texts):
    assert [
        title
        for title, page in entries(book)
        if squeezed(f"{title}{page}") not in squeezed(texts[0])
    ] == []


def test_every_chapter_has_all_its_paragraphs(book, texts, articles):
    starts = [page - 1 for _, page in entries(book)] + [len(texts)]
    for article, (start, end) in zip(
        articles.values(), pairwise(starts), strict=True
    ):
        text = squeezed("".join(texts[start:end]))
        plain = [
            p.get_text() for p in article("p") if not p.find(["math", "svg"])
        ]
        assert [
            paragraph for paragraph in plain if squeezed(paragraph) not in text
        ] == []


def test_page_numbers_run_on(texts):
    assert [
        i for i, text in enumerate(texts, 1) if f"page{i}" not in squeezed(text)
    ] == []


def bold_lines(page) -> list[str]:
    """What is bold of each line above the footer, from top to bottom; what is drawn last may stand higher up."""
    lines = {}

    def visit(text, cm, tm, font, _):
        if text.strip():
            bold = text if "Bold" in (font or {}).get("/BaseFont", "") else ""
            y = round(tm[5] * cm[3] + cm[5])
            lines[y] = lines.get(y, "") + bold

    page.extract_text(visitor_text=visit)
    return [
        squeezed(lines[y])
        for y in sorted(lines, reverse=True)
        if y > 24 / 25.4 * 72
    ]


def test_no_page_ends_with_a_heading(book, articles):
    headings = {
        squeezed(h.get_text())
        for article in articles.values()
        for h in article(["h1", "h2", "h3"])
    }
    pages = [bold_lines(page) for page in book.pages]
    assert (
        len(headings.intersection(*[[line for page in pages for line in page]]))
        > 100
    )  # they are seen
    assert [
        lines[-1] for lines in pages if lines and lines[-1] in headings
    ] == []


def test_pages_are_a4_and_fonts_embedded(book):
    for page in book.pages:
        assert [
            round(float(side) / 72 * 25.4) for side in page.mediabox[2:]
        ] == [210, 297]
        for font in page["/Resources"].get("/Font", {}).values():
            for part in font.get_object().get("/DescendantFonts", [font]):
                descriptor = part.get_object().get("/FontDescriptor", {})
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(
                    descriptor
                ) or "/CharProcs" in font.get_object()


def test_links_lead_to_places_in_it_or_to_the_web(book):
    places = {name.removeprefix("/") for name in book.named_destinations}
    inside = [
        note["/Dest"].removeprefix("/")
        for note in links(book)
        if "/Dest" in note
    ]
    outside = [note["/A"]["/URI"] for note in links(book) if "/A" in note]
    assert (
        len(inside) > 300
        and [place for place in inside if place not in places] == []
    )
    assert [
        address for address in outside if not address.startswith("https://")
    ] == []


def test_nothing_in_it_names_this_machine(book):
    words = re.compile(
        rb"127\.0\.0\.1|localhost|file:|book\.invalid|" + re.escape(bytes(ROOT))
    )
    for number in range(1, book.trailer["/Size"]):
        thing, written = book.get_object(number), BytesIO()
        if thing is not None:
            thing.write_to_stream(written)
            data = thing.get_data() if isinstance(thing, StreamObject) else b""
            assert words.search(written.getvalue() + data) is None


def test_title_author_and_language(book):
    about = yaml.safe_load((ROOT / "_config.yml").read_text())
    assert (book.metadata.title, book.metadata.author) == (
        about["title"],
        about["author"],
    )
    assert (
        book.root_object["/Lang"] == "en"
        and book.root_object["/MarkInfo"]["/Marked"]
    )


# What it is made of


@pytest.mark.parametrize(
    "address, target",
    [
        ("#summary", "#chapters/a:summary"),
        ("b.html", "#chapters/b"),
        ("../intro.html#here", "#intro:here"),
        ("https://example.org/#x", "https://example.org/#x"),
        ("../_modules/c.html#x", None),
    ],
)
def test_a_link_leads_to_its_place(address, target):
    assert (
        pdf.place(address, "chapters/a", ["intro", "chapters/a", "chapters/b"])
        == target
    )


def test_parts_and_sections_are_read_in_order():
    first = {"chapters": [{"file": "b", "sections": [{"file": "c"}]}]}
    toc = {"root": "a", "parts": [first, {"chapters": [{"file": "d"}]}]}
    assert pdf.files(toc) == ["a", "b", "c", "d"]


# What is missing


def test_a_missing_book_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(pdf, "SITE", tmp_path)
    assert pdf.main() == 1
    assert (
        capsys.readouterr().err
        == f"There is no {tmp_path}/intro.html: build the book first, with `make book`.\n"
    )


def test_a_missing_chromium_is_named(monkeypatch, capsys):
    monkeypatch.setattr(pdf, "CHROMIUM", ("no-such-browser",))
    assert social.main() == 1
    assert capsys.readouterr().err.startswith(
        "There is no Chromium by any of the names no-such-browser: install one"
    )


@pytest.mark.parametrize("package", ["playwright", "pypdf"])
def test_a_missing_package_is_named(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, "playwright.sync_api", raising=False)
    with pytest.raises(
        SystemExit,
        match=f"The package {package} is missing: install it first, with `make browser`.",
    ):
        runpy.run_path(str(ROOT / "scripts/pdf.py"), run_name="__main__")


# The picture for links


@pytest.mark.parametrize(
    "png", [social.PICTURE.read_bytes, social.picture], ids=["stored", "drawn"]
)
def test_the_picture_has_the_size_that_other_sites_want(png):
    data = png()
    assert data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) < 200_000
    assert [int.from_bytes(data[i : i + 4]) for i in (16, 20)] == [1200, 630]
