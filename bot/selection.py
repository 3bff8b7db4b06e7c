"""Selection: from one harvest to every student's picks.

Comes in: the corpus, the students, what was offered before. Goes out: `Selected`. Ranking runs
twice: on what pages and facts tell, then, for a shortlist, on what the details tell.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot.allocation.allocate import allocate
from bot.allocation.allotment import Allotment
from bot.allocation.offer import Offer
from bot.allocation.rules import N_SPARES, Already
from bot.corpus.candidates import choose_candidates
from bot.corpus.catalogue import Catalogue, build_catalogue
from bot.corpus.interest import Matcher
from bot.harvest.budget import FACTS_SHARE, Allowance
from bot.harvest.enrich import Enriched, add_facts, enrich
from bot.harvest.issue import Issue
from bot.harvest.source import IssueSource
from bot.harvest.store import FACTS_HOLD, News
from bot.leaning import NO_LEANING, Leaning
from bot.ranking.likeness import build_likeness
from bot.ranking.past import Past
from bot.ranking.rank import Ranker, build_ranker
from bot.ranking.score import RankedIssue, ScoredIssue
from bot.screening.reasons import Drop, DropCause
from bot.screening.rules import LATE_RULES, Circumstances
from bot.screening.screen import OffLimits, Screened, judge, screen_alone, screen_for
from bot.screening.survey import survey
from bot.shortlist import DEEPEST, as_on_pages, choose_shortlist, order_pages, read_shortlist
from bot.subscriptions.club import Club
from bot.subscriptions.student import Subscription
from bot.terms import IssueRef, Week

#: An issue belongs to the student who was offered it for so long (README, promise 3).
CLUBMATE_HOLDS = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Task:
    """What a selection is asked: for whom, when, and within how many points."""

    club: Club
    students: Sequence[Subscription]
    offers: Sequence[Offer]
    week: Week
    now: datetime
    allowance: Allowance
    #: What was learned of students, by login, folded.
    leanings: Mapping[str, Leaning] = field(default_factory=dict)

    def leaning(self, login: str) -> Leaning:
        """What was learned of a student; nothing of who was never heard of."""
        return self.leanings.get(login.casefold(), NO_LEANING)


@dataclass(frozen=True, slots=True)
class Selection:
    """What was found for one student, and what they get of it."""

    student: Subscription
    n_considered: int
    screened: Screened
    allotment: Allotment[RankedIssue]


@dataclass(frozen=True, slots=True)
class Selected:
    """Every student's selection, and how many distinct issues fell away by each rule."""

    selections: tuple[Selection, ...]
    n_dropped: dict[DropCause, int]
    #: What could not be read, in words.
    missing: tuple[str, ...]
    #: What was read of issues and projects.
    news: News = field(default_factory=News)
    #: GitHub answers no more.
    has_ended: bool = False


def select(task: Task, corpus: Sequence[Issue], source: IssueSource | None) -> Selected:
    """Screen, rank, read details of the best, screen and rank those again, and allocate.

    Without a source, because GitHub answers no more, what is known must do.
    """
    given = Circumstances(survey(corpus), task.now)
    dropped = screen_alone(corpus, given)
    facts = _with_facts(corpus, dropped, task, source)
    known = tuple(facts.issues.get(issue.ref, issue) for issue in corpus)
    pages = Matcher(build_catalogue(as_on_pages(known)))
    candidates = {
        one.login: _candidates(one, pages, known, task.leaning(one.login).past.homes)
        for one in task.students
    }
    first = _screen_all(candidates, dropped, task)
    ranker = build_ranker(pages, task.now)
    n_wanted = {one.login: one.picks or task.club.picks for one in task.students}
    n_places = {login: n + N_SPARES for login, n in n_wanted.items()}
    orders = {one.login: _order(ranker, first[one.login], one, task) for one in task.students}
    details = read_shortlist(
        partial(choose_shortlist, orders, n_places),
        {issue.ref: issue for one in first.values() for issue in one.kept},
        partial(_read_details, task, None if facts.has_ended else source),
        lambda one: judge(one, given, LATE_RULES) is not None,
    )
    late = screen_alone(details.issues.values(), given, LATE_RULES)
    second = _screen_all(_detailed(first, details.issues), late, task)
    allotments = _allot(second, build_catalogue(details.issues.values()), n_wanted, task)
    selections = [
        Selection(
            student=one,
            n_considered=len(candidates[one.login]),
            screened=_together(first[one.login], second[one.login]),
            allotment=allotments[one.login],
        )
        for one in task.students
    ]
    return _selected(selections, facts, details)


def _selected(selections: Sequence[Selection], facts: Enriched, details: Enriched) -> Selected:
    """The selections, with what was read for them."""
    return Selected(
        tuple(selections),
        _count(selections),
        (*facts.missing, *details.missing),
        facts.news.followed_by(details.news),
        facts.has_ended or details.has_ended,
    )


def _candidates(
    student: Subscription, matcher: Matcher, known: Sequence[Issue], homes: Collection[str]
) -> tuple[Issue, ...]:
    return tuple(known[row] for row in choose_candidates(student, matcher, homes))


def _order(
    ranker: Ranker, screened: Screened, student: Subscription, task: Task
) -> tuple[IssueRef, ...]:
    return order_pages(ranker, screened.kept, student, task.leaning(student.login).past)


