"""The field's words as GitHub writes them: languages, topics, and the labels that invite newcomers.

Comes in: a word as a person wrote it. Goes out: GitHub's spelling, the topics and phrases that it
stands for, or whether a label speaks to newcomers. The facts and their sources: `bot/data`.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from bot.resources import data

#: The spellings that an issue search asks for. Measured over up-for-grabs.net's list of 2024-10
#: (1,128 projects, each naming its one newcomer label, compared without case as GitHub does):
#: these 14 are the label of 90.2 % of the projects, "good first issue" alone of 28.8 %. They are
#: the most used ones, but for `hacktoberfest` (1.2 %: an event, and the bait of farms) and
#: `enhancement` (0.5 %: no invitation); `E-easy` goes before its equals, the Rust projects' label.
NEWCOMER_LABELS = (
    "good first issue",
    "help wanted",
    "up-for-grabs",
    "up for grabs",
    "first-timers-only",
    "easy",
    "jump in",
    "help-wanted",
    "good-first-issue",
    "teaser tasks",
    "beginner",
    "beginner friendly",
    "bitesize",
    "E-easy",
)

#: One interest is at most so many repository searches.
MAX_TOPICS = 6
#: A topic's name is no longer (docs.github.com: "Classifying your repository with topics").
MAX_TOPIC_LENGTH = 50

#: An emoji by its name, as labels carry it: `:tada:`.
_SHORTCODE = re.compile(r"(?:^|(?<=[\s-])):[a-z0-9_+-]+:(?=\s|$)")
#: What may stand beside a word such as "easy": a grade or a reward (`D1`, `2`, `25 points`).
_GRADE = re.compile(r"[a-z]?\d*|\d+(?:pts|points|karma)")


@dataclass(frozen=True, slots=True)
class _Topics:
    """What is known of topics; `canonical` leads from every known name to the topic's own."""

    canonical: dict[str, str]
    aliases: dict[str, tuple[str, ...]]
    related: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _LabelWords:
    """How a sort of labels is known, over normalised words."""

    phrases: re.Pattern[str]
    blockers: re.Pattern[str]
    exact: frozenset[str]
    words: frozenset[str]
    company: frozenset[str]

    def matches(self, label: str) -> bool:
        if self.blockers.search(label):
            return False
        return label in self.exact or bool(self.phrases.search(label)) or self._is_graded(label)

    def _is_graded(self, label: str) -> bool:
        """Whether it is a word such as "easy" with nothing beside it that changes its meaning."""
        beside = [word for word in label.split() if word not in self.words]
        return len(beside) < len(label.split()) and all(
            word in self.company or _GRADE.fullmatch(word) for word in beside
        )


def is_topic(name: str) -> bool:
    """Whether a name is that of a topic that GitHub describes."""
    return topic_slug(name) in _topics().canonical


def topic_slug(words: str) -> str:
    """The words as GitHub would write them in a topic; empty where its alphabet cannot."""
    text = words.casefold().strip().lstrip("#").replace("++", "pp").replace("#", "sharp")
    plain = unaccented(text).replace(".", "").replace("'", "")
    if any(sign.isalnum() and not sign.isascii() for sign in plain):
        return ""
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug if len(slug) <= MAX_TOPIC_LENGTH else ""


def topic_names(interest: str) -> tuple[str, ...]:
    """The topics that an interest stands for, at most six: its own words, GitHub's name, aliases.

    Aliases that only add words to the name come last: they say less. None for an interest in
    letters that no topic has, unless it is a word that we translate.
    """
    return _known_topics(interest)[:MAX_TOPICS]


@lru_cache(maxsize=2**15)
def canonical_topic(words: str) -> str:
    """The one topic that all spellings, aliases and translations of a name stand for.

    The words' own where nothing is known of them; empty where no topic can be written so.
    """
    known, spellings = _topics().canonical, _spellings(words)
    own = next(iter(spellings), "")
    return next((known[name] for name in spellings if name in known), own)


def interest_phrases(interest: str) -> tuple[str, ...]:
    """The phrases whose presence in a text counts as the interest, itself first.

    They are in lower case with single blanks, and not shorter than two signs but the interest.
    """
    own = folded(interest)
    spoken = (_spaced(topic) for topic in _known_topics(interest))
    phrases = (_spaced(own) or own, *(name for name in spoken if len(name) > 1))
    return tuple(phrase for phrase in dict.fromkeys(phrases) if phrase)


