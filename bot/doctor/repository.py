"""Repositories: can digests stand there, can the weekly file be committed?

Comes in: what GitHub tells of a repository and its default branch. Goes out: findings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.doctor.finding import Finding, Part, Seen, Severity, fine, n_days, unseen

#: Types of rules that refuse a plain push (docs.github.com, "Available rules for rulesets";
#: their names: https://docs.github.com/en/rest/repos/rules).
REFUSING = frozenset(
    {
        *("pull_request", "update", "required_status_checks", "required_signatures"),
        *("required_deployments", "workflows", "code_scanning", "merge_queue"),
    }
)


@dataclass(frozen=True, slots=True)
class RepositorySeen:
    """A repository as GitHub tells it."""

    name: str
    is_private: bool
    is_archived: bool = False
    is_disabled: bool = False
    has_issues: bool = True
    default_branch: str = "main"


@dataclass(frozen=True, slots=True)
class BranchSeen:
    """The default branch: when it last changed, and what keeps a push away."""

    name: str
    committed_at: datetime | None
    is_protected: bool
    rules: Seen[frozenset[str]]


@dataclass(frozen=True, slots=True)
class StateBranch:
    """The branch that the journal is kept in; `changed_at` is None where there is none."""

    changed_at: datetime | None


def judge_posts(seen: Seen[RepositorySeen], name: str) -> Iterator[Finding]:
    """Can digests be posted there?"""
    home = seen.value
    if home is None:
        yield Finding(
            Part.REPOSITORY,
            Severity.FAULT,
            f"{name} cannot be seen: {seen.blind}.",
            "Digests are posted there.",
            "Check `repository` in club.yaml, and that the token reaches it.",
        )
    elif home.is_archived or home.is_disabled:
        yield Finding(
            Part.REPOSITORY,
            Severity.FAULT,
            f"{home.name} is {'archived' if home.is_archived else 'disabled'}.",
            "Nothing can be posted there.",
            "Settings, General, Danger Zone: unarchive it; or name another `repository`.",
        )
    elif not home.has_issues:
        yield Finding(
            Part.REPOSITORY,
            Severity.FAULT,
            f"Issues are switched off in {home.name}.",
            "Every digest is an issue, or a comment in one.",
            "Settings, General, Features: tick Issues.",
        )
    else:
        yield fine(
            Part.REPOSITORY,
            f"{home.name} is {'private' if home.is_private else 'public'}, and takes issues.",
        )


def judge_branch(seen: Seen[BranchSeen], *, is_public: bool) -> Iterator[Finding]:
    """Does the default branch take the weekly commit?"""
    branch = seen.value
    if branch is None:
        yield unseen(Part.REPOSITORY, "at the default branch", seen.blind)
        return
    if branch.rules.value is None:
        yield unseen(Part.REPOSITORY, f"at the rules for {branch.name}", branch.rules.blind)
    refusing = sorted((branch.rules.value or frozenset()) & REFUSING)
    if refusing:
        what = f"Rules on {branch.name} refuse the weekly commit ({', '.join(refusing)})."
        severity = Severity.FAULT if is_public else Severity.WARNING
    elif branch.is_protected:
        what = f"{branch.name} is protected, perhaps against the weekly commit too."
        severity = Severity.WARNING
    else:
        if branch.rules.value is not None:
            yield fine(Part.REPOSITORY, f"{branch.name} takes the weekly commit.")
        return
    stop = " GitHub stops the schedules after sixty days without one." if is_public else ""
    yield Finding(
        Part.REPOSITORY,
        severity,
        what,
        f"The club's history stays away.{stop}",
        "Let the pushing account pass (Settings, Rules, Bypass list), or set FOOTHOLD_GIT_TOKEN to"
        " a token of one that may.",
    )


def judge_state(seen: Seen[StateBranch], now: datetime) -> Iterator[Finding]:
    """Is the journal kept where a runner can find it again?"""
    if seen.value is None:
        yield unseen(Part.JOURNAL, "at the branch foothold-state", seen.blind)
    elif seen.value.changed_at is None:
        yield Finding(
            Part.JOURNAL,
            Severity.WARNING,
            "There is no branch foothold-state.",
            "A runner forgets: without it each run begins anew. Before the first run that is so.",
            "If digests went out before: foothold state rebuild, then foothold state push.",
        )
    else:
        age = n_days((now - seen.value.changed_at).days)
        yield fine(Part.JOURNAL, f"The branch foothold-state was last written {age} ago.")
