"""Make a working copy of the chapter in my_copy/: `make lab` opens it.

usage: python scripts/working_copy.py

In the copy, cells to predict have no output and answers are collapsed. A file
that you changed there is never overwritten, and one that you did not is
renewed when the chapter's has changed. To begin a file anew, delete or rename
yours, and run this again.
"""

import hashlib
import json
import sys
from pathlib import Path

import nbformat
from ipykernel.ipkernel import IPythonKernel
from nbformat.sign import NotebookNotary

from micrograd._whole_file import whole_file

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = ROOT / "chapters"
COPY = ROOT / "my_copy"  # beside chapters/, so that `../data` leads to the data
RECORD = ".copied.json"  # in the copy: the hash of each file when it was made

# JupyterLab shows the first line of a cell that is collapsed
FIRST_LINE = "The answer, once you have decided:"
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    }
}


def for_reader(notebook) -> str:
    """Return the text of a notebook without what gives predictions away."""
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if "predict" in tags:
            cell.outputs = []
            cell.execution_count = None
        if "answer" in tags:
            cell.source = f"{FIRST_LINE}\n\n{cell.source}"
            cell.metadata["jupyter"] = {"source_hidden": True}
    # JupyterLab would write the kernel's own words there as soon as it is
    # opened, and ask on closing whether that should be saved
    notebook.metadata.language_info = IPythonKernel.language_info
    return nbformat.writes(notebook) + "\n"


def copy_of(path: Path) -> bytes:
    """Return what the copy of a file has in it; a notebook gets trusted."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = for_reader(nbformat.reads(text, as_version=4))
        # JupyterLab hides the pictures of a notebook that is not trusted
        NotebookNotary().sign(nbformat.reads(text, as_version=4))
    return text.encode()


def make_copy(chapters: Path, folder: Path) -> list[str]:
    """Copy what a reader has not changed; return the names of the rest."""
    folder.mkdir(exist_ok=True)
    record = folder / RECORD
    made = json.loads(record.read_text("utf-8")) if record.exists() else {}
    kept = []
    for path in sorted([*chapters.glob("*.ipynb"), *chapters.glob("*.md")]):
        copy = folder / path.name
        new = copy_of(path)
        old = copy.read_bytes() if copy.exists() else b""
        if old and old != new and digest(old) != made.get(path.name):
            kept.append(path.name)
        else:
            made[path.name] = digest(new)
            if old != new:
                write(copy, new.decode())
    write(record, json.dumps(made))
    return kept


def write(path: Path, text: str) -> None:
    """Write a file as a whole: half a copy would pass for the reader's own."""
    with whole_file(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def ask_nobody(environment: Path):
    """Switch off JupyterLab's news, and its search for updates, there."""
    settings = environment / "share/jupyter/lab/settings/overrides.json"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        write(settings, json.dumps(SETTINGS))


def main() -> int:
    try:
        kept = make_copy(CHAPTERS, COPY)
        if sys.prefix != sys.base_prefix:  # in an environment of its own
            ask_nobody(Path(sys.prefix))
    except OSError as error:
        print(f"There is no working copy: {error}", file=sys.stderr)
        return 1
    print("Your working copy is in my_copy/.")
    if kept:
        anew = "To begin one anew, delete it and run this again."
        print(f"Left as you changed them: {', '.join(kept)}. {anew}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
