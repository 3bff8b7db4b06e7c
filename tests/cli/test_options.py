"""What the options of all commands understand."""

from datetime import UTC, datetime

import pytest

from bot.cli.options import MomentType


@pytest.mark.parametrize(
    "told", ["2026-11-22T05:23:00", "2026-11-22T01:23:00-04:00", "2026-11-22T05:23:00.7Z"]
)
def test_a_fixed_clock_counts_whole_seconds_in_utc(told: str) -> None:
    assert MomentType().convert(told, None, None) == datetime(2026, 11, 22, 5, 23, tzinfo=UTC)
