"""The rules of screening that hold for every student, in the order in which they are asked.

Comes in: an issue, the survey of the corpus, the time. Goes out: why the issue falls away, or None;
what is unknown is no evidence. The questions are in `farms`, `free`, `tasks` and `projects`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.harvest.issue import Issue
from bot.screening import farms, projects, tasks
from bot.screening.free import SIGNS, Sign
from bot.screening.reasons import DropCode
from bot.screening.seen import see_issue
from bot.screening.survey import Survey


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a rule may know besides the issue."""

    survey: Survey
    now: datetime


Ask = Callable[[Issue, Circumstances], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A question with its code; `needs` names the facts without which it cannot fire."""

    name: str
    code: DropCode
    needs: str
    ask: Ask


def _alone(ask: Callable[[Issue], str | None]) -> Ask:
    """A question that the issue alone answers."""
    return lambda issue, _: ask(issue)


def _in_corpus(ask: Callable[[Issue, Survey], str | None]) -> Ask:
    """A question that takes the survey."""
    return lambda issue, given: ask(issue, given.survey)


def _in_time(ask: Callable[[Issue, datetime], str | None]) -> Ask:
    """A question that takes the clock."""
    return lambda issue, given: ask(issue, given.now)


def _as_rule(sign: Sign) -> Rule:
    """A sign that an issue is not free, read from what is known of it so far."""

    def ask(issue: Issue, given: Circumstances) -> str | None:
        return sign.ask(see_issue(issue, given.now))

    return Rule(sign.name, sign.code, sign.needs, ask)


def _newborn(issue: Issue, given: Circumstances) -> str | None:
    return farms.newborn(issue, given.survey, given.now)


#: Farms first: what they hold is not worth a second question. Then what is not free, what is no
#: task, and whether the project lives.
RULES = (
    Rule("many-beginner-labels", DropCode.FARM, "labels", _alone(farms.many_labels)),
    Rule("templated-titles", DropCode.FARM, "title", _in_corpus(farms.templated)),
    Rule("flood", DropCode.FARM, "created_at", _in_corpus(farms.flood)),
    Rule("unfollowed", DropCode.FARM, "stars", _in_corpus(farms.unfollowed)),
    Rule("newborn", DropCode.FARM, "repository_age", _newborn),
    Rule("warned-of", DropCode.FARM, "author", _in_corpus(farms.warned_of)),
    Rule("name-list", DropCode.FARM, "title", _alone(farms.name_list)),
    Rule("practice", DropCode.FARM, "description", _in_corpus(farms.practice)),
    Rule("bought-stars", DropCode.FARM, "forks", _alone(farms.bought_stars)),
    Rule("empty-project", DropCode.FARM, "description", _in_corpus(farms.empty_project)),
    Rule("empty-text", DropCode.FARM, "body", _in_corpus(farms.wordless)),
    *map(_as_rule, SIGNS),
    Rule("tracker", DropCode.NOT_A_TASK, "title", _alone(tasks.tracker)),
    Rule("nameless", DropCode.NOT_A_TASK, "title", _alone(tasks.nameless)),
    Rule("pinned", DropCode.NOT_A_TASK, "pinned", _alone(tasks.pinned)),
    Rule("archived", DropCode.ABANDONED, "archived", _alone(projects.archived)),
    Rule("no-push", DropCode.ABANDONED, "pushed_at", _in_time(projects.resting)),
    Rule("copy", DropCode.COPY, "fork", _alone(projects.copy)),
)

#: Asked of a shortlist only: what nobody could look at must not be offered (README, promise 2).
LATE_RULES = (*RULES, Rule("no-facts", DropCode.UNKNOWN, "facts", _alone(projects.no_facts)))
