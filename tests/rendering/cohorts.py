"""Cohorts and portfolios to render: a club of thirty over twelve weeks, an empty one, long names.

The club is played with fixed dice, so that its pages are the same each time: students of four
sorts, who step forward more or less often, and projects that answer sooner or later.
"""

import random
from typing import Any

from bot.cohort.cohort import Cohort, make_cohort
from bot.cohort.portfolio import Deeds, Portfolio, Work, WorkKind, make_portfolio
from bot.cohort.standing import Enrolled
from bot.feedback.answer import Answer, AnswerKind
from bot.outcomes.progress import Outcome, Progress
from bot.sayings import Saying, as_written
from bot.terms import Level, Week
from tests.builders import WEEK
from tests.builders_cohort import (
    NOW,
    build_enrolled,
    build_progress,
    build_records,
    build_sent,
    days_ago,
)
from tests.builders_core import build_student

NAMES = (
    *("Ada", "Bo", "Carmen", "Dariela", "Emeka", "Farid", "Gabriela", "Hana", "Inés", "Jun"),
    *("Kofi", "Lucía", "Mateo", "Noor", "Omar", "Paloma", "Quique", "Rosa", "Sofía", "Tomás"),
    *("Uxía", "Valentina", "Wanda", "Ximena", "Yara", "Zoe", "Amaury", "Beatriz", "Ciro", "Delia"),
)
PROJECTS = (
    *("lumen-lab/starcharts", "tidepool/harbor", "orrery-guild/perihelion", "mangrove/canopy"),
    *("coqui/chorus", "salt-flats/evaporate", "paper-lantern/fold", "isla-data/tides"),
    *("northwind/almanac", "quiet-hours/metronome", "open-loom/weft", "cartographers/relief"),
)
TITLES = (
    *("Explain the magnitude scale in the tutorial", "Name the quays", "Round the azimuth"),
    *("Right-align numbers in tables", "Translate the first chapter into Spanish"),
    *("The clock is an hour off in summer", "Test what happens with an empty file"),
    *("Say which line of the configuration is wrong", "A dark theme for the map"),
    *("Link each station to its source", "Keep the zoom when a layer is switched off"),
)
#: How far a pick comes, with how often of a thousand: for who does little, and for who does much.
_WAYS = (
    (Outcome.OPEN, 770, 620),
    (Outcome.TAKEN, 190, 190),
    (Outcome.COMMENTED, 18, 40),
    (Outcome.ASSIGNED, 5, 15),
    (Outcome.PULL_REQUEST, 3, 15),
    (Outcome.REVIEWED, 3, 20),
    (Outcome.NOT_MERGED, 3, 15),
    (Outcome.MERGED, 8, 85),
)
#: What does not stay so for long: of older picks it came to an end.
_PASSING = {
    Outcome.COMMENTED: Outcome.TAKEN,
    Outcome.ASSIGNED: Outcome.MERGED,
    Outcome.PULL_REQUEST: Outcome.MERGED,
    Outcome.REVIEWED: Outcome.MERGED,
}
_PASSED_WEEKS = 4
_N_PICKS = 3
_LONG_WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"


def build_club() -> Cohort:
    """Thirty students, twelve weeks: some new, some paused, some silent, some at home."""
    dice = random.Random(7)
    students = tuple(_student(name, place) for place, name in enumerate(NAMES))
    picks, sent = [], []
    for place, student in enumerate(students):
        n_weeks = 3 if place % 9 == 4 else 12
        for ago in range(n_weeks):
            sent.append(build_sent(_week(ago), student.login, 7 * ago + 2))
            for number in range(_N_PICKS):
                picks.append(_pick(dice, student.login, ago, place * 100 + ago * 5 + number))
    kinds = (*[AnswerKind.MORE] * 3, AnswerKind.LESS, AnswerKind.TOOK, AnswerKind.LIKED)
    answers = tuple(
        Answer(dice.choice(students[:20]).login, dice.choice(kinds), days_ago(n + 1), f"{n}")
        for n in range(60)
    )
    records = build_records(
        students=students, progress=tuple(picks), sent=tuple(sent), answers=answers
    )
    return make_cohort(records)


def build_empty() -> Cohort:
    """A club that has just begun."""
    return make_cohort(build_records(students=()))


def build_portfolio() -> Portfolio:
    """What Ada can show: merged work, reviews, an answer."""
    home = "https://github.com/lumen-lab/starcharts"
    works = (
        Work(
            WorkKind.REVIEW, "tidepool/harbor", "Moor at the right quay", _pull(1, 31), days_ago(9)
        ),
        Work(WorkKind.REVIEW, "mangrove/canopy", "Leaves in autumn", _pull(3, 8), days_ago(30)),
        Work(
            WorkKind.ANSWER,
            "lumen-lab/starcharts",
            "How is a chart flipped?",
            f"{home}/discussions/40",
            days_ago(16),
        ),
        Work(
            WorkKind.MERGED, "coqui/chorus", "Fix a typo in the guide", _pull(4, 70), days_ago(70)
        ),
    )
    picks = (
        build_progress(
            Outcome.MERGED,
            title=TITLES[0],
            pull_url=f"{home}/pull/412",
            pulled_at=days_ago(20),
            merged_at=days_ago(12),
        ),
        build_progress(
            Outcome.MERGED,
            7,
            repository="tidepool/harbor",
            title=TITLES[1],
            pull_url=_pull(1, 58),
            merged_at=days_ago(41),
        ),
        build_progress(
            Outcome.REVIEWED,
            9,
            repository="isla-data/tides",
            title=TITLES[9],
            pull_url="https://github.com/isla-data/tides/pull/61",
            pulled_at=days_ago(4),
            reviewed_at=days_ago(2),
        ),
    )
    student = build_student(name="Ada")
    zone = "America/Puerto_Rico"
    club = "Campus Open Source Club"
    return make_portfolio(Deeds(student, club, zone, NOW, days_ago(76), picks, works))


