"""A change of selection or wording shows as a diff of the golden files.

To accept it: `uv run python -m tests.week.golden`, and look at the diff.
"""

from pathlib import Path

import pytest

from tests.week.golden import GOLDEN, compose_golden_week


def test_the_golden_week_is_as_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = compose_golden_week(tmp_path, monkeypatch)
    names = sorted(path.name for path in made.iterdir())
    assert names == sorted(path.name for path in GOLDEN.iterdir())
    assert len(names) == 4 * 4
    for name in names:
        assert (made / name).read_text("utf-8") == (GOLDEN / name).read_text("utf-8"), name
