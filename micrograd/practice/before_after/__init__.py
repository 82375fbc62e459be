"""A test on backpropagation for a class, before a course and after it.

`items()` makes its twelve items, each in two forms: `form_a` to be given
before, say, and `form_b` after. `as_gift` writes a form as a file for quiz
tools.
"""

from .gift import as_gift
from .items import Item, items

__all__ = ["Item", "as_gift", "items"]
