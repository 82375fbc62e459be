"""The engine in any order of events, beside a slow reference in plain floats.

hypothesis makes leaves, applies operations to any nodes, runs backward from
any of them, again and again, zeroes gradients, and changes numbers in between.
After each event, every number of every node is compared.

The reference is forward mode: one sweep for each node, in the order in which
the nodes were made. It searches for no order, and hands nothing back.
"""

import math

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from promises import OTHER_CHECKS

from micrograd import Value
from micrograd.compile import compile_graph
from micrograd.nn import Module
from micrograd.practice.zoo import ZOO

pytestmark = pytest.mark.slow

# On Values; and on floats: the result, and its local derivatives
OPERATIONS = {
    "a + b": (lambda a, b: a + b, lambda a, b: (a + b, 1, 1)),
    "a - b": (lambda a, b: a - b, lambda a, b: (a - b, 1, -1)),
    "a * b": (lambda a, b: a * b, lambda a, b: (a * b, b, a)),
    "a / b": (lambda a, b: a / b, lambda a, b: (a / b, 1 / b, -a / b / b)),
    "-a": (lambda a, b: -a, lambda a, b: (a * -1, -1)),
    "2 + a": (lambda a, b: 2 + a, lambda a, b: (a + 2, 1)),
    "2 - a": (lambda a, b: 2 - a, lambda a, b: (2 - a, -1)),
    "3 * a": (lambda a, b: 3 * a, lambda a, b: (a * 3, 3)),
    "a / 2": (lambda a, b: a / 2, lambda a, b: (a / 2, 0.5)),
    "2 / a": (lambda a, b: 2 / a, lambda a, b: (2 / a, -2 / a / a)),
    "a ** 0": (lambda a, b: a**0, lambda a, b: (1.0, 0)),
    "a ** 1": (lambda a, b: a**1, lambda a, b: (a, 1)),
    "a ** 2": (lambda a, b: a**2, lambda a, b: (math.pow(a, 2), 2 * a)),
    "a ** 3": (
        lambda a, b: a**3,
        lambda a, b: (math.pow(a, 3), 3 * math.pow(a, 2)),
    ),
    "a ** -1": (
        lambda a, b: a**-1,
        lambda a, b: (math.pow(a, -1), -math.pow(a, -2)),
    ),
    "a ** 0.5": (
        lambda a, b: a**0.5,
        lambda a, b: (math.pow(a, 0.5), 0.5 * math.pow(a, -0.5)),
    ),
    "exp(a)": (lambda a, b: a.exp(), lambda a, b: (math.exp(a), math.exp(a))),
    "log(a)": (lambda a, b: a.log(), lambda a, b: (math.log(a), 1 / a)),
    "relu(a)": (
        lambda a, b: a.relu(),
        lambda a, b: (a, 1) if a > 0 else (0.0, 0),
    ),
    "tanh(a)": (
        lambda a, b: a.tanh(),
        lambda a, b: (math.tanh(a), 1 - math.tanh(a) ** 2),
    ),
    "sum([a, b, a])": (
        lambda a, b: sum([a, b, a]),
        lambda a, b: (0 + a + b + a, 2, 1),
    ),
}
OF_TWO = [text for text in OPERATIONS if "b" in text]
OF_ONE = [text for text in OPERATIONS if "b" not in text]
LARGEST = 1000.0  # so that no product of local derivatives overflows
# The two ways add up the same products in another order. Each product has at
# most some hundred roundings by 1e-16, so that this is the most they differ by,
# as a share of the sum of the products without their signs.
TOLERANCE = 1e-12
# Sums and products of whole numbers up to here have no rounding at all.
EXACT = 2.0**53

numbers = st.one_of(
    st.sampled_from([-3.0, -2.0, -1.0, -0.0, 0.0, 1.0, 2.0, 3.0]),
    st.integers(-200, 200).map(lambda n: n / 100),
)


class Node:
    """A Value, and what it should hold.

    Attributes:
        inputs: Pairs of a Node and the local derivative for it.
        size: The sum of the products in `grad`, without their signs.
        whole: Whether all local derivatives below are whole numbers.
    """

    def __init__(self, value, data, operation="", inputs=()):
        self.value = value
        self.data = data
        self.operation = operation
        self.inputs = inputs
        self.grad = self.size = 0.0
        self.whole = all(x.whole and y == int(y) for x, y in inputs)
        self.grad_is_whole = True

    def add_to_grad(self, grad, size, whole):
        if self.inputs:
            self.zero()
        self.grad += grad
        self.size += size
        self.grad_is_whole = self.grad_is_whole and whole

    def zero(self):
        self.grad = self.size = 0.0
        self.grad_is_whole = True

    def check(self):
        assert repr(self.value.data) == repr(self.data)
        exact = self.grad_is_whole and self.size < EXACT
        tolerance = 0.0 if exact else TOLERANCE * self.size
        assert abs(self.value.grad - self.grad) <= tolerance


def values(nodes):
    return [node.value for node in nodes]


def built_again(nodes, given):
    """New Values for the nodes, with other numbers in some of the leaves."""
    again = {}
    for node in nodes:
        if node.inputs:
            on_values, _ = OPERATIONS[node.operation]
            (a, _), *_, (b, _) = node.inputs
            again[node] = on_values(again[a], again[b])
        else:
            again[node] = Value(given.get(node, node.data))
    return again


class Leaves(Module):
    def __init__(self, nodes):
        self.nodes = nodes

    def parameters(self):
        return values(self.nodes)


