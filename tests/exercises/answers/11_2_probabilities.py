import math

import numpy as np

from micrograd.practice import check_exercise


# One after the other: first the temperature, then the largest.
# expect: done
def probabilities(scores, temperature):
    scores = [score / temperature for score in scores]
    largest = max(scores)
    powers = [math.exp(score - largest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


check_exercise("11.2", probabilities)


# With differences alone.
# expect: done
def probabilities(scores, temperature):
    p = []
    for score in scores:
        differences = [(other - score) / temperature for other in scores]
        if max(differences) > 700:
            p.append(0.0)
        else:
            p.append(1 / sum(math.exp(d) for d in differences))
    return p


check_exercise("11.2", probabilities)


# With NumPy, and a list at the end.
# expect: done
def probabilities(scores, temperature):
    powers = np.exp((np.array(scores) - max(scores)) / temperature)
    return (powers / powers.sum()).tolist()


check_exercise("11.2", probabilities)


# expect: not yet: it is right for small scores, but probabilities([1000.0,
# 999.0, 998.0], 1.0) raised OverflowError: math range error. Never give exp
def probabilities(scores, temperature):
    powers = [math.exp(score / temperature) for score in scores]
    return [power / sum(powers) for power in powers]


check_exercise("11.2", probabilities)


# NumPy raises nothing.
# expect: not yet: for small scores, but a probability should be a plain number,
# not nan. Never give exp
def probabilities(scores, temperature):
    powers = np.exp(np.array(scores) / temperature)
    return [float(p) for p in powers / powers.sum()]


check_exercise("11.2", probabilities)


# Always the same number is subtracted.
# expect: not yet: probabilities([-1000.0, -1001.0], 1.0) raised
# ZeroDivisionError: float division by zero. Can all the powers become 0?
def probabilities(scores, temperature):
    powers = [math.exp(score / temperature - 500) for score in scores]
    return [power / sum(powers) for power in powers]


check_exercise("11.2", probabilities)


# The largest score, not the largest score over the temperature.
# expect: not yet: it is right for small scores, but ... raised OverflowError
# ... Never give exp
def probabilities(scores, temperature):
    largest = max(scores)
    powers = [math.exp(score / temperature - largest) for score in scores]
    return [power / sum(powers) for power in powers]


check_exercise("11.2", probabilities)


# Large scores are cut off.
# expect: not yet: for the scores [1000.0, 999.0, 998.0] and the temperature 1,
# it should return [0.6652, 0.2447, 0.09], not [0.3333, 0.3333, 0.3333].
def probabilities(scores, temperature):
    powers = [math.exp(min(score / temperature, 700)) for score in scores]
    return [power / sum(powers) for power in powers]


check_exercise("11.2", probabilities)


# The temperature is left out.
# expect: not yet: for the scores [1.0, 2.0, 0.0] and the temperature 2, it
# should return [0.3072, 0.5065, 0.1863], not [0.2447, 0.6652, 0.09].
def probabilities(scores, temperature):
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


check_exercise("11.2", probabilities)


# Times the temperature.
# expect: not yet: [0.3072, 0.5065, 0.1863], not [0.1173, 0.8668, 0.0159]. A
# high temperature makes probabilities more alike.
def probabilities(scores, temperature):
    largest = max(scores)
    powers = [math.exp((score - largest) * temperature) for score in scores]
    return [power / sum(powers) for power in powers]


check_exercise("11.2", probabilities)


# The softmax is divided.
# expect: not yet: not [0.1224, 0.3326, 0.045]. Yours add up to 0.5.
def probabilities(scores, temperature):
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) / temperature for power in powers]


check_exercise("11.2", probabilities)


# Powers alone.
# expect: not yet: not [0.3679, 1.0, 0.1353]. Yours add up to 1.5.
def probabilities(scores, temperature):
    largest = max(scores)
    return [math.exp((score - largest) / temperature) for score in scores]


check_exercise("11.2", probabilities)


# Shares of the scores.
# expect: not yet: it should return [0.2447, 0.6652, 0.09], not [0.3333, 0.6667,
# 0.0].
def probabilities(scores, temperature):
    return [score / sum(scores) for score in scores]


check_exercise("11.2", probabilities)


# Only the winner.
# expect: not yet: it should return [0.2447, 0.6652, 0.09], not [0.0, 1.0, 0.0].
def probabilities(scores, temperature):
    return [float(score == max(scores)) for score in scores]


check_exercise("11.2", probabilities)


# Sorted.
# expect: not yet: it should return [0.2447, 0.6652, 0.09], not [0.6652, 0.2447,
# 0.09].
def probabilities(scores, temperature):
    largest = max(scores)
    powers = [math.exp((score - largest) / temperature) for score in scores]
    return sorted((p / sum(powers) for p in powers), reverse=True)


check_exercise("11.2", probabilities)


# It works in the list that it was given.
# expect: not yet: the list that you were given has changed. Make a copy.
def probabilities(scores, temperature):
    largest = max(scores)
    for i in range(len(scores)):
        scores[i] = math.exp((scores[i] - largest) / temperature)
    return [score / sum(scores) for score in scores]


check_exercise("11.2", probabilities)


# expect: not yet: it should return a list of 3 numbers, not array([0.24472847,
def probabilities(scores, temperature):
    powers = np.exp((np.array(scores) - max(scores)) / temperature)
    return powers / powers.sum()


check_exercise("11.2", probabilities)


# The probability of the largest.
# expect: not yet: it should return a list of 3 numbers, not 0.665
def probabilities(scores, temperature):
    largest = max(scores)
    return 1 / sum(math.exp((s - largest) / temperature) for s in scores)


check_exercise("11.2", probabilities)
