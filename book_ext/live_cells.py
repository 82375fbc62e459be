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
from pathlib import Path

import graphviz
from IPython.lib import pretty
from this_book import BOOK, is_ours, source_file

HERE = Path(__file__).parent / "live"
FETCHED = HERE / "node_modules"
IS_COMPLETE = FETCHED / ".package-lock.json"  # npm writes it last
SCRIPTS = [
    FETCHED / "pyodide/pyodide.asm.js",
    FETCHED / "pyodide/pyodide.js",
    FETCHED / "@viz-js/viz/dist/viz-global.js",
    HERE / "worker.js",
]
DATA = ["pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip"]
TITLE = re.compile(r'</h1>(\s*<p class="subtitle">.*?</p>)?', re.DOTALL)


def package() -> bytes:
    """What Python needs in the page, as a zip with the same bytes every time.

    In it, what the cells print is laid out as in a notebook: by IPython.
    """
    site_packages = Path(graphviz.__file__).parents[1]
    sources = (BOOK, "micrograd"), (BOOK, "data"), (site_packages, "graphviz*")
    files = {
        path.relative_to(root).as_posix(): path
        for root, folder in sources
        for path in root.glob(f"{folder}/**/*.*")
        if path.suffix not in (".pyc", ".png")
    }
    files["run_cells.py"] = HERE / "run_cells.py"
    files["IPython/lib/pretty.py"] = Path(pretty.__file__)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, path in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), path.read_bytes())
    return packed.getvalue()


def write_files(app, error):
    if error or not IS_COMPLETE.exists():
        return
    files = {name: (FETCHED / "pyodide" / name).read_bytes() for name in DATA}
    files["worker.js"] = b"\n;\n".join(path.read_bytes() for path in SCRIPTS)
    files["package.zip"] = package()
    texts = {
        name: b64encode(gzip.compress(data, mtime=0)).decode()
        for name, data in files.items()
    }
    folder = Path(app.outdir) / "live"
    folder.mkdir(exist_ok=True)
    (folder / "files.js").write_text(
        f"liveFiles = {json.dumps(texts)};\n", "utf-8", newline="\n"
    )
    (folder / "page.js").write_bytes((HERE / "page.js").read_bytes())


def add_button(app, pagename, templatename, context, doctree):
    if not (doctree and IS_COMPLETE.exists() and is_ours(app.env, pagename)):
        return
    if source_file(app.env, pagename).suffix == ".ipynb":
        address = context["pathto"]("live/page.js", resource=True)
        button = (HERE / "button.html").read_text("utf-8")
        button = button.replace("{page.js}", address)
        body = context["body"]
        context["body"] = TITLE.sub(lambda title: title[0] + button, body, 1)


def setup(app):
    app.connect("html-page-context", add_button)
    app.connect("build-finished", write_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
