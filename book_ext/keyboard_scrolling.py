"""Tables and pictures that scroll sideways are in reach of the keyboard."""

import re

SCROLLS = re.compile(
    r'<(?=div class="pst-scrollable-table-container"'
    r'|figure class="[^"]*\bwide\b)(div|figure)'
)


def add_tabindex(app, pagename, templatename, context, doctree):
    if "body" in context:
        context["body"] = SCROLLS.sub(r'<\1 tabindex="0"', context["body"])


def setup(app):
    app.connect("html-page-context", add_tabindex)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
