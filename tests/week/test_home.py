"""After two merges in a repository its other work is open to a student, whatever its language."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal
from bot.outcomes.progress import Outcome, Progress
from bot.sandbox.world import World
from bot.terms import IssueRef
from tests.stage import NOW, WEEK, Stage, open_stage

HOME = "harbour-guild/knots"


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    world = World(NOW)
    for name, language, label in (
        (HOME, "Go", "help wanted"),
        ("harbour-guild/charts", "Go", "help wanted"),
        ("tide-pool/shells", "Rust", "good first issue"),
    ):
        repository = world.add_repository(
            name, language=language, stars=99, description="Boats.", pushed_at=NOW
        )
        text = "Look, measure, draw.\n" * 40
        world.open_issue(repository, "marisol-example", f"Explain {name}", text, (label,))
    with open_stage(tmp_path, monkeypatch, world) as opened:
        opened.write_config({"ada-example": "languages: [Rust]\n"})
        yield opened


def merge(stage: Stage, n: int) -> None:
    """So many of Ada's pull requests were merged in the home, of picks of long ago."""
    merged_at = NOW - timedelta(days=9)
    offered_at = NOW - timedelta(weeks=11)
    with SqlJournal.open(f"sqlite:///{stage.folder / 'state.db'}") as journal:
        journal.progress_book().record_progress(
            Progress(
                week="2026-W36",
                login="ada-example",
                ref=IssueRef(HOME, 900 + number),
                node_id=f"I_{number}",
                title="Explain the bowline",
                offered_at=offered_at,
                outcome=Outcome.MERGED,
                merged_at=merged_at,
                changed_at=merged_at,
            )
            for number in range(n)
        )


def offered(stage: Stage) -> set[str]:
    out = stage.folder / "out"
    assert stage.call("run", "--out", str(out)) == 0
    digest = json.loads((out / WEEK / "ada-example.json").read_text("utf-8"))
    return {pick["repository"] for pick in digest["picks"]}


@pytest.mark.parametrize(
    ("n_merged", "repositories"),
    [(1, {"tide-pool/shells"}), (2, {"tide-pool/shells", HOME})],
)
def test_two_merges_open_a_repository_and_no_other(
    stage: Stage, n_merged: int, repositories: set[str]
) -> None:
    merge(stage, n_merged)

    assert offered(stage) == repositories
