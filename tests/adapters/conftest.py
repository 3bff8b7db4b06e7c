"""A journal in a file, and a stage whose reader keeps answers in a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal
from tests.adapters.http_cache_steps import TOKEN, small_world
from tests.stage import Stage, open_stage


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the journal's database is."""
    return tmp_path / "state.db"


@pytest.fixture
def journal(file: Path) -> Iterator[SqlJournal]:
    """A journal that gives a lock up soon."""
    with SqlJournal.open(f"sqlite:///{file}?timeout=0.2") as opened:
        yield opened


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A small world, with a token to read it."""
    monkeypatch.chdir(tmp_path)
    with open_stage(tmp_path, monkeypatch, small_world()) as stage:
        stage.sandbox.tokens.add(TOKEN, "reader-example")
        yield stage


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where answers are kept."""
    return tmp_path / "http.sqlite"
