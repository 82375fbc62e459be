import numpy as np

from micrograd.practice import check_exercise


# expect: done
def lookup_rule(G, table, ids):
    grad = np.zeros(table.shape)
    np.add.at(grad, ids, G)
    return grad


check_exercise("09.3", lookup_rule)


# A lookup is a product with rows that have a single 1.
# expect: done
def lookup_rule(G, table, ids):
    picks = np.eye(len(table))[ids]
    return picks.T @ G


check_exercise("09.3", lookup_rule)


# Row by row of the table.
# expect: done
def lookup_rule(G, table, ids):
    return np.array(
        [G[np.array(ids) == row].sum(axis=0) for row in range(len(table))]
    )


check_exercise("09.3", lookup_rule)


# What the hint warns of.
# expect: not yet: ids = [2, 0, 2], you give table[2, 0] the gradient 3, but a
# nudge says 4.
def lookup_rule(G, table, ids):
    grad = np.zeros_like(table)
    grad[ids] += G
    return grad


check_exercise("09.3", lookup_rule)


# expect: not yet: you give table[2, 0] the gradient 3, but a nudge says 4.
def lookup_rule(G, table, ids):
    grad = np.zeros_like(table)
    for i, row in enumerate(ids):
        grad[row] = G[i]
    return grad


check_exercise("09.3", lookup_rule)


# Each row once.
# expect: not yet: you give table[2, 0] the gradient 1, but a nudge says 4.
def lookup_rule(G, table, ids):
    grad = np.zeros_like(table)
    for row in set(ids):
        grad[row] += G[ids.index(row)]
    return grad


check_exercise("09.3", lookup_rule)


# The mean of the two.
# expect: not yet: you give table[2, 0] the gradient 2, but a nudge says 4.
def lookup_rule(G, table, ids):
    grad = np.zeros_like(table)
    for i, row in enumerate(ids):
        grad[row] += G[i] / ids.count(row)
    return grad


check_exercise("09.3", lookup_rule)


# Only the rows that were taken.
# expect: not yet: table has the shape (4, 2), and you return one of shape
# (3, 2).
def lookup_rule(G, table, ids):
    return G


check_exercise("09.3", lookup_rule)


# Rows of G by the numbers of rows of the table.
# expect: not yet: table has the shape (4, 2), and you return one of shape
# (3, 2).
def lookup_rule(G, table, ids):
    return G[ids]


check_exercise("09.3", lookup_rule)


# It starts from the table.
# expect: not yet: your function has changed table, which was given to it.
def lookup_rule(G, table, ids):
    grad = table
    for i, row in enumerate(ids):
        grad[row] += G[i]
    return grad


check_exercise("09.3", lookup_rule)


# expect: not yet: you give table[0, 0] the gradient 6, but a nudge says 5.
def lookup_rule(G, table, ids):
    grad = table.copy()
    for i, row in enumerate(ids):
        grad[row] += G[i]
    return grad


check_exercise("09.3", lookup_rule)


# It takes the list apart.
# expect: not yet: your function has changed ids, which was given to it.
def lookup_rule(G, table, ids):
    grad = np.zeros_like(table)
    for share in reversed(G):
        grad[ids.pop()] += share
    return grad


check_exercise("09.3", lookup_rule)


# Zeros in the shape of G.
# expect: not yet: raised IndexError: index 3 is out of bounds for axis 0
def lookup_rule(G, table, ids):
    grad = np.zeros_like(G)
    for row in range(len(table)):
        grad[row] += G[np.array(ids) == row].sum(axis=0)
    return grad


check_exercise("09.3", lookup_rule)


# add.at changes its array, and returns nothing.
# expect: not yet: lookup_rule returns nothing yet.
def lookup_rule(G, table, ids):
    return np.add.at(np.zeros_like(table), ids, G)


check_exercise("09.3", lookup_rule)
