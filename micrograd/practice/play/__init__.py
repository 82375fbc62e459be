"""Three things to play with, as outputs of cells.

`play_descent` lets a ball roll down a curve, `play_line` has a line to drag
over AND, OR and XOR, and `play_xor` trains networks on XOR. Where no script
runs, a text and a picture say what there would be to see.
"""

from .descent import play_descent
from .line import play_line
from .xor import play_xor

__all__ = ["play_descent", "play_line", "play_xor"]
