"""Likings: languages and topics that a public profile points to.

Comes in: `Trace`s, the repositories that somebody owns or starred. Goes out: `Likings`, a proposal
that a person looks through. What is somebody's own weighs more than what they starred, and the new
more than the old. Left out is what says nothing of a taste: settings, lists, profiles, tags of
campaigns, and languages that stand in every repository.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.languages import is_language, known_language
from bot.vocabulary import canonical_topic

#: So many are proposed at most: what a person looks through, and a search serves.
MOST_LANGUAGES, MOST_TOPICS = 5, 8
#: Our judgements: a star is a sixth of a repository of one's own; after two years all counts half.
STAR = 1 / 6
HALF_LIFE_DAYS = 730
#: A language with a smaller share of a repository is not what it is written in.
LEAST_SHARE = 0.1
#: Less than half of a starred repository's weight in all is no liking.
LEAST_WEIGHT = 0.08

#: Languages of settings, builds and papers: no issue is picked for them.
_NO_CRAFT = frozenset(
    {"Makefile", "Dockerfile", "CMake", "Batchfile", "Procfile", "TeX", "Roff", "Vim Script"}
    | {"Starlark", "Meson", "M4", "Nix", "Smarty", "Mustache", "Handlebars", "EJS", "Pug"}
    | {"SCSS", "Sass", "Less", "Stylus", "XSLT", "Rich Text Format", "PostScript", "Emacs Lisp"}
)
#: Languages of every page: proposed where nothing else is there.
_PAGES = frozenset({"HTML", "CSS"})
_NOISE = re.compile(
    r"hacktober\w*|awesome(-\w+)*|\w*-?awesome|dotfiles|dot-?files|config(s|uration)?|portfolio|"
    r"(personal-)?website|resume|cv|blog|homepage|github-?(pages|profile(-readme)?|actions?|config)|"
    r"readme(-\w+)*|profile(-readme)?|good-first-(issues?|pr)|first-(contributions?|timers?(-only)?)|"
    r"beginner(s|-friendly)?|help-wanted|open-?source|foss|git|github|gitlab|code|programming|"
    r"projects?|homework|assignments?|course(work)?|tutorials?|learn(ing)?|examples?|demo|template|"
    r"boilerplate|starter|test|lists?|resources?|interview(-\w+)*|leetcode(-\w+)*|free|up-for-grabs"
)


@dataclass(frozen=True, slots=True)
class Trace:
    """A public repository that somebody owns or starred."""

    repository: str
    is_own: bool
    #: When it was last pushed to, or starred.
    at: datetime
    #: Each language's share.
    languages: Mapping[str, float]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Liking:
    """A language or a topic, and in how many repositories it was found."""

    name: str
    n_own: int
    n_starred: int


@dataclass(frozen=True, slots=True)
class Likings:
    """What is proposed, the strongest first."""

    languages: tuple[Liking, ...] = ()
    topics: tuple[Liking, ...] = ()

    def besides(self, keys: Mapping[str, object]) -> "Likings | None":
        """What was not asked for already; None where nothing is left."""
        languages, interests = keys.get("languages"), keys.get("interests")
        said = languages if isinstance(languages, list | dict) else ()
        cared = interests if isinstance(interests, list) else ()
        asked = {str(one) for one in said}
        topics = {canonical_topic(str(one)) for one in cared}
        left = Likings(
            tuple(one for one in self.languages if one.name not in asked),
            tuple(one for one in self.topics if one.name not in topics),
        )
        return left if left.languages or left.topics else None


class ProfileSource(Protocol):
    """Where public profiles are read."""

    def read_traces(self, login: str) -> tuple[Trace, ...] | None:
        """The newest of what somebody owns and starred; None where there is no such person."""


def weigh(login: str, traces: Iterable[Trace], now: datetime) -> Likings:
    """What these repositories point to."""
    languages, topics = _Scale(), _Scale()
    for trace in traces:
        if not _is_telling(trace.repository, login):
            continue
        age_days = max(0.0, (now - trace.at).total_seconds() / 86_400)
        weight = (1.0 if trace.is_own else STAR) * 0.5 ** (age_days / HALF_LIFE_DAYS)
        for name, share in trace.languages.items():
            known = known_language(name)
            if known is not None and known not in _NO_CRAFT and share >= LEAST_SHARE:
                languages.add(known, trace, weight * share)
        for name in dict.fromkeys(map(canonical_topic, trace.topics)):
            if name and not _NOISE.fullmatch(name) and not is_language(name.replace("-", " ")):
                topics.add(name, trace, weight)
    return Likings(languages.strongest(MOST_LANGUAGES, last=_PAGES), topics.strongest(MOST_TOPICS))


def _is_telling(repository: str, login: str) -> bool:
    """Is it more than settings, a list, a profile or a page about oneself?"""
    name = repository.partition("/")[2].casefold()
    own = login.casefold()
    return not (_NOISE.fullmatch(name) or name in {own, f"{own}.github.io", ".github"})


class _Scale:
    """Weights by name."""

    def __init__(self) -> None:
        self._weights: dict[str, float] = defaultdict(float)
        self._found: dict[str, list[bool]] = defaultdict(list)

    def add(self, name: str, trace: Trace, weight: float) -> None:
        self._weights[name] += weight
        self._found[name].append(trace.is_own)

    def strongest(self, most: int, last: frozenset[str] = frozenset()) -> tuple[Liking, ...]:
        """The strongest; those of `last` only where nothing else is there."""
        names = [name for name, weight in self._weights.items() if weight >= LEAST_WEIGHT]
        names = [name for name in names if name not in last] or names
        names.sort(key=lambda name: (-self._weights[name], name))
        return tuple(self._liking(name) for name in names[:most])

    def _liking(self, name: str) -> Liking:
        n_own = sum(self._found[name])
        return Liking(name, n_own, len(self._found[name]) - n_own)
