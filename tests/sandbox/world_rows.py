"""The rows of the shipped world, read with plain json, and questions to them.

Comes in: `bot/sandbox/world.jsonl`. Goes out: its rows by kind, and what is free among them by a
reading that is simpler and stricter than the screening that is tested with it.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Row = dict[str, Any]

WORLD = Path(__file__).parents[2] / "bot" / "sandbox" / "world.jsonl"
ROWS: list[Row] = [json.loads(line) for line in WORLD.read_text("utf-8").splitlines()]
REPOSITORIES = {row["name"]: row for row in ROWS if row["type"] == "repository"}
ISSUES = [row for row in ROWS if row["type"] == "issue"]
PULLS = [row for row in ROWS if row["type"] == "pull_request"]
DISCUSSIONS = [row for row in ROWS if row["type"] == "discussion"]

MINUTES = {"m": 1, "h": 60, "d": 1440}
FARMS = {
    "gigglepond-games/pond-parade",
    "codesprout-club/daily-snippets",
    "first-commit-party/hello-contributors",
    "glitterstack-kits/awesome-ui-kit",
    "nullgarden-void/test123",
    "promptharvest/agent-seeds",
    "signhere-friends/guestbook-of-devs",
    "winterofmerge/todo-portal",
}
FLAGS = ("archived", "disabled", "fork", "mirror", "private", "template")
NOT_FREE_LABELS = {
    "announcement",
    "blocked",
    "discussion",
    "duplicate",
    "epic",
    "in progress",
    "invalid",
    "question",
    "tracking",
    "wontfix",
    "📍 assigned",
}
TRACKER = re.compile(r"tracking issue|\[meta\]|roadmap \d{4}", re.IGNORECASE)
CLAIM = re.compile(
    r"working on it|like to work on|want to work on|assign|\.take\b|can i take|i'll take|i'm on it"
    r"|could i do this|i could do this|puedo trabajar|posso pegar",
    re.IGNORECASE,
)
BEGINNER = re.compile(
    r"good.?first.?issue|beginner|first.timers|^(e-)?easy$|low-hanging|up-for-grabs|help wanted",
    re.IGNORECASE,
)


def minutes(age: str) -> int:
    return int(age[1:-1]) * MINUTES[age[-1]]


def days(age: str) -> float:
    return minutes(age) / 1440


def labels(row: Row) -> set[str]:
    return {label.casefold() for label in row["labels"]}


def beginner_labels(row: Row) -> list[str]:
    return [label for label in row["labels"] if BEGINNER.search(label)]


def home(row: Row) -> Row:
    return REPOSITORIES[row["repository"]]


def closing(row: Row) -> list[Row]:
    """The pull requests that say they close this issue."""
    return [
        pull
        for pull in PULLS
        if pull["repository"] == row["repository"] and row["number"] in pull.get("closes", ())
    ]


def closing_states(row: Row) -> set[str]:
    return {pull["state"] for pull in closing(row)}


def comments(row: Row) -> str:
    return "\n".join(comment["body"] for comment in row.get("comments", ()))


def prose(row: Row) -> str:
    """The comments without quoted lines and without code."""
    text = re.sub(r"```.*?```", "", comments(row), flags=re.DOTALL)
    return re.sub(r"(?m)^(>|    ).*$", "", text)


def is_living(repository: Row) -> bool:
    return (
        repository["name"] not in FARMS
        and not any(repository.get(flag) for flag in FLAGS)
        and repository.get("has_issues", True)
        and days(repository["pushed_at"]) < 90
    )


def is_plainly_free(row: Row) -> bool:
    """Nothing at all speaks against it: stricter than the truth, hence a lower bound."""
    return (
        is_living(home(row))
        and row["state"] == "OPEN"
        and not any(row.get(key) for key in ("assignees", "locked", "pinned", "blocked_by"))
        and bool(beginner_labels(row))
        and not labels(row) & NOT_FREE_LABELS
        and not TRACKER.search(row["title"])
        and "OPEN" not in closing_states(row)
        and "MERGED" not in closing_states(row)
        and not CLAIM.search(comments(row))
    )


def is_claimed(row: Row) -> bool:
    return CLAIM.search(prose(row)) is not None


def guide(repository: Row) -> str:
    return str(repository.get("contributing") or "")


FREE = [row for row in ISSUES if is_plainly_free(row)]


def free_in(languages: Iterable[str], topics: Iterable[str] = ()) -> list[Row]:
    """What is free in one of the languages (none: all) and about one of the topics (none: all)."""
    spoken, wanted = set(languages), set(topics)
    return [
        row
        for row in FREE
        if (not spoken or home(row)["language"] in spoken)
        and (not wanted or wanted & set(home(row)["topics"]))
    ]


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


def logins() -> set[str]:
    found: set[str] = {row["login"] for row in ROWS if row["type"] == "user"}
    for row in ROWS:
        found |= {author for author, _ in row.get("merged_by", ()) if author}
        found |= set(row.get("assignees", ())) | set(row.get("collaborators", ()))
        posts = (row, *row.get("comments", ()), *row.get("reviews", ()))
        found |= {post["author"] for post in posts if post.get("author")}
    return found
