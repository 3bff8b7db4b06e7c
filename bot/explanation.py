"""An explanation of one issue for one student: the ledger of its score, or why it was dropped.

Comes in: a student and an issue's reference. Goes out: an `Explanation`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.allocation.offer import Offer
from bot.corpus.candidates import choose_candidates
from bot.corpus.catalogue import build_catalogue
from bot.corpus.interest import Matcher
from bot.errors import ConfigurationError
from bot.harvest.enrich import enrich
from bot.harvest.issue import Issue
from bot.harvest.source import IssueSource, pages
from bot.ranking.rank import score_issue
from bot.ranking.score import RankedIssue
from bot.screening.reasons import Drop
from bot.screening.rules import LATE_RULES, Circumstances
from bot.screening.screen import screen_alone, screen_for
from bot.screening.survey import survey
from bot.selection import Task, off_limits
from bot.shortlist import as_on_pages
from bot.subscriptions.student import Subscription
from bot.terms import IssueRef
from bot.vocabulary import NEWCOMER_LABELS


@dataclass(frozen=True, slots=True)
class Explanation:
    """What Foothold thinks of an issue for a student; `ranked` is there even for a drop."""

    student: Subscription
    ranked: RankedIssue
    #: Why it is not offered, or None.
    drop: Drop | None
    #: The digest that it is in, or None.
    offer: Offer | None
    #: Is it in a language, or of an interest, that the student named?
    is_candidate: bool


def explain_issue(
    task: Task, student: Subscription, ref: IssueRef, source: IssueSource
) -> Explanation:
    """Look at the issue as a run would; ConfigurationError if no harvest could have found it."""
    siblings = _labelled_issues(ref.repository, source)
    found = next((one for one in siblings if one.ref.number == ref.number), None)
    if found is None:
        labels = ", ".join(NEWCOMER_LABELS[:3])
        raise ConfigurationError(
            f"{ref} is not among the open issues of its project that carry a beginner label.",
            f"Look whether it is open and has a label such as {labels}; only those are searched.",
        )
    issue = enrich([found], source, task.allowance, task.now).issues.get(found.ref, found)
    given = Circumstances(survey(siblings), task.now)
    dropped = screen_alone([issue], given, LATE_RULES)
    leaning = task.leaning(student.login)
    mine, others = _split(task.offers, student.login, issue)
    screened = screen_for([issue], dropped, off_limits(student, replace(task, offers=others)))
    return Explanation(
        student=student,
        ranked=score_issue(issue, student, task.now, leaning.past),
        drop=screened.drops[0] if screened.drops else None,
        offer=mine[0] if mine else None,
        is_candidate=_is_candidate(student, issue, leaning.past.homes),
    )


def _is_candidate(student: Subscription, issue: Issue, homes: Collection[str]) -> bool:
    """Whether a run would look at it for the student: it chooses by what pages tell."""
    page = Matcher(build_catalogue(as_on_pages([issue])))
    return len(choose_candidates(student, page, homes)) > 0


def _split(offers: Sequence[Offer], login: str, issue: Issue) -> tuple[list[Offer], list[Offer]]:
    """The student's own offers of this issue, and all others."""
    mine = [
        one
        for one in offers
        if one.login.casefold() == login.casefold()
        and (one.ref.folded == issue.ref.folded or one.node_id == issue.id)
    ]
    return mine, [one for one in offers if one not in mine]


def _labelled_issues(repository: str, source: IssueSource) -> tuple[Issue, ...]:
    """All labelled open issues of a repository: floods and templates show only among them."""
    asked = pages(partial(source.list_labelled, repository, NEWCOMER_LABELS))
    return tuple(issue for page in asked for issue in page.issues)
