"""What Sphinx does to the pages of this book beyond its own: formulas become MathML while the book is built, so that a
page needs no script and no other host to typeset them, and scripts that a page does not use are not linked."""

import inspect
import re

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

logger = logging.getLogger(__name__)

# latex2mathml knows these environments under another name, or numbers their lines, which is Sphinx's business.
ENVIRONMENTS = {"aligned": "split", "align": "align*", "equation": "equation*"}

# TeX sees from the context that these are no operators between two operands, which have wide spaces; MathML is told.
BETTER = [
    (
        r"<mo>([A-Za-z]+|/|&#x02202;)</mo>",
        r"<mi>\1</mi>",
    ),  # max, a slash, the partial derivative's sign
    (
        r'<mo stretchy="false">&#x0007C;',
        '<mo stretchy="false" lspace="0" rspace="0">&#x0007C;',
    ),  # |a|
    (
        r"<mi>&#x000B1;</mi>",
        "<mo>&#x000B1;</mo>",
    ),  # plus or minus is an operator after all
    (
        r"(<mo>[^<]*</mo>|&#x00028;</mo>)<mo>&#x02212;",
        r'\1<mo form="prefix">&#x02212;',
    ),  # = -3
    (
        r"<msup>(<mi>\w+</mi>)<mi>(&#x0203[234];)</mi></msup>",  # f'(x): the sign is raised and small already
        r'<mrow>\1<mo lspace="0" rspace="0">\2</mo></mrow>',
    ),
]


def mathml(tex: str, display: str = "inline") -> str:
    """The formula as a <math> element; ValueError where it holds something that would come out as raw TeX."""
    for name, known in ENVIRONMENTS.items():
        tex = tex.replace(f"{{{name}}}", f"{{{known}}}")
    try:
        math = convert(tex, display=display)
    except Exception as error:  # the converter has no error of its own
        raise ValueError(
            f"not a formula: {tex!r} ({type(error).__name__} {error})"
        ) from error
    if tex.replace(r"\{", "").count("{") != tex.replace(r"\}", "").count("}"):
        raise ValueError(f"not as many opening as closing braces in {tex!r}")
    if leftover := re.search(r"\\[A-Za-z]*|&(?!#?\w+;)|linebreak", math):
        raise ValueError(
            f"latex2mathml does not know {leftover[0]!r} in {tex!r}"
        )
    for pattern, better in BETTER:
        math = re.sub(pattern, better, math)
    return math


def formula(node, display: str) -> str:
    try:
        return mathml(node.astext(), display)
    except ValueError as error:
        logger.warning(
            "%s", error, location=node
        )  # an error, as the book is built with -W
        return ""


def visit_math(self, node):
    self.body.append(f'<span class="math">{formula(node, "inline")}</span>')
    raise nodes.SkipNode


def visit_math_block(self, node):
    self.body.append(
        self.starttag(node, "div", CLASS="math", tabindex=0)
    )  # scrolls by keyboard where it is wide
    if node["number"]:
        self.body.append(
            f'<span class="eqno">({get_node_equation_number(self, node)})'
        )
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append(f"{formula(node, 'block')}</div>\n")
    raise nodes.SkipNode


def visit_citation(self, node):
    """docutils writes a list whose entries are no list items, which screen readers cannot follow."""
    if not isinstance(node.previous_sibling(), nodes.citation):
        self.body.append('<ul class="citation-list">\n')
    self.body.append(self.starttag(node, "li", CLASS="citation"))


def depart_citation(self, node):
    self.body.append("</li>\n")
    if not isinstance(
        node.next_node(descend=False, siblings=True), nodes.citation
    ):
        self.body.append("</ul>\n")


# Scripts that extensions link into every page, and what a page has that needs them
NEEDED_BY = {
    "clipboard.min.js": 'class="highlight',
    "copybutton.js": 'class="highlight',
    "design-tabs.js": "sd-tab-set",
}


def mend(app, pagename, templatename, context, doctree):
    """What scrolls must be in reach of the keyboard, a line in italics below the title is a subtitle, and a page has no
    script that it does not use."""
    scrolls = r'<(?=(div class="pst-scrollable-table-container"|figure class="[^"]*\bwide\b))(div|figure)'
    body = re.sub(scrolls, r'<\2 tabindex="0"', context.get("body", ""))
    body = context["body"] = re.sub(
        r"(</h1>\n<p)(><em>[^<]*</em></p>)", r'\1 class="subtitle"\2', body
    )
    unused = [
        f"_static/{name}"
        for name, part in NEEDED_BY.items()
        if part not in body
    ]
    context["script_files"] = [
        s for s in context.get("script_files", []) if s.filename not in unused
    ]


def docstring(app, what, name, thing, options, lines):
    """Docstrings are plain text with `code` and [key2000] in it; on the API's page they are reStructuredText, in which
    the names of arguments are code where they are explained."""
    arguments = (
        "|".join(inspect.signature(thing).parameters)
        if what in ("class", "function", "method")
        else "no one"
    )
    text = re.sub(
        rf"(?<!\S)((?:{arguments})(?:, (?:{arguments}))*):",
        r"`\1`:",
        "\n".join(lines),
    )
    parts = text.split("`")
    parts[::2] = [re.sub(r"([*|\\]|_\b)", r"\\\1", part) for part in parts[::2]]
    parts[::2] = [
        re.sub(r"\[(\w+\d{4}(?:, \w+\d{4})*)\]", r":cite:`\1`", part)
        for part in parts[::2]
    ]
    parts[1::2] = [
        f"``{part}``\\ " for part in parts[1::2]
    ]  # the backslash lets a letter follow
    lines[:] = "".join(parts).split("\n")


def setup(app):
    app.connect("autodoc-process-docstring", docstring)
    app.add_html_math_renderer(
        "mathml", (visit_math, None), (visit_math_block, None)
    )
    app.add_node(
        nodes.citation, override=True, html=(visit_citation, depart_citation)
    )
    app.connect("html-page-context", mend, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
