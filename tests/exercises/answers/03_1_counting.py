import numpy as np

from micrograd import MLP
from micrograd.engine import topological_order
from micrograd.practice import check_exercise

# expect: done
model = MLP(3, [5, 1])
parameters = len(model.parameters())
inner_nodes = len(topological_order(model([0.5, 2, -1])))
check_exercise("03.1", parameters, inner_nodes)

# expect: done
parameters, inner_nodes = 26.0, np.int64(45)
check_exercise("03.1", parameters, inner_nodes)

# Without the biases.
# expect: not yet: it does not have 20 parameters: ... plus a bias.
parameters, inner_nodes = 20, 45
check_exercise("03.1", parameters, inner_nodes)

# Without the sum that takes the bias in.
# expect: not yet: one call does not build 39 inner nodes: ... n products and
# n sums
parameters, inner_nodes = 26, 39
check_exercise("03.1", parameters, inner_nodes)

# With a ReLU at the output.
# expect: not yet: one call does not build 46 inner nodes: ... plus a ReLU if it
# is hidden.
parameters, inner_nodes = 26, 46
check_exercise("03.1", parameters, inner_nodes)

# expect: not yet: the number of parameters should be a plain number, not [Value
parameters, inner_nodes = MLP(3, [5, 1]).parameters(), 45
check_exercise("03.1", parameters, inner_nodes)
