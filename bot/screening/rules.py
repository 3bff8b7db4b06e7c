"""The rules of screening that hold for every student, each a small pure question.

Comes in: an issue, the survey of the corpus, the time. A rule answers why the issue falls away, or
None; what is unknown is no evidence. `RULES` lists them in the order in which they are asked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.harvest.issue import Issue
from bot.harvest.plan import MAX_REST
from bot.screening.claims import live_claim
from bot.screening.reasons import DropCode
from bot.screening.survey import Survey, series_of, title_shape
from bot.vocabulary import is_newcomer_label, normalise_label

#: So many beginner labels on one issue are bait: oss-autopilot's rule for label farms.
MAX_NEWCOMER_LABELS = 4
#: Of so many titles that differ in numbers only, none is a task: oss-autopilot's rule.
MIN_TEMPLATED = 3
#: A numbered series whose titles go on differently needs more of them: our judgement.
MIN_SERIES = 5
#: No honest project opens so many beginner issues in one day: GoodFirstIssues' snapshots, where
#: in 2026-08 such days made 40 % of all rows.
MAX_A_DAY_OF_REPOSITORY, MAX_A_DAY_OF_OWNER = 9, 19
#: A bought star leaves no fork: far beyond the ratio of living projects (about ten stars a fork).
MIN_STARS_IF_BOUGHT, STARS_PER_FORK_IF_BOUGHT = 500, 200

_NOT_A_TASK = frozenset(
    {"duplicate", "invalid", "question", "wontfix", "wont fix", "won t fix", "support", "spam"}
    | {"tracking", "tracking issue", "tracker", "meta", "epic", "umbrella", "roadmap", "rfc"}
    | {"discussion", "needs discussion", "for discussion", "announcement", "stale"}
    | {"needs info", "needs more info"}
)
_STARTED = frozenset(
    {"assigned", "in progress", "wip", "work in progress", "claimed", "taken", "has pr", "pr open"}
    | {"self assigned", "is assigned", "community contribution in progress", "in review"}
)
#: Words before such a label that only file it; others change its meaning ("never stale").
_CATEGORY = frozenset({"type", "kind", "status", "state", "resolution", "category", "triage"})
_PROGRAMME = re.compile(
    r"\b(?:gssoc|swoc|kwoc|jwoc|ssoc|gssoc\d*|iwoc|dwoc|hacktoberfest accepted)"
)
_TRACKER = re.compile(
    r"^\W*(?:tracking|tracker|meta|epic|umbrella|roadmap|rfc|discussion|announcement)"
    r"(?:\s*(?:$|[\]):|–—])|\s+-|[\s-]+issues?\b)|"
    r"^\W*(?:(?:roadmap|epic)\s+(?:for\s+)?[vq]?\d|welcome\s+new\b)",
    re.IGNORECASE,
)
_NAME_LIST = re.compile(
    r"\b(?:add|put|write)\s+(?:your|ur)\s+(?:name|profile|bio|details|intro)|"
    r"\bstar\s+(?:this|the)\s+repo|\bsign\s+the\s+(?:guest|contributors?)\b|"
    r"\bfirst\s+(?:pull\s+request|pr)\s+(?:practice|playground)|"
    r"\bmake\s+your\s+first\s+(?:pull\s+request|pr|contribution)\b",
    re.IGNORECASE,
)
_BOX = re.compile(r"^[ \t]*[-*][ \t]+\[[ xX]\]", re.MULTILINE)
#: A list of so many boxes tracks other work.
MAX_BOXES = 15


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a rule may know besides the issue."""

    survey: Survey
    now: datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """A question with its code; `needs` names the facts without which it cannot fire."""

    name: str
    code: DropCode
    needs: str
    ask: Callable[[Issue, Circumstances], str | None]


def _closed(issue: Issue, _: Circumstances) -> str | None:
    return "it is closed" if issue.details and not issue.details.is_open else None


