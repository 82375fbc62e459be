"""What a book with a public address has beyond one without: buttons to the repository, to its issues, to Colab and to
Binder, a canonical address and a preview for those who share a page. `public_repository` and `public_site` in
_config.yml are the only place where addresses stand; where they are empty, nothing of this appears."""

import re
from html import escape

from sphinx.errors import ConfigError

BRANCH = "main"
BUTTONS = {
    "use_repository_button": True,
    "use_issues_button": True,
    "repository_branch": BRANCH,
    "launch_buttons": {
        "colab_url": "https://colab.research.google.com",
        "binderhub_url": "https://mybinder.org",
        "notebook_interface": "jupyterlab",
    },
}


def check(name: str, address: str, form: str):
    """ConfigError for an address that has another form."""
    if not re.fullmatch(form, address):
        raise ConfigError(
            f"{name} in _config.yml has the form {form}, not {address!r}"
        )


def buttons(app, config):
    """The theme's buttons, where there is a repository."""
    if config.public_repository:
        check(
            "public_repository",
            config.public_repository,
            r"https://github\.com/[\w.-]+/[\w.-]+",
        )
        config.html_theme_options |= {
            **BUTTONS,
            "repository_url": config.public_repository,
        }
    if config.public_site:
        check("public_site", config.public_site, r"https://[\w./-]+/")
        config.html_baseurl = config.public_site


def preview(app, pagename, templatename, context, doctree):
    """The tags that other sites read, where the book has an address of its own."""
    if site := app.config.html_baseurl:
        words = {
            "og:type": "website",
            "og:title": context.get("title", app.config.project),
            "og:site_name": app.config.project,
            "og:url": f"{site}{pagename}.html",
            "og:image": f"{site}_static/social.png",
            "og:image:alt": "The graph of a times b plus c with its gradients",
            "twitter:card": "summary_large_image",
        }
        context["metatags"] = context.get("metatags", "") + "".join(
            f'<meta property="{name}" content="{escape(re.sub("<[^>]+>", "", word))}" />\n'
            for name, word in words.items()
        )


def setup(app):
    app.add_config_value("public_repository", "", "html")
    app.add_config_value("public_site", "", "html")
    app.connect("config-inited", buttons)
    app.connect("html-page-context", preview)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
