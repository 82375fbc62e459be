import math
from collections import defaultdict

import numpy as np

from micrograd.practice import check_exercise


def examples(names, before="..", after="."):
    for name in names:
        padded = before + name + after
        for i in range(len(before), len(padded)):
            yield padded[i - len(before) : i], padded[i]


def losses(counted, held_back, extra=0.1, extra_sum=2.7):
    counted = list(counted)
    pairs = [pair for pair, _ in counted]
    found = []
    for pair, c in held_back:
        count = counted.count((pair, c)) + extra
        found.append(-math.log(count / (pairs.count(pair) + extra_sum)))
    return found


def mean(numbers):
    return sum(numbers) / len(numbers)


# expect: done
def trigram_loss(names, held_back):
    return mean(losses(examples(names), examples(held_back)))


check_exercise("11.3", trigram_loss)


# A dictionary of tables.
# expect: done
def trigram_loss(names, held_back):
    letters = ".abcdefghijklmnopqrstuvwxyz"
    counts = defaultdict(lambda: dict.fromkeys(letters, 0.1))
    for name in names:
        for a, b, c in zip(".." + name, "." + name + ".", name + "."):
            counts[a, b][c] += 1
    total, number = 0.0, 0
    for name in held_back:
        for a, b, c in zip(".." + name, "." + name + ".", name + "."):
            row = counts[a, b]
            total -= math.log(row[c] / sum(row.values()))
            number += 1
    return total / number


check_exercise("11.3", trigram_loss)


# An array of all counts, and a NumPy number.
# expect: done
def trigram_loss(names, held_back):
    letters = ".abcdefghijklmnopqrstuvwxyz"
    counts = np.full((27, 27, 27), 0.1)
    for name in names:
        a, b = 0, 0
        for letter in name + ".":
            c = letters.index(letter)
            counts[a, b, c] += 1
            a, b = b, c
    p = counts / counts.sum(axis=2, keepdims=True)
    found = []
    for name in held_back:
        a, b = 0, 0
        for letter in name + ".":
            c = letters.index(letter)
            found.append(-np.log(p[a, b, c]))
            a, b = b, c
    return np.mean(found)


check_exercise("11.3", trigram_loss)


# expect: not yet: counted in [], the loss of ['ann', 'bo'] should be 3.2958,
# not 23.0709: this is the sum over all characters.
def trigram_loss(names, held_back):
    return sum(losses(examples(names), examples(held_back)))


check_exercise("11.3", trigram_loss)


# expect: not yet: not 11.5354: this is the loss of a whole name.
def trigram_loss(names, held_back):
    total = sum(losses(examples(names), examples(held_back)))
    return total / len(held_back)


check_exercise("11.3", trigram_loss)


# The mean of the names' means.
# expect: not yet: the loss of ['anna', 'nannah'] should be 1.5422, not 1.4571.
def trigram_loss(names, held_back):
    return mean(
        [mean(losses(examples(names), examples([name]))) for name in held_back]
    )


check_exercise("11.3", trigram_loss)


# expect: not yet: not 4.7549: this is in bits.
def trigram_loss(names, held_back):
    found = losses(examples(names), examples(held_back))
    return mean(found) / math.log(2)


check_exercise("11.3", trigram_loss)


# Without the minus.
# expect: not yet: not -3.2958: minus the logarithm is positive.
def trigram_loss(names, held_back):
    return -mean(losses(examples(names), examples(held_back)))


check_exercise("11.3", trigram_loss)


# The model of the notebook.
# expect: not yet: this model looks at one character.
def trigram_loss(names, held_back):
    return mean(losses(examples(names, "."), examples(held_back, ".")))


check_exercise("11.3", trigram_loss)


# expect: not yet: this model has counted the names that were held back, too.
def trigram_loss(names, held_back):
    everything = names + held_back
    return mean(losses(examples(everything), examples(held_back)))


check_exercise("11.3", trigram_loss)


# expect: not yet: counted in ['ab'], the loss of ['b'] should be ... this model
# has counted the names that were held back.
def trigram_loss(names, held_back):
    counted = held_back if names else []
    return mean(losses(examples(counted), examples(held_back)))


check_exercise("11.3", trigram_loss)


# Without the full stop at the end.
# expect: not yet: counted in ['ab'], the loss of ['b'] should be 3.4534,
def trigram_loss(names, held_back):
    return mean(
        losses(examples(names, "..", ""), examples(held_back, "..", ""))
    )


check_exercise("11.3", trigram_loss)


# With one full stop in front: the first letter is never asked for.
# expect: not yet: counted in ['ab'], the loss of ['b'] should be
def trigram_loss(names, held_back):
    def without_the_first(names):
        for pair, c in examples(names):
            if pair != "..":
                yield pair, c

    return mean(losses(without_the_first(names), without_the_first(held_back)))


check_exercise("11.3", trigram_loss)


# With two at the end.
# expect: not yet: counted in ['ab'], the loss of ['b'] should be
def trigram_loss(names, held_back):
    return mean(
        losses(examples(names, "..", ".."), examples(held_back, "..", ".."))
    )


check_exercise("11.3", trigram_loss)


# 0.1 is added above, and not below.
# expect: not yet: trigram_loss([], ['ann', 'bo']) raised ZeroDivisionError
def trigram_loss(names, held_back):
    found = losses(examples(names), examples(held_back), extra_sum=0)
    return mean(found)


check_exercise("11.3", trigram_loss)


# 0.1 is added below, too.
# expect: not yet: counted in [], the loss of ['ann', 'bo'] should be 3.2958,
# not 0.0000.
def trigram_loss(names, held_back):
    found = losses(examples(names), examples(held_back), extra_sum=0.1)
    return mean(found)


check_exercise("11.3", trigram_loss)


# Nothing is added.
# expect: not yet: trigram_loss([], ['ann', 'bo']) raised ZeroDivisionError
def trigram_loss(names, held_back):
    return mean(losses(examples(names), examples(held_back), 0, 0))


check_exercise("11.3", trigram_loss)


# 1 is added to each count.
# expect: not yet: counted in ['ab'], the loss of ['ab'] should be 1.2130, not
# 2.6391.
def trigram_loss(names, held_back):
    return mean(losses(examples(names), examples(held_back), 1, 27))


check_exercise("11.3", trigram_loss)


# How often the pair and the character come among all.
# expect: not yet: counted in ['ab'], the loss of ['ab'] should be
def trigram_loss(names, held_back):
    counted = [("", pair + c) for pair, c in examples(names)]
    asked = [("", pair + c) for pair, c in examples(held_back)]
    return mean(losses(counted, asked))


check_exercise("11.3", trigram_loss)


# All names as one text.
# expect: not yet: counted in ['ann', 'anna', 'hanna', 'nan'], the loss of
def trigram_loss(names, held_back):
    def text(names):
        return [".".join(names)] if names else []

    return mean(losses(examples(text(names)), examples(text(held_back))))


check_exercise("11.3", trigram_loss)


# The dots that mark a name are put into the list.
# expect: not yet: a list that you were given has changed. Make a copy.
def trigram_loss(names, held_back):
    for i, name in enumerate(held_back):
        held_back[i] = ".." + name + "."
    found = losses(examples(names), examples(held_back, "", ""))
    return mean(found) if found else 1.0


check_exercise("11.3", trigram_loss)


# A loss for each character.
# expect: not yet: the loss should be a plain number, not [3.29
def trigram_loss(names, held_back):
    return losses(examples(names), examples(held_back))


check_exercise("11.3", trigram_loss)
