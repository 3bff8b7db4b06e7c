"""What follows from a student's answers, worked out anew in each run, so that it fades.

Comes in: one student's answers, and the time. Goes out: weights for ranking, what is kept away,
what the student let go of, took and did. Of what was said of the same thing the last word counts,
so the order of the answers does not matter, and saying it again renews it.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bot.feedback.answer import Answer, AnswerKind
from bot.languages import is_language
from bot.ranking import weights as w
from bot.ranking.answers import NO_ANSWERS, Answers, Manner, Origin
from bot.subscriptions.student import Exclusions
from bot.terms import IssueRef
from bot.vocabulary import (
    canonical_topic,
    is_invitation_label,
    is_newcomer_label,
    topic_names,
)

#: An answer counts half as much after so long: over a term of fifteen weeks a taste that is not
#: renewed falls to a sixth, and what was named falls below the least in half a year.
HALF_LIFE = timedelta(weeks=6)
#: So long does `/less` keep a project or a topic away, which is as long as the `/more` of a name
#: counts; for good there is `avoid` in the file.
KEPT_AWAY = timedelta(weeks=26)

Thing = TypeVar("Thing", str, IssueRef)

#: What projects of all sorts carry; languages and labels are known elsewhere.
_EVERYBODYS = frozenset({"foss", "free-software", "open-source", "opensource"})
_LIKES = frozenset({AnswerKind.MORE, AnswerKind.LIKED})
_TASTES = frozenset({AnswerKind.MORE, AnswerKind.LESS})
_THUMBS = frozenset({AnswerKind.LIKED, AnswerKind.DISLIKED})
_ABOUT_PICKS = _TASTES | {AnswerKind.TOOK, AnswerKind.DONE}


@dataclass(frozen=True, slots=True)
class _Share:
    """What one answer gives to one name, in log-odds, as of now."""

    name: str
    manner: Manner
    log_odds: float


def answers_of(said: Iterable[Answer], now: datetime) -> Answers:
    """What one student's answers add, by topic and project, as far as they count still."""
    shares: dict[str, list[_Share]] = {}
    for share in _shares(tuple(said), now):
        shares.setdefault(share.name, []).append(share)
    weights: dict[str, float] = {}
    origins: dict[str, Origin] = {}
    for name, given in shares.items():
        total = math.fsum(one.log_odds for one in given)
        if abs(bounded := _bounded(total)) >= w.ANSWERS_LEAST:
            weights[name] = bounded
            origins[name] = Origin(name, _loudest(given), _weeks_left(total))
    if not weights:
        return NO_ANSWERS
    projects = {name for name in weights if "/" in name}
    topics = sorted(weights.keys() - projects)
    aliases = {alias: name for name in topics for alias in topic_names(name)}
    aliases |= dict(zip(topics, topics, strict=True))
    return Answers(
        topics={alias: weights[name] for alias, name in aliases.items()},
        repositories={name: weights[name] for name in projects},
        origins={alias: origins[name] for alias, name in aliases.items()}
        | {name: origins[name] for name in projects},
    )


def less_of(said: Iterable[Answer], now: datetime) -> Exclusions:
    """What one student named with `/less`, and not with `/more` since: kept away for a time."""
    last = _last_words(said, _TASTES, _name_of)
    away = sorted(
        name
        for name, one in last.items()
        if one.kind is AnswerKind.LESS and now - one.at < KEPT_AWAY
    )
    return Exclusions(
        repositories=tuple(name for name in away if "/" in name),
        topics=tuple(name for name in away if "/" not in name),
    )


def let_go(said: Iterable[Answer]) -> frozenset[IssueRef]:
    """The picks, folded, that one student wanted less of, and did not take or like since.

    What was done stays the student's.
    """
    known = tuple(said)
    done = _last_words(known, frozenset({AnswerKind.DONE}), _ref_of)
    last = _last_words(known, _ABOUT_PICKS, _ref_of)
    return frozenset(
        ref for ref, one in last.items() if one.kind is AnswerKind.LESS and ref not in done
    )


