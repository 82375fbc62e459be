"""The book is built from the stored outputs, with warnings as errors, and its pages are read. Each check gets the path
of a page and returns what is wrong with it; BROKEN holds a page for each of them that it must reject."""

import re
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from build_book import ROOT, build

sys.path.append(str(ROOT / "book_ext"))
from site_pages import mathml

OUTSIDE = re.compile(r"(https?:)?//", re.IGNORECASE)


@pytest.fixture(scope="module")
def pages(site):
    """All pages but index.html, which leads to intro.html and has no text."""
    return [
        path
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts and path.name != "index.html"
    ]


def read(path: Path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def ids(path: Path):
    return {tag["id"] for tag in read(path).select("[id]")}


def links_resolve(path):
    """Every internal address in the page names a file that is there, and an id in it."""
    found = []
    for tag in read(path).select("[href], [src]"):
        address = tag.get("href", tag.get("src"))
        parts = urlsplit(address)
        if parts.scheme or OUTSIDE.match(address) or address == "#":
            continue
        target = path.parent / unquote(parts.path) if parts.path else path
        if not target.is_file():
            found.append(f"{address}: no such file")
        elif parts.fragment and unquote(parts.fragment) not in ids(
            target.resolve()
        ):
            found.append(f"{address}: no such anchor")
    refresh = re.findall(
        r'http-equiv="refresh"[^>]*url=([^">\s]+)',
        path.read_text(encoding="utf-8"),
        re.IGNORECASE,
    )
    return found + [
        f"{address}: no such file"
        for address in refresh
        if not (path.parent / address).is_file()
    ]


def nothing_from_outside(path):
    """No other host is asked for a script, a style, a font, a picture or a frame."""
    soup = read(path)
    tags = soup.select(
        "script[src], img[src], iframe[src], source[src], video[src], audio[src], embed[src], input[src]"
    )
    found = [tag["src"] for tag in tags] + [
        tag["href"] for tag in soup.select("link[href]")
    ]
    found += [tag["srcset"] for tag in soup.select("[srcset]")] + [
        tag["data"] for tag in soup.select("object[data]")
    ]
    styles = [tag.string or "" for tag in soup.find_all("style")] + [
        tag["style"] for tag in soup.select("[style]")
    ]
    for link in soup.select('link[rel~="stylesheet"]'):
        file = path.parent / urlsplit(link["href"]).path
        styles += [file.read_text(encoding="utf-8")] if file.is_file() else []
    for style in styles:
        found += re.findall(
            r"""(?:url\(|@import)\s*["']?\s*([^"')\s;]+)""", style
        )
    for script in soup.select(
        "script:not([src])"
    ):  # a script that writes a tag, as the theme's logo does
        found += re.findall(
            r"""(?:src|href)\s*=\s*[\\"'`]*((?:https?:)?//[^"'`\s]+)""",
            script.string or "",
        )
    return [address for address in found if OUTSIDE.match(address)]


def one_heading(path):
    headings = read(path).find_all("h1")
    return (
        []
        if len(headings) == 1
        else [f"{len(headings)} h1: {[h.get_text() for h in headings]}"]
    )


def pictures_are_described(path):
    """Every picture has an alt text of several words that is not its file's name."""
    return [
        f"{img.get('src')}: alt {img.get('alt')!r}"
        for img in read(path).find_all("img")
        if len((img.get("alt") or "").split()) < 3
        or re.search(r"\.(svg|png|jpe?g|gif)\b", img["alt"])
    ]


def has_a_title(path):
    title = read(path).title
    return [] if title and title.get_text(strip=True) else ["no title"]


def formulas_are_typeset(path):
    """No TeX is left in the text, no empty formula, and no script that would typeset one."""
    soup = read(path)
    found = [
        str(math)[:80]
        for math in soup.find_all("math")
        if not math.get_text(strip=True)
    ]
    found += [
        str(tag)[:80] for tag in soup.select(".math") if not tag.find("math")
    ]
    found += [
        str(script)[:80]
        for script in soup.find_all("script")
        if re.search("(?i)mathjax|katex", str(script))
    ]
    for tag in soup(["code", "pre", "script", "style", "math"]):
        tag.decompose()
    return found + re.findall(
        r"\$[^$\n]+\$|\\[(\[]|\\(?:begin|frac|partial|sum|cdot|text)\b.*",
        soup.get_text(),
    )


SCRIPTS = {  # and what of a page uses them; * is for the theme, which has its part on every page
    "documentation_options.js": "*",
    "doctools.js": "*",
    "sphinx_highlight.js": "*",
    "sphinx-book-theme.js": "*",
    "bootstrap.js": "*",
    "pydata-sphinx-theme.js": "*",
    "clipboard.min.js": ".highlight pre",
    "copybutton.js": ".highlight pre",
    "searchtools.js": "#search-results",
    "language_data.js": "#search-results",
    "searchindex.js": "#search-results",
}


def scripts_are_used(path):
    """Each script is known, has its use on the page, and is linked once."""
    soup = read(path)
    names = [
        Path(urlsplit(script["src"]).path).name
        for script in soup.select("script[src]")
    ]
    return [
        name
        for i, name in enumerate(names)
        if name in names[:i]
        or not soup.select_one(SCRIPTS.get(name, "unknown"))
    ]


CHECKS = [
    links_resolve,
    nothing_from_outside,
    one_heading,
    pictures_are_described,
    has_a_title,
    formulas_are_typeset,
    scripts_are_used,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_pages(pages, check):
    found = {path.name: check(path) for path in pages}
    assert {
        name: problems for name, problems in found.items() if problems
    } == {}


def test_every_chapter_is_a_page(site, pages):
    sources = [
        *ROOT.glob("chapters/*.ipynb"),
        *ROOT.glob("chapters/*.md"),
        ROOT / "intro.md",
    ]
    assert (
        "url=intro.html" in (site / "index.html").read_text()
        and links_resolve(site / "index.html") == []
    )
    assert {
        source.relative_to(ROOT).with_suffix(".html") for source in sources
    } <= {p.relative_to(site) for p in pages}


def test_listings_and_formulas_are_there(site):
    page = read(site / "chapters/01_value.html")
    assert page.select(".cell_output .highlight-python") and page.select(
        'math[display="block"] mfrac'
    )


# The checks themselves: a page in which nothing is wrong, and what each check must find.

GOOD = """<html><head><title>T</title><link rel="stylesheet" href="a.css"><style>p {{ color: red }}</style></head><body>
<h1 id="here">T</h1><a href="#here">up</a><a href="https://example.org">out</a><img src="a.svg" alt="a picture of it">
<p><code>$x$ \\frac</code><span class="math"><math><mi>x</mi></math></span></p>{}</body></html>"""
BROKEN = [
    (links_resolve, '<a href="missing.html">x</a>'),
    (links_resolve, '<a href="page.html#missing">x</a>'),
    (links_resolve, '<a href="#missing">x</a>'),
    (links_resolve, '<script src="missing.js"></script>'),
    (
        links_resolve,
        '<meta http-equiv="Refresh" content="0; url=missing.html" />',
    ),
    (nothing_from_outside, '<script src="https://example.org/a.js"></script>'),
    (nothing_from_outside, '<link rel="preload" href="//example.org/a.woff2">'),
    (
        nothing_from_outside,
        '<img src="http://example.org/a.svg" alt="a picture of it">',
    ),
    (nothing_from_outside, '<iframe src="https://example.org"></iframe>'),
    (
        nothing_from_outside,
        "<style>@font-face { src: url('https://example.org/a.woff2') }</style>",
    ),
    (
        nothing_from_outside,
        '<p style="background: url(//example.org/a.png)">x</p>',
    ),
    (nothing_from_outside, '<link rel="stylesheet" href="outside.css">'),
    (
        nothing_from_outside,
        '<script>document.write(`<img src="https://example.org/a.svg"/>`)</script>',
    ),
    (one_heading, "<h1>another</h1>"),
    (pictures_are_described, '<img src="a.svg">'),
    (pictures_are_described, '<img src="a.svg" alt="">'),
    (
        pictures_are_described,
        '<img src="a.svg" alt="the file ../_images/a.svg">',
    ),
    (has_a_title, None),
    (formulas_are_typeset, "<p>raw $x^2$ here</p>"),
    (formulas_are_typeset, "<p>raw \\(x\\) here</p>"),
    (formulas_are_typeset, '<span class="math">x</span>'),
    (formulas_are_typeset, '<span class="math"><math></math></span>'),
    (formulas_are_typeset, '<script src="mathjax.js"></script>'),
    (scripts_are_used, '<script src="_static/togglebutton.js?v=1"></script>'),
    (scripts_are_used, '<script src="_static/clipboard.min.js?v=1"></script>'),
    (
        scripts_are_used,
        '<script src="_static/doctools.js"></script><script src="_static/doctools.js"></script>',
    ),
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.css").write_text("p { background: url(a.svg) }")
    (tmp_path / "outside.css").write_text(
        '@import "https://example.org/b.css";'
    )
    (tmp_path / "a.svg").write_text("<svg/>")
    return tmp_path


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_check_accepts_a_good_page(folder, check):
    (folder / "page.html").write_text(GOOD.format(""))
    assert check(folder / "page.html") == []


@pytest.mark.parametrize(
    "check, damage", BROKEN, ids=[check.__name__ for check, _ in BROKEN]
)
def test_check_rejects_a_broken_page(folder, check, damage):
    text = (
        GOOD.format(damage)
        if damage
        else GOOD.format("").replace("<title>T</title>", "<title> </title>")
    )
    (folder / "page.html").write_text(text)
    assert check(folder / "page.html") != []


# The formulas


@pytest.mark.parametrize(
    "tex, part",
    [
        (
            r"\frac{\partial d}{\partial a}",
            "<mfrac><mrow><mi>&#x02202;</mi><mi>d</mi></mrow>",
        ),
        (r"\begin{aligned} z &= x \\ &= 2 \end{aligned}", "<mtable"),
        (r"\begin{align} z &= x \end{align}", "<mtable"),
        (r"\max(0, a)", "<mi>max</mi>"),
        (r"x \pm h", "<mo>&#x000B1;</mo>"),
        ("a = -3", '<mo form="prefix">&#x02212;</mo>'),
        ("f'(x)", '<mo lspace="0" rspace="0">&#x02032;</mo>'),
    ],
)
def test_a_formula_becomes_mathml(tex, part):
    assert part in mathml(tex)


@pytest.mark.parametrize(
    "tex",
    [
        r"\unknown{x}",
        "a & b",
        r"\frac{a",
        "x_{",
        r"\begin{gather} a \\ b \end{gather}",
    ],
)
def test_a_formula_that_would_stay_raw_is_refused(tex):
    with pytest.raises(ValueError):
        mathml(tex)


def test_a_broken_book_is_not_built(tmp_path):
    for name in ("_config.yml", "references.bib", "book_ext", "assets"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: intro\n")
    broken = [
        r"$\unknown{x}$",
        "[a](missing.md)",
        "{cite}`nobody1900`",
        "{ref}`nowhere`",
    ]
    (tmp_path / "intro.md").write_text("\n\n".join(["# Title", *broken]))
    run = build(tmp_path, tmp_path)
    assert run.returncode != 0
    assert [
        word
        for word in (r"\unknown", "missing.md", "nobody1900", "nowhere")
        if word not in run.stderr
    ] == []
