"""How a harvest goes on, for a person who waits: a moving line on a terminal, plain lines in CI."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

from bot.harvest.source import Cost, Step

#: Off a terminal a line is printed for so many requests of a step.
PLAIN_EVERY = 25


@contextmanager
def watching() -> Iterator[Callable[[Step, Cost], None]]:
    """Give a watcher for the time of a run; all of it goes to stderr."""
    console = Console(stderr=True, highlight=False, markup=False)
    if not console.is_terminal:
        yield lambda step, cost: _tell_plainly(console, step, cost)
        return
    with console.status("Asking GitHub ...") as status:
        yield lambda step, cost: status.update(_line(step, cost))


def _tell_plainly(console: Console, step: Step, cost: Cost) -> None:
    if cost.requests % PLAIN_EVERY == 0:
        console.print(_line(step, cost), soft_wrap=True)


def _line(step: Step, cost: Cost) -> str:
    return f"Asking GitHub: {step}, {cost.requests} requests, {cost.points} points so far"
