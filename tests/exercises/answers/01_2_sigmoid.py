import math

import numpy as np

from micrograd import Value
from micrograd.practice import check_exercise


# expect: done
def sigmoid(x):
    return ((x * 0.5).tanh() + 1) * 0.5


check_exercise("01.2", sigmoid)


# expect: done
def sigmoid(x):
    if x.data > 0:
        return 1 / (1 + (-x).exp())
    return x.exp() / (1 + x.exp())


check_exercise("01.2", sigmoid)


# The inputs in a list, and NumPy's numbers.
# expect: done
def sigmoid(x):
    s = 0.5 * (1 + np.tanh(x.data / 2))
    out = Value(s, [x], "sigmoid")

    def backward():
        x.grad += s * (1 - s) * out.grad

    out._backward = backward
    return out


check_exercise("01.2", sigmoid)


# expect: done
def sigmoid(x):
    s = 0.5 * (1 + math.tanh(x.data / 2))
    return Value(s, (x,), "sigmoid", _local=(s * (1 - s),))


check_exercise("01.2", sigmoid)


# The derivative computed from the input.
# expect: not yet: at x = 0.5 is 0.25, but the nudge says 0.235.
def sigmoid(x):
    s = 1 / (1 + math.exp(-x.data))
    out = Value(s, (x,), "sigmoid")

    def backward():
        x.grad += x.data * (1 - x.data) * out.grad

    out._backward = backward
    return out


check_exercise("01.2", sigmoid)


# expect: not yet: of 3 times your function ... A share is the local
def sigmoid(x):
    s = 1 / (1 + math.exp(-x.data))
    out = Value(s, (x,), "sigmoid")

    def backward():
        x.grad += s * (1 - s)

    out._backward = backward
    return out


check_exercise("01.2", sigmoid)


# expect: not yet: of your function + x ... Add to x.grad
def sigmoid(x):
    s = 1 / (1 + math.exp(-x.data))
    out = Value(s, (x,), "sigmoid")

    def backward():
        x.grad = s * (1 - s) * out.grad

    out._backward = backward
    return out


check_exercise("01.2", sigmoid)


# expect: not yet: it raised ValueError: ... but no inputs; name them
def sigmoid(x):
    s = 1 / (1 + math.exp(-x.data))
    out = Value(s)

    def backward():
        x.grad += s * (1 - s) * out.grad

    out._backward = backward
    return out


check_exercise("01.2", sigmoid)


# The graph is cut: the input is a new Value.
# expect: not yet: of your function of x * 1 ... Does the result have all its
# inputs
def sigmoid(x):
    s = 1 / (1 + math.exp(-x.data))
    out = Value(s, (Value(x.data),), "sigmoid")

    def backward():
        x.grad += s * (1 - s) * out.grad

    out._backward = backward
    return out


check_exercise("01.2", sigmoid)


# expect: not yet: it should return a Value, not 0.62
def sigmoid(x):
    return 1 / (1 + math.exp(-x.data))


check_exercise("01.2", sigmoid)


# expect: not yet: is 0, but the nudge says 0.235. Does the result have all its
def sigmoid(x):
    return Value(1 / (1 + math.exp(-x.data)))


check_exercise("01.2", sigmoid)


# No rule at all: the engine complains.
# expect: not yet: it raised ValueError: ... needs a local derivative for each
def sigmoid(x):
    return Value(1 / (1 + math.exp(-x.data)), (x,), "sigmoid")


check_exercise("01.2", sigmoid)


# The function ends without a return.
# expect: not yet: sigmoid returns nothing yet.
def sigmoid(x):
    s = 1 / (1 + math.exp(-x.data))
    out = Value(s, (x,), "sigmoid")

    def backward():
        x.grad += s * (1 - s) * out.grad

    out._backward = backward


check_exercise("01.2", sigmoid)


# expect: not yet: sigmoid(0.5) raised TypeError
def sigmoid(x):
    return 1 / (1 + math.exp(-x))


check_exercise("01.2", sigmoid)


# expect: not yet: it is right near 0, but sigmoid(-1000) raised OverflowError
# ... Never give exp a large positive number.
def sigmoid(x):
    s = 1 / (1 + math.exp(-x.data))
    out = Value(s, (x,), "sigmoid")

    def backward():
        x.grad += s * (1 - s) * out.grad

    out._backward = backward
    return out


check_exercise("01.2", sigmoid)


# expect: not yet: it is right near 0, but at x = 1000 it should give 1, not
# nan.
# Never give exp a large positive number.
def sigmoid(x):
    s = np.exp(x.data) / (1 + np.exp(x.data))
    out = Value(s, (x,), "sigmoid")

    def backward():
        x.grad += s * (1 - s) * out.grad

    out._backward = backward
    return out


check_exercise("01.2", sigmoid)


# Cut off too early.
# expect: not yet: it is right near 0, but at x = 1000 it should give 1, not
# 0.9933.
def sigmoid(x):
    s = 1 / (1 + math.exp(-max(-5, min(5, x.data))))
    out = Value(s, (x,), "sigmoid")

    def backward():
        x.grad += s * (1 - s) * out.grad

    out._backward = backward
    return out


check_exercise("01.2", sigmoid)
