from micrograd import Value
from micrograd.practice import check_exercise, zoo


# expect: done
def slope():
    x = Value(2.0)
    (x * x * x + x).backward()
    return x.grad


with zoo.assigns:
    with_assigns = slope()
with zoo.inputs_in_a_set:
    with_set = slope()
check_exercise("08.1", with_assigns, with_set)

# The right slope.
# expect: not yet: with `=` it is not 13: only the share that arrives last
# stays.
with_assigns, with_set = 13, 9
check_exercise("08.1", with_assigns, with_set)

# What arrives first stays.
# expect: not yet: with `=` it is not 1: only the share that arrives last
# stays.
with_assigns, with_set = 1, 9
check_exercise("08.1", with_assigns, with_set)

# expect: not yet: with a set it is not 13: x * x keeps only one
with_assigns, with_set = 4, 13
check_exercise("08.1", with_assigns, with_set)

# expect: not yet: the second answer should be a plain number, not Value(
with_assigns, with_set = 4, Value(9.0)
check_exercise("08.1", with_assigns, with_set)
