import math

from micrograd import MLP
from micrograd.practice import check_exercise

# expect: done
model = MLP(3 * 8, [32, 27])
check_exercise("11.1", -math.log(1 / 27), 27 * 8 + len(model.parameters()))

# Rounded.
# expect: done
loss_of_a_guess, parameters = 3.30, 1907.0
check_exercise("11.1", loss_of_a_guess, parameters)

# expect: not yet: 4.75489 is the loss in bits: take the natural logarithm.
loss_of_a_guess, parameters = math.log2(27), 1907
check_exercise("11.1", loss_of_a_guess, parameters)

# expect: not yet: the loss is minus the logarithm, so it is positive.
loss_of_a_guess, parameters = math.log(1 / 27), 1907
check_exercise("11.1", loss_of_a_guess, parameters)

# The probability.
# expect: not yet: the loss is not 0.037037: which probability does the
loss_of_a_guess, parameters = 1 / 27, 1907
check_exercise("11.1", loss_of_a_guess, parameters)

# Only the letters.
# expect: not yet: the loss is not 3.2581: which probability does the
loss_of_a_guess, parameters = math.log(26), 1907
check_exercise("11.1", loss_of_a_guess, parameters)

# Yes or no.
# expect: not yet: the loss is not 0.693147: which probability does the
loss_of_a_guess, parameters = math.log(2), 1907
check_exercise("11.1", loss_of_a_guess, parameters)

# Without the embedding.
# expect: not yet: 1691 is not right yet: the table of the embedding is learned,
loss_of_a_guess, parameters = math.log(27), 24 * 32 + 32 + 32 * 27 + 27
check_exercise("11.1", loss_of_a_guess, parameters)

# Without the biases.
# expect: not yet: 1848 is not right yet: every neuron has a bias.
loss_of_a_guess, parameters = math.log(27), 27 * 8 + 24 * 32 + 32 * 27
check_exercise("11.1", loss_of_a_guess, parameters)

# One character.
# expect: not yet: 1395 is not right yet: a hidden neuron gets three rows,
loss_of_a_guess, parameters = math.log(27), 27 * 8 + 9 * 32 + 33 * 27
check_exercise("11.1", loss_of_a_guess, parameters)

# A table for each place.
# expect: not yet: 2339 is not right yet: the three characters share one table.
loss_of_a_guess, parameters = math.log(27), 3 * 27 * 8 + 25 * 32 + 33 * 27
check_exercise("11.1", loss_of_a_guess, parameters)

# Three numbers, as if a character were one.
# expect: not yet: there are not 1235 parameters: count the numbers of the table
loss_of_a_guess, parameters = math.log(27), 27 * 8 + 4 * 32 + 33 * 27
check_exercise("11.1", loss_of_a_guess, parameters)

# expect: not yet: the number of parameters should be a plain number, not [
loss_of_a_guess, parameters = math.log(27), MLP(24, [32, 27]).parameters()
check_exercise("11.1", loss_of_a_guess, parameters)
