"""What sort of task an issue is and how big it looks, from labels, title and text.

A first estimate by words; it is shown as an estimate.
"""

import re

from bot.harvest.issue import Issue
from bot.terms import Effort, Kind
from bot.vocabulary import normalise_label

_KINDS = (
    (Kind.TRANSLATION, r"translat\w*|i18n|l10n|locali[sz]\w*|traducci\w*|tradu[cç]\w*"),
    (Kind.DOCS, r"docs?|documentation|readme|docstrings?|tutorials?|typos?|changelog|guide"),
    (Kind.TESTS, r"tests?|testing|coverage|unittests?|pytest|fixtures?"),
    (Kind.DESIGN, r"design|ux|ui|css|icons?|logo|accessibility|a11y|contrast"),
    (Kind.TRIAGE, r"triage|reproduc\w*|needs repro|bisect"),
)
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.I)) for kind, words in _KINDS)
_LARGE = re.compile(
    r"\b(?:rewrite|refactor\w*|migrat\w*|redesign\w*|architecture|implement\s+support|"
    r"add\s+support|port\s+to|overhaul|entire|whole|support\s+for|large|hard|complex)\b",
    re.I,
)
_SMALL = re.compile(
    r"\b(?:typos?|rename|broken\s+links?|wording|spelling|message|tooltip|label|badge|link|"
    r"easy|e\s+easy|trivial|small|low\s+hanging\s+fruit|quick|docstrings?|readme)\b",
    re.I,
)
#: A task told in so many steps or words is more than an evening's.
MANY_WORDS, MANY_STEPS = 400, 6
_STEP = re.compile(r"^[ \t]*(?:\d+[.)]|[-*](?:[ \t]+\[[ xX]\])?)[ \t]+\S", re.M)


def guess_kind(issue: Issue) -> Kind:
    """The kind of work: by the labels, else by the title, else code."""
    labels = " ; ".join(normalise_label(label) for label in issue.labels)
    for text in (labels, issue.title):
        for kind, pattern in _PATTERNS:
            if pattern.search(text):
                return kind
    return Kind.CODE


def guess_effort(issue: Issue) -> Effort:
    """An evening, a weekend or longer; without a known text a weekend is assumed."""
    words = " ; ".join((issue.title, *(normalise_label(label) for label in issue.labels)))
    body = (issue.details and issue.details.body) or ""
    is_long = len(body.split()) > MANY_WORDS or len(_STEP.findall(body)) > MANY_STEPS
    is_small = _SMALL.search(words) or guess_kind(issue) is Kind.DOCS
    if _LARGE.search(words):
        return Effort.LONGER if is_long or not is_small else Effort.WEEKEND
    return Effort.EVENING if is_small and not is_long else Effort.WEEKEND
