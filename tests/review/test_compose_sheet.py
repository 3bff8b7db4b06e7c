"""A mentor's sheet: whose students, which numbers, and where to look."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.digest import MentorNote, Sent
from bot.review.compose_sheet import Occasion, Pupil, lines_of, make_sheet
from bot.review.flags import Crowds, crowds_of
from bot.review.mentoring import mentors_of, students_of
from bot.review.sheet import Flag, Tally
from bot.review.verdict import ReviewState, VerdictKind
from bot.sayings import as_written
from bot.terms import Effort, IssueRef, Level
from tests.builders import WEEK, build_digest, build_pick
from tests.builders_core import build_club, build_student
from tests.review.steps import CLUB, POSTED_AT, REVIEW, STUDENTS, build_pupil, verdict

NOW = datetime(2026, 11, 22, 6, 7, 31, tzinfo=UTC)
OCCASION = Occasion(WEEK, "grace-example", CLUB, NOW)
NONE = Crowds()
ISSUE = IssueRef("lumen-lab/starcharts", 1)


def section_of(pupil: Pupil, crowds=NONE, occasion=OCCASION):
    (section,) = make_sheet(occasion, [pupil], crowds).sections
    return section


def flags_of(pupil: Pupil, crowds=NONE):
    return [flag.sentence for flag in section_of(pupil, crowds).flags]


def line_flags(pick, crowds=NONE, **changes):
    pupil = build_pupil(**changes)
    digest = replace(pupil.digest, picks=(pick,))
    return list(section_of(replace(pupil, digest=digest), crowds).lines[0].flags)


def test_a_sheet_has_the_mentors_students_by_login_and_nobody_elses():
    pupils = [build_pupil(login) for login in ("chiyo-example", "ben-example", "ada-example")]
    for mentor, logins in (
        ("Grace-Example", ["ada-example", "ben-example"]),
        ("linus-example", ["ben-example", "chiyo-example"]),
        ("mo-example", ["ada-example", "ben-example", "chiyo-example"]),
        ("nobody-example", []),
    ):
        sheet = make_sheet(replace(OCCASION, mentor=mentor), pupils, NONE)
        assert [section.login for section in sheet.sections] == logins


def test_several_entries_of_one_mentor_add_up():
    club = build_club(
        mentors=[
            {"github": "grace-example", "students": ["ben-example"]},
            {"github": "Grace-Example", "students": ["ADA-example"]},
        ]
    )
    found = students_of("grace-example", club, STUDENTS)
    assert [one.login for one in found] == ["ada-example", "ben-example"]
    assert mentors_of("ada-example", club) == ("Grace-Example",)
    assert mentors_of("ben-example", CLUB) == ("grace-example", "linus-example", "mo-example")


def test_numbers_run_through_picks_and_spares_as_they_were_prepared():
    sheet = make_sheet(OCCASION, [build_pupil()], NONE)
    assert [(line.login, line.n, line.ref.number, line.spare) for line in lines_of(sheet)] == [
        ("ada-example", n, n, n > 3) for n in range(1, 6)
    ]


def test_numbers_keep_their_meaning_when_the_digest_changes_under_a_post():
    before = make_sheet(OCCASION, [build_pupil()], NONE)
    post = replace(REVIEW, lines=lines_of(before))
    picks = tuple(build_pick(number=n, spare=n == 9) for n in (3, 8, 1, 9))
    changed = build_pupil(digest=build_digest(picks=picks))
    sheet = make_sheet(replace(OCCASION, post=post), [changed], NONE)
    assert [(line.n, line.pick.number) for line in sheet.sections[0].lines] == [
        *((3, 3), (6, 8), (1, 1), (7, 9)),
    ]
    kept = {line.n: line.ref.number for line in lines_of(sheet, post)}
    assert kept == {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 9}
    again = make_sheet(
        replace(OCCASION, post=replace(post, lines=lines_of(sheet, post))), [changed], NONE
    )
    assert again == sheet


def test_a_box_is_unticked_only_for_what_was_ticked_off_in_this_post():
    occasion = replace(OCCASION, post=REVIEW)
    drops = tuple(
        verdict(VerdictKind.DROP, ref=IssueRef("lumen-lab/starcharts", n), source=source)
        for n, source in ((1, "ticks 7"), (2, "ticks 8"), (3, "comment 12"), (1, "comment 13"))
    )
    lines = section_of(build_pupil(verdicts=drops), occasion=occasion).lines
    assert [line.is_ticked for line in lines] == [False, True, True, True, True]
    assert [line.is_out for line in lines] == [False, True, True, False, False]


def test_what_mentors_wrote_and_where_the_digest_stands_is_shown():
    said = (verdict(VerdictKind.NOTE, text="Hi"),)
    section = section_of(build_pupil(verdicts=said, state=ReviewState.APPROVED))
    assert section.words == (MentorNote("grace-example", "Hi"),)
    assert section.state is ReviewState.APPROVED


def test_only_a_quiet_week_says_why():
    picks = build_pupil().digest.picks
    for offered, notes in ((picks, ()), ((), (as_written("All were taken"),))):
        digest = build_digest(picks=offered, notes=(as_written("All were taken"),))
        assert section_of(build_pupil(digest=digest)).notes == notes


def test_the_end_of_waiting_is_told_rounded_down_and_stays_once_the_post_is_out():
    told = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    assert make_sheet(OCCASION, [], NONE).answer_by == told
    later = replace(OCCASION, post=REVIEW, now=NOW + timedelta(hours=5))
    assert make_sheet(later, [], NONE).answer_by == told == POSTED_AT + timedelta(days=1)


def test_where_nothing_waits_no_end_is_told():
    notify = replace(OCCASION, club=build_club(review="notify", on_silence="hold"))
    sheet = make_sheet(notify, [], NONE)
    assert (sheet.answer_by, sheet.sends_on_silence) == (None, False)


@pytest.mark.parametrize(
    ("level", "effort", "hours", "flags"),
    [
        (Level.FIRST_TIMER, Effort.LONGER, 20, [Flag("large")]),
        (Level.BEGINNER, Effort.LONGER, 20, [Flag("large")]),
        (Level.INTERMEDIATE, Effort.LONGER, 1, []),
        (Level.FIRST_TIMER, Effort.WEEKEND, 3, [Flag("few_hours", 3)]),
        (Level.FIRST_TIMER, Effort.WEEKEND, 0.5, [Flag("few_hours", 1)]),
        (Level.FIRST_TIMER, Effort.WEEKEND, 3.5, []),
        (Level.BEGINNER, Effort.WEEKEND, 1, []),
        (Level.FIRST_TIMER, Effort.EVENING, 1, []),
    ],
)
def test_a_hard_pick_is_flagged_by_level_and_hours(level, effort, hours, flags):
    student = build_student("ada-example", hours=hours)
    assert line_flags(build_pick(effort=effort), level=level, subscription=student) == flags


def crowd(n, logins="student"):
    return frozenset(f"{logins}-{number}" for number in range(n))


@pytest.mark.parametrize(
    ("n_issue", "n_project", "flags"),
    [
        (30, 35, [Flag("crowded_issue", 30)]),
        (29, 30, [Flag("crowded_project", 30)]),
        (29, 29, []),
    ],
)
def test_a_crowd_is_flagged_from_thirty_others_on(n_issue, n_project, flags):
    crowds = Crowds({ISSUE: crowd(n_issue)}, {ISSUE.repository: crowd(n_project)})
    pick = build_pick(repository="Lumen-Lab/Starcharts", number=1)
    assert line_flags(pick, crowds) == flags


def test_who_was_sent_there_alone_is_no_crowd_of_others():
    crowds = Crowds({}, {ISSUE.repository: crowd(29) | {"ada-example"}})
    assert line_flags(build_pick(number=1), crowds) == []


def test_a_crowd_is_counted_in_students_whatever_they_were_sent_and_without_spares():
    sent = [
        Sent(build_digest(student=login, picks=(build_pick(number=n), build_pick(spare=True))), NOW)
        for login, n in (("Ada-Example", 1), ("ada-example", 1), ("ben-example", 2))
    ]
    crowds = crowds_of(sent)
    assert crowds.projects == {"lumen-lab/starcharts": {"ada-example", "ben-example"}}
    assert crowds.issues[ISSUE] == {"ada-example"}
    assert IssueRef("lumen-lab/starcharts", 12) not in crowds.issues


def weeks_ago(*weeks):
    return tuple(NOW - timedelta(weeks=n) for n in weeks)


@pytest.mark.parametrize(
    ("sent", "signed", "flags"),
    [
        ((3, 2, 1), None, ["silent"]),
        ((2.9, 2, 1), None, []),
        ((3,), None, []),
        ((5, 4, 3, 2, 1), 4.5, ["silent"]),
        ((5, 4, 3, 2, 1), 2.5, []),
        ((), None, []),
    ],
)
def test_three_weeks_of_digests_without_a_sign_of_life_are_flagged(sent, signed, flags):
    tally = Tally(last_sign_at=None if signed is None else weeks_ago(signed)[0])
    assert flags_of(build_pupil(sent_at=weeks_ago(*sent), tally=tally)) == flags


def test_a_silence_is_told_in_weeks():
    assert section_of(build_pupil(sent_at=weeks_ago(5.5, 1))).flags == (Flag("silent", 5),)


def test_what_waits_for_a_student_and_what_did_not_reach_them_is_flagged():
    pupil = build_pupil(n_pulls_waiting=2, is_undelivered=True)
    assert section_of(pupil).flags == (Flag("pull_waits", 2), Flag("undelivered"))
    assert flags_of(build_pupil()) == []
