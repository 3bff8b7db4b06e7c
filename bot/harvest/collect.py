"""The harvest: take up each search where it was left, until all is read or the points are spent.

Comes in: a `Plan`, an `IssueSource`, what is kept, an allowance. Goes out: a `Harvest`: all issues
that are known now, what of it is news, and which slices are missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from bot.errors import GitHubError, Refused
from bot.harvest.ahead import read_issues_ahead, read_topics_ahead
from bot.harvest.basket import Basket
from bot.harvest.enrich import SPENT, Allowance
from bot.harvest.issue import Issue
from bot.harvest.plan import Plan, Search
from bot.harvest.reading import ABANDONED_AFTER, Progress
from bot.harvest.source import IssueSource
from bot.harvest.store import MAX_KEPT, Kept, News
from bot.harvest.turns import Turns
from bot.harvest.walk import Means, Walk

#: Kept of a run's points for verification: a tenth, at least 20 (README).
VERIFICATION_SHARE, VERIFICATION_MINIMUM = 0.1, 20
#: Of what is left, pages may take the first share, and facts go on to the second: details are the
#: rest. Facts cost about two thirds of the pages (2 points for 100 repositories; in the snapshots
#: of GoodFirstIssues one repository has three issues).
PAGE_SHARE, FACTS_SHARE = 0.6, 0.85
#: Of the pages' points, issue searches leave so much to topics while they are not at their end.
TOPIC_SHARE = 1 / 3
#: A search that finds something for whoever may search; 1 point.
CANARY = "is:issue is:open is:public sort:created-desc"
_BLIND = "The token searches, but finds nothing at all."


@dataclass(frozen=True, slots=True)
class Harvest:
    """What is known: every issue once, by reference; and what is missing, in words."""

    issues: tuple[Issue, ...]
    missing: tuple[str, ...] = ()
    #: What was not read yet of each search, in words, by its key.
    left: Mapping[str, str] = field(default_factory=dict)
    #: Results that GitHub did not let us see.
    n_hidden: int = 0
    #: GitHub refused further answers (a limit, a token): nothing more is asked in this run.
    is_refused: bool = False
    news: News = field(default_factory=News)
    #: Keys of searches of which not a page was ever read, and why the last of them was not.
    unread: frozenset[str] = frozenset()
    error: GitHubError | None = None

    @property
    def is_complete(self) -> bool:
        return not self.missing


def harvest_budget(points: int) -> int:
    """What a harvest may spend of a run's points; the rest is kept for verification."""
    return points - max(VERIFICATION_MINIMUM, round(points * VERIFICATION_SHARE))


def collect(plan: Plan, source: IssueSource, kept: Kept, allowance: Allowance) -> Harvest:
    """Read what is new, or was left unread, of all searches, for those who have least first.

    A limit or a refusal ends the harvest where it is, an outage ends that search: the next run goes
    on there. An error is raised only if nothing is known then.
    """
    searches: tuple[Search, ...] = (*plan.searches, *plan.topics)
    progress = {
        one.key: kept.progress.get(one.key, Progress()).with_due(allowance.now) for one in searches
    }
    means = Means(source, Basket.of(kept.issues), plan.searches, progress)
    walks = {one.key: Walk(one, means) for one in searches if progress[one.key].unfinished}
    turns = Turns(source, frozenset(plan.tastes.values()), progress, walks)
    is_asked = bool(walks)
    _read(turns, plan, means, allowance)
    if is_asked and not means.basket.n_counted and turns.error is None:
        turns.error = _why_blind(source)
        if turns.error is not None:
            # What was read says nothing: the searches stay where they were.
            progress.update({key: kept.progress.get(key, Progress()) for key in progress})
            means.basket.gaps.append(turns.error.message)
    if turns.error is not None and not means.basket.issues:
        raise turns.error
    return _harvest(means, kept, _left(searches, turns), turns, allowance.now)


def _read(turns: Turns, plan: Plan, means: Means, allowance: Allowance) -> None:
    """Issue searches, then topics, then what is left of the issue searches; small ones together.

    What a language's search has read whole need not be listed by topics; where it cannot be read
    whole in this run, topics still get their share.
    """
    points = round(allowance.points * PAGE_SHARE)
    first = replace(allowance, points=round(points * (1 - TOPIC_SHARE)) if plan.topics else points)
    rest = replace(allowance, points=points)
    searches, topics = [one.key for one in plan.searches], [one.key for one in plan.topics]
    with turns.ending():
        read_issues_ahead(plan.searches, means, partial(turns.may_go_on, first))
        turns.take(searches, first)
        read_topics_ahead(plan.topics, means, partial(turns.may_go_on, rest))
        turns.take(topics, rest)
        turns.take(searches, rest)


def _why_blind(source: IssueSource) -> GitHubError | None:
    """The error of a token that may search and sees nothing; None in a week without news."""
    try:
        n_total = source.search_issues(CANARY, None).n_total
    except GitHubError as error:
        return error
    advice = "Set HARVEST_TOKEN to a personal access token that may read public repositories."
    return None if n_total else Refused("The token searches, but finds nothing at all.", advice)


def _left(searches: Iterable[Search], turns: Turns) -> dict[str, str]:
    """What was not read of each search, in words, by its key."""
    rests = {
        search.key: [search.rest(one) for one in turns.progress[search.key].unfinished]
        for search in searches
    }
    return {key: " and ".join(some) for key, some in rests.items() if some}


def _missing(left: Mapping[str, str], turns: Turns) -> tuple[str, ...]:
    """The same with the cause."""
    why = turns.error.message if turns.error is not None and turns.is_over else SPENT
    return tuple(f"{what} are missing. {turns.broken.get(key, why)}" for key, what in left.items())


def _harvest(
    means: Means, kept: Kept, left: Mapping[str, str], turns: Turns, now: datetime
) -> Harvest:
    """What is known now: what no search has shown since all of them were read is forgotten."""
    since = _vouched_since({**kept.progress, **means.progress}.values(), now)
    found = means.basket.found()
    issues = tuple(one for one in found if one.seen_at >= since)
    news = News(
        issues=tuple(one for one in issues if one.id in means.basket.news),
        repositories=tuple(means.basket.repositories[one] for one in sorted(means.basket.told)),
        progress={
            key: one
            for key, one in means.progress.items()
            if one != kept.progress.get(key, Progress())
        },
        forgotten=frozenset(one.id for one in found if one.seen_at < since),
    )
    return Harvest(
        issues=issues,
        missing=(*means.basket.gaps, *_missing(left, turns)),
        left=left,
        n_hidden=means.basket.n_hidden,
        is_refused=turns.is_refused,
        news=news,
        unread=frozenset(key for key, one in means.progress.items() if one.is_untouched),
        error=turns.error,
    )


def _vouched_since(progress: Iterable[Progress], now: datetime) -> datetime:
    """What was seen before this moment has left, for each search was read whole since.

    A search that was never read whole may yet show it; only what is very old goes then.
    """
    used = [one for one in progress if one.looked_at and now - one.looked_at < ABANDONED_AFTER]
    read = [one.read_at for one in used if one.read_at is not None]
    is_all = bool(read) and len(read) == len(used)
    return max(now - MAX_KEPT, min(read)) if is_all else now - MAX_KEPT
