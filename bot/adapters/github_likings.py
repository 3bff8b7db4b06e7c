"""GitHub as the source of likings: what somebody owns and starred, as everybody can see it.

Comes in: a login. Goes out: `Trace`s. One question of a few points; a smaller one where that is too
heavy. What is private is never asked for, and left out where a token sees it all the same.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import AwareDatetime

from bot.adapters.github_details import LanguagesPayload, TopicPayload
from bot.adapters.github_documents import document
from bot.adapters.github_refusals import too_heavy
from bot.adapters.graphql_wire import Data, GraphQLWire
from bot.adapters.payloads import Named, Nodes, Payload, nodes_of, parse
from bot.enrolment.likings import ProfileSource, Trace
from bot.errors import Outage, TooHeavy

#: So many repositories and stars are asked for, and fewer where that is too heavy an answer.
_SIZES = (100, 25)


class GitHubLikings(ProfileSource):
    """Asks once; `points` tells what it cost."""

    def __init__(self, wire: GraphQLWire) -> None:
        self._wire = wire
        self.points = 0

    def read_traces(self, login: str) -> tuple[Trace, ...] | None:
        """The newest hundred of each; None where there is no such person."""
        data = self._ask(login)
        limit = data.get("rateLimit")
        self.points = limit.get("cost", 0) if isinstance(limit, dict) else 0
        user = data.get("user")
        if not isinstance(user, dict):
            return None
        return (*_owned(user.get("repositories")), *_starred(user.get("starredRepositories")))

    def _ask(self, login: str) -> Data:
        heavy: TooHeavy | None = None
        for first in _SIZES:
            try:
                return self._wire.send(
                    document("read_profile"), {"login": login, "first": first}
                ).data
            except TooHeavy as error:
                heavy = error
        told = heavy or too_heavy()
        raise Outage(told.message, told.advice) from heavy


class _Owned(Payload):
    name_with_owner: str
    is_private: bool
    #: None of an empty one.
    pushed_at: AwareDatetime | None = None
    languages: LanguagesPayload | None = None
    repository_topics: Nodes[TopicPayload] = ()


class _Seen(Payload):
    name_with_owner: str
    is_private: bool
    primary_language: Named | None = None
    repository_topics: Nodes[TopicPayload] = ()


class _Star(Payload):
    starred_at: AwareDatetime
    node: _Seen


def _owned(found: object) -> Iterator[Trace]:
    for one in (parse(_Owned, node) for node in nodes_of(found)):
        if one is not None and not one.is_private and one.pushed_at is not None:
            shares = _shares(one.languages or LanguagesPayload())
            topics = _topics(one.repository_topics)
            yield Trace(one.name_with_owner, True, one.pushed_at, shares, topics)


def _starred(found: Any) -> Iterator[Trace]:  # noqa: ANN401
    edges = found.get("edges") if isinstance(found, dict) else None
    for star in (parse(_Star, edge) for edge in edges or ()):
        if star is not None and not star.node.is_private:
            main = star.node.primary_language
            shares = {main.name: 1.0} if main else {}
            topics = _topics(star.node.repository_topics)
            yield Trace(star.node.name_with_owner, False, star.starred_at, shares, topics)


def _shares(languages: LanguagesPayload) -> dict[str, float]:
    """By language, of all the code; none where the sizes do not say."""
    names = (one.node.name for one in languages.told())
    return dict(zip(names, languages.shares() or (), strict=False))


def _topics(topics: tuple[TopicPayload, ...]) -> tuple[str, ...]:
    return tuple(one.topic.name for one in topics)
