"""The computation graph as text."""
import io
from contextlib import redirect_stdout

import pytest

from micrograd import Value, print_graph


def text(root):
    with redirect_stdout(io.StringIO()) as out:
        print_graph(root)
    return out.getvalue()


def test_the_courses_graph():
    a, b, c = Value(2.0, label="a"), Value(-3.0, label="b"), Value(5.0, label="c")
    e = a * b
    e.label = "e"
    d = e + c
    d.label = "d"
    assert text(d).splitlines()[0] == "[+] d data=-1.000 grad=0.000"
    d.backward()
    assert text(d) == (
        "[+] d data=-1.000 grad=1.000\n"
        "  [*] e data=-6.000 grad=1.000\n"
        "    a data=2.000 grad=-3.000\n"
        "    b data=-3.000 grad=2.000\n"
        "  c data=5.000 grad=1.000\n")


def test_inputs_of_a_repeated_node_are_written_once():
    a = Value(3.0, label="a")
    b = a * 2
    assert text(b * b) == (
        "[*] data=36.000 grad=0.000\n"
        "  [*] data=6.000 grad=0.000\n"
        "    a data=3.000 grad=0.000\n"
        "    data=2.000 grad=0.000\n"
        "  [*] data=6.000 grad=0.000 (see above)\n")


def test_a_repeated_leaf_is_noted():
    a = Value(3.0, label="a")
    assert text(a + a).count("  a data=3.000 grad=0.000") == 2
    assert text(a + a).endswith("  a data=3.000 grad=0.000 (see above)\n")


def test_equal_numbers_are_different_nodes():
    assert "see above" not in text(Value(3.0) + Value(3.0))


def test_a_leaf():
    assert text(Value(0.12345)) == "data=0.123 grad=0.000\n"


def test_any_depth():
    root = Value(1.0)
    for _ in range(5_000):
        root = root.tanh()
    lines = text(root).splitlines()
    assert len(lines) == 5_001
    assert lines[-1] == "  " * 5_000 + "data=1.000 grad=0.000"


@pytest.mark.parametrize("thing", [3.0, None, [Value(1.0)]], ids=["float", "None", "list"])
def test_only_a_value_has_a_graph(thing):
    with pytest.raises(TypeError, match=f"print_graph needs a Value, not {type(thing).__name__}"):
        print_graph(thing)
