"""The first lines of a run's report: what is known, what was paid, and whether it is all."""

import pytest

from bot.cli.story import report_lines
from bot.harvest.source import Cost, Step
from bot.report import RunReport, StudentReport, StudentStatus

CUT_SHORT = "The search was cut short"


def lines_of(issues=0, *costs, complete=True, notes=()):
    """The report's lines but those of the week and of the one student."""
    by_step = dict(zip(Step, costs, strict=False))
    ada = StudentReport("ada-example", StudentStatus.SENT, 5, "issue")
    report = RunReport("2026-W47", True, complete, issues, by_step, {}, (ada,), notes)
    return [line for line in report_lines(report, with_names=True)[1:] if ada.login not in line]


@pytest.mark.parametrize(
    ("issues", "costs", "told"),
    [
        (1_235, [Cost(1, 1), Cost(1, 1)], "1,235 issues are known; 2 points in 2 requests were"),
        (1, [Cost(1, 1)], "1 issue is known; 1 point in 1 request was spent."),
        (235, [Cost()], "235 issues are known; nothing was spent."),
        (0, [Cost(), Cost(2, 6)], "6 points in 2 requests were spent."),
    ],
)
def test_what_is_known_and_what_was_paid_are_told_apart(issues, costs, told):
    (line,) = lines_of(issues, *costs)

    assert line.startswith(told)


def test_a_run_that_asked_nothing_tells_no_cost():
    assert lines_of() == []


def test_a_search_that_was_cut_short_points_to_the_notes():
    told = lines_of(9, Cost(1, 1), complete=False, notes=("Go is missing.",))

    assert told[1:] == [f"{CUT_SHORT}: see the notes.", "Note: Go is missing."]


def test_a_search_that_was_cut_short_without_a_note_points_nowhere():
    assert lines_of(complete=False) == [f"{CUT_SHORT}."]


def test_a_whole_search_is_not_called_cut_short():
    assert not any(CUT_SHORT in line for line in lines_of(9, Cost(1, 1), notes=("One note.",)))


def test_what_following_picks_and_meeting_people_cost_is_told_by_the_student():
    costs = {Step.PAGE: Cost(3, 3), Step.OUTCOMES: Cost(55, 55), Step.COMMUNITY: Cost(9, 84)}
    students = tuple(
        StudentReport(f"s{n}-example", StudentStatus.SENT, 5, "issue") for n in range(200)
    )
    report = RunReport("2026-W47", True, True, 9, costs, {}, students, ())

    lines = report_lines(report, with_names=False)

    assert "Of these, what became of earlier picks cost 55 points: 0.28 a student." in lines
    people = "Of these, the people and questions around the picks cost 84 points: 0.42 a student."
    assert people in lines
    assert lines[1] == "9 issues are known; 142 points in 67 requests were spent."
