"""`foothold demo`: the whole job against a sandbox GitHub on this machine, told as a story."""

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import DEFAULT_CONFIG, shared, to_request
from bot.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.sandbox.world import World
    from bot.session import Request

#: What a token may spend in an hour at GitHub: more than any corpus that fits a machine costs.
DEMO_BUDGET = 5_000
DEMO_TOKEN = "demo"  # noqa: S105 - the sandbox knows no secrets
DEMO_LOGIN = "foothold-example"
DEFAULT_OUT = Path("out")


@click.command(short_help="Try it: the whole job on a fictional GitHub, without a token.")
@click.option(
    "--corpus",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Listings or a world (JSON lines, plain or .gz) instead of the shipped world.",
)
@shared
def demo(corpus: Path | None, **options: Any) -> int:  # noqa: ANN401
    """Run the whole weekly job for the example club on a GitHub-shaped server on this machine.

    Nothing leaves this machine; the digests are written to --out (default: out).
    """
    from bot.app import Job, run_week
    from bot.cli.demo_story import tell_beginning, tell_story
    from bot.sandbox.loading import load_world
    from bot.sandbox.server import Sandbox
    from bot.session import open_session
    from bot.settings import Settings

    as_json = options.pop("as_json")
    path = corpus or Path(str(files("bot.sandbox") / "world.jsonl"))
    tell_beginning(path, err=as_json)
    try:
        world = load_world(path, options["now"])
    except ValueError as error:
        raise ConfigurationError(
            f"The corpus cannot be read: {error}", "Give JSON lines, one listing or row a line."
        ) from error
    with Sandbox(world) as sandbox:
        sandbox.tokens.add(DEMO_TOKEN, DEMO_LOGIN)
        settings = Settings(sandbox.url, DEMO_TOKEN, DEMO_TOKEN, state="sqlite://")
        with open_session(_request(options, world), settings) as session:
            _open_club(world, session.club.repository)
            result = run_week(session, list(Job))
    tell_story(result, session.request, world.unknown, as_json=as_json)
    return result.exit_code


def _request(options: dict[str, Any], world: "World") -> "Request":
    """A live run of the example club at the world's time, within GitHub's own limit."""
    from bot.resources import shipped

    config = options["config"]
    is_absent = config == DEFAULT_CONFIG and not config.exists()
    return to_request(
        **options
        | {
            "config": Path(str(shipped("config"))) if is_absent else config,
            "out": options["out"] or DEFAULT_OUT,
            "now": options["now"] or world.now,
            "live": True,
            "harvests": True,
            "points_budget": DEMO_BUDGET,
            "accepts_unseen": bool(world.unknown),
        }
    )


def _open_club(world: "World", repository: str | None) -> None:
    """The club's own repository, where the corpus has none, and our right to post there."""
    if repository is None:
        return
    club = world.repository(repository) or world.add_repository(repository, private=True)
    club.collaborators = (*club.collaborators, DEMO_LOGIN)
