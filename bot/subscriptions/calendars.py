"""The calendars that a club names: which are files, which are addresses, and what the files hold.

Comes in: the parsed club, the folder. Goes out: the occasions of YAML files, and problems, each at
the line to mend. ICS files are looked for here and read later, as those behind addresses are.
"""

from collections.abc import Iterator
from pathlib import Path

from bot.subscriptions.club import Club
from bot.subscriptions.occasion import Occasion, Occasions
from bot.subscriptions.parsing import Parsed, Problem, parse_file
from bot.subscriptions.tree import shown

_YAML = (".yaml", ".yml")
#: A location may be written as it is seen from the repository, or from the folder itself.
_FOLDER = "config/"


def is_address(location: str) -> bool:
    """Is it fetched, and not a file?"""
    return "://" in location


def calendar_path(location: str, folder: Path) -> Path:
    """Where the file of a location lies."""
    return folder / location.removeprefix(_FOLDER)


def ics_locations(club: Club) -> tuple[str, ...]:
    """The locations that hold ICS, each once: files and addresses."""
    ics = (one for one in club.events if is_address(one) or not one.lower().endswith(_YAML))
    return tuple(dict.fromkeys(ics))


def read_occasions(
    club: Parsed[Club], folder: Path
) -> tuple[tuple[Occasion, ...], tuple[Problem, ...]]:
    """What stands in the club's YAML calendars, and what is wrong with its files."""
    occasions: list[Occasion] = []
    problems: list[Problem] = []
    for line, location in _files(club):
        path = calendar_path(location, folder)
        if not _is_file(path):
            wrong = f"there is no file {shown(location)} here; write it, or take the entry out"
            problems.append(Problem(club.path, line, wrong))
        elif path.suffix.lower() in _YAML:
            parsed = parse_file(path, Occasions, within=folder)
            problems += parsed.problems
            occasions += parsed.value.events if parsed.value else ()
        elif not path.resolve().is_relative_to(folder.resolve()):
            wrong = "a calendar's file lies outside of the configuration; put the file itself here"
            problems.append(Problem(club.path, line, wrong))
    return tuple(occasions), tuple(problems)


def _files(club: Parsed[Club]) -> Iterator[tuple[int, str]]:
    """Each file that the club names, once, with the line."""
    seen = set()
    for i, location in enumerate(club.value.events if club.value else ()):
        if not is_address(location) and location not in seen:
            seen.add(location)
            yield club.line_of("events", i), location


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
