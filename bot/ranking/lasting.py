"""Will it still be free in three days? The survival scorecard over what a harvest knows.

Comes in: a catalogue. Goes out: the card's values, a column each, NaN where unknown, and what
is told of each reason. It was learned from fresh issues, 72 hours after they were opened; farms are
screened before it is asked, for what nobody wants lasts longest.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import lru_cache

import numpy as np

from bot.corpus.catalogue import TITLE, Catalogue, Floats
from bot.harvest.issue import Issue, Repository
from bot.sayings import Saying
from bot.vocabulary import label_words, normalise_label

CARD = "survival"
#: Learned, so that nothing else stands for it, and left out of the ranking: that a project opens
#: many at once makes them last, and is no reason to send somebody there.
CONFOUNDERS = frozenset({"company"})
#: Issues of a project that were opened within so long of each other came together.
TOGETHER = timedelta(hours=12)
#: The titles' words that the card knows.
TITLE_WORDS = (
    *("add", "allow", "bug", "button", "change", "clean", "create", "css", "dark", "doc"),
    *("documentation", "enable", "enhancement", "error", "example", "feature", "file", "fix"),
    *("image", "implement", "improve", "issue", "link", "login", "logo", "make", "missing"),
    *("mobile", "move", "navbar", "new", "option", "page", "readme", "remove", "rename"),
    *("replace", "setup", "should", "show", "style", "support", "test", "tutorial", "typo"),
    *("update", "upgrade", "use", "user", "website", "write"),
)
#: What labels say, by words or beginnings of words (`enhanc*`) that they hold.
LABELS: Mapping[str, str] = {
    "improvement": "enhanc* improv*",
    "feature": "feat*",
    "bug": "bug* fix* defect regression",
    "docs": "doc*",
    "help": "help",
    "easy": "eas* beginner* starter* simple trivial newbie*",
    "medium": "medium intermediate advanced hard",
    "first": "timer* contrib* grabs",
    "programme": "gssoc* *ssoc hacktober* outreachy gsoc jwoc kwoc dwoc swoc iwoc hackathon season",
    "later": "low minor backlog someday future p3 p4 p5",
    "urgent": "high urgent critical important blocker must p0 p1",
    "tests": "test* coverage qa",
    "frontend": "frontend front ui ux css html design react javascript angular vue",
    "backend": "backend back server api database db",
    "question": "question* discuss* rfc idea* suggestion* propos* feedback",
    "triage": "triage needs waiting pending blocked hold",
    "refactoring": "refactor* clean* debt chore maint* quality lint*",
    "content": "content translat* i18n l10n locali* submission example template data",
    "task": "task* todo story sprint mvp milestone",
    "accepted": "accepted approved ready confirmed available",
    "effort": "effort size small xs hour hours points quick",
}
#: Languages that the card knows; a project that holds none at all has `no-language`.
LANGUAGES = (
    *("JavaScript", "Shell", "HTML", "Python", "CSS", "Dockerfile", "TypeScript", "Makefile", "Go"),
    *("Java", "SCSS", "C++", "C", "Rust", "Ruby", "Jupyter Notebook", "CMake", "PHP", "C#"),
    *("Kotlin", "Vue", "PowerShell", "Swift"),
)
_HOUR = 3_600.0


def columns(catalogue: Catalogue) -> dict[str, Floats]:
    """The card's values of every issue, n floats each."""
    n_rows = len(catalogue)
    values = {
        "number": catalogue.column(lambda issue: float(issue.ref.number)),
        "age_hours": catalogue.column(_age_hours),
        "n_comments": catalogue.column(_n_comments),
        "n_letters": catalogue.column(lambda issue: float(len(issue.title))),
        "n_stars": catalogue.project_column(_n_stars),
        **_company(catalogue),
    }
    texts = catalogue.texts
    for word in TITLE_WORDS:
        cells = texts.find((word,)).cells
        rows = cells[cells % texts.n_fields == TITLE] // texts.n_fields
        values[f"title: {word}"] = _flags(n_rows, rows)
    said = [label_groups(issue.labels) for issue in catalogue.issues]
    for group in LABELS:
        values[f"label: {group}"] = np.array([float(group in one) for one in said])
    for language in LANGUAGES:
        projects, _ = catalogue.speakers(language)
        values[f"language: {language}"] = _flags(n_rows, catalogue.spread(projects)[0])
    values["no language"] = catalogue.project_column(
        lambda one: float(not one.language and not (one.facts and one.facts.languages))
    )
    return values


