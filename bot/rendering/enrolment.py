"""Answers to subscription forms, and the pull requests that they lead to.

Comes in: an `Answer` or a `Petition`. Goes out: Markdown. Nobody is mentioned; the only live
references are the club's own issue and pull request. No e-mail address is repeated.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.enrolment.likings import Likings
from bot.enrolment.wishes import Complaint
from bot.rendering.environment import environment
from bot.rendering.marker import make_form_marker
from bot.rendering.neutral import Safe
from bot.rendering.words import load_words
from bot.sayings import Saying
from bot.terms import Locale


class Outcome(StrEnum):
    """What a form came to."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"
    STRANGER = "stranger"
    WRONG = "wrong"


_OPENINGS = {
    Outcome.NEW: "form_new",
    Outcome.CHANGED: "form_changed",
    Outcome.SAME: "form_same",
    Outcome.STOPPED: "form_stopped",
    Outcome.WITHDRAWN: "form_withdrawn",
    Outcome.STRANGER: "form_stranger",
    Outcome.WRONG: "form_wrong",
}
_TITLES = {
    Outcome.NEW: "pull_title_new",
    Outcome.CHANGED: "pull_title_changed",
    Outcome.STOPPED: "pull_title_stopped",
}
_ASKED = {
    Outcome.NEW: "pull_new",
    Outcome.CHANGED: "pull_changed",
    Outcome.STOPPED: "pull_stopped",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to a form."""

    login: str
    club: str
    #: The fingerprint of what is answered.
    sha: str
    outcome: Outcome = Outcome.STRANGER
    #: The pull request's number; None where there is none, and in a dry run.
    pull: int | None = None
    complaints: tuple[Complaint, ...] = ()
    notes: tuple[Saying, ...] = ()
    has_address: bool = False
    likings: Likings | None = None

    @property
    def opening(self) -> str:
        return _OPENINGS[self.outcome]

    @property
    def request(self) -> Safe:
        return _reference(self.pull)


@dataclass(frozen=True, slots=True)
class Petition:
    """What a pull request says of itself."""

    login: str
    issue: int
    outcome: Outcome
    #: Keys of the file that the form does not ask for.
    kept: tuple[str, ...] = ()

    @property
    def is_end(self) -> bool:
        """Whether the file is taken out."""
        return self.outcome is Outcome.STOPPED

    @property
    def asked(self) -> str:
        return _ASKED[self.outcome]

    @property
    def form(self) -> Safe:
        return _reference(self.issue)


def render_answer(answer: Answer, locale: Locale) -> str:
    """The comment under the form's issue, in the student's language."""
    body = environment("md", locale).get_template("form_answer.md.j2").render(answer=answer)
    return f"{make_form_marker(answer.sha)}\n{body.strip()}\n"


def render_petition(petition: Petition, locale: Locale) -> tuple[str, str]:
    """The pull request's title and body, in the club's language."""
    words = load_words(locale)
    title = words.pattern(_TITLES[petition.outcome]).format(login=petition.login)
    template = environment("md", locale).get_template("form_pull.md.j2")
    return title, template.render(petition=petition).strip() + "\n"


def _reference(number: int | None) -> Safe:
    """A live reference to an issue or a pull request of the club's own repository."""
    return Safe("…" if number is None else f"#{number}")
