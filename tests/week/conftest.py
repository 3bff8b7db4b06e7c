"""Fixtures of whole weeks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stage import EXAMPLE_CONFIG, Stage, open_stage


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """The shipped world and the example club."""
    shutil.copytree(EXAMPLE_CONFIG, tmp_path / "config")
    with open_stage(tmp_path, monkeypatch) as stage:
        yield stage
