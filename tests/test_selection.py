"""From one corpus to every student's picks."""

from dataclasses import replace
from datetime import timedelta

from bot.allocation.offer import Offer
from bot.errors import LimitReached
from bot.harvest.budget import Allowance
from bot.ranking.rank import score_issue
from bot.screening.reasons import DropCause, DropCode
from bot.selection import Task, off_limits, select
from bot.terms import IssueRef, Week
from tests.builders_core import (
    NOW,
    build_club,
    build_comment,
    build_details,
    build_facts,
    build_issue,
    build_repository,
    build_student,
    days_ago,
)
from tests.fakes_core import MemoryIssues

ADA, BEA = build_student("ada-example"), build_student("bea-example")
TITLES = "Round it|Print tides|Explain knots|Draw moons|Name stars|Sort maps|Cut ropes|Fix sails"
WEEK = Week(2026, 47)


def build_corpus(n=8, **changes):
    """So many good issues of projects and titles of their own."""
    return [
        build_issue(number, repository=f"lumen-lab/r{number}", title=title, **changes)
        for number, title in enumerate(TITLES.split("|")[:n], 1)
    ]


def task(*students, offers=(), budget=10_000, **club):
    return Task(build_club(**club), students or (ADA,), offers, WEEK, NOW, Allowance(budget))


def selected(job, corpus, **changes):
    return select(job, listed(corpus), MemoryIssues(corpus, **changes))


def listed(corpus):
    """The corpus as searches tell it."""
    return [replace(one, details=None) for one in corpus]


def numbers(ranked):
    return [one.issue.ref.number for one in ranked]


def offer(login, number, delivered_at):
    return Offer(login, IssueRef(f"lumen-lab/r{number}", number), "2026-W40", delivered_at)


def test_a_student_gets_as_many_picks_as_the_club_says_or_they_ask():
    corpus = build_corpus()
    modest = build_student("bea-example", picks=1)

    (mine,) = selected(task(ADA, picks=3), corpus).selections
    (theirs,) = selected(task(modest, picks=3), corpus).selections

    assert (len(mine.allotment.picks), len(mine.allotment.spares)) == (3, 2)
    assert (len(theirs.allotment.picks), len(theirs.allotment.spares)) == (1, 2)


def test_what_only_the_details_tell_is_screened_too():
    corpus = build_corpus(3)
    taken = build_details(build_comment("I'll take this"))
    corpus[0] = build_issue(1, repository="lumen-lab/r1", details=taken)

    found = selected(task(), corpus)

    (mine,) = found.selections
    assert sorted(numbers(mine.allotment.picks)) == [2, 3]
    assert found.n_dropped == {DropCause(DropCode.TAKEN, "claimed-in-comment"): 1}
    assert [drop.issue.ref.number for drop in mine.screened.drops] == [1]
    assert sorted(one.ref.number for one in mine.screened.kept) == [2, 3]


def test_an_issue_that_github_shows_no_more_is_not_offered():
    corpus = build_corpus(3)

    (mine,) = selected(task(), corpus, gone=frozenset({corpus[1].id})).selections

    assert sorted(numbers(mine.allotment.picks)) == [1, 3]


def test_details_are_read_for_a_shortlist_only():
    corpus = [
        build_issue(
            n, repository=f"lumen-lab/r{n}", title=f"Round {'x' * n}", created_at=days_ago(n)
        )
        for n in range(1, 61)
    ]
    source = MemoryIssues(corpus)

    select(task(picks=2), listed(corpus), source)

    asked = [one for ids in source.ids_asked for one in ids]
    assert len(asked) == 20
    assert set(asked) < {issue.id for issue in corpus[:30]}


def test_an_issue_is_a_candidate_by_what_pages_tell_whatever_was_looked_at_before():
    corpus = build_corpus(3, details=build_details(body="All about kites, and how they fly."))
    student = build_student(interests=["kites", "tides"])

    (mine,) = select(task(student), corpus, None).selections

    assert mine.n_considered == 1
    assert numbers(mine.allotment.picks) == [2]


def test_what_the_details_tell_ranks_again():
    corpus = build_corpus(3)
    clear = build_details(build_comment("Welcome!", association="MEMBER"), body="word " * 80)
    corpus[2] = replace(corpus[2], details=clear)

    (mine,) = selected(task(), corpus).selections

    assert numbers(mine.allotment.picks)[0] == 3


def test_picks_and_spares_are_explained_by_their_whole_scores():
    student = build_student(languages=["Python"], interests=["tides"])

    (mine,) = selected(task(student, picks=2), build_corpus()).selections

    allotted = (*mine.allotment.picks, *mine.allotment.spares)
    assert len(allotted) == 4
    for one in allotted:
        assert one == score_issue(one.issue, student, NOW)
        assert one.issue.details is not None


def test_details_that_were_read_lately_are_not_read_again():
    corpus = build_corpus(3)
    corpus[0] = replace(corpus[0], details=build_details(read_at=days_ago(5)))
    source = MemoryIssues(corpus)

    found = select(task(), corpus, source)

    assert source.ids_asked == [(corpus[0].id,)]
    (kept,) = found.news.issues
    assert (kept.id, kept.details.read_at) == (corpus[0].id, NOW)


