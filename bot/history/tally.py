"""The tally: what the journal holds of a week, added up.

Comes in: the week's digests, what became of picks. Goes out: `WeekFigures`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from bot.cohort.funnel import is_merged, is_pulled, is_spoken
from bot.digest import Digest
from bot.history.figures import (
    STEP,
    Channels,
    Results,
    Search,
    Sending,
    Told,
    WeekFigures,
    figure_of,
)
from bot.outcomes.progress import Progress
from bot.screening.reasons import DropCode
from bot.terms import ChannelName, Week

#: The weeks of which outcomes are told, as of all reports.
N_WEEKS = 12
#: Reasons that are somebody's own, or come of whom they know: of these no figure is told.
PERSONAL = frozenset({DropCode.AVOIDED, DropCode.SEEN, DropCode.CLUBMATE, DropCode.OWN})


@dataclass(frozen=True, slots=True)
class Made:
    """A digest of the week, how it travels, and whether it is out."""

    digest: Digest
    channel: ChannelName
    is_out: bool


@dataclass(frozen=True, slots=True)
class Records:
    """What the journal and the books hold of a week."""

    week: Week
    version: str
    made: Sequence[Made]
    progress: Sequence[Progress]
    #: How many issues the state knows; None where it was emptied, or for a week gone by.
    n_known: int | None = None


def tally(records: Records) -> WeekFigures:
    """The week's figures."""
    out = [one for one in records.made if one.is_out]
    digests = [one.digest for one in out]
    first = str(records.week.before(N_WEEKS - 1))
    recent = [one for one in records.progress if first <= one.week <= str(records.week)]
    quiet = sum(not one.offered for one in digests)
    return WeekFigures(
        week=str(records.week),
        foothold=records.version,
        students=_students(len(out)),
        digests=Sending(
            sent=_students(len(out) - quiet),
            quiet=_students(quiet),
            waiting=_students(len(records.made) - len(out)),
        ),
        channels=Channels(
            **{
                name.value: _students(sum(one.channel is name for one in out))
                for name in ChannelName
            }
        ),
        picks=_picks(digests, has_people=False),
        picks_with_people=_picks(digests, has_people=True),
        twelve_weeks=_results(recent),
        welcomed_by=_welcomed_by(recent),
        searched=_searched(digests),
        points=max((one.digest.points for one in records.made), default=None),
        issues_known=records.n_known,
    )


def _students(n: int) -> Told:
    return figure_of(n, n)


def _picks(digests: Iterable[Digest], *, has_people: bool) -> Told:
    counts = [
        sum(bool(pick.people) or not has_people for pick in digest.offered) for digest in digests
    ]
    return figure_of(sum(counts), sum(map(bool, counts)))


def _results(progress: Sequence[Progress]) -> Results:
    def told(reached: Callable[[Progress], bool]) -> Told:
        found = [one for one in progress if reached(one)]
        return figure_of(len(found), len({one.login.casefold() for one in found}))

    return Results(
        offered=told(lambda one: True),  # noqa: ARG005
        commented=told(is_spoken),
        pull_requests=told(is_pulled),
        merged=told(is_merged),
    )


def _welcomed_by(progress: Iterable[Progress]) -> tuple[str, ...]:
    """Where one or two were merged, a name would lead to them."""
    people: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for one in filter(is_merged, progress):
        folded = one.ref.folded.repository
        people[folded].add(one.login.casefold())
        names[folded] = max(names.get(folded, ""), one.ref.repository)
    return tuple(sorted(names[one] for one, who in people.items() if len(who) >= STEP))


def _searched(digests: Sequence[Digest]) -> Search | None:
    if len(digests) < STEP:
        return None
    dropped: Counter[str] = Counter()
    for one in digests:
        dropped.update({code: n for code, n in one.dropped.items() if code not in PERSONAL})
    shares = {code: round(n / len(digests)) for code, n in dropped.items()}
    return Search(issues=round(fmean(one.considered for one in digests)), dropped=shares)
