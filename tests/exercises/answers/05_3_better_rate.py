from micrograd.practice import check_exercise

# expect: done
rate = 0.15
check_exercise("05.3", rate)

# expect: not yet: from seed 42, the rate 0.05 needs 241 steps, while 0.1 needs
# 123.
rate = 0.05
check_exercise("05.3", rate)

# expect: not yet: the rate 1 has not got there after 500 steps, while 0.1 needs
# 123.
rate = 1
check_exercise("05.3", rate)

# Uphill, until a number is too large.
# expect: not yet: the rate -0.1 has not got there after 500 steps, while 0.1
# needs 123.
rate = -0.1
check_exercise("05.3", rate)

# The best from seed 42.
# expect: not yet: it is quicker from seed 42, but not from seeds 0, 1, 2, 3
rate = 0.35
check_exercise("05.3", rate)

# The rate of the notebook itself.
# expect: not yet: that is the rate to beat: it needs
check_exercise("05.3", 0.1)

# expect: not yet: the rate should be a plain number, not [0.2].
rate = [0.2]
check_exercise("05.3", rate)
