from micrograd.practice import check_exercise


class Node:
    def __init__(self, data, inputs=(), local=()):
        self.data, self.inputs, self.local = data, inputs, local
        self.grad = 0.0


def add(a, b):
    return Node(a.data + b.data, (a, b), (1.0, 1.0))


def mul(a, b):
    return Node(a.data * b.data, (a, b), (b.data, a.data))


# The two in the wrong order.
# expect: not yet: mul(2, -3).data must be -1.0, not -6.0.
check_exercise("01.3b", Node, mul, add)


# expect: not yet: the first stage comes first: Node is not finished.
class Node:
    pass


check_exercise("01.3b", Node, add, mul)


# Lists instead of tuples, whole numbers instead of floats.
# expect: done
def add(a, b):
    return Node(b.data + a.data, [a, b], [1, 1])


check_exercise("01.3b", Node, add, mul)


# expect: done
def mul(*factors):
    a, b = factors
    return Node(a.data * b.data, factors, [b.data, a.data])


check_exercise("01.3b", Node, add, mul)


# expect: not yet: derivatives of mul(2, -3) are not (2.0, -3.0). How
def mul(a, b):
    return Node(a.data * b.data, (a, b), (a.data, b.data))


check_exercise("01.3b", Node, add, mul)


# expect: not yet: derivatives of add(2, -3) are not (2.0, -3.0). How
def add(a, b):
    return Node(a.data + b.data, (a, b), (a.data, b.data))


check_exercise("01.3b", Node, add, mul)


# expect: not yet: add(2, -3).local must be a tuple ... not 1.0.
def add(a, b):
    return Node(a.data + b.data, (a, b), 1.0)


check_exercise("01.3b", Node, add, mul)


# expect: not yet: add(2, -3) must keep its two inputs, in their order.
def add(a, b):
    return Node(a.data + b.data)


check_exercise("01.3b", Node, add, mul)


# expect: not yet: mul(2, -3).data must be -6.0, not -1.0.
def mul(a, b):
    return Node(a.data + b.data, (a, b), (b.data, a.data))


check_exercise("01.3b", Node, add, mul)


# expect: not yet: add(2, -3) must be a Node, not -1.0.
def add(a, b):
    return a.data + b.data


check_exercise("01.3b", Node, add, mul)


# expect: not yet: add(2, -3) raised TypeError
def add(a, b):
    return a + b


check_exercise("01.3b", Node, add, mul)
