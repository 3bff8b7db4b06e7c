"""A club runs by itself for two weeks, with its memory lost in between and read back: one test.

Each act is a person's (or the clock's); everything else the workflows do, step by step as they are
written, each job on a machine of its own that knows nothing of the one before.
"""

import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from tests.workflows.club import MENTOR, OFFICERS_TOKEN, SECRETS, STATE, Club, open_club
from tests.workflows.hub import Run

MONDAY = datetime(2026, 11, 9, tzinfo=UTC)
NEXT = MONDAY + timedelta(weeks=1)
FIRST, SECOND = "2026-W46", "2026-W47"
STUDENTS = ("ada-example", "ben-example")
ANSWERS = {
    "languages": ["Go"],
    "interests": "boats",
    "level": "First timer, nothing of mine was merged yet / Primera vez",
    "hours": "3",
    "agreements": ["I want digests for this account / Quiero boletines para esta cuenta"],
}


@pytest.mark.long
def test_a_club_runs_by_itself_and_finds_its_memory_again(tmp_path: Path, forge: Path) -> None:
    with open_club(tmp_path, MONDAY - timedelta(days=2), forge) as club:
        a_dry_run_shows_totals_and_writes_nothing(club)
        a_form_becomes_a_pull_request_with_the_students_file(club)
        nothing_is_sent_before_a_mentor_approves(club, FIRST, MONDAY)
        the_second_slot_does_nothing_more(club)
        a_dry_delivery_sends_nothing(club)
        a_stranger_approves_nothing(club)
        an_approval_sends_each_digest_once(club)
        the_weeks_figures_name_nobody(club)
        a_later_slot_finds_nothing_left(club)
        without_its_memory_the_club_sends_nothing_and_says_the_way_out(club)
        an_officer_reads_it_back_from_the_posts(club)
        the_next_week_offers_nothing_twice(club)
        who_stops_is_stopped_at_once(club)
        no_log_tells_a_secret_or_a_student(club)
        no_step_was_left_out(club)


def well(run: Run) -> Run:
    """The run, of which no step failed."""
    failed = [step for step in run.steps if step.outcome == "failure"]
    assert failed == [], "\n".join(f"{one.job}: {one.name}\n{one.log}" for one in failed)
    return run


def keys(club: Club) -> list[str]:
    """Which digests stand in the club's repository, a week and a student each."""
    return sorted(key for key, _ in club.digests())


def every_students(*weeks: str) -> list[str]:
    return [f"{week} {login}" for week in weeks for login in STUDENTS]


def picks(club: Club, week: str, login: str) -> set[str]:
    """The projects that a student's digest of a week offers."""
    [body] = [text for key, text in club.digests() if key == f"{week} {login}"]
    link = r"^## \d+\.\s\[.*\]\(https://redirect\.github\.com/(\S+)/issues/1\)"
    return set(re.findall(link, body, re.MULTILINE))


def a_dry_run_shows_totals_and_writes_nothing(club: Club) -> None:
    run = well(club.hub.dispatch("prepare"))
    assert run.results == {"gate": "success", "harvest": "success", "prepare": "skipped"}
    assert "17 issues are known" in run.log
    assert list(club.branches()) == ["main"]
    assert club.issues() == []


def a_form_becomes_a_pull_request_with_the_students_file(club: Club) -> None:
    club.at(MONDAY - timedelta(days=1))
    [run] = club.open_form("ada-example", "subscribe", ANSWERS)
    well(run)
    [pull] = club.pull_requests()
    assert pull.state == "OPEN"
    assert club.issues()[-1].comments
    club.merge("foothold/subscribe-ada-example")
    file = yaml.safe_load(club.git("show", "main:config/students/ada-example.yaml"))
    assert (file["languages"], file["interests"]) == (["Go"], ["boats"])


def nothing_is_sent_before_a_mentor_approves(club: Club, week: str, monday: datetime) -> None:
    before = keys(club)
    club.at(monday + timedelta(hours=7))
    well(club.hub.schedule("learn"))
    club.at(monday + timedelta(hours=13))
    well(club.hub.schedule("prepare"))
    assert keys(club) == before
    post = club.review_post()
    assert f"week={week}" in (post.body or "")
    assert post.assignees == (MENTOR,)


def a_dry_delivery_sends_nothing(club: Club) -> None:
    before, branches = keys(club), club.branches()
    run = well(club.hub.dispatch("deliver"))
    assert "Show totals" in {step.name for step in run.steps}
    assert run.results["history"] == "skipped"
    assert (keys(club), club.branches()) == (before, branches)


