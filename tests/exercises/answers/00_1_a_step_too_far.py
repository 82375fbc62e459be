import numpy as np

from micrograd.practice import check_exercise

# expect: done
after_one, after_two = 7, 1
check_exercise("00.1", after_one, after_two)

# As the nudge finds them.
# expect: done
w = 1.0
places = []
for _ in range(2):
    slope = ((2 * (w + 1e-3) - 8) ** 2 - (2 * w - 8) ** 2) / 1e-3
    w = w - np.float64(0.25) * slope
    places.append(w)
after_one, after_two = places
check_exercise("00.1", after_one, after_two)

# expect: not yet: this is a step uphill: what does the minus do?
after_one, after_two = -5, 13
check_exercise("00.1", after_one, after_two)

# expect: not yet: do not forget the learning rate.
after_one, after_two = 25, 1
check_exercise("00.1", after_one, after_two)

# The rate of the notebook.
# expect: not yet: the first step does not lead to 2.2: the slope is -24, and
after_one, after_two = 2.2, 2.92
check_exercise("00.1", after_one, after_two)

# expect: not yet: after one step, w is 7. The second does not lead to 13: what
after_one, after_two = 7, 13
check_exercise("00.1", after_one, after_two)

# expect: not yet: the second answer should be a plain number, not 'back'.
after_one, after_two = 7, "back"
check_exercise("00.1", after_one, after_two)

# expect: not yet: the first answer should be a plain number, not [5, 1].
after_one, after_two = [5, 1], 1
check_exercise("00.1", after_one, after_two)
