"""How an issue and its project stand, whoever asks: features of the issue that are set by hand.

Comes in: an issue and the time. Goes out: a `Reason`, or None where the feature has nothing to say;
what is unknown says nothing.
"""

from datetime import datetime, timedelta

from bot.harvest.issue import INSIDERS, Issue
from bot.ranking import weights as w
from bot.ranking.score import Reason
from bot.sayings import Saying

#: Ages in days up to which a share holds; older than the last is the floor.
_AGES = ((7, w.FRESHEST), (30, w.FRESH), (90, w.RECENT), (365, w.OLD))
#: Stars below which a share holds; simple filters ask for ten.
_STARS = ((1, w.STARS_NONE), (10, w.STARS_FEW), (50, 0.0), (500, w.STARS_SOME))

RECENT_PUSH, OLD_PUSH = timedelta(days=30), timedelta(days=90)
#: Words of a text that says what is wanted; below the lower bound it hardly can.
CLEAR_WORDS, BARE_WORDS = 60, 8
#: More comments than these are a debate.
CROWD = 30


def freshness(issue: Issue, now: datetime) -> Reason:
    """How long has it been open? Old is not bad where the project is alive and the task clear."""
    age_days = max((now - issue.created_at).days, 0)
    share = next((share for limit, share in _AGES if age_days <= limit), w.STALEST)
    opened = _opened(age_days)
    if share < w.OLDEST_ALIVE and _is_alive(issue, now) and _is_clear(issue):
        return Reason("freshness", w.OLDEST_ALIVE, Saying("opened_alive", {"opened": opened}))
    return Reason("freshness", share, opened)


def _opened(age_days: int) -> Saying:
    if age_days < 60:
        return Saying("opened_days", {"n": age_days})
    if age_days < 730:
        return Saying("opened_months", {"n": age_days // 30})
    return Saying("opened_years", {"n": age_days // 365})


def stars(issue: Issue, _now: datetime) -> Reason | None:
    """Does anybody use the project?"""
    facts = issue.repository.facts
    if facts is None:
        return None
    share = next((share for limit, share in _STARS if facts.stars < limit), w.STARS_MANY)
    return Reason("stars", share, Saying("project_stars", {"n": facts.stars}))


def activity(issue: Issue, now: datetime) -> Reason | None:
    """Is somebody there?"""
    facts = issue.repository.facts
    if facts is None or facts.pushed_at is None:
        return None
    rest = now - facts.pushed_at
    if rest <= RECENT_PUSH:
        return Reason("activity", w.PUSHED_LATELY, Saying("pushed_lately"))
    share = w.PUSHED_LONG_AGO if rest > OLD_PUSH else 0.0
    return Reason("activity", share, Saying("pushed_days", {"n": rest.days}))


def guide(issue: Issue, _now: datetime) -> Reason | None:
    """Does the project expect guests?"""
    facts = issue.repository.facts
    if facts is None or facts.guide is None:
        return None
    return Reason("guide", w.HAS_GUIDE, Saying("has_guide"))


def replies(issue: Issue, _now: datetime) -> Reason | None:
    """Does somebody of the project answer here, or is it a crowd?"""
    details = issue.details
    if details is None or details.comments is None:
        return None
    n_comments = details.n_comments or 0
    if n_comments > CROWD:
        return Reason("replies", w.COMMENTS_CROWD, Saying("crowd", {"n": n_comments}))
    told = [one for one in details.comments if not one.is_hidden and one.author != issue.author]
    if any(one.association in INSIDERS for one in told):
        return Reason("replies", w.MEMBER_ANSWERED, Saying("member_answered"))
    return None


def clarity(issue: Issue, _now: datetime) -> Reason | None:
    """Does its text say what is wanted?"""
    if issue.details is None or issue.details.body is None:
        return None
    if len(issue.details.body.split()) < BARE_WORDS:
        return Reason("clarity", w.NO_TEXT, Saying("text_bare"))
    if _is_clear(issue):
        return Reason("clarity", w.CLEAR_TEXT, Saying("text_clear"))
    return Reason("clarity", 0.0, Saying("text_brief"))


def _is_alive(issue: Issue, now: datetime) -> bool:
    facts = issue.repository.facts
    return bool(facts and facts.pushed_at and now - facts.pushed_at <= RECENT_PUSH)


def _is_clear(issue: Issue) -> bool:
    body = (issue.details and issue.details.body) or ""
    return len(body.split()) >= CLEAR_WORDS or "```" in body


STANDING = (freshness, stars, activity, guide, replies, clarity)