@lru_cache(maxsize=2**14)
def label_groups(labels: tuple[str, ...]) -> frozenset[str]:
    """What an issue's labels say besides "good first issue", by the names of `LABELS`."""
    words = frozenset().union(
        *(label_words(one) for one in labels if normalise_label(one) != "good first issue")
    )
    return frozenset(
        group for group, pattern in _LABEL_PATTERNS.items() if any(map(pattern.fullmatch, words))
    )


def tell(reason: str, issue: Issue, share: float) -> Saying | None:
    """What is told of the reason, or None for one that is not this card's."""
    n_comments = issue.details.n_comments if issue.details else None
    if reason == "demand" and (n_comments is None or (share < 0 and not n_comments)):
        return Saying("age_fast") if share < 0 else Saying("age_stays")
    told = {
        "demand": (Saying("demand_stays"), Saying("demand_fast")),
        "rush": (Saying("rush_stays"), Saying("rush_fast")),
        "pace": (Saying("pace_stays"), Saying("pace_fast")),
    }
    return told[reason][share < 0] if reason in told else None


def _age_hours(issue: Issue) -> float:
    return max((issue.seen_at - issue.created_at).total_seconds() / _HOUR, 0.0)


def _n_comments(issue: Issue) -> float:
    known = issue.details.n_comments if issue.details else None
    return np.nan if known is None else float(known)


def _n_stars(repository: Repository) -> float:
    return float(repository.facts.stars) if repository.facts else np.nan


def _company(catalogue: Catalogue) -> dict[str, Floats]:
    """How many issues came together, and in what sort of project: where many do in a small one they
    are a course's or a sprint's and go fast, in a large one they stay. Products of logarithms."""
    many = _n_together(catalogue)
    sorts = {
        "stars": catalogue.project_column(_n_stars),
        "number": catalogue.column(lambda issue: float(issue.ref.number)),
        "languages": catalogue.project_column(
            lambda one: float(len((one.facts and one.facts.languages) or ()))
        ),
    }
    products = {
        f"n_together by {name}": np.log1p(many) * np.log1p(sort) for name, sort in sorts.items()
    }
    return {"n_together": many, **products}


def _n_together(catalogue: Catalogue) -> Floats:
    """How many other issues of its project were opened shortly before or after, and are known."""
    if not len(catalogue):
        return np.empty(0)
    opened = catalogue.column(lambda issue: issue.created_at.timestamp())
    seen = catalogue.column(lambda issue: issue.seen_at.timestamp())
    window = TOGETHER.total_seconds()
    span = opened.max() - opened.min() + 4 * window
    shift = catalogue.project_of * span - opened.min()
    keys = np.sort(opened + shift)
    first = np.searchsorted(keys, opened - window + shift, side="left")
    until = np.minimum(opened + window, np.maximum(seen, opened))
    last = np.searchsorted(keys, until + shift, side="right")
    return np.asarray(last - first - 1, np.float64)


def _flags(n_rows: int, rows: Sequence[int] | np.ndarray) -> Floats:
    flags = np.zeros(n_rows)
    flags[rows] = 1.0
    return flags


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word).replace(r"\*", ".*") for word in words.split()))


_LABEL_PATTERNS = {group: _pattern(words) for group, words in LABELS.items()}
