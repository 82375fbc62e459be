"""The pages of the built book, read as files.

Each check gets the path of a page and returns what is wrong with it. BROKEN has
damage that the intricate ones must find.
"""

import csv
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup
from build_book import ROOT
from citation_links import KEYS
from docutils.nodes import make_id
from glossary_terms import ANY_TERM, TERMS, term_of
from uncoloured_words import UNCOLOURED

CHAPTERS = sorted(ROOT.glob("chapters/[01]*"))


@cache
def read(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def pages(site):
    """All pages but index.html, which leads to intro.html and has no text."""
    static = set(site.glob("_static/**/*.html"))
    return {*site.rglob("*.html")} - static - {*site.rglob("index.html")}


@pytest.fixture(scope="module")
def chapters(site):
    """The pages of the chapter, by the number in their name."""
    names = [path.stem for path in CHAPTERS]
    return {name[:2]: read(site / f"chapters/{name}.html") for name in names}


# What is true of every page


@cache
def ids(path: Path) -> set[str]:
    return {tag["id"] for tag in read(path).select("[id]")}


def links_resolve(path):
    """Each internal address names a file that is there, and an id in it."""
    soup = read(path)
    addresses = [tag["href"] for tag in soup.select("[href]")]
    addresses += [tag["src"] for tag in soup.select("[src]")]
    addresses += [tag["srcset"] for tag in soup.select("[srcset]")]
    for tag in soup.select('meta[http-equiv="Refresh"]'):
        addresses.append(tag["content"].partition("url=")[2])
    return [address for address in addresses if leads_nowhere(path, address)]


def leads_nowhere(path, address):
    scheme, host, name, _, anchor = urlsplit(address)
    if scheme or host or address == "#":
        return False
    target = (path.parent / unquote(name) if name else path).resolve()
    if not target.is_file():
        return True
    return anchor != "" and unquote(anchor) not in ids(target)


# Also what a script may write, as the one for the theme's logo does
LOADED_FROM_OUTSIDE = re.compile(
    r"(?:<link[^>]*\bhref=|\b(?:src|srcset|data)\s*=|url\(|@import)"
    r"""\s*[\\"'`]*((?:https?:)?//[^\\"'`\s)]+)""",
    re.IGNORECASE,
)


@cache
def loaded_by_file(path: Path) -> list[str]:
    return LOADED_FROM_OUTSIDE.findall(path.read_text(encoding="utf-8"))


def nothing_from_outside(path):
    """No other host is asked for a script, style, font, picture or frame."""
    found = loaded_by_file(path)
    for tag in read(path).select('link[rel~="stylesheet"]'):
        found = found + loaded_by_file(path.parent / urlsplit(tag["href"]).path)
    return found


def one_heading(path):
    headings = [heading.get_text() for heading in read(path).select("h1")]
    return headings if len(headings) != 1 else []


def pictures_are_described(path):
    """Each alt text has several words and is not the name of a file.

    Of a picture in panels, the first one is described for all of them.
    """
    images = read(path).select("img:not(.panel + .panel > img)")
    alts = [img.get("alt", "") for img in images]
    is_file = re.compile(r"\.(svg|png|jpe?g|gif)\b")
    return [alt for alt in alts if len(alt.split()) < 3 or is_file.search(alt)]


def panels_are_described_once(path):
    pictures = read(path).select(".panels")
    alts = [[img["alt"] for img in one.select("img")] for one in pictures]
    return [alt for first, *others in alts for alt in others if alt]


def formulas_are_typeset(path):
    """No formula is empty, and no TeX is left in the text."""
    formulas = read(path).select(".math")
    empty = [tag for tag in formulas if not (tag.math and tag.math.get_text())]
    not_prose = r"(?s)<(code|pre|script|style|math)\b.*?</\1>|<[^>]*>"
    prose = re.sub(not_prose, "", path.read_text(encoding="utf-8"))
    tex = r"\$[^$\n]+\$|\\[(\[]|\\(?:begin|frac|partial|sum|cdot|text)\b"
    return empty + re.findall(tex, prose)


SCRIPTS = {  # what has to be on a page that loads them
    "body": "_static/(doc|sphinx_highlight|scripts/)",  # the theme's
    ".highlight pre": "_static/(clipboard|copybutton)",
    "#search-results": "_static/(searchtools|language_data)|searchindex",
}


def scripts_are_used(path):
    """Each script is known, has its use on the page, and is linked once."""
    soup = read(path)
    wanted = [SCRIPTS[sign] for sign in SCRIPTS if soup.select_one(sign)]
    names = [tag["src"] for tag in soup.select("script[src]")]
    unused = [name for name in names if not re.search("|".join(wanted), name)]
    return unused + [name for name in names if names.count(name) > 1]


def words_have_a_colour(path):
    """No word of a listing has a tag for the colour that it has anyway."""
    return read(path).select(
        ", ".join(f'.highlight span[class="{x}"]' for x in UNCOLOURED)
    )


CHECKS = [links_resolve, nothing_from_outside, one_heading]
CHECKS += [pictures_are_described, panels_are_described_once]
CHECKS += [formulas_are_typeset, scripts_are_used, words_have_a_colour]


@pytest.mark.parametrize("check", CHECKS)
def test_every_page(pages, check):
    found = {path.name: check(path) for path in pages}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


GOOD = """<link rel="stylesheet" href="good.css"><body><h1 id="here">T</h1>
<a href="#here">up</a><a href="https://a.org">out</a><code>$x$ \\frac</code>
<span class="math"><math><mi>x</mi></math></span>"""
BROKEN = [
    (links_resolve, '<a href="page.html#missing">x</a>'),
    (links_resolve, '<picture><source srcset="no.svg"></picture>'),
    (links_resolve, '<meta http-equiv="Refresh" content="0; url=no.html">'),
    (nothing_from_outside, '<link rel="preload" href="//a.org/a.woff2">'),
    (nothing_from_outside, "<p style=\"background: url('https://a.org/b')\">"),
    (nothing_from_outside, '<link rel="stylesheet" href="bad.css">'),
    (nothing_from_outside, '<script>write(`<img src="http://a/b">`)</script>'),
    (pictures_are_described, '<p class="panel"><img alt="">'),
    (panels_are_described_once, '<p class="panels"><img alt><img alt="a">'),
    (formulas_are_typeset, "<p>raw $x^2$ here</p>"),
    (formulas_are_typeset, '<span class="math">x</span>'),
    (formulas_are_typeset, '<span class="math"><math></math></span>'),
    (scripts_are_used, '<script src="_static/clipboard.min.js"></script>'),
    (scripts_are_used, '<script src="_static/togglebutton.js"></script>'),
    (scripts_are_used, '<script src="_static/doctools.js"></script>' * 2),
    (words_have_a_colour, '<div class="highlight"><span class="n">x</span>'),
]


@pytest.mark.parametrize("check, damage", BROKEN)
def test_a_check_finds_damage(tmp_path, check, damage):
    (tmp_path / "good.css").write_text("p { background: url(a.svg) }", "utf-8")
    (tmp_path / "bad.css").write_text('@import "https://a.org/b.css";', "utf-8")
    good, page = tmp_path / "good.html", tmp_path / "page.html"
    good.write_text(GOOD, "utf-8")
    page.write_text(GOOD + damage, "utf-8")
    assert check(good) == []
    assert check(page) != []


# The chapters


def test_every_file_of_the_book_is_a_page(site, pages):
    files = [ROOT / "intro.md", *ROOT.glob("chapters/[!.]*.*")]
    names = [file.relative_to(ROOT).with_suffix(".html") for file in files]
    assert {site / name for name in names} <= pages
    assert "url=intro.html" in str(read(site / "index.html"))
    assert links_resolve(site / "index.html") == []


def test_a_chapter_has_number_subtitle_listings_and_formulas(site, chapters):
    for number, page in chapters.items():
        assert page.h1.get_text().startswith(f"{number} ")
        assert page.select_one("h1 + p.subtitle > em")
    assert not read(site / "chapters/solutions.html").select(".subtitle")
    assert chapters["01"].select(".cell_output .highlight-python")
    assert chapters["01"].select('math[display="block"] mfrac')


def test_solutions_are_in_closed_folds(site):
    page = read(site / "chapters/solutions.html")
    listings = page.article("pre")
    assert len(listings) > 20
    assert len(page.article.select("details:not([open]) pre")) == len(listings)


def test_figures_tables_and_equations_are_referred_to_by_number(chapters):
    kinds = set()
    for page in chapters.values():
        for tag in page.select("figure[id], table[id], .math[id]"):
            links = page.select(f'article a.reference[href="#{tag["id"]}"]')
            texts = [link.get_text() for link in links]
            number = re.compile(r"(Fig\. |Table )\d+|\(\d+\)")
            assert texts and all(map(number.fullmatch, texts)), texts
            kinds.add(tag.name)
    assert kinds == {"figure", "table", "div"}


# Predictions, the package's own source, and numbers behind pictures


def test_predicted_outputs_and_answers_are_in_closed_folds(chapters):
    for nb, page in notebooks(chapters):
        predicted = cells_with("predict", nb)
        folds = page.select("details.fold-predict:not([open])")
        assert len(folds) == len(predicted)
        for fold, (cell, following) in zip(folds, predicted):
            listing = fold.find_previous_sibling()
            assert listing.get_text().strip() == cell.source
            assert len(fold.select(".cell_output")) == 1
            is_answered = "answer" in following.metadata.get("tags", [])
            assert len(fold.select(".answer")) == is_answered
        assert not page.select(".answer:not(details.fold-predict > *)")


@pytest.mark.parametrize("tag", ["package", "numbers"])
def test_cells_that_are_folded_as_a_whole_are_in_closed_folds(chapters, tag):
    number_of_folds = 0
    for nb, page in notebooks(chapters):
        folds = page.select(f"details.fold-{tag}:not([open])")
        listings = [one.select_one(".cell_input").get_text() for one in folds]
        sources = [cell.source for cell, _ in cells_with(tag, nb)]
        assert [listing.strip() for listing in listings] == sources
        assert all(fold.select_one(".cell_output") for fold in folds)
        number_of_folds += len(folds)
    assert number_of_folds


def test_a_prediction_with_options_is_one_choice(chapters):
    boxes = r"(?ms)^:::\{admonition\} Predict, then run$(.*?)^:::$"
    number_of_choices = 0
    for nb, page in notebooks(chapters):
        text = "\n".join(cell.source for cell in nb.cells)
        lists = [box.count("\n- ") for box in re.findall(boxes, text)]
        choices = page.select(".admonition > fieldset[aria-label]")
        radios = [choice.select("label > input") for choice in choices]
        assert [len(one) for one in radios] == [n for n in lists if n]
        names = [{radio["name"] for radio in one} for one in radios]
        assert [len(one) for one in names] == [1] * len(names)
        assert len(set().union(*names)) == len(names)
        number_of_choices += len(choices)
    assert number_of_choices


def notebooks(chapters):
    """The chapter's notebooks, each with its page."""
    for path in CHAPTERS:
        if path.suffix == ".ipynb":
            nb = nbformat.read(path, as_version=4)
            yield nb, chapters[path.stem[:2]]


def cells_with(tag, nb):
    """The cells with a tag, each with the one after it."""
    pairs = zip(nb.cells, nb.cells[1:])
    return [pair for pair in pairs if tag in pair[0].metadata.get("tags", [])]


# The glossary, the index and the references


def test_each_term_is_linked_once_in_a_chapter_and_all_are_used(chapters):
    used = set()
    for page in chapters.values():
        links = [link["href"] for link in page.select(".term a")]
        assert len(links) == len(set(links)) >= 8
        used.update(links)
        words = page.select(".term > dfn[tabindex]")
        meanings = [page.find(id=word["aria-describedby"]) for word in words]
        assert len(meanings) == len(links)
        for text, word in zip(meanings, words):
            assert text.find_parent(class_="term") is word.parent
            assert len(text.get_text().split()) > 4 and not text.select("a")
    anchors = {f"glossary.html#term-{term.replace(' ', '-')}" for term in TERMS}
    assert used == anchors


def test_glossary_and_index_lead_to_where_a_term_is_bold(site):
    index = {a["href"] for a in read(site / "genindex.html").select("main a")}
    glossary = read(site / "chapters/glossary.html")
    entries = glossary.select("dl.glossary > dd")
    assert len(entries) == len(TERMS)
    for term, entry in zip(TERMS, entries):
        place = entry.select("a:not(:has(.std-term))")[-1]["href"]
        page, _, section = place.partition("#")
        bold = f"#{section} strong" if section else "strong"
        found = read(site / "chapters" / page).select(bold)
        texts = [tag.dfn or tag for tag in found]  # without its card
        matches = [ANY_TERM.fullmatch(text.get_text()) for text in texts]
        assert term in [term_of(match) for match in matches if match], place
        assert f"chapters/{page}#term-{make_id(term)}" in index


def test_every_reference_is_cited_and_listed(site):
    pages = [ROOT / "intro.md", ROOT / "chapters/how_we_know.md"]
    pages += ROOT.glob("chapters/questions*.ipynb")
    files = [*CHAPTERS, *pages, *ROOT.glob("micrograd/**/*.py")]
    text = "".join(path.read_text("utf-8") for path in files)
    for words in KEYS:
        authors, _, year = words.rpartition(", ")
        assert re.search(rf"{authors}(, | \(){year}", text), words
    entries = read(site / "chapters/references.html").select(".references > li")
    assert len(entries) == len(KEYS) >= 10


def test_every_question_that_was_collected_is_answered_in_a_section(site):
    with open(ROOT / "data/questions.csv", encoding="utf-8") as file:
        asked = list(csv.DictReader(file))
    place = re.compile(r"[\w.-]+/[\w.-]+#\d+|[\w.-]+\.\w+/\S+")
    for row in asked:
        places = row["asked at"].split(", ")
        assert all(map(place.fullmatch, places)), row
        file, _, section = row["answered in"].partition("#")
        page = site / "chapters" / Path(file).with_suffix(".html")
        answer = read(page).find("section", id=section)
        assert answer and len(answer.get_text().split()) > 15, row
    assert len({row["question"] for row in asked}) == len(asked) >= 200
    answers = {row["answered in"] for row in asked}
    assert len(answers) >= 100


def test_what_was_measured_for_an_answer_stands_in_it():
    texts = []
    for path in sorted(ROOT.glob("chapters/questions*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        texts += [cell.source for cell in cells if cell.cell_type == "markdown"]
    parts = re.split("^#+ ", "\n".join(texts), flags=re.MULTILINE)
    answers = dict(part.partition("\n")[::2] for part in parts)
    with open(ROOT / "data/answers.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            number = rf"(?<![\d.]){re.escape(row['value'])}(?![\d])"
            assert re.search(number, answers[row["question"]]), row


# The pages about the package


def test_the_api_has_every_public_definition_and_leads_to_its_source(site):
    page = read(site / "chapters/api.html")
    definition = re.compile(r"^(?:def|class) ([A-Za-z]\w*)", re.MULTILINE)
    for file in ROOT.glob("micrograd/[!_]*.py"):
        for name in definition.findall(file.read_text("utf-8")):
            entry = page.find(id=f"micrograd.{file.stem}.{name}")
            assert entry and entry.select_one('a[href*="_modules"]'), name
    assert page.find(id="micrograd.engine.Value")
    assert "`" not in page.article.get_text()


def test_the_source_pages_have_every_line_of_the_package(site):
    parts = ("", "_practice", "_moving", "_play")
    pages = [site / f"chapters/source{part}.html" for part in parts]
    listings = [pre.get_text() for page in pages for pre in read(page)("pre")]
    files = ROOT.glob("micrograd/**/*.*")
    kinds = (".py", ".js", ".css", ".html")
    texts = [file.read_text("utf-8") for file in files if file.suffix in kinds]
    assert sorted(listings) == sorted(texts)
