from micrograd import Value
from micrograd.engine import topological_order
from micrograd.practice import check_exercise

# A table of operations, lists, and the root in return.
# expect: done
RULES = {
    "+": lambda a, b: (a + b, [1, 1]),
    "*": lambda a, b: (a * b, [b, a]),
    "ReLU": lambda a: (a, [1]) if a > 0 else (0, [0]),
}


def replay(root):
    for node in topological_order(root):
        numbers = [x.data for x in node._prev]
        node.data, node._local = RULES[node._op](*numbers)
    return root


check_exercise("10.2", replay)


# A search of its own, and a truth value for the gate.
# expect: done
def replay(node, seen=None):
    seen = set() if seen is None else seen
    if node in seen or not node._prev:
        return
    seen.add(node)
    for x in node._prev:
        replay(x, seen)
    if node._op == "ReLU":
        is_open = node._prev[0].data > 0
        node.data = is_open * node._prev[0].data
        node._local = (is_open,)
        return
    a, b = node._prev
    if node._op == "+":
        node.data = a.data + b.data
        node._local = (1, 1)
    else:
        node.data = a.data * b.data
        node._local = (b.data, a.data)


check_exercise("10.2", replay)


# The data alone.
# expect: not yet: the data of a * b, for a, b, c = 4, -1, 10, are right,
# but _local should be (-1.0, 4.0), not (-3.0, 2.0).
def replay(root):
    for node in topological_order(root):
        if node._op == "+":
            node.data = node._prev[0].data + node._prev[1].data
        elif node._op == "*":
            node.data = node._prev[0].data * node._prev[1].data
        else:
            node.data = max(0, node._prev[0].data)


check_exercise("10.2", replay)


# Each factor gets itself.
# expect: not yet: but _local should be (-1.0, 4.0), not (4.0, -1.0).
def replay(root):
    for node in topological_order(root):
        numbers = [x.data for x in node._prev]
        if node._op == "+":
            node.data, node._local = sum(numbers), (1.0, 1.0)
        elif node._op == "*":
            node.data = numbers[0] * numbers[1]
            node._local = tuple(numbers)
        else:
            node.data = max(0.0, numbers[0])
            node._local = (float(numbers[0] > 0),)


check_exercise("10.2", replay)


# From the root to the leaves.
# expect: not yet: the data of a * b + c, for a, b, c = 4, -1, 10, should
# be 6, not 4.
def replay(root):
    for node in reversed(topological_order(root)):
        numbers = [x.data for x in node._prev]
        node.data, node._local = RULES[node._op](*numbers)


RULES = {
    "+": lambda a, b: (a + b, (1.0, 1.0)),
    "*": lambda a, b: (a * b, (b, a)),
    "ReLU": lambda a: (max(0.0, a), (float(a > 0),)),
}
check_exercise("10.2", replay)


# The gate stays as it was.
# expect: not yet: the data of relu(a * b + c), for a, b, c = 2, -3, 5,
# are right, but _local should be (0.0,), not (1.0,).
def replay(root):
    for node in topological_order(root):
        if node._op == "ReLU":
            node.data = max(0.0, node._prev[0].data)
            continue
        a, b = node._prev
        if node._op == "+":
            node.data = a.data + b.data
        else:
            node.data, node._local = a.data * b.data, (b.data, a.data)


check_exercise("10.2", replay)


# At exactly 0 the gate is shut.
# expect: not yet: = 2, -3, 6, are right, but _local should be (0.0,), not
# (1.0,).
def replay(root):
    for node in topological_order(root):
        if node._op == "ReLU":
            a = node._prev[0].data
            node.data, node._local = max(0.0, a), (0.0 if a < 0 else 1.0,)
            continue
        a, b = node._prev
        if node._op == "+":
            node.data, node._local = a.data + b.data, (1.0, 1.0)
        else:
            node.data, node._local = a.data * b.data, (b.data, a.data)


check_exercise("10.2", replay)


# A number for the gate, and not a tuple of one number.
# expect: not yet: _local of relu(a * b + c), for a, b, c = 4, -1, 10,
# should be a tuple of length 1, not 1.0.
def replay(root):
    for node in topological_order(root):
        if node._op == "ReLU":
            a = node._prev[0].data
            node.data, node._local = max(0.0, a), 1.0 if a > 0 else 0.0
            continue
        a, b = node._prev
        if node._op == "+":
            node.data, node._local = a.data + b.data, (1.0, 1.0)
        else:
            node.data, node._local = a.data * b.data, (b.data, a.data)


check_exercise("10.2", replay)


# Only the root.
# expect: not yet: the data of a * b, for a, b, c = 4, -1, 10, should be
# -4, not -6.
def replay(root):
    [d] = root._prev
    root.data = max(0.0, d.data)
    root._local = (float(d.data > 0),)


check_exercise("10.2", replay)


# A new graph, and its numbers.
# expect: not yet: the numbers are right, but it makes new nodes, 3 of them:
def replay(root):
    for node in topological_order(root):
        if node._op == "ReLU":
            new = node._prev[0].relu()
        elif node._op == "+":
            new = node._prev[0] + node._prev[1]
        else:
            new = node._prev[0] * node._prev[1]
        node.data, node._local = new.data, new._local


check_exercise("10.2", replay)


# A Value where a number belongs.
# expect: not yet: the data of a * b, ... should be a plain number, not
# Value(data=-4, grad=0).
def replay(root):
    for node in topological_order(root):
        if node._op == "*":
            node.data = node._prev[0] * node._prev[1]


check_exercise("10.2", replay)


# The ReLU has one input.
# expect: not yet: replay(4) raised ValueError: not enough values to unpack
def replay(root):
    for node in topological_order(root):
        a, b = node._prev
        if node._op == "+":
            node.data, node._local = a.data + b.data, (1.0, 1.0)
        elif node._op == "*":
            node.data, node._local = a.data * b.data, (b.data, a.data)


check_exercise("10.2", replay)


# It tries the graph at a place of its own.
# expect: not yet: a leaf has changed: it is not computed from anything, so
def replay(root):
    for node in topological_order(root):
        for x in node._prev:
            if not x._prev:
                x.data = 1.0


check_exercise("10.2", replay)


# The name of the operation in another spelling: nothing is done.
# expect: not yet: the data of relu(a * b + c), for a, b, c = 4, -1, 10,
# should be 6, not 4.
def replay(root):
    for node in topological_order(root):
        a = node._prev[0].data
        b = node._prev[-1].data
        if node._op == "+":
            node.data, node._local = a + b, (1.0, 1.0)
        elif node._op == "*":
            node.data, node._local = a * b, (b, a)
        elif node._op == "relu":
            node.data, node._local = max(0.0, a), (float(a > 0),)


check_exercise("10.2", replay)


# A copy has the numbers, and the graph has not.
# expect: not yet: the data of a * b, for a, b, c = 4, -1, 10, should be
# -4, not -6.
def replay(root):
    new = {}

    def play(node):
        if not node._prev:
            return node
        if node not in new:
            inputs = [play(x) for x in node._prev]
            number = sum(x.data for x in inputs)
            new[node] = Value(number, inputs, node._op)
        return new[node]

    return play(root)


check_exercise("10.2", replay)
