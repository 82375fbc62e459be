"""The folder that the book is built from, as a download beside its pages: with it, a reader can run, test and build
everything. The same bytes on every build of the same files."""

import re
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "micrograd-chapter"
MADE = {"_build", "__pycache__"}
HIDDEN = {
    ".binder",
    ".ci",
    ".github",
    ".gitignore",
}  # the other hidden files are caches, or the reader's own


def files(folder: Path = ROOT) -> list[Path]:
    """All files of the project."""
    entries = [
        path
        for path in sorted(folder.iterdir())
        if path.name not in MADE
        and (path.name[0] != "." or path.name in HIDDEN)
    ]
    return [
        file
        for path in entries
        for file in (files(path) if path.is_dir() else [path])
    ]


def pack(app, error):
    if error:
        return
    released = re.search(
        r"date-released: (\d+)-(\d+)-(\d+)",
        (ROOT / "CITATION.cff").read_text("utf-8"),
    ).groups()
    with zipfile.ZipFile(
        Path(app.outdir) / f"{NAME}.zip", "w", zipfile.ZIP_DEFLATED
    ) as archive:
        for path in files():
            info = zipfile.ZipInfo(
                f"{NAME}/{path.relative_to(ROOT).as_posix()}",
                (*map(int, released), 0, 0, 0),
            )
            info.compress_type, info.external_attr = (
                zipfile.ZIP_DEFLATED,
                (path.stat().st_mode & 0o777) << 16,
            )
            archive.writestr(info, path.read_bytes())


def setup(app):
    app.connect("build-finished", pack)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
