"""Exercises of the bug zoo: two bugs by hand, a test that catches fourteen, and six mysteries."""

from .exercises import Wrong, as_number, call, close, exercise
from .zoo import ZOO, mystery_names

CATCHABLE = list(ZOO)[
    : list(ZOO).index("no_zero_grad")
]  # by a test of the engine alone


@exercise("08.1")
def by_hand(with_assigns, with_set):
    """x.grad for f = x * x * x + x at 2, with `=` instead of `+=`, and with the inputs in a set."""
    if not close(as_number(with_assigns, "the first answer"), 4.0):
        raise Wrong(
            f"with `=` it is not {with_assigns}: only what arrives last stays."
        )
    if not close(as_number(with_set, "the second answer"), 9.0):
        raise Wrong(
            f"with a set it is not {with_set}: x * x keeps one of its two uses of x."
        )


@exercise("08.2")
def a_good_test(engine_is_right):
    """True for the engine as it is, False for each bug that a test of the engine can see."""
    if not call(engine_is_right):
        raise Wrong("your test rejects the engine as it is.")
    passed = []
    for name in CATCHABLE:
        with ZOO[name]:
            passed += [name] * _says(engine_is_right)
    if passed:
        raise Wrong(
            f"your test accepts {len(passed)} of {len(CATCHABLE)} bugs, the first of them {passed[0]}: "
            f"{ZOO[passed[0]].__doc__}"
        )


@exercise("08.3")
def six_mysteries(*names):
    """The names of the bugs behind mystery(1) to mystery(6)."""
    if len(names) != 6 or not set(names) <= set(ZOO):
        raise Wrong(f"six names are wanted, from {', '.join(ZOO)}.")
    wrong = [
        str(n)
        for n, pair in enumerate(zip(names, mystery_names()), 1)
        if pair[0] != pair[1]
    ]
    if wrong:
        raise Wrong(
            f"{6 - len(wrong)} of 6 are right; look again at {', '.join(wrong)}."
        )


def _says(test) -> bool:
    """What the test says; an error inside it means that it rejects the engine."""
    try:
        return bool(test())
    except Exception:  # noqa: BLE001 (whatever a reader's test may raise)
        return False
