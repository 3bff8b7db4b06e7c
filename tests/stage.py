"""A stage for whole weeks: a sandbox over a world, a configuration, and the command line."""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from bot.cli.main import call
from bot.rendering.marker import parse_marker
from bot.sandbox.loading import load_world
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

#: The shipped world's clock: the week that the golden files show.
NOW = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)
WEEK = "2026-W47"
CLUB_REPOSITORY = "campus-club/digests"
SHIPPED_WORLD = Path(str(files("bot.sandbox") / "world.jsonl"))
EXAMPLE_CONFIG = Path(__file__).parent.parent / "config"
TOKEN = "posting-token"
POSTER = "foothold-example"

CLUB = f"name: Test Club\nrepository: {CLUB_REPOSITORY}\nexample: true\n"


@dataclass
class Stage:
    """A sandbox, and a command line that talks to it."""

    sandbox: Sandbox
    folder: Path

    @property
    def world(self) -> World:
        return self.sandbox.world

    @property
    def config(self) -> Path:
        return self.folder / "config"

    def write_config(self, students: dict[str, str], club: str = CLUB) -> None:
        """Replace the configuration by this club and these students."""
        folder = self.config / "students"
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        (self.config / "club.yaml").write_text(club, "utf-8")
        for login, text in students.items():
            (folder / f"{login}.yaml").write_text(text, "utf-8")

    def call(self, command: str, *arguments: str, now: datetime = NOW) -> int:
        """Run a command at a fixed time and return its exit code."""
        clock = ("--now", now.isoformat(), "--config", str(self.config))
        self.sandbox.world.set_now(now)
        return call([*command.split(), *arguments, *clock])

    def posts(self) -> list[tuple[int, str, str]]:
        """The digests in the club's repository, as (number, title, body) of issue or comment."""
        return [
            (issue.number, issue.title, body)
            for issue in self.world.issues[CLUB_REPOSITORY].values()
            for body in (issue.body, *(comment.body for comment in issue.comments or ()))
            if parse_marker(body or "")
        ]

    def repository(self) -> list[tuple[object, ...]]:
        """All that stands in the club's repository: threads, digests, what is closed or folded."""
        return [
            (
                *(issue.number, issue.title, issue.body, issue.state, issue.assignees),
                [(one.body, one.minimized) for one in issue.comments or ()],
            )
            for issue in self.world.issues[CLUB_REPOSITORY].values()
        ]

    def post_of(self, login: str) -> str:
        """The body of the only post of a student."""
        (body,) = [body for _, _, body in self.posts() if f"student={login} " in body[:200]]
        return body


def shipped_world() -> World:
    """The shipped world, untouched: each test changes one of its own."""
    world: World = pickle.loads(_shipped())
    return world


@cache
def _shipped() -> bytes:
    """Read from its file once in a process: that takes five times as long as a copy."""
    return pickle.dumps(load_world(SHIPPED_WORLD))


@contextmanager
def open_stage(
    folder: Path, monkeypatch: pytest.MonkeyPatch, world: World | None = None
) -> Iterator[Stage]:
    """A stage over the shipped world (or another), with the environment of a run."""
    world = world or shipped_world()
    world.set_now(NOW)
    club = world.repository(CLUB_REPOSITORY) or world.add_repository(CLUB_REPOSITORY, private=True)
    club.collaborators = (*club.collaborators, POSTER)
    with Sandbox(world) as sandbox:
        sandbox.tokens.add(TOKEN, POSTER)
        monkeypatch.setenv("GITHUB_API_URL", sandbox.url)
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        monkeypatch.setenv("FOOTHOLD_STATE", f"sqlite:///{folder / 'state.db'}")
        yield Stage(sandbox, folder)
