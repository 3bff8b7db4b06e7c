"""How a harvest goes on, for a person who waits: a moving line on a terminal, plain lines in CI.

Comes in: what each step has cost so far. Goes out: lines on stderr, and costs in words.
"""

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
        yield plain_watcher(lambda line: console.print(line, soft_wrap=True))
        return
    with console.status("Asking GitHub ...") as status:
        yield moving_watcher(status.update)


def plain_watcher(tell: Callable[[str], None]) -> Callable[[Step, Cost], None]:
    """A watcher that tells a line for so many requests; an answer from the cache is none."""
    told: set[str] = set()

    def watch(step: Step, cost: Cost) -> None:
        line = _line(step, cost)
        if cost.requests and cost.requests % PLAIN_EVERY == 0 and line not in told:
            told.add(line)
            tell(line)

    return watch


def moving_watcher(tell: Callable[[str], None]) -> Callable[[Step, Cost], None]:
    """A watcher that tells each request's line; nothing before a step's first request."""

    def watch(step: Step, cost: Cost) -> None:
        if cost.requests:
            tell(_line(step, cost))

    return watch


def in_words(cost: Cost) -> str:
    """Points and requests, each in its number: `1 point in 2 requests`."""
    points = "1 point" if cost.points == 1 else f"{cost.points:,} points"
    requests = "1 request" if cost.requests == 1 else f"{cost.requests:,} requests"
    return f"{points} in {requests}"


def _line(step: Step, cost: Cost) -> str:
    return f"Asking GitHub: {step}, {in_words(cost)} so far"
