"""Fixtures of whole weeks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.played import Played, play
from tests.stage import EXAMPLE_CONFIG, Stage, open_stage


def _configure(stage: Stage) -> None:
    shutil.copytree(EXAMPLE_CONFIG, stage.config)


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """The shipped world and the example club."""
    shutil.copytree(EXAMPLE_CONFIG, tmp_path / "config")
    with open_stage(tmp_path, monkeypatch) as stage:
        yield stage


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The week's live run, of which each test gets a copy: `after_run`."""
    return play("run", tmp_path_factory.mktemp("sent"), _configure)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The week, prepared: `after_prepare`."""
    return play("prepare", tmp_path_factory.mktemp("prepared"), _configure)


@pytest.fixture
def after_run(sent: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """The shipped world and the example club after the week's live run, its files in `out`."""
    with sent.copied(tmp_path, monkeypatch) as stage:
        yield stage


@pytest.fixture
def after_prepare(
    prepared: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Stage]:
    """The shipped world and the example club when the week is prepared and nothing is sent."""
    with prepared.copied(tmp_path, monkeypatch) as stage:
        yield stage