def the_second_slot_does_nothing_more(club: Club) -> None:
    club.at(MONDAY + timedelta(hours=19))
    before = club.review_post().body, len(club.issues())
    well(club.hub.schedule("prepare", slot=1))
    assert (club.review_post().body, len(club.issues())) == before
    assert keys(club) == []


def a_stranger_approves_nothing(club: Club) -> None:
    club.at(MONDAY + timedelta(hours=20))
    [run] = club.comment("mallory-example", club.review_post(), "/approve")
    assert well(run).results == {"gate": "success", "deliver": "skipped", "history": "skipped"}
    assert keys(club) == []


def an_approval_sends_each_digest_once(club: Club) -> None:
    """Two commits: what is about to be sent, and what was."""
    [run] = club.comment(MENTOR, club.review_post(), "/approve")
    assert set(well(run).results.values()) == {"success"}
    assert keys(club) == every_students(FIRST)
    told = club.git("log", "--format=%s", STATE).splitlines()
    assert told[:2] == [f"deliver {FIRST}", "About to send: 2"]


def the_weeks_figures_name_nobody(club: Club) -> None:
    text = club.git("show", f"main:config/history/{FIRST}.json")
    assert json.loads(text)["week"] == FIRST
    assert [login for login in (*STUDENTS, MENTOR) if login in text] == []


def a_later_slot_finds_nothing_left(club: Club) -> None:
    club.at(MONDAY + timedelta(hours=23))
    well(club.hub.schedule("deliver"))
    assert keys(club) == every_students(FIRST)


def without_its_memory_the_club_sends_nothing_and_says_the_way_out(club: Club) -> None:
    """The caches are gone as well, as they are after a week."""
    club.git("branch", "--delete", "--force", STATE)
    shutil.rmtree(club.site.caches)
    club.site.caches.mkdir()
    club.at(NEXT)
    run = club.hub.schedule("learn")
    assert run.results["learn"] == "failure"
    assert "foothold state rebuild" in run.log
    assert STATE not in club.branches()


def an_officer_reads_it_back_from_the_posts(club: Club) -> None:
    done = club.officer("state pull", "state rebuild", "state push")
    assert done.returncode == 0, done.stdout + done.stderr
    assert STATE in club.branches()


def the_next_week_offers_nothing_twice(club: Club) -> None:
    nothing_is_sent_before_a_mentor_approves(club, SECOND, NEXT)
    club.at(NEXT + timedelta(hours=20))
    [run] = club.comment(MENTOR, club.review_post(), "/approve")
    well(run)
    assert keys(club) == every_students(FIRST, SECOND)
    offered = [picks(club, week, login) for week in (FIRST, SECOND) for login in STUDENTS]
    assert [len(one) for one in offered] == [2, 2, 2, 2]
    assert len(set.union(*offered)) == 8


def who_stops_is_stopped_at_once(club: Club) -> None:
    """On the state branch; the file goes by a pull request, which only tidies."""
    [run] = club.open_form("ben-example", "stop", {})
    well(run)
    names = club.git("ls-tree", "-r", "--name-only", STATE).split()
    stops = [club.git("show", f"{STATE}:{name}") for name in names if "stop" in name]
    assert any("ben-example" in text for text in stops)
    assert len(club.pull_requests()) == 2


def no_log_tells_a_secret_or_a_student(club: Club) -> None:
    told = "\n".join(run.log for run in club.hub.runs)
    secrets = [*SECRETS.values(), OFFICERS_TOKEN, "ghs_", "mailword-77", "@example.org"]
    assert [one for one in (*secrets, *STUDENTS) if one in told] == []
    lines = [line for line in told.splitlines() if line.lstrip().startswith("::")]
    assert [one for one in lines if not re.match(r"::(notice|warning|error)\b", one)] == []


def no_step_was_left_out(club: Club) -> None:
    """Each command of the workflows ran, but for those that pull requests of people start."""
    ran = {(run.workflow, step.job, step.name) for run in club.hub.runs for step in run.steps}
    written = {
        (workflow.name, job.name, step.get("name"))
        for workflow in club.hub.workflows()
        for job in workflow.jobs
        for step in job.steps
        if "run" in step and workflow.name != "check"
    }
    assert written
    assert sorted(written - ran) == []
