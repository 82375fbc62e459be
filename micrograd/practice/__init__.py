"""For practice, apart from the small core.

`animate_backward` steps through a backward pass, `check_exercise` knows when
an exercise is done, the module `zoo` keeps the classical bugs, and `DATA` is
the folder of the measured files.
"""

from . import (
    on_bugs,
    on_curves,
    on_engine,
    on_gradcheck,
    on_graphs,
    on_ladder,
    on_networks,
    on_training,
)  # noqa: F401, E501
from .data import DATA
from .exercises import check_exercise
from .stepper import animate_backward

__all__ = ["DATA", "animate_backward", "check_exercise"]
