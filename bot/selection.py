"""Selection: from one harvest to every student's picks.

Comes in: the corpus, the students, what was offered before. Goes out: `Selected`. Ranking runs
twice: on what the pages tell, then, for a shortlist, on what the details tell.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.allocation import N_SPARES, Allotment, Offer, allocate
from bot.corpus.candidates import choose_candidates
from bot.harvest.collect import read_details
from bot.harvest.issue import Issue
from bot.harvest.source import IssueSource
from bot.ranking.rank import rank
from bot.ranking.score import RankedIssue
from bot.screening.reasons import Drop, DropCause
from bot.screening.rules import Circumstances
from bot.screening.screen import OffLimits, Screened, screen_alone, screen_for
from bot.screening.survey import survey
from bot.subscriptions.club import Club
from bot.subscriptions.student import Subscription
from bot.terms import IssueRef

#: An issue belongs to the student who was offered it for so long (DESIGN promise 3).
CLUBMATE_HOLDS = timedelta(weeks=4)
#: Details are read for so many issues a wanted pick or spare: of likely open issues, 43 % turn out
#: to be taken or no task (RecGFI 4.5), and clubmates want the same ones.
SHORTLIST_PER_PICK = 5


@dataclass(frozen=True, slots=True)
class Task:
    """What a selection is asked: for whom, when, and within how many points."""

    club: Club
    students: Sequence[Subscription]
    offers: Sequence[Offer]
    now: datetime
    budget: int


@dataclass(frozen=True, slots=True)
class Selection:
    """What was found for one student, and what they get of it."""

    student: Subscription
    n_considered: int
    screened: Screened
    allotment: Allotment


@dataclass(frozen=True, slots=True)
class Selected:
    """Every student's selection, and how many distinct issues fell away by each rule."""

    selections: tuple[Selection, ...]
    n_dropped: dict[DropCause, int]
    #: What could not be read, in words.
    missing: tuple[str, ...]


def select(task: Task, corpus: Sequence[Issue], source: IssueSource | None) -> Selected:
    """Screen, rank, read details of the best, screen and rank those again, and allocate.

    Without a source, because GitHub answers no more, what the pages told must do.
    """
    given = Circumstances(survey(corpus), task.now)
    candidates = {one.login: choose_candidates(one, corpus) for one in task.students}
    dropped = screen_alone(_distinct(candidates.values()), given)
    first = _screen_all(candidates, dropped, task)
    shortlists = {
        login: tuple(one.issue for one in ranked)
        for login, ranked in _rank_all(first, task, SHORTLIST_PER_PICK).items()
    }
    detailed, missing = _detail(_distinct(shortlists.values()), source, task.budget)
    late = screen_alone(detailed.values(), given)
    second = _screen_all(_with_details(shortlists, detailed), late, task)
    n_wanted = {one.login: _n_wanted(one, task.club) for one in task.students}
    allotments = allocate(_rank_all(second, task), n_wanted)
    selections = tuple(
        Selection(
            student=student,
            n_considered=len(candidates[student.login]),
            screened=_together(first[student.login], second[student.login]),
            allotment=allotments[student.login],
        )
        for student in task.students
    )
    return Selected(selections, _count(selections), missing)


def _detail(
    issues: tuple[Issue, ...], source: IssueSource | None, budget: int
) -> tuple[dict[IssueRef, Issue], tuple[str, ...]]:
    if source is None:
        missing = f"Details of {len(issues)} issues are missing. GitHub answers no more."
        return {issue.ref: issue for issue in issues}, (missing,)
    return read_details(issues, source, budget)


def _screen_all(
    issues: Mapping[str, tuple[Issue, ...]], dropped: Mapping[IssueRef, Drop], task: Task
) -> dict[str, Screened]:
    return {
        student.login: screen_for(issues[student.login], dropped, off_limits(student, task))
        for student in task.students
    }


def _rank_all(
    screened: Mapping[str, Screened], task: Task, per_pick: int = 1_000
) -> dict[str, tuple[RankedIssue, ...]]:
    return {
        student.login: rank(
            screened[student.login].kept,
            student,
            task.now,
            per_pick * (_n_wanted(student, task.club) + N_SPARES),
        )
        for student in task.students
    }


def off_limits(student: Subscription, task: Task) -> OffLimits:
    """What the journal and the wishes keep from this student."""
    lately = task.now - CLUBMATE_HOLDS
    mine = (offer.ref.folded for offer in task.offers if offer.login == student.login)
    others = (
        offer.ref.folded
        for offer in task.offers
        if offer.login != student.login
        and (offer.delivered_at is None or offer.delivered_at > lately)
    )
    return OffLimits(
        student.login, student.avoid, task.club.exclude, frozenset(mine), frozenset(others)
    )


def _with_details(
    shortlists: Mapping[str, tuple[Issue, ...]], detailed: Mapping[IssueRef, Issue]
) -> dict[str, tuple[Issue, ...]]:
    """The shortlists with what was read; what GitHub shows no longer is left out."""
    return {
        login: tuple(detailed[issue.ref] for issue in issues if issue.ref in detailed)
        for login, issues in shortlists.items()
    }


def _together(first: Screened, second: Screened) -> Screened:
    """What both screenings left of the candidates, and all that fell away."""
    late = {drop.issue.ref for drop in second.drops}
    kept = tuple(issue for issue in first.kept if issue.ref not in late)
    return Screened(kept, first.drops + second.drops)


def _distinct(groups: Iterable[tuple[Issue, ...]]) -> tuple[Issue, ...]:
    return tuple({issue.ref: issue for group in groups for issue in group}.values())


def _count(selections: Iterable[Selection]) -> dict[DropCause, int]:
    """How many distinct issues fell away by each rule, the commonest first."""
    pairs = {
        (drop.issue.ref, DropCause(drop.code, drop.rule))
        for one in selections
        for drop in one.screened.drops
    }
    causes = Counter(cause for _, cause in pairs)
    return dict(sorted(causes.items(), key=lambda pair: (-pair[1], pair[0])))


def _n_wanted(student: Subscription, club: Club) -> int:
    return student.picks or club.picks
