"""The little Markdown of a quiz: `code`, *emphasis* and [links](address)."""

import re
from html import escape

MARKS = re.compile(
    r"`(?P<code>[^`]+)`"
    r"|\[(?P<link>[^\]]+)\]\((?P<address>[^)\s]+)\)"
    r"|\*(?P<emphasis>[^\s*](?:[^*]*[^\s*])?)\*"
)


def as_html(text: str) -> str:
    """The text as HTML; each link follows a "See"."""
    parts = []
    end = 0
    for mark in MARKS.finditer(text):
        parts.append(typeset(text[end : mark.start()]))
        end = mark.end()
        if mark["code"]:
            parts.append(f"<code>{escape(mark['code'])}</code>")
        elif mark["link"]:
            address = escape(mark["address"])
            title = typeset(mark["link"])
            parts.append(f'See <a href="{address}">{title}</a>')
        else:
            parts.append(f"<em>{typeset(mark['emphasis'])}</em>")
    parts.append(typeset(text[end:]))
    return "".join(parts)


def typeset(text: str) -> str:
    """Text without marks as HTML, with the quotation marks of a book."""
    curled = re.sub('"([^"]*)"', r"“\1”", text).replace("'", "’")
    return escape(curled)


def as_text(text: str) -> str:
    """The text for a terminal, in which a link says where it leads."""

    def plain(mark: re.Match[str]) -> str:
        if mark["link"]:
            file = mark["address"].partition(".ipynb")[0]
            where = "" if file.startswith("#") else f" in {file}"
            return f"See “{mark['link']}”{where}"
        return mark["emphasis"] or mark[0]

    return MARKS.sub(plain, text)


def links(text: str) -> list[str]:
    """The addresses of the links in a text."""
    return [mark["address"] for mark in MARKS.finditer(text) if mark["link"]]
