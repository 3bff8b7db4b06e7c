"""The harvest: take up each search where it was left, until all is read or the points are spent.

Comes in: a `Plan`, an `IssueSource`, what is kept, an allowance. Goes out: a `Harvest`: all issues
that are known now, what of it is news, and which slices are missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from bot.errors import GitHubError, Refused, WorkEnded
from bot.harvest.basket import Basket
from bot.harvest.budget import PAGE_SHARE, TOO_FEW, TOPIC_SHARE, Allowance
from bot.harvest.crawl import Crawl
from bot.harvest.issue import Issue
from bot.harvest.plan import Plan, Search
from bot.harvest.reading import ABANDONED_AFTER, REREAD_AFTER, Headway
from bot.harvest.source import IssueSource
from bot.harvest.store import FACTS_HOLD, MAX_KEPT, Kept, News
from bot.harvest.together import read_issues_together, read_topics_together
from bot.harvest.turns import Turns
from bot.sayings import Saying

#: A search that finds something for whoever may search; 1 point.
CANARY = "is:issue is:open is:public sort:created-desc"
#: A reading that brings less than this part of the last one is doubted: our judgement.
DOUBTED_BELOW = 3


@dataclass(frozen=True, slots=True)
class Harvest:
    """What is known: every issue once, by reference; and what is missing, in words."""

    issues: tuple[Issue, ...]
    missing: tuple[str, ...] = ()
    #: What is looked for more seldom, in words.
    notes: tuple[str, ...] = ()
    #: What was not read yet of each search, in words, by its key.
    left: Mapping[str, tuple[Saying, ...]] = field(default_factory=dict)
    #: Results that GitHub did not let us see.
    n_hidden: int = 0
    #: GitHub answers no more (a limit, a token): nothing further is asked in this run.
    has_ended: bool = False
    news: News = field(default_factory=News)
    #: Keys of searches of which not a page was ever read, and why the last of them was not.
    unread: frozenset[str] = frozenset()
    error: GitHubError | None = None
    #: Up to when each search's changes are known, by its key.
    as_of: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        return not self.missing


def collect(
    plan: Plan, source: IssueSource, kept: Kept, allowance: Allowance, now: datetime
) -> Harvest:
    """Read what is new, or was left unread, of all searches, for those who have least first.

    A limit or a refusal ends the harvest where it is, an outage ends that search: the next run goes
    on there. An error is raised only if nothing is known then.
    """
    searches: tuple[Search, ...] = (*plan.searches, *plan.topics)
    progress = {one.key: kept.progress.get(one.key, Headway()).with_due(now) for one in searches}
    basket = Basket.of(kept.issues, now - FACTS_HOLD)
    crawl = Crawl(source, basket, plan.searches, plan.topics, progress)
    turns = Turns(crawl, frozenset(plan.tastes.values()))
    is_asked = any(map(crawl.is_due, searches))
    _read(turns, plan, allowance)
    if is_asked and not basket.n_counted and turns.error is None:
        # Whatever is kept: what such a token sees of the picks is nothing, either.
        _require_sight(source)
    if turns.error is not None and not basket.issues:
        raise turns.error
    _doubt(searches, crawl, kept)
    return _harvest(turns, kept, searches, now)


def _read(turns: Turns, plan: Plan, allowance: Allowance) -> None:
    """Issue searches, then topics, then what is left of the issue searches; small ones together.

    What a language's search has read whole need not be listed by topics; where it cannot be read
    whole in this run, topics still get their share.
    """
    pages = allowance.share(PAGE_SHARE)
    first = pages.share(1 - TOPIC_SHARE) if plan.topics else pages
    with turns.ending():
        read_issues_together(plan.searches, turns.crawl, partial(turns.may_go_on, first))
        turns.take(plan.searches, first)
        read_topics_together(plan.topics, turns.crawl, partial(turns.may_go_on, pages))
        turns.take(plan.topics, pages)
        turns.take(plan.searches, pages)


def _require_sight(source: IssueSource) -> None:
    """Tell a token that may search, and sees nothing, from a week without news."""
    if not source.search_issues(CANARY, None).n_total:
        raise Refused(
            "The token searches, but finds nothing at all.",
            "Set HARVEST_TOKEN to a personal access token that may read public repositories.",
        )


def _doubt(searches: Iterable[Search], crawl: Crawl, kept: Kept) -> None:
    """A reading that brought far less than the one before is no reason to forget anything."""
    for search in searches:
        now, before = crawl.progress[search.key], kept.progress.get(search.key, Headway())
        is_new = before.read_at is not None and now.read_at != before.read_at
        if is_new and now.n_found * DOUBTED_BELOW < before.n_found:
            crawl.progress[search.key] = replace(now, read_at=before.read_at)
            crawl.basket.gaps.append(
                f"The search for {search} brought {now.n_found} issues where {before.n_found} were "
                "known. What it did not show is kept; everything is read again."
            )


def _left(searches: Iterable[Search], crawl: Crawl) -> dict[str, tuple[Saying, ...]]:
    """What was not read of each search, by its key, as students are told."""
    rests = {
        search.key: tuple(search.told_rest(one) for one in crawl.progress[search.key].unfinished)
        for search in searches
    }
    return {key: some for key, some in rests.items() if some}


def _missing(searches: Iterable[Search], turns: Turns) -> tuple[str, ...]:
    """The same in words with the cause, a line for each cause."""
    why = turns.error.message if turns.error is not None and turns.has_ended else TOO_FEW
    by_cause: dict[str, list[str]] = {}
    for search in searches:
        unfinished = turns.crawl.progress[search.key].unfinished
        if unfinished:
            what = " and ".join(map(search.rest, unfinished))
            by_cause.setdefault(turns.broken.get(search.key, why), []).append(what)
    return tuple(f"Not read: {'; '.join(some)}. {cause}" for cause, some in by_cause.items())


def _notes(crawl: Crawl) -> tuple[str, ...]:
    """Which topics are so large that their resting projects are looked at with everything only."""
    topics = [one.topic for one in crawl.topic_searches if one.key in crawl.narrow]
    if not topics:
        return ()
    rest = f"are looked at every {REREAD_AFTER.days} days only."
    return (f"Projects of {', '.join(topics)} that rest, and had no beginner issue, {rest}",)


def _harvest(turns: Turns, kept: Kept, searches: Sequence[Search], now: datetime) -> Harvest:
    """What is known now: what no search has shown since all of them were read is forgotten."""
    basket, progress = turns.crawl.basket, turns.crawl.progress
    since = _vouched_since({**kept.progress, **progress}.values(), now)
    found = basket.found()
    issues = tuple(one for one in found if one.seen_at >= since)
    news = News(
        issues=tuple(one for one in issues if one.id in basket.news),
        repositories=tuple(basket.repositories[one] for one in sorted(basket.told)),
        progress={
            key: one for key, one in progress.items() if one != kept.progress.get(key, Headway())
        },
        forgotten=frozenset(one.id for one in found if one.seen_at < since),
    )
    return Harvest(
        issues=issues,
        missing=(*basket.gaps, *_missing(searches, turns)),
        notes=_notes(turns.crawl),
        left=_left(searches, turns.crawl),
        n_hidden=basket.n_hidden,
        has_ended=isinstance(turns.error, WorkEnded),
        news=news,
        unread=frozenset(key for key, one in progress.items() if one.is_untouched),
        error=turns.error,
        as_of={key: one.as_of for key, one in progress.items() if one.as_of is not None},
    )


def _vouched_since(progress: Iterable[Headway], now: datetime) -> datetime:
    """What was seen before this moment has left, for each search was read whole since.

    A search that was never read whole may yet show it; only what is very old goes then.
    """
    used = [one for one in progress if one.looked_at and now - one.looked_at < ABANDONED_AFTER]
    read = [one.read_at for one in used if one.read_at is not None]
    is_all = bool(read) and len(read) == len(used)
    return max(now - MAX_KEPT, min(read)) if is_all else now - MAX_KEPT
