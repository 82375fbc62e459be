"""The table of ratios at the end of `make bench`, and data/speed.csv."""

from pathlib import Path

from csv_tables import write_table
from engines import ROWS

SPEED = Path(__file__).parent.parent / "data/speed.csv"
TABLE = {}  # {(engine, what): number}
TARGETS = {
    "this engine": {
        "XOR step": 0.45,
        "100 points": 0.2,
        "chain growth": 4,
        "bytes a node": 240,
    },
    "compiled": {"XOR step": 0.02, "100 points": 0.006},
}
TIMES_BY_HAND = 1.6  # how long the compiled graph may take
COLUMNS = list(TARGETS["this engine"])
STEPS = ["XOR step", "100 points"]


def pytest_terminal_summary(terminalreporter):
    write = terminalreporter.line
    terminalreporter.section("ratios")
    write(
        "Steps: lecture style = 1. Chain growth: the time of a node in a chain"
    )
    write("of 1,000,000 nodes, over that in a chain of 1,000.\n")
    write(f"{'':<16}" + "".join(f"{what:>14}" for what in COLUMNS))
    for engine in dict.fromkeys(engine for engine, _ in TABLE):
        cells = [three_digits(engine, what) for what in COLUMNS]
        write(f"{engine:<16}" + "".join(f"{cell:>14}" for cell in cells))
    write("\nto reach")
    for engine, most in TARGETS.items():
        cells = [
            f"<= {most[what]:g}" if what in most else "" for what in COLUMNS
        ]
        write(f"{engine:<16}" + "".join(f"{cell:>14}" for cell in cells))
    write(f"compiled steps: at most {TIMES_BY_HAND:g} times those by hand\n")
    write(write_speed())


def three_digits(engine, what):
    number = TABLE.get((engine, what))
    return "-" if number is None else f"{number:.3g}"


def write_speed():
    """Write data/speed.csv if all engines were timed; say what was done."""
    missing = [
        engine
        for engine in ROWS
        if any((engine, what) not in TABLE for what in STEPS)
    ]
    if missing:
        names = ", ".join(missing)
        return f"data/speed.csv stays as it is. Not timed: {names}."
    rows = [
        [engine, *(three_digits(engine, what) for what in STEPS)]
        for engine in ROWS
    ]
    write_table(SPEED, ["engine", *STEPS], rows)
    return "data/speed.csv has the ratios of the steps."
