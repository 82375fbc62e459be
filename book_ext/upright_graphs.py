"""On a phone, a graph goes from top to bottom, where it can be read like that.

A drawn graph in a notebook brings its source, which is drawn a second time
here. Any other picture NAME.svg gets the picture NAME-upright.svg, if there is
one beside it. On wider screens and on paper, the wide picture stays.
"""

import re
from hashlib import sha256
from pathlib import Path
from posixpath import join
from urllib.parse import quote

from docutils import nodes
from myst_nb.core.render import load_mime_renders
from sphinx.transforms import SphinxTransform
from this_book import is_ours, source_file

from micrograd.graph import render_svg, upright

DOT = "text/vnd.graphviz"
PHONE = "screen and (max-width: 720px)"
WIDTH = 338  # of a picture on a screen of 390 px
SMALLEST = 11  # the height of letters that can still be read, in px


class Picture(nodes.General, nodes.Element):
    """A picture in two forms: an UprightImage and an image."""


class UprightImage(nodes.image):
    """The form for phones. As an image, it is copied into the book."""


class DotRenderer:
    """What MyST-NB asks for nodes to show in the place of an output."""

    mime_priority_overrides = ()

    @staticmethod
    def handle_mime(renderer, data, inline):
        """An UprightImage for the source of a graph, if it can be read."""
        if data.mime_type != DOT:
            return None
        svg = render_svg(upright(data.string))
        if inline or svg is None or not can_be_read(svg):
            return []
        name = f"{sha256(svg.encode()).hexdigest()}.svg"
        uri = renderer.write_file([name], svg.encode(), exists_ok=True)
        return [UprightImage(uri=uri)]


def can_be_read(svg: str) -> bool:
    """Whether the letters of a picture are large enough on a phone."""
    width = float(re.search(r'viewBox="\S+ \S+ (\S+)', svg)[1])
    letters = min(map(float, re.findall(r'font-size="([\d.]+)"', svg)))
    return letters * WIDTH / width >= SMALLEST


def pair(image: nodes.image, upright_image: UprightImage):
    """Put both forms in the place of the image."""
    picture = Picture()
    image.replace_self(picture)
    picture += [upright_image, image]


def pair_outputs(document: nodes.document):
    """Join the two forms of each graph that a notebook has drawn."""
    for upright_image in list(document.findall(UprightImage)):
        container = upright_image.parent
        bundle = container.parent
        bundle.remove(container)
        for image in list(bundle.findall(nodes.image)):
            pair(image, upright_image)


def pair_files(document: nodes.document, folder: Path):
    """Join each picture with the file of its upright form."""
    for image in list(document.findall(nodes.image)):
        path = Path(image["uri"])
        other = path.with_stem(f"{path.stem}-upright")
        if (folder / other).is_file():
            pair(image, UprightImage(uri=other.as_posix()))


class UprightGraphs(SphinxTransform):
    default_priority = 500  # while the page is read: then images are gathered

    def apply(self, **kwargs):
        pair_outputs(self.document)
        if is_ours(self.env, self.env.docname):
            page = source_file(self.env, self.env.docname)
            pair_files(self.document, page.parent)


def visit_picture(self, node):
    self.body.append("<picture>")


def depart_picture(self, node):
    self.body.append("</picture>\n")


def visit_upright(self, node):
    name = quote(self.builder.images[node["uri"]])
    address = join(self.builder.imgpath, name)
    self.body.append(f'<source media="{PHONE}" srcset="{address}">')
    raise nodes.SkipNode


def setup(app):
    if not any(known is DotRenderer for known in load_mime_renders()):
        load_mime_renders().append(DotRenderer)
    app.add_node(Picture, html=(visit_picture, depart_picture))
    app.add_node(UprightImage, html=(visit_upright, None))
    app.add_transform(UprightGraphs)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
