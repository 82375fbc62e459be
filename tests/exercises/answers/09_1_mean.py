import numpy as np

from micrograd.practice import check_exercise
from micrograd.tensor import Tensor


# expect: done
def mean_rule(G, x):
    return np.full(x.shape, G / x.size)


check_exercise("09.1", mean_rule)


# A list of lists is as good as an array.
# expect: done
def mean_rule(G, x):
    rows, columns = x.shape
    return [[G / (rows * columns)] * columns] * rows


check_exercise("09.1", mean_rule)


# The package's Tensor knows.
# expect: done
def mean_rule(G, x):
    x = Tensor(x)
    (x.sum() * (G / x.data.size)).backward()
    return x.grad


check_exercise("09.1", mean_rule)


# That of a sum.
# expect: not yet: with G = 3, x = [[1, 2, 0], [3, -1, 4]], you give x[0, 0]
# the gradient 3, but a nudge says 0.5.
def mean_rule(G, x):
    return G * np.ones_like(x)


check_exercise("09.1", mean_rule)


# len counts the rows.
# expect: not yet: you give x[0, 0] the gradient 1.5, but a nudge says 0.5.
def mean_rule(G, x):
    return G * np.ones_like(x) / len(x)


check_exercise("09.1", mean_rule)


# Without what came back.
# expect: not yet: you give x[0, 0] the gradient 0.1667, but a nudge says 0.5.
def mean_rule(G, x):
    return np.ones_like(x) / x.size


check_exercise("09.1", mean_rule)


# The shares of the numbers, not of the places.
# expect: not yet: you give x[0, 1] the gradient 1, but a nudge says 0.5.
def mean_rule(G, x):
    return G * x / x.size


check_exercise("09.1", mean_rule)


# One number for all places.
# expect: not yet: a gradient has the shape of the thing it belongs to: x has
# the shape (2, 3), and you return a single number.
def mean_rule(G, x):
    return G / x.size


check_exercise("09.1", mean_rule)


# The mean itself.
# expect: not yet: and you return a single number.
def mean_rule(G, x):
    return G * x.mean()


check_exercise("09.1", mean_rule)


# Always six elements.
# expect: not yet: x = [[1], [5], [2], [0.5]], you give x[0, 0] the gradient
# -0.3333, but a nudge says -0.5.
def mean_rule(G, x):
    return G * np.ones_like(x) / 6


check_exercise("09.1", mean_rule)


# It fills the array that it was given.
# expect: not yet: your function has changed x, which was given to it.
def mean_rule(G, x):
    x[:] = G / x.size
    return x


check_exercise("09.1", mean_rule)


# expect: not yet: should be an array of numbers, not Tensor(shape=(2, 3)).
def mean_rule(G, x):
    return Tensor(G * np.ones_like(x) / x.size)


check_exercise("09.1", mean_rule)


# expect: not yet: should be an array of numbers, not [[0.5, 0.5, 0.5], [0.5]].
def mean_rule(G, x):
    return [[0.5, 0.5, 0.5], [0.5]]


check_exercise("09.1", mean_rule)


# expect: not yet: mean_rule(3.0, an array of shape (2, 3)) raised
# AttributeError: 'list' object has no attribute 'shape'.
def mean_rule(G, x):
    return np.ones(x.tolist().shape)


check_exercise("09.1", mean_rule)


# expect: not yet: you give x[0, 0] the gradient nan, but a nudge says 0.5.
def mean_rule(G, x):
    return G * np.zeros_like(x) / 0


check_exercise("09.1", mean_rule)
