"""What the adapter tells of GitHub's issues and repositories, and what each question costs."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import graphql
import pytest

from bot.adapters.github_documents import document
from bot.adapters.github_issues import GitHubIssues
from bot.errors import Outage, Refused
from bot.harvest.issue import RepositoryFacts
from bot.harvest.source import N_RECORDED, IssuePage, Listing, RepositoryPage, Step
from bot.sandbox.fault_nulls import RESOURCE_LIMITS, null_field, null_nodes, partial_data
from bot.sandbox.faults import Match
from bot.sandbox.graphql.cost import cost
from bot.sandbox.graphql.schema import SCHEMA
from tests.adapters.asking import (
    LABEL,
    LISTING,
    NOW,
    QUERY,
    SEARCHES,
    TOPIC,
    Asked,
    asking,
    repository_ids,
)

BOAT = "tidepool/boat-0"
#: The questions that bring one page, and the way to the list of its results.
PAGES: dict[str, Callable[[GitHubIssues], IssuePage | RepositoryPage]] = {
    "issues": lambda source: source.search_issues(QUERY, None),
    "projects": lambda source: source.search_repositories(TOPIC, LISTING, None),
    "one project": lambda source: source.list_labelled(BOAT, [LABEL], None),
}
PATHS = {
    "issues": ("search", "nodes"),
    "projects": ("search", "nodes"),
    "one project": ("repository", "issues", "nodes"),
}


@pytest.fixture
def asked() -> Iterator[Asked]:
    with asking() as asked:
        yield asked


@pytest.mark.parametrize(
    ("name", "variables", "points"),
    [
        ("search_issues", {"first": 100}, 1),
        ("search_repositories", {"first": 100}, 1),
        ("list_issues", {"ids": ["R"] * 10, "first": 9}, 1),
        ("list_issues", {"ids": ["R"] * 100, "first": 2}, 3),
        ("list_labelled", {"first": 100}, 1),
        ("read_repositories", {"ids": ["R"] * 100}, 2),
        ("read_records", {"ids": ["R"] * N_RECORDED}, 1),
        ("read_records", {"ids": ["R"] * 100}, 3),
        ("read_details", {"ids": ["I"] * 50}, 3),
    ],
)
def test_every_document_is_valid_and_costs_what_it_says(
    name: str, variables: dict[str, object], points: int
) -> None:
    tree = graphql.parse(document(name))
    assert graphql.validate(SCHEMA, tree) == []
    assert cost(tree, variables)[0] == points


def test_a_page_of_a_search_tells_the_issue_and_its_repository(asked: Asked) -> None:
    every = {str(one.ref): one for one in asked.search_all()}
    issue = every[f"{BOAT}#1"]
    assert (issue.title, issue.labels, issue.author) == ("Mast 0", (LABEL,), "marisol-example")
    assert (issue.created_at, issue.updated_at, issue.seen_at) == (NOW, NOW, NOW)
    assert issue.details is None
    assert (issue.repository.name, issue.repository.language) == (BOAT, "Go")
    assert issue.repository.facts == RepositoryFacts(
        description="Boats.",
        topics=None,
        languages=None,
        stars=100,
        forks=0,
        licence="MIT",
        created_at=NOW,
        pushed_at=NOW,
        is_archived=False,
        is_fork=False,
        is_mirror=False,
        is_template=False,
        guide=None,
        has_discussions=False,
        read_at=None,
    )
    cost = asked.source.spent()[Step.PAGE]
    assert (len(every), cost.requests, cost.points) == (130, 2, 2)


def test_a_page_says_what_the_author_is_to_the_project(asked: Asked) -> None:
    home = asked.world.repositories[BOAT]
    asked.world.open_issue(home, "tidepool", "Sail", "Steps.", (LABEL,))
    said = {one.author: one.association for one in asked.search_all()}
    assert said == {"marisol-example": "NONE", "tidepool": "OWNER"}


def test_the_issues_of_a_page_share_their_repository(asked: Asked) -> None:
    page = asked.search()
    assert (len(page.issues), page.n_total) == (100, 130)
    assert len({id(issue.repository) for issue in page.issues}) == 10


def test_what_github_leaves_empty_is_unknown(asked: Asked) -> None:
    fault = null_field("author", "primaryLanguage", "licenseInfo", "description", "pushedAt")
    asked.sandbox.faults.add(fault, SEARCHES)
    issue = asked.search().issues[0]
    facts = issue.repository.facts
    assert (issue.author, issue.repository.language) == (None, None)
    assert facts is not None
    assert (facts.licence, facts.description, facts.pushed_at) == (None, None, None)


def test_an_unrecognised_licence_is_none(asked: Asked) -> None:
    asked.world.repositories[BOAT].licence = "NOASSERTION"
    facts = {one.ref.repository: one.repository.facts for one in asked.search_all()}[BOAT]
    assert facts is not None
    assert facts.licence is None


def test_an_issue_without_its_repository_is_hidden(asked: Asked) -> None:
    asked.sandbox.faults.add(partial_data(("search", "nodes", 4, "repository")), SEARCHES, times=9)
    assert asked.search().n_hidden == 1


def test_a_repository_search_counts_the_free_issues_only(asked: Asked) -> None:
    asked.world.assign(asked.world.issues[BOAT][1], "quick-example")
    page = asked.source.search_repositories(f"{TOPIC} sort:stars-desc", LISTING, None)
    counts = {one.repository.name: one.n_issues for one in page.repositories}
    assert (counts[BOAT], counts["tidepool/boat-1"]) == (9, 10)
    assert (page.n_total, page.cursor) == (13, None)
    assert page.repositories[0].repository.facts is not None
    assert page.repositories[0].repository.facts.stars == 100


def test_a_listing_since_a_time_holds_only_what_changed(asked: Asked) -> None:
    asked.world.set_now(NOW + timedelta(hours=2))
    asked.world.comment(asked.world.issues[BOAT][3], "marisol-example", "Ahoy")
    listing = Listing((LABEL,), NOW + timedelta(hours=1))
    page = asked.source.search_repositories(TOPIC, listing, None)
    assert {one.repository.name: one.n_issues for one in page.repositories}[BOAT] == 1
    listed = asked.source.list_issues(repository_ids(asked.world), listing, 5)
    assert [issue.ref.number for issue in listed.issues] == [3]


def test_a_time_that_is_not_asked_for_is_not_sent_as_null(asked: Asked) -> None:
    asked.source.search_repositories(TOPIC, LISTING, None)
    asked.source.list_issues(repository_ids(asked.world), LISTING, 5)
    assert ["since" in one.variables for one in asked.sandbox.requests] == [False, False]


def test_a_listing_goes_on_where_a_repository_had_more(asked: Asked) -> None:
    ids = repository_ids(asked.world)[:2]
    first = asked.source.list_issues(ids, LISTING, 6)
    assert (len(first.issues), set(first.cursors)) == (12, set(ids))
    rest = asked.source.list_issues([ids[0]], LISTING, 6, first.cursors[ids[0]])
    assert (len(rest.issues), dict(rest.cursors)) == (4, {})
    numbers = [
        one.ref.number for one in (*first.issues, *rest.issues) if one.ref.repository == BOAT
    ]
    assert numbers == list(range(10, 0, -1))


def test_a_listing_leaves_out_assigned_ones_and_a_look_at_one_repository_does_not(
    asked: Asked,
) -> None:
    asked.world.assign(asked.world.issues[BOAT][1], "quick-example")
    listed = asked.source.list_issues(repository_ids(asked.world)[:1], LISTING, 20)
    assert len(listed.issues) == 9
    page = asked.source.list_labelled(BOAT, [LABEL], None)
    assert (len(page.issues), page.n_total, page.cursor) == (10, 10, None)
    assert page.issues[0].repository.name == BOAT


@pytest.mark.parametrize("kind", [None, "FORBIDDEN", "INTERNAL", RESOURCE_LIMITS])
@pytest.mark.parametrize("question", PAGES)
def test_results_without_their_list_are_no_empty_page(
    asked: Asked, question: str, kind: str | None
) -> None:
    path = PATHS[question]
    fault = partial_data(path, kind=kind) if kind else null_nodes(path)
    asked.sandbox.faults.add(fault, times=None)
    with pytest.raises(Outage):
        PAGES[question](asked.source)


@pytest.mark.parametrize("question", PAGES)
def test_a_list_that_is_left_out_where_there_is_nothing_hides_nothing(
    asked: Asked, question: str
) -> None:
    for home in asked.world.repositories.values():
        home.language, home.topics = "Rust", ()
    for issue in asked.world.issues[BOAT].values():
        issue.labels = ()
    asked.world.revision += 1
    asked.sandbox.faults.add(null_nodes(PATHS[question]))
    page = PAGES[question](asked.source)
    assert (page.n_total, page.n_hidden, page.cursor) == (0, 0, None)


def test_a_list_of_issues_that_is_left_out_is_counted(asked: Asked) -> None:
    asked.sandbox.faults.add(null_nodes(("nodes", 1, "issues", "nodes")))
    listed = asked.source.list_issues(repository_ids(asked.world)[:3], LISTING, 10)
    assert (len(listed.issues), listed.n_hidden) == (20, 1)


@pytest.mark.parametrize(
    "way",
    [(), ("id",), ("nameWithOwner",), ("issues",), ("issues", "totalCount")],
    ids=["all", "id", "name", "issues", "their number"],
)
def test_a_project_that_is_hidden_or_not_counted_is_told_as_hidden(
    asked: Asked, way: tuple[str, ...]
) -> None:
    asked.sandbox.faults.add(null_nodes(("search", "nodes", 3, *way)))
    page = asked.source.search_repositories(TOPIC, LISTING, None)
    assert (len(page.repositories), page.n_hidden, page.n_total) == (12, 1, 13)


def test_a_repository_that_is_not_there_is_hidden(asked: Asked) -> None:
    page = asked.source.list_labelled("tidepool/sunk", [LABEL], None)
    assert (page.issues, page.cursor, page.n_hidden) == ((), None, 1)


def test_all_facts_are_read_with_their_time(asked: Asked) -> None:
    ids = repository_ids(asked.world)
    found = asked.source.read_repositories([*ids, "R_sunk"])
    assert set(found) == set(ids)
    facts = found[ids[0]]
    assert (facts.topics, facts.languages) == (("sailing",), ("Go", "C"))
    assert facts.language_shares == (0.9, 0.1)
    assert (facts.guide or "").endswith("CONTRIBUTING.md")
    assert (facts.read_at, facts.stars) == (NOW, 100)
    assert asked.source.spent()[Step.REPOSITORIES].points == 1


def test_a_repository_that_does_not_let_us_in_is_refused(asked: Asked) -> None:
    fault = partial_data(("repository",), kind="FORBIDDEN")
    asked.sandbox.faults.add(fault, Match(operation="ListLabelled"))
    with pytest.raises(Refused, match="IP allow list"):
        asked.source.list_labelled(BOAT, [LABEL], None)


def test_no_question_is_asked_about_nothing(asked: Asked) -> None:
    assert asked.source.read_details([], Step.DETAILS) == {}
    assert asked.source.read_repositories([]) == {}
    assert asked.source.read_records([]) == {}
    assert asked.source.list_issues([], LISTING, 5).issues == ()
    assert asked.sandbox.requests == []
