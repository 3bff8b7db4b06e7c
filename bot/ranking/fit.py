"""How well an issue fits a student: features of the match, each a small pure function.

Comes in: an issue, a student, the time. Goes out: a `Reason`, or None where the feature has nothing
to say; what is unknown says nothing.
"""

from datetime import datetime

from bot.corpus.interest import InterestMatch, Place, match_interests
from bot.harvest.issue import Issue
from bot.ranking import weights as w
from bot.ranking.score import Reason
from bot.ranking.task import guess_effort, guess_kind
from bot.subscriptions.student import Skill, Subscription
from bot.terms import Effort, Kind, Level
from bot.vocabulary import is_invitation_label, is_newcomer_label

_PLACE_WEIGHT = {
    Place.TOPIC: w.INTEREST_TOPIC,
    Place.TITLE: w.INTEREST_TITLE,
    Place.LABEL: w.INTEREST_LABEL,
    Place.DESCRIPTION: w.INTEREST_DESCRIPTION,
    Place.BODY: w.INTEREST_BODY,
}
#: A first-timer's weekend: so many hours a week leave room for one.
WEEKEND_HOURS = 5
_KIND_WORDS = {
    Kind.CODE: "code",
    Kind.DOCS: "documentation",
    Kind.TESTS: "tests",
    Kind.DESIGN: "design",
    Kind.TRANSLATION: "translation",
    Kind.TRIAGE: "triage",
}


def base(_issue: Issue, _student: Subscription, _now: datetime) -> Reason:
    """Where every score starts."""
    return Reason("base", w.BASE, "where every score starts")


def language(issue: Issue, student: Subscription, _now: datetime) -> Reason | None:
    """Is the project's main language, or another that it holds, one of the student's?"""
    name, facts = issue.repository.language, issue.repository.facts
    skill = student.languages.get(name or "")
    if skill is Skill.FLUENT:
        return Reason("language", w.LANGUAGE_FLUENT, f"written in {name}, which you know")
    if skill is not None:
        return Reason("language", w.LANGUAGE_LEARNING, f"written in {name}, which you are learning")
    held = (facts and facts.languages) or ()
    other = next((one for one in held if one in student.languages), None)
    if other is None:
        return None
    return Reason("language", w.LANGUAGE_HELD, f"partly written in {other}")


def interest(issue: Issue, student: Subscription, _now: datetime) -> Reason | None:
    """Does it speak of what the student cares for? The best match counts, others add a little."""
    matches = match_interests(student, issue)
    if not matches:
        return None
    best = max(matches, key=_strength)
    others = w.INTEREST_FURTHER_PLACE * (len(matches) - 1)
    share = min(_strength(best) + others, w.INTEREST_MOST)
    text = "; ".join(_told(match) for match in matches[:2])
    return Reason("interest", share, text)


def _strength(match: InterestMatch) -> float:
    strongest = max(_PLACE_WEIGHT[place] for place in match.places)
    return strongest + w.INTEREST_FURTHER_PLACE * (len(match.places) - 1)


def _told(match: InterestMatch) -> str:
    places = " and ".join(match.places[:2])
    topic = (match.topic or "").replace("-", " ")
    if not topic or topic == match.interest.casefold():
        return f"{match.interest} is {places}"
    return f"{topic} (your “{match.interest}”) is {places}"


def invitation(issue: Issue, student: Subscription, _now: datetime) -> Reason | None:
    """Whom do the labels invite?"""
    newcomers = next((label for label in issue.labels if is_newcomer_label(label)), None)
    if newcomers is not None:
        return Reason("invitation", w.INVITED_NEWCOMERS, f"labelled “{newcomers}”")
    everyone = next((label for label in issue.labels if is_invitation_label(label)), None)
    if everyone is None:
        return None
    is_beginner = student.level is not Level.INTERMEDIATE
    share = w.INVITED_ALL_BEGINNER if is_beginner else w.INVITED_ALL_INTERMEDIATE
    return Reason("invitation", share, f"labelled “{everyone}”")


def kind(issue: Issue, student: Subscription, _now: datetime) -> Reason:
    """Is it the sort of work that the student likes?"""
    sort = guess_kind(issue)
    if sort not in student.kinds:
        return Reason("kind", w.KIND_UNWANTED, f"{_KIND_WORDS[sort]}, which you did not ask for")
    share = w.KIND_WANTED + (w.KIND_DOCS if sort is Kind.DOCS else 0)
    return Reason("kind", share, f"{_KIND_WORDS[sort]} work, as you asked")


def size(issue: Issue, student: Subscription, _now: datetime) -> Reason:
    """Does it fit the student's hours and level?"""
    effort = guess_effort(issue)
    if effort is Effort.EVENING:
        return Reason("size", w.SIZE_FITS, "small enough for an evening")
    if effort is Effort.WEEKEND:
        has_time = student.level is not Level.FIRST_TIMER or student.hours >= WEEKEND_HOURS
        share = w.SIZE_FITS / 2 if has_time else 0.0
        return Reason("size", share, "about a weekend's work")
    is_ready = student.level is Level.INTERMEDIATE
    return Reason("size", w.SIZE_LARGE if is_ready else w.SIZE_TOO_LARGE, "longer than a weekend")
