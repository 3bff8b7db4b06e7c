"""Rights: who may change which file of the configuration by a pull request.

Comes in: the paths that it changes, who asks and who approves, and the club as the base branch has
it, never as the pull request would have it. Goes out: problems. Nobody subscribes a stranger: a
student's file is the student's own, or a mentor's who looks after the student; all else of the
configuration is any mentor's. A club without mentors goes by who GitHub says belongs to the
repository. An example club has no students.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.review.mentoring import mentors_of
from bot.subscriptions.club import Club
from bot.subscriptions.parsing import Problem

#: GitHub's words for who belongs to a repository (docs: `CommentAuthorAssociation`).
_BELONGING = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who asks for a change or approves of it, and how they belong to the repository."""

    login: str
    association: str = "NONE"


@dataclass(frozen=True, slots=True)
class Asking:
    """A pull request: who opened it (None where nobody knows), and who approved its last commit."""

    author: Voice | None
    approvals: tuple[Voice, ...] = ()

    @property
    def voices(self) -> tuple[Voice, ...]:
        return (*((self.author,) if self.author else ()), *self.approvals)


def find_trespasses(
    paths: Iterable[str], asking: Asking, base: Club | None, folder: str
) -> tuple[Problem, ...]:
    """Every file that this pull request may not change; `folder` holds the configuration.

    A file that is renamed counts at both places.
    """
    if base is not None and base.example:
        return ()
    return tuple(_judged(sorted(set(paths)), asking, base, PurePosixPath(folder)))


def _judged(
    paths: Iterable[str], asking: Asking, base: Club | None, folder: PurePosixPath
) -> Iterator[Problem]:
    author = asking.author.login if asking.author else "somebody whose account is gone"
    for text in paths:
        path = PurePosixPath(text)
        if path != folder and folder not in path.parents:
            continue
        student = _student_of(path, folder)
        if student is not None and _is_same(student, author):
            continue
        if any(_may(voice, student, base) for voice in asking.voices):
            continue
        yield Problem(Path(text), 1, _told(author, student, base))


def _told(author: str, student: str | None, base: Club | None) -> str:
    has_mentors = base is not None and bool(base.mentors)
    who = "a mentor" if has_mentors else "somebody who belongs to the repository"
    if student is None:
        return f"{author} may not change this alone; {who} approves it in a review"
    return (
        f"this is the file of {student}, and {author} opened the pull request; {student} opens one "
        f"of their own, or {who} approves this one in a review"
    )


def _may(voice: Voice, student: str | None, base: Club | None) -> bool:
    """May this person change the file? A student whom no mentor looks after yet is anybody's."""
    if base is None or not base.mentors:
        return voice.association in _BELONGING
    everybody = tuple(one.github for one in base.mentors)
    theirs = mentors_of(student, base) if student is not None else everybody
    return any(_is_same(voice.login, mentor) for mentor in theirs or everybody)


def _student_of(path: PurePosixPath, folder: PurePosixPath) -> str | None:
    """Whose file it is; None where it is no student's."""
    is_file = path.parent == folder / "students" and path.suffix in {".yaml", ".yml"}
    return path.stem if is_file else None


def _is_same(login: str, other: str) -> bool:
    return login.casefold() == other.casefold()