class Machine(RuleBasedStateMachine):
    nodes = Bundle("nodes")

    def __init__(self):
        super().__init__()
        self.made = []  # all nodes, each after its inputs

    def add(self, *node):
        self.made.append(Node(*node))
        return self.made[-1]

    @initialize(target=nodes, data=st.lists(numbers, min_size=2, max_size=3))
    def make_leaves(self, data):
        return multiple(*(self.add(Value(x), x) for x in data))

    @rule(target=nodes, data=numbers)
    def make_a_leaf(self, data):
        return self.add(Value(data), data)

    @rule(target=nodes, text=st.sampled_from(OF_TWO), a=nodes, b=nodes)
    def operate_on_two(self, text, a, b):
        return self.operate(text, a, b)

    @rule(target=nodes, text=st.sampled_from(OF_ONE), a=nodes)
    def operate_on_one(self, text, a):
        return self.operate(text, a, a)

    def operate(self, text, a, b):
        on_values, on_floats = OPERATIONS[text]
        try:
            data, *local = on_floats(a.data, b.data)
        except (ValueError, ArithmeticError) as error:
            with pytest.raises(type(error)):
                on_values(a.value, b.value)
            return multiple()  # no node
        value = on_values(a.value, b.value)
        if max(map(abs, (data, *local))) > LARGEST:
            return multiple()
        return self.add(value, data, text, list(zip((a, b), local)))

    @rule(
        target=nodes,
        inputs=st.tuples(nodes, nodes),
        data=numbers,
        local=st.tuples(numbers, numbers),
        by_function=st.booleans(),
    )
    def make_a_node_by_hand(self, inputs, data, local, by_function):
        """It gets its local derivatives, or a function of its own."""
        a, b = (node.value for node in inputs)
        value = Value(data, (a, b), "own", "", () if by_function else local)

        def _backward():
            a.grad += local[0] * value.grad
            b.grad += local[1] * value.grad

        if by_function:
            value._backward = _backward
        return self.add(value, data, "own", list(zip(inputs, local)))

    @rule(roots=st.lists(nodes, min_size=1, max_size=8))
    def backward(self, roots):
        for root in roots:
            root.value.backward()
            for x in self.made:
                self.sweep(x, root)
            self.every_number_is_right()

    def sweep(self, x, root):
        """How fast each node changes with x, and then what x gets of it."""
        slope, size = {x: 1.0}, {x: 1.0}
        for node in self.made[self.made.index(x) + 1 :]:
            inputs = [pair for pair in node.inputs if pair[0] in slope]
            if inputs:
                slope[node] = sum(local * slope[y] for y, local in inputs)
                size[node] = sum(abs(local) * size[y] for y, local in inputs)
        if root in slope:
            x.add_to_grad(slope[root], size[root], root.whole)

    @rule()
    def zero_the_gradients_of_the_leaves(self):
        leaves = [node for node in self.made if not node.inputs]
        Leaves(leaves).zero_grad()
        for node in leaves:
            node.zero()

    @rule(node=nodes, data=numbers)
    def change_the_data(self, node, data):
        """What was computed with it stays, and so do its gradients."""
        node.value.data = node.data = data

    @rule(root=nodes, draw=st.randoms(use_true_random=False))
    def compile_the_graph(self, root, draw):
        """The program is the engine, to the last bit, on any numbers.

        Some leaves are parameters, some are inputs, and some are constants.
        """
        below = self.below(root)
        leaves = [node for node in below if not node.inputs]
        kinds = [draw.choice("pic") for _ in leaves]
        parameters, inputs = (
            [node for node, kind in zip(leaves, kinds) if kind == wanted]
            for wanted in "pi"
        )
        arguments = root.value, values(parameters), values(inputs)
        if root in leaves or any(node.operation == "own" for node in below):
            with pytest.raises(ValueError, match=r"is a leaf|is not known"):
                compile_graph(*arguments)
            return
        program = compile_graph(*arguments)
        given = {x: draw.randint(-200, 200) / 100 for x in parameters + inputs}
        try:
            again = built_again(below, given)
        except (ValueError, ArithmeticError):
            return  # an operation is not made for these numbers
        again[root].backward()
        gradients = [again[node].grad for node in parameters]
        lists = [
            [given[node] for node in some] for some in (parameters, inputs)
        ]
        found = program(*lists) if inputs else program(lists[0])
        assert repr(found) == repr((again[root].data, gradients))

    def below(self, root):
        """The nodes that `root` depends on, and itself, inputs first."""
        found = {root}
        for node in reversed(self.made):
            if node in found:
                found.update(x for x, _ in node.inputs)
        return [node for node in self.made if node in found]

    @invariant()
    def every_number_is_right(self):
        for node in self.made:
            node.check()


QUICK = settings(max_examples=200, stateful_step_count=50)


def test_every_number_is_right_after_every_event():
    run_state_machine_as_test(Machine, settings=QUICK)


STATE_BUGS = [name for name in ZOO if name not in OTHER_CHECKS]
STATE_BUGS += ["not_reset", "no_zero_grad"]


@pytest.mark.parametrize("name", STATE_BUGS)
def test_a_broken_engine_is_found_out(name):
    how = settings(QUICK, phases=[Phase.generate], report_multiple_bugs=False)
    # `no_factor` makes a complex number, or divides by zero
    noticed = AssertionError, TypeError, ZeroDivisionError
    with ZOO[name], pytest.raises(noticed):
        run_state_machine_as_test(Machine, settings=how)
