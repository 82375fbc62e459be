"""For practice, apart from the small core.

`animate_backward` steps through a backward pass, and `animate_order` through
the search for its order. `quiz` asks five questions about a notebook.
`check_exercise` knows when an exercise is done, the module `zoo` keeps the
classical bugs, and `DATA` is the folder of the measured files.
the search for its order. `play_descent`, `play_line` and `play_xor` are things
to play with. `check_exercise` knows when an exercise is done, the module `zoo`
keeps the classical bugs, and `DATA` is the folder of the measured files.
"""

from .data import DATA
from .exercises import check_exercise
from .quiz import quiz
from .play import play_descent, play_line, play_xor
from .stepper import animate_backward, animate_order

__all__ = [
    "DATA",
    "animate_backward",
    "animate_order",
    "check_exercise",
    "quiz",
    "play_descent",
    "play_line",
    "play_xor",
]
