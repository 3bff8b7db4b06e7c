"""Judging: what became of one student's pick, from what is seen upstream and what they said.

Comes in: what was known, an `Aftermath` with reviews, the student's own word. Goes out: the new
`Progress`. Only what happened since the offer counts. Moments that were seen once stay; those of
pull requests are of the one that came furthest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.outcomes.aftermath import Aftermath, PullReview
from bot.outcomes.due import FRESH_FOR
from bot.outcomes.progress import Outcome, Progress
from bot.outcomes.sight import Sight

#: What a student said of a pick, TOOK or DONE, and when.
Word = tuple[Outcome, datetime]

_UNTOUCHED = frozenset({Outcome.OPEN, Outcome.COMMENTED, Outcome.FREE_AGAIN})
#: What is seen upstream and tells less than the student's own word.
_TELLS_LESS = {
    Outcome.TOOK: _UNTOUCHED,
    Outcome.DONE: _UNTOUCHED | {Outcome.ASSIGNED, Outcome.TOOK},
}
#: Outcomes of a pull request: they hold when the newest events tell of it no more.
_OF_A_PULL = frozenset({Outcome.PULL_REQUEST, Outcome.REVIEWED, Outcome.NOT_MERGED})


@dataclass(frozen=True, slots=True)
class Seen:
    """All that there is to judge by; without an aftermath the issue cannot be seen any more."""

    aftermath: Aftermath | None
    #: By the id of the pull request; those that were not asked for are missing.
    reviews: Mapping[str, tuple[PullReview, ...]] = field(default_factory=dict)
    said: Word | None = None


def judge(before: Progress, seen: Seen, now: datetime) -> Progress:
    """How far the student came; MERGED is final."""
    if seen.aftermath is None:
        return _missed(hear(before, seen.said, now), now)
    sight = Sight(before, seen.aftermath, seen.reviews, now)
    outcome = _outcome(before, sight, seen.said)
    after = replace(
        _with_pull(_with_talk(before, sight), sight, outcome, now),
        assigned_at=before.assigned_at or sight.assigned_at,
        taken_at=before.taken_at or (now if sight.is_taken else None),
        updated_at=seen.aftermath.updated_at,
        missed_at=None,
        read_at=now,
        asked_at=now,
    )
    return _changed(after, outcome, now)


def hear(before: Progress, said: Word | None, now: datetime) -> Progress:
    """The progress with the student's own word, where nothing that was seen tells more."""
    word = _counted(before, said)
    if before.is_settled or word is None:
        return before
    return _changed(before, _told(before, before.outcome, word), now)


def _missed(before: Progress, now: datetime) -> Progress:
    """It was not to be seen: once may be chance, and twice, a day apart, it is gone."""
    missed_at = before.missed_at or now
    is_gone = now - missed_at >= FRESH_FOR and before.outcome is not Outcome.MERGED
    after = _changed(before, Outcome.GONE if is_gone else before.outcome, now)
    return replace(after, missed_at=missed_at, read_at=now, asked_at=now)


def _outcome(before: Progress, sight: Sight, said: Word | None) -> Outcome:
    if before.outcome is Outcome.MERGED:
        return Outcome.MERGED
    seen = _of_pulls(before, sight) or _of_issue(before, sight)
    word = _counted(before, said)
    if word is None:
        return seen
    if seen is Outcome.CLOSED:
        # Who said that it is done is believed, unless it is seen that others did it.
        is_believed = word[0] is Outcome.DONE and not sight.is_done_by_others
        return Outcome.DONE if is_believed else seen
    return _told(before, seen, word)


def _of_pulls(before: Progress, sight: Sight) -> Outcome | None:
    """What the student's own pull requests tell; an open one counts also when the issue closed."""
    best = sight.best
    if best is None:
        is_out_of_sight = before.outcome in _OF_A_PULL and sight.is_open
        return before.outcome if is_out_of_sight else None
    if best.state == "MERGED":
        return Outcome.MERGED
    if best.state != "OPEN":
        return Outcome.NOT_MERGED
    return Outcome.REVIEWED if sight.is_reviewed(best) else Outcome.PULL_REQUEST


def _of_issue(before: Progress, sight: Sight) -> Outcome:
    if not sight.is_open:
        return Outcome.CLOSED
    if sight.is_taken:
        return Outcome.TAKEN
    if sight.is_assigned:
        return Outcome.ASSIGNED
    if _is_free_again(before, sight):
        return Outcome.FREE_AGAIN
    return Outcome.COMMENTED if before.commented_at or sight.first_comment else Outcome.OPEN


def _is_free_again(before: Progress, sight: Sight) -> bool:
    """Of what nobody is on: was somebody, the student too, who has not spoken since?"""
    if before.outcome not in {Outcome.TAKEN, Outcome.ASSIGNED, Outcome.FREE_AGAIN}:
        return False
    since, spoke_at = before.changed_at, sight.last_comment_at
    return since is None or spoke_at is None or spoke_at <= since


def _with_talk(before: Progress, sight: Sight) -> Progress:
    commented_at, url = before.commented_at, before.comment_url
    if commented_at is None and sight.first_comment is not None:
        commented_at, url = sight.first_comment
    answered_at = before.answered_at
    if answered_at is None and commented_at is not None:
        answered_at = sight.answered_at(commented_at)
    return replace(before, commented_at=commented_at, comment_url=url, answered_at=answered_at)


def _with_pull(before: Progress, sight: Sight, outcome: Outcome, now: datetime) -> Progress:
    """With the moments of the pull request that came furthest; what was merged stays."""
    best = sight.best
    if best is None or before.outcome is Outcome.MERGED:
        return before
    reviewed_at = before.reviewed_at if before.pull_url == best.url else None
    refused_at = before.refused_at
    if outcome is Outcome.NOT_MERGED:
        refused_at = best.closed_at or refused_at or now
    merged_at = best.merged_at or best.closed_at or now
    return replace(
        before,
        pull_url=best.url,
        pulled_at=best.opened_at,
        reviewed_at=reviewed_at or sight.reviewed_at(best),
        merged_at=merged_at if best.state == "MERGED" else None,
        refused_at=refused_at,
    )


def _told(before: Progress, seen: Outcome, word: Word) -> Outcome:
    """What is seen of an open issue, or what the student said where that tells more."""
    said, at = word
    is_old = before.changed_at is not None and at < before.changed_at
    if seen is Outcome.FREE_AGAIN and is_old:
        # It was said before somebody else was on it.
        return seen
    return said if seen in _TELLS_LESS[said] else seen


def _counted(before: Progress, said: Word | None) -> Word | None:
    """What was said since the offer, now or in an earlier run; DONE is more than TOOK."""
    words = [said] if said is not None and said[1] >= before.offered_at else []
    if before.outcome in _TELLS_LESS:
        words.append((before.outcome, before.changed_at or before.offered_at))
    return max(words, key=lambda word: (word[0] is Outcome.DONE, word[1]), default=None)


def _changed(before: Progress, outcome: Outcome, now: datetime) -> Progress:
    changed_at = before.changed_at if outcome is before.outcome else now
    return replace(before, outcome=outcome, changed_at=changed_at)
