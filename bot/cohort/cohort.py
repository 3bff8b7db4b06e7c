"""The cohort: how a club's, or one mentor's, students fare.

Comes in: `Records` of students, progress, digests, answers. Goes out: a `Cohort`, which `rendering`
prints. Figures count picks of the last twelve weeks.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cohort.funnel import Funnel, count_funnel
from bot.cohort.reception import Reception, make_receptions
from bot.cohort.standing import Enrolled, Seen, Standing, make_standing
from bot.digest import Sent
from bot.feedback.answer import Answer
from bot.feedback.weights import tally_of
from bot.outcomes.due import N_WEEKS
from bot.outcomes.progress import Progress
from bot.terms import Week

#: The version of what `render_cohort_json` writes.
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class WeekCount:
    """One week's picks, by what became of them until now."""

    week: str
    #: How many students got a digest.
    n_students: int
    funnel: Funnel


@dataclass(frozen=True, slots=True)
class Cohort:
    """A club's, or one mentor's, students; all tuples may be empty."""

    schema: int
    club: str
    timezone: str
    #: Whose students they are; None for the whole club.
    mentor: str | None
    made_at: datetime
    funnel: Funnel
    #: Oldest first, the weeks without a digest too.
    weeks: tuple[WeekCount, ...]
    #: Those who need a nudge first, then by login.
    students: tuple[Standing, ...]
    #: The most merged first; only those in which a student stepped forward.
    projects: tuple[Reception, ...]
    #: How many answers there were, by their word (more, less, took ...); a thumb is one.
    answers: dict[str, int]


@dataclass(frozen=True, slots=True)
class Records:
    """All that a cohort is counted from; what is older than its weeks is passed over."""

    club: str
    timezone: str
    now: datetime
    #: Those that are asked for; with a mentor only that mentor's count.
    students: tuple[Enrolled, ...]
    progress: tuple[Progress, ...] = ()
    sent: tuple[Sent, ...] = ()
    answers: tuple[Answer, ...] = ()
    mentor: str | None = None
    #: Only some of the club's students are asked for; else those that left are counted too, under
    #: no name.
    is_part: bool = False

    @property
    def weeks(self) -> tuple[str, ...]:
        """The weeks that count, oldest first, the one of `now` last."""
        this = Week.of(self.now, ZoneInfo(self.timezone))
        return tuple(str(this.before(n)) for n in reversed(range(N_WEEKS)))


def make_cohort(records: Records) -> Cohort:
    """The cohort as of `records.now`; the whole club's counts those that left as well."""
    records = _narrowed(records)
    seen = _seen(records)
    standings = [
        make_standing(one, seen.get(one.login.casefold(), Seen()), records.now)
        for one in records.students
    ]
    standings.sort(key=lambda one: (not one.nudges, one.login.casefold(), one.login))
    return Cohort(
        schema=SCHEMA,
        club=records.club,
        timezone=records.timezone,
        mentor=records.mentor,
        made_at=records.now,
        funnel=count_funnel(records.progress),
        weeks=tuple(_count_week(records, week) for week in records.weeks),
        students=tuple(standings),
        projects=make_receptions(records.progress),
        answers=_count(records.answers),
    )


def _narrowed(records: Records) -> Records:
    """Only the weeks that count, and only the students that are asked for."""
    weeks, mentor = frozenset(records.weeks), (records.mentor or "").casefold()
    students = tuple(
        one
        for one in records.students
        if not mentor or mentor in {login.casefold() for login in one.mentors}
    )
    logins = {one.login.casefold() for one in students}
    is_part = records.is_part or records.mentor is not None

    def counts(login: str) -> bool:
        return not is_part or login.casefold() in logins

    zone, first = ZoneInfo(records.timezone), records.weeks[0]
    return replace(
        records,
        students=students,
        progress=tuple(one for one in records.progress if one.week in weeks and counts(one.login)),
        sent=tuple(
            one for one in records.sent if one.digest.week in weeks and counts(one.digest.student)
        ),
        answers=tuple(
            one
            for one in records.answers
            if str(Week.of(one.at, zone)) >= first and counts(one.login)
        ),
    )


def _seen(records: Records) -> dict[str, Seen]:
    """What was seen of each student, by folded login."""
    picks: dict[str, list[Progress]] = {}
    for pick in records.progress:
        picks.setdefault(pick.login.casefold(), []).append(pick)
    digests: dict[str, list[datetime]] = {}
    for sent in records.sent:
        digests.setdefault(sent.digest.student.casefold(), []).append(sent.delivered_at)
    said: dict[str, datetime] = {}
    for answer in records.answers:
        login = answer.login.casefold()
        said[login] = max(said.get(login, answer.at), answer.at)
    return {
        login: Seen(tuple(picks.get(login, ())), tuple(digests.get(login, ())), said.get(login))
        for login in {*picks, *digests, *said}
    }


def _count_week(records: Records, week: str) -> WeekCount:
    logins = {one.digest.student.casefold() for one in records.sent if one.digest.week == week}
    picks = (one for one in records.progress if one.week == week)
    return WeekCount(week, len(logins), count_funnel(picks))


def _count(answers: Iterable[Answer]) -> dict[str, int]:
    """By kind, the most frequent first."""
    return dict(sorted(tally_of(answers).items(), key=lambda item: (-item[1], item[0])))
