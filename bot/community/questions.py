"""Questions that a student could answer: unanswered discussions in projects that match.

Comes in: for each student, the projects that match, best first. Goes out: one or two questions a
student, none that was in an earlier digest.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.community.source import N_SEARCHED, CommunitySource, Discussion
from bot.community.store import QUESTIONS_HOLD, CommunityStore, Waiting
from bot.errors import GitHubError, LimitReached, WorkEnded
from bot.harvest.source import batched_ids

#: A digest has so many: an invitation, not a duty.
N_QUESTIONS = 2
#: So many projects of each student are looked at, and of all students together: 3 points a week.
N_PROJECTS_EACH, N_PROJECTS = 4, 60
#: Who asked longer ago has found an answer elsewhere, or given up: our judgement.
ASKED_WITHIN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Reader:
    """A student, the projects with discussions that match them, best first, and what they saw."""

    login: str
    projects: tuple[str, ...]
    #: Addresses of questions in earlier digests.
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """Questions by login."""

    questions: Mapping[str, tuple[Discussion, ...]]
    error: GitHubError | None = None


def find_questions(
    readers: Sequence[Reader],
    source: CommunitySource,
    store: CommunityStore,
    now: datetime,
    points: int,
) -> Found:
    """Questions for each reader, from their best projects, at most one of a project."""
    projects = choose_projects(readers)
    known = store.questions(projects, now - QUESTIONS_HOLD)
    asked: dict[str, Waiting] = {}
    spent_before = source.spent().points
    error: GitHubError | None = None
    for some in batched_ids([name for name in projects if name not in known], N_SEARCHED):
        if source.spent().points - spent_before >= points:
            error = error or LimitReached("The points for it are spent.", "Run it next week.")
            break
        try:
            asked.update(source.search_questions(some, now - ASKED_WITHIN))
        except GitHubError as failure:
            error = failure
            if isinstance(failure, WorkEnded):
                break
    if asked:
        store.keep_questions(asked, now)
    return Found({one.login: _chosen(one, {**known, **asked}) for one in readers}, error)


def choose_projects(readers: Sequence[Reader]) -> tuple[str, ...]:
    """The projects to look at: each reader's best before anybody's second, the wanted first."""
    n_wanted = Counter(name for one in readers for name in one.projects[:N_PROJECTS_EACH])
    chosen: dict[str, None] = {}
    for place in range(N_PROJECTS_EACH):
        names = {one.projects[place] for one in readers if len(one.projects) > place}
        chosen |= dict.fromkeys(sorted(names, key=lambda name: (-n_wanted[name], name)))
    return tuple(chosen)[:N_PROJECTS]


def _chosen(reader: Reader, asked: Mapping[str, Collection[Discussion]]) -> tuple[Discussion, ...]:
    """The newest question of each of the reader's projects that they neither asked nor saw."""
    found: list[Discussion] = []
    for name in reader.projects[:N_PROJECTS_EACH]:
        new = [
            one
            for one in asked.get(name, ())
            if one.url not in reader.seen
            and (one.author or "").casefold() != reader.login.casefold()
        ]
        found += sorted(new, key=lambda one: (one.updated_at, one.url), reverse=True)[:1]
    return tuple(found[:N_QUESTIONS])
