"""The ground truth: which issues of a world match, said in plain Python over its rows.

Comes in: rows of the world format, and wishes. Goes out: references of issues that are open, free,
labelled for newcomers and asked for, each with the way in which it is asked for. It knows neither
the sandbox's search nor the bot's harvest; only the list of labels is the bot's.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.vocabulary import NEWCOMER_LABELS
from tests.benchmarks.wishes import Wish

Row = dict[str, Any]
#: A repository's name and an issue's number.
Ref = tuple[str, int]

LABELS = frozenset(label.lower() for label in NEWCOMER_LABELS)
#: A topic's project rests after so long (README): the worlds' projects were pushed to within 120
#: days or not for 400, so that the day does not matter.
MAX_REST = timedelta(days=180)
#: A claim of a passer-by holds for 14 days; the worlds' claims are younger than 5 or older than 60.
CLAIM_HOLDS = timedelta(days=14)
CLAIM = "I'd like to work on this, could you assign it to me?"


@dataclass(slots=True)
class World:
    """A world's rows, to be looked up: repositories by name, issues by reference."""

    now: datetime
    repositories: dict[str, Row] = field(default_factory=dict)
    issues: dict[Ref, Row] = field(default_factory=dict)
    pull_requests: list[Row] = field(default_factory=list)
    #: Issues that some pull request closes, or will close.
    linked: set[Ref] = field(default_factory=set)

    def matching(self, wishes: Iterable[Wish]) -> dict[Ref, str]:
        """Every issue that matches, with how it is asked for: `language`, `topic` or `words`."""
        asked = tuple(wishes)
        found = {}
        for ref, issue in self.issues.items():
            way = way_to(self, issue, asked)
            if way is not None:
                found[ref] = way
        return found


def way_to(world: World, issue: Row, wishes: tuple[Wish, ...]) -> str | None:
    """How an issue is asked for, or None where it is not, or is not to be had."""
    home = world.repositories[issue["repository"]]
    if not is_visible(home) or not is_free(world, issue) or not is_labelled(issue):
        return None
    if any(home["language"] in wish.languages for wish in wishes):
        return "language"
    if is_alive(home, world.now) and any(_is_of_topic(home, wish) for wish in wishes):
        return "topic"
    phrases = [word for wish in wishes if not wish.languages for word in wish.interests]
    return "words" if any(_says(issue, phrase) for phrase in phrases) else None


def is_visible(home: Row) -> bool:
    return not (home.get("archived") or home.get("private"))


def is_free(world: World, issue: Row) -> bool:
    """Whether an issue is open, unlocked, nobody's, and without a pull request that closes it."""
    ref = issue["repository"], issue["number"]
    is_open = issue.get("state", "OPEN") == "OPEN" and not issue.get("locked")
    return is_open and not issue.get("assignees") and ref not in world.linked


def is_labelled(issue: Row) -> bool:
    return any(label.lower() in LABELS for label in issue.get("labels", ()))


def is_alive(home: Row, now: datetime) -> bool:
    return now - datetime.fromisoformat(home["pushed_at"]) <= MAX_REST


def is_claimed(world: World, issue: Row) -> bool:
    """Whether somebody claimed an issue lately, in the one sentence that the worlds' people use."""
    return any(
        comment["body"] == CLAIM
        and world.now - datetime.fromisoformat(comment["created_at"]) <= CLAIM_HOLDS
        for comment in issue.get("comments") or ()
    )


def _is_of_topic(home: Row, wish: Wish) -> bool:
    """Who names no language wants any project of a topic, the others one that holds a language."""
    if not wish.topics.intersection(home["topics"]):
        return False
    return not wish.languages or bool(wish.languages.intersection(home["languages"]))


def _says(issue: Row, phrase: str) -> bool:
    said = (comment["body"] for comment in issue.get("comments") or ())
    pattern = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)
    return any(pattern.search(text) for text in (issue["title"], issue.get("body") or "", *said))
