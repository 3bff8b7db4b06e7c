"""Clubmates are named to each other where both agreed and work on something near."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clubmates import build_circle, clubmates_of, still_agreed, told_lately
from bot.digest import Peer, Sent
from bot.outcomes.progress import Outcome
from tests.builders import build_digest, build_pick
from tests.builders_cohort import NOW, build_progress, days_ago
from tests.builders_core import build_student

HOME, AWAY = "lumen-lab/starcharts", "tidepool/harbor"
ADA = build_student("ada-example", interests=["astronomy"], peers=True)
BO = build_student("bo-example", languages=["Go"], peers=True)


def working(login="bo-example", repository=HOME, outcome=Outcome.PULL_REQUEST, **changes):
    return build_progress(outcome, login=login, repository=repository, **changes)


def sent_to(login, repository, *topics):
    pick = build_pick(repository=repository, topics=topics)
    return Sent(build_digest(student=login, picks=(pick,)), days_ago(9))


def named(*progress, students=(ADA, BO), sent=(), picks=None, told=()):
    circle = build_circle(students, progress, sent)
    offered = (build_pick(repository=HOME),) if picks is None else picks
    return clubmates_of(students[0], offered, circle, told)


def test_who_works_on_the_project_of_a_pick_is_named():
    assert named(working()) == (Peer("bo-example", HOME),)


@pytest.mark.parametrize("silent", ["ada-example", "bo-example"])
def test_nobody_is_named_who_has_not_agreed_and_to_nobody_who_has_not(silent):
    students = [
        one.model_copy(update={"peers": False}) if one.login == silent else one for one in (ADA, BO)
    ]
    assert named(working(), students=students) == ()


@pytest.mark.parametrize(
    "outcome", [Outcome.OPEN, Outcome.TAKEN, Outcome.CLOSED, Outcome.NOT_MERGED, Outcome.GONE]
)
def test_what_was_only_offered_or_came_to_nothing_is_nobodys_work(outcome):
    assert named(working(outcome=outcome)) == ()


def test_who_works_on_a_topic_that_one_of_both_asked_for_is_named_with_the_project():
    sent = [sent_to("bo-example", AWAY, "astronomy", "python")]
    near = (build_pick(repository=HOME, topics=("astronomy", "python")),)
    assert named(working(repository=AWAY), sent=sent, picks=near) == (Peer("bo-example", AWAY),)


def test_a_topic_that_nobody_asked_for_brings_nobody_near():
    sent = [sent_to("bo-example", AWAY, "python")]
    near = (build_pick(repository=HOME, topics=("python",)),)
    assert named(working(repository=AWAY), sent=sent, picks=near) == ()


def test_who_works_on_what_the_student_works_on_is_near_too():
    mine = working("ada-example", AWAY)
    assert named(mine, working(repository=AWAY)) == (Peer("bo-example", AWAY),)


def test_two_are_named_the_latest_at_work_first_each_once():
    others = [build_student(f"c{n}-example", languages=["Go"], peers=True) for n in range(3)]
    works = [working(one.login, pulled_at=days_ago(9 - n)) for n, one in enumerate(others)]
    again = working("c2-example", pulled_at=days_ago(1), number=13)
    peers = named(*works, again, students=(ADA, *others))
    assert [one.login for one in peers] == ["c2-example", "c1-example"]


def test_a_spare_is_not_a_project_to_meet_at():
    assert named(working(), picks=(build_pick(repository=HOME, spare=True),)) == ()


def test_who_was_named_lately_is_not_named_again_for_the_same_project():
    digest = build_digest(student="Ada-Example", peers=(Peer("bo-example", HOME),))
    told = told_lately([Sent(digest, days_ago(7))], NOW)
    assert named(working(), told=told["ada-example"]) == ()
    assert told_lately([Sent(digest, days_ago(28))], NOW) == {}
    elsewhere = (build_pick(repository=AWAY),)
    assert named(working(repository=AWAY), picks=elsewhere, told=told["ada-example"])


def test_who_takes_their_word_back_is_not_named_any_more():
    digest = build_digest(student="ada-example", peers=(Peer("bo-example", HOME),))
    members = {"ada-example": ADA, "bo-example": BO}
    shy = members | {"bo-example": BO.model_copy(update={"peers": False})}
    deaf = members | {"ada-example": ADA.model_copy(update={"peers": False})}

    assert still_agreed(digest, members, in_public=False) == digest.peers
    assert still_agreed(digest, shy, in_public=False) == ()
    assert still_agreed(digest, deaf, in_public=False) == ()
    assert still_agreed(digest, {"ada-example": ADA}, in_public=False) == ()


def test_in_public_only_those_are_named_who_agreed_to_that_too():
    digest = build_digest(student="ada-example", peers=(Peer("bo-example", HOME),))
    open_ada, open_bo = (one.model_copy(update={"public": True}) for one in (ADA, BO))

    assert still_agreed(digest, {"ada-example": open_ada, "bo-example": BO}, in_public=True) == ()
    both = {"ada-example": open_ada, "bo-example": open_bo}
    assert still_agreed(digest, both, in_public=True) == digest.peers


def test_the_moment_of_a_work_is_its_last_sign():
    late = replace(working(), pulled_at=NOW - timedelta(days=1))
    (work,) = build_circle([BO], [late], []).works
    assert work.at == late.pulled_at
