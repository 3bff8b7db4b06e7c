"""Where an issue speaks of an interest: in its project's topics, its labels, its words.

Comes in: an interest as a student wrote it, and an issue. Goes out: an `InterestMatch` or None.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.harvest.issue import Issue
from bot.subscriptions.student import Subscription
from bot.vocabulary import interest_phrases, normalise_label, topic_names

#: Letters of scripts that put no blanks between words: Thai, Lao, Khmer, kana, Han.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


class Place(StrEnum):
    """Where an interest was found, the strongest evidence first."""

    TOPIC = "a topic of the project"
    TITLE = "in the title"
    LABEL = "in the labels"
    DESCRIPTION = "in the project's description"
    BODY = "in the text"


@dataclass(frozen=True, slots=True)
class InterestMatch:
    """An interest and every place where an issue speaks of it, never none."""

    interest: str
    places: tuple[Place, ...]
    #: The project's topic that stands for the interest, where one does.
    topic: str | None = None


def match_interests(student: Subscription, issue: Issue) -> tuple[InterestMatch, ...]:
    """The student's interests that the issue speaks of, in the student's order."""
    found = (_match(word, issue) for word in student.interests)
    return tuple(match for match in found if match.places)


def _match(interest: str, issue: Issue) -> InterestMatch:
    facts, pattern = issue.repository.facts, _pattern(interest)
    wanted = _topics(interest)
    topic = next((one for one in (facts and facts.topics) or () if one in wanted), None)
    description = (facts and facts.description) or ""
    body = (issue.details and issue.details.body) or ""
    evidence = {
        Place.TOPIC: topic is not None,
        Place.TITLE: pattern.search(issue.title),
        Place.LABEL: any(pattern.search(normalise_label(label)) for label in issue.labels),
        Place.DESCRIPTION: pattern.search(description),
        Place.BODY: pattern.search(body),
    }
    places = tuple(place for place, is_there in evidence.items() if is_there)
    return InterestMatch(interest, places, topic)


@cache
def _topics(interest: str) -> frozenset[str]:
    return frozenset(topic_names(interest))


@cache
def _pattern(interest: str) -> re.Pattern[str]:
    """One pattern for all phrases of an interest: whole words, blanks as any gap or hyphen."""
    phrases = "|".join(map(_phrase_pattern, interest_phrases(interest)))
    return re.compile(phrases or "(?!)", re.IGNORECASE)


def _phrase_pattern(phrase: str) -> str:
    """A phrase with a word's border at each end whose script writes blanks between words."""
    words = r"[\s_-]+".join(re.escape(word) for word in phrase.split())
    before = "" if _UNSPACED.match(phrase[0]) else r"(?<!\w)"
    after = "" if _UNSPACED.match(phrase[-1]) else r"(?!\w)"
    return f"{before}{words}{after}"
