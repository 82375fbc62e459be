"""Formulas become MathML while the book is built.

So a page needs no script and no other host to typeset them.
"""

import re

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

logger = logging.getLogger(__name__)
converter = LatexToMathML(fancy_error=False)

NUMBERED = re.compile(r"\{(equation|align|gather|multline)\}")
PRIME = re.compile(r"<msup>(<mi>\w+</mi>)<mo>([\u2032-\u2034])</mo></msup>")


def mathml(tex: str, display: bool) -> str:
    """The formula as a <math> element; a LatexError where it is not a formula.

    Without a starred environment the converter would number the lines, which
    is what Sphinx does. And it raises the signs of f' and f'', which most fonts
    raise already: they would be tiny and float above the letter.
    """
    tex = NUMBERED.sub(r"{\1*}", tex)
    math = converter.convert_with_local_state(tex, displaystyle=display)
    return PRIME.sub(r'<mrow>\1<mo lspace="0" rspace="0">\2</mo></mrow>', math)


def mathml_or_warning(node, display: bool) -> str:
    """The formula of a node; a wrong one is a warning with its place."""
    try:
        return mathml(node.astext(), display)
    except LatexError as error:
        message = "not a formula: %r (%s)"
        logger.warning(message, node.astext(), error, location=node)
        return ""


# What touches a formula in the text before and after it. At a dash, a line may
# well be broken.
BEFORE = re.compile(r"[^\s\u2014]*$")
AFTER = re.compile(r"[^\s\u2014]*")


def keep_what_touches(document: nodes.document):
    """Make each formula in a text one piece with what touches it, in place.

    A browser may break a line at any side of a formula. Then a comma would
    stand alone at the beginning of the next one.
    """
    for formula in list(document.findall(nodes.math)):
        line = formula.parent
        place = line.index(formula)
        left, right = text_at(line, place - 1), text_at(line, place + 1)
        start, end = BEFORE.search(left).start(), AFTER.match(right).end()
        piece = nodes.inline(classes=["unbroken"])
        piece += [nodes.Text(left[start:]), formula, nodes.Text(right[:end])]
        first, last = place - bool(left), place + bool(right)
        rest = nodes.Text(left[:start]), nodes.Text(right[end:])
        line[first : last + 1] = [rest[0], piece, rest[1]]


def keep_together(app, document, docname):
    keep_what_touches(document)


def text_at(line: nodes.Element, place: int) -> str:
    """The text at a place; an empty one where there is something else."""
    if 0 <= place < len(line) and isinstance(line[place], nodes.Text):
        return line[place].astext()
    return ""


def visit_math(self, node):
    math = mathml_or_warning(node, display=False)
    self.body.append(f'<span class="math">{math}</span>')
    raise nodes.SkipNode


def visit_math_block(self, node):
    # In reach of the keyboard, so that a wide formula can be scrolled with it
    self.body.append(self.starttag(node, "div", CLASS="math", tabindex=0))
    if node["number"]:
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append(f"{mathml_or_warning(node, display=True)}</div>\n")
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer(
        "mathml", (visit_math, None), (visit_math_block, None)
    )
    app.connect("doctree-resolved", keep_together)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