def related_topics(topic: str) -> tuple[str, ...]:
    """The topics that GitHub's explorers name beside a topic; none for an unknown one."""
    known = _topics()
    names = (known.canonical.get(name) for name in _spellings(topic))
    return next((known.related[name] for name in names if name), ())


@lru_cache(maxsize=2**15)
def normalise_label(label: str) -> str:
    """A label's words alone: lower case, single blanks, no emoji (`:tada:` neither), no signs."""
    text = unicodedata.normalize("NFKC", label).lower()
    return " ".join(re.sub(r"[\W_]+", " ", _SHORTCODE.sub(" ", text)).split())


@lru_cache(maxsize=2**15)
def label_words(label: str) -> frozenset[str]:
    """The words of a label, each once."""
    return frozenset(normalise_label(label).split())


def is_newcomer_label(label: str) -> bool:
    """Whether a label says that the issue is meant for newcomers, or is easy, in any spelling."""
    return _speaks_to_newcomers(normalise_label(label))


def is_invitation_label(label: str) -> bool:
    """Whether a label invites anybody to help (help wanted, an event) and says no more."""
    words = normalise_label(label)
    return _labels("invitation").matches(words) and not _speaks_to_newcomers(words)


@cache
def _speaks_to_newcomers(words: str) -> bool:
    return _labels("newcomer").matches(words)


def _known_topics(interest: str) -> tuple[str, ...]:
    """Every topic name of an interest, best first."""
    known = _topics()
    spellings = _spellings(interest)
    canonical = next((known.canonical[name] for name in spellings if name in known.canonical), None)
    names = list(spellings[:1])
    if translated := _translations().get(unaccented(folded(interest))):
        names.append(translated)
    if canonical:
        names += [canonical, *known.aliases[canonical]]
    return tuple(dict.fromkeys(names))


def _spellings(interest: str) -> list[str]:
    """The slugs under which an interest may be known: as written, translated, singular, plural."""
    slug = topic_slug(interest)
    translated = _translations().get(unaccented(folded(interest)), "")
    forms = (slug, translated, slug.replace("-", ""), slug.removesuffix("s"), slug and f"{slug}s")
    return [form for form in dict.fromkeys(forms) if form]


def folded(text: str) -> str:
    """A name to compare by: small letters, single blanks."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _spaced(text: str) -> str:
    return " ".join(re.split(r"[\s_-]+", text)).strip()


def unaccented(text: str) -> str:
    """Latin letters without their marks; other scripts keep what makes their letters."""
    if text.isascii():
        return text
    split = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", re.sub(r"(?<=[a-z])[\u0300-\u036f]+", "", split))


def _read(name: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(data(name).read_text(encoding="utf-8"))
    return facts


@cache
def _topics() -> _Topics:
    """GitHub's topics with ours; a topic in both has the names and neighbours of both."""
    listed: dict[str, dict[str, Any]] = _read("topics.json")
    for topic, more in _read("own_topics.json").items():
        entry = listed.setdefault(topic, {"name": topic, "aliases": [], "related": []})
        entry["aliases"] += more["aliases"]
        entry["related"] += [name for name in more["related"] if name not in entry["related"]]
    canonical = {topic: topic for topic in listed}
    for topic, entry in listed.items():
        for alias in (*entry["aliases"], topic_slug(entry["name"].partition("(")[0])):
            canonical.setdefault(alias, topic)
    return _Topics(
        canonical,
        {
            topic: tuple(sorted(entry["aliases"], key=lambda alias: alias.startswith(f"{topic}-")))
            for topic, entry in listed.items()
        },
        {topic: tuple(entry["related"]) for topic, entry in listed.items()},
    )


@cache
def _translations() -> dict[str, str]:
    """Spanish and Portuguese words, without accents, to English topics."""
    return {unaccented(word): topic for word, topic in _read("translations.json").items()}


@cache
def _labels(sort: str) -> _LabelWords:
    """The words of a sort of labels; phrases match from a word's start, run together too."""
    listed: dict[str, list[str]] = _read("labels.json")[sort]
    phrases = "|".join(phrase.replace(" ", " ?") for phrase in listed["phrases"])
    return _LabelWords(
        phrases=re.compile(rf"\b(?:{phrases})"),
        blockers=re.compile(rf"\b(?:{'|'.join(listed['blockers'])})\b"),
        exact=frozenset(listed["exact"]),
        words=frozenset(listed.get("words", ())),
        company=frozenset(listed.get("company", ())),
    )
