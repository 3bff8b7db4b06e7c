"""Reading the configuration: one club, and a file for each student.

Comes in: the folder. Goes out: a `Configuration`, or one `ConfigurationError` with every problem
of every file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ConfigurationError
from bot.subscriptions.calendars import read_occasions
from bot.subscriptions.club import Club
from bot.subscriptions.crosscheck import cross_problems
from bot.subscriptions.occasion import Occasion
from bot.subscriptions.parsing import Parsed, Problem, parse_file
from bot.subscriptions.student import Subscription

_ENDINGS = frozenset({".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the club and its students want; the students by login."""

    club: Club
    students: tuple[Subscription, ...]
    #: What stands in the club's own calendars.
    occasions: tuple[Occasion, ...] = ()


def read_configuration(folder: Path) -> Configuration:
    """Read `club.yaml` and `students/*.yaml`; raises ConfigurationError with all problems at once.

    A problem is `path:line: what is wrong; what to write instead`, the path as `folder` gives it.
    """
    if not _is_folder(folder):
        wrong = "there is no such folder; name another with --config, or make it"
        raise _configuration_error(folder, [Problem(folder, 1, wrong)])
    problems: list[Problem] = []
    club = _read_club(folder)
    files = list(_student_files(folder / "students", problems))
    students = [parse_file(path, Subscription, within=folder, login=path.stem) for path in files]
    problems += club.problems
    problems += (problem for student in students for problem in student.problems)
    problems += _doubles(files)
    problems += cross_problems(club, students)
    occasions, mistakes = read_occasions(club, folder)
    problems += mistakes
    if problems or club.value is None:
        raise _configuration_error(folder, problems)
    found = (student.value for student in students if student.value)
    by_login = sorted(found, key=lambda one: one.login.casefold())
    return Configuration(club.value, tuple(by_login), occasions)


def read_club(folder: Path) -> Club:
    """Read `club.yaml` alone, whatever the students' files hold; ConfigurationError."""
    club = _read_club(folder)
    if club.problems or club.value is None:
        raise _configuration_error(folder, club.problems)
    return club.value


def _read_club(folder: Path) -> Parsed[Club]:
    path = folder / "club.yaml"
    try:
        path.lstat()
    except OSError:
        wrong = "there is no club's file to read; write one with a line `name: Our Club`"
        return Parsed(path, None, None, (Problem(path, 1, wrong),))
    return parse_file(path, Club, within=folder)


def _student_files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """The students' files by name; whatever else lies among them becomes a problem."""
    try:
        entries = sorted(folder.iterdir(), key=lambda path: (path.name.casefold(), path.name))
    except OSError:
        wrong = "there is no folder of students to read; make it, for one LOGIN.yaml a student"
        problems.append(Problem(folder, 1, wrong))
        return
    for path in entries:
        if path.name.startswith(".") or path.name == "README.md":
            continue
        if _is_folder(path):
            wrong = "this is a folder; put the students' files beside it, or begin its name with ."
            problems.append(Problem(path, 1, wrong))
        elif path.suffix not in _ENDINGS:
            problems.append(Problem(path, 1, "this is no student's file; end its name in .yaml"))
        else:
            yield path


def _is_folder(path: Path) -> bool:
    """Whether it is a folder that we may look into."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _doubles(files: list[Path]) -> Iterator[Problem]:
    """Files of one login: GitHub knows no upper and lower case in logins."""
    first: dict[str, Path] = {}
    for path in files:
        other = first.setdefault(path.stem.casefold(), path)
        if other is not path:
            yield Problem(path, 1, f"the student has another file, {other.name}; keep one of them")


def _configuration_error(folder: Path, problems: Sequence[Problem]) -> ConfigurationError:
    order = sorted(problems, key=lambda it: (it.path.parent != folder, it.path.as_posix(), it.line))
    number = "1 problem" if len(order) == 1 else f"{len(order)} problems"
    return ConfigurationError(
        f"The configuration has {number}.",
        "Mend the lines that are named, then run `foothold check --offline`.",
        tuple(dict.fromkeys(map(str, order))),
    )
