"""Write requirements/licences.csv anew from the locks: `make lock` does it.

Each locked package is there, for whatever system, with its version and the
licence that its own metadata states. Pip reads the metadata of the Python
packages and installs none of them; those from npm state theirs in the lock.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from csv_tables import write_table

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "requirements/licences.csv"
COLUMNS = ["from", "package", "version", "licence"]
NPM_LOCK = ROOT / "book_ext/live/package-lock.json"

# Every package has a wheel for one of these, and the metadata is in all alike.
WHEELS = ["--only-binary=:all:", "--ignore-requires-python"]
WHEELS += ["--python-version=3.13"]
WHEELS += ["--platform=manylinux_2_28_x86_64", "--platform=win_amd64"]

# The metadata states nothing. It is MIT, and brings axe-core, which is MPL.
ONLY_IN_ITS_FILES = {"axe-playwright-python": "MIT AND MPL-2.0"}

Package = tuple[str, str]  # its name and its version


def locked_python() -> list[Package]:
    """Return the packages in all locks; some have two versions."""
    locks = [ROOT / "requirements.txt", *ROOT.glob("requirements/*.txt")]
    pin = re.compile(r"^([a-z0-9.-]+)(?:\[.*\])?==([^ ;]+)", re.MULTILINE)
    found = set()
    for lock in locks:
        found.update(pin.findall(lock.read_text("utf-8")))
    return sorted(found)


def locked_npm() -> dict[Package, str]:
    """Return the packages in npm's lock with their licences."""
    packages = json.loads(NPM_LOCK.read_text("utf-8"))["packages"]
    return {
        (path.removeprefix("node_modules/"), package["version"]): package[
            "license"
        ]
        for path, package in packages.items()
        if path
    }


def one_version_each(packages: list[Package]) -> Iterator[list[Package]]:
    """Share the packages out, as pip refuses two versions of one at once."""
    while packages:
        part = list(dict(packages).items())
        yield part
        packages = [one for one in packages if one not in part]


def read_metadata(packages: list[Package]) -> list[dict]:
    """Return what pip finds in the metadata of the packages."""
    names = [f"{name}=={version}" for name, version in packages]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    install = ["install", "--dry-run", "--no-deps", "--ignore-installed"]
    report = ["--target=nowhere", "--report=-"]
    done = subprocess.run(
        [*pip, *install, *report, *WHEELS, *names],
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    found = json.loads(done.stdout)["install"]
    return [package["metadata"] for package in found]


def licence(metadata: dict) -> str:
    """Return the licence that the metadata states, in the fewest words."""
    if metadata["name"] in ONLY_IN_ITS_FILES:
        return ONLY_IN_ITS_FILES[metadata["name"]]
    if expression := metadata.get("license_expression"):
        return expression
    words = metadata.get("license", "")
    if words != "UNKNOWN" and 0 < len(words) < 40:
        return words
    classifiers = metadata.get("classifier", [])
    named = [line for line in classifiers if line.startswith("License ::")]
    return "; ".join(line.split(" :: ")[-1] for line in named)


def main() -> None:
    rows = [["npm", *one, words] for one, words in locked_npm().items()]
    for part in one_version_each(locked_python()):
        for metadata in read_metadata(part):
            name = re.sub("[-_.]+", "-", metadata["name"]).lower()
            rows.append(["PyPI", name, metadata["version"], licence(metadata)])
    write_table(LIST, COLUMNS, sorted(rows))


if __name__ == "__main__":
    main()
