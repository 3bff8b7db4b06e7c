"""Where a student is at home, as a feature of the score."""

from bot.ranking import weights as w
from bot.ranking.past import NO_PAST, Past
from bot.ranking.rank import build_ranker
from tests.builders_core import NOW, build_issue, build_matcher, build_student
from tests.wording import worded

HOME = build_issue(1, repository="Lumen-Lab/Tides")
ELSEWHERE = build_issue(2, repository="lumen-lab/charts")
AT_HOME = Past(homes=frozenset({"lumen-lab/tides"}))


def told(past: Past) -> dict[int, tuple[float, str]]:
    """What the feature adds to each issue, and what is told of it."""
    ranker = build_ranker(build_matcher(HOME, ELSEWHERE), NOW)
    ledgers = ranker.explain(build_student(), [HOME.ref, ELSEWHERE.ref], past)
    return {
        one.issue.ref.number: (reason.contribution, worded(reason.saying))
        for one in ledgers
        for reason in one.reasons
        if reason.feature == "home"
    }


def test_an_issue_of_a_home_is_worth_as_much_as_a_language_that_one_knows() -> None:
    assert told(AT_HOME) == {1: (w.HOME, "you had pull requests merged here")}
    assert w.HOME == w.LANGUAGE_FLUENT


def test_who_is_at_home_nowhere_is_told_nothing() -> None:
    assert told(NO_PAST) == told(Past()) == {}
