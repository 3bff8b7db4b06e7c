"""Ranking: a student's issues in the order in which they are worth showing, with all reasons.

Comes in: a catalogue with its matches, a student, the time. Goes out: `ScoredIssue`s, best first,
and the ledger of any of them as a `RankedIssue`. What holds for everybody is added up once; a
student adds a few columns. The log-odds are the sum of the reasons' contributions.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.corpus.catalogue import Floats, build_catalogue
from bot.corpus.interest import Matcher
from bot.corpus.texts import Ints
from bot.harvest.issue import Issue
from bot.ranking import beginner, fit, lasting
from bot.ranking import weights as w
from bot.ranking.answers import answers_column, tell_answers
from bot.ranking.card import read_card
from bot.ranking.past import NO_PAST, Past, home_column, tell_home
from bot.ranking.score import RankedIssue, Reason, ScoredIssue
from bot.ranking.standing import STANDING
from bot.ranking.task import Estimate, estimate, guess_kind
from bot.sayings import Saying
from bot.subscriptions.student import Subscription
from bot.terms import Effort, IssueRef, Kind

_KINDS, _EFFORTS = tuple(Kind), tuple(Effort)
#: Stands where a contribution has no words of its own.
UNTOLD = Saying("untold")
BASE = Reason("base", w.BASE, Saying("base"))

Columns: TypeAlias = Mapping[str, Floats]
#: A student's own feature: its name, its column, and how a row of it is told.
Own: TypeAlias = tuple[str, Floats, Callable[[int], Saying | None]]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Ranks one catalogue's issues at one moment for any student."""

    matcher: Matcher
    now: datetime
    #: What holds for everybody, by reason.
    standing: Columns
    #: Its sum.
    common: Floats
    kinds: NDArray[np.int8]
    sizes: tuple[Estimate, ...]
    efforts: NDArray[np.int8]
    _told: dict[int, tuple[Reason, ...]] = field(default_factory=dict)

    def score(self, student: Subscription, past: Past = NO_PAST) -> Floats:
        """The log-odds of every row for the student."""
        total = self.common.copy()
        for _, column, _ in self._own(student, past):
            total += column
        return total

    def rank(
        self, student: Subscription, rows: Ints, n_best: int, past: Past = NO_PAST
    ) -> tuple[ScoredIssue, ...]:
        """The `n_best` of the rows, best first; ties by reference, whatever the input's order."""
        catalogue, totals = self.matcher.catalogue, self.score(student, past)
        chosen = _best(totals[rows], catalogue.order[rows], n_best)
        return tuple(ScoredIssue(catalogue.issues[row], float(totals[row])) for row in rows[chosen])

    def explain(
        self, student: Subscription, refs: Iterable[IssueRef], past: Past = NO_PAST
    ) -> tuple[RankedIssue, ...]:
        """The ledgers of issues of the catalogue: every contribution and what it rests on."""
        own = tuple(self._own(student, past))
        return tuple(self._ledger(self.matcher.catalogue.row_of[ref], own) for ref in refs)

    def _ledger(self, row: int, own: Sequence[Own]) -> RankedIssue:
        said = ((name, float(column[row]), tell(row)) for name, column, tell in own)
        return RankedIssue(
            self.matcher.catalogue.issues[row],
            (BASE, *_reasons(said), *self._common_reasons(row)),
        )

    def _common_reasons(self, row: int) -> tuple[Reason, ...]:
        """What holds for everybody, told once: many students are shown the same issues."""
        if row not in self._told:
            issue = self.matcher.catalogue.issues[row]
            self._told[row] = _reasons(
                (name, float(column[row]), self._tell(name, issue, float(column[row])))
                for name, column in self.standing.items()
            )
        return self._told[row]

    def _own(self, student: Subscription, past: Past) -> Iterator[Own]:
        """The student's own features: name, column, and how a row is told."""
        catalogue = self.matcher.catalogue
        matches = tuple(self.matcher.find(interest) for interest in student.interests)
        of = catalogue.issues
        yield (
            "language",
            fit.language_column(student, catalogue),
            lambda row: fit.tell_language(student, of[row]),
        )
        yield (
            "interest",
            fit.interest_column(matches, len(catalogue)),
            partial(fit.tell_interest, matches),
        )
        kinds = np.array([fit.kind_shares(student)[kind] for kind in _KINDS])
        yield "kind", kinds[self.kinds], lambda row: fit.tell_kind(student, _KINDS[self.kinds[row]])
        sizes = np.array([fit.size_shares(student)[effort] for effort in _EFFORTS])
        yield "size", sizes[self.efforts], lambda row: fit.tell_size(self.sizes[row])
        if past is not NO_PAST:
            yield (
                "answers",
                answers_column(past.answers, catalogue),
                lambda row: tell_answers(past.answers, of[row].repository),
            )
            yield (
                "home",
                home_column(past, catalogue),
                lambda row: tell_home(past, of[row].repository),
            )

    def _tell(self, name: str, issue: Issue, share: float) -> Saying | None:
        by_hand = next((feature for feature in STANDING if feature.__name__ == name), None)
        if by_hand is not None:
            reason = by_hand(issue, self.now)
            return reason.saying if reason else None
        return beginner.tell(name, issue, share) or lasting.tell(name, issue, share)


