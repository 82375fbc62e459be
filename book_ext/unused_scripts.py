"""A page does not load the scripts of extensions that it does not use."""

# Scripts that extensions link into every page, and what a page has that needs
# them.
NEEDED_BY = {
    "_static/clipboard.min.js": 'class="highlight',
    "_static/copybutton.js": 'class="highlight',
    "_static/design-tabs.js": "sd-tab-set",
}


def is_unused(filename: str, body: str) -> bool:
    return filename in NEEDED_BY and NEEDED_BY[filename] not in body


def remove_unused(app, pagename, templatename, context, doctree):
    body = context.get("body", "")
    context["script_files"] = [
        script
        for script in context["script_files"]
        if not is_unused(script.filename, body)
    ]


def setup(app):
    # Late, when the other extensions have added theirs
    app.connect("html-page-context", remove_unused, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
