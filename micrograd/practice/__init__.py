"""For practice, apart from the small core.

`animate_backward` steps through a backward pass, and `animate_order` through
the search for its order. `be_backward` lets you be the backward pass, and
`drill` does so without end. `check_exercise` knows when an exercise is done,
the module `zoo` keeps the classical bugs, and `DATA` is the folder of the
measured files.
"""

from .be_backward import be_backward
from .data import DATA
from .drill import drill
from .exercises import check_exercise
from .stepper import animate_backward, animate_order

__all__ = [
    "DATA",
    "animate_backward",
    "animate_order",
    "be_backward",
    "check_exercise",
    "drill",
]
