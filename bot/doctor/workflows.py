"""Workflows: do they run, will they go on running, may they do what they must?

Comes in: what Actions tell of a repository. Goes out: findings. GitHub's rules are those of
https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.doctor.finding import Finding, Part, Seen, Severity, fine, listed, n_days, unseen

#: The workflows that must run each week, and the one that opens pull requests.
WEEKLY = ("learn", "prepare", "deliver")
SUBSCRIBE = "subscribe"
#: A week, and two days for GitHub's delays: hours are usual, whole nights were skipped.
LATE_AFTER = timedelta(days=9)
#: "In a public repository, scheduled workflows are automatically disabled when no repository
#: activity has occurred in 60 days."
STOPPED_AFTER = timedelta(days=60)
#: The weekly file is a commit a week: two are missing.
QUIET_AFTER = timedelta(days=15)
#: So long before the stop somebody must act.
STOP_IS_NEAR = timedelta(days=21)

_STATES = {
    "disabled_inactivity": "GitHub switched {file} off, for sixty days without activity.",
    "disabled_manually": "Somebody switched {file} off.",
    "disabled_fork": "{file} is off, as in every new fork.",
    "deleted": "{file} is gone from the default branch.",
}


@dataclass(frozen=True, slots=True)
class WorkflowSeen:
    """A workflow of the club; `name` is its file's, without the ending."""

    name: str
    state: str
    created_at: datetime
    #: The end of its last run that went well; a None inside where there was none.
    succeeded_at: Seen[datetime]
    #: Who last changed its cron line; empty where it has none.
    cron_by: Seen[str]

    @property
    def file(self) -> str:
        return f"{self.name}.yml"


@dataclass(frozen=True, slots=True)
class ActionsSeen:
    """What a repository's settings let Actions do."""

    enabled: bool = True
    #: `all`, `local_only` or `selected`; of the last, whether GitHub's own are among them.
    allowed: str = "all"
    takes_githubs: bool = True


@dataclass(frozen=True, slots=True)
class Schedules:
    """All that is known of a repository's workflows."""

    repository: str
    workflows: Seen[Sequence[WorkflowSeen]]
    actions: Seen[ActionsSeen]
    may_open_pulls: Seen[bool]
    #: Is the repository public, and when did its default branch last change?
    is_public: bool | None
    committed_at: Seen[datetime]
    #: Who may push there: by folded login.
    pushers: Seen[frozenset[str]]

    @property
    def has_ours(self) -> bool:
        """Does the week run there?"""
        return any(one.name in WEEKLY for one in self.workflows.value or ())


def judge_schedules(seen: Schedules, now: datetime) -> Iterator[Finding]:
    """The findings on a repository's workflows; one where it has none of ours."""
    if seen.workflows.value is None:
        yield unseen(Part.WORKFLOWS, "at the workflows", seen.workflows.blind)
        return
    known = {one.name: one for one in seen.workflows.value}
    if not seen.has_ours:
        yield Finding(
            Part.WORKFLOWS,
            Severity.UNSEEN,
            f"{seen.repository} has no workflow of Foothold: the jobs run elsewhere, or not at"
            " all.",
        )
        return
    yield from _judge_runs(seen.repository, known, now)
    yield from _judge_authors(seen, known)
    if seen.is_public is not False:
        yield from judge_stop(seen.committed_at, now)
    yield from _judge_rights(seen, has_forms=SUBSCRIBE in known)


def _judge_runs(
    repository: str, known: Mapping[str, WorkflowSeen], now: datetime
) -> Iterator[Finding]:
    well, late = [], []
    for name in WEEKLY:
        one = known.get(name)
        found = _missing(name) if one is None else _judge_one(repository, one)
        if found is not None:
            yield found
        elif one is not None and now - (one.succeeded_at.value or one.created_at) > LATE_AFTER:
            late.append(one)
        else:
            well.append(name)
    if late:
        yield _late(repository, late, now)
    if well:
        days = n_days(LATE_AFTER.days)
        yield fine(Part.WORKFLOWS, f"{', '.join(well)}: on, and went well in the last {days}.")


def _missing(name: str) -> Finding:
    return Finding(
        Part.WORKFLOWS,
        Severity.FAULT,
        f"There is no {name}.yml among the workflows.",
        "A week has three jobs: learn, prepare, deliver.",
        "Put it back from Foothold's own `.github/workflows`.",
    )


