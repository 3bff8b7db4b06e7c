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


def match_interests(student: Subscription, issue: Issue) -> tuple[InterestMatch, ...]:
    """The student's interests that the issue speaks of, in the student's order."""
    found = ((word, _places(word, issue)) for word in student.interests)
    return tuple(InterestMatch(word, places) for word, places in found if places)


def _places(interest: str, issue: Issue) -> tuple[Place, ...]:
    facts, pattern = issue.repository.facts, _pattern(interest)
    description = (facts and facts.description) or ""
    body = issue.details.body if issue.details else ""
    evidence = {
        Place.TOPIC: facts is not None and not _topics(interest).isdisjoint(facts.topics),
        Place.TITLE: pattern.search(issue.title),
        Place.LABEL: any(pattern.search(normalise_label(label)) for label in issue.labels),
        Place.DESCRIPTION: pattern.search(description),
        Place.BODY: pattern.search(body),
    }
    return tuple(place for place, is_there in evidence.items() if is_there)


@cache
def _topics(interest: str) -> frozenset[str]:
    return frozenset(topic_names(interest))


@cache
def _pattern(interest: str) -> re.Pattern[str]:
    """One pattern for all phrases of an interest: whole words, blanks as any gap or hyphen."""
    phrases = (
        r"[\s_-]+".join(re.escape(word) for word in phrase.split())
        for phrase in interest_phrases(interest)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases) or '(?!)'})(?!\w)", re.IGNORECASE)
