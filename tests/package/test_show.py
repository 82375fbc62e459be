"""Listings are the source."""

import inspect
import textwrap

import pytest

import micrograd.engine
from micrograd import MLP, Value, show
from micrograd.engine import topological_order


def test_a_method_is_its_source():
    source = repr(show(Value.__mul__))
    assert source.startswith('def __mul__(self, other):\n    """a * b.')
    assert textwrap.indent(source, "    ") + "\n" == inspect.getsource(
        Value.__mul__
    )


@pytest.mark.parametrize(
    "thing", [topological_order, MLP], ids=["function", "class"]
)
def test_a_definition_is_its_source(thing):
    assert repr(show(thing)) + "\n" == inspect.getsource(thing)


def test_a_module_is_its_source():
    with open(micrograd.engine.__file__, encoding="utf-8") as file:
        assert repr(show(micrograd.engine)) + "\n" == file.read()


def test_several_in_the_order_given():
    assert repr(show(Value.__radd__, Value.__neg__)) == (
        "def __radd__(self, other): return self + other  # other + self\n\n"
        "def __neg__(self): return self * -1  # -self"
    )


def test_a_highlighted_block_in_a_notebook():
    assert show(Value.__neg__)._repr_markdown_() == (
        "```python\ndef __neg__(self): return self * -1  # -self\n```"
    )


@pytest.mark.parametrize(
    "thing",
    [3, "Value", None, len, Value(1.0)],
    ids=lambda thing: type(thing).__name__,
)
def test_what_has_no_source_is_refused(thing):
    with pytest.raises(
        TypeError, match=f"show needs .* not {type(thing).__name__}: "
    ):
        show(Value.__mul__, thing)
