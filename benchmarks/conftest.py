"""The table of ratios at the end of `make bench`."""

TABLE = {}  # {(engine, what): number}
TARGETS = {
    "XOR step": 0.45,
    "100 points": 0.2,
    "chain growth": 4,
    "bytes a node": 240,
}


def pytest_terminal_summary(terminalreporter):
    write = terminalreporter.line
    terminalreporter.section("ratios")
    write(
        "Steps: lecture style = 1. Chain growth: the time of a node in a chain"
    )
    write("of 1,000,000 nodes, over that in a chain of 1,000.\n")
    write(f"{'':<16}" + "".join(f"{what:>14}" for what in TARGETS))
    for engine in dict.fromkeys(engine for engine, _ in TABLE):
        numbers = [TABLE.get((engine, what), "-") for what in TARGETS]
        cells = [n if n == "-" else f"{n:.3g}" for n in numbers]
        write(f"{engine:<16}" + "".join(f"{cell:>14}" for cell in cells))
    most = "".join(f"{f'<= {number:g}':>14}" for number in TARGETS.values())
    write(f"{'to reach':<16}{most}")
