"""On a phone, the panels of a picture stand one below the other.

A picture says in its first tag how many panels of equal width it has. In the
page it is there once for each, and CSS shows one panel of each copy; on wider
screens and on paper, it shows the first copy as a whole. Only that one has a
description, so that nobody hears it twice.
"""

import re
from pathlib import Path

from docutils import nodes
from sphinx.transforms import SphinxTransform

PANELS = re.compile(r'<svg [^>]*?data-panels="(\d+)"')


class Panels(nodes.General, nodes.Element):
    """A picture of several panels: a Panel for each."""


class Panel(nodes.General, nodes.Element):
    """A copy of the picture, of which a phone shows one panel."""


def number_of_panels(path: Path) -> int:
    """The number of panels in a file, which may be no picture of ours."""
    if path.suffix != ".svg" or not path.is_file():
        return 1
    match = PANELS.search(path.read_text(encoding="utf-8"))
    return int(match[1]) if match else 1


def stack(image: nodes.image, number: int):
    """Put panels in the place of the image."""
    panels = Panels(number=number)
    image.replace_self(panels)
    panels += Panel("", image, number=0)
    for i in range(1, number):
        copy = image.deepcopy()
        copy["alt"] = ""
        panels += Panel("", copy, number=i)


class StackedPanels(SphinxTransform):
    default_priority = 500  # while the page is read: then images are gathered

    def apply(self, **kwargs):
        for image in list(self.document.findall(nodes.image)):
            _, path = self.env.relfn2path(image["uri"])
            number = number_of_panels(Path(path))
            if number > 1:
                stack(image, number)


def visit_panels(self, node):
    self.body.append(
        f'<span class="panels" style="--panels: {node["number"]}">'
    )


def visit_panel(self, node):
    self.body.append(f'<span class="panel" style="--panel: {node["number"]}">')


def depart(self, node):
    self.body.append("</span>\n")


def setup(app):
    app.add_node(Panels, html=(visit_panels, depart))
    app.add_node(Panel, html=(visit_panel, depart))
    app.add_transform(StackedPanels)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
