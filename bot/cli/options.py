"""Options that all commands share, and the request that they make."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.terms import Week

if TYPE_CHECKING:
    from bot.session import Request
    from bot.settings import Settings

DEFAULT_CONFIG = Path("config")

Command = TypeVar("Command", bound=Callable[..., Any])


class WeekType(click.ParamType[Week]):
    """An ISO week such as 2026-W47."""

    name = "week"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Week:
        try:
            return value if isinstance(value, Week) else Week.parse(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


class MomentType(click.ParamType[datetime]):
    """An ISO time; without a zone it is UTC. Whole seconds, as the real clock's and GitHub's."""

    name = "iso time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no ISO time such as 2026-11-22T05:23:00Z", param, ctx)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).replace(microsecond=0)


def shared(command: Command) -> Command:
    """The options of all commands (README, Commands).

    What a person types into a workflow's form comes through the environment, so that no shell ever
    reads it; an empty variable counts as none. `--live` has no variable: it is always written out.
    """
    for option in reversed(_SHARED):
        command = option(command)
    return command


config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=DEFAULT_CONFIG,
    show_default=True,
    help="The folder with club.yaml and students/.",
)

_SHARED = (
    config_option,
    click.option(
        "--week",
        type=WeekType(),
        envvar="FOOTHOLD_WEEK",
        help="An ISO week such as 2026-W47; default: this one.",
    ),
    click.option(
        "--now",
        type=MomentType(),
        envvar="FOOTHOLD_NOW",
        help="A fixed clock, for repeatable runs.",
    ),
    click.option(
        "--student",
        "logins",
        multiple=True,
        envvar="FOOTHOLD_STUDENT",
        metavar="LOGIN",
        help="Only this student.",
    ),
    click.option(
        "--out",
        type=click.Path(path_type=Path, file_okay=False),
        help="Also write every digest as DIR/WEEK/LOGIN.md, .html, .txt and .json.",
    ),
    click.option("--json", "as_json", is_flag=True, help="The run's report as JSON on stdout."),
)

live_option = click.option(
    "--live", is_flag=True, help="Post and record; without it everything is only shown."
)


def to_request(**options: Any) -> "Request":  # noqa: ANN401
    """The shared options as a request."""
    from bot.session import Request

    options.pop("as_json", None)
    return Request(**options)


def environment() -> "Settings":
    """The settings that the environment gives."""
    from bot.settings import read_settings

    return read_settings(os.environ)
