"""A button at the top of a notebook's page lets the reader run its cells there.

It loads live/page.js, and that loads live/files.js: Pyodide, Viz.js and the
package, each compressed and as text. For a page that was opened from a folder
may load scripts, and no other files. `make book` fetches Pyodide and Viz.js
into live/node_modules; where they are missing, there is no button.
"""

import gzip
import io
import json
import re
import zipfile
from base64 import b64encode
from html import escape
from pathlib import Path

import graphviz
from IPython.lib import pretty
from this_book import BOOK, is_ours, source_file

from micrograd.practice.own_expression import BUGS

HERE = Path(__file__).parent / "live"
FETCHED = HERE / "node_modules"
LIBRARIES = (
    "pyodide/pyodide.asm.js",
    "pyodide/pyodide.asm.wasm",
    "pyodide/pyodide.js",
    "pyodide/pyodide-lock.json",
    "pyodide/python_stdlib.zip",
    "@viz-js/viz/dist/viz-global.js",
)
BUTTON = """
<div class="live-start" hidden>
<button type="button">Make this page live</button>
<p role="status">Then you can change its cells and run them, here in your
browser: Python starts, and nothing leaves your machine.</p></div>
<script>{
const start = document.currentScript.previousElementSibling;
const button = start.querySelector("button");
start.hidden = false;
button.onclick = () => {
  button.onclick = null;
  const script = document.createElement("script");
  script.src = "%s";
  document.head.append(script);
};
}</script>
"""
TITLE = re.compile(r'</h1>(\s*<p class="subtitle">.*?</p>)?', re.DOTALL)


def package() -> bytes:
    """What Python needs in the page, as a zip: the same bytes every time."""
    paths = {"run_cells.py": HERE / "run_cells.py"}
    paths["IPython/lib/pretty.py"] = Path(pretty.__file__)
    for path in Path(graphviz.__file__).parent.rglob("*.py"):
        paths[
            f"graphviz/{path.relative_to(Path(graphviz.__file__).parent)}"
        ] = path
    for path in [*BOOK.glob("micrograd/**/*.*"), *BOOK.glob("data/*.csv")]:
        if path.suffix != ".pyc":
            paths[path.relative_to(BOOK).as_posix()] = path
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, path in sorted(paths.items()):
            archive.writestr(zipfile.ZipInfo(name), path.read_bytes())
    return file.getvalue()


def form() -> str:
    """The form for an expression of one's own, with the bugs to choose from."""
    options = "".join(
        f'<option value="{name}">{escape(str(bug))}</option>'
        for name, bug in BUGS.items()
    )
    return (
        (HERE / "own_expression.html").read_text("utf-8").format(bugs=options)
    )


def write_files(app, error):
    if error or not FETCHED.exists():
        return
    files = {
        Path(name).name: (FETCHED / name).read_bytes() for name in LIBRARIES
    }
    files["worker.js"] = (HERE / "worker.js").read_bytes()
    files["package.zip"] = package()
    files["own_expression.html"] = form().encode()
    texts = {
        name: b64encode(gzip.compress(data, mtime=0)).decode()
        for name, data in files.items()
    }
    folder = Path(app.outdir) / "live"
    folder.mkdir(exist_ok=True)
    (folder / "files.js").write_text(f"liveFiles = {json.dumps(texts)};\n")
    (folder / "page.js").write_bytes((HERE / "page.js").read_bytes())


def add_button(app, pagename, templatename, context, doctree):
    if (
        doctree is None
        or not FETCHED.exists()
        or not is_ours(app.env, pagename)
    ):
        return
    if source_file(app.env, pagename).suffix == ".ipynb":
        button = BUTTON % context["pathto"]("live/page.js", 1)
        body = TITLE.sub(lambda title: title[0] + button, context["body"], 1)
        context["body"] = body


def setup(app):
    app.connect("html-page-context", add_button)
    app.connect("build-finished", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
