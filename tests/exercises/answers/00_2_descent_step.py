from micrograd import numerical_gradient
from micrograd.practice import check_exercise


# expect: done
def descent_step(f, x, learning_rate):
    h = 1e-4
    return x - learning_rate * (f(x + h) - f(x)) / h


check_exercise("00.2", descent_step)


# In both directions.
# expect: done
def descent_step(f, x, learning_rate):
    h = 1e-5
    slope = (f(x + h) - f(x - h)) / (2 * h)
    return x + learning_rate * -slope


check_exercise("00.2", descent_step)


# expect: not yet: this is a step uphill: what does the minus do?
def descent_step(f, x, learning_rate):
    h = 1e-4
    return x + learning_rate * (f(x + h) - f(x)) / h


check_exercise("00.2", descent_step)


# expect: not yet: this is the step. Return where it leads.
def descent_step(f, x, learning_rate):
    h = 1e-4
    return -learning_rate * (f(x + h) - f(x)) / h


check_exercise("00.2", descent_step)


# expect: not yet: this is the step. Return where it leads.
def descent_step(f, x, learning_rate):
    h = 1e-4
    return learning_rate * (f(x + h) - f(x)) / h


check_exercise("00.2", descent_step)


# Without dividing by the nudge.
# expect: not yet: from 1, on a curve with the slope -16 and with a learning
def descent_step(f, x, learning_rate):
    h = 1e-4
    return x - learning_rate * (f(x + h) - f(x))


check_exercise("00.2", descent_step)


# A rate of its own.
# expect: not yet: on a curve with the slope 12 and with a learning rate of 0.1,
def descent_step(f, x, learning_rate):
    h = 1e-4
    return x - 0.05 * (f(x + h) - f(x)) / h


check_exercise("00.2", descent_step)


# Only the sign of the slope.
# expect: not yet: the step leads to 1.8, not to 1.05.
def descent_step(f, x, learning_rate):
    return x + learning_rate if f(x + 1e-4) < f(x) else x - learning_rate


check_exercise("00.2", descent_step)


# expect: not yet: descent_step returns nothing yet.
def descent_step(f, x, learning_rate):
    x -= learning_rate * (f(x + 1e-4) - f(x)) / 1e-4


check_exercise("00.2", descent_step)


# expect: not yet: where the step leads should be a plain number, not [1.
def descent_step(f, x, learning_rate):
    return [x - learning_rate * (f(x + 1e-4) - f(x)) / 1e-4]


check_exercise("00.2", descent_step)


# The engine's own check, which wants Values.
# expect: not yet: descent_step(<lambda>, 1.0, 0.05) raised
def descent_step(f, x, learning_rate):
    return x - learning_rate * numerical_gradient(lambda v: f(v.data), x)[0]


check_exercise("00.2", descent_step)
