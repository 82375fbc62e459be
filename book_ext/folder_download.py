"""The folder that the book is built from, as a download beside its pages.

With it, a reader can run, test and build everything. The same files give the
same bytes on every build.
"""

import re
import zipfile
from pathlib import Path

from this_book import BOOK

NAME = "micrograd-chapter"
MADE = {"_build", "__pycache__"}
# Other hidden files are caches, or the reader's own
HIDDEN = {
    ".binder",
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".github",
    ".gitignore",
    ".pre-commit-config.yaml",
}


def is_packed(path: Path) -> bool:
    if path.name.startswith("."):
        return path.name in HIDDEN
    return path.name not in MADE


def files(folder: Path) -> list[Path]:
    """All files of the project that are in a folder, at any depth."""
    found = []
    for path in sorted(folder.iterdir()):
        if is_packed(path):
            found += files(path) if path.is_dir() else [path]
    return found


def date_released() -> tuple[int, ...]:
    citation = (BOOK / "CITATION.cff").read_text(encoding="utf-8")
    date = re.search(r"date-released: (\d+)-(\d+)-(\d+)", citation)
    return tuple(map(int, date.groups()))


def pack(app, error):
    if error:
        return
    target = Path(app.outdir) / f"{NAME}.zip"
    midnight = (*date_released(), 0, 0, 0)
    with zipfile.ZipFile(target, "w") as archive:
        for path in files(BOOK):
            name = f"{NAME}/{path.relative_to(BOOK).as_posix()}"
            info = zipfile.ZipInfo(name, midnight)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (path.stat().st_mode & 0o777) << 16
            archive.writestr(info, path.read_bytes())


def setup(app):
    app.connect("build-finished", pack)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
