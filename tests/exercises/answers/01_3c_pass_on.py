from micrograd.practice import check_exercise


class Node:
    def __init__(self, data, inputs=(), local=()):
        self.data, self.inputs, self.local = data, inputs, local
        self.grad = 0.0


# expect: done
def pass_on(node):
    for i, x in enumerate(node.inputs):
        x.grad = x.grad + node.grad * node.local[i]


check_exercise("01.3c", Node, pass_on)


# expect: done
def pass_on(node):
    for x, local in zip(node.inputs, node.local):
        x.grad -= -local * node.grad
    return node


check_exercise("01.3c", Node, pass_on)


# expect: not yet: gradients -33 and 22, not -3 and 2. Add to what
def pass_on(node):
    for x, local in zip(node.inputs, node.local):
        x.grad = local * node.grad


check_exercise("01.3c", Node, pass_on)


# expect: not yet: gradients -30 and 20, not -3 and 2. A share is the local
def pass_on(node):
    for x, local in zip(node.inputs, node.local):
        x.grad += local


check_exercise("01.3c", Node, pass_on)


# The data of the node instead of its gradient.
# expect: not yet: -30 and 20, not 18 and -12. A share is the local
def pass_on(node):
    for x, local in zip(node.inputs, node.local):
        x.grad += local * node.data


check_exercise("01.3c", Node, pass_on)


# The loop ends after the first input.
# expect: not yet: -30 and 20, not -30 and 0. A share is the local
def pass_on(node):
    for x, local in zip(node.inputs, node.local):
        x.grad += local * node.grad
        return


check_exercise("01.3c", Node, pass_on)


# expect: not yet: inputs still have no gradient after pass_on(node).
def pass_on(node):
    return [local * node.grad for local in node.local]


check_exercise("01.3c", Node, pass_on)


# The whole way down, which is the last step.
# expect: not yet: the inputs of its inputs should get nothing yet.
def pass_on(node):
    for x, local in zip(node.inputs, node.local):
        x.grad += local * node.grad
        pass_on(x)


check_exercise("01.3c", Node, pass_on)
