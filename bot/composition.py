"""Composing a digest from what the stages before it found.

Comes in: a student, their allotment, what was looked at and dropped. Goes out: a `Digest`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.community.facts import Community
from bot.community.source import Discussion
from bot.digest import (
    Digest,
    DigestReason,
    EarlierPick,
    Person,
    Pick,
    Question,
    Welcome,
)
from bot.events.event import ClubEvent
from bot.harvest.plan import TOPICS_LEFT
from bot.ranking.score import RankedIssue, Reason
from bot.ranking.task import guess_effort, guess_kind
from bot.sayings import Saying
from bot.selection import Selection
from bot.terms import Week

#: The version of a digest's JSON.
SCHEMA = 1
#: The prose shows at most so many reasons, the strongest first.
MAX_SHOWN = 4
MIN_SHOWN = 2
#: An introduction, not a directory.
MAX_PEOPLE = 3
#: Never told: where a score starts, and what the line about the project says anyway.
UNTOLD = frozenset({"base", "stars"})
#: A contribution below this is told only to reach the minimum.
WORTH_TELLING = 0.15


@dataclass(frozen=True, slots=True)
class Edition:
    """What all digests of one run share."""

    week: Week
    taken_at: datetime
    is_complete: bool
    points: int
    #: By login, what was not read yet of the student's searches.
    left: Mapping[str, tuple[Saying, ...]] = field(default_factory=dict)
    #: By login, up to when what was found is known, where that is not the run's own time.
    as_of: Mapping[str, datetime] = field(default_factory=dict)
    #: By login, what became of earlier picks.
    earlier: Mapping[str, tuple[EarlierPick, ...]] = field(default_factory=dict)
    #: By login, what else there is to tell.
    notes: Mapping[str, tuple[Saying, ...]] = field(default_factory=dict)
    #: By login, the club's events that are to be announced.
    events: Mapping[str, tuple[ClubEvent, ...]] = field(default_factory=dict)
    #: What is known of the people of projects, by repository id.
    communities: Mapping[str, Community] = field(default_factory=dict)
    #: By login, what the student could answer.
    questions: Mapping[str, tuple[Discussion, ...]] = field(default_factory=dict)


def compose_digest(selection: Selection, edition: Edition) -> Digest:
    """The student's digest; its picks are not verified yet."""
    known = edition.communities
    picks = [_compose_pick(one, known, spare=False) for one in selection.allotment.picks]
    spares = [_compose_pick(one, known, spare=True) for one in selection.allotment.spares]
    why_quiet = () if picks else _why_quiet(selection)
    login = selection.student.login
    codes = Counter(str(drop.code) for drop in selection.screened.drops)
    return Digest(
        schema=SCHEMA,
        week=str(edition.week),
        student=login,
        taken_at=edition.as_of.get(login, edition.taken_at),
        complete=edition.is_complete,
        considered=selection.n_considered,
        dropped=dict(sorted(codes.items(), key=lambda pair: (-pair[1], pair[0]))),
        points=edition.points,
        picks=(*picks, *spares),
        questions=tuple(
            Question(one.repository, one.title, one.url) for one in edition.questions.get(login, ())
        ),
        events=edition.events.get(login, ()),
        earlier=edition.earlier.get(login, ()),
        notes=(
            *why_quiet,
            *edition.notes.get(login, ()),
            *_what_is_left(edition.left.get(login, ())),
        ),
    )


def shown_reasons(reasons: tuple[Reason, ...]) -> frozenset[str]:
    """The features whose reasons the prose uses: two to four that speak for the pick."""
    speaking = [reason for reason in reasons if reason.feature not in UNTOLD]
    speaking.sort(key=lambda reason: (-reason.contribution, reason.feature))
    worth = [reason for reason in speaking if reason.contribution >= WORTH_TELLING]
    shown = worth[:MAX_SHOWN] if len(worth) >= MIN_SHOWN else speaking[:MIN_SHOWN]
    return frozenset(reason.feature for reason in shown)


def _compose_pick(
    ranked: RankedIssue, communities: Mapping[str, Community], *, spare: bool
) -> Pick:
    issue, repository = ranked.issue, ranked.issue.repository
    facts, shown = repository.facts, shown_reasons(ranked.reasons)
    pick = Pick(
        repository=issue.ref.repository,
        number=issue.ref.number,
        title=issue.title,
        url=issue.ref.url,
        description=facts.description if facts else None,
        language=repository.language,
        stars=facts.stars if facts else 0,
        licence=facts.licence if facts else None,
        labels=issue.labels,
        spare=spare,
        log_odds=ranked.log_odds,
        score=ranked.score,
        reasons=tuple(
            DigestReason(one.feature, one.contribution, one.saying, one.feature in shown)
            for one in ranked.reasons
        ),
        verified_at=None,
        free=None,
        effort=guess_effort(issue),
        kind=guess_kind(issue),
        guide=facts.guide if facts else None,
        node_id=issue.id,
        topics=(facts and facts.topics) or (),
    )
    community = communities.get(repository.id)
    return pick if community is None else _introduced(pick, community)


def _introduced(pick: Pick, community: Community) -> Pick:
    """The pick with the people behind it."""
    n_newcomers = community.n_newcomers
    return replace(
        pick,
        people=tuple(Person(one.login, one.n_answered, n_newcomers) for one in community.answerers)[
            :MAX_PEOPLE
        ],
        welcome=Welcome(community.median_reply_hours, community.newcomers_merged),
        channels=community.places,
        claiming=community.claiming,
        command=community.command,
        ai_policy=community.ai_policy,
        guide=community.guide or pick.guide,
        conduct=community.conduct,
    )


def _what_is_left(left: Sequence[Saying]) -> tuple[Saying, ...]:
    """What the next run looks at, where this one could not; topics, mere aliases, all at once."""
    named = [what for what in left if what != TOPICS_LEFT]
    named += [TOPICS_LEFT] if len(named) < len(left) else []
    return (Saying("left", {"left": tuple(named)}),) if left else ()


def _why_quiet(selection: Selection) -> tuple[Saying, ...]:
    """Why nothing is offered."""
    student, n_left = selection.student, len(selection.screened.kept)
    tastes = (*student.languages, *student.interests)
    if not selection.n_considered:
        return (Saying("quiet_found_nothing", {"tastes": tastes}),)
    if not n_left:
        return (Saying("quiet_all_fell", {"n": selection.n_considered, "tastes": tastes}),)
    return (Saying("quiet_no_match", {"n": n_left, "tastes": tastes}),)
