"""The book as one PDF, and the picture for links to it."""
# ruff: noqa: E402 (the imports are of what may be missing)

import re
import unicodedata
from io import BytesIO
from itertools import chain, pairwise

import pytest
import yaml
from build_book import ROOT
from need_browser import skip_without_browser

skip_without_browser()

import chromium
import draw_social_card as social_card
import print_pdf
from pypdf import PdfReader
from pypdf.generic import StreamObject

ABOUT = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
NAMES = print_pdf.printed_pages(TOC)
MM = 72 / 25.4  # in points
TOP, BOTTOM = 277 * MM, 20 * MM  # where the text of an A4 page lies


@pytest.fixture(scope="module")
def document(site):
    """What is printed, as HTML; page numbers are put in when it is."""
    return print_pdf.make_document(site, NAMES, ABOUT)


@pytest.fixture(scope="module")
def book(document, site, tmp_path_factory):
    target = tmp_path_factory.mktemp("pdf") / "book.pdf"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(print_pdf, "make_document", lambda *_: document)
        pages = print_pdf.make_pdf(site, target)
    reader = PdfReader(target)
    assert len(reader.pages) == pages
    return reader


@pytest.fixture(scope="module")
def articles(document):
    return [document.find(id=name) for name in NAMES]


@pytest.fixture(scope="module")
def texts(book):
    """The text of each page, and what is bold in its lines from the top.

    Each line has its height over the lower edge of the paper.
    """
    return [read_text(page) for page in book.pages]


def read_text(page):
    bold = {}  # by the height of the line: what is drawn last may be higher up

    def visit(text, cm, tm, font, size):
        if text.strip():
            height = round(tm[5] * cm[3] + cm[5])
            is_bold = "Bold" in (font or {}).get("/BaseFont", "")
            bold[height] = bold.get(height, "") + (text if is_bold else "")

    text = page.extract_text(visitor_text=visit)
    heights = sorted((h for h in bold if h > BOTTOM), reverse=True)
    return squeezed(text), {h: squeezed(bold[h]) for h in heights}


