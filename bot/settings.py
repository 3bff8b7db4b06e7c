"""What the environment says: addresses, tokens, where the state is (README, Environment).

Comes in: `os.environ` or any mapping. Goes out: frozen `Settings`, whose `repr` shows no secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_API_URL = "https://api.github.com"
DEFAULT_STATE = "sqlite:///.foothold/state.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment's part of a run; an empty variable counts as none."""

    api_url: str = DEFAULT_API_URL
    #: Posts; None where nobody set it.
    github_token: str | None = field(default=None, repr=False)
    #: Searches; falls back to the posting token.
    harvest_token: str | None = field(default=None, repr=False)
    repository: str | None = None
    #: An SQLAlchemy URL; it may hold a password.
    state: str = field(default=DEFAULT_STATE, repr=False)
    #: The mail server's address, which holds a password.
    smtp: str | None = field(default=None, repr=False)
    #: The identity that opens students' addresses.
    key: str | None = field(default=None, repr=False)
    summary: Path | None = None
    #: In a workflow, whose log may be public.
    is_in_actions: bool = False


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings, each with its default."""
    given = {name: value.strip() for name, value in environment.items() if value.strip()}
    summary = given.get("GITHUB_STEP_SUMMARY")
    token = given.get("GITHUB_TOKEN")
    return Settings(
        api_url=given.get("GITHUB_API_URL", DEFAULT_API_URL).rstrip("/"),
        github_token=token,
        harvest_token=given.get("HARVEST_TOKEN", token),
        repository=given.get("GITHUB_REPOSITORY"),
        state=given.get("FOOTHOLD_STATE", DEFAULT_STATE),
        smtp=given.get("FOOTHOLD_SMTP"),
        key=given.get("FOOTHOLD_KEY"),
        summary=Path(summary) if summary else None,
        is_in_actions=given.get("GITHUB_ACTIONS") == "true",
    )
