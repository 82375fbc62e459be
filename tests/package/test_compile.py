"""The compiled graph: its source, its names, and the engine's numbers.

test_properties.py compares it with the engine on random programs, and what it
refuses is in transcripts.txt.
"""

import pytest
from promises import ON_VALUES, ROWS, evaluate, network, numbers

from micrograd import MLP, Value
from micrograd.compile import compile_graph
from micrograd.train import XOR_X, XOR_Y, train

SOURCE = """\
from math import exp, inf, log, nan, pow, tanh


def value_and_gradients(parameters):
    [a, b, c] = map(float, parameters)
    # forwards
    v1 = a * b + c
    out = 0.0 if v1 <= 0 else v1
    # backwards
    d_out = 1.0
    d_v1 = (0.0 if v1 <= 0 else 1.0) * d_out
    d_c = d_v1
    d_a = b * d_v1
    d_b = a * d_v1
    return out, [d_a, d_b, d_c]
"""


def leaves(labels, data=1.5):
    return [Value(data, label=label) for label in labels]


def test_the_source_reads_like_code_written_by_hand():
    a, b, c = leaves("abc")
    out = (a * b + c).relu()
    out.label = "out"
    program = compile_graph(out, [a, b, c])
    assert program.source == SOURCE
    assert program([2, -3, 10]) == (4.0, [-3.0, 2.0, 1.0])
    assert program([2, -3, 5]) == (0.0, [0.0, 0.0, 0.0])
    alone = {}
    exec(program.source, alone)  # noqa: S102
    assert alone["value_and_gradients"]([2, -3, 10]) == program([2, -3, 10])


@pytest.mark.parametrize("text, point", ROWS)
def test_every_operation_at_every_point_is_the_engines(text, point):
    inputs = [Value(x) for x in point]
    out = evaluate(text, ON_VALUES, inputs)
    out = out * out + out  # the result is used twice
    out.backward()
    program = compile_graph(out, inputs)
    assert exactly(*program(point)) == exactly(
        out.data, [x.grad for x in inputs]
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a - b * a", "v2 = a - v1"),
        ("a * b - b", "v1 = a * b - b"),
        ("a + (b + a)", "v1 = a + (b + a)"),
        ("(a + b) + (a - b)", "v1 = a + b + (a - b)"),
        ("a + (b - (a + 1))", "v2 = a + (b - v1)"),
        ("a / b + b / a", "v1 = a / b + b / a"),
        ("relu(a) + relu(b)", "v3 = v1 + v2"),
        ("(a + b) * (a - b)", "v3 = v1 * v2"),
        ("a + a * b + a * b * b", "v2 = a + a * b + v1 * b"),
        ("sum([a] * 20)", "v2 = v1 + a + a + a + a + a + a + a + a"),
    ],
)
def test_a_sum_is_one_line(text, line):
    a, b = leaves("ab")
    out = evaluate(text, ON_VALUES, [a, b])
    program = compile_graph(out, [a, b] if "b" in text else [a])
    assert f"    {line}\n" in program.source
    out.backward()
    numbers = [1.5] * (1 + ("b" in text))
    assert program(numbers) == (out.data, [a.grad, b.grad][: len(numbers)])


def exactly(value, gradients):
    """The numbers to the last bit, with the signs of their zeros."""
    return [number.hex() for number in (value, *gradients)]


def test_an_exponent_keeps_all_its_digits():
    a = Value(0.7)
    program = compile_graph(a ** (1 / 3), [a])
    wanted = Value(1.9)
    out = wanted ** (1 / 3)
    out.backward()
    assert program([1.9]) == (out.data, [wanted.grad])


def test_no_gradient_is_a_negative_zero():
    a = Value(1.0)
    out = a * -0.0
    out.backward()
    value, gradients = compile_graph(out, [a])([1.0])
    assert exactly(value, gradients) == exactly(out.data, [a.grad])


def test_a_bit_that_is_not_finite():
    a = Value(1e200)
    out = (a * a * 0.0 + a).relu() * a
    out.backward()
    value, (gradient,) = compile_graph(out, [a])([1e200])
    assert repr([value, gradient]) == repr([out.data, a.grad])


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["w", "w", "w"], ["w", "w_1", "w_2"]),
        (["w_1", "w", "w"], ["w_1", "w", "w_2"]),
        (["", "", "p2"], ["p1", "p2", "p2_1"]),
        (["lambda", "two words", "2x"], ["p1", "p2", "p3"]),
        (["exp", "inf", "float"], ["exp_1", "inf_1", "float_1"]),
        (["d_a", "a", "ﬁ"], ["p1", "a", "p2"]),  # Python reads ﬁ as fi
        (["map", "pow", "parameters"], ["map_1", "pow_1", "parameters_1"]),
    ],
)
def test_a_label_is_the_name_if_it_can_be(labels, names):
    nodes = leaves(labels)
    total = sum(nodes, Value(0.0)) ** 2
    program = compile_graph(total, nodes)
    assert f"    [{', '.join(names)}] = map(float, " in program.source
    total.backward()
    assert program([1.5] * 3) == (total.data, [x.grad for x in nodes])


