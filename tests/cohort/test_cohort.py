"""The cohort: what counts, for whom, in which order; and its laws over any records."""

from dataclasses import replace
from datetime import timedelta
from functools import reduce
from operator import add

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cohort.cohort import make_cohort
from bot.cohort.funnel import Funnel, count_funnel
from bot.cohort.nudge import Nudge
from bot.feedback.answer import Answer, AnswerKind
from bot.outcomes.due import N_WEEKS
from bot.outcomes.progress import Outcome
from bot.sayings import as_written
from bot.terms import Level, Week
from tests.builders import WEEK
from tests.builders_cohort import (
    NOW,
    build_enrolled,
    build_progress,
    build_records,
    build_sent,
    days_ago,
)

LOGINS = ("ada-example", "bo-example", "cy-example", "left-example")
MOMENTS = (
    *("commented_at", "assigned_at", "pulled_at", "reviewed_at"),
    *("merged_at", "refused_at", "answered_at", "changed_at"),
)


def week_before(n: int) -> str:
    return str(Week.parse(WEEK).before(n))


def total(funnels):
    return reduce(add, funnels, Funnel())


@st.composite
def any_pick(draw):
    """Any outcome with any moments, as if the ledger were never sure; some too old or too new."""
    moments = st.none() | st.integers(0, 80).map(days_ago)
    return build_progress(
        draw(st.sampled_from(Outcome)),
        draw(st.integers(1, 5)),
        draw(st.sampled_from([*LOGINS, "ADA-Example"])),
        repository=draw(st.sampled_from(["o/a", "O/A", "o/b", "o/c"])),
        week=week_before(draw(st.integers(-1, 13))),
        **{name: draw(moments) for name in MOMENTS},
    )


@st.composite
def any_records(draw, mentor=None):
    digests = st.tuples(st.integers(0, 13), st.sampled_from(LOGINS))
    answers = st.tuples(st.sampled_from(LOGINS), st.sampled_from(AnswerKind), st.integers(0, 100))
    mentors = st.lists(st.sampled_from(["grace-example", "hal-example"]), max_size=2, unique=True)
    return build_records(
        students=tuple(
            build_enrolled(
                login,
                mentors=tuple(draw(mentors)),
                halted=draw(st.sampled_from([None, as_written("paused")])),
            )
            for login in LOGINS[:-1]
        ),
        progress=tuple(draw(st.lists(any_pick(), max_size=12))),
        sent=tuple(
            build_sent(week_before(n), login, 7 * n + 2)
            for n, login in draw(st.lists(digests, max_size=12, unique=True))
        ),
        answers=tuple(
            Answer(login, kind, days_ago(n), f"comment {n}")
            for login, kind, n in draw(st.lists(answers, max_size=6))
        ),
        mentor=mentor,
    )


def all_funnels(cohort):
    yield cohort.funnel
    for part in (cohort.weeks, cohort.students, cohort.projects):
        yield from (one.funnel for one in part)


@settings(max_examples=60, deadline=None)
@given(any_records())
def test_no_funnel_ever_widens(records):
    for one in all_funnels(make_cohort(records)):
        assert one.n_offered >= one.n_commented >= one.n_pulls >= one.n_merged >= 0


@settings(max_examples=60, deadline=None)
@given(any_records())
def test_weeks_students_and_projects_sum_to_the_whole(records):
    cohort = make_cohort(records)
    left = [
        one for one in records.progress if one.login == "left-example" and one.week in records.weeks
    ]
    assert total(one.funnel for one in cohort.weeks) == cohort.funnel
    by_students = total(one.funnel for one in cohort.students)
    assert by_students + count_funnel(left) == cohort.funnel
    by_projects = total(one.funnel for one in cohort.projects)
    assert replace(by_projects, n_offered=cohort.funnel.n_offered) == cohort.funnel


@settings(max_examples=60, deadline=None)
@given(any_records())
def test_a_mentors_cohort_is_a_part_of_the_clubs(records):
    whole = make_cohort(records)
    part = make_cohort(replace(records, mentor="Grace-Example"))
    ours = [one for one in whole.students if "grace-example" in one.mentors]
    assert list(part.students) == ours
    assert part.funnel == total(one.funnel for one in ours)
    for name in ("n_offered", "n_commented", "n_pulls", "n_merged"):
        assert getattr(part.funnel, name) <= getattr(whole.funnel, name)
    assert {one.repository.casefold() for one in part.projects} <= {
        one.repository.casefold() for one in whole.projects
    }
    assert all(part.answers[kind] <= whole.answers[kind] for kind in part.answers)
    assert [one.week for one in part.weeks] == [one.week for one in whole.weeks]


