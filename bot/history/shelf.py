"""The shelf: the history that lies beside the configuration, a file a week.

Comes in: the configuration's folder. Goes out: the weeks, oldest first; what is no such file is a
problem for `foothold check`, and for nobody else.
"""

from collections.abc import Iterator
from pathlib import Path

from bot.errors import ConfigurationError
from bot.history.figures import WeekFigures, read_figures
from bot.subscriptions.parsing import Problem
from bot.terms import Week

#: Beside `students/`.
FOLDER = "history"
#: Ours have two; what is larger is no such file.
MAX_BYTES = 64 * 1024


def name_of(week: Week | str) -> str:
    """A week's file, below the configuration's folder."""
    return f"{FOLDER}/{week}.json"


def read_history(folder: Path) -> tuple[tuple[WeekFigures, ...], tuple[Problem, ...]]:
    """The weeks that can be read, and what is wrong with the other files."""
    weeks: list[WeekFigures] = []
    problems: list[Problem] = []
    for path in _files(folder / FOLDER):
        try:
            weeks.append(_read(path))
        except ValueError as error:
            told = f"{error}; take the file out, or write it anew: foothold history"
            problems.append(Problem(path, 1, told))
    return tuple(weeks), tuple(problems)


def require_history(folder: Path) -> int:
    """How many weeks there are; ConfigurationError with every problem."""
    weeks, problems = read_history(folder)
    if problems:
        number = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise ConfigurationError(
            f"The club's history has {number}.",
            "Mend or remove the files that are named.",
            tuple(map(str, problems)),
        )
    return len(weeks)


def _files(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    yield from (path for path in entries if not path.name.startswith("."))


def _read(path: Path) -> WeekFigures:
    """ValueError in words for what is no week's file."""
    if path.suffix != ".json" or path.is_symlink() or not path.is_file():
        raise ValueError("this is no week's file")
    try:
        Week.parse(path.stem)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ValueError("the file cannot be read") from error
    if len(content) > MAX_BYTES:
        raise ValueError("the file is larger than 64 KiB")
    figures = read_figures(content)
    if figures.week != path.stem:
        raise ValueError(f"the file tells of {figures.week}, and its name of another week")
    return figures
