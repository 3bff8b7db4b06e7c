"""Flags: where a mentor should look, and why.

Comes in: a student's week and what is known around it. Goes out: `Flag`s, of a pick or of the
student. They are hints for a person; nothing is held or dropped because of one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from bot.digest import Pick, Sent
from bot.review.sheet import Flag
from bot.terms import Effort, IssueRef, Level

#: So many others make a crowd, our judgement: a project that answers 30 newcomers of one club in a
#: quarter answers one every third day.
N_CROWD = 30
#: With so few hours a week a weekend's work (ten hours, say) fills the four weeks for which an
#: issue is kept for a student; no good plan for the first time. It is the default of `hours`.
FEW_HOURS = 3
#: So long without a sign of life, and so many digests in it, are a silence.
SILENCE = timedelta(weeks=3)
N_UNANSWERED = 2


@dataclass(frozen=True, slots=True)
class Crowds:
    """Who was sent what: folded logins by folded issue, and by folded repository."""

    issues: Mapping[IssueRef, frozenset[str]] = field(default_factory=dict)
    projects: Mapping[str, frozenset[str]] = field(default_factory=dict)


def crowds_of(sent: Iterable[Sent]) -> Crowds:
    """The crowds of all that went out; the caller hands in the last twelve weeks."""
    issues: dict[IssueRef, set[str]] = {}
    projects: dict[str, set[str]] = {}
    for one in sent:
        login = one.digest.student.casefold()
        for pick in one.digest.offered:
            ref = pick.ref.folded
            issues.setdefault(ref, set()).add(login)
            projects.setdefault(ref.repository, set()).add(login)
    return Crowds(
        {ref: frozenset(logins) for ref, logins in issues.items()},
        {name: frozenset(logins) for name, logins in projects.items()},
    )


def flags_of_size(pick: Pick, level: Level, hours: float) -> Iterator[Flag]:
    """Is it much for that student?"""
    if level is Level.INTERMEDIATE:
        return
    if pick.effort is Effort.LONGER:
        yield Flag("large")
    elif pick.effort is Effort.WEEKEND and level is Level.FIRST_TIMER and hours <= FEW_HOURS:
        yield Flag("few_hours", ceil(hours))


def flags_of_crowd(pick: Pick, login: str, crowds: Crowds) -> Iterator[Flag]:
    """Were many others sent there? Of an issue and its project the nearer is told."""
    ref, this = pick.ref.folded, {login.casefold()}
    n_issue = len(crowds.issues.get(ref, frozenset()) - this)
    n_project = len(crowds.projects.get(ref.repository, frozenset()) - this)
    if n_issue >= N_CROWD:
        yield Flag("crowded_issue", n_issue)
    elif n_project >= N_CROWD:
        yield Flag("crowded_project", n_project)


def flags_of_silence(
    sent_at: Iterable[datetime], last_sign_at: datetime | None, now: datetime
) -> Iterator[Flag]:
    """Did digests go out for three weeks, and nothing come back?"""
    unanswered = sorted(at for at in sent_at if last_sign_at is None or at > last_sign_at)
    if len(unanswered) >= N_UNANSWERED and now - unanswered[0] >= SILENCE:
        yield Flag("silent", (now - unanswered[0]) // timedelta(weeks=1))
