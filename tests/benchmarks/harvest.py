"""The harvest at GitHub's size: what it costs, what it loses, and how that grows.

`uv run python -m tests.benchmarks.harvest [--sizes 1000,10000] [--students 1,10] [--only A,C]`
makes fictional worlds, serves each in a sandbox of its own, runs `foothold run` against it and
prints Markdown tables: A sizes, B students, C the same day and a week later, D documents, F a
budget that is too small.
"""

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks import scenarios

SIZES = (1_000, 10_000, 100_000)
STUDENTS = (1, 10, 100, 1_000)
STUDENTS_WORLD = 2_000
#: Weeks and cut runs are played in a world of this size at most.
WEEKS_WORLD = 10_000
SMALL_BUDGET = 130
PARTS = "ABCDF"


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _parts(text: str) -> frozenset[str]:
    parts = frozenset(text.upper().replace(",", ""))
    if not parts <= set(PARTS):
        raise argparse.ArgumentTypeError(f"the parts are {', '.join(PARTS)}")
    return parts


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.harvest")
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="of the worlds: 1000,10000")
    parser.add_argument("--students", type=_numbers, default=STUDENTS, help="how many: 1,10,100")
    parser.add_argument("--only", type=_parts, default=frozenset(PARTS), help="parts: A,C")
    parser.add_argument("--weeks", type=int, default=WEEKS_WORLD, help="parts C and F: at most")
    parser.add_argument("--budget", type=int, default=SMALL_BUDGET, help="of part F, in points")
    return parser


def main() -> None:
    wanted = build_parser().parse_args()
    began = time.monotonic()
    played = min(max(wanted.sizes), wanted.weeks)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked: list[dict[str, Any]] = []
        if "A" in wanted.only:
            asked += scenarios.measure_sizes(folder, wanted.sizes)
        if "B" in wanted.only:
            scenarios.measure_students(folder, STUDENTS_WORLD, wanted.students)
        if "C" in wanted.only:
            asked += scenarios.measure_weeks(folder, played)
        if "D" in wanted.only:
            scenarios.measure_documents(asked)
        if "F" in wanted.only:
            scenarios.measure_cuts(folder, played, wanted.budget)
    print(f"\nMeasured in {time.monotonic() - began:.0f} s.")


if __name__ == "__main__":
    main()
