"""`python -m bot.sandbox WORLD.jsonl [--port N] [--token TOKEN=LOGIN] [--actions TOKEN=REPO]`.

Comes in: a world file. Goes out: the address of a sandbox that serves it until Ctrl-C.
"""

import argparse
import threading
from functools import partial
from pathlib import Path

from bot.sandbox.loading import load_world
from bot.sandbox.server import Sandbox


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
    return parser


def main() -> None:
    """Serves until interrupted."""
    asked = build_parser().parse_args()
    reload = partial(load_world, asked.world)
    with Sandbox(reload(), asked.port, reload=reload) as sandbox:
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
