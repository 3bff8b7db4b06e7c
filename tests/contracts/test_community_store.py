"""What every store of communities promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.community.store import TOLD_FOR, CommunityStore
from tests.contracts.learned import NO_TEXT, SMILE
from tests.contracts.steps import AT, W47, W48
from tests.fakes_community import build_community_of, build_question

KNOWN = build_community_of("R_1", read_at=AT)


def test_nothing_is_known_before_anybody_was_met(community_store: CommunityStore) -> None:
    assert community_store.communities(["R_1"]) == {}
    community_store.keep_communities([])
    assert community_store.points(W47) == 0


def test_a_community_comes_back_as_it_was_met(community_store: CommunityStore) -> None:
    bare = replace(
        build_community_of("R_2", read_at=AT, places=(), answerers=()),
        median_reply_hours=None,
        newcomers_merged=None,
        ai_policy=SMILE,
    )
    community_store.keep_communities([KNOWN, bare])
    assert community_store.communities(["R_2", "R_1", "R_3"]) == {"R_1": KNOWN, "R_2": bare}


def test_of_several_the_newest_knowledge_counts(community_store: CommunityStore) -> None:
    later = replace(KNOWN, read_at=AT + timedelta(days=1), ai_policy="None.")
    community_store.keep_communities([KNOWN])
    community_store.keep_communities([later])
    assert community_store.communities(["R_1"]) == {"R_1": later}


def test_what_is_too_old_to_be_told_is_forgotten(community_store: CommunityStore) -> None:
    community_store.keep_communities([KNOWN])
    later = build_community_of("R_2", read_at=AT + TOLD_FOR)
    community_store.keep_communities([later])
    assert community_store.communities(["R_1", "R_2"]).keys() == {"R_2"}


def test_a_text_that_no_database_holds_does_not_stop_the_rest(
    community_store: CommunityStore,
) -> None:
    community_store.keep_communities([replace(KNOWN, ai_policy=NO_TEXT)])
    assert community_store.communities(["R_1"])["R_1"].answerers == KNOWN.answerers


def test_what_was_paid_in_a_week_adds_up(community_store: CommunityStore) -> None:
    community_store.record_points(W47, 3)
    community_store.record_points(W47, 2)
    assert (community_store.points(W47), community_store.points(W48)) == (5, 0)


@pytest.mark.parametrize("n", [1_200])
def test_many_are_asked_for_at_once(community_store: CommunityStore, n: int) -> None:
    many = [build_community_of(f"R_{k}", read_at=AT) for k in range(n)]
    community_store.keep_communities(many)
    assert len(community_store.communities([one.id for one in many])) == n


def test_questions_come_back_as_long_as_they_are_believed(community_store: CommunityStore) -> None:
    waiting = (build_question("o/a", title=SMILE),)
    community_store.keep_questions({"o/a": waiting, "o/b": ()}, AT)

    assert community_store.questions(["o/a", "o/b", "o/c"], AT) == {"o/a": waiting, "o/b": ()}
    assert community_store.questions(["o/a"], AT + timedelta(seconds=1)) == {}


def test_older_searches_give_way_to_newer_ones_and_are_forgotten(
    community_store: CommunityStore,
) -> None:
    community_store.keep_questions({"o/a": (build_question("o/a"),), "o/b": ()}, AT)
    community_store.keep_questions({"o/a": ()}, AT + timedelta(hours=1))
    assert community_store.questions(["o/a", "o/b"], AT) == {"o/a": (), "o/b": ()}

    community_store.keep_questions({}, AT + timedelta(days=2))
    assert community_store.questions(["o/a", "o/b"], AT - timedelta(days=9)) == {}


def test_what_earlier_weeks_paid_is_told_without_this_one(community_store: CommunityStore) -> None:
    assert community_store.points_before(W48) == 0
    community_store.record_points(W47, 3)
    community_store.record_points(W48, 9)
    assert community_store.points_before(W48) == 3


def test_who_is_forgotten_is_known_in_no_project(community_store: CommunityStore) -> None:
    other = build_community_of("R_2", read_at=AT, answerers=())
    community_store.keep_communities([KNOWN, other])

    assert community_store.forget("MIRA-example") == 1
    assert community_store.forget("mira-example") == 0
    assert community_store.communities(["R_1", "R_2"]) == {"R_2": other}
