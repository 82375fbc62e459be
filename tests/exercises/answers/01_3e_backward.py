from micrograd.practice import check_exercise


class Node:
    def __init__(self, data, inputs=(), local=()):
        self.data, self.inputs, self.local = data, inputs, local
        self.grad = 0.0


def pass_on(node):
    for x, local in zip(node.inputs, node.local):
        x.grad += local * node.grad


def in_order(root):
    order = []

    def visit(node):
        if node not in order:
            for x in node.inputs:
                visit(x)
            order.append(node)

    visit(root)
    return order


# The chain rule written out, and += 1 at the root.
# expect: done
def backward(root):
    order = in_order(root)
    for node in order:
        if node.inputs:
            node.grad = 0.0
    root.grad += 1
    for node in order[::-1]:
        for x, local in zip(node.inputs, node.local):
            x.grad += node.grad * local


check_exercise("01.3e", Node, backward)


# Path by path, without an order: slow, and right.
# expect: done
def backward(root):
    for node in in_order(root):
        if node.inputs:
            node.grad = 0.0

    def send(node, grad):
        node.grad += grad
        for x, local in zip(node.inputs, node.local):
            send(x, local * grad)

    send(root, 1.0)


check_exercise("01.3e", Node, backward)


# The root does not start from 1.
# expect: not yet: diamond, your a.grad is 0, but the nudge
def backward(root):
    order = in_order(root)
    for node in order:
        if node.inputs:
            node.grad = 0.0
    for node in reversed(order):
        pass_on(node)


check_exercise("01.3e", Node, backward)


# From the start to the end.
# expect: not yet: diamond, your a.grad is 0, but the nudge
def backward(root):
    order = in_order(root)
    for node in order:
        if node.inputs:
            node.grad = 0.0
    root.grad = 1.0
    for node in order:
        pass_on(node)


check_exercise("01.3e", Node, backward)


# Recursion without an order.
# expect: not yet: your a.grad is 20, but the nudge says 14.
def backward(root):
    root.grad = root.grad or 1.0
    pass_on(root)
    for x in root.inputs:
        backward(x)


check_exercise("01.3e", Node, backward)


# Inner nodes keep what they have.
# expect: not yet: inner node b must have the gradient 7, not 21.
def backward(root):
    root.grad = 1.0
    for node in reversed(in_order(root)):
        pass_on(node)


check_exercise("01.3e", Node, backward)


# Leaves start from 0 as well.
# expect: not yet: the leaf a must have the gradient 28, not 14.
def backward(root):
    order = in_order(root)
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):
        pass_on(node)


check_exercise("01.3e", Node, backward)


# A dictionary of inputs has only one place for two equal ones.
# expect: not yet: twelve times must have the gradient 4096, not 1.
def backward(root):
    order = in_order(root)
    for node in order:
        if node.inputs:
            node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):
        for x, local in dict(zip(node.inputs, node.local)).items():
            x.grad += node.grad * local


check_exercise("01.3e", Node, backward)


# expect: not yet: it raised AttributeError
def backward(root):
    root.backward()


check_exercise("01.3e", Node, backward)
