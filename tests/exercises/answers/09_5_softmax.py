import numpy as np

from micrograd.practice import check_exercise


# expect: done
def softmax_rule(G, p):
    return p * G - p * (p * G).sum(axis=1)[:, None]


check_exercise("09.5", softmax_rule)


# The table of slopes of each row.
# expect: done
def softmax_rule(G, p):
    rows = []
    for g, row in zip(G, p):
        slopes = np.diag(row) - np.outer(row, row)
        rows.append(slopes @ g)
    return np.array(rows)


check_exercise("09.5", softmax_rule)


# Only the score's own probability.
# expect: not yet: you give s[0, 0] the gradient 0.1848, but a nudge says
# 0.1408.
def softmax_rule(G, p):
    return G * p * (1 - p)


check_exercise("09.5", softmax_rule)


# That of softmax and cross-entropy in one.
# expect: not yet: G = [[1, 0, 2], [-1, 3, 1]], p = [[0.245, 0.665, 0.09], ...
# you give s[0, 0] the gradient -0.7553, but a nudge says
def softmax_rule(G, p):
    return p - G


check_exercise("09.5", softmax_rule)


# The sum over the whole table.
# expect: not yet: you give s[0, 0] the gradient
def softmax_rule(G, p):
    return p * (G - (G * p).sum())


check_exercise("09.5", softmax_rule)


# Down the columns.
# expect: not yet: you give s[0, 0] the gradient
def softmax_rule(G, p):
    return p * (G - (G * p).sum(axis=0))


check_exercise("09.5", softmax_rule)


# A row of sums that should be a column.
# expect: not yet: softmax_rule(an array of shape (2, 3), an array of shape (2,
# 3)) raised ValueError: operands could not be broadcast
def softmax_rule(G, p):
    return p * (G - (G * p).sum(axis=1))


check_exercise("09.5", softmax_rule)


# The plain mean.
# expect: not yet: you give s[0, 0] the gradient 0, but a nudge says 0.1408.
def softmax_rule(G, p):
    return p * (G - G.mean(axis=1, keepdims=True))


check_exercise("09.5", softmax_rule)


# Without the probability in front.
# expect: not yet: you give s[0, 0] the gradient 0.5752, but a nudge says
def softmax_rule(G, p):
    return G - (G * p).sum(axis=1, keepdims=True)


check_exercise("09.5", softmax_rule)


# Uphill.
# expect: not yet: gradient -0.1408, but a nudge says 0.1408.
def softmax_rule(G, p):
    return p * ((G * p).sum(axis=1, keepdims=True) - G)


check_exercise("09.5", softmax_rule)


# As if p were scores.
# expect: not yet: you give s[0, 0] the gradient
def softmax_rule(G, p):
    powers = np.exp(p)
    p = powers / powers.sum(axis=1, keepdims=True)
    return p * (G - (G * p).sum(axis=1, keepdims=True))


check_exercise("09.5", softmax_rule)


# expect: not yet: your function has changed G, which was given to it.
def softmax_rule(G, p):
    G -= (G * p).sum(axis=1, keepdims=True)
    return p * G


check_exercise("09.5", softmax_rule)
