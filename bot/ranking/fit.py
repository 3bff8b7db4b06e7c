"""How well issues fit a student: features of the match, a column over the whole catalogue each.

Comes in: a student and a catalogue. Goes out: contributions in log-odds, n floats; and for one
issue the clause that tells its contribution, or None where there is nothing to say (0 is added).
"""

from collections.abc import Mapping

import numpy as np

from bot.corpus.catalogue import Catalogue, Floats, language_shares
from bot.corpus.interest import PLACES, Matches
from bot.harvest.issue import Issue
from bot.ranking import weights as w
from bot.ranking.task import Estimate
from bot.sayings import Saying, Value
from bot.subscriptions.student import Skill, Subscription
from bot.terms import Effort, Kind, Level

#: Hours that tasks take, to compare with a student's (our judgement).
HOURS = {Effort.EVENING: 3.0, Effort.WEEKEND: 8.0, Effort.LONGER: 20.0}


def language_column(student: Subscription, catalogue: Catalogue) -> Floats:
    """Is the project's main language, or another that it holds, one of the student's?"""
    best = np.zeros(len(catalogue.repositories))
    for name, skill in student.languages.items():
        projects, shares = catalogue.speakers(name)
        best[projects] = np.maximum(best[projects], _language_share(shares, skill))
    return best[catalogue.project_of]


def _language_share(shares: Floats, skill: Skill) -> Floats:
    main = w.LANGUAGE_FLUENT if skill is Skill.FLUENT else w.LANGUAGE_LEARNING
    held = w.LANGUAGE_HELD * main / w.LANGUAGE_FLUENT
    return np.where(shares >= 1.0, main, held * shares)


def tell_language(student: Subscription, issue: Issue) -> Saying | None:
    """In which of the student's languages it is written."""
    held = [(name, share) for name, share in language_shares(issue.repository)]
    known = [
        (float(_language_share(np.array(share), student.languages[name])), name, share)
        for name, share in held
        if name in student.languages
    ]
    if not known:
        return None
    _, name, share = max(known, key=lambda one: (one[0], one[1]))
    if share < 1.0:
        return Saying("language_part", {"language": name})
    if student.languages[name] is Skill.FLUENT:
        return Saying("language_known", {"language": name})
    return Saying("language_learning", {"language": name})


def interest_column(matches: tuple[Matches, ...], n_rows: int) -> Floats:
    """How strongly the issues speak of what the student cares for.

    The strongest interest counts whole, each further one half as much as the one before, so that no
    text can be stuffed with the words of all.
    """
    column = np.zeros(n_rows)
    if len(matches) == 1:
        column[matches[0].rows] = w.INTEREST_MOST * matches[0].strengths
        return column
    is_found = np.zeros(n_rows, bool)
    for one in matches:
        is_found[one.rows] = True
    rows = np.flatnonzero(is_found)
    strengths = np.zeros((len(matches), len(rows)))
    for line, one in zip(strengths, matches, strict=True):
        line[np.searchsorted(rows, one.rows)] = one.strengths
    strengths = -np.sort(-strengths, axis=0)
    fading = w.INTEREST_FADES ** np.arange(len(matches))
    column[rows] = w.INTEREST_MOST * (1 - np.prod(1 - strengths * fading[:, None], axis=0))
    return column


def tell_interest(matches: tuple[Matches, ...], row: int) -> Saying | None:
    """The two interests that the issue speaks of most, and where."""
    found = []
    for one in matches:
        index = int(np.searchsorted(one.rows, row))
        if index < len(one.rows) and one.rows[index] == row:
            found.append((-float(one.strengths[index]), one.wish.interest, _told(one, index)))
    strongest = sorted(found, key=lambda one: one[:2])[:2]
    told = tuple(clause for *_, clause in strongest)
    return Saying("clauses", {"clauses": told}) if len(told) > 1 else next(iter(told), None)


def _told(matches: Matches, index: int) -> Saying:
    interest = matches.wish.interest
    phrase, places = matches.told(index)
    where = tuple(sorted(places, key=PLACES.index)[:2])
    if phrase is None or phrase.name == interest.casefold():
        return Saying("interest", {"interest": interest, "where": where})
    named: dict[str, Value] = {"name": phrase.name, "interest": interest, "where": where}
    return Saying("interest_near", named) if phrase.step else Saying("interest_alias", named)


def kind_shares(student: Subscription) -> Mapping[Kind, float]:
    """What each kind of work adds: is it the sort that the student likes?"""
    return {kind: w.KIND_WANTED if kind in student.kinds else w.KIND_UNWANTED for kind in Kind}


def tell_kind(student: Subscription, kind: Kind) -> Saying:
    """Whether the student asked for this kind of work."""
    if kind in student.kinds:
        return Saying("kind_wanted", {"kind": kind})
    return Saying("kind_unwanted", {"kind": kind})


def size_shares(student: Subscription) -> Mapping[Effort, float]:
    """What each size adds: does it fit the student's hours and level?"""
    return {effort: _size_share(effort, student) for effort in Effort}


def _size_share(effort: Effort, student: Subscription) -> float:
    weeks = HOURS[effort] / student.hours
    share = next((share for most, share in w.SIZE_WEEKS if weeks <= most), w.SIZE_TOO_LARGE)
    if effort is Effort.WEEKEND and student.level is Level.FIRST_TIMER:
        share += w.SIZE_FIRST_WEEKEND
    if effort is Effort.LONGER and student.level is not Level.INTERMEDIATE:
        share += w.SIZE_BEGINNER_LONGER
    return share


def tell_size(estimate: Estimate) -> Saying:
    """How big it looks, and why."""
    if not estimate.signs:
        return Saying("size", {"size": estimate.effort})
    return Saying("size_because", {"size": estimate.effort, "sign": estimate.signs[0]})
