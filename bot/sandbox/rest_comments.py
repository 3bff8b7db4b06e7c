"""REST of comments on issues and pull requests, and of reactions to all three.

Comes in: a `Call` with the repository and the issue or comment that its path names. Goes out:
answers. https://docs.github.com/en/rest/issues/comments, https://docs.github.com/en/rest/reactions
"""

from collections.abc import Iterable

from bot.sandbox.messages import Answer, not_found, refused
from bot.sandbox.payloads import REST_NAMES, reaction_id
from bot.sandbox.rest_calls import Call, Route, invalid, moment, page_of, text_field
from bot.sandbox.rest_issues import ISSUE, MAX_BODY
from bot.sandbox.things import (
    REACTIONS,
    Comment,
    Issue,
    PullRequest,
    Repository,
    reactions_in_order,
)

Subject = Issue | PullRequest | Comment
LIST_PARAMETERS = {"sort", "direction", "since", "per_page", "page"}


def list_comments(call: Call, _: Repository, subject: Issue | PullRequest) -> Answer:
    """The comments of an issue, oldest first; `since` asks for the lately changed."""
    return page_of(call, _changed_since(call, subject.comments or ()), call.show.comment)


def list_all_comments(call: Call, repository: Repository) -> Answer:
    """The comments of a repository's issues and pull requests, by ascending id unless asked.

    Without `sort` a `direction` is ignored.
    """
    query = call.request.query
    unknown = set(query) - LIST_PARAMETERS
    if unknown:
        raise refused(501, f"The sandbox does not serve {', '.join(sorted(unknown))} of a list")
    name = repository.name_with_owner.lower()
    subjects: list[Issue | PullRequest] = list(call.world.issues.get(name, {}).values())
    subjects += call.world.pull_requests.get(name, {}).values()
    every = [comment for subject in subjects for comment in subject.comments or ()]
    found = sorted(_changed_since(call, every), key=lambda comment: comment.id)
    keys = {
        "created": lambda comment: (comment.created_at, comment.id),
        "updated": lambda comment: (comment.updated_at or comment.created_at, comment.id),
    }
    if "sort" in query:
        if query["sort"] not in keys:
            raise invalid("IssueComment", "sort", "invalid")
        found.sort(key=keys[query["sort"]], reverse=query.get("direction") == "desc")
    return page_of(call, found, call.show.comment)


def _changed_since(call: Call, comments: Iterable[Comment]) -> list[Comment]:
    """Those changed at or after `since`, where the call names one."""
    if "since" not in call.request.query:
        return list(comments)
    since = moment(call.request.query["since"])
    return [one for one in comments if (one.updated_at or one.created_at) >= since]


def add_comment(call: Call, repository: Repository, subject: Issue | PullRequest) -> Answer:
    """A locked issue takes comments of collaborators only, and a workflow's token is none.

    https://github.com/hashicorp/terraform-github-actions/issues/100
    """
    author = call.caller.require_write(repository)
    may_talk = call.caller.has_push(repository) and not call.caller.is_actions
    if subject.locked and not may_talk:
        raise refused(403, "Unable to create comment because issue is locked.")
    return Answer(201, call.show.comment(call.world.comment(subject, author, _body(call))))


def read_comment(call: Call, _: Repository, comment: Comment) -> Answer:
    return Answer(200, call.show.comment(comment))


def edit_comment(call: Call, repository: Repository, comment: Comment) -> Answer:
    actor = call.caller.require_push(repository, author=comment.author)
    call.world.edit_comment(comment, _body(call), actor)
    return Answer(200, call.show.comment(comment))


def delete_comment(call: Call, repository: Repository, comment: Comment) -> Answer:
    actor = call.caller.require_push(repository, author=comment.author)
    call.world.delete_comment(comment, actor)
    return Answer(204)


def _body(call: Call) -> str:
    return text_field(call, "body", "IssueComment", most=MAX_BODY)


def list_reactions(call: Call, _: Repository, subject: Subject) -> Answer:
    wanted = call.request.query.get("content")
    found = [r for r in _reactions(subject) if wanted in (None, r[0])]
    return page_of(call, found, lambda r: call.show.reaction(subject, *r))


def add_reaction(call: Call, repository: Repository, subject: Subject) -> Answer:
    """React: 201, or 200 where the same reaction was there."""
    login = call.caller.require_write(repository)
    content = call.request.fields.get("content")
    if content not in REACTIONS:
        raise invalid("Reaction", "content", "invalid")
    before = (content, login) in _reactions(subject)
    if not before:
        call.world.react(subject, login, content)
    return Answer(200 if before else 201, call.show.reaction(subject, content, login))


def delete_reaction(call: Call, repository: Repository, subject: Subject, number: int) -> Answer:
    """Take one's own reaction back."""
    login = call.caller.require_write(repository)
    for content, reactor in _reactions(subject):
        if reactor == login and reaction_id(subject.id, content, reactor) == number:
            call.world.unreact(subject, login, content)
            return Answer(204)
    raise not_found()


def _reactions(subject: Subject) -> list[tuple[str, str]]:
    """(content, login), the oldest first."""
    return [(REST_NAMES[name], login) for _, name, login in reactions_in_order(subject.reactions)]


COMMENT = "/repos/{repository}/issues/comments/{comment}"
ROUTES: tuple[Route, ...] = (
    ("GET", f"{ISSUE}/comments", list_comments),
    ("POST", f"{ISSUE}/comments", add_comment),
    ("GET", "/repos/{repository}/issues/comments", list_all_comments),
    ("GET", COMMENT, read_comment),
    ("PATCH", COMMENT, edit_comment),
    ("DELETE", COMMENT, delete_comment),
    *(
        route
        for subject in (ISSUE, COMMENT)
        for route in (
            ("GET", f"{subject}/reactions", list_reactions),
            ("POST", f"{subject}/reactions", add_reaction),
            ("DELETE", f"{subject}/reactions/{{reaction}}", delete_reaction),
        )
    ),
)
