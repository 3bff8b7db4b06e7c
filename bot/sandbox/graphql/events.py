"""What GraphQL shows of an issue's timeline.

Comes in: an issue with its events and comments. Goes out: `timelineItems`, oldest first, each with
all that its type may be asked for. A comment stands where it was written, however it was edited.
"""

from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace as View

from graphql import GraphQLResolveInfo

from bot.sandbox.graphql.connections import Connection
from bot.sandbox.graphql.context import context_of, person
from bot.sandbox.graphql.issues import show_label
from bot.sandbox.graphql.schema import LONG_AGO, resolver, snake_case
from bot.sandbox.things import Comment, Event, Issue

COMMENT = "ISSUE_COMMENT"
STATES = frozenset({"ClosedEvent", "ReopenedEvent"})
PEOPLE = frozenset({"AssignedEvent", "UnassignedEvent"})
LINKS = frozenset({"ConnectedEvent", "DisconnectedEvent"})
#: Where an item stands: its moment, the ids that it comes after, comments first, its place.
Standing = tuple[datetime, int, bool, int]


@resolver("Issue.timelineItems")
def timeline_items(thing: Issue, info: GraphQLResolveInfo, **page: object) -> Connection:
    """Give the items of the wanted types; references from where the viewer cannot look are hid."""
    wanted, since = page.get("itemTypes"), page.get("since") or LONG_AGO
    assert isinstance(since, datetime)
    types = frozenset(wanted) if isinstance(wanted, list) else None
    every: list[tuple[Standing, Comment | Event]] = [*_comments(thing, types)]
    every += _events(thing, types, info)
    found = sorted((pair for pair in every if pair[0][0] >= since), key=lambda pair: pair[0])
    items: list[object] = [item for _, item in found]
    connection = Connection(items, page)
    for place in range(connection.low, connection.high):
        (*_, number), item = found[place]
        if isinstance(item, Event):
            items[place] = _show(thing, item, number, info)
    vars(connection).update(
        filtered_count=len(items), page_count=len(connection.nodes), updated_at=thing.updated_at
    )
    return connection


def _comments(thing: Issue, types: frozenset[str] | None) -> Iterator[tuple[Standing, Comment]]:
    if types is None or COMMENT in types:
        for number, comment in enumerate(thing.comments or ()):
            yield (comment.created_at, comment.id, False, number), comment


def _events(
    thing: Issue, types: frozenset[str] | None, info: GraphQLResolveInfo
) -> Iterator[tuple[Standing, Event]]:
    can_see = context_of(info).can_see
    for number, event in enumerate(thing.timeline):
        source = event.pull_request or event.issue
        is_hidden = source is not None and event.kind not in STATES and not can_see(source)
        if not is_hidden and (types is None or _item_type(event) in types):
            yield (event.created_at, event.after, True, number), event


def _item_type(event: Event) -> str:
    return snake_case(event.kind).strip("_").upper()


def _show(target: Issue, event: Event, number: int, info: GraphQLResolveInfo) -> View:
    """Show one event; what its type does not have is simply never asked for."""
    source, closer = event.pull_request or event.issue, event.pull_request
    is_seen = closer is not None and context_of(info).can_see(closer)
    return View(
        kind=event.kind,
        node_id=f"EV_{target.id}_{number}",
        actor=person(info, event.actor),
        assignee=person(info, event.subject) if event.kind in PEOPLE else None,
        created_at=event.created_at,
        referenced_at=event.created_at,
        is_cross_repository=event.cross_repository,
        will_close_target=event.will_close,
        source=target if event.kind in LINKS else source,
        subject=source,
        target=target,
        closer=closer if is_seen else None,
        state_reason=event.subject if event.kind in STATES else None,
        label=show_label(target.repository, event.subject or ""),
        lock_reason=None,
        previous_title=event.subject,
        current_title=target.title,
        url=f"{target.url}#event-{target.id}{number}",
    )
