"""A club runs by itself for two weeks, with its memory lost in between and read back.

Subscribed by form, merged, prepared, approved by a comment, delivered, learned, and again: each act
is a person's, everything else the workflows do, step by step as they are written. The acts follow
one another in one club, so the tests of this file are read in their order.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from tests.workflows.club import MENTOR, OFFICERS_TOKEN, SECRETS, STATE, Club, open_club
from tests.workflows.hub import Run

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
LEARN, PREPARE, AGAIN = timedelta(hours=7), timedelta(hours=13), timedelta(hours=19)
APPROVE, WEEK = timedelta(hours=20), timedelta(weeks=1)
FIRST, SECOND = "2026-W46", "2026-W47"
STUDENTS = ("ada-example", "ben-example")
ANSWERS = {
    "languages": ["Go"],
    "interests": "boats",
    "level": "First timer, nothing of mine was merged yet / Primera vez",
    "hours": "3",
    "agreements": ["I want digests for this account / Quiero boletines para esta cuenta"],
}


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Club]:
    """A club that was just founded, on the Saturday before its first week."""
    folder = tmp_path_factory.mktemp("club")
    with open_club(folder, MONDAY - timedelta(days=2)) as opened:
        yield opened


@pytest.fixture(scope="module")
def story(club: Club) -> dict[str, Any]:
    """All that happens, told once; what each test looks at is kept by name."""
    told: dict[str, Any] = {}
    for act in (dry_run, subscribe, first_week, lose_the_branch, second_week):
        act(club, told)
    return told


def dry_run(club: Club, told: dict[str, Any]) -> None:
    told["dry run"] = club.hub.dispatch("prepare")
    told["after the dry run"] = (club.branches().keys(), club.issues())


def subscribe(club: Club, told: dict[str, Any]) -> None:
    club.at(MONDAY - timedelta(days=1))
    [told["form"]] = club.open_form("ada-example", "subscribe", ANSWERS)
    told["answer"] = club.issues()[-1]
    told["pull requests"] = [pull.title for pull in club.pull_requests()]
    club.merge("foothold/subscribe-ada-example")
    told["file"] = yaml.safe_load(club.git("show", "main:config/students/ada-example.yaml"))


def week_until_approval(club: Club, told: dict[str, Any], week: str, monday: datetime) -> None:
    club.at(monday + LEARN)
    told[f"learn {week}"] = club.hub.schedule("learn")
    club.at(monday + PREPARE)
    told[f"prepare {week}"] = club.hub.schedule("prepare")
    told[f"before approval {week}"] = [key for key, _ in club.digests()]


def first_week(club: Club, told: dict[str, Any]) -> None:
    week_until_approval(club, told, FIRST, MONDAY)
    club.at(MONDAY + AGAIN)
    before = club.review_post().body, len(club.issues())
    told["second slot"] = club.hub.schedule("prepare", slot=1)
    told["second slot changed nothing"] = before == (club.review_post().body, len(club.issues()))
    club.at(MONDAY + APPROVE)
    [told["stranger"]] = club.comment("mallory-example", club.review_post(), "/approve")
    [told["approval"]] = club.comment(MENTOR, club.review_post(), "/approve")
    told["state's commits"] = club.git("log", "--format=%s", STATE).splitlines()
    told[f"digests {FIRST}"] = club.digests()
    club.at(MONDAY + APPROVE + timedelta(hours=3))
    told["nothing left"] = club.hub.schedule("deliver")
    told["after nothing left"] = club.digests()


def lose_the_branch(club: Club, told: dict[str, Any]) -> None:
    club.git("branch", "--delete", "--force", STATE)
    club.at(MONDAY + WEEK)
    told["lost"] = club.hub.schedule("learn")
    told["lost branches"] = club.branches().keys()
    told["rebuild"] = club.officer("state pull", "state rebuild --live", "state push")


def second_week(club: Club, told: dict[str, Any]) -> None:
    week_until_approval(club, told, SECOND, MONDAY + WEEK)
    club.at(MONDAY + WEEK + APPROVE)
    [told["second approval"]] = club.comment(MENTOR, club.review_post(), "/approve")


def failures(run: Run) -> list[str]:
    return [
        f"{step.job}: {step.name}\n{step.log}" for step in run.steps if step.outcome == "failure"
    ]


def picks(club: Club, week: str, login: str) -> set[str]:
    """The titles that a student's digest of a week offers, as they stand in the post."""
    [body] = [text for key, text in club.digests() if key == f"{week} {login}"]
    return {word for word in body.split() if word in club.words}


