"""Whose details are read: enough for every student, and no more."""

from dataclasses import replace

from bot.harvest.enrich import Enriched
from bot.harvest.store import News
from bot.ranking.rank import build_ranker
from bot.shortlist import (
    HOPELESS_LOG_ODDS,
    MAX_ROUNDS,
    as_on_pages,
    choose_shortlist,
    order_pages,
    read_shortlist,
)
from tests.builders_core import (
    NOW,
    build_comment,
    build_details,
    build_facts,
    build_issue,
    build_matcher,
    build_repository,
    build_student,
    days_ago,
)

ADA = build_student()
CORPUS = [
    build_issue(n, repository=f"lumen-lab/r{n}", title=f"Round {'x' * n}", details=None)
    for n in range(1, 61)
]
ORDER = tuple(one.ref for one in CORPUS)
KNOWN = {one.ref: one for one in CORPUS}


def looked_at(issue):
    return replace(issue, details=build_details())


def chosen(known=KNOWN, n_places=4, **orders):
    orders = orders or {"ada": ORDER}
    return choose_shortlist(orders, dict.fromkeys(orders, n_places), known)


def test_five_issues_are_looked_at_for_a_place():
    assert list(chosen()) == list(ORDER[:20])


def test_two_that_were_looked_at_before_are_enough_for_a_place():
    known = KNOWN | {ref: looked_at(KNOWN[ref]) for ref in ORDER[:8]}

    assert list(chosen(known)) == list(ORDER[:8])


def test_a_second_student_of_the_same_taste_adds_some():
    assert len(chosen(ada=ORDER, bea=ORDER)) == 28


def test_what_is_out_makes_room_for_the_next():
    known = {ref: KNOWN[ref] for ref in ORDER[5:]}

    assert list(chosen(known)) == list(ORDER[5:25])


def test_one_large_project_does_not_fill_the_shortlist():
    large = [build_issue(n, title=f"Sail {'y' * n}", details=None) for n in range(1, 50)]
    known = {one.ref: one for one in large} | KNOWN

    pool = chosen(known, ada=(*(one.ref for one in large), *ORDER))

    assert sum(ref.repository == "lumen-lab/starcharts" for ref in pool) == 3
    assert len(pool) == 20


def test_a_second_student_of_the_same_taste_adds_others_of_a_large_project():
    large = [build_issue(n, title=f"Sail {'y' * n}", details=None) for n in range(1, 50)]
    known = {one.ref: one for one in large}
    order = tuple(known)

    assert [ref.number for ref in chosen(known, ada=order)] == [1, 2, 3]
    assert [ref.number for ref in chosen(known, ada=order, bea=order)] == [1, 2, 3, 4, 5, 6]


def ordered(corpus, student=ADA, issues=None):
    """The order of issues, the whole corpus if none are named, by what pages tell."""
    ranker = build_ranker(build_matcher(*as_on_pages(corpus)), NOW)
    return order_pages(ranker, corpus if issues is None else issues, student)


def test_the_order_is_the_same_whatever_was_looked_at():
    crowded = build_details(build_comment("Hm"), body="", n_comments=60)
    seen = [replace(one, details=crowded) for one in CORPUS[:30]]

    assert ordered([*seen, *CORPUS[30:]]) == ordered(CORPUS)


def test_the_order_is_by_score():
    fresh, old, others = (
        build_issue(50_000 + n, created_at=days_ago(age), labels=labels, details=None)
        for n, (age, labels) in enumerate(
            [(2, ("good first issue",)), (60, ("good first issue",)), (60, ("help wanted",))]
        )
    )

    assert ordered([old, others, fresh]) == (fresh.ref, old.ref, others.ref)


def test_only_what_is_left_for_a_student_is_ordered():
    assert set(ordered(CORPUS, issues=CORPUS[10:13])) == set(ORDER[10:13])


def test_the_hopeless_are_not_looked_at():
    facts = build_facts(stars=0, pushed_at=days_ago(170), record=None)
    hopeless = build_issue(
        1, labels=(), created_at=days_ago(3_000), repository=build_repository(facts=facts)
    )
    docs = build_student(kinds=["design"], languages=["Go"])

    assert HOPELESS_LOG_ODDS < 0
    assert ordered([hopeless], docs) == ()
    assert ordered([hopeless, build_issue(2)])[0] == build_issue(2).ref


class Reader:
    """Reads details; the issues of these numbers turn out to be taken or gone."""

    def __init__(self, taken=(), gone=()):
        self.taken, self.gone, self.asked = set(taken), set(gone), []

    def read(self, issues):
        self.asked.append([one.ref.number for one in issues])
        told = [looked_at(one) for one in issues if one.ref.number not in self.gone]
        return Enriched({one.ref: one for one in told}, News(issues=tuple(told)))

    def is_out(self, issue):
        return issue.ref.number in self.taken


def read(reader):
    def choose(known):
        return chosen(known)

    return read_shortlist(choose, KNOWN, reader.read, reader.is_out)


def test_where_enough_is_left_nothing_more_is_read():
    reader = Reader(taken=range(1, 11))

    told = read(reader)

    assert reader.asked == [list(range(1, 21))]
    assert list(told.issues) == list(ORDER[:20])


def test_where_most_falls_away_the_next_ones_are_read():
    reader = Reader(taken=range(1, 21))

    told = read(reader)

    assert reader.asked == [list(range(1, 21)), list(range(21, 41))]
    assert len(told.issues) == len(told.news.issues) == 40


def test_it_ends_although_everything_falls_away():
    reader = Reader(taken=range(1, 100))

    read(reader)

    assert len(reader.asked) == MAX_ROUNDS


def test_what_is_gone_is_not_asked_for_again():
    reader = Reader(gone=range(1, 21))

    told = read(reader)

    assert reader.asked == [list(range(1, 21)), list(range(21, 41))]
    assert ORDER[0] not in told.issues
