"""The plan of a harvest: which few searches find what all students ask for together.

Comes in: all subscriptions. Goes out: a `Plan`, a pure value. Sources for the search language:
docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests and
docs.github.com/en/rest/search/search (1,000 results, 256 characters without qualifiers).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.subscriptions.student import Subscription
from bot.vocabulary import NEWCOMER_LABELS, topic_names

#: A project without a push for so long is not alive. goodfirstissue.dev asks for 90 days; a small
#: finished library may rest for twice that. Our judgement.
MAX_REST = timedelta(days=180)

#: GitHub refuses free text beyond this (qualifiers do not count).
MAX_WORDS = 256


@dataclass(frozen=True, slots=True)
class IssueSearch:
    """One issue search, in one language or for words, over the newcomer labels."""

    language: str | None = None
    words: str | None = None

    def text(self, created_before: datetime | None = None) -> str:
        """The query, newest first; `created_before` (inclusive) makes it a slice.

        Taken issues are asked for too, so that a digest can tell how many there were (decision
        0003).
        """
        parts = [] if self.words is None else [f'"{self.words}"']
        parts += ["is:issue", "is:open", "is:public", "archived:false"]
        if self.language is not None:
            parts.append(f'language:"{self.language}"')
        parts.append("label:" + ",".join(f'"{label}"' for label in NEWCOMER_LABELS))
        if created_before is not None:
            parts.append(f"created:<={created_before:%Y-%m-%dT%H:%M:%SZ}")
        parts.append("sort:created-desc")
        return " ".join(parts)

    def __str__(self) -> str:
        return self.language or f'"{self.words}"'


@dataclass(frozen=True, slots=True)
class TopicSearch:
    """One repository search by topic; its repositories' labelled issues are then listed.

    Issue search has no `topic:` qualifier, and listing a repository knows no cap.
    """

    topic: str
    pushed_after: date
    #: Only repositories in one of these main languages are listed; None: in any.
    languages: frozenset[str] | None

    def text(self) -> str:
        """The query, most stars first."""
        return (
            f"topic:{self.topic} archived:false pushed:>={self.pushed_after} "
            "is:public sort:stars-desc"
        )

    def __str__(self) -> str:
        return f"topic {self.topic}"


@dataclass(frozen=True, slots=True)
class Plan:
    """All searches of a harvest, without doubles and in a stable order."""

    topics: tuple[TopicSearch, ...]
    searches: tuple[IssueSearch, ...]


def plan_queries(subscriptions: Iterable[Subscription], now: datetime) -> Plan:
    """The union of all languages and interests as few searches.

    A language is one search. An interest is one repository search for each of its topics, and a
    search for its words only where somebody named no language: for the others the language's own
    search holds those issues already.
    """
    students = tuple(subscriptions)
    languages = sorted({language for student in students for language in student.languages})
    phrases = sorted(
        {
            _quotable(word)
            for student in students
            if not student.languages
            for word in student.interests
        }
    )
    since = (now - MAX_REST).date()
    return Plan(
        topics=tuple(
            TopicSearch(topic, since, wanted) for topic, wanted in _wanted_topics(students)
        ),
        searches=(
            *(IssueSearch(language=language) for language in languages),
            *(IssueSearch(words=phrase) for phrase in phrases if phrase),
        ),
    )


def _wanted_topics(
    students: tuple[Subscription, ...],
) -> list[tuple[str, frozenset[str] | None]]:
    """Each topic with the languages of those who asked for it, None when one named none."""
    wanted: dict[str, frozenset[str] | None] = {}
    for student in students:
        for topic in (name for word in student.interests for name in topic_names(word)):
            before = wanted.get(topic, frozenset())
            if before is None or not student.languages:
                wanted[topic] = None
            else:
                wanted[topic] = before | student.languages.keys()
    return sorted(wanted.items(), key=lambda pair: pair[0])


def _quotable(interest: str) -> str:
    """The interest as a quoted phrase can hold it."""
    return " ".join(interest.lower().replace('"', " ").replace("\\", " ").split())[:MAX_WORDS]
