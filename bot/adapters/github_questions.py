"""Questions to GitHub: each as large as it answers in time, and what they cost.

Comes in: the name of a document, its variables. Goes out: pages and nodes as GitHub sent them. A
question that is too heavy is asked again with half as much, never unchanged, one after the other.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from bot.adapters.github_documents import document
from bot.adapters.github_pace import Pace
from bot.adapters.github_refusals import too_heavy
from bot.adapters.graphql_wire import Answer, Data, GraphQLWire
from bot.adapters.payloads import PagePayload, parse
from bot.errors import Outage, TooHeavy
from bot.harvest.source import MAX_PAGE, Cost, Step

#: The steps whose answers may be some hours old; what is sent is asked afresh.
_KEPT = frozenset({Step.PAGE, Step.REPOSITORIES})


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes by the ids that were asked for, as GitHub sent them."""

    whole: dict[str, object] = field(default_factory=dict)
    #: Those of which GitHub left something out for want of time, even in the smallest question.
    parts: dict[str, object] = field(default_factory=dict)

    def put(self, ids: Sequence[str], answer: Answer) -> None:
        """Take an answer in: what came whole once is not replaced by a part of it."""
        nodes = answer.data.get("nodes")
        if not isinstance(nodes, list) or len(nodes) != len(ids):
            raise strange_answer()
        is_cut = _cut_places(answer)
        for place, (one, node) in enumerate(zip(ids, nodes, strict=True)):
            if not is_cut(place):
                self.whole[one] = node
                self.parts.pop(one, None)
            elif one not in self.whole:
                self.parts[one] = node


class Questions:
    """Asks over `fresh` or, where an older answer will do, `kept`; `watch` is told each cost."""

    def __init__(
        self, fresh: GraphQLWire, kept: GraphQLWire, watch: Callable[[Step, Cost], None] | None
    ) -> None:
        self._fresh = fresh
        self._kept = kept
        self._watch = watch
        self._paces: dict[str, Pace] = {}
        self.spent: dict[Step, Cost] = {}

    def page(
        self, name: str, variables: Mapping[str, object], way: Sequence[str]
    ) -> PagePayload | None:
        """The connection that `way` leads to; None where GitHub does not show it.

        Where even a small page did not come whole, what came of it; the other nodes are None.
        Outage where nothing came.
        """
        pace = self._paces.setdefault(name, Pace())
        came: list[PagePayload] = []
        while True:
            first = min(MAX_PAGE, pace.most)
            answer = self._try(name, {**variables, "first": first}, Step.PAGE)
            if isinstance(answer, Answer):
                page = _page_at(answer.data, way)
                if not answer.cut:
                    pace.was_good()
                    return page
                came += [page] if page else []
            if not pace.was_too_heavy(first):
                return _merged(came) if came else _give_up(answer)

    def nodes(
        self,
        name: str,
        ids: Sequence[str],
        step: Step,
        variables: Mapping[str, object] | None = None,
    ) -> Nodes:
        """The nodes of these ids; a `first` among the variables says what hangs on each.

        Outage where even a small part of them brought nothing.
        """
        pace = self._paces.setdefault(name, Pace())
        found, left = Nodes(), list(ids)
        n_each = int(str((variables or {}).get("first", 1)))
        while left:
            some = left[: max(1, pace.most // n_each)]
            n = min(len(some) * n_each, pace.most)
            answer = self._try(name, _about(some, variables or {}, pace.most), step)
            is_whole = isinstance(answer, Answer) and not answer.cut
            if isinstance(answer, Answer):
                found.put(some, answer)
            if is_whole:
                pace.was_good()
            may_ask_less = not is_whole and pace.was_too_heavy(n)
            if isinstance(answer, TooHeavy) and not may_ask_less:
                _give_up(answer)
            done = found.whole if may_ask_less else {*found.whole, *some}
            left = [one for one in left if one not in done]
        return found

    def _try(self, name: str, variables: Mapping[str, object], step: Step) -> Answer | TooHeavy:
        """One request; what it cost is written down whether it was answered or not."""
        began = time.monotonic()
        # Time-outs are charged for, but nobody says how much.
        cost = Cost(1, 1)
        wire = self._kept if step in _KEPT else self._fresh
        try:
            answer = wire.send(document(name), variables)
            cost = Cost() if answer.is_kept else Cost(1, _points(answer.data))
        except TooHeavy as error:
            return error
        finally:
            self._note(step, cost, time.monotonic() - began)
        return answer

    def _note(self, step: Step, more: Cost, seconds: float) -> None:
        before = self.spent.get(step, Cost())
        cost = Cost(
            before.requests + more.requests, before.points + more.points, before.seconds + seconds
        )
        self.spent[step] = cost
        if self._watch is not None:
            self._watch(step, cost)


def _about(ids: Sequence[str], variables: Mapping[str, object], most: int) -> dict[str, object]:
    """The variables of a question about these ids; not even one may bring more than `most`."""
    first = variables.get("first")
    less = {"first": min(first, most)} if isinstance(first, int) else {}
    return {"ids": list(ids), **variables, **less}


def _give_up(answer: Answer | TooHeavy) -> NoReturn:
    error = answer if isinstance(answer, TooHeavy) else too_heavy()
    raise Outage(error.message, error.advice) from error


def _points(data: Data) -> int:
    limit = data.get("rateLimit")
    points = limit.get("cost") if isinstance(limit, dict) else None
    return points if isinstance(points, int) and points >= 0 else 1


def _page_at(data: Data, way: Sequence[str]) -> PagePayload | None:
    """The page at the end of the way; None where something on it is null."""
    found: object = data
    for step in way:
        found = found.get(step) if isinstance(found, dict) else found
    if found is None:
        return None
    page = parse(PagePayload, found)
    if page is None:
        raise strange_answer()
    return page


def strange_answer() -> Outage:
    """An answer of another shape than GitHub's schema promises."""
    return Outage(
        "GitHub's answer did not have the form that its schema promises.",
        "Run it again later; if it stays so, report it with the run's output.",
    )


def _merged(came: Sequence[PagePayload]) -> PagePayload:
    """The last and smallest page, with what earlier ones told of the same results."""
    last = came[-1]
    n_nodes = len(last.nodes or ())
    told = {
        node["id"]: node
        for page in came
        for node in (page.nodes or ())[:n_nodes]
        if isinstance(node, dict) and isinstance(node.get("id"), str)
    }
    hidden = (None,) * (n_nodes - len(told))
    return PagePayload.model_construct(
        total=last.total, page_info=last.page_info, nodes=(*told.values(), *hidden)
    )


def _cut_places(answer: Answer) -> Callable[[int], bool]:
    """Which of an answer's nodes miss something; all of them where GitHub did not say."""
    places = {path[1] if len(path) > 1 else None for path in answer.cut}
    return lambda place: place in places or None in places
