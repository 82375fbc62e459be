import numpy as np

from micrograd import Value
from micrograd.practice import check_exercise


def forward_difference(f, x, h):
    return (f(x + h) - f(x)) / h


best_h = 1e-8


# expect: done
best_h = 3e-9
check_exercise("02.2", forward_difference, best_h)


# The nudge as the floats have it.
# expect: done
def forward_difference(f, x, h):
    up = x + h
    return (f(up) - f(x)) / (up - x)


check_exercise("02.2", forward_difference, best_h)


# expect: done
def forward_difference(f, x, h):
    return np.float64(f(x + h) / h - f(x) / h)


best_h = np.sqrt(np.finfo(float).eps)
check_exercise("02.2", forward_difference, best_h)


# expect: not yet: this is the backward difference: it looks at x - h.
def forward_difference(f, x, h):
    return (f(x) - f(x - h)) / h


check_exercise("02.2", forward_difference, best_h)


# expect: not yet: this is the central difference, which nudges in both
def forward_difference(f, x, h):
    return (f(x + h) - f(x - h)) / (2 * h)


check_exercise("02.2", forward_difference, best_h)


# expect: not yet: for x**3 at 2 with h = 0.5 it should give 15.25, not 7.625.
def forward_difference(f, x, h):
    return f(x + h) - f(x)


check_exercise("02.2", forward_difference, best_h)


# A nudge of its own.
# expect: not yet: with h = 0.5 it should give 15.25, not 12.
def forward_difference(f, x, h):
    return (f(x + 1e-8) - f(x)) / 1e-8


check_exercise("02.2", forward_difference, best_h)


# expect: not yet: the difference should be a plain number, not Value(
def forward_difference(f, x, h):
    return (f(Value(x + h)) - f(Value(x))) / h


check_exercise("02.2", forward_difference, best_h)


# The best nudge of the central difference.
# expect: not yet: at h = 1e-05 the error is mostly truncation: keep looking.
best_h = 1e-5
check_exercise("02.2", forward_difference, best_h)


# expect: not yet: at h = 6e-10 the error is mostly rounding: keep looking.
best_h = 6e-10
check_exercise("02.2", forward_difference, best_h)


# expect: not yet: best_h is a nudge: it must be positive, not 0.
best_h = 0
check_exercise("02.2", forward_difference, best_h)
