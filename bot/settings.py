"""What the environment says: addresses, tokens, where the state is (README, Environment).

Comes in: `os.environ` or any mapping. Goes out: frozen `Settings`, whose `repr` shows no secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_API_URL = "https://api.github.com"
DEFAULT_STATE = "sqlite:///.foothold/state.db"
DEFAULT_SERVER_URL = "https://github.com"


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
    #: Pushes branches; falls back to the posting token.
    git_token: str | None = field(default=None, repr=False)
    server_url: str = DEFAULT_SERVER_URL
    #: What started the workflow, and the file that holds it.
    event_name: str = ""
    event: Path | None = None
    #: Where a step's outputs are written.
    output: Path | None = None
    #: Where people read the workflow's log; empty elsewhere.
    run_url: str = ""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings, each with its default."""
    given = {name: value.strip() for name, value in environment.items() if value.strip()}
    token = given.get("GITHUB_TOKEN")
    server_url = given.get("GITHUB_SERVER_URL", DEFAULT_SERVER_URL).rstrip("/")
    return Settings(
        api_url=given.get("GITHUB_API_URL", DEFAULT_API_URL).rstrip("/"),
        github_token=token,
        harvest_token=given.get("HARVEST_TOKEN", token),
        repository=given.get("GITHUB_REPOSITORY"),
        state=given.get("FOOTHOLD_STATE", DEFAULT_STATE),
        smtp=given.get("FOOTHOLD_SMTP"),
        key=given.get("FOOTHOLD_KEY"),
        summary=_path(given, "GITHUB_STEP_SUMMARY"),
        is_in_actions=given.get("GITHUB_ACTIONS") == "true",
        git_token=given.get("FOOTHOLD_GIT_TOKEN", token),
        server_url=server_url,
        event_name=given.get("GITHUB_EVENT_NAME", ""),
        event=_path(given, "GITHUB_EVENT_PATH"),
        output=_path(given, "GITHUB_OUTPUT"),
        run_url=_run_url(given, server_url),
    )


def _path(given: Mapping[str, str], name: str) -> Path | None:
    return Path(given[name]) if name in given else None


def _run_url(given: Mapping[str, str], server_url: str) -> str:
    """https://docs.github.com/en/actions/reference/workflows-and-actions/variables"""
    repository, run = given.get("GITHUB_REPOSITORY"), given.get("GITHUB_RUN_ID")
    return f"{server_url}/{repository}/actions/runs/{run}" if repository and run else ""
