"""Decides what a subscription form comes to: a student's file, or what must be said of it.

Comes in: wishes, the student's file so far, the club's rules. Goes out: a `Decision`. The file that
comes out was read back by the same model as any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.enrolment.questions import PUBLIC, Question
from bot.enrolment.wishes import Complaint, Wishes, wants_mail
from bot.sayings import Saying
from bot.subscriptions.club import Club
from bot.subscriptions.parsing import parse_text
from bot.subscriptions.student import Subscription
from bot.subscriptions.writing import NoFile, write_student
from bot.terms import ChannelName, Locale

#: Who wrote here what cannot be used did name a wish: it is only to be mended.
_ASKED = {Question.LANGUAGES, Question.MORE_LANGUAGES, Question.INTERESTS}


@dataclass(frozen=True, slots=True)
class StudentFile:
    """A student's file on the default branch: where, and its text."""

    path: str
    text: str

    @property
    def login(self) -> str:
        return Path(self.path).stem

    def subscription(self) -> Subscription | None:
        """What it says; None where it cannot be read."""
        return parse_text(Path(self.path), self.text, Subscription, login=self.login).value


@dataclass(frozen=True, slots=True)
class Place:
    """Where files and digests of the club stand."""

    club: Club
    #: The configuration's folder within the repository.
    folder: str
    #: Digests that are posted can be read by everybody.
    is_public: bool
    today: date


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of wishes: a file, or complaints."""

    file: StudentFile | None
    locale: Locale
    complaints: tuple[Complaint, ...] = ()
    #: What the student should know beside.
    notes: tuple[Saying, ...] = ()
    #: Keys that the form does not ask for, and that stay.
    kept: tuple[str, ...] = ()


def decide(login: str, wishes: Wishes, known: StudentFile | None, place: Place) -> Decision:
    """The file that the wishes make of `known`; None, and complaints, where they cannot."""
    before = known.subscription() if known else None
    locale = wishes.locale or (before and before.locale) or place.club.locale
    keys, notes, wrong = _fit(login, wishes, before, place)
    complaints = [*wishes.complaints, *wrong]
    path = known.path if known else f"{place.folder}/students/{login}.yaml".lstrip("/")
    file = StudentFile(path, "")
    if not complaints:
        file, complaints, more = _write(file, keys, known)
        notes = (*notes, *more)
    if complaints:
        return Decision(None, locale, tuple(dict.fromkeys(complaints)), notes)
    kept = before.model_fields_set - keys.keys() - {"login"} if before else set()
    return Decision(file, locale, (), notes, tuple(sorted(kept)))


def _fit(
    login: str, wishes: Wishes, before: Subscription | None, place: Place
) -> tuple[Mapping[str, object], tuple[Saying, ...], list[Complaint]]:
    """The keys with the channel that can be had, notes, and what does not go together."""
    keys, notes, wrong = dict(wishes.keys), [], []
    club = place.club
    if _is_nothing(keys, before) and not _ASKED & {one.question for one in wishes.complaints}:
        wrong.append(Complaint(Question.INTERESTS, Saying("form_no_wishes")))
    channel = _channel(keys, before) or club.channel
    if wants_mail(wishes) and None in (club.sender, club.reply_to, club.public_key):
        wrong.append(Complaint(Question.CHANNEL, Saying("form_no_mail")))
    elif channel is ChannelName.EMAIL and (before is None or before.email is None):
        channel, keys["channel"] = ChannelName.ISSUE, str(ChannelName.ISSUE)
        command = f"foothold encrypt --student {login}"
        notes.append(Saying("note_mail_later", {"command": command}))
    is_agreed = keys.get("public", before is not None and before.public)
    if channel is ChannelName.ISSUE and place.is_public and not is_agreed:
        wrong.append(
            Complaint(Question.AGREEMENTS, Saying("form_must_be_public", {"choice": PUBLIC}))
        )
    until = before.paused_until if before else None
    if until is not None and until > place.today:
        notes.append(Saying("note_paused", {"day": until.isoformat()}))
    return keys, tuple(notes), wrong


def _is_nothing(keys: Mapping[str, object], before: Subscription | None) -> bool:
    old = {"languages": before.languages, "interests": before.interests} if before else {}
    return not any(keys.get(key, old.get(key)) for key in ("languages", "interests"))


def _channel(keys: Mapping[str, object], before: Subscription | None) -> ChannelName | None:
    if "channel" not in keys:
        return before.channel if before else None
    return ChannelName(str(keys["channel"])) if keys["channel"] else None


def _write(
    file: StudentFile, keys: Mapping[str, object], known: StudentFile | None
) -> tuple[StudentFile, list[Complaint], tuple[Saying, ...]]:
    """The file as it shall stand; anew where what stands there cannot be read."""
    notes: tuple[Saying, ...] = ()
    texts = [known.text, None] if known else [None]
    problem = ""
    for text in texts:
        try:
            written = StudentFile(file.path, write_student(keys, text))
        except NoFile:
            continue
        parsed = parse_text(Path(file.path), written.text, Subscription, login=file.login)
        if not parsed.problems:
            return written, [], notes if text == texts[0] else (Saying("note_anew"),)
        problem = parsed.problems[0].text
    refused = Saying("form_refused", {"text": problem})
    return file, [Complaint(Question.LANGUAGES, refused)], notes
