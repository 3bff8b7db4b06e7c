"""Reactions to digests: a thumb for all of its picks.

Comes in: a student's reaction, and the digest that it was given. Goes out: answers, one a pick.
What is neither for nor against is no answer.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.digest import Sent
from bot.feedback.answer import Answer, AnswerKind
from bot.feedback.desk import Reaction

#: By GitHub's REST names (docs.github.com/en/rest/reactions). `laugh` may be at us, and `eyes`
#: say that somebody has seen it.
KINDS = {
    "+1": AnswerKind.LIKED,
    "heart": AnswerKind.LIKED,
    "hooray": AnswerKind.LIKED,
    "rocket": AnswerKind.LIKED,
    "-1": AnswerKind.DISLIKED,
    "confused": AnswerKind.DISLIKED,
}
_SOURCE = "reaction "


def answers_in(reaction: Reaction, sent: Iterable[Sent]) -> tuple[Answer, ...]:
    """What a reaction says of each pick of its digest; `sent` are the student's.

    Of a digest without picks, or one that is forgotten, it is an answer about nothing.
    """
    kind = KINDS.get(reaction.content)
    if kind is None:
        return ()
    blank = Answer(reaction.login.casefold(), kind, reaction.at, f"{_SOURCE}{reaction.id}")
    digest = next((one.digest for one in sent if one.digest.week == reaction.week), None)
    picks = digest.offered if digest else ()
    return tuple(
        Answer(blank.login, kind, blank.at, blank.source, place, pick.ref, pick.topics)
        for place, pick in enumerate(picks)
    ) or (blank,)


def was_taken_back(
    source: str, answers: Sequence[Answer], sent: Iterable[Sent], since: datetime
) -> bool:
    """Whether what a source said is gone, if it was not among the reactions that were read.

    Those to digests that were sent `since` were all read. `sent` are the student's.
    """
    refs = {one.ref for one in answers} - {None}
    return source.startswith(_SOURCE) and any(
        one.delivered_at >= since and any(pick.ref in refs for pick in one.digest.offered)
        for one in sent
    )
