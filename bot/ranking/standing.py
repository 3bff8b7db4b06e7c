"""How an issue and its project stand, whoever asks: features of the issue, small pure functions.

Comes in: an issue, a student (unused here), the time. Goes out: a `Reason`, or None where the
feature has nothing to say; what is unknown says nothing.
"""

from datetime import datetime, timedelta

from bot.harvest.issue import Issue
from bot.ranking import weights as w
from bot.ranking.score import Reason
from bot.subscriptions.student import Subscription

#: Ages in days up to which a share holds; older than the last is `STALEST`, the floor.
_AGES = ((7, w.FRESHEST), (30, w.FRESH), (90, w.RECENT), (365, w.OLD))
#: Stars below which a share holds; simple filters ask for ten.
_STARS = ((1, w.STARS_NONE), (10, w.STARS_FEW), (50, 0.0), (500, w.STARS_SOME))
#: Comments up to which a share holds.
_COMMENTS = ((0, 0.0), (4, w.COMMENTS_SOME), (12, 0.0), (30, w.COMMENTS_MANY))

RECENT_PUSH, OLD_PUSH = timedelta(days=30), timedelta(days=90)
#: Words of a text that says what is wanted; below the lower bound it hardly can.
CLEAR_WORDS, BARE_WORDS = 60, 8


def freshness(issue: Issue, _student: Subscription, now: datetime) -> Reason:
    """How long has it been open?"""
    age_days = max((now - issue.created_at).days, 0)
    share = next((share for limit, share in _AGES if age_days <= limit), w.STALEST)
    return Reason("freshness", share, _opened(age_days))


def _opened(age_days: int) -> str:
    if age_days < 1:
        return "opened today"
    if age_days < 60:
        return f"opened {age_days} {'day' if age_days == 1 else 'days'} ago"
    if age_days < 730:
        return f"opened {age_days // 30} months ago"
    return f"opened {age_days // 365} years ago"


def stars(issue: Issue, _student: Subscription, _now: datetime) -> Reason | None:
    """Does anybody use the project?"""
    facts = issue.repository.facts
    if facts is None:
        return None
    share = next((share for limit, share in _STARS if facts.stars < limit), w.STARS_MANY)
    count = "no stars yet" if not facts.stars else f"{facts.stars:,} stars"
    return Reason("stars", share, f"a project with {count}".replace(" 1 stars", " 1 star"))


def activity(issue: Issue, _student: Subscription, now: datetime) -> Reason | None:
    """Is somebody there?"""
    facts = issue.repository.facts
    if facts is None or facts.pushed_at is None:
        return None
    rest = now - facts.pushed_at
    if rest <= RECENT_PUSH:
        return Reason("activity", w.PUSHED_LATELY, "the project was worked on in the last month")
    share = w.PUSHED_LONG_AGO if rest > OLD_PUSH else 0.0
    return Reason("activity", share, f"last push {rest.days} days ago")


def guide(issue: Issue, _student: Subscription, _now: datetime) -> Reason | None:
    """Does the project expect guests?"""
    facts = issue.repository.facts
    if facts is None or facts.guide is None:
        return None
    return Reason("guide", w.HAS_GUIDE, "it has a contributing guide")


def attention(issue: Issue, _student: Subscription, _now: datetime) -> Reason | None:
    """Is it quiet, helped along, or a crowd?"""
    if issue.details is None or issue.details.n_comments is None:
        return None
    n_comments = issue.details.n_comments
    share = next((share for limit, share in _COMMENTS if n_comments <= limit), w.COMMENTS_CROWD)
    count = {0: "nobody commented yet", 1: "one comment so far"}
    return Reason("attention", share, count.get(n_comments, f"{n_comments} comments so far"))


def clarity(issue: Issue, _student: Subscription, _now: datetime) -> Reason | None:
    """Does its text say what is wanted?"""
    if issue.details is None or issue.details.body is None:
        return None
    n_words = len(issue.details.body.split())
    if n_words < BARE_WORDS:
        return Reason("clarity", w.NO_TEXT, "its text says almost nothing")
    if n_words >= CLEAR_WORDS or "```" in issue.details.body:
        return Reason("clarity", w.CLEAR_TEXT, "the task is described in detail")
    return Reason("clarity", 0.0, "the task is described briefly")
