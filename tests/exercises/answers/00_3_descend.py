from micrograd.practice import check_exercise


# expect: done
def descend(f, knobs, learning_rate, steps):
    h = 1e-5
    knobs = list(knobs)
    for _ in range(steps):
        here = f(knobs)
        slopes = []
        for i in range(len(knobs)):
            nudged = list(knobs)
            nudged[i] += h
            slopes.append((f(nudged) - here) / h)
        knobs = [k - learning_rate * s for k, s in zip(knobs, slopes)]
    return knobs


check_exercise("00.3", descend)


# Nudged in place and put back, in both directions.
# expect: done
def descend(f, knobs, learning_rate, steps):
    h = 1e-5
    knobs = knobs[:]
    for _ in range(steps):
        slopes = []
        for i, knob in enumerate(knobs):
            knobs[i] = knob + h
            up = f(knobs)
            knobs[i] = knob - h
            down = f(knobs)
            knobs[i] = knob
            slopes.append((up - down) / (2 * h))
        for i, slope in enumerate(slopes):
            knobs[i] -= learning_rate * slope
    return knobs


check_exercise("00.3", descend)


# expect: not yet: becomes [0.2, 0.6], not [0.2, 0.76]: measure all slopes
def descend(f, knobs, learning_rate, steps):
    h = 1e-5
    knobs = list(knobs)
    for _ in range(steps):
        for i in range(len(knobs)):
            nudged = list(knobs)
            nudged[i] += h
            knobs[i] -= learning_rate * (f(nudged) - f(knobs)) / h
    return knobs


check_exercise("00.3", descend)


# expect: not yet: the list that you were given has changed. Make a copy.
def descend(f, knobs, learning_rate, steps):
    h = 1e-5
    for _ in range(steps):
        nudged = [k + h for k in knobs]
        knobs[0] -= learning_rate * (f(nudged) - f(knobs)) / h
    return knobs


check_exercise("00.3", descend)


# All knobs are nudged together.
# expect: not yet: with steps=1, [1.0, -2.0, 3.0] becomes [0.8, -1.2, 1.2], not
def descend(f, knobs, learning_rate, steps):
    h = 1e-5
    for _ in range(steps):
        slope = (f([k + h for k in knobs]) - f(knobs)) / h
        knobs = [k - learning_rate * slope for k in knobs]
    return list(knobs)


check_exercise("00.3", descend)


# One step, whatever was asked for.
# expect: not yet: with steps=0, [1.0] becomes [1.0], not [0.8].
def descend(f, knobs, learning_rate, steps):
    h = 1e-5
    here = f(knobs)
    slopes = []
    for i in range(len(knobs)):
        nudged = list(knobs)
        nudged[i] += h
        slopes.append((f(nudged) - here) / h)
    return [k - learning_rate * s for k, s in zip(knobs, slopes)]


check_exercise("00.3", descend)


# The loss in the place of the knobs.
# expect: not yet: for [1.0] it should return a list of the same length, not
def descend(f, knobs, learning_rate, steps):
    return f(knobs)


check_exercise("00.3", descend)


# expect: not yet: a knob should be a plain number, not 'here'.
def descend(f, knobs, learning_rate, steps):
    return ["here"] * len(knobs)


check_exercise("00.3", descend)


# expect: not yet: descend returns nothing yet.
def descend(f, knobs, learning_rate, steps):
    list(knobs)


check_exercise("00.3", descend)
