"""GitHub as the source of a portfolio: what a student did beyond what their digests led to.

Comes in: a login, a day. Goes out: `Work`s in public repositories of others: merged pull requests,
reviews, and answers that somebody who asked in a discussion chose.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import AwareDatetime

from bot.adapters.github_documents import document
from bot.adapters.github_refusals import too_heavy
from bot.adapters.graphql_wire import Data, GraphQLWire
from bot.adapters.payloads import Nodes, Payload, nodes_of, parse
from bot.cohort.portfolio import Work, WorkKind
from bot.errors import Outage, TooHeavy

#: So many of each sort are asked for, and fewer where that is too heavy an answer.
_SIZES = (100, 25)


class GitHubPortfolio:
    """Asks in one request, of one point."""

    def __init__(self, wire: GraphQLWire) -> None:
        self._wire = wire

    def read_works(self, login: str, since: datetime | None) -> tuple[Work, ...]:
        """The newest merged pull requests, reviews and answers, a hundred of each at most."""
        public = "is:pr is:public sort:updated-desc"
        merged = f"{public} is:merged author:{login}"
        reviewed = f"{public} reviewed-by:{login} -author:{login}"
        if since is not None:
            merged += f" merged:>={since.date()}"
            reviewed += f" updated:>={since.date()}"
        variables = {"merged": merged, "reviewed": reviewed, "login": login}
        begin = since.date() if since is not None else date.min
        return tuple(_works(self._ask(variables), login, begin))

    def _ask(self, variables: Mapping[str, object]) -> Data:
        """The answer, as large as GitHub gives it in time; Outage where it gives none."""
        heavy: TooHeavy | None = None
        for first in _SIZES:
            try:
                return self._wire.send(document("read_works"), {**variables, "first": first}).data
            except TooHeavy as error:
                heavy = error
        told = heavy or too_heavy()
        raise Outage(told.message, told.advice) from heavy


class _Home(Payload):
    name_with_owner: str
    is_private: bool


class _Review(Payload):
    url: str
    #: None of a review that is not handed in yet.
    submitted_at: AwareDatetime | None = None


class _Pull(Payload):
    title: str
    url: str
    repository: _Home
    merged_at: AwareDatetime | None = None
    reviews: Nodes[_Review] = ()


class _Asked(Payload):
    title: str
    repository: _Home


class _Answer(Payload):
    url: str
    created_at: AwareDatetime
    discussion: _Asked | None = None


def _works(data: Data, login: str, begin: date) -> Iterator[Work]:
    """What was found and is to be seen by everybody, in repositories of others, since that day."""
    for pull in _pulls(data.get("merged"), login):
        if pull.merged_at is not None and pull.merged_at.date() >= begin:
            yield _work(WorkKind.MERGED, pull, pull.url, pull.merged_at)
    for pull in _pulls(data.get("reviewed"), login):
        for review in pull.reviews:
            at = review.submitted_at
            if at is not None and at.date() >= begin:
                yield _work(WorkKind.REVIEW, pull, review.url, at)
                break
    user = data.get("user")
    comments = user.get("repositoryDiscussionComments") if isinstance(user, dict) else None
    for answer in (parse(_Answer, node) for node in nodes_of(comments)):
        asked = answer.discussion if answer is not None else None
        if answer is None or asked is None or not _is_shown(asked.repository, login):
            continue
        if answer.created_at.date() >= begin:
            home = asked.repository.name_with_owner
            yield Work(WorkKind.ANSWER, home, asked.title, answer.url, answer.created_at)


def _pulls(found: Any, login: str) -> Iterator[_Pull]:  # noqa: ANN401
    nodes = found.get("nodes") if isinstance(found, dict) else None
    for node in nodes or ():
        pull = parse(_Pull, node)
        if pull is not None and _is_shown(pull.repository, login):
            yield pull


def _is_shown(home: _Home, login: str) -> bool:
    """Is it to be seen by everybody, and somebody else's?"""
    owner = home.name_with_owner.partition("/")[0]
    return not home.is_private and owner.casefold() != login.casefold()


def _work(kind: WorkKind, pull: _Pull, url: str, at: datetime) -> Work:
    return Work(kind, pull.repository.name_with_owner, pull.title, url, at)
