"""Questions to GitHub: each as large as it answers in time, and what they cost.

Comes in: the name of a document, or its text, and variables. Goes out: pages, nodes and fields as
GitHub sent them. A question that is too heavy is asked again with half as much, never unchanged,
one after the other.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from bot.adapters.github_documents import document
from bot.adapters.github_pace import Pace
from bot.adapters.github_refusals import too_heavy
from bot.adapters.graphql_wire import Answer, Data, GraphQLWire
from bot.adapters.payloads import Model, PagePayload, parse
from bot.errors import Outage, TooHeavy
from bot.harvest.source import MAX_PAGE, Cost, Step

#: The steps whose answers may be some hours old; what is sent is asked afresh.
_KEPT = frozenset({Step.PAGE, Step.REPOSITORIES, Step.COMMUNITY})


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
        is_cut = _cut_places(answer, 1, range(len(ids)))
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
            answer = self._try(document(name), {**variables, "first": first}, Step.PAGE)
            if isinstance(answer, Answer):
                page = _page_at(answer.data, way)
                if not answer.cut:
                    pace.was_good()
                    return page
                came += [page] if page and not page.is_hidden else []
            if not pace.was_too_heavy(first):
                return _merged(came) if came else _give_up(answer)

    def nodes(
        self,
        name: str,
        ids: Sequence[str],
        step: Step,
        variables: Mapping[str, object] | None = None,
        n_each: int | None = None,
    ) -> Nodes:
        """The nodes of these ids; `n_each`, the document's `$first`, says what hangs on each.

        Outage where even a small part of them brought nothing.
        """
        pace = self._paces.setdefault(name, Pace())
        found, left = Nodes(), list(ids)
        while left:
            # Not even one node may bring more than the pace allows.
            first = min(n_each or 1, pace.most)
            some = left[: pace.most // first]
            about = {"ids": some, **(variables or {}), **({"first": first} if n_each else {})}
            answer = self._try(document(name), about, step)
            is_whole = isinstance(answer, Answer) and not answer.cut
            if isinstance(answer, Answer):
                found.put(some, answer)
            if is_whole:
                pace.was_good()
            may_ask_less = not is_whole and pace.was_too_heavy(len(some) * first)
            if isinstance(answer, TooHeavy) and not may_ask_less:
                _give_up(answer)
            done = found.whole if may_ask_less else {*found.whole, *some}
            left = [one for one in left if one not in done]
        return found

    def fields(
        self,
        text: str,
        variables: Mapping[str, object],
        names: Sequence[str],
        step: Step = Step.PAGE,
    ) -> dict[str, object]:
        """What these fields of a document told, in one request; those that miss a part are missing.

        Outage where it was so heavy that none came whole: it must not be asked again unchanged.
        """
        answer = self._try(text, variables, step)
        if isinstance(answer, TooHeavy):
            _give_up(answer)
        is_cut = _cut_places(answer, 0, names)
        came = {name: answer.data.get(name) for name in names if not is_cut(name)}
        told = {name: value for name, value in came.items() if value is not None}
        return told if told or not answer.cut else _give_up(answer)

    def _try(self, text: str, variables: Mapping[str, object], step: Step) -> Answer | TooHeavy:
        """One request; what it cost is written down whether it was answered or not."""
        began = time.monotonic()
        # Time-outs are charged for, but nobody says how much.
        cost = Cost(1, 1)
        wire = self._kept if step in _KEPT else self._fresh
        try:
            answer = wire.send(text, variables)
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
    return understood(PagePayload, found)


def understood(model: type[Model], value: object) -> Model:
    """The value as a type; Outage where it has another shape."""
    found = parse(model, value)
    if found is None:
        raise strange_answer()
    return found


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


def _cut_places(
    answer: Answer, depth: int, places: Iterable[str | int]
) -> Callable[[str | int], bool]:
    """Which of the places so deep in an answer miss something; all where GitHub named no such."""
    cut = {path[depth] if len(path) > depth else None for path in answer.cut}
    is_known = cut <= set(places)
    return lambda place: not is_known or place in cut
