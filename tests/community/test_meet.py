"""Communities are looked up for few points, kept for weeks, and left out where they are unknown."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.community.meet import meet
from bot.errors import LimitReached, Outage
from bot.terms import Claiming
from tests.builders_cohort import NOW
from tests.fakes_community import (
    MemoryCommunities,
    build_community_of,
    build_profile,
    build_pull,
    build_reply,
)

OUTAGE = Outage("GitHub did not answer.", "Wait.")
LIMIT = LimitReached("The limit is reached.", "Wait.")


def source_of(n=1, **changes):
    """A source that knows so many projects, each with three newcomers who were answered."""
    source = MemoryCommunities()
    for which in range(n):
        pulls = tuple(build_pull(f"PR_{which}_{k}") for k in range(3))
        source.profiles[f"R_{which}"] = build_profile(pulls=pulls, **changes)
        source.replies |= {one.id: (build_reply(19.5),) for one in pulls}
    return source


def ids(n):
    return [f"R_{which}" for which in range(n)]


def old(name, days):
    return {name: build_community_of(name, read_at=NOW - timedelta(days=days))}


def test_a_project_is_met_by_its_profile_and_the_replies_to_its_newcomers():
    met = meet(ids(1), {}, source_of(1), NOW, points=10)

    assert met.communities["R_0"].median_reply_hours == pytest.approx(12)
    assert [one.login for one in met.communities["R_0"].answerers] == ["mira-example"]
    assert met.news == (met.communities["R_0"],)


def test_what_is_fresh_costs_nothing():
    source = source_of(1)
    met = meet(ids(1), old("R_0", 27), source, NOW, points=10)

    assert (source.asked, met.news) == ([], ())
    assert met.communities.keys() == {"R_0"}


def test_what_is_old_is_looked_up_again_after_what_is_new_and_told_until_then():
    source = source_of(2)
    met = meet(ids(2), old("R_0", 29), source, NOW, points=10)
    poor = meet(ids(2), old("R_0", 29), source_of(2), NOW, points=2)

    assert source.asked[0] == ("R_1",)
    assert {one.id for one in met.news} == {"R_0", "R_1"}
    assert {one.id for one in poor.news} == {"R_1"}
    assert poor.communities["R_0"].read_at < NOW


def test_where_the_points_did_not_reach_the_replies_they_are_read_the_next_time():
    source = source_of(1)
    first = meet(ids(1), {}, source, NOW, points=1)
    later = meet(ids(1), first.communities, source_of(1), NOW, points=9)

    assert (first.communities["R_0"].has_replies, first.communities["R_0"].answerers) == (False, ())
    assert later.communities["R_0"].has_replies
    assert later.communities["R_0"].answerers


def test_replies_that_are_known_are_not_let_go_of_for_want_of_points():
    met = meet(ids(1), old("R_0", 29), source_of(1), NOW, points=1)

    assert met.communities["R_0"].answerers == build_community_of().answerers


def test_what_is_too_old_is_not_told():
    met = meet(ids(1), old("R_0", 56), source_of(0), NOW, points=0)

    assert (met.communities, met.n_unknown) == ({}, 1)


def test_projects_are_asked_for_together_and_replies_for_the_most_wanted_first():
    whole, part = source_of(140), source_of(140)

    meet(ids(140), {}, whole, NOW, points=20)
    met = meet(ids(140), {}, part, NOW, points=4)

    assert [len(one) for one in whole.asked] == [100, 40, 100, 100, 100, 100, 20]
    assert [len(one) for one in part.asked] == [100, 40, 100, 100]
    assert met.n_unknown == 0
    assert [one for one in ids(140) if met.communities[one].has_replies] == ids(66)


def test_what_not_even_a_profile_was_paid_for_is_counted():
    met = meet(ids(140), {}, source_of(140), NOW, points=2)

    assert (len(met.communities), met.n_unknown) == (100, 40)


def test_a_question_that_fails_costs_only_what_it_asked_for():
    source = source_of(140)
    source.failures.append(OUTAGE)

    met = meet(ids(140), {}, source, NOW, points=20)

    assert len(met.communities) == 40
    assert (met.n_unknown, met.error) == (100, OUTAGE)


def test_a_limit_ends_the_asking():
    source = source_of(140)
    source.failures.append(LIMIT)

    met = meet(ids(140), {}, source, NOW, points=20)

    assert (len(source.asked), met.error) == (1, LIMIT)


def test_replies_that_did_not_come_leave_the_project_for_the_next_time_and_its_rules_are_told():
    source = source_of(1, guide_text="Just open a pull request.", has_discussions=True)
    ask = source.read_replies

    def broken(some):
        source.failures.append(OUTAGE)
        return ask(some)

    source.read_replies = broken
    met = meet(ids(1), {}, source, NOW, points=10)

    assert (met.communities["R_0"].has_replies, met.error) == (False, OUTAGE)
    told = met.communities["R_0"]
    assert (told.answerers, told.median_reply_hours) == ((), None)
    assert (told.has_discussions, told.claiming) == (True, Claiming.JUST_OPEN)


def test_a_project_that_github_does_not_show_is_no_fault():
    met = meet(["R_9"], {}, source_of(1), NOW, points=10)

    assert (met.communities, met.n_unknown) == ({}, 0)


def test_pull_requests_that_were_not_told_are_no_sign_that_nobody_came():
    source = source_of(1)
    source.profiles["R_0"] = replace(source.profiles["R_0"], pulls=None)

    community = meet(ids(1), {}, source, NOW, points=10).communities["R_0"]

    assert (community.newcomers_merged, community.median_reply_hours) == (None, None)


@pytest.mark.parametrize(("days", "merged"), [(20, None), (70, 1.0)])
def test_what_is_merged_is_not_told_from_the_pull_requests_of_some_days(days, merged):
    pulls = tuple(
        build_pull(f"PR_{n}", days, association="CONTRIBUTOR", is_open=False, is_merged=True)
        for n in range(50)
    )
    source = source_of(0)
    source.profiles["R_0"] = build_profile(pulls=pulls)

    assert meet(ids(1), {}, source, NOW, points=10).communities["R_0"].newcomers_merged == merged
