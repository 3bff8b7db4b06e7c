"""`CommunitySource` over GitHub's GraphQL: who works in a project, and how newcomers fare there.

Comes in: ids, names. Goes out: profiles, replies, discussions. A question that is too heavy is
asked by halves.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.adapters.github_documents import with_fragments
from bot.adapters.github_profiles import DiscussionPayload, ProfilePayload, RepliesPayload
from bot.adapters.github_questions import Questions
from bot.adapters.graphql_wire import GraphQLWire
from bot.adapters.payloads import Payload, parse
from bot.community.source import CommunitySource, Discussion, Profile, Reply
from bot.harvest.source import Cost, Step

#: So many of a project's questions are looked at.
N_SHOWN = 3


class GitHubCommunity(CommunitySource):
    """Communities from one GitHub with one token; an answer may be some hours old."""

    def __init__(self, wire: GraphQLWire) -> None:
        self._questions = Questions(wire, wire, None)

    def read_profiles(self, ids: Sequence[str]) -> Mapping[str, Profile]:
        nodes = self._questions.nodes("read_profiles", ids, Step.COMMUNITY).whole
        payloads = {one: parse(ProfilePayload, node) for one, node in nodes.items()}
        return {one: found.value() for one, found in payloads.items() if found}

    def read_replies(self, ids: Sequence[str]) -> Mapping[str, tuple[Reply, ...]]:
        nodes = self._questions.nodes("read_replies", ids, Step.COMMUNITY).whole
        payloads = {one: parse(RepliesPayload, node) for one, node in nodes.items()}
        replies = {one: found.values() for one, found in payloads.items() if found}
        return {one: told for one, told in replies.items() if told is not None}

    def search_questions(
        self, repositories: Sequence[str], since: datetime
    ) -> Mapping[str, tuple[Discussion, ...]]:
        if not repositories:
            return {}
        queries = [
            f"repo:{name} is:unanswered is:open updated:>={since.date()} sort:updated-desc"
            for name in repositories
        ]
        sent = {f"q{place}": query for place, query in enumerate(queries)}
        names = [f"s{place}" for place in range(len(queries))]
        text = compose_discussions(len(queries))
        told = self._questions.fields(text, sent, names, Step.COMMUNITY)
        return {
            name: _questions(told[place], name)
            for place, name in zip(names, repositories, strict=True)
            if place in told
        }

    def spent(self) -> Cost:
        return self._questions.spent.get(Step.COMMUNITY, Cost())


class _Found(Payload):
    nodes: tuple[object, ...] | None = None


def _questions(told: object, repository: str) -> tuple[Discussion, ...]:
    """Those of a search's results that are what was searched for: its index may be old."""
    found = parse(_Found, told)
    payloads = [parse(DiscussionPayload, node) for node in (found and found.nodes) or ()]
    return tuple(
        one.value()
        for one in payloads
        if one is not None
        and one.waits
        and one.repository.name_with_owner.casefold() == repository.casefold()
    )


def compose_discussions(n: int) -> str:
    """One operation of `n` searches: of `$q0` as `s0`, and so on."""
    declared = ", ".join(f"$q{place}: String!" for place in range(n))
    fields = [
        f"  s{place}: search(query: $q{place}, type: DISCUSSION, first: {N_SHOWN}) "
        "{ ...UnansweredDiscussions }"
        for place in range(n)
    ]
    head = f"query SearchDiscussionsTogether({declared}) {{"
    return with_fragments(
        "\n".join((head, "  rateLimit { cost remaining resetAt }", *fields, "}\n"))
    )
