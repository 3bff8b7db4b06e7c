"""What GraphQL shows of issues, pull requests and comments, and of all that is written.

Comes in: things of the world. Goes out: their fields that are no plain attributes. An issue whose
pull requests are unknown has `closedByPullRequestsReferences` null; unknown comments are counted
and not listed. `bodyText` is the Markdown without its hidden comments, not rendered text.
"""

import re
from types import SimpleNamespace as View

from graphql import GraphQLResolveInfo

from bot.sandbox.discussions import Discussion, DiscussionComment
from bot.sandbox.graphql.connections import Connection
from bot.sandbox.graphql.context import context_of, person
from bot.sandbox.graphql.schema import resolver
from bot.sandbox.things import (
    REACTIONS,
    Comment,
    Issue,
    PullRequest,
    Repository,
    Review,
    User,
    reactions_in_order,
)
from bot.sandbox.timeline import NEW_LABEL_COLOUR

Subject = Issue | PullRequest
Folded = Comment | DiscussionComment
Written = Issue | PullRequest | Discussion | Folded
Said = Written | Review
Info = GraphQLResolveInfo
HIDDEN = re.compile(r"<!--.*?-->", re.S)
#: The types of what people write, and of that which others react to.
REACTED = ("Issue", "PullRequest", "IssueComment", "Discussion", "DiscussionComment")
SAID = (*REACTED, "PullRequestReview")
SUMMARY = View(total=0, completed=0, percent_completed=0)


@resolver(*(f"{kind}.author" for kind in SAID))
def author(thing: Said, info: Info) -> User | None:
    return person(info, thing.author)


@resolver(*(f"{kind}.editor" for kind in SAID))
def editor(thing: Said, info: Info) -> User | None:
    """Give who last changed the text; null while nobody did, and for a ghost."""
    return person(info, thing.editor)


@resolver(*(f"{kind}.bodyText" for kind in SAID))
def body_text(thing: Said, _info: Info) -> str:
    return HIDDEN.sub("", thing.body or "").strip()


@resolver("Issue.closed", "PullRequest.closed")
def closed(thing: Subject, _info: Info) -> bool:
    return thing.state != "OPEN"


@resolver("Issue.assignees", "PullRequest.assignees")
def assignees(thing: Subject, info: Info, **page: object) -> Connection:
    """List the people; bots are assigned actors only, as on GitHub."""
    people = map(context_of(info).world.user, thing.assignees)
    return Connection([user for user in people if not user.bot], page)


@resolver("Issue.assignedActors")
def assigned_actors(thing: Issue, info: Info, **page: object) -> Connection:
    return Connection([context_of(info).world.user(name) for name in thing.assignees], page)


@resolver("Issue.participants")
def participants(thing: Issue, info: Info, **page: object) -> Connection:
    """List who wrote, was assigned, or commented: as far as it is known."""
    comments = (comment.author for comment in thing.comments or ())
    logins = dict.fromkeys(filter(None, (thing.author, *thing.assignees, *comments)))
    return Connection([context_of(info).world.user(login) for login in logins], page)


def show_label(repository: Repository, name: str) -> View:
    """Show a label of a repository."""
    colour = repository.labels.get(name, NEW_LABEL_COLOUR)
    node_id = f"LA_{repository.id}_{name}"
    return View(name=name, color=colour, description=None, node_id=node_id)


@resolver("Issue.labels", "PullRequest.labels", "Discussion.labels")
def labels(thing: Subject | Discussion, _info: Info, **page: object) -> Connection:
    return Connection([show_label(thing.repository, name) for name in thing.labels], page)


@resolver("Issue.comments", "PullRequest.comments")
def comments(thing: Subject, _info: Info, **page: object) -> Connection:
    """List the comments, oldest first, or by `updatedAt`."""
    found = list(thing.comments or ())
    order = page.get("orderBy")
    if isinstance(order, dict):
        found.sort(key=lambda c: c.updated_at or c.created_at)
        found = found[::-1] if order["direction"] == "DESC" else found
    return Connection(found, page, total=thing.comment_count)


@resolver("Issue.closedByPullRequestsReferences")
def closed_by(thing: Issue, info: Info, **page: object) -> Connection | None:
    if thing.linked is None:
        return None
    seen = filter(context_of(info).can_see, thing.linked)
    kept = [pull for pull in seen if page.get("includeClosedPrs") or pull.state == "OPEN"]
    return Connection(kept, page)


