"""Small steps around a file of kept answers, over a plain reading client."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.adapters.github_client import reader
from bot.adapters.http_cache import KEPT_HEADER, AnswerCache
from bot.sandbox.world import World
from tests.stage import NOW, Stage

TOKEN = "ghp_a-token-that-must-not-be-kept"
SEARCH = 'is:issue is:open is:public language:"Go"'
DOCUMENT = """
query Look($query: String!) {
  rateLimit { cost }
  search(query: $query, type: ISSUE, first: 100) { issueCount nodes { ... on Issue { title } } }
}
"""


def small_world(n_issues: int = 1) -> World:
    world = World(NOW)
    repository = world.add_repository("tidepool/boats", language="Go", stars=50)
    for number in range(n_issues):
        title = f"Draw the mast {number}" if number else "Draw the mast"
        world.open_issue(repository, "marisol-example", title, "Steps.", ("easy",))
    return world


@dataclass
class Asker:
    """One run's reader with its file of answers."""

    stage: Stage
    path: Path
    cache: AnswerCache = field(init=False)

    def __post_init__(self) -> None:
        self.cache = AnswerCache(self.path)
        self._client = reader(TOKEN, self.stage.sandbox.url)

    def ask(self, query: str = SEARCH) -> tuple[list[str], bool]:
        """The titles that a search brings, and whether they were kept."""
        with self.cache.remembering():
            requester = self._client.requester
            headers, body = requester.graphql_query(DOCUMENT, {"query": query})
        titles = [node["title"] for node in body["data"]["search"]["nodes"]]
        return titles, KEPT_HEADER in headers


def execute(path: Path, statement: str, *values: object) -> list[tuple]:
    """What a statement brings, run in the file behind everybody's back."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute(statement, values).fetchall()
    connection.close()
    return rows


def n_kept(path: Path) -> int:
    return execute(path, "SELECT count(*) FROM responses")[0][0]


def change_rows(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Let `change` edit what every row holds, as somebody with access to the file could."""
    for key, text in execute(path, "SELECT key, value FROM responses"):
        row = json.loads(text)
        change(row)
        execute(path, "UPDATE responses SET value = ? WHERE key = ?", json.dumps(row), key)