def test_inputs_change_from_call_to_call_and_have_no_gradient():
    w, x = leaves("wx")
    program = compile_graph((w * x + 0.5).tanh(), [w], [x])
    out = (w * x + 0.5).tanh()
    out.backward()
    assert program([1.5], [1.5]) == (out.data, [w.grad])
    assert program([1.5], [0.0]) == (Value(0.5).tanh().data, [0.0])
    assert "d_x" not in program.source


def test_inputs_without_a_label_are_x_and_a_number():
    w, x = leaves(["w", ""])
    program = compile_graph(w * x, [w], [x])
    assert "    [x1] = map(float, inputs)\n" in program.source


def test_a_minus_is_written_as_a_minus():
    a, b = leaves("ab")
    program = compile_graph((a - b).exp(), [a, b])
    assert "    d_b = -d_v1\n" in program.source


def test_a_long_list_of_names_has_lines_of_sixty_letters():
    nodes = leaves([""] * 100)
    lines = compile_graph(sum(nodes) ** 2, nodes).source.splitlines()
    longest = max(len(line) for line in lines if "p50," in line)
    assert 54 <= longest <= 64  # the longest name with its comma has 5


def test_a_constant_is_written_as_it_is_now():
    a, b = leaves("ab")
    out = a * b
    b.data = -2.0
    assert compile_graph(out, [a])([3.0]) == (-6.0, [-2.0])


def test_only_what_a_parameter_needs_is_computed_backwards():
    a, b = leaves("ab")
    program = compile_graph((a.exp() * b).tanh(), [b])
    assert "d_a" not in program.source
    assert program.source.count("d_") == 7


def test_a_deep_graph_compiles():
    x = node = Value(0.1)
    for _ in range(3000):
        node = node + x
    value, gradients = compile_graph(node, [x])([0.1])
    assert value == node.data and gradients == [3001.0]


def test_the_error_names_the_line():
    a = Value(2.0, label="a")
    program = compile_graph((a - 1).log(), [a])
    with pytest.raises(ValueError, match=r"domain|positive") as caught:
        program([1.0])
    assert caught.value.__notes__ == ["in the line: v2 = log(v1)"]


# In training


@pytest.mark.parametrize("activation", ["relu", "tanh"])
@pytest.mark.parametrize("sizes", [[4, 4, 1], [16, 1]])
def test_compiled_training_is_training(sizes, activation):
    plain, fast = (network(*sizes, activation=activation) for _ in range(2))
    losses = train(plain, XOR_X, XOR_Y, 60)
    assert train(fast, XOR_X, XOR_Y, 60, compiled=True) == losses
    assert numbers(fast) == numbers(plain)
    gradients = [p.grad for p in plain.parameters()]
    assert [p.grad for p in fast.parameters()] == gradients


def test_the_callback_of_compiled_training_sees_each_step():
    seen = []

    def callback(step, loss):
        seen.append((step, loss))

    losses = train(
        network(4, 1), XOR_X, XOR_Y, 9, callback=callback, compiled=True
    )
    assert seen == list(enumerate(losses)) and len(seen) == 9


def test_compiled_training_leaves_a_parameter_that_is_not_used():
    class WithASpare(MLP):
        spare = Value(7.0)

        def parameters(self):
            return [*super().parameters(), self.spare]

    model = WithASpare(2, [4, 1])
    losses = train(model, XOR_X, XOR_Y, 5, compiled=True)
    assert losses[-1] < losses[0] and model.spare.data == 7.0


@pytest.mark.parametrize("rate", [2.0, 1e9, 1e300])
def test_compiled_training_diverges_with_the_same_words(rate):
    words = []
    for compiled in False, True:
        with pytest.raises(ArithmeticError) as caught:
            train(network(4, 1), XOR_X, XOR_Y, 999, rate, compiled=compiled)
        words.append(str(caught.value))
    assert words[0] == words[1]


def test_the_graph_is_built_once():
    model, calls = network(4, 1), []

    def loss(predictions, targets):
        calls.append(targets)
        return sum((p - y) ** 2 for p, y in zip(predictions, targets))

    train(model, XOR_X, XOR_Y, 5, 0.01, loss, compiled=True)
    assert len(calls) == 1
