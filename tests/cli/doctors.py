"""A club that is well and one that is ill, for the doctor; and the golden screens of both.

`python -m tests.cli.doctors` writes the screens anew; the diff in review shows what officers read.
"""

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal
from bot.delivery import Receipt
from bot.terms import ChannelName
from tests.builders import build_digest, build_pick
from tests.stage import CLUB_REPOSITORY, NOW, POSTER, TOKEN, WEEK, Stage, open_stage
from tests.week.small import small_world

GOLDEN = Path(__file__).parent / "golden"
SEARCHER = "searching-token"
#: The token that a workflow is given.
OWN = "workflow-token"
WORKFLOWS = ("learn", "prepare", "deliver", "subscribe")
CLUB = f"""name: Test Club
repository: {CLUB_REPOSITORY}
timezone: America/Puerto_Rico
mentors: [{{github: grace-example}}, {{github: hal-example}}]
review: notify
"""
STUDENTS = {"ada-example": "languages: [Go]\n", "ben-example": "languages: [Python]\n"}
CRON = "on:\n  schedule:\n    - cron: 23 5 * * 1\n"


def path_of(name: str) -> str:
    return f".github/workflows/{name}.yml"


@contextlib.contextmanager
def well(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A club of which nothing is wrong: its week ran yesterday, from its own workflows."""
    with open_stage(folder, patch, small_world()) as stage:
        patch.setenv("HARVEST_TOKEN", SEARCHER)
        patch.setenv("GITHUB_REPOSITORY", CLUB_REPOSITORY)
        stage.sandbox.tokens.add(SEARCHER, "grace-example", expires_at=NOW + timedelta(days=80))
        stage.write_config(STUDENTS, CLUB)
        stage.world.set_now(NOW - timedelta(days=1))
        act = stage.sandbox.perform
        act(
            "set_up",
            repository=CLUB_REPOSITORY,
            admins=[POSTER, "grace-example"],
            readers=[*STUDENTS, "hal-example"],
            can_approve_pull_request_reviews=True,
        )
        for name in WORKFLOWS:
            place = {"repository": CLUB_REPOSITORY, "path": path_of(name)}
            act("write_file", login="grace-example", text=CRON, **place)
            act("run_workflow", login="grace-example", **place)
        act("push_branch", repository=CLUB_REPOSITORY, branch="foothold-state")
        _deliver(stage, WEEK, "ada-example", NOW - timedelta(days=1))
        yield stage


@contextlib.contextmanager
def ill(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """The same club after a summer in which nobody looked."""
    with well(folder, patch) as stage:
        act, later = stage.sandbox.perform, NOW + timedelta(days=45)
        stage.world.repository(CLUB_REPOSITORY).private = False
        stage.write_config(
            {**STUDENTS, "chiyo-example": "languages: [Go]\npublic: true\nchannel: email\n"
             "email: age:eA==\n"},
            CLUB.replace(", {github: hal-example}", "")
            + "sender: Club <club@example.org>\nreply_to: officer@example.org\npublic_key: age1x\n",
        )  # fmt: skip
        stage.sandbox.tokens.add(SEARCHER, "grace-example", expires_at=later + timedelta(days=5))
        stage.sandbox.tokens.add(TOKEN, POSTER, expires_at=later + timedelta(days=12))
        act(
            "set_up",
            repository=CLUB_REPOSITORY,
            rules=["pull_request"],
            can_approve_pull_request_reviews=False,
        )
        act("set_workflow", repository=CLUB_REPOSITORY, path=path_of("prepare"),
            state="disabled_inactivity")  # fmt: skip
        place = {"repository": CLUB_REPOSITORY, "path": path_of("learn")}
        act("write_file", login="zoe-example", text=CRON.replace("23", "41"), **place)
        _doubt(stage, "2026-W40", "chiyo-example")
        yield stage


def _deliver(stage: Stage, week: str, login: str, at) -> None:
    with SqlJournal.open(f"sqlite:///{stage.folder / 'state.db'}") as journal:
        journal.record_week(week, [(build_digest(week=week, student=login), ChannelName.ISSUE)])
        journal.record_receipt(Receipt(week, login, ChannelName.ISSUE, "https://x", at))


def _doubt(stage: Stage, week: str, login: str) -> None:
    digest = build_digest(week=week, student=login, picks=(build_pick(number=9, node_id="I_9"),))
    with SqlJournal.open(f"sqlite:///{stage.folder / 'state.db'}") as journal:
        journal.record_week(week, [(digest, ChannelName.EMAIL)])
        journal.record_intent(week, login, ChannelName.EMAIL, NOW)


#: Each screen: its club, and when it is looked at.
SCREENS = {"well": (well, NOW), "ill": (ill, NOW + timedelta(days=45))}


def golden_path(name: str) -> Path:
    return GOLDEN / f"doctor_{name}.txt"


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for name, (club, now) in SCREENS.items():
        told = io.StringIO()
        with (
            tempfile.TemporaryDirectory() as folder,
            pytest.MonkeyPatch.context() as patch,
            club(Path(folder), patch) as stage,
        ):
            os.chdir(folder)
            with contextlib.redirect_stdout(told):
                stage.call("doctor", now=now)
        golden_path(name).write_text(told.getvalue(), "utf-8")


if __name__ == "__main__":
    main()
