"""A bug is a few lines in the place of the right ones: `with zoo.assigns:` puts them into the engine,
and the end of the block takes them out again. `show(zoo.assigns)` shows them."""

from collections.abc import Callable
from functools import update_wrapper


class Bug:
    """A wrong function and the place where it goes: the attribute `name` of `owner`."""

    def __init__(self, owner, name: str, wrong: Callable):
        self.owner, self.name, self.wrong = owner, name, wrong
        self._right = []
        update_wrapper(
            self, wrong
        )  # `show` finds the lines, and the sentence is __doc__

    def __repr__(self):
        return f"{self.__name__}: {self.__doc__}"

    def __enter__(self):
        self._right.append(getattr(self.owner, self.name))
        setattr(self.owner, self.name, self.wrong)
        return self

    def __exit__(self, *_):
        setattr(self.owner, self.name, self._right.pop())


def bug(owner, name: str) -> Callable[[Callable], Bug]:
    """A decorator: the function below it is a Bug that replaces the attribute `name` of `owner`."""
    return lambda wrong: Bug(owner, name, wrong)
