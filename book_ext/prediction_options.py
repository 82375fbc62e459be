"""A list at the end of a box "Predict, then run" is a choice of options.

They are radio buttons: the browser's own, without a script, and nobody keeps
or checks what is chosen. Each option is one paragraph. In JupyterLab and on a
code host, the list is a list.
"""

from docutils import nodes
from sphinx.transforms import SphinxTransform
from this_book import is_ours

TITLE = "Predict, then run"


class Options(nodes.bullet_list):
    """The options of a box; `name` tells them from those of others."""


class Option(nodes.list_item):
    """One of them: text, without a paragraph around it."""


def visit_options(self, node):
    label = 'aria-label="Your prediction"'
    self.body.append(f'<fieldset class="options" {label}>\n')


def depart_options(self, node):
    self.body.append("</fieldset>\n")


def visit_option(self, node):
    name = node.parent["name"]
    self.body.append(f'<label><input type="radio" name="{name}"> <span>')


def depart_option(self, node):
    self.body.append("</span></label>\n")


def offer_options(document: nodes.document):
    """Make the lists of a page's boxes options, in place."""
    boxes = [box for box in document.findall(nodes.admonition) if asks(box)]
    for number, box in enumerate(boxes, 1):
        items = [Option("", *item[0].children) for item in box[-1]]
        box[-1] = Options("", *items, name=f"prediction-{number}")


def asks(box: nodes.admonition) -> bool:
    """Whether a box has options: paragraphs, for a label holds no more."""
    title, last = box[0].astext(), box[-1]
    if title != TITLE or not isinstance(last, nodes.bullet_list):
        return False
    contents = [part for item in last for part in item]
    paragraphs = [c for c in contents if isinstance(c, nodes.paragraph)]
    return contents == paragraphs and len(contents) == len(last)


class PredictionOptions(SphinxTransform):
    default_priority = 800  # when the page has its final text

    def apply(self, **kwargs):
        if is_ours(self.env, self.env.docname):
            offer_options(self.document)


def setup(app):
    app.add_node(Options, html=(visit_options, depart_options))
    app.add_node(Option, html=(visit_option, depart_option))
    app.add_transform(PredictionOptions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
