from micrograd import Value, compile_graph
from micrograd.engine import topological_order
from micrograd.practice import check_exercise


# With recursion, and a dictionary for each side.
# expect: done
def same_form(a, b, there=None, back=None):
    there = {} if there is None else there
    back = {} if back is None else back
    if a in there or b in back:
        return there.get(a) is b and back.get(b) is a
    there[a], back[b] = b, a
    return (
        a._op == b._op
        and len(a._prev) == len(b._prev)
        and all(same_form(x, y, there, back) for x, y in zip(a._prev, b._prev))
    )


check_exercise("10.3", same_form)


# Each graph as a list, in which a node is a number.
# expect: done
def form(root):
    number = {}
    lines = []
    for node in topological_order(root):
        for x in node._prev:
            number.setdefault(x, len(number))
        number[node] = len(number)
        lines.append((node._op, [number[x] for x in node._prev]))
    return lines


def same_form(a, b):
    return form(a) == form(b)


check_exercise("10.3", same_form)


# 1 and 0.
# expect: done
def same_form(a, b):
    def visit(node, known):
        if node in known:
            return known.index(node)
        known.append(node)
        return (node._op, *[visit(x, known) for x in node._prev])

    return int(visit(a, []) == visit(b, []))


check_exercise("10.3", same_form)


# Only the operations.
# expect: not yet: x * y and x * x are not built the same way, but it returns
# True.
def same_form(a, b):
    return [n._op for n in topological_order(a)] == [
        n._op for n in topological_order(b)
    ]


check_exercise("10.3", same_form)


# As trees: nobody asks whether a node is used twice.
# expect: not yet: x * y and x * x are not built the same way, but it returns
def same_form(a, b):
    if a._op != b._op or len(a._prev) != len(b._prev):
        return False
    return all(same_form(x, y) for x, y in zip(a._prev, b._prev))


check_exercise("10.3", same_form)


# One dictionary sees one side.
# expect: not yet: x * y and x * x are not built the same way, but it returns
def same_form(a, b):
    partner = {}

    def walk(a, b):
        if a in partner:
            return partner[a] is b
        partner[a] = b
        if a._op != b._op:
            return False
        return all(walk(x, y) for x, y in zip(a._prev, b._prev))

    return walk(a, b)


check_exercise("10.3", same_form)


# One dictionary sees the other side.
# expect: not yet: x * x and x * y are not built the same way, but it returns
def same_form(a, b):
    partner = {}

    def walk(a, b):
        if b in partner:
            return partner[b] is a
        partner[b] = a
        if a._op != b._op:
            return False
        return all(walk(x, y) for x, y in zip(a._prev, b._prev))

    return walk(a, b)


check_exercise("10.3", same_form)


# Both sides in one dictionary; but a leaf may be in both graphs.
# expect: not yet: x * y and y * z are built the same way, but it returns False.
def same_form(a, b):
    partner = {}

    def walk(a, b):
        if a in partner or b in partner:
            return partner.get(a) is b and partner.get(b) is a
        partner[a], partner[b] = b, a
        if a._op != b._op:
            return False
        return all(walk(x, y) for x, y in zip(a._prev, b._prev))

    return walk(a, b)


check_exercise("10.3", same_form)


# How many nodes there are, and which operations.
# expect: not yet: x * y + z and u + v * z are not built the same way, but it
def same_form(a, b):
    def count(root):
        nodes = topological_order(root)
        leaves = {x for node in nodes for x in node._prev if not x._prev}
        return [node._op for node in nodes], len(leaves)

    return bool(count(a) == count(b) and a._op == b._op)


check_exercise("10.3", same_form)


# Leaves by their numbers.
# expect: not yet: x * y and u * v are built the same way, but it returns False.
def same_form(a, b):
    if not a._prev or not b._prev:
        return a.data == b.data
    return a._op == b._op and all(map(same_form, a._prev, b._prev))


check_exercise("10.3", same_form)


# Leaves by their labels, and these have none.
# expect: not yet: x * y and x * x are not built the same way, but it returns
def same_form(a, b):
    if a._op != b._op or a.label != b.label:
        return False
    return all(map(same_form, a._prev, b._prev))


check_exercise("10.3", same_form)


# Only leaves are remembered, and not that an inner node is used twice.
# expect: not yet: s * s with s = x + y and (x + y) * (x + y) are not built the
# same way, but it returns True.
def same_form(a, b):
    there, back = {}, {}

    def walk(a, b):
        if not a._prev and not b._prev:
            if there.setdefault(a, b) is not b:
                return False
            return back.setdefault(b, a) is a
        return a._op == b._op and all(map(walk, a._prev, b._prev))

    return walk(a, b)


check_exercise("10.3", same_form)


# The programs say it, but for a root that is a leaf.
# expect: not yet: raised ValueError: Value(data=2, grad=0) is a leaf, so there
# is nothing to compile
def same_form(a, b):
    return source(a) == source(b)


def source(root):
    leaves = []
    for node in topological_order(root):
        for x in node._prev:
            if not x._prev and x not in leaves:
                leaves.append(x)
    return compile_graph(root, leaves).source


check_exercise("10.3", same_form)


# A word.
# expect: not yet: it should return True or False, not 'same'.
def same_form(a, b):
    return "same" if a._op == b._op else "different"


check_exercise("10.3", same_form)


# The end of the function is forgotten.
# expect: not yet: x * y and u * v are built the same way, but it returns False.
def same_form(a, b):
    if a._op != b._op:
        return False
    for x, y in zip(a._prev, b._prev):
        if not same_form(x, y):
            return False


check_exercise("10.3", same_form)


# Value has no ==: two nodes are equal only if they are one.
# expect: not yet: x * y and u * v are built the same way, but it returns False.
def same_form(a, b):
    return a == b or a._op == b._op == "" or a._prev == b._prev


check_exercise("10.3", same_form)


# The numbers at the root.
# expect: not yet: x * y and u * v are built the same way, but it returns False.
def same_form(a, b):
    return a.data == b.data and isinstance(a, Value)


check_exercise("10.3", same_form)
