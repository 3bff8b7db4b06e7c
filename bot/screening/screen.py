"""Screening: which of a student's candidates are free, real, and news to them.

Comes in: issues, the survey, and what a student must not get. Goes out: `Screened`, the issues kept
and every drop with its code. The rules that hold for all are asked once, not once a student.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.harvest.issue import Issue
from bot.screening.reasons import Drop, DropCode
from bot.screening.rules import RULES, Circumstances, Rule
from bot.subscriptions.student import Exclusions
from bot.terms import IssueRef
from bot.vocabulary import topic_names

NOTHING = Exclusions()


@dataclass(frozen=True, slots=True)
class OffLimits:
    """What one student must not be offered, whatever its worth."""

    login: str
    avoid: Exclusions
    club_avoid: Exclusions
    #: Offered to this student before: folded references, and GitHub's ids.
    seen: frozenset[IssueRef | str] = frozenset()
    #: Offered to a clubmate, who may still be on it; the same.
    with_clubmates: frozenset[IssueRef | str] = frozenset()
    #: What the student asked for less of in an answer.
    less: Exclusions = NOTHING
    #: What a mentor took out of a digest of theirs: folded references.
    steered: frozenset[IssueRef] = frozenset()


@dataclass(frozen=True, slots=True)
class Screened:
    """What is left, in the order it came in, and what fell away."""

    kept: tuple[Issue, ...]
    drops: tuple[Drop, ...]


def judge(issue: Issue, given: Circumstances, rules: Sequence[Rule] = RULES) -> Drop | None:
    """Why nobody should be offered this issue: the first rule that says so, or None."""
    for rule in rules:
        why = rule.ask(issue, given)
        if why is not None:
            return Drop(issue, rule.code, rule.name, why)
    return None


def screen_alone(
    issues: Iterable[Issue], given: Circumstances, rules: Sequence[Rule] = RULES
) -> dict[IssueRef, Drop]:
    """Every issue that nobody should be offered, with the first rule that says so."""
    drops = ((issue.ref, judge(issue, given, rules)) for issue in issues)
    return {ref: drop for ref, drop in drops if drop is not None}


def screen_for(
    issues: Iterable[Issue], dropped: Mapping[IssueRef, Drop], off_limits: OffLimits
) -> Screened:
    """A student's candidates without those `dropped` for all, and without what is off limits."""
    kept: list[Issue] = []
    drops: list[Drop] = []
    for issue in issues:
        drop = dropped.get(issue.ref) or _judge_for(issue, off_limits)
        if drop is None:
            kept.append(issue)
        else:
            drops.append(drop)
    return Screened(tuple(kept), tuple(drops))


def _judge_for(issue: Issue, off_limits: OffLimits) -> Drop | None:
    marks = {issue.ref.folded, issue.id}
    if marks & off_limits.seen:
        return Drop(issue, DropCode.SEEN, "seen", "it was in an earlier digest")
    if marks & off_limits.with_clubmates:
        return Drop(issue, DropCode.CLUBMATE, "clubmate", "a clubmate was offered it")
    own = {(issue.author or "").casefold(), issue.ref.owner.casefold()}
    if off_limits.login.casefold() in own:
        return Drop(issue, DropCode.OWN, "own", "it is the student's own")
    if issue.ref.folded in off_limits.steered:
        return Drop(issue, DropCode.AVOIDED, "mentor", "a mentor took it out")
    for avoid, rule, why in (
        (off_limits.avoid, "avoided", "the student asked to leave it out"),
        (off_limits.less, "less", "the student answered that they want less of it"),
        (off_limits.club_avoid, "avoided", "the club asked to leave it out"),
    ):
        if _is_avoided(issue, avoid):
            return Drop(issue, DropCode.AVOIDED, rule, why)
    return None


def _is_avoided(issue: Issue, avoid: Exclusions) -> bool:
    repositories, owners, topics = _folded(avoid)
    facts = issue.repository.facts
    return (
        issue.ref.repository.casefold() in repositories
        or issue.ref.owner.casefold() in owners
        or not topics.isdisjoint((facts and facts.topics) or ())
    )


@cache
def _folded(avoid: Exclusions) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Repositories, owners and topics to compare with; a topic with all its aliases."""
    return (
        frozenset(name.casefold() for name in avoid.repositories),
        frozenset(name.casefold() for name in avoid.owners),
        frozenset(topic for name in avoid.topics for topic in topic_names(name)),
    )
