"""The locks name what they were made for, and no host; licences are listed."""

import csv
import re

import list_licences
import pytest
from build_book import ROOT

INPUTS = sorted(ROOT.glob("requirements/*.in"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
def test_what_is_asked_for_is_locked_with_hashes_and_without_hosts(path):
    name = path.stem.replace("run", "../requirements")
    lock = (path.parent / f"{name}.txt").read_text("utf-8")
    asked = re.findall(r"^[a-z][a-z0-9-]*", path.read_text("utf-8"), re.M)
    assert asked
    for package in asked:
        pin = re.search(rf"^{package}(\[.*\])?==.*\\\n    --hash=", lock, re.M)
        # the lock of a level leaves out what is in requirements.txt
        assert pin or f"\n{package}==" in "\n" + FIRST
    assert "://" not in lock


FIRST = (ROOT / "requirements.txt").read_text("utf-8")


def test_every_locked_package_is_listed_with_its_licence():
    with list_licences.LIST.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    listed = [(row["package"], row["version"]) for row in rows]
    locked = [*list_licences.locked_python(), *list_licences.locked_npm()]
    assert sorted(listed) == sorted(locked) and len(locked) > 150
    assert [row for row in rows if not row["licence"].strip()] == []


@pytest.mark.parametrize(
    "metadata, words",
    [
        ({"license_expression": "MIT", "license": "x"}, "MIT"),
        ({"license": "BSD-3-Clause"}, "BSD-3-Clause"),
        (
            {
                "license": "Copyright (c) 2015-2026 Somebody.\nAll rights",
                "classifier": [
                    "Topic :: Text",
                    "License :: OSI Approved :: BSD License",
                ],
            },
            "BSD License",
        ),
        ({"license": "UNKNOWN", "classifier": []}, ""),
    ],
)
def test_a_licence_is_what_the_metadata_states(metadata, words):
    assert list_licences.licence({"name": "a", **metadata}) == words
