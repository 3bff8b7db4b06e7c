"""What a mentor is shown of a student are the last twelve weeks, counted as the report counts."""

from dataclasses import replace

from bot.lessons import Lessons
from bot.outcomes.progress import Outcome
from bot.pupils import pupils_of
from bot.review.sheet import Tally
from bot.schedule import Run
from bot.terms import ChannelName, Week
from tests.builders import WEEK, build_digest
from tests.builders_cohort import NOW, build_progress, days_ago
from tests.builders_core import build_club, build_student
from tests.fakes_office import build_office

ADA = build_student("ada-example")
LONG_AGO = "2026-W34"


def shown(*progress):
    """Ada as her mentor is shown her, with this progress."""
    office = build_office(ADA)
    office.journal.record_week(WEEK, [(build_digest(student=ADA.login), ChannelName.ISSUE)])
    run = Run(build_club(), Week.parse(WEEK), NOW)
    lessons = Lessons(progress=progress)
    (pupil,) = pupils_of(run, office.journal.entries(WEEK), office, lessons, sent=())
    return pupil


def test_picks_that_are_not_followed_any_more_are_not_counted():
    merged = build_progress(Outcome.MERGED, 1, merged_at=days_ago(90), week=LONG_AGO)
    waits = build_progress(Outcome.REVIEWED, 2, pulled_at=days_ago(90), week=LONG_AGO)
    oldest = build_progress(Outcome.REVIEWED, 3, pulled_at=days_ago(80), week="2026-W35")

    pupil = shown(merged, waits, oldest)

    assert pupil.tally == Tally(1, 1, 1, 0, last_sign_at=days_ago(80))
    assert pupil.n_pulls_waiting == 1


def test_who_was_assigned_stepped_forward_and_a_pull_request_may_be_known_by_its_address_only():
    assigned = build_progress(Outcome.ASSIGNED, 1, assigned_at=days_ago(2))
    pulled = build_progress(Outcome.PULL_REQUEST, 2, pull_url="https://github.com/l/s/pull/1")
    closed = replace(assigned, ref=pulled.ref, outcome=Outcome.CLOSED)

    assert shown(assigned, pulled).tally == Tally(2, 2, 1, 0, last_sign_at=days_ago(2))
    assert shown(closed).tally.n_commented == 1
