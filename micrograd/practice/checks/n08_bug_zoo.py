"""Notebook 08: two bugs by hand, a test for fourteen, and six mysteries."""

from typing import Any

from ..zoo import ZOO, mystery_names
from .answer import Check, Wrong, as_number, call, close

# These live in the training loop or in the gradient check, where a test of
# the engine cannot see them.
OUTSIDE_THE_ENGINE = {"no_zero_grad", "uphill", "rebound", "nudged_output"}


def by_hand(with_assigns: object, with_set: object) -> None:
    """08.1: x.grad for f = x * x * x + x at 2, with each of two bugs."""
    if not close(as_number(with_assigns, "the first answer"), 4.0):
        raise Wrong(
            f"with `=` it is not {with_assigns}: only the share that arrives "
            f"last stays."
        )
    if not close(as_number(with_set, "the second answer"), 9.0):
        raise Wrong(
            f"with a set it is not {with_set}: x * x keeps only one of its "
            f"two uses of x."
        )


def a_good_test(engine_is_right: Any) -> None:
    """08.2: a test that accepts the right engine and rejects each bug."""
    if not call(engine_is_right):
        raise Wrong("your test rejects the right engine.")
    bugs = [name for name in ZOO if name not in OUTSIDE_THE_ENGINE]
    missed = []
    for name in bugs:
        with ZOO[name]:
            if accepts(engine_is_right):
                missed.append(name)
    if missed:
        raise Wrong(
            f"your test accepts {len(missed)} of {len(bugs)} bugs, the first "
            f"of them {missed[0]}: {ZOO[missed[0]].__doc__}"
        )


def accepts(test: Any) -> bool:
    """Whether a test accepts the engine; an error counts as no."""
    try:
        return bool(test())
    except Exception:  # noqa: BLE001 (a reader's test raises anything)
        return False


def six_mysteries(*names: object) -> None:
    """08.3: the names of the bugs behind mystery(1) to mystery(6)."""
    if len(names) != 6 or any(name not in ZOO for name in names):
        raise Wrong(f"give six names from this list: {', '.join(ZOO)}.")
    wrong = []
    for n, (name, right) in enumerate(zip(names, mystery_names()), 1):
        if name != right:
            wrong.append(str(n))
    if wrong:
        raise Wrong(
            f"{6 - len(wrong)} of 6 are right: look again at "
            f"{', '.join(wrong)}."
        )


EXERCISES: list[tuple[str, Check]] = [
    ("08.1", by_hand),
    ("08.2", a_good_test),
    ("08.3", six_mysteries),
]
