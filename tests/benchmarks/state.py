"""What it takes to keep a club's year on a branch.

`uv run python -m tests.benchmarks.state [--students 200] [--weeks 52]` prints, for a journal of so
many delivered digests of five picks, how long its files take to be made and to be read into an
empty database, and the same as a share of what the journal's own methods took to write it.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bot.adapters.database import SqlJournal
from bot.adapters.database_engine import open_engine, transaction
from bot.adapters.state_files import (
    State,
    by_path,
    file_of,
    fixed_files,
    read_state,
    state_of,
    write_state,
)
from bot.delivery import Receipt
from bot.digest import Digest
from bot.terms import ChannelName, Week
from tests.benchmarks.tables import print_table
from tests.builders import build_digest, build_pick

BEGINS_AT = datetime(2025, 11, 24, tzinfo=UTC)
N_PICKS = 5

T = TypeVar("T")


@dataclass(frozen=True)
class Year:
    """What a year took, in seconds, and how large it is."""

    n_rows: int
    n_bytes: int
    written_s: float
    exported_s: float
    imported_s: float


def digest_of(n_student: int, n_week: int, week: str) -> Digest:
    """A digest of a usual size, with picks that nobody else ever gets."""
    pick = build_pick()
    reasons = pick.reasons * 8
    first = (n_week * 1_000 + n_student) * N_PICKS
    picks = tuple(
        replace(pick, number=first + n, node_id=f"I-{first + n}", reasons=reasons)
        for n in range(N_PICKS)
    )
    return build_digest(student=f"student-{n_student}", week=week, picks=picks)


def write_year(journal: SqlJournal, n_students: int, n_weeks: int) -> None:
    """As so many runs would write it."""
    for n in range(n_weeks):
        at = BEGINS_AT + timedelta(weeks=n)
        week = str(Week.of(at, UTC))
        digests = [digest_of(student, n, week) for student in range(n_students)]
        journal.record_week(week, [(one, ChannelName.ISSUE) for one in digests])
        for one in digests:
            journal.record_intent(week, one.student, ChannelName.ISSUE, at)
            receipt = Receipt(week, one.student, ChannelName.ISSUE, "https://example.org/1", at)
            journal.record_receipt(receipt)


def measure(folder: Path, n_students: int, n_weeks: int) -> Year:
    url = f"sqlite:///{folder}/year.db"
    with SqlJournal.open(url) as journal:
        written_s, _ = _timed(lambda: write_year(journal, n_students, n_weeks))
    exported_s, files = _timed(lambda: _export(url))
    imported_s, state = _timed(lambda: _import(f"sqlite:///{folder}/copy.db", files))
    n_bytes = sum(map(len, files.values()))
    return Year(len(state), n_bytes, written_s, exported_s, imported_s)


def _export(url: str) -> dict[str, bytes]:
    engine = open_engine(url)
    with transaction(engine, writes=False) as connection:
        rows = by_path(read_state(connection))
    engine.dispose()
    return {**fixed_files(), **{path: file_of(some) for path, some in rows.items()}}


def _import(url: str, files: dict[str, bytes]) -> State:
    state, engine = state_of(files), open_engine(url)
    with transaction(engine, writes=True) as connection:
        write_state(connection, state)
    engine.dispose()
    return state


def _timed(do: Callable[[], T]) -> tuple[float, T]:
    began = time.monotonic()
    done = do()
    return time.monotonic() - began, done


def main() -> None:
    parser = argparse.ArgumentParser(description="A club's year on a branch.")
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--weeks", type=int, default=52)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        year = measure(Path(folder), options.students, options.weeks)
    heads = ("rows", "MB", "written in s", "exported in s", "imported in s", "share of writing")
    size = year.n_rows, year.n_bytes / 1e6
    times = year.written_s, year.exported_s, year.imported_s
    share = year.imported_s / year.written_s
    title = f"{options.students} students, {options.weeks} weeks"
    print_table(title, heads, [(*size, *times, share)])


if __name__ == "__main__":
    main()
