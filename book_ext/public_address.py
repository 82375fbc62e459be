"""What a book with a public address has beyond one without.

`public_repository` and `public_site` in _config.yml are the only place where
addresses stand. With the first, there are buttons to the repository, to its
issues, to Colab and to Binder; with the second, a canonical address and the
tags from which other sites make a preview. Where they are empty, nothing of
this appears.
"""

import re

from sphinx.errors import ConfigError

BUTTONS = {
    "use_repository_button": True,
    "use_issues_button": True,
    "repository_branch": "main",
    "launch_buttons": {
        "colab_url": "https://colab.research.google.com",
        "binderhub_url": "https://mybinder.org",
        "notebook_interface": "jupyterlab",
    },
}
PREVIEW = {
    "ogp_image": "_static/social.png",
    "ogp_image_alt": "The graph of a times b plus c with its gradients",
    "ogp_custom_meta_tags": [
        '<meta name="twitter:card" content="summary_large_image" />'
    ],
}


def check(name: str, address: str, form: str):
    """ConfigError for an address that has another form."""
    if not re.fullmatch(form, address):
        raise ConfigError(
            f"{name} in _config.yml has the form {form}, not {address!r}"
        )


def add_buttons(app, config):
    """The theme's buttons, where there is a repository."""
    address = config.public_repository
    if address:
        form = r"https://github\.com/[\w.-]+/[\w.-]+"
        check("public_repository", address, form)
        config.html_theme_options |= BUTTONS
        config.html_theme_options["repository_url"] = address


def add_previews(app, config):
    """The tags of a preview, where the book has a site."""
    address = config.public_site
    if address:
        check("public_site", address, r"https://[\w./-]+/")
        config.html_baseurl = address
        app.setup_extension("sphinxext.opengraph")
        config.ogp_site_url = address
        for name, value in PREVIEW.items():
            config[name] = value


def setup(app):
    app.add_config_value("public_repository", "", "html")
    app.add_config_value("public_site", "", "html")
    app.connect("config-inited", add_buttons)
    app.connect("config-inited", add_previews)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