def squeezed(text):
    """Without blanks and ligatures, which a PDF has where it likes."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def chapters(book):
    """Title and number of the first page of each chapter in the outline."""
    return [
        (entry.title, book.get_destination_page_number(entry) + 1)
        for entry in book.outline
        if not isinstance(entry, list)
    ]


def test_outline_and_table_of_contents_have_all_chapters(book, texts, articles):
    titles = [article.h1.get_text() for article in articles]
    assert [title for title, _ in chapters(book)] == titles
    table = texts[0][0]
    for title, page in chapters(book):
        assert squeezed(f"{title}{page}") in table


def test_every_chapter_has_all_its_paragraphs(book, texts, articles):
    starts = [page - 1 for _, page in chapters(book)]
    ranges = pairwise([*starts, len(texts)])
    for article, (start, end) in zip(articles, ranges, strict=True):
        printed = "".join(text for text, _ in texts[start:end])
        for paragraph in article.select("p:not([hidden])"):
            if not paragraph.find(["math", "svg"]):
                assert squeezed(paragraph.get_text()) in printed


def test_no_page_ends_with_a_heading(texts, articles):
    headings = {
        squeezed(heading.get_text())
        for article in articles
        for heading in article(["h1", "h2", "h3"])
    }
    bold_lines = [[*lines.values()] for _, lines in texts if lines]
    assert len(headings.intersection(chain(*bold_lines))) > 100  # seen
    assert headings.intersection(lines[-1] for lines in bold_lines) == set()


def test_only_the_last_page_of_a_chapter_is_more_than_a_third_empty(
    book, texts
):
    last_pages = {first - 1 for _, first in chapters(book)} | {len(texts)}
    empty = {
        number: (min(lines, default=TOP) - BOTTOM) / (TOP - BOTTOM)
        for number, (_, lines) in enumerate(texts, 1)
        if number not in last_pages
    }
    assert {page: f"{e:.0%}" for page, e in empty.items() if e > 1 / 3} == {}


def test_short_listings_are_not_cut(texts, articles):
    short = {
        squeezed(listing.get_text())
        for article in articles
        for listing in article.select(".short pre")
    }
    assert len(short) > 100
    printed = [text for text, _ in texts]
    for listing in short:
        assert any(listing in text for text in printed)


def test_pages_are_a4_with_their_numbers_and_fonts(book, texts):
    for number, page in enumerate(book.pages, 1):
        assert f"page{number}" in texts[number - 1][0]
        width, height = (float(side) / 72 * 25.4 for side in page.mediabox[2:])
        assert (round(width), round(height)) == (210, 297)
        for font in page["/Resources"].get("/Font", {}).values():
            for part in font.get_object().get("/DescendantFonts", [font]):
                descriptor = part.get_object().get("/FontDescriptor", {})
                kept = " ".join([*descriptor, *font.get_object()])
                assert "/FontFile" in kept or "/CharProcs" in kept


def test_links_lead_to_places_in_it_or_to_the_web(book):
    inside = []
    for page in book.pages:
        for note in page.get("/Annots", []):
            note = note.get_object()
            if "/Dest" in note:
                inside.append(note["/Dest"])
            else:
                assert note["/A"]["/URI"].startswith("https://")
    assert len(inside) > 300
    assert set(inside) <= set(book.named_destinations)


def test_nothing_in_it_names_this_machine(book):
    here = rb"127\.0\.0\.1|localhost|file:|book\.invalid|"
    words = re.compile(here + re.escape(bytes(ROOT)))
    for number in range(1, book.trailer["/Size"]):
        thing, written = book.get_object(number), BytesIO()
        if thing is not None:
            thing.write_to_stream(written)
            data = thing.get_data() if isinstance(thing, StreamObject) else b""
            assert words.search(written.getvalue() + data) is None


def test_title_author_and_language(book):
    assert book.metadata.title == ABOUT["title"]
    assert book.metadata.author == ABOUT["author"]
    assert book.root_object["/Lang"] == "en"
    assert book.root_object["/MarkInfo"]["/Marked"]


def test_a_link_leads_to_its_place():
    names = ["intro", "chapters/a", "chapters/b"]
    for address, place in {
        "#summary": "#chapters/a:summary",
        "b.html": "#chapters/b",
        "../intro.html#here": "#intro:here",
        "https://example.org/#x": "https://example.org/#x",
        "../_modules/c.html#x": None,
    }.items():
        assert print_pdf.place_in_document(address, names[1], names) == place


def test_parts_and_sections_are_read_in_order():
    first = {"chapters": [{"file": "b", "sections": [{"file": "c"}]}]}
    toc = {"root": "a", "parts": [first, {"chapters": [{"file": "d"}]}]}
    assert print_pdf.page_names(toc) == ["a", "b", "c", "d"]


def test_the_source_of_what_moves_is_not_on_paper():
    toc = {"root": "a", "chapters": [{"file": "chapters/source_moving"}]}
    assert print_pdf.printed_pages(toc) == ["a"]
    assert len(NAMES) == len(print_pdf.page_names(TOC)) - 3


def test_a_missing_book_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(print_pdf, "SITE", tmp_path)
    assert print_pdf.main() == 1
    assert f"There is no {tmp_path}/intro.html" in capsys.readouterr().err


def test_a_missing_chromium_is_named(monkeypatch, capsys):
    monkeypatch.setattr(chromium, "NAMES", ("no-such-browser",))
    assert social_card.main() == 1
    assert "no Chromium by any of the names no-such" in capsys.readouterr().err


@pytest.mark.parametrize(
    "draw", [social_card.PICTURE.read_bytes, social_card.draw_picture]
)
def test_the_picture_has_the_size_that_other_sites_want(draw):
    png = draw()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(png) < 200_000
    assert [int.from_bytes(png[i : i + 4]) for i in (16, 20)] == [1200, 630]
