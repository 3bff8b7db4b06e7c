"""Who answers newcomers, how soon, and how much of theirs is merged."""

from datetime import timedelta

import pytest

from bot.community.replies import (
    Answerer,
    goes_back,
    looked_at,
    measure_merged,
    measure_replies,
    newcomers_of,
)
from tests.builders_cohort import NOW
from tests.fakes_community import build_pull, build_reply


def replies_to(*pulls, **replies):
    return measure_replies(pulls, {one.id: () for one in pulls} | replies, NOW)


@pytest.mark.parametrize(
    ("changes", "is_new"),
    [
        ({"association": "FIRST_TIMER"}, True),
        ({"association": "NONE"}, True),
        ({"association": "CONTRIBUTOR"}, True),
        ({"association": "MEMBER"}, False),
        ({"author": None}, False),
        ({"days": 181}, False),
        ({"days": 179}, True),
    ],
)
def test_a_newcomer_is_a_person_from_outside_who_came_in_the_last_half_year(changes, is_new):
    assert bool(newcomers_of([build_pull(**changes)], NOW)) is is_new


def test_who_has_several_among_the_newest_and_one_merged_is_no_newcomer():
    pulls = [build_pull(f"PR_{n}", author="old-example", association="CONTRIBUTOR") for n in (1, 2)]
    again = [build_pull(f"PR_{n}", author="new-example") for n in (3, 4)]
    assert {one.id for one in newcomers_of([*pulls, *again], NOW)} == {"PR_3", "PR_4"}


def test_the_newest_six_are_looked_at():
    pulls = [build_pull(f"PR_{n}", days=10 + n) for n in range(8)]
    newest = looked_at(newcomers_of(pulls[::-1], NOW))
    assert [one.id for one in newest] == [f"PR_{n}" for n in range(6)]


def test_a_first_reply_is_the_first_word_of_a_person_of_the_project():
    pull = build_pull("PR_1", days=20)
    told = replies_to(
        pull,
        PR_1=(
            build_reply(19.9, author=None, word="MEMBER"),
            build_reply(19.8, author="stranger-example", word="NONE"),
            build_reply(19.7, author=pull.author, word="MEMBER"),
            build_reply(19, author="mira-example", word="COLLABORATOR"),
            build_reply(18, author="otto-example", word="OWNER"),
        ),
    )
    assert told.answerers == (Answerer("mira-example", 1),)


def test_the_median_counts_who_was_never_answered_as_for_ever():
    pulls = [build_pull(f"PR_{n}", days=20) for n in range(4)]
    quick = {"PR_0": (build_reply(20 - 2 / 24),), "PR_1": (build_reply(20 - 4 / 24),)}
    assert replies_to(*pulls, **quick).median_hours is None
    quick["PR_2"] = (build_reply(20 - 6 / 24),)
    assert replies_to(*pulls, **quick).median_hours == pytest.approx(5)
    assert replies_to(*pulls, **quick).answerers == (Answerer("mira-example", 3),)


def test_who_came_lately_may_be_answered_yet_and_does_not_count():
    late = [build_pull(f"PR_{n}", days=2) for n in range(3)]
    told = replies_to(*late, PR_0=(build_reply(1),))
    assert (told.n_looked_at, told.median_hours) == (1, None)


def test_a_pull_request_whose_replies_github_does_not_show_is_left_out():
    pulls = [build_pull(f"PR_{n}", days=20) for n in range(4)]
    shown = {one.id: (build_reply(19),) for one in pulls[:3]}
    told = measure_replies(pulls, shown, NOW)
    assert (told.n_looked_at, told.median_hours) == (3, pytest.approx(24))


def test_the_share_merged_is_of_those_that_had_their_time():
    merged = [build_pull(f"PR_{n}", is_open=False, is_merged=True) for n in range(2)]
    closed = build_pull("PR_7", is_open=False)
    waits, young = build_pull("PR_8", days=15), build_pull("PR_9", days=13)
    assert measure_merged([*merged, closed, waits, young], NOW) == 0.5
    assert measure_merged([*merged, young], NOW) is None


def test_a_reply_in_the_moment_of_opening_counts_no_hours():
    pulls = [build_pull(f"PR_{n}", days=20) for n in range(3)]
    at_once = {one.id: (build_reply(20),) for one in pulls}
    told = measure_replies(pulls, at_once, NOW)
    assert told.median_hours == 0.0
    assert pulls[0].opened_at == NOW - timedelta(days=20)


def test_in_a_list_of_some_days_who_has_one_merged_is_not_taken_for_a_newcomer():
    old = [build_pull(f"PR_{n}", days=5, association="CONTRIBUTOR") for n in range(49)]
    new = build_pull("PR_new", days=6)

    assert not goes_back([*old, new], NOW)
    assert newcomers_of([*old, new], NOW) == (new,)


@pytest.mark.parametrize(("n", "days", "tells"), [(49, 5, True), (50, 59, False), (50, 60, True)])
def test_a_list_tells_newcomers_apart_if_it_is_whole_or_goes_back_two_months(n, days, tells):
    assert goes_back([build_pull(f"PR_{which}", days=days) for which in range(n)], NOW) is tells