@resolver("PullRequest.closingIssuesReferences")
def closing_issues(thing: PullRequest, _info: Info, **page: object) -> Connection:
    return Connection(thing.closes, page)


@resolver("Issue.linkedBranches", "Issue.subIssues")
def nothing(_thing: Issue, _info: Info, **page: object) -> Connection:
    return Connection((), page)


@resolver("Issue.parent")
def parent(_thing: Issue, _info: Info) -> None:
    return None


@resolver("Issue.milestone")
def milestone(thing: Issue, _info: Info) -> View | None:
    if thing.milestone is None:
        return None
    node_id = f"MI_{thing.repository.id}_{thing.milestone}"
    return View(title=thing.milestone, number=1, state="OPEN", due_on=None, node_id=node_id)


@resolver("Issue.issueType")
def issue_type(thing: Issue, _info: Info) -> View | None:
    name = thing.issue_type
    if name is None:
        return None
    return View(name=name, description=None, is_enabled=True, node_id=f"IT_{name}")


@resolver("Issue.subIssuesSummary")
def sub_issues(_thing: Issue, _info: Info) -> View:
    return SUMMARY


@resolver("Issue.issueDependenciesSummary")
def dependencies(thing: Issue, _info: Info) -> View:
    n_blocked = thing.blocked_by
    return View(blocked_by=n_blocked, blocking=0, total_blocked_by=n_blocked, total_blocking=0)


@resolver("PullRequest.merged")
def merged(thing: PullRequest, _info: Info) -> bool:
    return thing.merged_at is not None


@resolver("PullRequest.isCrossRepository")
def from_fork(thing: PullRequest, info: Info) -> bool:
    return not context_of(info).world.can_push(thing.author, thing.repository)


@resolver("IssueComment.isMinimized", "DiscussionComment.isMinimized")
def is_minimized(thing: Folded, _info: Info) -> bool:
    return thing.minimized is not None


@resolver("IssueComment.minimizedReason", "DiscussionComment.minimizedReason")
def minimized_reason(thing: Folded, _info: Info) -> str | None:
    return thing.minimized.lower().replace("_", "-") if thing.minimized else None


@resolver("IssueComment.updatedAt")
def comment_updated_at(thing: Comment, _info: Info) -> object:
    return thing.updated_at or thing.created_at


@resolver("IssueComment.url")
def comment_url(thing: Comment, _info: Info) -> str:
    assert thing.parent is not None
    return f"{thing.parent.url}#issuecomment-{thing.id}"


@resolver("IssueComment.repository")
def comment_repository(thing: Comment, _info: Info) -> Repository | None:
    return thing.parent.repository if thing.parent else None


@resolver("IssueComment.issue")
def comment_issue(thing: Comment, _info: Info) -> Issue | None:
    return thing.parent if isinstance(thing.parent, Issue) else None


@resolver("IssueComment.pullRequest")
def comment_pull_request(thing: Comment, _info: Info) -> PullRequest | None:
    return thing.parent if isinstance(thing.parent, PullRequest) else None


@resolver(*(f"{kind}.reactions" for kind in REACTED))
def reactions(thing: Written, info: Info, **page: object) -> Connection:
    """List reactions, of one content if it is named, the oldest first unless asked otherwise."""
    wanted, order = page.get("content"), page.get("orderBy")
    found = [
        View(
            content=content,
            user=person(info, login),
            created_at=at,
            node_id=f"REA_{thing.id}_{content}_{login}",
        )
        for at, content, login in reactions_in_order(thing.reactions)
        if wanted in {None, content}
    ]
    newest_first = isinstance(order, dict) and order["direction"] == "DESC"
    return Connection(found[::-1] if newest_first else found, page)


@resolver(*(f"{kind}.reactionGroups" for kind in REACTED))
def reaction_groups(thing: Written, info: Info) -> list[View]:
    """Give all eight groups, also the empty ones."""
    viewer = context_of(info).viewer
    return [
        View(
            content=content,
            logins=(given := thing.reactions.get(content, {})),
            viewer_has_reacted=viewer in given,
            created_at=min(given.values(), default=None),
        )
        for content in REACTIONS.values()
    ]


@resolver("ReactionGroup.reactors")
def reactors(group: View, info: Info, **page: object) -> Connection:
    return Connection([person(info, login) for login in group.logins], page)
