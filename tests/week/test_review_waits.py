"""A digest goes only after its own mentors were shown it, and were heard."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import faults
from bot.sandbox.faults import Match
from bot.sandbox.things import Issue
from tests.stage import CLUB, CLUB_REPOSITORY, NOW, Stage, open_stage
from tests.week.small import small_world

MONDAY = NOW - timedelta(days=6)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADA, BEN, GRACE = "ada-example", "ben-example", "grace-example"
GO = "languages: [Go]\n"
APPROVE = CLUB + f"review: approve\nmentors: [{{github: {GRACE}}}]\n"
EDITORS = "ReadEditors"
SEARCHES = Match(where=lambda one: one.is_graphql and one.operation.name != EDITORS)
TALK = Match(method="GET", path=f"*/{CLUB_REPOSITORY}/issues/1/comments")


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with open_stage(tmp_path, monkeypatch, small_world(MONDAY)) as opened:
        opened.write_config({ADA: GO, BEN: GO}, APPROVE)
        yield opened


def run(stage: Stage, after: timedelta, *arguments: str, command: str = "run") -> int:
    return stage.call(command, "--live", *arguments, now=MONDAY + after)


def post(stage: Stage) -> Issue:
    return stage.world.issues[CLUB_REPOSITORY][1]


def say(stage: Stage, body: str) -> None:
    stage.world.comment(post(stage), GRACE, body)


def served(stage: Stage) -> list[str]:
    logins = [login for login in (ADA, BEN) for _, _, body in stage.posts() if login in body[:80]]
    assert len(logins) == len(set(logins))
    return logins


def test_silence_is_counted_from_when_the_digest_was_shown(stage: Stage) -> None:
    run(stage, 0 * DAY, "--student", ADA)
    run(stage, 2 * DAY)
    assert served(stage) == [ADA]
    run(stage, 3 * DAY - HOUR)
    assert served(stage) == [ADA]
    run(stage, 3 * DAY)
    assert served(stage) == [ADA, BEN]


def test_nobody_approves_of_what_was_shown_only_afterwards(stage: Stage) -> None:
    run(stage, 0 * DAY, "--student", ADA)
    say(stage, "/approve")
    run(stage, 2 * HOUR)
    assert served(stage) == [ADA]
    assert "approved for all 1 of your students" in (post(stage).comments[-1].body or "")
    say(stage, "/approve")
    run(stage, 3 * HOUR)
    assert served(stage) == [ADA, BEN]


def test_what_a_mentor_approved_is_sent_and_not_another_digest(stage: Stage) -> None:
    stage.write_config({ADA: "languages: [Go, Rust]\n"}, APPROVE)
    stage.sandbox.faults.add(faults.rate_limited(), SEARCHES, times=None, skip=2)
    run(stage, 0 * DAY)
    shown = post(stage).body
    stage.sandbox.faults.clear()
    say(stage, "/approve")
    run(stage, 2 * HOUR)
    assert served(stage) == [ADA]
    assert "The search was cut short this week" in stage.post_of(ADA)
    assert post(stage).body == shown


def test_a_post_that_cannot_be_read_is_no_silence(stage: Stage, capsys) -> None:
    run(stage, 0 * DAY)
    say(stage, "/hold ada")
    stage.sandbox.faults.add(faults.bad_gateway(), TALK, times=None)
    assert run(stage, 2 * DAY) == 3
    assert served(stage) == []
    assert "waits until every review post was read" in capsys.readouterr().out
    stage.sandbox.faults.clear()
    assert run(stage, 2 * DAY + HOUR) == 0
    assert served(stage) == [BEN]


def test_a_post_that_no_run_knew_of_is_heard_before_anything_goes(stage: Stage) -> None:
    stage.write_config({ADA: GO, BEN: GO}, APPROVE.replace("approve", "notify"))
    stage.sandbox.faults.add(faults.bad_gateway(), Match(operation=EDITORS), times=None)
    assert run(stage, 0 * DAY, command="prepare") == 3
    stage.sandbox.faults.clear()
    say(stage, "/hold ada")
    run(stage, HOUR, command="deliver")
    assert served(stage) == []
    run(stage, 2 * HOUR, command="deliver")
    assert served(stage) == [BEN]


def test_a_held_week_stays_also_if_it_is_quiet(stage: Stage) -> None:
    stage.write_config({ADA: "languages: [Cobol]\n", BEN: GO}, APPROVE)
    run(stage, 0 * DAY, command="prepare")
    say(stage, "/hold ada")
    run(stage, 2 * DAY, command="deliver")
    assert served(stage) == [BEN]


def test_a_post_stays_as_it_is_however_a_login_is_spelled(stage: Stage) -> None:
    stage.write_config({"Ada-Example": GO}, APPROVE)
    run(stage, 0 * DAY)
    before = post(stage).body
    say(stage, "/hold")
    run(stage, 2 * HOUR)
    assert post(stage).body == before


def test_a_new_mentor_is_asked_and_has_the_whole_time(stage: Stage) -> None:
    run(stage, 0 * DAY)
    stage.write_config({ADA: GO, BEN: GO}, APPROVE.replace(GRACE, "hugo-example"))
    run(stage, 2 * DAY)
    assert served(stage) == []
    run(stage, 3 * DAY)
    assert served(stage) == [ADA, BEN]
