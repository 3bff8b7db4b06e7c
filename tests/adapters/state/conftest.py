"""Fixtures of machines and their branch."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal
from bot.adapters.git_command import run_git
from tests.adapters.state.machines import Machine


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    folder = tmp_path / "bare.git"
    run_git(["init", "--quiet", "--bare", str(folder)], tmp_path)
    return folder


@pytest.fixture
def machine(bare: Path) -> Iterator[Callable[[], Machine]]:
    journals: list[SqlJournal] = []

    def made(**options: object) -> Machine:
        journals.append(SqlJournal.open("sqlite://"))
        return Machine(journals[-1], bare, **options)  # type: ignore[arg-type]

    yield made
    for journal in journals:
        journal.close()
