"""`Playground`: one thing to play with, as a text and as a part of a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..steps.stepper import save_page

if TYPE_CHECKING:
    from ...picture import Picture

FOLDER = Path(__file__).parent
COLUMNS = 79  # of a line of text
# hidden="hidden": JupyterLab strips empty attributes where it runs no scripts
IMAGE = '\n<img alt="{}" src="data:image/svg+xml;charset=utf-8,{}">'
BLOCK = """<figure class="play play-{name}" aria-label="{title}"
 data-play="{data}">
<style>
{css}</style>
<div class="stored">
<p><strong>{title}</strong>, to play with in a browser that runs scripts.</p>
<ul>
{items}
</ul>{picture}
</div>
<form class="live" hidden="hidden" autocomplete="off">
{live}</form>
<script>
(() => {{
{js}}})();
</script>
</figure>
"""


class Playground:
    """A thing to play with in a notebook or a page, and else a text.

    Args:
        name: The name of its files in this folder, without their endings.
        title: What it is, in a few words.
        lines: What there is to see, in sentences.
        picture: A function that draws it, which may need matplotlib.
        alt: What the picture shows.
        data: What its script gets, made of lists, dictionaries and numbers.
        scripts: The scripts that come before its own.
        parts: What to put in the place of words in braces in its HTML.
    """

    def __init__(
        self,
        name: str,
        title: str,
        lines: Sequence[str],
        picture: Callable[[], Picture],
        alt: str,
        data: dict[str, Any],
        scripts: Sequence[str] = (),
        parts: dict[str, str] | None = None,
    ):
        self.title = title
        self.lines = list(lines)
        live = read(f"{name}.html")
        for word, part in (parts or {}).items():
            live = live.replace(f"{{{word}}}", part)
        self._html = BLOCK.format(
            name=name,
            title=escape(title),
            data=escape(json.dumps(data, ensure_ascii=False)),
            css=read("play.css"),
            items="\n".join(f"<li>{escape(line)}</li>" for line in lines),
            picture=_image(picture, alt),
            live=live,
            js="".join(map(read, ["shared.js", *scripts, f"{name}.js"])),
        )

    def __repr__(self) -> str:
        points = [
            fill(line, COLUMNS, initial_indent="- ", subsequent_indent="  ")
            for line in self.lines
        ]
        return "\n".join([f"{self.title}:", *points])

    def _repr_html_(self) -> str:
        return self._html

    def save(self, path: str | Path) -> None:
        """Write a page of its own to a path that ends in .html.

        Raises:
            ValueError: If the path ends otherwise.
        """
        save_page(path, "a playground", self.title, self._html)


def _image(picture: Callable[[], Picture], alt: str) -> str:
    """A picture as HTML; nothing where it can't be drawn."""
    try:
        svg = picture().svg
    except ModuleNotFoundError:  # in a browser, there is no matplotlib
        return ""
    svg = svg[svg.index("<svg") :].replace('"', "'")
    return IMAGE.format(escape(alt), quote(svg, safe=" '=:/,;()"))


def read(name: str) -> str:
    """The text of a file in this folder."""
    return (FOLDER / name).read_text("utf-8")