def test_the_first_dry_run_shows_totals_and_writes_nothing(club, story):
    assert failures(story["dry run"]) == []
    assert story["dry run"].results == {
        "gate": "success",
        "harvest": "success",
        "prepare": "skipped",
    }
    assert "17 issues are known" in story["dry run"].log
    assert (list(story["after the dry run"][0]), story["after the dry run"][1]) == (["main"], [])


def test_a_form_becomes_a_pull_request_with_the_students_file(club, story):
    assert failures(story["form"]) == []
    assert len(story["pull requests"]) == 1
    assert story["file"]["languages"] == ["Go"]
    assert story["answer"].comments


def test_nothing_is_sent_before_a_mentor_approved(club, story):
    assert failures(story[f"prepare {FIRST}"]) == []
    assert story[f"before approval {FIRST}"] == []
    assert club.review_post().assignees == (MENTOR,)


def test_the_second_slot_does_nothing_more(club, story):
    assert failures(story["second slot"]) == []
    assert story["second slot changed nothing"]


def test_a_stranger_approves_nothing_and_a_mentor_everything(club, story):
    assert story["stranger"].results["deliver"] == "skipped"
    assert failures(story["approval"]) == []
    keys = [key for key, _ in story[f"digests {FIRST}"]]
    assert sorted(keys) == [f"{FIRST} {login}" for login in STUDENTS]


def test_intents_are_pushed_before_receipts(club, story):
    newest = story["state's commits"][:2]
    assert newest == [f"deliver {FIRST}", "About to send: 2"]


def test_a_later_slot_finds_nothing_left(club, story):
    assert failures(story["nothing left"]) == []
    assert story["after nothing left"] == story[f"digests {FIRST}"]


def test_the_weeks_figures_stand_on_the_default_branch_and_name_nobody(club, story):
    text = club.git("show", f"main:config/history/{FIRST}.json")
    assert json.loads(text)
    assert [login for login in (*STUDENTS, MENTOR) if login in text] == []


def test_without_its_branch_the_club_sends_nothing_and_says_how_to_get_it_back(club, story):
    lost = story["lost"]
    assert lost.results["learn"] == "failure"
    assert STATE not in story["lost branches"]
    assert "foothold state rebuild" in lost.log


def test_an_officer_reads_it_back_from_the_posts(club, story):
    assert story["rebuild"].returncode == 0, story["rebuild"].stderr + story["rebuild"].stdout


def test_the_next_week_offers_nothing_twice(club, story):
    assert failures(story[f"learn {SECOND}"]) == []
    assert failures(story[f"prepare {SECOND}"]) == []
    assert failures(story["second approval"]) == []
    for login in STUDENTS:
        first, second = picks(club, FIRST, login), picks(club, SECOND, login)
        assert len(first) == len(second) == 2
        assert not first & second


def test_every_digest_stands_there_once(club, story):
    keys = sorted(key for key, _ in club.digests())
    assert keys == sorted(f"{week} {login}" for week in (FIRST, SECOND) for login in STUDENTS)


def test_no_log_tells_a_secret_or_a_student(club, story):
    told = "\n".join(run.log for run in club.hub.runs)
    assert len(club.hub.runs) > 10
    secrets = [*SECRETS.values(), OFFICERS_TOKEN, "ghs_", "mailword-77", "@example.org"]
    assert [one for one in (*secrets, *STUDENTS) if one in told] == []


def test_nothing_that_is_printed_speaks_to_the_runner(club, story):
    said = [line for run in club.hub.runs for line in run.log.splitlines()]
    commands = [line for line in said if line.lstrip().startswith("::")]
    assert [
        line for line in commands if not line.startswith(("::notice", "::warning", "::error"))
    ] == []
