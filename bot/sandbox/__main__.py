"""`python -m bot.sandbox WORLD.jsonl [--port N] [--token TOKEN=LOGIN] [--actions TOKEN=REPO]`.

Comes in: a world file. Goes out: the address of a sandbox that serves it until Ctrl-C. `--hourly N`
stands in for GitHub's limits, for a clock that stands still opens no new hour.
"""

import argparse
import gc
import threading
from functools import partial
from pathlib import Path

from bot.sandbox.limits import Limits
from bot.sandbox.loading import load_world
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World


def _pair(text: str) -> tuple[str, str]:
    token, equals, holder = text.partition("=")
    if not (token and equals and holder):
        raise argparse.ArgumentTypeError(f"{text!r} is not TOKEN=HOLDER")
    return token, holder


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("world", type=Path, help="a world or listing file (.jsonl, .jsonl.gz)")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument("--token", type=_pair, action="append", default=[], metavar="TOKEN=LOGIN")
    parser.add_argument("--actions", type=_pair, action="append", default=[], metavar="TOKEN=REPO")
    parser.add_argument(
        "--hourly", type=int, metavar="N", help="points and requests an hour, instead of GitHub's"
    )
    return parser


def _limits(hourly: int | None) -> Limits | None:
    return None if hourly is None else Limits(core=hourly, graphql=hourly, actions=hourly)


def _load(path: Path) -> World:
    """The file's world; the collector neither walks it while it grows, nor ever after."""
    gc.disable()
    try:
        return load_world(path)
    finally:
        gc.freeze()
        gc.enable()


def main() -> None:
    """Serves until interrupted."""
    asked = build_parser().parse_args()
    reload = partial(_load, asked.world)
    limits = _limits(asked.hourly)
    with Sandbox(reload(), asked.port, limits, reload) as sandbox:
        for token, login in asked.token:
            sandbox.tokens.add(token, login)
        for token, repository in asked.actions:
            sandbox.tokens.add_actions(token, repository)
        print(sandbox.url, flush=True)  # noqa: T201
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
