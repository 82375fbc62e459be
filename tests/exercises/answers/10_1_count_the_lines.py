from micrograd import Value, compile_graph
from micrograd.practice import check_exercise

# expect: done
x = Value(3.0, label="x")
program = compile_graph(x * x + x, [x])
value, [slope] = program([3.0])
check_exercise("10.1", program.source.count("    d_x"), value, slope)

# expect: done
lines_for_x, value, slope_of_x = 3, 12, 7
check_exercise("10.1", lines_for_x, value, slope_of_x)

# One line for each operation.
# expect: not yet: the number of lines is not 2: how many edges leave x?
lines_for_x, value, slope_of_x = 2, 12, 7
check_exercise("10.1", lines_for_x, value, slope_of_x)

# One line for each variable.
# expect: not yet: the number of lines is not 1: how many edges leave x?
lines_for_x, value, slope_of_x = 1, 12, 7
check_exercise("10.1", lines_for_x, value, slope_of_x)

# With the line that returns.
# expect: not yet: the number of lines is not 4: how many edges leave x?
lines_for_x, value, slope_of_x = 4, 12, 7
check_exercise("10.1", lines_for_x, value, slope_of_x)

# expect: not yet: the value at 3 is not 7.
lines_for_x, value, slope_of_x = 3, 7, 12
check_exercise("10.1", lines_for_x, value, slope_of_x)

# The last line alone.
# expect: not yet: the slope at 3 is not 3: add up what all the lines for x
lines_for_x, value, slope_of_x = 3, 12, 3
check_exercise("10.1", lines_for_x, value, slope_of_x)

# The product has two edges.
# expect: not yet: the slope at 3 is not 4: add up what all the lines for x
lines_for_x, value, slope_of_x = 3, 12, 4
check_exercise("10.1", lines_for_x, value, slope_of_x)

# As the program returns them.
# expect: not yet: the slope should be a plain number, not [7.0].
lines_for_x, value, slope_of_x = 3, 12.0, [7.0]
check_exercise("10.1", lines_for_x, value, slope_of_x)

# expect: not yet: missing a required argument: 'slope_of_x' in the call
program = (12.0, [7.0])
check_exercise("10.1", 3, program)
