"""Who gets which issue: the rules that no allocation may break, and who is served how."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.allocation.allocate import allocate
from bot.allocation.program import Program
from bot.allocation.rules import (
    MAX_OF_REPOSITORY,
    MAX_OF_REPOSITORY_OVER_CLUB,
    N_SPARES,
    WEAK_LOG_ODDS,
    Already,
)
from tests.allocation_cases import (
    LOGINS,
    are_near_duplicates,
    build_hand,
    clubs,
    one_title_each,
)
from tests.builders_core import build_ranked

#: A busy machine is no error; examples enough to meet each rule.
unhurried = settings(deadline=None, max_examples=30)


@unhurried
@given(clubs())
def test_no_issue_goes_out_twice_over_the_club(club):
    allotments = allocate(*club).values()

    refs = [one.issue.ref for a in allotments for one in (*a.picks, *a.spares)]
    assert len(refs) == len(set(refs))


@unhurried
@given(clubs())
def test_nobody_gets_more_than_asked_or_than_was_ranked_for_them(club):
    ranked, n_wanted = club

    for login, allotment in allocate(*club).items():
        assert len(allotment.picks) <= n_wanted[login]
        assert len(allotment.spares) <= N_SPARES
        assert {*allotment.picks, *allotment.spares} <= set(ranked[login])


@unhurried
@given(clubs())
def test_repositories_are_not_crowded(club):
    over_club = Counter()
    for allotment in allocate(*club).values():
        names = Counter(one.issue.ref.repository for one in (*allotment.picks, *allotment.spares))
        assert all(n <= MAX_OF_REPOSITORY for n in names.values())
        over_club += names
    assert all(n <= MAX_OF_REPOSITORY_OVER_CLUB for n in over_club.values())


@unhurried
@given(clubs())
def test_no_pick_and_no_spare_is_weak(club):
    for allotment in allocate(*club).values():
        assert all(one.log_odds >= WEAK_LOG_ODDS for one in (*allotment.picks, *allotment.spares))


@unhurried
@given(clubs())
def test_near_duplicates_are_kept_apart(club):
    for allotment in allocate(*club).values():
        for one, other in combinations((*allotment.picks, *allotment.spares), 2):
            assert not are_near_duplicates(one, other)


@unhurried
@given(clubs())
def test_picks_and_spares_stand_best_first_and_no_spare_beats_a_pick(club):
    for allotment in allocate(*club).values():
        scores = [one.log_odds for one in (*allotment.picks, *allotment.spares)]
        assert scores == sorted(scores, reverse=True)


@unhurried
@given(clubs())
def test_spares_are_there_only_where_the_picks_are_full(club):
    _, n_wanted = club

    for login, allotment in allocate(*club).items():
        assert not allotment.spares or len(allotment.picks) == n_wanted[login]


@unhurried
@given(clubs(), st.randoms())
def test_the_order_of_the_students_does_not_matter(club, random):
    ranked, n_wanted = club
    logins = list(ranked)
    random.shuffle(logins)

    assert allocate({login: ranked[login] for login in logins}, n_wanted) == allocate(*club)


def test_a_student_alone_gets_the_best():
    hand = build_hand(3.0, 2.0, 1.5, 1.0, 0.5)

    allotment = allocate({"ada-example": hand}, {"ada-example": 2})["ada-example"]

    assert (allotment.picks, allotment.spares) == (hand[:2], hand[2:4])


def test_two_students_of_one_taste_share_the_best():
    hand = build_hand(3.0, 2.9, 2.8, 2.7)
    ranked = {"ada-example": hand, "bea-example": hand}

    allotments = allocate(ranked, dict.fromkeys(ranked, 2))

    worths = [sum(one.log_odds for one in a.picks) for a in allotments.values()]
    assert worths == [pytest.approx(5.7)] * 2


def test_who_had_worse_luck_chooses_first():
    shared = build_hand(2.0)
    ranked = {
        "ada-example": build_hand(3.0, first=10) + shared,
        "bea-example": build_hand(2.5, first=20) + shared,
    }

    allotments = allocate(ranked, dict.fromkeys(ranked, 2))

    assert shared[0] in allotments["bea-example"].picks
    assert shared[0] not in allotments["ada-example"].picks


def test_an_even_score_is_not_weak():
    hand = build_hand(0.0, -0.001)

    assert allocate({"ada-example": hand}, {"ada-example": 5})["ada-example"].picks == hand[:1]


def test_a_week_is_not_filled_up_with_weak_issues():
    allotment = allocate({"ada-example": build_hand(-0.1, -2.0)}, {"ada-example": 5})["ada-example"]

    assert (allotment.picks, allotment.spares) == ((), ())


def test_two_issues_of_one_repository_are_enough_for_a_student():
    hand = tuple(
        build_ranked(2 - n / 10, n, repository="lumen-lab/charts", title=one_title_each(n))
        for n in range(1, 5)
    )

    allotment = allocate({"ada-example": hand}, {"ada-example": 4})["ada-example"]

    assert (allotment.picks, allotment.spares) == (hand[:2], ())


def test_five_issues_of_one_repository_are_enough_for_the_club():
    hand = tuple(
        build_ranked(2 - n / 100, n, repository="lumen-lab/charts", title=one_title_each(n))
        for n in range(1, 13)
    )
    ranked = dict.fromkeys(LOGINS, hand)

    allotments = allocate(ranked, dict.fromkeys(LOGINS, 2))

    assert sum(len(a.picks) + len(a.spares) for a in allotments.values()) == 5


def test_picks_come_before_anybodys_spares():
    hand = build_hand(3.0, 2.0, 1.0)
    ranked = {"ada-example": hand, "bea-example": hand[1:]}

    allotments = allocate(ranked, {"ada-example": 1, "bea-example": 2})

    assert len(allotments["bea-example"].picks) == 2
    assert allotments["ada-example"].spares == ()


def test_a_club_without_students_gets_nothing():
    assert allocate({}, {}) == {}


def test_what_was_given_away_this_week_counts():
    hand = tuple(
        build_ranked(2 - n / 10, n, repository="lumen-lab/charts", title=one_title_each(n))
        for n in range(1, 4)
    )
    already = Already("2026-W47", {"lumen-lab/charts": 4})

    allotment = allocate({"ada-example": hand}, {"ada-example": 2}, already)["ada-example"]

    assert (allotment.picks, allotment.spares) == (hand[:1], ())


def test_nobody_is_the_first_of_equals_every_week():
    ranked = dict.fromkeys(LOGINS[:2], build_hand(2.0))
    wanted = dict.fromkeys(ranked, 1)

    served = {
        login
        for week in range(40, 52)
        for login, one in allocate(ranked, wanted, Already(f"2026-W{week}", {})).items()
        if one.picks
    }

    assert served == set(ranked)


def test_forty_students_of_one_taste_all_get_something_while_issues_are_left():
    hand = build_hand(*(3 - n / 100 for n in range(200)))
    ranked = {f"student-{n}": hand for n in range(40)}

    allotments = allocate(ranked, dict.fromkeys(ranked, 5))

    assert all(len(one.picks) == 5 for one in allotments.values())


def test_what_the_solver_cannot_solve_is_dealt_round_by_round(monkeypatch):
    monkeypatch.setattr(Program, "solve", lambda program, floors: None)
    hand = build_hand(3.0, 2.9, 2.8, 2.7)
    ranked = dict.fromkeys(LOGINS[:2], hand)

    allotments = allocate(ranked, dict.fromkeys(ranked, 2))

    assert sorted(len(one.picks) for one in allotments.values()) == [2, 2]
