from micrograd import Value
from micrograd.practice import check_exercise

# expect: done
x = Value(5.0)
y = x * x
f = y + x
f.backward()
into_product, into_sum, x_grad = y._local[0], f._local[1], x.grad
check_exercise("06.1", into_product, into_sum, x_grad)

# The slope of the whole square.
# expect: not yet: into the product do not carry 10: look at the other factor.
into_product, into_sum, x_grad = 10, 1, 11
check_exercise("06.1", into_product, into_sum, x_grad)

# The number in the box.
# expect: not yet: the edge from x into the sum does not carry 5.
into_product, into_sum, x_grad = 5, 5, 11
check_exercise("06.1", into_product, into_sum, x_grad)

# One of the two edges into the product.
# expect: not yet: x.grad is not 6: three edges leave x, so add up what comes
into_product, into_sum, x_grad = 5, 1, 6
check_exercise("06.1", into_product, into_sum, x_grad)

# expect: not yet: the first answer should be a plain number, not '5 and 5'.
into_product, into_sum, x_grad = "5 and 5", 1, 11
check_exercise("06.1", into_product, into_sum, x_grad)

# expect: not yet: the third answer should be a plain number, not Value(
into_product, into_sum, x_grad = 5, 1, Value(11.0)
check_exercise("06.1", into_product, into_sum, x_grad)
