"""The plan of a harvest: which few searches find what all students ask for together.

Comes in: all subscriptions. Goes out: a `Plan`, a pure value. Sources for the search language:
docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests and
docs.github.com/en/rest/search/search (1,000 results, 256 characters without qualifiers).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.harvest.reading import Reading
from bot.harvest.source import Listing
from bot.sayings import Saying
from bot.subscriptions.student import Subscription
from bot.vocabulary import NEWCOMER_LABELS, topic_names

#: A project without a push for so long is not alive. goodfirstissue.dev asks for 90 days; a small
#: finished library may rest for twice that. Our judgement.
MAX_REST = timedelta(days=180)

#: What a student is told of a topic's search that is not read yet: of interests, not of topics.
TOPICS_LEFT = Saying("left_topics")

#: GitHub refuses free text beyond this (qualifiers do not count).
MAX_WORDS = 256

#: What is free and can be seen, as far as the index knows: bots that are assigned, and work that is
#: only spoken of, show in an issue's details.
_FREE = "is:issue is:open is:public is:unlocked archived:false no:assignee -linked:pr"


@dataclass(frozen=True, slots=True)
class IssueSearch:
    """One issue search over the newcomer labels: in a language, for words, or in a repository."""

    language: str | None = None
    words: str | None = None
    #: One where somebody is at home.
    repository: str | None = None

    @property
    def key(self) -> str:
        """What the search is known by from run to run: another query is another search."""
        return " ".join(self._parts())

    def text(self, reading: Reading) -> str:
        """The query, newest first; what the reading began with, and how far it came, cut it."""
        parts = self._parts()
        if reading.since is not None:
            parts.append(f"updated:>={_stamp(reading.since)}")
        if reading.below is not None:
            parts.append(reading.below)
        return " ".join((*parts, "sort:created-desc"))

    def _parts(self) -> list[str]:
        parts = [] if self.words is None else [f'"{self.words}"']
        parts.append(_FREE)
        if self.language is not None:
            parts.append(f'language:"{self.language}"')
        if self.repository is not None:
            parts.append(f"repo:{self.repository}")
        return [*parts, "label:" + ",".join(f'"{label}"' for label in NEWCOMER_LABELS)]

    def rest(self, reading: Reading) -> str:
        """What is left of a reading, for the run's report."""
        what = "issues" if reading.since is None else "changed issues"
        until = _until(reading.below)
        return f"{what} of {self}{until and f' created until {until}'}"

    def told_rest(self, reading: Reading) -> Saying:
        """What is left of a reading, for a student."""
        until = _until(reading.below)
        named = {"what": str(self), "day": until} if until else {"what": str(self)}
        if reading.since is None:
            return Saying("left_issues_until" if until else "left_issues", named)
        return Saying("left_changes_until" if until else "left_changes", named)

    def __str__(self) -> str:
        return self.language or self.repository or f'"{self.words}"'


@dataclass(frozen=True, slots=True)
class TopicSearch:
    """One repository search by topic; its repositories' labelled issues are then listed.

    Issue search has no `topic:` qualifier, and listing a repository knows no cap.
    """

    topic: str
    #: Only repositories that hold one of these languages are listed; None: all.
    languages: frozenset[str] | None = None

    @property
    def key(self) -> str:
        """What the search is known by from run to run: another query is another search."""
        held = "any" if self.languages is None else ",".join(sorted(self.languages))
        return f"topic:{self.topic} language:{held} label:{','.join(NEWCOMER_LABELS)}"

    def text(self, reading: Reading, *, is_narrow: bool = False) -> str:
        """The query, most stars first: living projects, or only those pushed to since the last."""
        since = (is_narrow and reading.since) or reading.begun_at - MAX_REST
        parts = [f"topic:{self.topic} is:public archived:false pushed:>={since.date()}"]
        if reading.below is not None:
            parts.append(reading.below)
        return " ".join((*parts, "sort:stars-desc"))

    def rest(self, reading: Reading) -> str:
        """What is left of a reading, for the run's report."""
        what = "" if reading.since is None else "changes of "
        stars = (reading.below or "").partition("stars:")[2].partition(" ")[0].removeprefix("<=")
        return f"{what}{self}{stars and f', projects of up to {stars} stars'}"

    def told_rest(self, _reading: Reading) -> Saying:
        """What is left of a reading, for a student."""
        return TOPICS_LEFT

    def __str__(self) -> str:
        return f"topic {self.topic}"


