"""Workflows that are off, late, somebody's who left, or about to be stopped."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.doctor.finding import Finding, Seen, Severity
from bot.doctor.workflows import WEEKLY, ActionsSeen, Schedules, WorkflowSeen, judge_schedules
from tests.stage import CLUB_REPOSITORY, NOW


def workflow(name: str, **changes) -> WorkflowSeen:
    long_ago, yesterday = NOW - timedelta(days=200), NOW - timedelta(days=1)
    made = WorkflowSeen(name, "active", long_ago, Seen(yesterday), Seen("grace-example"))
    return replace(made, **changes)


def schedules(*workflows: WorkflowSeen, **changes) -> Schedules:
    names = {one.name for one in workflows}
    rest = [workflow(name) for name in (*WEEKLY, "subscribe") if name not in names]
    made = Schedules(
        repository=CLUB_REPOSITORY,
        workflows=Seen([*workflows, *rest]),
        actions=Seen(ActionsSeen()),
        may_open_pulls=Seen(value=True),
        is_public=True,
        committed_at=Seen(NOW - timedelta(days=3)),
        pushers=Seen(frozenset({"grace-example"})),
    )
    return replace(made, **changes)


def wrong(seen: Schedules) -> list[Finding]:
    return [one for one in judge_schedules(seen, NOW) if one.severity is not Severity.OK]


def one_wrong(seen: Schedules) -> Finding:
    [found] = wrong(seen)
    return found


def test_a_club_whose_week_runs_has_nothing_to_mend():
    assert wrong(schedules()) == []
    assert len(list(judge_schedules(schedules(), NOW))) == 5


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("disabled_inactivity", "GitHub switched prepare.yml off, for sixty days"),
        ("disabled_manually", "Somebody switched prepare.yml off"),
        ("disabled_fork", "prepare.yml is off, as in every new fork"),
        ("deleted", "prepare.yml is gone"),
        ("something_new", "prepare.yml is something_new"),
    ],
)
def test_a_workflow_that_is_off_is_told_with_the_way_to_enable_it(state, told):
    found = one_wrong(schedules(workflow("prepare", state=state)))
    assert found.severity is Severity.FAULT
    assert told in found.what
    assert f"gh workflow enable prepare.yml --repo {CLUB_REPOSITORY}" in found.todo


@pytest.mark.parametrize(("days", "is_late"), [(8, False), (9, False), (10, True), (60, True)])
def test_a_workflow_that_went_well_too_long_ago_is_late(days, is_late):
    late = workflow("learn", succeeded_at=Seen(NOW - timedelta(days=days)))
    told = [one.what for one in wrong(schedules(late))]
    assert told == ([f"Went well last: learn.yml {days} days ago."] if is_late else [])


def test_a_new_workflow_has_nine_days_for_its_first_run():
    new = workflow("learn", succeeded_at=Seen(), created_at=NOW - timedelta(days=2))
    assert wrong(schedules(new)) == []
    old = workflow("learn", succeeded_at=Seen(), created_at=NOW - timedelta(days=20))
    assert one_wrong(schedules(old)).what == "Never went well: learn.yml."


def test_a_job_that_is_missing_is_told():
    without = [workflow("prepare"), workflow("deliver")]
    found = one_wrong(schedules(workflows=Seen(without)))
    assert found.what == "There is no learn.yml among the workflows."


def test_a_repository_without_our_workflows_is_not_accused():
    [found] = judge_schedules(schedules(workflows=Seen([])), NOW)
    assert found.severity is Severity.UNSEEN


def test_schedules_of_somebody_who_left_will_stop():
    left = workflow("deliver", cron_by=Seen("hal-example"))
    found = one_wrong(schedules(left))
    assert found.severity is Severity.FAULT
    assert found.what.startswith("hal-example set the schedules' times")
    assert found.names == ("hal-example",)


def test_a_login_in_another_case_is_the_same_account():
    assert (
        wrong(schedules(*[workflow(name, cron_by=Seen("Grace-Example")) for name in WEEKLY])) == []
    )


def test_whose_schedules_they_are_is_not_guessed():
    found = one_wrong(schedules(pushers=Seen(blind="the token lacks a right")))
    assert found.severity is Severity.UNSEEN
    found = one_wrong(schedules(workflow("learn", cron_by=Seen(blind="no account"))))
    assert found.what == "Could not look whose schedules they are: no account."


@pytest.mark.parametrize(
    ("quiet", "left", "severity"),
    [
        (15, None, Severity.OK),
        (16, "44 days", Severity.WARNING),
        (38, "22 days", Severity.WARNING),
        (39, "21 days", Severity.FAULT),
        (59, "1 day", Severity.FAULT),
        (90, "0 days", Severity.FAULT),
    ],
)
def test_the_sixty_days_are_counted_from_the_default_branchs_last_commit(quiet, left, severity):
    seen = schedules(committed_at=Seen(NOW - timedelta(days=quiet)))
    found = wrong(seen)
    assert [one.severity for one in found] == ([] if left is None else [severity])
    assert all(f"in {left}." in one.what for one in found)


def test_a_private_repositorys_schedules_are_not_stopped():
    quiet = Seen(NOW - timedelta(days=300))
    assert wrong(schedules(is_public=False, committed_at=quiet)) == []


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        (ActionsSeen(enabled=False), "Actions are switched off."),
        (ActionsSeen(allowed="local_only"), "GitHub's own actions are not allowed."),
        (ActionsSeen(True, "selected", takes_githubs=False), "GitHub's own actions are not"),
    ],
)
def test_actions_that_may_not_run_are_told(actions, told):
    assert told in one_wrong(schedules(actions=Seen(actions))).what


def test_pull_requests_matter_only_where_forms_are_taken():
    refused = Seen(value=False)
    assert "may not open" in one_wrong(schedules(may_open_pulls=refused)).what
    without_forms = Seen([workflow(name) for name in WEEKLY])
    assert wrong(schedules(may_open_pulls=refused, workflows=without_forms)) == []