def _with_facts(
    corpus: Sequence[Issue],
    dropped: Mapping[IssueRef, Drop],
    task: Task,
    source: IssueSource | None,
) -> Enriched:
    """What is left for anybody, with topics and languages of its projects."""
    languages = {name for student in task.students for name in student.languages}
    homes = {name for student in task.students for name in task.leaning(student.login).past.homes}
    is_any = any(not student.languages for student in task.students)
    left = [
        issue
        for issue in corpus
        if issue.ref not in dropped
        and (
            is_any
            or issue.repository.language in languages
            or issue.ref.folded.repository in homes
            or not issue.repository.facts
        )
    ]
    if source is None:
        return Enriched({issue.ref: issue for issue in left})
    return add_facts(left, source, task.allowance.share(FACTS_SHARE), task.now - FACTS_HOLD)


def _read_details(task: Task, source: IssueSource | None, issues: Sequence[Issue]) -> Enriched:
    """These issues as they are now; without a source, what is known must do."""
    if source is not None:
        return enrich(issues, source, task.allowance, task.now)
    missing = f"Details of {len(issues)} issues are missing. GitHub answers no more."
    return Enriched({issue.ref: issue for issue in issues}, missing=(missing,))


def _screen_all(
    issues: Mapping[str, tuple[Issue, ...]], dropped: Mapping[IssueRef, Drop], task: Task
) -> dict[str, Screened]:
    return {
        student.login: screen_for(issues[student.login], dropped, off_limits(student, task))
        for student in task.students
    }


def _allot(
    screened: Mapping[str, Screened], catalogue: Catalogue, n_wanted: Mapping[str, int], task: Task
) -> dict[str, Allotment[RankedIssue]]:
    """Rank what is left with all that was read, share it out, and explain what was chosen."""
    ranker = build_ranker(Matcher(catalogue), task.now)
    scored = {
        one.login: ranker.rank(
            one,
            catalogue.rows(screened[one.login].kept),
            DEEPEST,
            task.leaning(one.login).past,
        )
        for one in task.students
    }
    already = Already(str(task.week), _sent_to(task))
    likeness = build_likeness(catalogue)
    shared = allocate(scored, n_wanted, already, likeness.between)
    return {
        one.login: _explained(shared[one.login], one, ranker, task.leaning(one.login).past)
        for one in task.students
    }


def _explained(
    allotment: Allotment[ScoredIssue], student: Subscription, ranker: Ranker, past: Past
) -> Allotment[RankedIssue]:
    picks, spares = (
        ranker.explain(student, (one.issue.ref for one in some), past)
        for some in (allotment.picks, allotment.spares)
    )
    return Allotment(picks, spares, allotment.worth, allotment.alone)


def off_limits(student: Subscription, task: Task) -> OffLimits:
    """What the journal and the wishes keep from this student.

    A project may have been renamed since: what was offered is known by GitHub's id too. What a
    clubmate let go of is to be had again.
    """
    lately = task.now - CLUBMATE_HOLDS
    login = student.login.casefold()
    mine = [one for one in task.offers if one.login.casefold() == login]
    others = [
        one
        for one in task.offers
        if one.login.casefold() != login
        and (one.delivered_at is None or one.delivered_at > lately)
        and one.ref.folded not in task.leaning(one.login).let_go
    ]
    leaning = task.leaning(login)
    return OffLimits(
        login=student.login,
        avoid=student.avoid,
        club_avoid=task.club.exclude,
        seen=_marks(mine),
        with_clubmates=_marks(others),
        less=leaning.less,
        steered=leaning.steered,
    )


def _marks(offers: Iterable[Offer]) -> frozenset[IssueRef | str]:
    """References, folded, and GitHub's ids."""
    marks = [mark for one in offers for mark in (one.ref.folded, one.node_id)]
    return frozenset(mark for mark in marks if mark)


def _sent_to(task: Task) -> Counter[str]:
    """How many issues of each repository the club got this week already."""
    week = str(task.week)
    return Counter(one.ref.repository for one in task.offers if one.week == week)


def _detailed(
    screened: Mapping[str, Screened], detailed: Mapping[IssueRef, Issue]
) -> dict[str, tuple[Issue, ...]]:
    """Each student's part of the shortlist with what was read; what GitHub hides is left out."""
    return {
        login: tuple(detailed[issue.ref] for issue in one.kept if issue.ref in detailed)
        for login, one in screened.items()
    }


def _together(first: Screened, second: Screened) -> Screened:
    """What both screenings left of the candidates, and all that fell away."""
    late = {drop.issue.ref for drop in second.drops}
    kept = tuple(issue for issue in first.kept if issue.ref not in late)
    return Screened(kept, first.drops + second.drops)


def _count(selections: Iterable[Selection]) -> dict[DropCause, int]:
    """How many distinct issues fell away by each rule, the commonest first."""
    pairs = {
        (drop.issue.ref, DropCause(drop.code, drop.rule))
        for one in selections
        for drop in one.screened.drops
    }
    causes = Counter(cause for _, cause in pairs)
    return dict(sorted(causes.items(), key=lambda pair: (-pair[1], pair[0])))