def _judge_one(repository: str, one: WorkflowSeen) -> Finding | None:
    """What keeps a workflow from running, or us from looking; None where nothing does."""
    if one.state != "active":
        told = _STATES.get(one.state, f"{{file}} is {one.state}.").format(file=one.file)
        todo = (
            f"Actions, {one.name}, Enable workflow; or: gh workflow enable {one.file} --repo"
            f" {repository}"
        )
        return Finding(Part.WORKFLOWS, Severity.FAULT, told, "Nothing runs by itself.", todo)
    if one.succeeded_at.blind:
        return unseen(Part.WORKFLOWS, f"at the runs of {one.file}", one.succeeded_at.blind)
    return None


def _late(repository: str, late: Sequence[WorkflowSeen], now: datetime) -> Finding:
    """One finding for all of them: they often have one cause."""
    told = [
        f"{one.file} {n_days((now - at).days)} ago" if (at := one.succeeded_at.value) else ""
        for one in late
    ]
    never = [one.file for one in late if one.succeeded_at.value is None]
    parts = [f"Went well last: {', '.join(filter(None, told))}."] if any(told) else []
    parts += [f"Never went well: {', '.join(never)}."] if never else []
    return Finding(
        Part.WORKFLOWS,
        Severity.FAULT,
        " ".join(parts),
        "A week is missing.",
        "Read the summary of the last run: gh run list --workflow"
        f" {late[0].file} --repo {repository}",
    )


def _judge_authors(seen: Schedules, known: Mapping[str, WorkflowSeen]) -> Iterator[Finding]:
    """GitHub runs a schedule in the name of who last changed its cron line."""
    weekly = [known[name] for name in WEEKLY if name in known]
    blind = next((one.cron_by.blind for one in weekly if one.cron_by.blind), "")
    blind = blind or seen.pushers.blind
    if blind:
        yield unseen(Part.WORKFLOWS, "whose schedules they are", blind)
        return
    authors = tuple(sorted({one.cron_by.value for one in weekly if one.cron_by.value}))
    names = tuple(one for one in authors if one.casefold() not in (seen.pushers.value or ()))
    if names:
        yield Finding(
            Part.WORKFLOWS,
            Severity.FAULT,
            f"{listed(names)} set the schedules' times, and may not push here any more.",
            "GitHub stops the schedules of who leaves.",
            "Let somebody who stays change each `cron:` line by a minute, and commit that.",
            names,
        )
    elif authors:
        told = f"Whoever set the schedules' times is still here: {listed(authors)}."
        yield fine(Part.WORKFLOWS, told, authors)


def judge_stop(committed_at: Seen[datetime], now: datetime) -> Iterator[Finding]:
    """Sixty days without activity end a public repository's schedules."""
    if committed_at.value is None:
        yield unseen(Part.WORKFLOWS, "at the last commit", committed_at.blind)
        return
    quiet = now - committed_at.value
    left = max(STOPPED_AFTER - quiet, timedelta())
    told = (
        f"The default branch last changed {n_days(quiet.days)} ago: GitHub stops the schedules in "
        f"{n_days(left.days)}."
    )
    if quiet <= QUIET_AFTER:
        yield fine(Part.WORKFLOWS, f"The default branch last changed {n_days(quiet.days)} ago.")
        return
    yield Finding(
        Part.WORKFLOWS,
        Severity.FAULT if left <= STOP_IS_NEAR else Severity.WARNING,
        told,
        "The weekly file, which should be a commit a week, does not arrive.",
        "foothold history --live, and look why the deliver workflow does not do it.",
    )


def _judge_rights(seen: Schedules, *, has_forms: bool) -> Iterator[Finding]:
    actions = seen.actions.value
    if actions is None:
        yield unseen(Part.WORKFLOWS, "what Actions may do", seen.actions.blind)
    elif not actions.enabled:
        yield _setting("Actions are switched off.", "Nothing runs by itself.", "allow all actions")
    elif actions.allowed == "local_only" or not actions.takes_githubs:
        yield _setting(
            "GitHub's own actions are not allowed.",
            "Every job begins with `actions/checkout`.",
            "allow actions created by GitHub",
        )
    else:
        yield fine(Part.WORKFLOWS, "Actions may run what the workflows use.")
    if not has_forms:
        return
    if seen.may_open_pulls.value is None:
        yield unseen(
            Part.WORKFLOWS, "whether they may open pull requests", seen.may_open_pulls.blind
        )
    elif seen.may_open_pulls.value:
        yield fine(Part.WORKFLOWS, "They may open pull requests.")
    else:
        yield _setting(
            "Actions may not open pull requests.",
            "Whoever subscribes by form gets no pull request.",
            'tick "Allow GitHub Actions to create and approve pull requests"',
        )


def _setting(what: str, why: str, todo: str) -> Finding:
    place = "Settings, Actions, General"
    return Finding(Part.WORKFLOWS, Severity.FAULT, what, why, f"{place}: {todo}.")
