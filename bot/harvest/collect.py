"""The harvest: read a plan's searches page by page until all is there or the points are spent.

Comes in: a `Plan`, an `IssueSource`, a budget. Goes out: a `Harvest`. A search shows 1,000 results
at most; newest first, the walk goes on from the last creation time that it saw, so that no slice
needs more, no page is read twice and nothing is counted beforehand (decision 0002).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from bot.errors import GitHubError, LimitReached, Refused
from bot.harvest.enrich import SPENT, add_facts
from bot.harvest.issue import Issue
from bot.harvest.plan import IssueSearch, Plan, TopicSearch
from bot.harvest.source import IssuePage, IssueSource, pages, points_spent
from bot.terms import IssueRef
from bot.vocabulary import NEWCOMER_LABELS

#: GitHub shows no more results of one search (docs.github.com/en/rest/search/search).
SEARCH_CAP = 1_000

#: Kept of a run's points for verification: a tenth, at least 20 (README).
VERIFICATION_SHARE, VERIFICATION_MINIMUM = 0.1, 20

#: Of what is left, pages take so much at most: facts and details of what they found cost about a
#: third of the pages (3 points a page of 100 issues; 2 points for 100 repositories).
PAGE_SHARE = 0.7

#: Why the rest is missing after a limit or a refusal.
_NO_ANSWERS = "GitHub answers no more."

#: So many outages in a row are not one search's: GitHub is down.
MAX_OUTAGES = 3


@dataclass(frozen=True, slots=True)
class Harvest:
    """What was found: every issue once, by reference; and what is missing, in words."""

    issues: tuple[Issue, ...]
    missing: tuple[str, ...]
    #: Results that GitHub did not let us see.
    n_hidden: int = 0
    #: GitHub refused further answers (a limit, a token): nothing more is asked in this run.
    is_refused: bool = False

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass(slots=True)
class _Basket:
    """What the walks bring home, while they are on their way."""

    issues: dict[IssueRef, Issue]
    missing: list[str]
    n_hidden: int = 0
    #: Repositories that some topic's walk lists: a project of two topics is listed once.
    listed: set[str] = field(default_factory=set)


def harvest_budget(points: int) -> int:
    """What a harvest may spend of a run's points; the rest is kept for verification."""
    return points - max(VERIFICATION_MINIMUM, round(points * VERIFICATION_SHARE))


def collect(plan: Plan, source: IssueSource, budget: int) -> Harvest:
    """Read all searches of the plan side by side, a page each in turn.

    A budget that ends early thus costs every search its oldest issues, and none all of them. A
    limit or a refusal ends the harvest where it is, an outage ends that search; an error is raised
    only if nothing was found.
    """
    basket = _Basket({}, [])
    walks = {str(one): _walk_topic(one, source, basket) for one in plan.topics}
    walks |= {str(one): _walk_search(one, source, basket) for one in plan.searches}
    error = _walk_in_turn(walks, basket, lambda: points_spent(source) < budget * PAGE_SHARE)
    if error is not None and not basket.issues:
        raise error
    is_refused = isinstance(error, LimitReached | Refused)
    why = error.message if error is not None and is_refused else SPENT
    basket.missing += (
        f"Older issues of the search for {name} are missing. {why}" for name in walks
    )
    found = tuple(sorted(basket.issues.values(), key=lambda issue: issue.ref))
    if is_refused:
        basket.missing.append(f"Facts of all projects are missing. {_NO_ANSWERS}")
        return Harvest(found, tuple(basket.missing), basket.n_hidden, is_refused=True)
    issues, missing, is_refused = add_facts(found, source, budget)
    return Harvest(issues, (*basket.missing, *missing), basket.n_hidden, is_refused)


def _walk_in_turn(
    walks: dict[str, Iterator[None]], basket: _Basket, may_go_on: Callable[[], bool]
) -> GitHubError | None:
    """Take a step of each walk in turn; finished and failed walks are taken out of `walks`.

    The last error, or None; after a limit, a refusal or several outages the rest is left in.
    """
    error: GitHubError | None = None
    n_outages = 0
    while walks:
        for name, walk in list(walks.items()):
            if not may_go_on() or n_outages == MAX_OUTAGES:
                return error
            try:
                if next(walk, walk) is walk:
                    del walks[name]
                n_outages = 0
            except (LimitReached, Refused) as refusal:
                return refusal
            except GitHubError as outage:
                error, n_outages = outage, n_outages + 1
                basket.missing.append(f"The search for {name} broke off. {outage.message}")
                del walks[name]
    return error


def _walk_search(search: IssueSearch, source: IssueSource, basket: _Basket) -> Iterator[None]:
    """Page through a search, slice by slice; a step ends before the next page is paid for."""
    created_before: datetime | None = None
    while True:
        oldest, cursor, n_total = created_before, None, 0
        while n_total == 0 or cursor is not None:
            yield
            page = source.search_issues(search.text(created_before), cursor)
            _put(page, basket)
            oldest = min((issue.created_at for issue in page.issues), default=oldest)
            cursor, n_total = page.cursor, max(n_total, page.n_total, 1)
        if n_total <= SEARCH_CAP:
            return
        if oldest == created_before:
            basket.missing.append(
                f"Issues of the search for {search} are missing: over 1,000 came at {oldest}."
            )
            return
        created_before = oldest


def _walk_topic(search: TopicSearch, source: IssueSource, basket: _Basket) -> Iterator[None]:
    """List the labelled issues of a topic's repositories; a step ends before the next page."""
    for repository in _find_repositories(search, source):
        if repository is None:
            yield
            continue
        if repository in basket.listed:
            continue
        basket.listed.add(repository)
        yield
        for page in pages(partial(source.list_issues, repository, NEWCOMER_LABELS)):
            _put(page, basket)
            if page.cursor is not None:
                yield


def _find_repositories(search: TopicSearch, source: IssueSource) -> Iterator[str | None]:
    """Names of the repositories worth listing; None stands before a page that will be paid for."""
    yield None
    for page in pages(partial(source.search_repositories, search.text(), NEWCOMER_LABELS)):
        for repository, n_issues in page.repositories:
            if n_issues and (search.languages is None or repository.language in search.languages):
                yield repository.name
        if page.cursor is not None:
            yield None


def _put(page: IssuePage, basket: _Basket) -> None:
    basket.issues.update((issue.ref, issue) for issue in page.issues)
    basket.n_hidden += page.n_hidden
