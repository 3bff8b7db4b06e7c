"""REST's JSON of the world's things, as far as PyGithub and the club's scripts read it.

Comes in: things of `things` and the address under which the client sees the API. Goes out: dicts
with the names and types of GitHub's OpenAPI description
(https://github.com/github/rest-api-description); what the sandbox does not know is null or left
out. Ids of labels and reactions are made from their names, hence stable.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zlib import crc32

from bot.sandbox.messages import Json
from bot.sandbox.things import (
    REACTIONS,
    Comment,
    Issue,
    PullRequest,
    Reactions,
    Repository,
    User,
)
from bot.sandbox.timeline import NEW_LABEL_COLOUR
from bot.sandbox.world import World

WEB = "https://github.com"
REST_NAMES = {graphql: rest for rest, graphql in REACTIONS.items()}


def timestamp(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def label_id(repository: Repository, name: str) -> int:
    return crc32(f"{repository.id} {name}".encode())


def reaction_id(subject_id: int, content: str, login: str) -> int:
    return crc32(f"{subject_id} {content} {login}".encode())


@dataclass(frozen=True, slots=True)
class Payloads:
    """Shows things of a world under one API address."""

    world: World
    base_url: str

    def user(self, login: str | None) -> Json | None:
        """An account in short; None stands for a deleted one, as in issues whose author left."""
        if login is None:
            return None
        user = self.world.user(login)
        return {
            "login": user.login,
            "id": user.id,
            "node_id": user.node_id,
            "avatar_url": f"https://avatars.githubusercontent.com/u/{user.id}",
            "gravatar_id": "",
            "url": f"{self.base_url}/users/{user.login}",
            "html_url": f"{WEB}/{user.login}",
            "type": _account_type(user),
            "site_admin": False,
        }

    def whole_user(self, login: str) -> Json:
        """An account as `GET /users/{login}` shows it."""
        return (self.user(login) or {}) | {"name": self.world.user(login).name, "email": None}

    def repository(self, repository: Repository, permissions: Mapping[str, bool]) -> Json:
        full_name = repository.name_with_owner
        url = f"{self.base_url}/repos/{full_name}"
        web = f"{WEB}/{full_name}"
        return {
            "id": repository.id,
            "node_id": repository.node_id,
            "name": repository.name,
            "full_name": full_name,
            "owner": self.user(repository.owner),
            "private": repository.private,
            "visibility": "private" if repository.private else "public",
            "url": url,
            "html_url": web,
            "issues_url": f"{url}/issues{{/number}}",
            "labels_url": f"{url}/labels{{/name}}",
            "permissions": dict(permissions),
        } | _repository_facts(repository)

    def label(self, repository: Repository, name: str) -> Json:
        return {
            "id": label_id(repository, name),
            "node_id": f"LA_{label_id(repository, name)}",
            "url": f"{self.base_url}/repos/{repository.name_with_owner}/labels/{name}",
            "name": name,
            "color": repository.labels.get(name, NEW_LABEL_COLOUR),
            "default": False,
            "description": None,
        }

    def issue(self, thing: Issue | PullRequest) -> Json:
        """An issue; a pull request is shown as one too, with a `pull_request` key."""
        repository = f"{self.base_url}/repos/{thing.repository.name_with_owner}"
        url = f"{repository}/issues/{thing.number}"
        shown = {
            "id": thing.id,
            "node_id": thing.node_id,
            "url": url,
            "repository_url": repository,
            "comments_url": f"{url}/comments",
            "events_url": f"{url}/events",
            "labels_url": f"{url}/labels{{/name}}",
            "html_url": thing.url,
            "user": self.user(thing.author),
            "labels": [self.label(thing.repository, name) for name in thing.labels],
            "assignee": self.user(thing.assignees[0]) if thing.assignees else None,
            "assignees": [self.user(login) for login in thing.assignees],
            "reactions": self.rollup(thing, url),
        } | _issue_facts(thing)
        if isinstance(thing, PullRequest):
            pull = f"{repository}/pulls/{thing.number}"
            merged = timestamp(thing.merged_at)
            shown["draft"] = thing.draft
            shown["pull_request"] = {"url": pull, "html_url": thing.url, "merged_at": merged}
        return shown

    def comment(self, comment: Comment) -> Json:
        parent = comment.parent
        assert parent is not None
        issues = f"{self.base_url}/repos/{parent.repository.name_with_owner}/issues"
        url = f"{issues}/comments/{comment.id}"
        return {
            "id": comment.id,
            "node_id": comment.node_id,
            "url": url,
            "issue_url": f"{issues}/{parent.number}",
            "html_url": f"{parent.url}#issuecomment-{comment.id}",
            "user": self.user(comment.author),
            "body": comment.body,
            "author_association": comment.association,
            "created_at": timestamp(comment.created_at),
            "updated_at": timestamp(comment.updated_at or comment.created_at),
            "reactions": self.rollup(comment, url),
        }

    def reaction(self, subject: Issue | PullRequest | Comment, content: str, login: str) -> Json:
        """One reaction that was given, by REST's name."""
        number = reaction_id(subject.id, content, login)
        return {
            "id": number,
            "node_id": f"REA_{number}",
            "user": self.user(login),
            "content": content,
            "created_at": timestamp(subject.reactions[REACTIONS[content]][login]),
        }

    def rollup(self, subject: Issue | PullRequest | Comment, url: str) -> Json:
        counts = count_reactions(subject.reactions)
        return {"url": f"{url}/reactions", "total_count": sum(counts.values()), **counts}


def count_reactions(reactions: Reactions) -> dict[str, int]:
    return {rest: len(reactions.get(graphql, ())) for rest, graphql in REACTIONS.items()}


def _account_type(user: User) -> str:
    if user.bot:
        return "Bot"
    return "Organization" if user.organization else "User"


def _repository_facts(repository: Repository) -> Json:
    licence = repository.licence
    return {
        "description": repository.description,
        "language": repository.language,
        "topics": list(repository.topics),
        "stargazers_count": repository.stars,
        "forks_count": repository.forks or 0,
        "license": {"key": licence.lower(), "spdx_id": licence} if licence else None,
        "created_at": timestamp(repository.created_at),
        "pushed_at": timestamp(repository.pushed_at),
        "updated_at": timestamp(repository.pushed_at or repository.created_at),
        "homepage": repository.homepage,
        "archived": repository.archived,
        "disabled": repository.disabled,
        "fork": repository.fork,
        "is_template": repository.template,
        "has_issues": repository.has_issues,
        "has_discussions": repository.has_discussions,
        "default_branch": "main",
    }


def _issue_facts(thing: Issue | PullRequest) -> Json:
    reason = thing.state_reason if isinstance(thing, Issue) else None
    return {
        "number": thing.number,
        "title": thing.title,
        "body": thing.body,
        "state": "open" if thing.state == "OPEN" else "closed",
        "state_reason": reason.lower() if reason else None,
        "locked": thing.locked,
        "active_lock_reason": None,
        "milestone": None,
        "comments": thing.comment_count,
        "author_association": thing.association,
        "created_at": timestamp(thing.created_at),
        "updated_at": timestamp(thing.updated_at),
        "closed_at": timestamp(thing.closed_at),
        "closed_by": None,
    }
