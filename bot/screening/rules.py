"""The rules of screening that hold for every student, in the order in which they are asked.

Comes in: an issue, the survey of the corpus, the time. A rule answers why the issue falls away, or
None; what is unknown is no evidence. The questions are in `farms`, `taken` and `tasks`; whether the
project lives is asked here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.harvest.issue import Issue
from bot.harvest.plan import MAX_REST
from bot.screening import farms, taken, tasks
from bot.screening.reasons import DropCode
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


def archived(issue: Issue) -> str | None:
    """Nobody can change it."""
    facts = issue.repository.facts
    return "the project is archived" if facts and facts.is_archived else None


def resting(issue: Issue, now: datetime) -> str | None:
    """Nothing was pushed for so long that nobody would answer."""
    facts = issue.repository.facts
    if facts is None or facts.pushed_at is None:
        return None
    rest: timedelta = now - facts.pushed_at
    return f"no push for {rest.days} days" if rest > MAX_REST else None


def copy(issue: Issue) -> str | None:
    """The work is done elsewhere."""
    facts = issue.repository.facts
    if facts is None:
        return None
    kinds = {"fork": facts.is_fork, "mirror": facts.is_mirror, "template": facts.is_template}
    return next((f"the project is a {kind}" for kind, is_so in kinds.items() if is_so), None)


def no_facts(issue: Issue) -> str | None:
    """Nobody could look at the project."""
    return "nothing is known of its project" if issue.repository.facts is None else None


def _alone(ask: Callable[[Issue], str | None]) -> Ask:
    """A question that the issue alone answers."""
    return lambda issue, _: ask(issue)


def _in_corpus(ask: Callable[[Issue, Survey], str | None]) -> Ask:
    """A question that takes the survey."""
    return lambda issue, given: ask(issue, given.survey)


def _in_time(ask: Callable[[Issue, datetime], str | None]) -> Ask:
    """A question that takes the clock."""
    return lambda issue, given: ask(issue, given.now)


def _newborn(issue: Issue, given: Circumstances) -> str | None:
    return farms.newborn(issue, given.survey, given.now)


#: Farms first: what they hold is not worth a second question. Then what is cheapest to know.
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
    Rule("closed", DropCode.CLOSED, "state", _alone(taken.closed)),
    Rule("assigned", DropCode.TAKEN, "assignees", _alone(taken.assigned)),
    Rule("started-label", DropCode.TAKEN, "labels", _alone(taken.started_label)),
    Rule("pull-request", DropCode.TAKEN, "pull_requests", _alone(taken.pull_request)),
    Rule("claimed-in-comment", DropCode.TAKEN, "comment_texts", _in_time(taken.claimed)),
    Rule("not-a-task-label", DropCode.NOT_A_TASK, "labels", _alone(tasks.not_a_task_label)),
    Rule("withdrawn", DropCode.NOT_A_TASK, "labels", _alone(tasks.withdrawn)),
    Rule("tracker", DropCode.NOT_A_TASK, "title", _alone(tasks.tracker)),
    Rule("nameless", DropCode.NOT_A_TASK, "title", _alone(tasks.nameless)),
    Rule("pinned", DropCode.NOT_A_TASK, "pinned", _alone(tasks.pinned)),
    Rule("locked", DropCode.NOT_A_TASK, "locked", _alone(tasks.locked)),
    Rule("blocked", DropCode.BLOCKED, "blocked_by", _alone(tasks.blocked)),
    Rule("programme", DropCode.RESERVED, "labels", _alone(tasks.reserved)),
    Rule("archived", DropCode.ABANDONED, "archived", _alone(archived)),
    Rule("no-push", DropCode.ABANDONED, "pushed_at", _in_time(resting)),
    Rule("copy", DropCode.COPY, "fork", _alone(copy)),
)

#: Asked of a shortlist only: what nobody could look at must not be offered (README, promise 2).
LATE_RULES = (*RULES, Rule("no-facts", DropCode.UNKNOWN, "facts", _alone(no_facts)))
