"""What is still free when it is sent, what steps in, and what is said of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.events.event import ClubEvent
from bot.sayings import as_written
from bot.terms import IssueRef
from bot.verification import verify_digest
from tests.builders import build_digest, build_pick
from tests.builders_core import NOW, build_details
from tests.screening.free_cases import FREE_CASES, SIGN_CASES
from tests.wording import worded

FREE = build_details(read_at=NOW + timedelta(minutes=2))
TAKEN = build_details(assigned=("bea-example",))


def pick(number, *, spare=False):
    return build_pick(
        repository="lumen-lab/starcharts", number=number, spare=spare, free=None, verified_at=None
    )


def verified(picks, fresh, notes=()):
    """The digest after verification; `fresh` holds details by number."""
    by_ref = {one.ref: fresh[one.number] for one in picks if one.number in fresh}
    return verify_digest(build_digest(picks=picks, notes=notes), by_ref, NOW)


def numbers(picks):
    return [one.number for one in picks]


@pytest.mark.parametrize("details", [details for _, details, _ in SIGN_CASES])
def test_a_pick_that_shows_a_sign_is_not_sent(details):
    assert verified([pick(1)], {1: details}).picks == ()


@pytest.mark.parametrize("details", FREE_CASES)
def test_a_pick_that_shows_none_is_sent_where_all_is_seen(details):
    digest = build_digest(picks=(pick(1),))
    is_seen = details.comments is not None and details.pull_requests is not None

    (kept,) = verify_digest(digest, {pick(1).ref: details}, NOW, accepts_unseen=True).picks

    assert kept.free is (True if is_seen else None)


def test_an_event_that_began_while_the_digest_waited_is_not_told():
    today = date(NOW.year, NOW.month, NOW.day)
    events = [
        ClubEvent("An hour ago", NOW - timedelta(hours=1), None),
        ClubEvent("All of today", NOW - timedelta(hours=5), None, on=today),
        ClubEvent("All of yesterday", NOW - timedelta(hours=29), None, on=today),
        ClubEvent("In an hour", NOW + timedelta(hours=1), None),
    ]

    digest = verify_digest(build_digest(picks=(), events=tuple(events)), {}, NOW)

    assert [one.title for one in digest.events] == ["All of today", "In an hour"]


def test_an_issue_that_a_programme_labelled_since_the_search_is_not_sent():
    reserved = build_details(labels=("good first issue", "GSSoC'26"))

    digest = verified([pick(1), pick(8, spare=True)], {1: reserved, 8: FREE})

    assert numbers(digest.offered) == [8]


def test_where_github_tells_no_labels_the_pick_s_own_hold():
    unlabelled = replace(FREE, labels=None)
    picks = [pick(1), replace(pick(2), labels=("easy", "WIP"))]

    assert numbers(verified(picks, {1: unlabelled, 2: unlabelled}).offered) == [1]


def test_free_picks_carry_the_time_of_their_verification():
    digest = verified([pick(1), pick(2)], {1: FREE, 2: FREE})

    assert [(one.number, one.free, one.verified_at) for one in digest.offered] == [
        (1, True, FREE.read_at),
        (2, True, FREE.read_at),
    ]
    assert digest.notes == ()


def test_a_spare_steps_in_behind_the_picks():
    digest = verified(
        [pick(1), pick(2), pick(3), pick(8, spare=True), pick(9, spare=True)],
        {1: TAKEN, 2: FREE, 3: FREE, 8: FREE, 9: FREE},
        notes=(as_written("Said before."),),
    )

    assert numbers(digest.offered) == [2, 3, 8]
    assert numbers(digest.spares) == [9]
    assert digest.notes == (as_written("Said before."),)


def test_a_spare_that_is_taken_itself_does_not_step_in():
    digest = verified(
        [pick(1), pick(2), pick(8, spare=True), pick(9, spare=True)],
        {1: FREE, 2: TAKEN, 8: TAKEN, 9: FREE},
    )

    assert (numbers(digest.offered), numbers(digest.spares)) == ([1, 9], [])


def test_a_pick_that_cannot_be_seen_any_more_is_not_sent():
    digest = verified([pick(1), pick(2)], {1: FREE})

    assert numbers(digest.picks) == [1]


def test_nothing_unverified_is_left_in_the_digest():
    digest = verified([pick(1), pick(2), pick(8, spare=True)], {2: FREE, 8: TAKEN})

    assert [(one.number, one.free) for one in digest.picks] == [(2, True)]


@pytest.mark.parametrize(
    ("n_lost", "note"),
    [
        (1, "One pick is no longer known to be free, and nothing as good was left."),
        (2, "2 picks are no longer known to be free, and nothing as good was left."),
    ],
)
def test_a_shorter_digest_says_so(n_lost, note):
    fresh = {n: TAKEN if n <= n_lost else FREE for n in (1, 2, 3)}

    notes = verified([pick(1), pick(2), pick(3)], fresh, notes=(as_written("First."),)).notes

    assert tuple(map(worded, notes)) == ("First.", note)


def test_when_nothing_is_left_the_digest_is_empty_and_says_so():
    digest = verified([pick(1), pick(8, spare=True)], {1: TAKEN, 8: TAKEN})

    assert digest.picks == ()
    assert len(digest.notes) == 1


def test_a_second_verification_changes_nothing_that_is_still_free():
    picks = [pick(1), pick(2), pick(8, spare=True)]
    fresh = {1: FREE, 2: TAKEN, 8: FREE}
    once = verified(picks, fresh)

    assert verified(list(once.picks), fresh) == once


@pytest.mark.parametrize("unseen", ["pull_requests", "comments"])
def test_what_cannot_be_seen_is_not_sent_unless_that_is_accepted(unseen):
    digest = build_digest(picks=(pick(1),))
    fresh = {pick(1).ref: build_details(**{unseen: None})}

    assert verify_digest(digest, fresh, NOW).picks == ()
    (kept,) = verify_digest(digest, fresh, NOW, accepts_unseen=True).picks
    assert kept.free is None


def test_what_is_seen_to_be_taken_is_not_sent_although_the_rest_is_unseen():
    digest = build_digest(picks=(pick(1),))
    fresh = {pick(1).ref: build_details(pull_requests=None, assigned=("bea-example",))}

    assert verify_digest(digest, fresh, NOW, accepts_unseen=True).picks == ()


def test_a_quiet_digest_stays_as_it_is():
    quiet = build_digest(picks=(), notes=(as_written("Nothing was found."),))

    assert verify_digest(quiet, {}, NOW) == quiet


def test_details_of_another_issue_free_no_pick():
    other = build_details(ref=IssueRef("lumen-lab/starcharts", 99))
    own = build_details(ref=IssueRef("Lumen-Lab/StarCharts", 1))

    assert numbers(verified([pick(1)], {1: own}).offered) == [1]
    assert numbers(verified([pick(1)], {1: other}).offered) == []