def build_bare_portfolio() -> Portfolio:
    """Nothing to show yet, and GitHub was not asked."""
    student = build_student(name="Ada")
    return make_portfolio(Deeds(student, "Campus Open Source Club", "UTC", NOW, None))


def build_long() -> Cohort:
    """Words, names and addresses without a place to break."""
    login = "n" * 39
    repository = f"{'an-organisation-of-thirty-nine-letters-x'[:39]}/{'r' * 90}"
    moments = {"commented_at": days_ago(30), "pull_url": f"https://github.com/{repository}/pull/1"}
    picks = (
        build_progress(
            Outcome.REVIEWED,
            login=login,
            repository=repository,
            title=_LONG_WORD,
            pulled_at=days_ago(28),
            reviewed_at=days_ago(20),
            **moments,
        ),
        build_progress(
            Outcome.MERGED, 2, login, repository=repository, title=_LONG_WORD, **moments
        ),
    )
    name = "Wolfeschlegelsteinhausenbergerdorff-Wittgenstein the Third"
    student = build_enrolled(
        login, name=name, mentors=("m" * 39, "o" * 39), halted=as_written(_LONG_WORD)
    )
    club = "The Very Long Named Society for Open Source at the Polytechnic of the Outer Islands"
    sent = (build_sent(login=login),)
    return make_cohort(
        build_records(club=club, students=(student,), progress=picks, sent=sent, mentor="m" * 39)
    )


def _pull(project: int, number: int) -> str:
    return f"https://github.com/{PROJECTS[project]}/pull/{number}"


def _week(ago: int) -> str:
    return str(Week.parse(WEEK).before(ago))


def _student(name: str, place: int) -> Enrolled:
    login = f"{name.lower().translate(str.maketrans('éíáñ', 'eian'))}-example"
    levels = (Level.FIRST_TIMER, Level.BEGINNER, Level.BEGINNER, Level.INTERMEDIATE)
    return build_enrolled(
        login,
        name=name,
        level=levels[place % 4],
        mentors=("grace-example",) if place % 2 else ("hal-example",),
        halted=Saying("halt_paused", {"day": "2026-12-07"}) if place == 14 else None,
    )


def _pick(dice: random.Random, login: str, ago: int, number: int) -> Progress:
    """A pick of a week so long ago: one student in three is busy, one in six fell silent."""
    sort = number // 100 % 6
    weights = [way[2 if sort in (0, 3) else 1] for way in _WAYS]
    [outcome] = dice.choices([way[0] for way in _WAYS], weights)
    if sort == 4 and ago < 5:
        outcome = Outcome.OPEN
    if ago >= _PASSED_WEEKS:
        outcome = _PASSING.get(outcome, outcome)
    project = min(int(dice.expovariate(0.28)), len(PROJECTS) - 1)
    offered = 7 * ago + 2
    return build_progress(
        outcome,
        number,
        login,
        week=_week(ago),
        repository=PROJECTS[project],
        title=dice.choice(TITLES),
        offered_at=days_ago(offered),
        **_moments(dice, outcome, offered, project),
    )


def _moments(dice: random.Random, outcome: Outcome, offered: float, project: int) -> dict[str, Any]:
    """When what happened, some days after the offer; the first projects answer the soonest."""
    order = [way[0] for way in _WAYS]
    if order.index(outcome) < order.index(Outcome.COMMENTED):
        return {}
    at = [max(offered - days, 0.1) for days in sorted(dice.uniform(0.3, 24) for _ in range(4))]
    moments: dict[str, Any] = {"commented_at": days_ago(at[0]), "comment_url": None}
    if dice.random() < 0.8:
        hours = dice.uniform(2, 30) * (1 + project / 3)
        moments["answered_at"] = days_ago(at[0] - hours / 24)
    if outcome is Outcome.ASSIGNED:
        moments["assigned_at"] = days_ago(at[1])
    if order.index(outcome) >= order.index(Outcome.PULL_REQUEST):
        moments |= {"pulled_at": days_ago(at[1]), "pull_url": _pull(project, 100 + int(at[1] * 9))}
    if outcome in (Outcome.REVIEWED, Outcome.MERGED, Outcome.NOT_MERGED):
        moments["reviewed_at"] = days_ago(at[2])
    if outcome is Outcome.MERGED:
        moments["merged_at"] = days_ago(at[3])
    if outcome is Outcome.NOT_MERGED:
        moments["refused_at"] = days_ago(at[3])
    return moments
