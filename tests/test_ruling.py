"""Whether a prepared digest may go out, by what its mentors decided, or did not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.journal import DigestState, JournalEntry
from bot.lessons import Lessons
from bot.review.verdict import VerdictKind
from bot.ruling import rule
from bot.schedule import Run
from bot.terms import ChannelName, Week
from tests.builders import WEEK, build_digest, build_pick
from tests.builders_core import build_club, build_student
from tests.builders_learned import POSTED_AT, build_review, build_verdict
from tests.fakes_office import build_office

MENTORS = [{"github": "grace-example", "students": ["ada-example"]}]
SOON, LATE = POSTED_AT + timedelta(hours=2), POSTED_AT + timedelta(hours=24)


def ruling(*verdicts, now=SOON, is_shown=True, digest=None, **club):
    """What becomes of Ada's digest in a club that wants approval."""
    club = build_club(**{"review": "approve", "mentors": MENTORS} | club)
    office = build_office(build_student("ada-example"))
    if is_shown:
        office.books.reviews.record_review(build_review())
    digest = digest or build_digest(student="ada-example", picks=(build_pick(),))
    entry = JournalEntry(digest, ChannelName.ISSUE, DigestState.PREPARED)
    run = Run(club, Week.parse(WEEK), now)
    return rule(run, entry, office.books.reviews.reviews(WEEK), Lessons(verdicts=verdicts))


HOLD = build_verdict(kind=VerdictKind.HOLD)
OF_LAST_WEEK = build_verdict(week="2026-W46")


@pytest.mark.parametrize(
    ("verdicts", "club", "why"),
    [
        ([], {}, "waits for grace-example until Sun 22 Nov 05:30"),
        ([], {"timezone": "America/Puerto_Rico"}, "until Sun 22 Nov 01:30"),
        ([], {"review_hours": 3}, "until Sat 21 Nov 08:30"),
        ([HOLD], {}, "held by grace-example"),
        ([HOLD], {"review": "notify"}, "held by grace-example"),
        ([OF_LAST_WEEK], {}, "waits for grace-example"),
    ],
)
def test_a_digest_waits_for_its_mentors(verdicts, club, why):
    found = ruling(*verdicts, **club)

    assert why in found.why
    assert (found.may_go, found.error) == (False, None)


@pytest.mark.parametrize(
    ("verdicts", "changes"),
    [
        ([build_verdict()], {}),
        ([HOLD, replace(build_verdict(), position=1)], {}),
        ([], {"now": LATE}),
        ([], {"review": "off"}),
        ([], {"review": "notify"}),
        ([HOLD], {"review": "off"}),
        ([], {"digest": build_digest(student="ada-example", picks=())}),
        ([], {"mentors": []}),
    ],
)
def test_a_digest_may_go(verdicts, changes):
    assert ruling(*verdicts, **changes).may_go


def test_a_digest_that_nobody_was_shown_waits_whatever_time_goes_by():
    found = ruling(now=LATE, is_shown=False)

    assert found.why == "waits until grace-example can be asked"


def test_a_silence_that_holds_is_an_error_that_says_whom_to_ask():
    error = ruling(now=LATE, on_silence="hold").error

    assert (error.exit_code, "within 24 hours" in error.message) == (4, True)
    assert "grace-example" in error.advice
    assert "example" not in " ".join(error.told_in_public())


def test_who_has_no_mentor_is_held_where_silence_holds():
    assert "no mentor" in ruling(mentors=[], on_silence="hold").error.message


def test_what_goes_is_what_the_mentor_left():
    picks = (build_pick(number=1), build_pick(number=2), build_pick(number=3, spare=True))
    digest = build_digest(student="ada-example", picks=picks)
    drop = build_verdict(kind=VerdictKind.DROP, ref=picks[0].ref)
    note = build_verdict(kind=VerdictKind.NOTE, text="See you on Friday.", position=2)

    steered = ruling(drop, note, build_verdict(position=3), digest=digest).entry.digest

    assert [pick.number for pick in steered.offered] == [2, 3]
    assert [one.text for one in steered.mentor_notes] == ["See you on Friday."]