def _assigned(issue: Issue, _: Circumstances) -> str | None:
    n_assigned = len(issue.details.assigned) if issue.details else issue.n_assigned
    return "somebody is assigned" if n_assigned else None


def _pull_request(issue: Issue, _: Circumstances) -> str | None:
    pulls = (issue.details and issue.details.pull_requests) or ()
    if any(pull.state == "MERGED" and pull.closes for pull in pulls):
        return "a pull request for it was merged"
    is_open = any(pull.state == "OPEN" and pull.closes for pull in pulls)
    return "an open pull request would close it" if is_open else None


def _claimed(issue: Issue, given: Circumstances) -> str | None:
    comments = (issue.details and issue.details.comments) or ()
    claim = live_claim(comments, given.now)
    return "somebody said in a comment that they are on it" if claim else None


def _started_label(issue: Issue, _: Circumstances) -> str | None:
    started = _filed_labels(issue) & _STARTED
    return f"it is labelled {min(started)!r}" if started else None


def _locked(issue: Issue, _: Circumstances) -> str | None:
    is_locked = issue.details.is_locked if issue.details else issue.is_locked
    return "it is locked" if is_locked else None


def _pinned(issue: Issue, _: Circumstances) -> str | None:
    return "it is pinned, as announcements are" if issue.is_pinned else None


def _not_a_task_label(issue: Issue, _: Circumstances) -> str | None:
    found = _filed_labels(issue) & _NOT_A_TASK
    return f"it is labelled {min(found)!r}" if found else None


def _tracker(issue: Issue, _: Circumstances) -> str | None:
    if _TRACKER.search(issue.title):
        return "its title says that it tracks other work"
    boxes = len(_BOX.findall((issue.details and issue.details.body) or ""))
    return f"it is a list of {boxes} boxes" if boxes > MAX_BOXES else None


def _nameless(issue: Issue, _: Circumstances) -> str | None:
    has_word = any(char.isalnum() for char in issue.title)
    return None if has_word else "its title says nothing"


def _blocked(issue: Issue, _: Circumstances) -> str | None:
    if "blocked" in _filed_labels(issue) or (issue.details and issue.details.n_blocked_by):
        return "it waits for other work"
    return None


def _reserved(issue: Issue, _: Circumstances) -> str | None:
    is_programme = any(_PROGRAMME.search(label) for label in _labels(issue))
    return "it is reserved for a contribution programme's participants" if is_programme else None


def _many_labels(issue: Issue, _: Circumstances) -> str | None:
    n_labels = sum(is_newcomer_label(label) for label in issue.labels)
    return f"{n_labels} beginner labels on one issue" if n_labels > MAX_NEWCOMER_LABELS else None


def _templated(issue: Issue, given: Circumstances) -> str | None:
    n_alike = given.survey.n_of_title[issue.ref.repository, title_shape(issue.title)]
    if n_alike >= MIN_TEMPLATED:
        return f"{n_alike} issues with the same title"
    n_series = given.survey.n_of_series[issue.ref.repository, series_of(issue.title) or ""]
    return f"{n_series} issues of a numbered series" if n_series >= MIN_SERIES else None


def _flood(issue: Issue, given: Circumstances) -> str | None:
    day = issue.created_at.date()
    n_repository = given.survey.n_of_repository_on[issue.ref.repository, day]
    n_owner = given.survey.n_of_owner_on[issue.ref.owner, day]
    if n_repository > MAX_A_DAY_OF_REPOSITORY or n_owner > MAX_A_DAY_OF_OWNER:
        return f"{max(n_repository, n_owner)} beginner issues opened in a day"
    return None


def _name_list(issue: Issue, _: Circumstances) -> str | None:
    facts = issue.repository.facts
    texts = (issue.title, (facts and facts.description) or "")
    return "a list to add names to" if any(_NAME_LIST.search(text) for text in texts) else None


