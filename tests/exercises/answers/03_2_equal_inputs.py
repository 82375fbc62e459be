import math
from fractions import Fraction

import numpy as np

from micrograd import Value
from micrograd.practice import check_exercise

# One neuron for each corner that differs.
# expect: done
weights = (1.0, -1.0, 0.0, -1.0, 1.0, 0.0, -1.0, -1.0, 1.0)
check_exercise("03.2", weights)

# One neuron for each corner that is equal.
# expect: done
weights = list(np.array([-1, -1, 1, 1, 1, -1, 1, 1, 0]))
check_exercise("03.2", weights)

# expect: done
weights = [Fraction(1, 2), Fraction(1, 2), 0, 1, 1, -1, -2, 2, 1]
check_exercise("03.2", weights)

# The weights of XOR itself.
# expect: not yet: at [0, 0] your network should answer 1, not 0.
weights = [1, 1, 0, 1, 1, -1, 1, -2, 0]
check_exercise("03.2", weights)

# Always 1.
# expect: not yet: at [0, 1] your network should answer 0, not 1.
weights = [0, 0, 0, 0, 0, 0, 0, 0, 1]
check_exercise("03.2", weights)

# Both inputs are 0, which is one of the two cases.
# expect: not yet: at [1, 1] your network should answer 1, not 0.
weights = [-1, -1, 1, 0, 0, 0, 1, 0, 0]
check_exercise("03.2", weights)

# expect: not yet: at [0, 0] your network should answer 1, not inf.
weights = [1e308] * 9
check_exercise("03.2", weights)

# expect: not yet: each weight should be a plain number, not nan.
weights = [math.nan] * 9
check_exercise("03.2", weights)

# expect: not yet: must be a list of nine numbers: w0, w1 and b
weights = [[1, 1, 0], [1, 1, -1], [-1, 2, 1]]
check_exercise("03.2", weights)

# expect: not yet: must be a list of nine numbers: w0, w1 and b
weights = np.array([1, 1, 0, 1, 1, -1, -1, 2, 1])
check_exercise("03.2", weights)

# expect: not yet: each weight should be a plain number, not Value(
weights = [Value(w) for w in (1, 1, 0, 1, 1, -1, -1, 2, 1)]
check_exercise("03.2", weights)
