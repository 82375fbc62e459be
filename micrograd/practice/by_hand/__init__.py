"""The backward pass by hand, as outputs of cells.

In `be_backward`, the reader types the gradients of a graph, and `drill` asks
for those of small random graphs, without end.
"""

from .be_backward import be_backward
from .drill import drill

__all__ = ["be_backward", "drill"]
