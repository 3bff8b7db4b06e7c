"""What GraphQL shows of repositories.

Comes in: repositories of the world. Goes out: their fields that are no plain attributes. The
sandbox has no releases, funding or issue templates: they are empty.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import SimpleNamespace as View
from typing import TypeVar

from graphql import GraphQLResolveInfo

from bot.sandbox.graphql.connections import Connection, Key, Order, SizedConnection
from bot.sandbox.graphql.context import context_of, not_found
from bot.sandbox.graphql.issues import show_label
from bot.sandbox.graphql.past import earlier_pull_requests
from bot.sandbox.graphql.schema import LONG_AGO, resolver
from bot.sandbox.references import find_mentions
from bot.sandbox.things import Issue, PullRequest, Repository, User

Info = GraphQLResolveInfo
Item = Issue | PullRequest
Kind = TypeVar("Kind", Issue, PullRequest)


@resolver("Repository.updatedAt")
def updated_at(thing: Repository, _info: Info) -> datetime:
    return thing.pushed_at or thing.created_at or LONG_AGO


@resolver("Repository.owner")
def owner(thing: Repository, info: Info) -> User:
    return context_of(info).world.user(thing.owner)


@resolver("Repository.visibility")
def visibility(thing: Repository, _info: Info) -> str:
    return "PRIVATE" if thing.private else "PUBLIC"


@resolver(
    "Repository.hasProjectsEnabled",
    "Repository.hasWikiEnabled",
    "Repository.isLocked",
    "Repository.isSecurityPolicyEnabled",
)
def no(_thing: Repository, _info: Info) -> bool:
    return False


@resolver("Repository.fundingLinks", "Repository.issueTemplates")
def none(_thing: Repository, _info: Info) -> tuple[()]:
    return ()


@resolver("Repository.latestRelease")
def latest_release(_thing: Repository, _info: Info) -> None:
    return None


@resolver("Repository.releases")
def empty(_thing: Repository, _info: Info, **page: object) -> Connection:
    return Connection((), page)


@resolver("Repository.licenseInfo")
def licence(thing: Repository, _info: Info) -> View | None:
    name = thing.licence
    if name is None:
        return None
    return View(key=name.lower(), name=name, spdx_id=name, url=None, node_id=f"LI_{name}")


def show_language(name: str, size: int = 0) -> View:
    """Show a language."""
    return View(name=name, size=size, color=None, node_id=f"LAN_{name}")


@resolver("Repository.primaryLanguage")
def primary_language(thing: Repository, _info: Info) -> View | None:
    return show_language(thing.language) if thing.language else None


@resolver("Repository.languages")
def languages(thing: Repository, _info: Info, **page: object) -> Connection:
    """List the languages, biggest first unless `orderBy` says otherwise."""
    order = page.get("orderBy")
    rising = isinstance(order, dict) and order["direction"] == "ASC"
    found = sorted(thing.languages.items(), key=lambda pair: pair[1], reverse=not rising)
    return SizedConnection([show_language(name, size) for name, size in found], page)


@resolver("LanguageEdge.size")
def language_size(edge: View, _info: Info) -> int:
    return int(edge.node.size)


@resolver("Repository.repositoryTopics")
def topics(thing: Repository, _info: Info, **page: object) -> Connection:
    found = [
        View(
            topic=View(name=name, node_id=f"TO_{name}"),
            url=f"https://github.com/topics/{name}",
            node_id=f"RT_{thing.id}_{name}",
        )
        for name in thing.topics
    ]
    return Connection(found, page)


@resolver("Repository.label")
def label(thing: Repository, _info: Info, name: str) -> View | None:
    known = next((label for label in thing.labels if label.lower() == name.lower()), None)
    return show_label(thing, known) if known else None


@resolver("Repository.labels")
def labels(thing: Repository, _info: Info, **page: object) -> Connection:
    wanted = str(page.get("query") or "").lower()
    found = [show_label(thing, name) for name in thing.labels if wanted in name.lower()]
    return Connection(found, page)


@resolver("Repository.issue")
def issue(thing: Repository, info: Info, number: int) -> Issue:
    """Give one issue."""
    found = context_of(info).world.issue(thing.name_with_owner, number)
    if found is None:
        raise not_found(f"Could not resolve to an Issue with the number of {number}.")
    return found


@resolver("Repository.pullRequest")
def pull_request(thing: Repository, info: Info, number: int) -> PullRequest:
    """Give one pull request."""
    found = context_of(info).world.pull_request(thing.name_with_owner, number)
    if found is None:
        raise not_found(f"Could not resolve to a PullRequest with the number of {number}.")
    return found


@resolver("Repository.issues")
def issues(thing: Repository, info: Info, **page: object) -> Connection:
    """List issues; of several labels any will do."""
    stock = context_of(info).world.issues.get(thing.name_with_owner.lower(), {})
    filters = page.get("filterBy")
    kept = _labelled(stock.values(), page)
    if isinstance(filters, dict):
        kept = [issue for issue in _labelled(kept, filters) if _passes(issue, filters)]
    return _in_order(kept, page)


@resolver("Repository.pullRequests")
def pull_requests(thing: Repository, info: Info, **page: object) -> Connection | None:
    """List pull requests; of several labels any will do. Of the past, those merged are listed."""
    past = earlier_pull_requests(thing)
    if past is None:
        return None
    stock = context_of(info).world.pull_requests.get(thing.name_with_owner.lower(), {})
    shown = _in_order(_labelled([*stock.values(), *past], page), page)
    states = page.get("states")
    if not page.get("labels") and (not isinstance(states, list) or "CLOSED" in states):
        shown.total_count += max(0, thing.closed_pull_requests - len(past))
    return shown


def _labelled(items: Iterable[Kind], wanted: Mapping[str, object]) -> list[Kind]:
    """Keep what is in one of the states, and has one of the labels, where any are named."""
    states, names = wanted.get("states"), wanted.get("labels")
    lowered = {str(name).lower() for name in names} if isinstance(names, list) else set()
    return [
        item
        for item in items
        if (not isinstance(states, list) or item.state in states)
        and (not lowered or any(name.lower() in lowered for name in item.labels))
    ]


def _passes(issue: Issue, filters: Mapping[str, object]) -> bool:
    """Whether an issue passes `filterBy`: assignee null is nobody, `*` is anybody."""
    since, author, mentioned = (filters.get(name) for name in ("since", "createdBy", "mentioned"))
    if isinstance(since, datetime) and issue.updated_at < since:
        return False
    if author is not None and (issue.author or "").lower() != str(author).lower():
        return False
    if mentioned is not None and str(mentioned).lower() not in find_mentions(issue.body):
        return False
    if "assignee" not in filters:
        return True
    assignee = filters["assignee"]
    if assignee is None or assignee == "*":
        return bool(issue.assignees) is (assignee == "*")
    return str(assignee).lower() in map(str.lower, issue.assignees)


#: What `orderBy` may name, to the number that is compared.
RANKS: Mapping[str, Callable[[Item], float]] = {
    "CREATED_AT": lambda item: item.created_at.timestamp(),
    "UPDATED_AT": lambda item: item.updated_at.timestamp(),
    "COMMENTS": lambda item: item.comment_count,
}


def _in_order(items: list[Kind], page: Mapping[str, object]) -> Connection:
    """Put items in order, oldest first unless `orderBy` says otherwise."""
    wanted = page.get("orderBy")
    by = wanted if isinstance(wanted, dict) else {"field": "CREATED_AT", "direction": "ASC"}
    rank = RANKS[by["field"]]

    def key(item: Item) -> Key:
        return rank(item), item.number

    order = Order(key, descending=by["direction"] == "DESC")
    return Connection(order.apply(items), page, order)
