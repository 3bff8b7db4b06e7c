"""Through the command line: events are announced once, again when close, and not in between."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.builders_events import build_ics
from tests.stage import CLUB, NOW, Stage, open_stage
from tests.week.small import small_world

WEEK = timedelta(weeks=1)
ADA = "ada-example"
ZONE = "timezone: America/New_York\n"
TALK = "UID:t\nSUMMARY:Talk\nDTSTART;TZID=America/New_York:20261216T180000"
MEETING = "UID:m\nSUMMARY:Meeting\nDTSTART;TZID=America/New_York:20260901T180000"


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with open_stage(tmp_path, monkeypatch, small_world()) as opened:
        opened.write_config({ADA: "languages: [Go]\n"}, f"{CLUB}{ZONE}events: [club.ics]\n")
        yield opened


def hold(stage: Stage, *entries: str) -> None:
    (stage.config / "club.ics").write_bytes(build_ics(*entries))


def run(stage: Stage, now: datetime, *arguments: str) -> dict:
    """Run the week and return Ada's digest."""
    out = stage.folder / "out"
    assert stage.call("run", "--out", str(out), *arguments, now=now) == 0
    week = now.strftime("%G-W%V")
    return json.loads((out / week / f"{ADA}.json").read_text("utf-8"))


def titles(digest: dict) -> list[str]:
    return [one["title"] for one in digest["events"]]


def test_an_event_is_announced_once_and_again_when_it_is_close(stage: Stage) -> None:
    hold(stage, TALK, f"{MEETING}\nRRULE:FREQ=WEEKLY")

    shown = [titles(run(stage, NOW + n * WEEK, "--live")) for n in range(4)]

    assert shown == [["Meeting", "Talk"], [], ["Talk"], []]


def test_a_dry_run_shows_what_a_live_one_would_announce_and_uses_nothing_up(stage: Stage) -> None:
    hold(stage, TALK)
    assert titles(run(stage, NOW)) == titles(run(stage, NOW)) == ["Talk"]
    assert titles(run(stage, NOW, "--live")) == ["Talk"]
    assert titles(run(stage, NOW + WEEK)) == []


def test_an_event_that_moved_is_announced_with_its_new_day(stage: Stage) -> None:
    hold(stage, TALK)
    run(stage, NOW, "--live")
    hold(stage, TALK.replace("1216", "1217"))
    (event,) = run(stage, NOW + WEEK, "--live")["events"]
    assert event["starts_at"] == "2026-12-17T23:00:00Z"
    assert "Talk: Thursday 17 December, 18:00 (New York time)" in stage.posts()[-1][2]


def test_a_calendar_that_fails_leaves_the_section_out_and_the_report_says_so(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    (stage.config / "club.ics").write_text("<html>Log in</html>", "utf-8")
    capsys.readouterr()

    digest = run(stage, NOW, "--live", "--json")

    assert digest["events"] == []
    assert "Your club" not in stage.posts()[-1][2]
    report = json.loads(capsys.readouterr().out)
    assert "The calendar of club.ics is left out: it is no ICS calendar." in report["notes"]
    assert [one["status"] for one in report["students"]] == ["sent"]


def test_check_says_what_is_wrong_with_a_calendar(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    hold(stage, TALK, "UID:b\nSUMMARY:No day")
    assert stage.call("check", "--offline") == 0
    told = capsys.readouterr().out
    assert "In the calendar of club.ics, 1 entry could not be read." in told


def test_what_is_wrong_with_a_written_event_ends_the_run_before_any_request(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.write_config({ADA: "languages: [Go]\n"}, f"{CLUB}events: [events.yaml]\n")
    (stage.config / "events.yaml").write_text("events:\n  - title: A\n    when: soon\n", "utf-8")
    assert stage.call("run") == 2
    told = capsys.readouterr().err
    assert "events.yaml:3: `events.when` is no day or time; write a day such as" in told


def test_an_address_that_does_not_answer_is_named_by_its_host(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    club = f"{CLUB}events: [http://127.0.0.1:1/5ecret.ics]\n"
    stage.write_config({ADA: "languages: [Go]\nchannel: file\n"}, club)
    capsys.readouterr()

    assert stage.call("check") == 0
    assert run(stage, NOW, "--json")["events"] == []

    told = "".join(capsys.readouterr())
    assert told.count("The calendar of 127.0.0.1 is left out: the connection to it failed.") > 1
    assert "5ecret" not in told
