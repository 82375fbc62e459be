"""A Python whose library of mathematics is another one in the last bit.

Python imports this file when it starts, if the folder is in PYTHONPATH. Then
`exp`, `log`, `tanh` and `pow` give the float below the right one, the right
one or the float above it; LAST_BIT says which of them where. Whole numbers
stay. And `sum` rounds a sum of floats once, at its end, nearly as it does from
Python 3.12 on.
"""

import builtins
import math
import os


def in_the_last_bit(function):
    def other(*arguments):
        right = function(*arguments)
        if not math.isfinite(right) or right == int(right):
            return right
        place = hash((os.environ["LAST_BIT"], *arguments))
        return math.nextafter(right, [-math.inf, right, math.inf][place % 3])

    return other


for name in ("exp", "log", "tanh", "pow"):
    setattr(math, name, in_the_last_bit(getattr(math, name)))


def rounded_once(numbers, /, start=0, add=sum):
    numbers = [start, *numbers]
    kinds = {type(number) for number in numbers}
    if float in kinds and kinds <= {int, float}:
        return math.fsum(numbers)
    return add(numbers[1:], start)


builtins.sum = rounded_once
