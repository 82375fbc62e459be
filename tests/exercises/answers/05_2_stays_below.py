import numpy as np

from micrograd.practice import check_exercise


# Forwards.
# expect: done
def first_below(losses, level):
    first = None
    for step, loss in enumerate(losses):
        if loss >= level:
            first = None
        elif first is None:
            first = step
    return first


check_exercise("05.2", first_below)


# A NumPy number.
# expect: done
def first_below(losses, level):
    for step in range(len(losses)):
        if max(losses[step:]) < level:
            return np.int64(step)


check_exercise("05.2", first_below)


# It takes the list apart, which is its own.
# expect: done
def first_below(losses, level):
    n = len(losses)
    while losses and losses[-1] < level:
        losses.pop()
    return len(losses) if len(losses) < n else None


check_exercise("05.2", first_below)


# The first loss that is below, whatever comes after it.
# expect: not yet: [5.0, 1.0, 3.0, 1.0] ... it should give 3, not 1.
def first_below(losses, level):
    for step, loss in enumerate(losses):
        if loss < level:
            return step


check_exercise("05.2", first_below)


# Below or at the level.
# expect: not yet: [3.0, 2.0, 1.0] and the level 2.0 it should give 2, not 1.
def first_below(losses, level):
    for step in range(len(losses)):
        if max(losses[step:]) <= level:
            return step


check_exercise("05.2", first_below)


# Counted from 1.
# expect: not yet: [3.0, 2.0, 1.0] and the level 2.5 it should give 1, not 2.
def first_below(losses, level):
    for step in range(len(losses)):
        if max(losses[step:]) < level:
            return step + 1


check_exercise("05.2", first_below)


# The last step that is not below.
# expect: not yet: [3.0, 2.0, 1.0] and the level 2.5 it should give 1, not 0.
def first_below(losses, level):
    for step in reversed(range(len(losses))):
        if losses[step] >= level:
            return step


check_exercise("05.2", first_below)


# The first loss of all is left out.
# expect: not yet: [1.0, 0.5] and the level 2.0 it should give 0, not 1.
def first_below(losses, level):
    for step in range(1, len(losses)):
        if max(losses[step:]) < level:
            return step


check_exercise("05.2", first_below)


# Another word for "never".
# expect: not yet: [3.0, 4.0] never stay below 2 ... None, not -1.
def first_below(losses, level):
    for step in range(len(losses)):
        if max(losses[step:]) < level:
            return step
    return -1


check_exercise("05.2", first_below)


# All losses are below: the loop ends without an answer.
# expect: not yet: [1.0, 0.5] and the level 2.0 it should give 0, not None.
def first_below(losses, level):
    for step in reversed(range(len(losses))):
        if losses[step] >= level:
            return step + 1


check_exercise("05.2", first_below)
