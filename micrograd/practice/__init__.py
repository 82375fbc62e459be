"""For practice, apart from the small core.

`animate_backward` steps through a backward pass, `check_exercise` knows when
an exercise is done, the module `zoo` keeps the classical bugs, and `DATA` is
the folder of the measured files.
"""

from .data import DATA
from .exercises import check_exercise
from .stepper import animate_backward

__all__ = ["DATA", "animate_backward", "check_exercise"]
