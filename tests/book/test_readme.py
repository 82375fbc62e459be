"""The README says what is true: its example, its picture, its files, its length."""

import doctest
import re
from pathlib import Path

from micrograd import Value

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text()


def test_the_example_prints_what_the_readme_says():
    example = doctest.DocTestParser().get_doctest(
        README.replace("```", ""), {}, "README.md", None, 0
    )
    assert len(example.examples) >= 6
    assert doctest.DocTestRunner().run(example).failed == 0


def test_it_is_short_and_its_links_lead_somewhere():
    assert len(README.splitlines()) <= 80
    links = re.findall(r"\]\(([^)]+)\)", README) + re.findall(
        r"`(micrograd/\w+\.py)`", README
    )
    assert len(links) > 8
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_introduction_counts_the_lines_of_the_engine_right():
    lines = len((ROOT / "micrograd/engine.py").read_text().splitlines())
    assert f"an engine of {lines} lines" in (ROOT / "intro.md").read_text()


def test_the_module_map_is_complete():
    modules = {path.name for path in (ROOT / "micrograd").glob("*.py")} - {
        "__init__.py"
    }
    assert modules == set(re.findall(r"`micrograd/(\w+\.py)`", README))


def test_the_picture_shows_what_the_engine_says():
    a, b, c = Value(2.0), Value(-3.0), Value(5.0)
    e = a * b
    d = e + c
    d.backward()
    shown = re.findall(
        r'class="name">(\w)</text>.*?>data (\S+)</text>.*?>grad (\S+)</text>',
        (ROOT / "assets/graph.svg").read_text(),
    )
    nodes = {"a": a, "b": b, "c": c, "e": e, "d": d}
    assert shown == [
        (name, str(node.data), str(node.grad)) for name, node in nodes.items()
    ]
    local = re.findall(
        r'class="local"[^>]*>(\S+)</text>',
        (ROOT / "assets/graph.svg").read_text(),
    )
    assert local == [str(number) for number in (*e._local, *d._local)]
