"""Listings are the source. What has none is in transcripts.txt."""

import inspect
import textwrap

import micrograd.engine
from micrograd import MLP, Value, show
from micrograd.engine import topological_order


def test_a_definition_is_its_source():
    for thing in topological_order, MLP:
        assert repr(show(thing)) + "\n" == inspect.getsource(thing)
    source = repr(show(Value.__mul__))
    assert source.startswith("def __mul__(self, other: ")
    indented = textwrap.indent(source, "    ") + "\n"
    assert indented == inspect.getsource(Value.__mul__)
    with open(micrograd.engine.__file__, encoding="utf-8") as file:
        assert repr(show(micrograd.engine)) + "\n" == file.read()


def test_several_in_the_order_given_in_a_highlighted_block():
    radd, neg = show(Value.__radd__).source, show(Value.__neg__).source
    both = show(Value.__radd__, Value.__neg__)
    assert repr(both) == f"{radd}\n\n{neg}"
    assert both._repr_markdown_() == f"```python\n{radd}\n\n{neg}\n```"
