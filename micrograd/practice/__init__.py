"""For practice, apart from the small core.

`animate_backward` steps through a backward pass, and `animate_order` through
the search for its order. `be_backward` lets you be the backward pass, and
`drill` does so without end. `own_expression` takes an expression that you
type, and a bug. `play_descent`, `play_line` and `play_xor` are
things to play with. `quiz` asks five questions about a notebook.
`check_exercise` knows when an exercise is done, the module `zoo` keeps the
classical bugs, and `DATA` is the folder of the measured files.
"""

from .by_hand import be_backward, drill
from .data import DATA
from .exercises import check_exercise
from .own_expression import own_expression
from .play import play_descent, play_line, play_xor
from .quizzes.quiz import quiz
from .steps import animate_backward, animate_order

__all__ = [
    "DATA",
    "animate_backward",
    "animate_order",
    "be_backward",
    "check_exercise",
    "drill",
    "own_expression",
    "play_descent",
    "play_line",
    "play_xor",
    "quiz",
]
