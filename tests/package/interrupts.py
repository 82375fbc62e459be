"""Ctrl-C at every point of a run, for tests of what it leaves behind."""

import sys
from itertools import count
from pathlib import Path

import micrograd

PACKAGE = str(Path(micrograd.__file__).parent)


class CtrlC:
    """Raises KeyboardInterrupt at the point of this number, once.

    A point is before each line of the package, and in the modules that are
    named also before each instruction.
    """

    def __init__(self, number, modules):
        self.left = number
        self.paths = [module.__file__ for module in modules]

    def __enter__(self):
        self.other = sys.gettrace()  # of a debugger, say
        sys.settrace(self.trace)

    def __exit__(self, *_):
        sys.settrace(self.other)

    def trace(self, frame, event, _):
        path = frame.f_code.co_filename
        if not path.startswith(PACKAGE):
            return None
        frame.f_trace_opcodes = path in self.paths
        if event in ("line", "opcode"):
            if self.left == 0:
                sys.settrace(None)
                raise KeyboardInterrupt
            self.left -= 1
        return self.trace


def interrupted(make, run, *modules):
    """Make something and run it, with Ctrl-C one point later each time.

    Yields:
        What was made; at last one whose run was not interrupted.
    """
    finished = False
    for number in count():
        made = make()
        try:
            with CtrlC(number, modules):
                run(made)
                finished = True
        except KeyboardInterrupt:
            pass
        yield made
        if finished:
            return
