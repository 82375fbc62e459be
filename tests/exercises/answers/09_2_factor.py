import numpy as np

from micrograd.practice import check_exercise


# A list, and a product of matrices that picks the columns.
# expect: done
def factor_rule(G, x, s):
    return [G @ np.diag(s), np.diag(x.T @ G)]


check_exercise("09.2", factor_rule)


# With loops.
# expect: done
def factor_rule(G, x, s):
    grad_x, grad_s = np.zeros_like(x), np.zeros_like(s)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            grad_x[i, j] += s[j] * G[i, j]
            grad_s[j] += x[i, j] * G[i, j]
    return grad_x, grad_s


check_exercise("09.2", factor_rule)


# The factors are not added up.
# expect: not yet: a gradient has the shape of the thing it belongs to: s has
# the shape (2,), and you return one of shape (3, 2).
def factor_rule(G, x, s):
    return G * s, G * x


check_exercise("09.2", factor_rule)


# Along the rows, not down the columns.
# expect: not yet: and you return one of shape (3,).
def factor_rule(G, x, s):
    return G * s, (G * x).sum(axis=1)


check_exercise("09.2", factor_rule)


# All of it.
# expect: not yet: and you return a single number.
def factor_rule(G, x, s):
    return G * s, (G * x).sum()


check_exercise("09.2", factor_rule)


# A row of a table, not a row.
# expect: not yet: s has the shape (2,), and you return one of shape (1, 2).
def factor_rule(G, x, s):
    return G * s, (G * x).sum(axis=0, keepdims=True)


check_exercise("09.2", factor_rule)


# expect: not yet: you give s[0] the gradient 0.8333, but a nudge says 2.5.
def factor_rule(G, x, s):
    return G * s, (G * x).mean(axis=0)


check_exercise("09.2", factor_rule)


# Only G is added up.
# expect: not yet: you give s[0] the gradient 18, but a nudge says 2.5.
def factor_rule(G, x, s):
    return G * s, G.sum(axis=0) * x.sum(axis=0)


check_exercise("09.2", factor_rule)


# Each input gets itself.
# expect: not yet: x = [[1, 2], [3, -1], [0.5, 4]], s = [2, -3], you give
# x[0, 0] the gradient 1, but a nudge says 2.
def factor_rule(G, x, s):
    return G * x, (G * s).sum(axis=0)


check_exercise("09.2", factor_rule)


# The other way round.
# expect: not yet: x has the shape (3, 2), and you return one of shape (2,).
def factor_rule(G, x, s):
    return (G * x).sum(axis=0), G * s


check_exercise("09.2", factor_rule)


# Only one of the two, whose rows look like two answers.
# expect: not yet: it should return 2 arrays, the gradients of x and s, not
# array([[ 2., -6.], [ 0., 3.],
def factor_rule(G, x, s):
    return G * s


check_exercise("09.2", factor_rule)


# expect: not yet: your function has changed G, which was given to it.
def factor_rule(G, x, s):
    grad_s = (G * x).sum(axis=0)
    G *= s
    return G, grad_s


check_exercise("09.2", factor_rule)


# expect: not yet: factor_rule(an array of shape (3, 2), ... raised ValueError:
# matmul:
def factor_rule(G, x, s):
    return G @ s, G @ x


check_exercise("09.2", factor_rule)