def build_ranker(matcher: Matcher, now: datetime) -> Ranker:
    """Ask of every issue what does not depend on the student."""
    issues = matcher.catalogue.issues
    standing = {
        **_asked_of_cards(matcher),
        **{feature.__name__: _by_hand(feature, issues, now) for feature in STANDING},
    }
    common = np.full(len(issues), w.BASE)
    for column in standing.values():
        common += column
    sizes = tuple(map(estimate, issues))
    return Ranker(
        matcher=matcher,
        now=now,
        standing=standing,
        common=common,
        kinds=np.array([_KINDS.index(guess_kind(one)) for one in issues], np.int8),
        sizes=sizes,
        efforts=np.array([_EFFORTS.index(one.effort) for one in sizes], np.int8),
    )


def rank_issues(
    issues: Iterable[Issue], student: Subscription, now: datetime, n_best: int
) -> tuple[RankedIssue, ...]:
    """The `n_best` of a few issues with their ledgers, best first."""
    ranker = build_ranker(Matcher(build_catalogue(issues)), now)
    rows = np.arange(len(ranker.matcher.catalogue), dtype=np.int32)
    best = ranker.rank(student, rows, n_best)
    return ranker.explain(student, (one.issue.ref for one in best))


def score_issue(
    issue: Issue, student: Subscription, now: datetime, past: Past = NO_PAST
) -> RankedIssue:
    """The ledger of a single issue: it is the same whatever else was found."""
    ranker = build_ranker(Matcher(build_catalogue([issue])), now)
    return ranker.explain(student, [issue.ref], past)[0]


def _reasons(said: Iterable[tuple[str, float, Saying | None]]) -> tuple[Reason, ...]:
    """Reasons of what was said; what has no words and adds nothing is none."""
    return tuple(Reason(name, share, told or UNTOLD) for name, share, told in said if told or share)


def _asked_of_cards(matcher: Matcher) -> dict[str, Floats]:
    """What both cards add, by reason; a confounder's share is left out."""
    columns: dict[str, Floats] = {}
    for module, share in ((beginner, 1.0), (lasting, w.SURVIVAL_SHARE)):
        card = read_card(module.CARD)
        shares = card.contributions(module.columns(matcher.catalogue))
        for curve in card.curves:
            if curve.reason not in module.CONFOUNDERS:
                added = columns.setdefault(curve.reason, np.zeros(len(matcher.catalogue)))
                added += share * shares[curve.of]
    return columns


def _by_hand(
    feature: Callable[[Issue, datetime], Reason | None], issues: tuple[Issue, ...], now: datetime
) -> Floats:
    said = (feature(issue, now) for issue in issues)
    return np.fromiter((one.contribution if one else 0.0 for one in said), np.float64, len(issues))


def _best(totals: Floats, order: Ints, n_best: int) -> NDArray[np.int64]:
    """Where the greatest totals are, the greatest first; of equals the first in order."""
    near = np.arange(len(totals))
    if n_best < len(totals):
        least = np.partition(totals, len(totals) - n_best)[len(totals) - n_best]
        near = np.flatnonzero(totals >= least)
    return near[np.lexsort((order[near], -totals[near]))][:n_best]
