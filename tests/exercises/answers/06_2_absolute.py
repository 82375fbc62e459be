import math

import numpy as np

from micrograd import Value
from micrograd.practice import check_exercise


# At 0 the slope is 1.
# expect: done
def absolute(x):
    out = Value(abs(x.data), (x,), "abs")

    def backward():
        x.grad += math.copysign(1, x.data) * out.grad

    out._backward = backward
    return out


check_exercise("06.2", absolute)


# At 0 the slope is 0.
# expect: done
def absolute(x):
    out = Value(abs(x.data), [x], "abs")

    def backward():
        x.grad += np.sign(x.data) * out.grad

    out._backward = backward
    return out


check_exercise("06.2", absolute)


# At 0 the slope is 0.5.
# expect: done
def absolute(x):
    s = abs(x.data)
    out = Value(s, (x,), "abs")
    out._local = (x.data / s if s else 0.5,)
    return out


check_exercise("06.2", absolute)


# expect: not yet: this is not one operation 'abs' of x alone: _op is '+', and
def absolute(x):
    return x.relu() + (-x).relu()


check_exercise("06.2", absolute)


# Four operations under the name of one.
# expect: not yet: is not one operation ... 'abs', and _prev has length 2.
def absolute(x):
    out = x.relu() + (-x).relu()
    out._op = "abs"
    return out


check_exercise("06.2", absolute)


# expect: not yet: _op is 'Abs', and _prev has length 1.
def absolute(x):
    out = Value(abs(x.data), (x,), "Abs")

    def backward():
        x.grad += (1.0 if x.data > 0 else -1.0) * out.grad

    out._backward = backward
    return out


check_exercise("06.2", absolute)


# The slope on one side.
# expect: not yet: at x = -2 is 1, but the nudge says -1.
def absolute(x):
    out = Value(abs(x.data), (x,), "abs")

    def backward():
        x.grad += out.grad

    out._backward = backward
    return out


check_exercise("06.2", absolute)


# The kink at 1.
# expect: not yet: at x = 0.5 is -1, but the nudge says 1.
def absolute(x):
    out = Value(abs(x.data), (x,), "abs")

    def backward():
        x.grad += (1.0 if x.data > 1 else -1.0) * out.grad

    out._backward = backward
    return out


check_exercise("06.2", absolute)


# expect: not yet: absolute(-2) raised TypeError
def absolute(x):
    return abs(x)


check_exercise("06.2", absolute)


# At 0 the rule divides by 0.
# expect: not yet: it raised ZeroDivisionError
def absolute(x):
    out = Value(abs(x.data), (x,), "abs")

    def backward():
        x.grad += x.data / abs(x.data) * out.grad

    out._backward = backward
    return out


check_exercise("06.2", absolute)


# The slopes of both sides, added up as if 0 were on both.
# expect: not yet: at the kink the gradient must be between the slopes -1
# and 1, not 2.
def absolute(x):
    out = Value(abs(x.data), (x,), "abs")

    def backward():
        slope = 0
        if x.data >= 0:
            slope += 1
        if x.data <= 0:
            slope += 1 if x.data == 0 else -1
        x.grad += slope * out.grad

    out._backward = backward
    return out


check_exercise("06.2", absolute)
