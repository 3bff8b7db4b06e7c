"""What GraphQL shows of an issue's timeline.

Comes in: an issue's events. Goes out: `timelineItems`, oldest first, each with all that its type
may be asked for.
"""

from datetime import datetime
from types import SimpleNamespace as View

from graphql import GraphQLResolveInfo

from bot.sandbox.graphql.connections import Connection
from bot.sandbox.graphql.context import context_of, person
from bot.sandbox.graphql.issues import show_label
from bot.sandbox.graphql.schema import LONG_AGO, resolver, snake_case
from bot.sandbox.things import Event, Issue


@resolver("Issue.timelineItems")
def timeline_items(thing: Issue, info: GraphQLResolveInfo, **page: object) -> Connection:
    """Give the events of the wanted types; references from where the viewer cannot look are hid."""
    wanted, since = page.get("itemTypes"), page.get("since") or LONG_AGO
    assert isinstance(since, datetime)
    can_see = context_of(info).can_see
    found = []
    for number, event in enumerate(thing.timeline):
        source = event.pull_request or event.issue
        if (
            (not isinstance(wanted, list) or _item_type(event) in wanted)
            and event.created_at >= since
            and (source is None or can_see(source))
        ):
            found.append(_show(thing, number, info))
    connection = Connection(found, page)
    vars(connection).update(
        filtered_count=len(found), page_count=len(connection.nodes), updated_at=thing.updated_at
    )
    return connection


def _item_type(event: Event) -> str:
    return snake_case(event.kind).strip("_").upper()


def _show(target: Issue, number: int, info: GraphQLResolveInfo) -> View:
    """Show one event; what its type does not have is simply never asked for."""
    event = target.timeline[number]
    source = event.pull_request or event.issue
    is_person = event.kind in {"AssignedEvent", "UnassignedEvent"}
    return View(
        kind=event.kind,
        node_id=f"EV_{target.id}_{number}",
        actor=person(info, event.actor),
        assignee=person(info, event.subject) if is_person else None,
        created_at=event.created_at,
        referenced_at=event.created_at,
        is_cross_repository=event.cross_repository,
        will_close_target=event.will_close,
        source=target if event.kind == "ConnectedEvent" else source,
        subject=source,
        target=target,
        closer=event.pull_request,
        state_reason=target.state_reason,
        label=show_label(target.repository, event.subject or ""),
        lock_reason=None,
        previous_title=event.subject,
        current_title=target.title,
        url=f"{target.url}#event-{target.id}{number}",
    )
