import math

import numpy as np

from micrograd import Value
from micrograd.practice import check_exercise

# expect: done
x = Value(2.0)
y = x * x
f = y * x
f.backward()
x_grad, inner_grad = x.grad, y.grad
check_exercise("01.1", x_grad, inner_grad)

# expect: done
x_grad, inner_grad = np.float64(12), np.int64(2)
check_exercise("01.1", x_grad, inner_grad)

# expect: not yet: x.grad is not 8. Three paths
x_grad, inner_grad = 8, 2
check_exercise("01.1", x_grad, inner_grad)

# expect: not yet: the gradient of x * x is not 4. ... nudge the bracket as a
# whole
x_grad, inner_grad = 12, 4
check_exercise("01.1", x_grad, inner_grad)

# expect: not yet: x.grad should be a plain number, not nan.
x_grad, inner_grad = math.nan, 2
check_exercise("01.1", x_grad, inner_grad)

# expect: not yet: the gradient of x * x should be a plain number, not Value(
x_grad, inner_grad = 12, Value(2.0)
check_exercise("01.1", x_grad, inner_grad)

# expect: not yet: replace the dots with your answer.
x_grad, inner_grad = ..., 2
check_exercise("01.1", x_grad, inner_grad)

# expect: not yet: missing a required argument: 'inner_grad' in the call
x_grad = 12
check_exercise("01.1", x_grad)

# expect: not yet: too many positional arguments in the call to check_exercise.
x_grad, inner_grad = 12, 2
check_exercise("01.1", x_grad, inner_grad, 13)
