"""Markdown tables of what was measured.

Comes in: values. Goes out: lines on stdout, each table with the command line that it came from.
"""

from collections.abc import Iterable, Sequence


def show(value: object) -> str:
    """A value as a cell: thousands apart, small numbers with two digits."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return "unknown" if value is None else str(value)


def print_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    print(f"\n**{title}**\n", flush=True)
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(map(show, row)) + " |")


def print_commands(commands: Iterable[str]) -> None:
    """Each different command line once."""
    print()
    for command in dict.fromkeys(commands):
        print(f"`{command}`  ")


def against(value: float | None, goal: float) -> str:
    """A value beside its goal, marked where it misses it; None where nothing was asked."""
    if value is None:
        return "-"
    return f"{show(float(value))} {'✓' if value <= goal + 1e-9 else '✗'}"


def ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
