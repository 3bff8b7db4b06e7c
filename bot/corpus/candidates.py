"""Candidates: the part of the corpus that a student asked for.

Comes in: the corpus, all issues of a harvest. Goes out: a student's candidates in the corpus'
order; a digest counts them as "looked at".
"""

from collections.abc import Iterable

from bot.corpus.interest import match_interests
from bot.harvest.issue import Issue
from bot.subscriptions.student import Subscription


def choose_candidates(student: Subscription, corpus: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues in a language that the student named, or of an interest if they named none.

    The language is the repository's main one, the only one that GitHub's issue search knows; where
    an interest matches, any language that the repository holds will do.
    """
    return tuple(issue for issue in corpus if _is_asked(student, issue))


def _is_asked(student: Subscription, issue: Issue) -> bool:
    languages, facts = student.languages, issue.repository.facts
    if not languages:
        return bool(match_interests(student, issue))
    if issue.repository.language in languages:
        return True
    held = (facts and facts.languages) or ()
    return not languages.keys().isdisjoint(held) and bool(match_interests(student, issue))
