"""Words in a listing that have the colour of its text get no tags of their own.

Names, dots and brackets are every second word of a program. Without their tags,
the pages with the source weigh half as much.
"""

import re

from this_book import is_ours

# Pygments' names of a name, a namespace, punctuation and whitespace
UNCOLOURED = ["n", "nn", "p", "w"]
WORD = re.compile(rf'<span class="(?:{"|".join(UNCOLOURED)})">([^<]*)</span>')


def remove_tags(app, pagename, templatename, context, doctree):
    if is_ours(app.env, pagename) and "body" in context:
        context["body"] = WORD.sub(r"\1", context["body"])


def setup(app):
    # Late, when viewcode has added the links of its listings
    app.connect("html-page-context", remove_tags, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
