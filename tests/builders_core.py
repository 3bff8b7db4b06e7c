"""Issues, projects, students and clubs for tests of the core: fictional, each field changeable.

A built issue is one that nobody minds: free, real, alive, and of a project that people use.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.corpus.catalogue import build_catalogue
from bot.corpus.interest import Matcher
from bot.harvest.issue import (
    Comment,
    Details,
    Issue,
    PullRequest,
    Repository,
    RepositoryFacts,
    TrackRecord,
)
from bot.ranking.score import RankedIssue, Reason
from bot.sayings import Saying
from bot.screening.rules import Circumstances
from bot.screening.survey import survey
from bot.subscriptions.club import Club
from bot.subscriptions.student import Subscription
from bot.terms import IssueRef

NOW = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)

#: A title of no special kind, and a text that is neither bare nor long.
TITLE = "Round the azimuth before it is printed"
BODY = "The azimuth is printed with nine digits; two would do. The formatting happens in one place."


def days_ago(n: float) -> datetime:
    """The moment `n` days before NOW."""
    return NOW - timedelta(days=n)


def build_record(**changes: Any) -> TrackRecord:
    """The record of a project that newcomers were let into now and then."""
    record = TrackRecord(
        n_commits=1_200,
        n_closed_pull_requests=310,
        n_merged_lately=40,
        n_from_newcomers=8,
        read_at=days_ago(1),
    )
    return replace(record, **changes)


def build_facts(**changes: Any) -> RepositoryFacts:
    """Facts of a living project of a middling size."""
    facts = RepositoryFacts(
        description="Star charts for small telescopes",
        topics=("charts",),
        languages=("Python", "Shell"),
        stars=240,
        forks=31,
        licence="MIT",
        created_at=days_ago(900),
        pushed_at=days_ago(3),
        is_archived=False,
        is_fork=False,
        is_mirror=False,
        is_template=False,
        guide=None,
        has_discussions=False,
        read_at=days_ago(1),
        language_shares=(0.9, 0.1),
        record=build_record(),
    )
    return replace(facts, **changes)


def build_repository(name: str = "lumen-lab/starcharts", **changes: Any) -> Repository:
    """A repository whose facts are known; `facts=None` makes them unknown."""
    return replace(Repository(f"R-{name}", name, "Python", build_facts()), **changes)


def build_comment(body: str, **changes: Any) -> Comment:
    """A comment of yesterday by somebody from outside."""
    return replace(Comment("bea-example", "NONE", body, days_ago(1), is_hidden=False), **changes)


def build_pull_request(**changes: Any) -> PullRequest:
    """An open pull request that would close the issue."""
    ref = IssueRef("lumen-lab/starcharts", 400)
    return replace(PullRequest(ref, "OPEN", closes=True), **changes)


def build_details(*comments: Comment, **changes: Any) -> Details:
    """Details of a free issue, with these comments."""
    details = Details(
        is_open=True,
        is_locked=False,
        assigned=(),
        body=BODY,
        comments=comments,
        pull_requests=(),
        n_blocked_by=0,
        read_at=NOW,
        n_comments=len(comments),
    )
    return replace(details, **changes)


def build_issue(number: int = 12, **changes: Any) -> Issue:
    """A free issue; `repository` may be a name; `details=None` makes them unknown."""
    repository = changes.pop("repository", None) or build_repository()
    if isinstance(repository, str):
        repository = build_repository(repository)
    issue = Issue(
        id=f"I-{repository.name}-{number}",
        ref=IssueRef(repository.name, number),
        repository=repository,
        title=TITLE,
        created_at=days_ago(10),
        updated_at=days_ago(5),
        labels=("good first issue",),
        is_locked=False,
        is_pinned=False,
        author="mira-example",
        seen_at=NOW,
        details=build_details(),
    )
    return replace(issue, **changes)


def build_issues(
    n: int,
    language: str = "Python",
    *,
    every: timedelta = timedelta(minutes=1),
    name: str = "lumen-lab/starcharts",
) -> list[Issue]:
    """So many issues of a language, newest first, `every` apart."""
    repository = build_repository(name, language=language)
    return [
        build_issue(number, repository=repository, created_at=NOW - number * every)
        for number in range(1, n + 1)
    ]


def build_matcher(*issues: Issue) -> Matcher:
    """A catalogue of these issues, in which interests can be looked for."""
    return Matcher(build_catalogue(issues))


def build_ranked(log_odds: float, number: int = 12, **changes: Any) -> RankedIssue:
    """A ranked issue of that score; the changes are the issue's."""
    return RankedIssue(build_issue(number, **changes), (Reason("base", log_odds, Saying("base")),))


def build_circumstances(corpus: Sequence[Issue] = ()) -> Circumstances:
    """What a rule may know besides the issue, over this corpus."""
    return Circumstances(survey(corpus), NOW)


def build_student(login: str = "ada-example", **keys: Any) -> Subscription:
    """A student as the YAML file says it; Python, if the keys name no taste."""
    if not keys.keys() & {"languages", "interests"}:
        keys["languages"] = ["Python"]
    return Subscription.model_validate({"login": login, **keys})


def build_club(**keys: Any) -> Club:
    """A club as the YAML file says it."""
    return Club.model_validate({"name": "Campus Open Source Club", **keys})
