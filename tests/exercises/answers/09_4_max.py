import numpy as np

from micrograd.practice import check_exercise


# expect: done
def max_rule(G, x):
    grad = np.zeros_like(x)
    grad[np.arange(len(x)), x.argmax(axis=1)] = G
    return grad


check_exercise("09.4", max_rule)


# Columns become rows, and back.
# expect: done
def max_rule(G, x):
    return np.where(x.max(axis=1) == x.T, G, 0).T


check_exercise("09.4", max_rule)


# Row by row.
# expect: done
def max_rule(G, x):
    rows = []
    for g, row in zip(G, x):
        rows.append([g if number == max(row) else 0 for number in row])
    return np.array(rows)


check_exercise("09.4", max_rule)


# G as a row.
# expect: not yet: max_rule(an array of shape (3,), an array of shape (3, 2))
# raised ValueError: operands could not be broadcast together with shapes
def max_rule(G, x):
    return G * (x == x.max(axis=1, keepdims=True))


check_exercise("09.4", max_rule)


# A row of largest numbers.
# expect: not yet: raised ValueError: operands could not be broadcast
def max_rule(G, x):
    return G[:, None] * (x == x.max(axis=1))


check_exercise("09.4", max_rule)


# The largest number of all.
# expect: not yet: you give x[1, 0] the gradient 0, but a nudge says -1.
def max_rule(G, x):
    return G[:, None] * (x == x.max())


check_exercise("09.4", max_rule)


# The largest number of each column.
# expect: not yet: x = [[1, 5], [-2, -7], [3, 4]], you give x[1, 0] the gradient
# 0, but a nudge says -1.
def max_rule(G, x):
    return G[:, None] * (x == x.max(axis=0))


check_exercise("09.4", max_rule)


# Everybody gets it, as with a sum.
# expect: not yet: you give x[0, 0] the gradient 2, but a nudge says 0.
def max_rule(G, x):
    return G[:, None] * np.ones_like(x)


check_exercise("09.4", max_rule)


# Where the largest is, without what came back.
# expect: not yet: you give x[0, 1] the gradient 1, but a nudge says 2.
def max_rule(G, x):
    return x == x.max(axis=1, keepdims=True)


check_exercise("09.4", max_rule)


# The largest number passes on itself.
# expect: not yet: you give x[0, 1] the gradient 10, but a nudge says 2.
def max_rule(G, x):
    largest = x.max(axis=1, keepdims=True)
    return G[:, None] * np.where(x == largest, x, 0)


check_exercise("09.4", max_rule)


# A gate as that of the ReLU.
# expect: not yet: you give x[0, 0] the gradient 2, but a nudge says 0.
def max_rule(G, x):
    return G[:, None] * (x > 0)


check_exercise("09.4", max_rule)


# Whole columns.
# expect: not yet: you give x[0, 0] the gradient -1, but a nudge says 0.
def max_rule(G, x):
    grad = np.zeros_like(x)
    grad[:, x.argmax(axis=1)] = G
    return grad


check_exercise("09.4", max_rule)


# One number for each row.
# expect: not yet: x has the shape (3, 2), and you return one of shape (3,).
def max_rule(G, x):
    return G


check_exercise("09.4", max_rule)


# expect: not yet: your function has changed x, which was given to it.
def max_rule(G, x):
    largest = x.max(axis=1, keepdims=True)
    x[x < largest] = 0
    x[x == largest] = G
    return x


check_exercise("09.4", max_rule)
