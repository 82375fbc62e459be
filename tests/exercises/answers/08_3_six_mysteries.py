from micrograd.practice import check_exercise, zoo

names = [
    "tanh_unsquared",
    "equal_is_same",
    "uphill",
    "no_minus",
    "inputs_in_a_set",
    "tanh_twice",
]

# expect: done
names = tuple(names)
check_exercise("08.3", *names)

# expect: done
names = (name for name in names)
check_exercise("08.3", *names)

# expect: not yet: 5 of 6 are right: look again at 2.
names[1] = "no_order"
check_exercise("08.3", *names)

# expect: not yet: 0 of 6 are right: look again at 1, 2, 3, 4, 5, 6.
names.reverse()
check_exercise("08.3", *names)

# expect: not yet: give six names from this list: assigns, inputs_in_a_set
names[0] = "tanh"
check_exercise("08.3", *names)

# expect: not yet: give six names from this list: assigns, inputs_in_a_set
names.pop()
check_exercise("08.3", *names)

# The bugs themselves.
# expect: not yet: give six names from this list: assigns, inputs_in_a_set
names = [zoo.ZOO[name] for name in names]
check_exercise("08.3", *names)

# expect: not yet: replace the dots with your answer.
names[3] = ...
check_exercise("08.3", *names)
