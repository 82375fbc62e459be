"""The folder that the book is built from, as a download beside its pages.

With it, a reader can run, test and build everything. In a clone, it has the
files that git knows, so that nobody publishes their own notes with it. The same
files give the same bytes on every build.
"""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

from this_book import BOOK

NAME = "micrograd-chapter"
GENERATED = {"_build", "__pycache__", "my_copy", "node_modules"}
# Other hidden files are caches, or the reader's own
PACKED_DOTFILES = {
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
        return path.name in PACKED_DOTFILES
    return path.name not in GENERATED


def files_in(folder: Path) -> list[Path]:
    """All files to pack that are in a folder, at any depth."""
    found = []
    for path in folder.iterdir():
        if is_packed(path):
            found += files_in(path) if path.is_dir() else [path]
    return found


def files_of_git(clone: Path) -> list[Path]:
    """The files of a clone that git knows, and that are still there."""
    command = ["git", "-C", clone, "ls-files", "-z"]
    names = subprocess.check_output(command, encoding="utf-8").split("\0")
    return [clone / name for name in names if (clone / name).is_file()]


def files_to_pack(book: Path) -> list[Path]:
    """The files of the project: git knows them, where the book is a clone."""
    found = files_of_git(book) if (book / ".git").exists() else files_in(book)
    return sorted(found)


def copy_files(book: Path, target: Path) -> None:
    """Copy the files of the project into a folder."""
    for path in files_to_pack(book):
        copy = target / path.relative_to(book)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)


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
        for path in files_to_pack(BOOK):
            name = f"{NAME}/{path.relative_to(BOOK).as_posix()}"
            info = zipfile.ZipInfo(name, midnight)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (path.stat().st_mode & 0o777) << 16
            archive.writestr(info, path.read_bytes())


def setup(app):
    app.connect("build-finished", pack)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
