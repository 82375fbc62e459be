import numpy as np

from micrograd import Value, numerical_gradient
from micrograd.practice import check_exercise


# expect: done
def f(x):
    return x.relu() + (-x).relu()


x = Value(0.0)
f(x).backward()
backpropagation = x.grad
[central] = numerical_gradient(f, [0])
has_derivative = np.bool_(0)
check_exercise("02.1", backpropagation, central, has_derivative)

# expect: not yet: backpropagation does not give 1: each ReLU is at exactly 0
backpropagation, central, has_derivative = 1, 0, False
check_exercise("02.1", backpropagation, central, has_derivative)

# expect: not yet: the central difference is not 1.0: work out f(h) and f(-h).
backpropagation, central, has_derivative = 0, 1.0, False
check_exercise("02.1", backpropagation, central, has_derivative)

# expect: not yet: f(x) is |x|. Compare its slopes on either side of 0.
backpropagation, central, has_derivative = 0, 0, True
check_exercise("02.1", backpropagation, central, has_derivative)

# expect: not yet: the third answer must be True or False, not 'no'.
backpropagation, central, has_derivative = 0, 0, "no"
check_exercise("02.1", backpropagation, central, has_derivative)

# expect: not yet: the first answer should be a plain number, not Value(
backpropagation, central, has_derivative = Value(0.0), 0, False
check_exercise("02.1", backpropagation, central, has_derivative)
