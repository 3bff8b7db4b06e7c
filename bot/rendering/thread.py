"""A student's thread: the issue under which each week's digest is a comment.

Comes in: an `Opening`. Goes out: a `Thread`, whose body begins with its marker and holds the one
live mention that a thread ever has.
"""

from dataclasses import dataclass

from bot.rendering.environment import environment
from bot.rendering.marker import make_thread_marker
from bot.rendering.neutral import neutral
from bot.rendering.words import load_words
from bot.terms import Locale

#: GitHub takes 256 characters in a title; a name and a club's are at most this long in it.
_NAME_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Opening:
    """What a thread says of the student and the club: what its template prints."""

    login: str
    #: What the student is called.
    greeting: str
    club: str
    #: `owner/name` of the club's repository, where the student's file is; None when unknown.
    club_repository: str | None
    #: The student's language.
    locale: Locale = Locale.EN

    @property
    def file(self) -> str:
        """Where the student's wishes are written."""
        return load_words(self.locale).pattern("file").format(login=self.login)

    @property
    def file_address(self) -> str | None:
        home = self.club_repository
        return f"https://github.com/{home}/blob/HEAD/{self.file}" if home else None


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread, ready to be opened."""

    login: str
    title: str
    markdown: str


def render_thread(opening: Opening) -> Thread:
    """The title and the body of a student's thread."""
    title = (
        load_words(opening.locale)
        .pattern("thread_title")
        .format(
            name=neutral(opening.greeting, _NAME_LIMIT, opening.login),
            club=neutral(opening.club, _NAME_LIMIT),
        )
    )
    body = environment("md", opening.locale).get_template("thread.md.j2").render(letter=opening)
    markdown = f"{make_thread_marker(opening.login)}\n{body.strip()}\n"
    return Thread(opening.login, title, markdown)