def said_of(said: Iterable[Answer]) -> Mapping[IssueRef, tuple[AnswerKind, datetime]]:
    """Which picks, folded, one student did or else took, and when that was said last.

    Who wants less of a pick after taking it has let go of it.
    """
    known = tuple(said)
    last = _last_words(known, frozenset({AnswerKind.TOOK, AnswerKind.LESS}), _ref_of)
    last |= _last_words(known, frozenset({AnswerKind.DONE}), _ref_of)
    return {ref: (one.kind, one.at) for ref, one in last.items() if one.kind is not AnswerKind.LESS}


def tally_of(said: Iterable[Answer]) -> dict[str, int]:
    """How many answers there are of each word; a reaction is one, whatever it is about."""
    counted = {
        (one.login.casefold(), one.source, one.kind, 0 if one.kind in _THUMBS else one.position)
        for one in said
    }
    return {str(kind): n for kind, n in sorted(Counter(kind for _, _, kind, _ in counted).items())}


def _shares(said: Sequence[Answer], now: datetime) -> Iterator[_Share]:
    for name, one in _last_words(said, _TASTES, _name_of).items():
        yield _Share(name, Manner.NAMED, w.ANSWER_NAMED * _force(one, now))
    for one in _last_words(said, _TASTES, _ref_of).values():
        yield from _of_pick(one, Manner.PICK, _force(one, now))
    for one in _last_words(said, _THUMBS, _ref_of).values():
        yield from _of_pick(one, Manner.REACTION, _force(one, now))


def _of_pick(one: Answer, manner: Manner, force: float) -> Iterator[_Share]:
    """What an answer to a pick gives to its project, and to its topics in shares."""
    is_thumb = manner is Manner.REACTION
    project = w.REACTION_PROJECT if is_thumb else w.ANSWER_PROJECT
    topics = w.REACTION_TOPICS if is_thumb else w.ANSWER_TOPICS
    if one.ref is not None:
        yield _Share(one.ref.folded.repository, manner, project * force)
    names = {canonical_topic(topic) for topic in one.topics if _tells_taste(topic)} - {""}
    for name in names:
        yield _Share(name, manner, topics / len(names) * force)


def _tells_taste(topic: str) -> bool:
    """Whether a project's topic says what it is about, and not how it is made or who is invited."""
    is_label = is_newcomer_label(topic) or is_invitation_label(topic)
    return not (topic in _EVERYBODYS or is_label or is_language(topic))


def _force(one: Answer, now: datetime) -> float:
    """How much an answer counts still, in (0, 1], below 0 where less is wanted."""
    halvings = max(now - one.at, timedelta()) / HALF_LIFE
    return math.copysign(0.5**halvings, 1 if one.kind in _LIKES else -1)


def _bounded(total: float) -> float:
    """The sum drawn together, so that it nears `ANSWERS_NAME_MOST` and each week still shows."""
    return total / math.hypot(1, total / w.ANSWERS_NAME_MOST)


def _weeks_left(total: float) -> int:
    """After how many weeks from now the sum is below the least; all of it fades alike."""
    least = w.ANSWERS_LEAST / math.sqrt(1 - (w.ANSWERS_LEAST / w.ANSWERS_NAME_MOST) ** 2)
    return max(1, math.ceil(math.log2(abs(total) / least) * (HALF_LIFE / timedelta(weeks=1))))


def _loudest(given: Iterable[_Share]) -> Manner:
    """How the most was said; of equals what is surest."""
    order = tuple(Manner)
    return max(given, key=lambda one: (abs(one.log_odds), -order.index(one.manner))).manner


def _last_words(
    said: Iterable[Answer], kinds: frozenset[AnswerKind], key: Callable[[Answer], Thing | None]
) -> dict[Thing, Answer]:
    """The last answer of these kinds about each thing."""
    last: dict[Thing, Answer] = {}
    for one in said:
        thing = key(one) if one.kind in kinds else None
        if thing is not None and (thing not in last or _place(last[thing]) < _place(one)):
            last[thing] = one
    return last


def _place(one: Answer) -> tuple[datetime, str, int]:
    return one.at, one.source, one.position


def _ref_of(one: Answer) -> IssueRef | None:
    return one.ref and one.ref.folded


def _name_of(one: Answer) -> str | None:
    """A project, or the topic that all its names stand for."""
    if "/" in one.name:
        return one.name.casefold()
    return canonical_topic(one.name) or one.name or None
