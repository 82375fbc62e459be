import numpy as np

from micrograd import Value
from micrograd.practice import check_exercise


# expect: done
def leaky_relu(x):
    return 0.9 * x.relu() + 0.1 * x


check_exercise("03.3", leaky_relu)


# expect: done
def leaky_relu(x):
    return x if x.data > 0 else x / 10


check_exercise("03.3", leaky_relu)


# expect: done
def leaky_relu(x):
    out = Value(max(x.data, 0.1 * x.data), (x,), "leaky")
    out._local = (1 if x.data > 0 else 0.1,)
    return out


check_exercise("03.3", leaky_relu)


# expect: done
def leaky_relu(x):
    out = Value(max(x.data, 0.1 * x.data), (x,), "leaky")

    def backward():
        x.grad += np.where(x.data > 0, 1, 0.1) * out.grad

    out._backward = backward
    return out


check_exercise("03.3", leaky_relu)


# The sign of the second term.
# expect: not yet: at x = -2 it should give -0.2, not 0.2.
def leaky_relu(x):
    return x.relu() + 0.1 * (-x).relu()


check_exercise("03.3", leaky_relu)


# The tenth on both sides.
# expect: not yet: at x = 2 it should give 2, not 2.2.
def leaky_relu(x):
    return x.relu() + 0.1 * x


check_exercise("03.3", leaky_relu)


# The bend at 1, where the function also jumps.
# expect: not yet: at x = 0.01 it should give 0.01, not 0.001.
def leaky_relu(x):
    return x if x.data > 1 else 0.1 * x


check_exercise("03.3", leaky_relu)


# expect: not yet: leaky_relu(-2) raised TypeError
def leaky_relu(x):
    return max(x, 0.1 * x)


check_exercise("03.3", leaky_relu)


# A part of it is a plain number, and passes nothing on.
# expect: not yet: is 0, but the nudge says 0.1. Does the result have all its
# inputs
def leaky_relu(x):
    return x.relu() + min(0, 0.1 * x.data)


check_exercise("03.3", leaky_relu)


# Neither side has the 0.
# expect: not yet: at exactly 0 it should give 0.
def leaky_relu(x):
    if x.data > 0:
        return x
    if x.data < 0:
        return 0.1 * x


check_exercise("03.3", leaky_relu)
