"""What was learned of a student changes their picks, and nobody else's."""

from dataclasses import replace

from bot.leaning import Leaning
from bot.ranking.answers import Answers
from bot.ranking.past import Past
from bot.screening.reasons import DropCause, DropCode
from bot.selection import off_limits, select
from bot.subscriptions.student import Exclusions
from bot.terms import IssueRef
from tests.builders_core import build_issue, build_repository, days_ago
from tests.fakes_core import MemoryIssues
from tests.test_selection import ADA, BEA, build_corpus, listed, numbers, offer, selected, task


def leaning_of(login, *students, offers=(), **learned):
    """A task of these students, one of whom something was learned of."""
    return replace(task(*students, offers=offers), leanings={login: Leaning(**learned)})


def test_an_answer_moves_what_the_student_is_picked_and_stands_in_the_ledger():
    corpus = build_corpus(8)
    (before,) = selected(task(), corpus).selections
    last = before.allotment.picks[-1].issue.ref
    wanted = Answers(repositories={last.repository: 1.0})

    (after,) = selected(leaning_of("ada-example", past=Past(wanted)), corpus).selections

    best = after.allotment.picks[0]
    assert best.issue.ref == last
    assert {"answers": 1.0}.items() <= {
        reason.feature: reason.contribution for reason in best.reasons
    }.items()


def test_an_answer_of_one_student_scores_nothing_for_another():
    corpus = build_corpus(8)
    before = selected(task(BEA), corpus).selections
    wanted = Answers(repositories={"lumen-lab/r8": 1.5})

    assert selected(leaning_of("ada-example", BEA, past=Past(wanted)), corpus).selections == before


def test_what_a_student_wants_less_of_is_kept_away():
    less = Exclusions(repositories=("Lumen-Lab/R1",))

    chosen = selected(leaning_of("ada-example", less=less), build_corpus(2))

    assert numbers(chosen.selections[0].allotment.picks) == [2]
    assert chosen.n_dropped == {DropCause(DropCode.AVOIDED, "less"): 1}


def test_what_a_mentor_took_out_is_not_offered_again():
    steered = frozenset({IssueRef("lumen-lab/r1", 1)})

    chosen = selected(leaning_of("ada-example", steered=steered), build_corpus(2))

    assert numbers(chosen.selections[0].allotment.picks) == [2]
    assert chosen.n_dropped == {DropCause(DropCode.AVOIDED, "mentor"): 1}


def test_an_issue_that_a_clubmate_let_go_of_can_be_had_and_not_by_them():
    mine = offer("bea-example", 1, days_ago(1))
    let_go = frozenset({mine.ref})

    job = leaning_of("bea-example", offers=[mine], let_go=let_go)

    assert off_limits(ADA, task(offers=[mine])).with_clubmates == {mine.ref}
    assert off_limits(ADA, job).with_clubmates == frozenset()
    assert off_limits(BEA, job).seen == {mine.ref}


def test_a_student_is_offered_what_a_home_has_in_any_language():
    elsewhere = build_repository("anchor-guild/knots", language="Go")
    corpus = [build_issue(7, repository=elsewhere, labels=("help wanted",))]
    homes = frozenset({"anchor-guild/knots"})

    assert selected(task(), corpus).selections[0].n_considered == 0
    at_home = leaning_of("ada-example", past=Past(homes=homes))
    (mine,) = selected(at_home, corpus).selections
    assert mine.n_considered == 1
    assert select(at_home, listed(corpus), MemoryIssues(corpus)).selections[0] == mine
