import math

from micrograd import Value
from micrograd.practice import check_exercise


# expect: done
def power(a, b):
    return (a.log() * b).exp()


check_exercise("02.3", power)


# expect: done
def power(a, b):
    s = a.data**b.data
    local = (b.data * s / a.data, s * math.log(a.data))
    return Value(s, (a, b), "power", _local=local)


check_exercise("02.3", power)


# expect: not yet: with respect to y at x = 2, y = 3 is 0, but the nudge says
# 5.55. Does the result have all its inputs, and does each get its share?
def power(a, b):
    return a**b.data


check_exercise("02.3", power)


# expect: not yet: raised TypeError
def power(a, b):
    return a**b


check_exercise("02.3", power)


# The slope of e ** b.
# expect: not yet: with respect to y at x = 2, y = 3 is 8, but the nudge says
# 5.55.
def power(a, b):
    s = a.data**b.data
    out = Value(s, (a, b), "power")

    def backward():
        a.grad += b.data * a.data ** (b.data - 1) * out.grad
        b.grad += s * out.grad

    out._backward = backward
    return out


check_exercise("02.3", power)


# The exponent keeps its 1.
# expect: not yet: with respect to x at x = 2, y = 3 is 24, but the nudge says
# 12.
def power(a, b):
    s = a.data**b.data
    out = Value(s, (a, b), "power")

    def backward():
        a.grad += b.data * s * out.grad
        b.grad += s * math.log(a.data) * out.grad

    out._backward = backward
    return out


check_exercise("02.3", power)


# expect: not yet: of your function + x + y with respect to y ... Add to x.grad
def power(a, b):
    s = a.data**b.data
    out = Value(s, (a, b), "power")

    def backward():
        a.grad += b.data * a.data ** (b.data - 1) * out.grad
        b.grad = s * math.log(a.data) * out.grad

    out._backward = backward
    return out


check_exercise("02.3", power)


# The power of the wrong one.
# expect: not yet: at x = 2, y = 3 it should give 8, not 9.
def power(a, b):
    return (a * b.log()).exp()


check_exercise("02.3", power)


# Right for two different inputs, and not for power(x, x).
# expect: not yet: at x = 1.5 is 0.745, but the nudge says 2.58.
def power(a, b):
    s = a.data**b.data
    out = Value(s, (a, b), "power")

    def backward():
        grad_a, grad_b = a.grad, b.grad
        a.grad = grad_a + b.data * a.data ** (b.data - 1) * out.grad
        b.grad = grad_b + s * math.log(a.data) * out.grad

    out._backward = backward
    return out


check_exercise("02.3", power)
