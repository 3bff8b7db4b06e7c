"""`IssueSource` over GitHub's GraphQL, through PyGithub's requester.

Comes in: queries of the harvest. Goes out: its types; costs are read from each answer's own
`rateLimit` (headers may be old).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from bot.adapters.github_details import DetailsPayload, FactsPayload
from bot.adapters.github_questions import Questions, strange_answer, understood
from bot.adapters.github_records import RecordPayload
from bot.adapters.github_together import CountPayload, Form, Search, ask_together
from bot.adapters.graphql_wire import GraphQLWire
from bot.adapters.payloads import (
    FoundRepositoryPayload,
    PagePayload,
    RepositoryPayload,
    found_issues,
    listed_issues,
    parse,
)
from bot.harvest.issue import Details, Issue, RepositoryFacts, TrackRecord
from bot.harvest.source import (
    Cost,
    FoundRepository,
    IssuePage,
    Listed,
    Listing,
    RepositoryPage,
    Step,
)

#: Told the step after each request, and what that step has cost so far.
Watch = Callable[[Step, Cost], None]


class GitHubIssues:
    """Issues from one GitHub with one token; `clock` stamps what was read.

    Searches and facts go over `kept`, which may answer from a cache; details go over `fresh`.
    `watch` is told the step after each request, and what that step has cost so far.
    """

    def __init__(
        self,
        fresh: GraphQLWire,
        kept: GraphQLWire,
        clock: Callable[[], datetime],
        watch: Watch | None = None,
    ) -> None:
        self._questions = Questions(fresh, kept, watch)
        self._clock = clock

    def search_issues(self, query: str, after: str | None) -> IssuePage:
        page = self._page("search_issues", {"query": query, "after": after}, ("search",))
        return self._issue_page(_shown(page))

    def search_repositories(
        self, query: str, listing: Listing, after: str | None
    ) -> RepositoryPage:
        variables = {"query": query, "after": after, **_listing_variables(listing)}
        return _repository_page(_shown(self._page("search_repositories", variables, ("search",))))

    def count_results(
        self, issue_queries: Sequence[str], repository_queries: Sequence[str]
    ) -> Mapping[str, int]:
        searches = [
            *(Search(Form.N_ISSUES, query) for query in issue_queries),
            *(Search(Form.N_REPOSITORIES, query) for query in repository_queries),
        ]
        told = ask_together(self._questions, "CountResults", searches)
        return {query: understood(CountPayload, one).total for query, one in told.items()}

    def search_issues_together(self, sizes: Mapping[str, int]) -> Mapping[str, IssuePage]:
        searches = [Search(Form.ISSUES, query, first) for query, first in sizes.items()]
        told = ask_together(self._questions, "SearchIssuesTogether", searches)
        return {query: self._issue_page(page) for query, page in _pages(told).items()}

    def search_repositories_together(
        self, sizes: Mapping[str, int], listing: Listing
    ) -> Mapping[str, RepositoryPage]:
        searches = [Search(Form.REPOSITORIES, query, first) for query, first in sizes.items()]
        variables = _listing_variables(listing)
        told = ask_together(self._questions, "SearchRepositoriesTogether", searches, variables)
        return {query: _repository_page(page) for query, page in _pages(told).items()}

    def list_issues(
        self, ids: Sequence[str], listing: Listing, first: int, after: str | None = None
    ) -> Listed:
        variables = {"after": after, **_listing_variables(listing)}
        nodes = self._questions.nodes("list_issues", ids, Step.PAGE, variables, first)
        seen_at = self._clock()
        issues: list[Issue] = []
        cursors: dict[str, str] = {}
        n_hidden = 0
        for one, node in {**nodes.parts, **nodes.whole}.items():
            payload = parse(RepositoryPayload, node)
            page = parse(PagePayload, node.get("issues")) if isinstance(node, dict) else None
            if payload is None or page is None or page.nodes is None:
                n_hidden += 1
                continue
            listed = listed_issues(page.nodes, payload.value(), seen_at)
            issues += listed
            n_hidden += len(page.nodes) - len(listed)
            if page.cursor is not None:
                cursors[one] = page.cursor
        return Listed(tuple(issues), cursors, n_hidden)

    def list_labelled(self, repository: str, labels: Sequence[str], after: str | None) -> IssuePage:
        owner, _, name = repository.partition("/")
        variables = {"owner": owner, "name": name, "labels": list(labels), "after": after}
        page = self._page("list_labelled", variables, ("repository", "issues"))
        return self._issue_page(page) if page else IssuePage((), None, 0, n_hidden=1)

    def read_repositories(self, ids: Sequence[str]) -> Mapping[str, RepositoryFacts]:
        nodes = self._questions.nodes("read_repositories", ids, Step.REPOSITORIES).whole
        read_at = self._clock()
        payloads = {one: parse(FactsPayload, node) for one, node in nodes.items()}
        return {one: found.all_facts(read_at) for one, found in payloads.items() if found}

    def read_records(self, ids: Sequence[str]) -> Mapping[str, TrackRecord]:
        nodes = self._questions.nodes("read_records", ids, Step.REPOSITORIES)
        read_at = self._clock()
        # The commits of a giant are never counted in time: what else is told of it serves.
        told = {**nodes.parts, **nodes.whole}
        payloads = {one: parse(RecordPayload, node) for one, node in told.items()}
        return {one: found.value(read_at) for one, found in payloads.items() if found}

    def read_details(self, ids: Sequence[str], step: Step) -> Mapping[str, Details]:
        nodes = self._questions.nodes("read_details", ids, step).whole
        read_at = self._clock()
        payloads = {one: parse(DetailsPayload, node) for one, node in nodes.items()}
        return {one: found.value(read_at) for one, found in payloads.items() if found}

    def spent(self) -> Mapping[Step, Cost]:
        return dict(self._questions.spent)

    def _page(
        self, document: str, variables: Mapping[str, object], way: Sequence[str]
    ) -> PagePayload | None:
        page = self._questions.page(document, variables, way)
        if page is None:
            return None
        leads_in_a_circle = page.cursor is not None and page.cursor == variables["after"]
        if leads_in_a_circle or page.is_hidden:
            raise strange_answer()
        return page

    def _issue_page(self, page: PagePayload) -> IssuePage:
        nodes = page.nodes or ()
        issues = found_issues(nodes, self._clock())
        return IssuePage(issues, page.cursor, page.total, len(nodes) - len(issues))


def _shown(page: PagePayload | None) -> PagePayload:
    """A page of a search, which everyone may see."""
    if page is None:
        raise strange_answer()
    return page


def _pages(told: Mapping[str, object]) -> dict[str, PagePayload]:
    """The page of each query; where GitHub left the list of results out, it is missing."""
    pages = {query: understood(PagePayload, one) for query, one in told.items()}
    return {query: page for query, page in pages.items() if not page.is_hidden}


def _repository_page(page: PagePayload) -> RepositoryPage:
    nodes = page.nodes or ()
    payloads = (parse(FoundRepositoryPayload, node) for node in nodes)
    found = tuple(
        FoundRepository(one.value(), one.issues.total_count) for one in payloads if one is not None
    )
    return RepositoryPage(found, page.cursor, page.total, len(nodes) - len(found))


def _listing_variables(listing: Listing) -> dict[str, object]:
    """Which issues a listing means; a `since` that is not given is not sent, not even as null."""
    variables: dict[str, object] = {"labels": list(listing.labels)}
    if listing.since is not None:
        variables["since"] = listing.since.astimezone(UTC).isoformat()
    return variables
