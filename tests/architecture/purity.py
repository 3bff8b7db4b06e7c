"""Rules about where the world may be touched: clock, environment, dice, terminal.

Comes in: a package's modules. Goes out: violations, each a place and a sentence.
"""

import ast

from tests.architecture.order import CORE
from tests.architecture.package import Modules, names_used

#: Each with all that lies below it: `random` also forbids `random.choice`.
CLOCKS = ("time", "datetime.datetime.now", "datetime.datetime.utcnow")
CALENDARS = ("datetime.datetime.today", "datetime.date.today")
ENVIRONMENT = ("os.environ", "os.environb", "os.getenv", "os.putenv")
DICE = ("random", "secrets", "uuid", "os.urandom", "numpy.random")
NETWORK = ("socket", "ssl", "asyncio", "http.client", "http.server", "urllib.request", "ftplib")
PROCESSES = ("subprocess", "multiprocessing", "os.system", "os.popen", "os.fork")
WORLD = (*CLOCKS, *CALENDARS, *ENVIRONMENT, *DICE, *NETWORK, *PROCESSES)

PRINTING = ("print", "click.echo", "click.secho", "sys.stdout", "sys.stderr")
EXITS = ("sys.exit", "os._exit", "exit", "quit", "SystemExit")

#: Where people are spoken to: the command line, and the sandbox when it runs alone.
SPEAKERS = ("bot/cli/", "bot/sandbox/__main__.py")
#: The one door of the command line, and a server that answers a bug with a 500.
DOORS = ("bot/cli/main.py", "bot/sandbox/server.py")


def core_is_pure(modules: Modules) -> list[str]:
    """What is left of the settings has no clock, environment, dice, network or processes."""
    return [
        module.at(one.line, f"the core uses {one.name}")
        for module in modules
        if module.stage in CORE
        for one in names_used(module)
        if _is_below(one.name, WORLD)
    ]


def only_the_command_line_speaks(modules: Modules) -> list[str]:
    """Nobody but the command line prints or exits."""
    return [
        module.at(one.line, f"uses {one.name}")
        for module in modules
        if not module.path.startswith(SPEAKERS)
        for one in names_used(module)
        if _is_below(one.name, PRINTING + EXITS)
    ]


def bugs_are_caught_at_the_door(modules: Modules) -> list[str]:
    """Nobody but the one door catches Exception, unless it is raised again."""
    return [
        module.at(node.lineno, "catches every exception")
        for module in modules
        if module.path not in DOORS
        for node in module.nodes
        if isinstance(node, ast.ExceptHandler) and _catches_all(node) and not _raises_again(node)
    ]


def _is_below(name: str, forbidden: tuple[str, ...]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in forbidden)


def _catches_all(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def _raises_again(handler: ast.ExceptHandler) -> bool:
    return any(isinstance(node, ast.Raise) and node.exc is None for node in handler.body)
