"""Enrolling: a form that somebody just handed in is acted on, and answered.

Comes in: the form's issue as the event tells it, the desk, the register. Goes out: what was done,
in lines without names. Only the login that opened the issue is subscribed, changed or stopped, and
only by what that login wrote: a text that somebody else edited counts for nothing. A stop counts
in the register before anything else is tried. The answer comes last, and says what it answers: a
run that was killed before it does all of it again, to the same end.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from bot.enrolment.answers import read_answers
from bot.enrolment.decide import Decision, Place, StudentFile, decide
from bot.enrolment.likings import Likings
from bot.enrolment.wishes import read_wishes
from bot.forms import FormKind, parse_form
from bot.intake import Slip, record_slip, resume
from bot.register import Register, Stop
from bot.rendering.enrolment import Answer, Outcome, Petition, render_answer, render_petition
from bot.rendering.marker import form_fingerprint
from bot.subscriptions.writing import NoFile, without_mentored


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An issue as an event of the workflow tells it."""

    number: int
    #: Who opened it; None of an account that is gone, or of a bot.
    author: str | None
    #: Who did what the event is about.
    sender: str
    title: str
    body: str
    #: When this was said.
    at: datetime
    opened_at: datetime
    #: Closed before, and now to count once more as it stands.
    is_again: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """Our last answer to a form: the fingerprint of what it answers, and when."""

    sha: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """The issue as it stands now: whoever looks later sees more than the event."""

    title: str
    body: str
    #: Who changed the text last; None where nobody did.
    editor: str | None = None
    is_open: bool = True
    #: None where nothing was answered yet.
    answered: Answered | None = None

    def has_answer(self, sha: str, since: datetime | None) -> bool:
        """Was this text answered last? An older answer does not count: another came in between."""
        last = self.answered
        return last is not None and last.sha == sha and (since is None or last.at >= since)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a pull request brings: the file of a student, or its end (None)."""

    login: str
    #: The texts of files by path.
    files: Mapping[str, str | None]
    title: str
    body: str
    at: datetime


class FrontDesk(Protocol):
    """The club's repository, for one form. GitHubError where it cannot be read or written."""

    def standing(self, number: int) -> Standing | None:
        """The issue as it stands; None where it is gone."""

    def file_of(self, login: str) -> StudentFile | None:
        """The student's file on the default branch, whatever its case."""

    def text_of(self, path: str) -> str | None:
        """A file of the default branch; None where it has none there."""

    def propose(self, proposal: Proposal) -> int:
        """One pull request a student, on a branch of its own; its number. Often is once."""

    def withdraw(self, login: str) -> int | None:
        """Close the student's open pull request; its number, None where there is none."""

    def answer(self, number: int, markdown: str) -> None:
        """Comment on the issue."""

    def close(self, number: int) -> None:
        """Close the issue as done."""


