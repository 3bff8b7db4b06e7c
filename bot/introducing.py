"""Introducing: the people and places around a week's picks, gathered before a digest is composed.

Comes in: selections, the office, what was learned. Goes out: `Introductions`. All of it is a gain
and nothing a condition: what cannot be had is left out, and noted without names.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.clubmates import build_circle, clubmates_of, told_lately
from bot.community.facts import Community
from bot.community.meet import Met, meet
from bot.community.questions import Found, Reader, find_questions
from bot.community.source import Discussion
from bot.digest import Digest, Sent
from bot.errors import WorkEnded
from bot.harvest.issue import Repository
from bot.office import Office
from bot.outcomes.due import N_WEEKS
from bot.outcomes.progress import Progress
from bot.schedule import Run, has_left
from bot.selection import Selection

#: Points that a week's runs may spend on communities, a student: in the first week, in which
#: nobody is known, and in each later one (issue "The people behind the issues"); and what a small
#: club gets.
FIRST_A_STUDENT, LATER_A_STUDENT, POINTS_AT_LEAST = 0.5, 0.05, 10
#: Of a run's whole budget, no more than this share goes to them: issues come first.
BUDGET_SHARE = 1 / 7
#: Of that, questions may have this share.
QUESTIONS_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Introductions:
    """Communities by repository id, questions by login; what they cost; what is missing."""

    communities: Mapping[str, Community] = field(default_factory=dict)
    questions: Mapping[str, tuple[Discussion, ...]] = field(default_factory=dict)
    points: int = 0
    notes: tuple[str, ...] = ()


def introduction_budget(points_budget: int, n_students: int, *, is_first: bool) -> int:
    """What a week's runs may spend at most, each within its budget, on introductions."""
    each = FIRST_A_STUDENT if is_first else LATER_A_STUDENT
    wanted = max(POINTS_AT_LEAST, round(each * n_students))
    return min(wanted, int(points_budget * BUDGET_SHARE))


def points_left(run: Run, office: Office) -> int:
    """What is left of the week's points for introductions; nothing where nobody can be asked."""
    if office.community is None:
        return 0
    week, store = str(run.week), office.communities
    is_first = store.points_before(week) == 0
    most = introduction_budget(run.club.points_budget, len(office.students), is_first=is_first)
    return max(0, most - store.points(week))


def introduce(
    run: Run, selections: Sequence[Selection], office: Office, *, has_ended: bool = False
) -> Introductions:
    """Who and what is behind these picks; only what is known already where GitHub has ended."""
    store, source = office.communities, office.community
    projects = _wanted(selections)
    known = store.communities(projects)
    if source is None or has_ended:
        return Introductions({one: known[one] for one in projects if one in known})
    left, before = points_left(run, office), source.spent().points
    met = meet(projects, known, source, run.now, left - int(left * QUESTIONS_SHARE))
    store.keep_communities(met.news)
    for_people = _record(run, office, before)
    found = _questions(run, selections, office, met, left - for_people)
    for_questions = _record(run, office, before + for_people)
    notes = (*_notes(met), *_notes_of_questions(found))
    return Introductions(met.communities, found.questions, for_people + for_questions, notes)


def _record(run: Run, office: Office, before: int) -> int:
    """Write down what was spent since, at once: a run that is killed has paid all the same."""
    points = office.community.spent().points - before if office.community else 0
    if points:
        office.communities.record_points(str(run.week), points)
    return points


def pair_up(
    run: Run, digests: Iterable[Digest], office: Office, progress: Iterable[Progress]
) -> tuple[Digest, ...]:
    """The digests, each with the clubmates who work on something near."""
    sent = office.journal.sent_since(str(run.week.before(N_WEEKS)))
    stayed = [one for one in office.students.values() if not has_left(one, office.register)]
    circle = build_circle(stayed, progress, sent)
    told = told_lately(sent, run.now)
    return tuple(
        replace(
            one,
            peers=clubmates_of(
                office.students[one.student.casefold()],
                one.picks,
                circle,
                told.get(one.student.casefold(), ()),
            ),
        )
        for one in digests
    )


def _wanted(selections: Sequence[Selection]) -> dict[str, Repository]:
    """The projects of picks, those of most students first, and then those of spares."""
    picks = [one.issue.repository for each in selections for one in each.allotment.picks]
    spares = [one.issue.repository for each in selections for one in each.allotment.spares]
    n_of = Counter(one.id for one in picks)
    picks.sort(key=lambda one: (-n_of[one.id], one.id))
    return {one.id: one for one in (*picks, *spares)}


def _questions(
    run: Run, selections: Sequence[Selection], office: Office, met: Met, points: int
) -> Found:
    source = office.community
    if source is None or isinstance(met.error, WorkEnded):
        return Found({})
    sent = office.journal.sent_since(str(run.week.before(N_WEEKS)))
    readers = [_reader(one, met.communities, sent) for one in selections]
    return find_questions(readers, source, office.communities, run.now, points)


def _reader(
    selection: Selection, communities: Mapping[str, Community], sent: Sequence[Sent]
) -> Reader:
    """The student, with the projects of their picks and spares, and then of what else is theirs."""
    login = selection.student.login
    allotment = selection.allotment
    ranked = (*allotment.picks, *allotment.spares)
    homes = [*(one.issue.repository for one in ranked)]
    homes += [issue.repository for issue in selection.screened.kept]
    names = (one.name for one in homes if _has_discussions(one, communities))
    seen = {
        question.url
        for one in sent
        if one.digest.student.casefold() == login.casefold()
        for question in one.digest.questions
    }
    return Reader(login, tuple(dict.fromkeys(names)), frozenset(seen))


def _has_discussions(repository: Repository, communities: Mapping[str, Community]) -> bool:
    known = communities.get(repository.id)
    if known is not None:
        return known.has_discussions
    return bool(repository.facts and repository.facts.has_discussions)


def _notes(met: Met) -> tuple[str, ...]:
    if not met.n_unknown:
        return ()
    why = met.error.message if met.error else "The points for it are spent."
    projects = "one project" if met.n_unknown == 1 else f"{met.n_unknown} projects"
    return (f"Who works in {projects} of this week's picks was not looked up. {why}",)


def _notes_of_questions(found: Found) -> tuple[str, ...]:
    if found.error is None:
        return ()
    return (f"Not all questions that wait for an answer were found. {found.error.message}",)
