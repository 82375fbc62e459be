import numpy as np

from micrograd.practice import check_exercise

# expect: done
answers = (0.5, 1, 0.5, 0)
check_exercise("05.1", *answers)

# expect: done
answers = np.array([0.5, 0.5, 1, 0])
check_exercise("05.1", *answers)

# The targets.
# expect: not yet: the loss of these answers is 0, not 1/8.
answers = [0, 1, 1, 0]
check_exercise("05.1", *answers)

# The best constant.
# expect: not yet: the loss of these answers is 0.25, not 1/8.
answers = [0.5, 0.5, 0.5, 0.5]
check_exercise("05.1", *answers)

# One corner alone has the whole error.
# expect: not yet: the loss is 1/8, but not because two corners share the mean
answers = [0.5**0.5, 1, 1, 0]
check_exercise("05.1", *answers)

# Two corners with equal targets: 1/2 is not the mean of those.
# expect: not yet: the loss is 1/8, but not because two corners share the mean
answers = [0.5, 1, 1, 0.5]
check_exercise("05.1", *answers)

# Two corners with different targets, and an answer for each: 0.49 + 0.01 = 0.5.
# expect: not yet: the loss is 1/8, but not because two corners share the mean
answers = [0.7, 0.9, 1, 0]
check_exercise("05.1", *answers)

# expect: not yet: give four answers, for [0, 0], [0, 1], [1, 0] and
answers = [0, 1, 0.5]
check_exercise("05.1", *answers)

# expect: not yet: give four answers, for [0, 0], [0, 1], [1, 0] and
answers = [0, 1, 0.5, 0.5]
check_exercise("05.1", answers)
