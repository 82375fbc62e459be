"""Let a step of training move all parameters, or none of them."""

from collections.abc import Sequence

from .engine import Value


class WholeStep:
    """A block that moves parameters.

    If it ends by an error or by Ctrl-C, they get back the numbers that they
    had before it.

    Args:
        parameters: What the block moves; some may be in it twice.
    """

    def __init__(self, parameters: Sequence[Value]):
        self.parameters = parameters
        self.before = [p.data for p in parameters]

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            for p, data in zip(self.parameters, self.before):
                p.data = data
