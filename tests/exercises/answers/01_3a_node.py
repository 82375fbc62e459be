from dataclasses import dataclass

from micrograd.practice import check_exercise


# expect: done
class Node:
    def __init__(self, data, inputs=(), local=()):
        self.data = data
        self.grad = 0
        self.inputs = tuple(inputs)
        self.local = tuple(local)


check_exercise("01.3a", Node)


# expect: done
@dataclass
class Node:
    data: float
    inputs: tuple = ()
    local: tuple = ()
    grad: float = 0.0


check_exercise("01.3a", Node)


# expect: not yet: Node(2.0) has no attribute grad yet.
class Node:
    def __init__(self, data, inputs=(), local=()):
        self.data = data
        self.inputs, self.local = inputs, local


check_exercise("01.3a", Node)


# expect: not yet: Node(2.0) has no attribute inputs yet.
class Node:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0


check_exercise("01.3a", Node)


# expect: not yet: Node(2.0).grad must be 0.0, not None.
class Node:
    def __init__(self, data, inputs=(), local=()):
        self.data, self.inputs, self.local = data, inputs, local
        self.grad = None


check_exercise("01.3a", Node)


# expect: not yet: Node(2.0).inputs must be (), not set().
class Node:
    def __init__(self, data, inputs=(), local=()):
        self.data, self.inputs, self.local = data, set(inputs), local
        self.grad = 0.0


check_exercise("01.3a", Node)


# One of two equal inputs is lost.
# expect: not yet: must keep both tuples ... len(inputs) is 1 and local is (3.0
class Node:
    def __init__(self, data, inputs=(), local=()):
        self.data, self.inputs, self.local = data, tuple(set(inputs)), local
        self.grad = 0.0


check_exercise("01.3a", Node)


# The local derivatives are not kept.
# expect: not yet: but len(inputs) is 2 and local is ().
class Node:
    def __init__(self, data, inputs=(), local=()):
        self.data, self.inputs = data, inputs
        self.local, self.grad = (), 0.0


check_exercise("01.3a", Node)


# A function, not a class.
# expect: not yet: Node(2.0) has no attribute data yet.
def Node(data, inputs=(), local=()):
    return data, inputs, local


check_exercise("01.3a", Node)