Search = IssueSearch | TopicSearch


@dataclass(frozen=True, slots=True)
class Plan:
    """All searches of a harvest, without doubles and in a stable order."""

    topics: tuple[TopicSearch, ...]
    searches: tuple[IssueSearch, ...]
    #: By login, the keys of the searches that serve a student.
    tastes: Mapping[str, frozenset[str]]


def plan_queries(
    everyone: Iterable[Subscription],
    wanting: Sequence[Subscription],
    homes: Mapping[str, Iterable[str]] | None = None,
) -> Plan:
    """The union of all languages and interests of those `wanting` a digest, as few searches.

    A language is one search. An interest is one repository search for each of its topics, and a
    search for its words only where somebody named no language: for the others the language's own
    search holds those issues already. A topic is searched for everyone, so that it is the same
    search whoever is due this week. `homes` names repositories by login: one search each.
    """
    topics = {one.topic: one for one in _topics((*everyone, *wanting))}
    at_home = homes or {}
    wishes = [
        {
            *_wishes(student, topics),
            *(IssueSearch(repository=name) for name in at_home.get(student.login, ())),
        }
        for student in wanting
    ]
    wanted = {one for some in wishes for one in some}
    searches = (one for one in wanted if isinstance(one, IssueSearch))
    return Plan(
        topics=tuple(topics[name] for name in sorted(topics) if topics[name] in wanted),
        searches=tuple(sorted(searches, key=lambda one: (one.language is None, str(one)))),
        tastes={
            student.login: frozenset(one.key for one in some)
            for student, some in zip(wanting, wishes, strict=True)
        },
    )


def listing_of(reading: Reading) -> Listing:
    """Which issues of a topic's repositories a reading wants."""
    return Listing(NEWCOMER_LABELS, reading.since)


def created_until(moment: datetime) -> str:
    """The qualifier for what is left of an issue search that came down to `moment`."""
    return f"created:<={_stamp(moment)}"


def created_within(low: datetime, high: datetime) -> str:
    """The qualifier for what was created from `low` to `high`, both with it."""
    return f"created:{_stamp(low)}..{_stamp(high)}"


def _wishes(student: Subscription, topics: Mapping[str, TopicSearch]) -> set[Search]:
    """The searches that serve a student."""
    phrases = () if student.languages else filter(None, map(_quotable, student.interests))
    return {
        *(IssueSearch(language=language) for language in student.languages),
        *(IssueSearch(words=phrase) for phrase in phrases),
        *(topics[name] for word in student.interests for name in topic_names(word)),
    }


def _topics(students: Iterable[Subscription]) -> list[TopicSearch]:
    """Each topic's search, for the languages of those who asked for it."""
    wanted: dict[str, frozenset[str] | None] = {}
    for student in students:
        for topic in (name for word in student.interests for name in topic_names(word)):
            before = wanted.get(topic, frozenset())
            is_any = before is None or not student.languages
            wanted[topic] = None if is_any else frozenset({*(before or ()), *student.languages})
    return [TopicSearch(topic, held) for topic, held in wanted.items()]


def _quotable(interest: str) -> str:
    """The interest as a quoted phrase can hold it."""
    return " ".join(interest.lower().replace('"', " ").replace("\\", " ").split())[:MAX_WORDS]


def _until(below: str | None) -> str:
    """The value of a qualifier such as `stars:<=12`, of a time its day; empty for none."""
    return (below or "").partition(":<=")[2].partition("T")[0]


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