@settings(max_examples=60, deadline=None)
@given(any_records(), st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_changes_nothing(records, dice):
    def shuffled(items):
        return tuple(dice.sample(items, len(items)))

    mixed = replace(
        records,
        students=shuffled(records.students),
        progress=shuffled(records.progress),
        sent=shuffled(records.sent),
        answers=shuffled(records.answers),
    )
    a, b = make_cohort(records), make_cohort(mixed)
    assert (a.funnel, a.weeks, a.answers) == (b.funnel, b.weeks, b.answers)
    assert [one.login for one in a.students] == [one.login for one in b.students]
    assert [one.repository.casefold() for one in a.projects] == [
        one.repository.casefold() for one in b.projects
    ]
    is_nudged = [bool(one.nudges) for one in a.students]
    assert is_nudged == sorted(is_nudged, reverse=True)


def test_an_empty_club_has_twelve_empty_weeks():
    cohort = make_cohort(build_records(students=()))
    assert (cohort.funnel, cohort.students, cohort.projects) == (Funnel(), (), ())
    assert cohort.answers == {}
    assert [one.week for one in cohort.weeks] == [week_before(n) for n in range(11, -1, -1)]
    assert len(cohort.weeks) == N_WEEKS
    assert total(one.funnel for one in cohort.weeks) == Funnel()


def test_the_week_is_the_clubs_own():
    monday_in_utc = build_records(now=NOW + timedelta(days=1) - timedelta(hours=3))
    assert monday_in_utc.weeks[-1] == WEEK
    assert replace(monday_in_utc, timezone="UTC").weeks[-1] != WEEK


def test_what_was_merged_counts_all_the_way_though_no_comment_was_seen():
    cohort = make_cohort(build_records(progress=(build_progress(Outcome.MERGED),)))
    assert cohort.funnel == Funnel(1, 1, 1, 1)


def test_a_closed_issue_with_a_merged_pull_request_of_the_student_is_merged():
    done = build_progress(Outcome.CLOSED, merged_at=days_ago(1))
    assert count_funnel([done]).n_merged == 1


def test_what_was_only_told_to_us_is_no_step_upstream():
    told = [build_progress(Outcome.TOOK), build_progress(Outcome.DONE)]
    assert count_funnel(told) == Funnel(n_offered=2)


def test_who_left_counts_in_the_clubs_totals_under_no_name():
    gone = build_progress(Outcome.MERGED, login="left-example")
    cohort = make_cohort(build_records(progress=(gone,), sent=(build_sent(login="left-example"),)))
    assert cohort.funnel.n_merged == 1
    assert cohort.weeks[-1].n_students == 1
    assert "left-example" not in str(cohort)


def test_who_left_does_not_count_where_some_were_asked_for():
    gone = build_progress(Outcome.MERGED, login="left-example")
    assert make_cohort(build_records(progress=(gone,), is_part=True)).funnel == Funnel()


def test_a_login_is_the_same_in_any_case():
    records = build_records(
        progress=(build_progress(Outcome.COMMENTED, login="ADA-Example"),),
        sent=(build_sent(login="Ada-example"),),
        students=(build_enrolled(mentors=("Grace-example",)),),
        mentor="grace-EXAMPLE",
    )
    [ada] = make_cohort(records).students
    assert (ada.n_digests, ada.funnel.n_commented) == (1, 1)


def test_a_student_is_told_whole():
    merged = build_progress(Outcome.MERGED, 3, merged_at=days_ago(4))
    at_work = build_progress(Outcome.PULL_REQUEST, 4, pulled_at=days_ago(2))
    records = build_records(
        students=(build_enrolled(name="Ada", level=Level.INTERMEDIATE, mentors=("g-example",)),),
        progress=(merged, at_work, build_progress(Outcome.TAKEN, 5, taken_at=days_ago(1))),
        sent=(build_sent(), build_sent(week_before(1), days=12)),
        answers=(Answer("ada-example", AnswerKind.MORE, days_ago(1), "comment 1"),),
    )
    [ada] = make_cohort(records).students
    assert (ada.called, ada.level, ada.mentors) == ("Ada", Level.INTERMEDIATE, ("g-example",))
    assert (ada.n_digests, ada.last_digest_at, ada.last_sign_at) == (2, days_ago(5), days_ago(1))
    assert (ada.at_work, ada.merged, ada.nudges) == ((at_work,), (merged,), ())


def test_who_needs_a_word_comes_first():
    sent = tuple(build_sent(week_before(n), "zoe-example", 7 * n + 1) for n in range(3))
    students = (build_enrolled(), build_enrolled("zoe-example"))
    cohort = make_cohort(build_records(students=students, sent=sent))
    assert [one.login for one in cohort.students] == ["zoe-example", "ada-example"]
    assert [one.nudge for one in cohort.students[0].nudges] == [Nudge.SILENT]


def test_a_project_is_judged_by_how_it_answered():
    spoken = {"commented_at": days_ago(4)}
    cohort = make_cohort(
        build_records(
            progress=(
                build_progress(Outcome.COMMENTED, 1, **spoken, answered_at=days_ago(3)),
                build_progress(Outcome.COMMENTED, 2, **spoken, answered_at=days_ago(1)),
                build_progress(Outcome.COMMENTED, 3, **spoken),
                build_progress(Outcome.MERGED, 4, repository="o/best"),
                build_progress(Outcome.OPEN, 5, repository="o/untouched"),
            )
        )
    )
    best, charts = cohort.projects
    assert (best.repository, best.n_answered, best.median_answer_hours) == ("o/best", 0, None)
    assert (charts.n_answered, charts.median_answer_hours) == (2, 48.0)


def test_answers_are_counted_by_word_the_most_frequent_first():
    kinds = [AnswerKind.LESS, AnswerKind.MORE, AnswerKind.MORE]
    answers = [
        Answer("ada-example", kind, days_ago(2), "comment 1", position)
        for position, kind in enumerate(kinds)
    ]
    old = Answer("ada-example", AnswerKind.STOP, days_ago(100), "comment 2")
    counted = make_cohort(build_records(answers=(*answers, old))).answers
    assert list(counted.items()) == [("more", 2), ("less", 1)]


def test_a_thumb_is_one_answer_whatever_number_of_picks_it_is_for():
    liked = AnswerKind.LIKED
    thumb = [Answer("ada-example", liked, days_ago(2), "reaction 7", n) for n in range(5)]
    other = Answer("bo-example", liked, days_ago(1), "reaction 8")
    assert make_cohort(build_records(answers=(*thumb, other), is_part=False)).answers == {
        "liked": 2
    }
