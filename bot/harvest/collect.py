"""The harvest: read a plan's searches page by page until all is there or the points are spent.

Comes in: a `Plan`, an `IssueSource`, a budget. Goes out: a `Harvest`. A search shows 1,000 results
at most; newest first, the walk goes on from the last creation time that it saw, so that no slice
needs more, no page is read twice and nothing is counted beforehand (decision 0002).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import GitHubError, LimitReached, Refused
from bot.harvest.issue import Issue, RepositoryFacts
from bot.harvest.plan import IssueSearch, Plan, TopicSearch
from bot.harvest.source import IssuePage, IssueSource, Step, points_spent
from bot.terms import IssueRef
from bot.vocabulary import NEWCOMER_LABELS

#: GitHub shows no more results of one search (docs.github.com/en/rest/search/search).
SEARCH_CAP = 1_000

#: Kept of a run's points for verification: a tenth, at least 20 (DESIGN 2.2).
VERIFICATION_SHARE, VERIFICATION_MINIMUM = 0.1, 20

#: Of what is left, pages take so much at most: facts and details of what they found cost about a
#: third of the pages (3 points a page of 100 issues; 2 points for 100 repositories).
PAGE_SHARE = 0.7

#: Why the rest is missing after a limit or a refusal.
_NO_ANSWERS = "GitHub answers no more."

#: How many ids one question may hold (docs.github.com/en/graphql, `first` and `nodes`: 100).
N_IDS = 100


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
    is_refused: bool = False
    #: Repositories that some topic's walk lists: a project of two topics is listed once.
    listed: set[str] = field(default_factory=set)


def harvest_budget(points: int) -> int:
    """What a harvest may spend of a run's points; the rest is kept for verification."""
    return points - max(VERIFICATION_MINIMUM, round(points * VERIFICATION_SHARE))


def collect(plan: Plan, source: IssueSource, budget: int) -> Harvest:
    """Read all searches of the plan side by side, a page each in turn.

    A budget that ends early thus costs every search its oldest issues, and none all of them. A
    limit, a refusal or an outage ends the harvest where it is; raised only if nothing was found.
    """
    basket = _Basket({}, [])
    walks = {str(one): _walk_topic(one, source, basket) for one in plan.topics}
    walks |= {str(one): _walk_search(one, source, basket) for one in plan.searches}
    why = "The points for this step are spent."
    try:
        _walk_in_turn(walks, lambda: points_spent(source) < budget * PAGE_SHARE)
    except GitHubError as error:
        if not basket.issues:
            raise
        why, basket.is_refused = error.message, isinstance(error, LimitReached | Refused)
    basket.missing += (
        f"Older issues of the search for {name} are missing. {why}" for name in walks
    )
    facts = _read_facts(basket, source, budget)
    issues = _with_facts(basket.issues.values(), facts)
    return Harvest(issues, tuple(basket.missing), basket.n_hidden, basket.is_refused)


def _walk_in_turn(walks: dict[str, Iterator[None]], may_go_on: Callable[[], bool]) -> None:
    """Take a step of each walk in turn; finished walks are taken out of `walks`."""
    while walks:
        for name, walk in list(walks.items()):
            if not may_go_on():
                return
            if next(walk, walk) is walk:
                del walks[name]


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
        cursor, is_first = None, True
        while is_first or cursor is not None:
            yield
            page = source.list_issues(repository, NEWCOMER_LABELS, cursor)
            _put(page, basket)
            cursor, is_first = page.cursor, False


def _find_repositories(search: TopicSearch, source: IssueSource) -> Iterator[str | None]:
    """Names of the repositories worth listing; None stands before a page that will be paid for."""
    cursor, is_first = None, True
    while is_first or cursor is not None:
        yield None
        page = source.search_repositories(search.text(), NEWCOMER_LABELS, cursor)
        for repository, n_issues in page.repositories:
            if n_issues and (search.languages is None or repository.language in search.languages):
                yield repository.name
        cursor, is_first = page.cursor, False


def _put(page: IssuePage, basket: _Basket) -> None:
    basket.issues.update((issue.ref, issue) for issue in page.issues)
    basket.n_hidden += page.n_hidden


def _read_facts(basket: _Basket, source: IssueSource, budget: int) -> dict[str, RepositoryFacts]:
    """The facts of all repositories, by id, as far as they can be read."""
    ids = tuple(dict.fromkeys(issue.repository.id for issue in basket.issues.values()))
    facts: dict[str, RepositoryFacts] = {}
    n_read = 0
    why = _NO_ANSWERS if basket.is_refused else "The points for this step are spent."
    try:
        for some in batched_ids(ids):
            if basket.is_refused or points_spent(source) >= budget:
                break
            facts.update(source.read_repositories(some))
            n_read += len(some)
    except GitHubError as error:
        why, basket.is_refused = error.message, isinstance(error, LimitReached | Refused)
    if n_read < len(ids):
        basket.missing.append(f"Facts of {len(ids) - n_read} projects are missing. {why}")
    return facts


def _with_facts(issues: Iterable[Issue], facts: Mapping[str, RepositoryFacts]) -> tuple[Issue, ...]:
    """The issues in their order, those of one repository with one and the same object."""
    found = sorted(issues, key=lambda issue: issue.ref)
    known = {
        issue.repository.id: replace(issue.repository, facts=facts.get(issue.repository.id))
        for issue in found
    }
    return tuple(replace(issue, repository=known[issue.repository.id]) for issue in found)


def read_details(
    issues: Iterable[Issue], source: IssueSource, budget: int
) -> tuple[dict[IssueRef, Issue], tuple[str, ...]]:
    """The issues with their details, by reference, and what is missing, in words.

    An issue that GitHub no longer shows is left out; one that was not asked for want of points
    keeps its unknown details.
    """
    wanted = {issue.id: issue for issue in issues}
    detailed = {issue.ref: issue for issue in wanted.values()}
    n_left = len(wanted)
    for some in batched_ids(wanted, N_IDS // 2):
        if points_spent(source) >= budget:
            return detailed, (f"Details of {n_left} issues are missing. The points are spent.",)
        try:
            answer = source.read_details(some, Step.DETAILS)
        except GitHubError as error:
            return detailed, (f"Details of {n_left} issues are missing. {error.message}",)
        n_left -= len(some)
        for issue in (wanted[one] for one in some):
            if issue.id in answer:
                detailed[issue.ref] = replace(issue, details=answer[issue.id])
            else:
                del detailed[issue.ref]
    return detailed, ()


def batched_ids(ids: Iterable[str], n: int = N_IDS) -> Iterator[tuple[str, ...]]:
    """The ids in groups that one question may hold."""
    everything = tuple(ids)
    return (everything[start : start + n] for start in range(0, len(everything), n))
