"""Graphs as pictures to step through, as outputs of cells.

`animate_backward` goes through both passes, and `animate_order` through the
search for the order of the second.
"""

from .stepper import animate_backward, animate_order

__all__ = ["animate_backward", "animate_order"]