@dataclass(slots=True)
class Enrolling:
    """One form's way; without `live` nothing is written."""

    desk: FrontDesk
    register: Register
    place: Place
    #: Brings the register where it outlasts this machine.
    keep: Callable[[], object] = lambda: None
    live: bool = False
    #: Tells the file and the answer themselves, too.
    shows: bool = False
    #: What was done, or would be.
    said: list[str] = field(default_factory=list)

    def take(
        self, handed: HandedIn, likings_of: Callable[[str], Likings | None] = lambda _: None
    ) -> None:
        """Act on it; what is no form, or nobody's own word, is left alone."""
        form = parse_form(handed.title, handed.body)
        if form is None:
            return self._say("This issue is no form.")
        why = self._why_not(handed)
        if why:
            return self._say(why)
        login = handed.author or ""
        known = self.desk.file_of(login)
        if form.kind is FormKind.SUBSCRIBE:
            return self._subscribe(handed, known, likings_of(login))
        if form.kind is FormKind.STOP:
            return self._stop(handed, known)
        slip = Slip(handed.number, login, handed.opened_at, form)
        if form.kind is FormKind.FEEDBACK or known is None:
            return self._say("This form is for a person of the club to read.")
        self._say(f"A {form.kind} form is written down; the next run closes it.")
        if self.live:
            record_slip(slip, known.login, self.register, self.place.club.zone)
        return None

    def _why_not(self, handed: HandedIn) -> str | None:
        """Why a form is not acted on."""
        author = handed.author
        if author is None:
            return "A bot opened the form, or an account that is gone: it counts for nobody."
        if not _is_same(handed.sender, author):
            return "Somebody else than its author edited or reopened the form: nothing is done."
        standing = self.desk.standing(handed.number)
        if standing is None:
            return "The issue is gone."
        sha = _said(handed.title, handed.body)
        why = {
            "The form was changed since: the run of that change acts on it.": (
                _said(standing.title, standing.body) != sha
            ),
            "Somebody else than its author wrote in the form: nothing is done.": (
                not _is_same(standing.editor or author, author)
            ),
            "The form was answered before.": (
                standing.has_answer(sha, handed.at if handed.is_again else None)
            ),
        }
        return next((reason for reason, holds in why.items() if holds), None)

    def _subscribe(
        self, handed: HandedIn, known: StudentFile | None, likings: Likings | None
    ) -> None:
        wishes = read_wishes(read_answers(handed.body))
        login = handed.author or ""
        decision = decide(login, wishes, known, self.place)
        answer = Answer(
            login=known.login if known else login,
            club=self.place.club.name,
            sha=_said(handed.title, handed.body),
            complaints=decision.complaints,
            notes=decision.notes,
            has_address=wishes.has_address,
            likings=likings.besides(wishes.keys) if likings else None,
        )
        if decision.file is None:
            n = len(decision.complaints)
            self._say(f"A form has {n} answer{'s' * (n > 1)} that cannot be used.")
            return self._answer(handed, replace(answer, outcome=Outcome.WRONG), decision)
        self._say("A form is right: a pull request with the student's file follows.")
        if self.live and resume(answer.login, handed.at, self.register, self.place.club.zone):
            self.keep()
        if known is not None and known.text == decision.file.text:
            self._say("The student's file says all of it already.")
            if self.live:
                self.desk.withdraw(answer.login)
            answer = replace(answer, outcome=Outcome.SAME)
        else:
            outcome = Outcome.CHANGED if known else Outcome.NEW
            petition = Petition(decision.file.login, handed.number, outcome, decision.kept)
            files = {decision.file.path: decision.file.text}
            pull = self._propose(handed, petition, files)
            answer = replace(answer, outcome=outcome, pull=pull)
        return self._answer(handed, answer, decision)

    def _stop(self, handed: HandedIn, known: StudentFile | None) -> None:
        before = known.subscription() if known else None
        decision = Decision(None, (before and before.locale) or self.place.club.locale)
        login = known.login if known else handed.author or ""
        answer = Answer(login, self.place.club.name, _said(handed.title, handed.body))
        if known is not None:
            self._say("A student wants no more digests: that counts at once.")
            self._record_stop(handed, login)
            petition = Petition(login, handed.number, Outcome.STOPPED)
            pull = self._propose(handed, petition, self._end_of(known))
            answer = replace(answer, outcome=Outcome.STOPPED, pull=pull)
        else:
            pull = self.desk.withdraw(login) if self.live else None
            if pull is not None:
                self._record_stop(handed, login)
            outcome = Outcome.WITHDRAWN if pull is not None else Outcome.STRANGER
            self._say("Somebody wants no digests who is not subscribed.")
            answer = replace(answer, outcome=outcome, pull=pull)
        self._answer(handed, answer, decision)

    def _record_stop(self, handed: HandedIn, login: str) -> None:
        if not self.live:
            return
        known = self.register.stop_of(login)
        if known is None or known.at < handed.at:
            self.register.record_stop(Stop(login, handed.at))
        # A form that is closed is not read again: it must be known by then.
        self.keep()

    def _end_of(self, known: StudentFile) -> dict[str, str | None]:
        """What takes a student out: the file, and the login in the mentors' lists.

        Who is listed there and has no file is a problem that would stop the whole club.
        """
        files: dict[str, str | None] = {known.path: None}
        path = f"{self.place.folder}/club.yaml".lstrip("/")
        text = self.desk.text_of(path)
        if text is not None:
            with suppress(NoFile):
                changed = without_mentored(text, known.login)
                files |= {path: changed} if changed != text else {}
        return files

    def _propose(
        self, handed: HandedIn, petition: Petition, files: Mapping[str, str | None]
    ) -> int | None:
        """The pull request's number; None in a dry run."""
        title, body = render_petition(petition, self.place.club.locale)
        for path, text in files.items():
            self._show(f"{path}: {'taken out' if text is None else 'written'}")
            self._show(text or "")
        if not self.live:
            return None
        return self.desk.propose(Proposal(petition.login, files, title, body, handed.at))

    def _answer(self, handed: HandedIn, answer: Answer, decision: Decision) -> None:
        markdown = render_answer(answer, decision.locale)
        self._show(markdown)
        if not self.live:
            return
        if answer.outcome is not Outcome.WRONG:
            self.desk.close(handed.number)
        self.desk.answer(handed.number, markdown)
        self._say(f"Issue {handed.number} is answered.")

    def _say(self, line: str) -> None:
        """A line for whoever runs it, without names."""
        self.said.append(line)

    def _show(self, text: str) -> None:
        """What names somebody, for those who may see it."""
        if self.shows:
            self.said.append(text.rstrip("\n"))


def _is_same(login: str, other: str) -> bool:
    return login.casefold() == other.casefold()


def _said(title: str, body: str) -> str:
    """What tells one text of a form from another; another title for the same form is none."""
    form = parse_form(title, body)
    return form_fingerprint(form.kind if form else "", body)