def test_projects_of_what_is_left_are_asked_for_before_ranking():
    facts = build_facts(topics=None, languages=None, guide=None, read_at=None)
    pages = [
        replace(one, details=None, repository=replace(one.repository, facts=facts))
        for one in build_corpus(3)
    ]
    pages[0] = replace(pages[0], is_pinned=True)
    source = MemoryIssues(build_corpus(3))

    found = select(task(), pages, source)

    assert source.ids_asked[0] == ("R-lumen-lab/r2", "R-lumen-lab/r3")
    assert [one.id for one in found.news.repositories] == ["R-lumen-lab/r2", "R-lumen-lab/r3"]
    (mine,) = found.selections
    assert {one.issue.repository.facts.topics for one in mine.allotment.picks} == {("charts",)}


def test_an_issue_on_two_shortlists_is_read_once():
    corpus = build_corpus()
    source = MemoryIssues(corpus)

    select(task(ADA, BEA), listed(corpus), source)

    asked = [one for ids in source.ids_asked for one in ids]
    assert sorted(asked) == sorted(issue.id for issue in corpus)


def test_no_issue_goes_to_two_students():
    found = selected(task(ADA, BEA, picks=3), build_corpus()).selections

    refs = [n for one in found for n in numbers((*one.allotment.picks, *one.allotment.spares))]
    assert len(refs) == len(set(refs)) == 8
    assert [len(one.allotment.picks) for one in found] == [3, 3]


def test_selections_stand_in_the_students_order():
    found = selected(task(BEA, ADA), build_corpus(2)).selections

    assert [one.student.login for one in found] == ["bea-example", "ada-example"]


def test_every_candidate_is_kept_or_dropped():
    corpus = build_corpus()
    corpus[2] = build_issue(3, is_pinned=True, repository="lumen-lab/r3")
    corpus += [build_issue(9, repository=build_repository("anchor-guild/knots", language="Go"))]

    (mine,) = selected(task(), corpus).selections

    assert mine.n_considered == 8
    assert len(mine.screened.kept) + len(mine.screened.drops) == 8


def test_a_drop_counts_once_however_many_students_saw_it():
    corpus = build_corpus(3)
    corpus[0] = build_issue(1, repository="lumen-lab/r1", is_pinned=True)

    found = selected(task(ADA, BEA), corpus)

    assert found.n_dropped == {DropCause(DropCode.NOT_A_TASK, "pinned"): 1}


def test_the_commonest_drops_come_first():
    corpus = build_corpus(4)
    corpus[0] = build_issue(1, repository="lumen-lab/r1", is_pinned=True)
    taken = build_details(assigned=("bea-example",))
    corpus[1:3] = [build_issue(n, repository=f"lumen-lab/r{n}", details=taken) for n in (2, 3)]

    found = selected(task(), corpus)

    assert list(found.n_dropped.values()) == [2, 1]


def test_floods_are_seen_over_the_whole_corpus():
    hidden = build_repository("lumen-lab/flood", language="Go")
    flood = [build_issue(n, repository=hidden, title=f"Sort {'y' * n}") for n in range(1, 20)]
    bait = build_issue(99, repository=build_repository("lumen-lab/flood"))

    found = selected(task(), [*flood, bait])

    assert found.n_dropped == {DropCause(DropCode.FARM, "flood"): 1}


def test_what_could_not_be_read_is_told():
    corpus = build_corpus(2)
    source = MemoryIssues(corpus).fail_at(1, LimitReached("GitHub's limit is reached.", "Wait."))

    found = select(task(), listed(corpus), source)

    assert found.missing == ("Details of 2 issues are missing. GitHub's limit is reached.",)
    assert len(found.selections[0].allotment.picks) == 2


def test_without_a_source_the_pages_must_do():
    corpus = build_corpus(2, details=None)

    found = select(task(), corpus, None)

    assert found.missing == ("Details of 2 issues are missing. GitHub answers no more.",)
    assert len(found.selections[0].allotment.picks) == 2


def test_a_weak_match_makes_a_quiet_week():
    crowd = build_facts(stars=0, description="Charts")
    details = build_details(n_comments=50)
    weak = build_issue(repository=build_repository(facts=crowd), labels=(), details=details)

    (mine,) = selected(task(), [weak]).selections

    assert (mine.allotment.picks, mine.n_considered) == ((), 1)
    assert [one.ref for one in mine.screened.kept] == [weak.ref]


def test_an_issue_once_offered_is_off_limits_for_ever():
    job = task(offers=[offer("ada-example", 1, days_ago(900))])

    assert off_limits(ADA, job).seen == {IssueRef("lumen-lab/r1", 1)}
    assert off_limits(ADA, job).with_clubmates == frozenset()


def test_a_clubmates_issue_is_off_limits_for_four_weeks():
    fresh = offer("bea-example", 1, NOW - timedelta(weeks=4) + timedelta(seconds=1))
    stale = offer("bea-example", 2, NOW - timedelta(weeks=4))
    kept = offer("bea-example", 3, None)

    found = off_limits(ADA, task(offers=[fresh, stale, kept]))

    assert found.with_clubmates == {fresh.ref, kept.ref}
    assert found.seen == frozenset()


def test_wishes_of_student_and_club_are_off_limits():
    student = build_student("ada-example", avoid={"owners": ["lumen-lab"]})

    found = off_limits(student, task(exclude={"topics": ["farm"]}))

    assert found.avoid.owners == ("lumen-lab",)
    assert found.club_avoid.topics == ("farm",)


def test_offers_are_known_in_any_spelling():
    corpus = build_corpus(2)
    shouted = Offer("ada-example", IssueRef("LUMEN-LAB/R1", 1), "2026-W40", days_ago(7))

    (mine,) = selected(task(offers=[shouted]), corpus).selections

    assert numbers(mine.allotment.picks) == [2]