def _bought_stars(issue: Issue, _: Circumstances) -> str | None:
    facts = issue.repository.facts
    if facts is None or facts.stars < MIN_STARS_IF_BOUGHT or facts.forks is None:
        return None
    is_bought = facts.stars > STARS_PER_FORK_IF_BOUGHT * max(facts.forks, 1)
    return f"{facts.stars} stars and {facts.forks} forks" if is_bought else None


def _empty_project(issue: Issue, _: Circumstances) -> str | None:
    facts = issue.repository.facts
    if facts is None or facts.description or facts.stars:
        return None
    return "a project without description or a single star"


def _archived(issue: Issue, _: Circumstances) -> str | None:
    facts = issue.repository.facts
    return "the project is archived" if facts and facts.is_archived else None


def _resting(issue: Issue, given: Circumstances) -> str | None:
    facts = issue.repository.facts
    if facts is None or facts.pushed_at is None:
        return None
    rest: timedelta = given.now - facts.pushed_at
    return f"no push for {rest.days} days" if rest > MAX_REST else None


def _copy(issue: Issue, _: Circumstances) -> str | None:
    facts = issue.repository.facts
    if facts is None:
        return None
    kinds = {"fork": facts.is_fork, "mirror": facts.is_mirror, "template": facts.is_template}
    return next((f"the project is a {kind}" for kind, is_so in kinds.items() if is_so), None)


def _no_facts(issue: Issue, _: Circumstances) -> str | None:
    return "nothing is known of its project" if issue.repository.facts is None else None


def _labels(issue: Issue) -> frozenset[str]:
    return frozenset(normalise_label(label) for label in issue.labels)


def _filed_labels(issue: Issue) -> frozenset[str]:
    """The labels with and without the category that they are filed under (`status: blocked`)."""
    parts = ((label, *label.partition(" ")[::2]) for label in _labels(issue))
    return frozenset(
        word for label, head, rest in parts for word in (label, rest if head in _CATEGORY else "")
    )


#: Farms first: what they hold is not worth a second question. Then what is cheapest to know.
RULES = (
    Rule("many-beginner-labels", DropCode.FARM, "labels", _many_labels),
    Rule("templated-titles", DropCode.FARM, "title", _templated),
    Rule("flood", DropCode.FARM, "created_at", _flood),
    Rule("name-list", DropCode.FARM, "title", _name_list),
    Rule("bought-stars", DropCode.FARM, "forks", _bought_stars),
    Rule("empty-project", DropCode.FARM, "description", _empty_project),
    Rule("closed", DropCode.CLOSED, "state", _closed),
    Rule("assigned", DropCode.TAKEN, "assignees", _assigned),
    Rule("started-label", DropCode.TAKEN, "labels", _started_label),
    Rule("pull-request", DropCode.TAKEN, "pull_requests", _pull_request),
    Rule("claimed-in-comment", DropCode.TAKEN, "comment_texts", _claimed),
    Rule("not-a-task-label", DropCode.NOT_A_TASK, "labels", _not_a_task_label),
    Rule("tracker", DropCode.NOT_A_TASK, "title", _tracker),
    Rule("nameless", DropCode.NOT_A_TASK, "title", _nameless),
    Rule("pinned", DropCode.NOT_A_TASK, "pinned", _pinned),
    Rule("locked", DropCode.NOT_A_TASK, "locked", _locked),
    Rule("blocked", DropCode.BLOCKED, "blocked_by", _blocked),
    Rule("programme", DropCode.RESERVED, "labels", _reserved),
    Rule("archived", DropCode.ABANDONED, "archived", _archived),
    Rule("no-push", DropCode.ABANDONED, "pushed_at", _resting),
    Rule("copy", DropCode.COPY, "fork", _copy),
)

#: Asked of a shortlist only: what nobody could look at must not be offered (README, promise 2).
NO_FACTS = Rule("no-facts", DropCode.UNKNOWN, "facts", _no_facts)
