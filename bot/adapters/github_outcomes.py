"""`OutcomeSource` over GitHub's GraphQL: what became of issues, one point for a hundred.

Comes in: ids. Goes out: stamps, aftermaths, reviews. Stamps have no connection at all, so ten lists
of a hundred ids are a point together. A question that is too heavy is asked by halves.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.adapters.github_aftermath import AftermathPayload, ReviewsPayload, StampPayload
from bot.adapters.github_documents import with_fragments
from bot.adapters.github_questions import Questions
from bot.adapters.graphql_wire import GraphQLWire
from bot.adapters.payloads import parse
from bot.errors import Outage, TooHeavy
from bot.harvest.source import N_IDS, Cost, Step, batched_ids
from bot.outcomes.aftermath import Aftermath, OutcomeSource, PullReview


class GitHubOutcomes(OutcomeSource):
    """Aftermaths from one GitHub with one token; nothing is answered from a cache."""

    def __init__(self, wire: GraphQLWire) -> None:
        self._questions = Questions(wire, wire, None)

    def read_stamps(self, ids: Sequence[str]) -> Mapping[str, datetime]:
        nodes = self._stamps(list(batched_ids(ids, N_IDS)))
        payloads = {one: parse(StampPayload, node) for one, node in nodes.items()}
        return {one: found.updated_at for one, found in payloads.items() if found}

    def read_aftermaths(self, ids: Sequence[str]) -> Mapping[str, Aftermath | None]:
        nodes = self._questions.nodes("read_aftermaths", ids, Step.OUTCOMES).whole
        told: dict[str, Aftermath | None] = {one: None for one in nodes if nodes[one] is None}
        for one, node in nodes.items():
            payload = parse(AftermathPayload, node)
            if payload is not None:
                told[one] = payload.value()
        return told

    def read_reviews(self, ids: Sequence[str]) -> Mapping[str, tuple[PullReview, ...]]:
        nodes = self._questions.nodes("read_reviews", ids, Step.OUTCOMES).whole
        payloads = {one: parse(ReviewsPayload, node) for one, node in nodes.items()}
        return {one: found.values() for one, found in payloads.items() if found}

    def spent(self) -> Cost:
        return self._questions.spent.get(Step.OUTCOMES, Cost())

    def _stamps(self, groups: Sequence[Sequence[str]]) -> dict[str, object]:
        """The nodes of all groups; what did not come whole is asked again by halves."""
        if not groups:
            return {}
        if len(groups) == 1:
            return self._questions.nodes("read_stamps", groups[0], Step.OUTCOMES).whole
        found: dict[str, object] = {}
        left = []
        told = self._together(groups)
        for group, nodes in zip(groups, told, strict=True):
            if isinstance(nodes, list) and len(nodes) == len(group):
                found |= dict(zip(group, nodes, strict=True))
            else:
                left.append(group)
        half = (len(left) + 1) // 2 if len(left) == len(groups) else len(left)
        return {**found, **self._stamps(left[:half]), **self._stamps(left[half:])}

    def _together(self, groups: Sequence[Sequence[str]]) -> list[object]:
        """What each group's list told, all in one request; None where it did not come whole."""
        names = [f"n{place}" for place in range(len(groups))]
        sent = {f"ids{place}": list(group) for place, group in enumerate(groups)}
        try:
            told = self._questions.fields(compose_stamps(len(groups)), sent, names, Step.OUTCOMES)
        except Outage as error:
            if not isinstance(error.__cause__, TooHeavy):
                raise
            told = {}
        return [told.get(name) for name in names]


def compose_stamps(n: int) -> str:
    """One operation that asks for the stamps of `n` lists: of `$ids0` as `n0`, and so on."""
    declared = ", ".join(f"$ids{place}: [ID!]!" for place in range(n))
    fields = [f"  n{place}: nodes(ids: $ids{place}) {{ ...IssueStamp }}" for place in range(n)]
    head = f"query ReadStampsTogether({declared}) {{"
    return with_fragments(
        "\n".join((head, "  rateLimit { cost remaining resetAt }", *fields, "}\n"))
    )
