"""What sort of task an issue is and how big it looks, from labels, title and text.

A first estimate by words; it is shown as an estimate, with what it rests on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.harvest.issue import Issue
from bot.sayings import Saying
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
_ANY_KIND = re.compile("|".join(rf"\b(?:{words})\b" for _, words in _KINDS), re.I)
_LARGE = re.compile(
    r"\b(?:rewrite|refactor\w*|migrat\w*|redesign\w*|architecture|implement\s+support|"
    r"add\s+support|port\s+to|overhaul|entire|whole|support\s+for|large|hard|complex|major)\b",
    re.I,
)
_SMALL = re.compile(
    r"\b(?:typos?|rename|broken\s+links?|wording|spelling|message|tooltip|label|badge|link|"
    r"easy|e\s+easy|trivial|small|low\s+hanging\s+fruit|quick|docstrings?|readme)\b",
    re.I,
)
#: A text of more words, and more steps or files named in it, make a task a step larger, twice as
#: many two (our judgement; no data tells how long a task took).
MANY_WORDS, MANY_STEPS, MANY_FILES = 400, 6, 4
_STEP = re.compile(r"^[ \t]*(?:\d+[.)]|[-*](?:[ \t]+\[[ xX]\])?)[ \t]+\S", re.M)
_FILE = re.compile(r"(?<![\w/.])(?:[\w-]+/)*[\w-]+\.(?:[a-z]{1,2}|[a-z]{3,4}|ipynb)\b(?!\()")
_CODE = re.compile(r"```.*?```", re.S)
#: Where evenings end and where weekends end.
_EVENING_ENDS, _WEEKEND_ENDS = -0.5, 1.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """How big a task looks, and what that rests on, the weightiest first."""

    effort: Effort
    signs: tuple[Saying, ...]


def guess_kind(issue: Issue) -> Kind:
    """The kind of work: by the labels, else by the title, else code."""
    return _kind_of_labels(issue.labels) or _kind_of(issue.title) or Kind.CODE


def estimate(issue: Issue) -> Estimate:
    """An evening, a weekend or longer; without a known text, what title and labels say."""
    signs = sorted(_signs(issue), key=lambda sign: -abs(sign[0]))
    size = sum(weight for weight, _ in signs)
    if size <= _EVENING_ENDS:
        effort = Effort.EVENING
    else:
        effort = Effort.WEEKEND if size <= _WEEKEND_ENDS else Effort.LONGER
    is_meant = size > _EVENING_ENDS
    return Estimate(effort, tuple(told for weight, told in signs if (weight > 0) == is_meant))


def guess_effort(issue: Issue) -> Effort:
    """How big the task looks."""
    return estimate(issue).effort


def _signs(issue: Issue) -> Iterator[tuple[float, Saying]]:
    """What makes it larger (> 0) or smaller (< 0), in steps from an evening to a weekend."""
    words = f"{issue.title} ; {_joined(issue.labels)}"
    if match := _LARGE.search(words):
        yield 1.5, Saying("sign_word", {"word": match[0].lower()})
    if match := _SMALL.search(words):
        yield -1.0, Saying("sign_word", {"word": match[0].lower()})
    elif guess_kind(issue) is Kind.DOCS:
        yield -0.5, Saying("sign_docs")
    body = issue.details and issue.details.body
    if not body:
        return
    n_words = len(body.split())
    n_steps = len(_STEP.findall(body))
    n_files = len(set(_FILE.findall(_CODE.sub(" ", body))))
    for count, many, told in (
        (n_words, MANY_WORDS, Saying("sign_words", {"n": n_words})),
        (n_steps, MANY_STEPS, Saying("sign_steps", {"n": n_steps})),
        (n_files, MANY_FILES, Saying("sign_files", {"n": n_files})),
    ):
        if count > many:
            yield (1.0 if count <= 2 * many else 2.0), told


@lru_cache(maxsize=2**14)
def _kind_of_labels(labels: tuple[str, ...]) -> Kind | None:
    return _kind_of(_joined(labels))


def _kind_of(text: str) -> Kind | None:
    if not _ANY_KIND.search(text):
        return None
    return next((kind for kind, pattern in _PATTERNS if pattern.search(text)), None)


@lru_cache(maxsize=2**14)
def _joined(labels: tuple[str, ...]) -> str:
    return " ; ".join(map(normalise_label, labels))
