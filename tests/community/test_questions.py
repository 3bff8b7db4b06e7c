"""Questions that a student could answer, from projects that match, each told once."""

from datetime import timedelta

from bot.community.questions import Reader, choose_projects, find_questions
from bot.errors import Outage
from tests.builders_cohort import NOW
from tests.fakes_community import MemoryCommunities, MemoryCommunityStore, build_question

HOME, AWAY, THIRD = "lumen-lab/starcharts", "tidepool/harbor", "fern-lab/herbarium"


def source_of(*questions):
    source = MemoryCommunities()
    for one in questions:
        source.discussions[one.repository] = (*source.discussions.get(one.repository, ()), one)
    return source


def found(source, *projects, seen=(), login="ada-example"):
    reader = Reader(login, projects, frozenset(seen))
    return find_questions([reader], source, MemoryCommunityStore(), NOW, points=5).questions[login]


def test_one_question_of_a_project_the_newest_and_two_of_all():
    newer = build_question(HOME, 2, updated_at=NOW - timedelta(days=1))
    source = source_of(build_question(HOME), newer, build_question(AWAY), build_question(THIRD))

    assert found(source, HOME, AWAY, THIRD) == (newer, build_question(AWAY))


def test_what_was_in_an_earlier_digest_or_is_ones_own_is_no_question_to_answer():
    seen, own = build_question(HOME, 1), build_question(HOME, 2, author="Ada-Example")
    other = build_question(HOME, 3)

    assert found(source_of(seen, own, other), HOME, seen=[seen.url]) == (other,)


def test_a_question_that_nobody_touched_for_two_months_is_old():
    old = build_question(HOME, updated_at=NOW - timedelta(days=61))

    assert found(source_of(old), HOME) == ()


def test_each_readers_best_project_comes_before_anybodys_second():
    readers = [Reader("a", (HOME, AWAY)), Reader("b", (THIRD, AWAY)), Reader("c", (THIRD,))]

    assert choose_projects(readers) == (THIRD, HOME, AWAY)


def test_so_many_projects_are_looked_at_together_and_so_many_in_all():
    readers = [Reader(f"s{n}", (f"o/p{n:03}",)) for n in range(100)]
    source = MemoryCommunities()

    find_questions(readers, source, MemoryCommunityStore(), NOW, points=50)
    assert [len(some) for some in source.asked] == [20, 20, 20]

    poor = MemoryCommunities()
    told = find_questions(readers, poor, MemoryCommunityStore(), NOW, points=1)
    assert len(poor.asked) == 1
    assert told.error is not None


def test_a_search_that_fails_leaves_the_others():
    source = source_of(build_question("o/p099"))
    source.failures.append(Outage("GitHub did not answer.", "Wait."))
    readers = [Reader(f"s{n}", (f"o/p{99 - n:03}",)) for n in range(40)]

    told = find_questions(readers, source, MemoryCommunityStore(), NOW, points=5)

    assert told.error is not None
    assert told.questions["s0"] == (build_question("o/p099"),)


def test_the_runs_of_a_day_search_once():
    source, store = source_of(build_question(HOME)), MemoryCommunityStore()
    readers = [Reader("ada-example", (HOME, AWAY))]

    first = find_questions(readers, source, store, NOW, points=5)
    again = find_questions(readers, source, store, NOW + timedelta(hours=19), points=5)
    assert (again, len(source.asked)) == (first, 1)

    find_questions(readers, source, store, NOW + timedelta(hours=21), points=5)
    assert len(source.asked) == 2
