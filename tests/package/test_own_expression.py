"""An expression that a reader types, with a bug of the zoo beside it."""

import re

import pytest

from micrograd import Value
from micrograd.practice import (
    animate_backward,
    be_backward,
    own_expression,
    zoo,
)
from micrograd.practice.own_expression import BUGS, value_of

TEXT = "a = 2; b = -3; u = a * b; u + a.tanh()"


def by_hand():
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    u = a * b
    root = u + a.tanh()
    u.label, root.label = "u", "y"
    return root


def test_a_text_is_the_graph_that_its_code_makes():
    shown = own_expression(TEXT)
    assert repr(shown) == repr(animate_backward(by_hand()))
    assert shown.right.steps == animate_backward(by_hand()).steps
    assert shown._repr_html_() == animate_backward(by_hand())._repr_html_()
    task = own_expression(TEXT, way="by hand")
    assert repr(task) == repr(be_backward(by_hand()))


@pytest.mark.parametrize(
    "text", ["a = 2; a", "a = 2;b=a*1\n; b ", "2", "a = 1; a + a;\n"]
)
def test_the_result_is_what_comes_last(text):
    assert value_of(text).data == 2


@pytest.mark.parametrize("name", ["exp", "log", "relu", "tanh"])
def test_functions_are_written_as_such_or_as_methods(name):
    shown = own_expression(f"a = 2; {name}(a)")
    assert shown.right.steps == own_expression(f"a = 2; a.{name}()").right.steps


def test_a_graph_too_large_to_look_at_is_refused():
    text = "a = 1; " + " * ".join(30 * "a")
    assert own_expression(text)
    with pytest.raises(ValueError, match="31 nodes are too many"):
        own_expression(text + " * a")


def test_numbers_keep_their_first_name():
    assert value_of("a = 2; b = a; b").label == "a"


@pytest.mark.parametrize("bug", BUGS)
def test_each_bug_shows_in_some_expression(bug):
    text = "a = 2; b = -1; (a - a * b)**3 + tanh(b) + relu(b) + (a + a)"
    shown = own_expression(text, bug=bug)
    assert shown.right.steps == own_expression(text).right.steps
    assert shown.wrong.steps[-1] != shown.right.steps[-1]
    assert bug in repr(shown) and bug in shown._repr_html_()
    assert shown._repr_html_().count("<figure") == 2


def test_a_bug_that_makes_no_difference_says_so():
    shown = own_expression("a = 2; a + a", bug="own_factor")
    assert shown.wrong is None
    for words in repr(shown), shown._repr_html_():
        assert words.rstrip("</p>\n").endswith("it makes no difference.")
    assert shown._repr_html_().count("<figure") == 1


def test_all_bugs_that_act_on_one_node_are_there():
    left_out = set(zoo.ZOO) - set(BUGS)
    assert left_out == {
        *("no_order", "not_reversed", "equal_is_same", "no_seed", "not_reset"),
        *("no_zero_grad", "uphill", "rebound", "nudged_output"),
    }


ERRORS = {
    "a = 2; b * 2": "'b * 2' says: name 'b' is not defined",
    "a = 2; a *": "'a *' says: invalid syntax",
    "a = 'x'; a": "a Value must hold a real number",
    "": "'' says: invalid syntax",
    "open('x')": "name 'open' is not defined",
    "a = 2; a += 1; a": "'a +' is not a name",
    "a = 2, b = 3; a": "'a = 2, b' is not a name",
    "a = 2; for _ in [1]: a = a * a": "'for _ in [1]: a' is not a name",
}


@pytest.mark.parametrize("text", ERRORS)
def test_an_error_says_which_part_is_meant(text):
    with pytest.raises(ValueError, match=re.escape(ERRORS[text])):
        own_expression(text)


@pytest.mark.parametrize("words", [{"way": "fast"}, {"bug": "uphill"}])
def test_what_there_is_to_choose_from_is_said(words):
    with pytest.raises(ValueError, match="must be one of"):
        own_expression(TEXT, **words)
