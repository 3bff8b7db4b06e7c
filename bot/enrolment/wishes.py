"""Wishes: what the form's answers are as keys of a student's file, and all that is wrong in them.

Comes in: `Answers`. Goes out: `Wishes`. A key of None is taken out of the file; one that is not
there stays as it was. What was written is repeated in no complaint if it holds an address.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from bot.enrolment import questions
from bot.enrolment.answers import Answers, is_address
from bot.enrolment.questions import Question
from bot.languages import known_language, similar_languages
from bot.sayings import Saying
from bot.subscriptions.shapes import REPOSITORY_PATTERN
from bot.subscriptions.student import MAX_WISHES, Skill
from bot.terms import ChannelName, Locale
from bot.vocabulary import is_topic

#: As long as a line of a student's file may be.
_MOST_CHARACTERS = 100
_MOST_HOURS = 60
#: Nobody mends more at once, and a comment has its limit too.
_MOST_COMPLAINTS = 40
_LEARNING = re.compile(r"(.+?) ?\((?:learning|aprendiendo)\)", re.IGNORECASE)
_OWNER = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]{0,38})/\*")
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What cannot be used in the answer to a question, and what to write instead."""

    question: Question
    said: Saying


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody asks for; with complaints it is not to be used."""

    keys: Mapping[str, object]
    complaints: tuple[Complaint, ...] = ()
    #: The language to answer in; None where the form does not tell.
    locale: Locale | None = None
    has_address: bool = False


@dataclass(slots=True)
class _Reading:
    """One form under the eye."""

    answers: Answers
    keys: dict[str, object] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, question: Question, said: Saying) -> None:
        self.complaints.append(Complaint(question, said))

    def entries(self, question: Question) -> Iterator[str]:
        """The entries that can be repeated; complaints about the others, and about too many."""
        every = self.answers.entries(question) or ()
        if len(every) > MAX_WISHES:
            self.complain(question, _too_many(len(every)))
        for entry in every[:MAX_WISHES]:
            if any(map(is_address, entry.split())):
                self.complain(question, Saying("form_address"))
            elif len(entry) > _MOST_CHARACTERS:
                shown = f"{entry[:40]}…"
                said = Saying("form_too_long", {"text": shown, "most": _MOST_CHARACTERS})
                self.complain(question, said)
            else:
                yield entry

    def chosen(self, question: Question, choices: Mapping[str, T]) -> T | None:
        """What a choice stands for; None, with a complaint, for what is no choice."""
        text = self.answers.text(question) or ""
        if not text or text in choices:
            return choices.get(text)
        self.complain(question, no_choice(text, tuple(choices)))
        return None


def read_wishes(answers: Answers) -> Wishes:
    """All that the form asks for."""
    reading = _Reading(answers)
    _read_languages(reading)
    _read_interests(reading)
    for question, key, choices in (
        (Question.LEVEL, "level", questions.LEVELS),
        (Question.EVERY, "every", questions.EVERY),
        (Question.LOCALE, "locale", questions.LOCALES),
        (Question.CHANNEL, "channel", questions.CHANNELS),
    ):
        if answers.text(question) is not None:
            value = reading.chosen(question, choices)
            reading.keys[key] = None if value is None else str(value)
    _read_kinds(reading)
    _read_numbers(reading)
    _read_avoid(reading)
    _read_agreements(reading)
    locale = questions.LOCALES.get(answers.text(Question.LOCALE) or "")
    complaints = tuple(dict.fromkeys(reading.complaints))[:_MOST_COMPLAINTS]
    return Wishes(reading.keys, complaints, locale, answers.has_address)


def no_choice(text: str, choices: tuple[str, ...]) -> Saying:
    """What was written is none of the choices."""
    if any(map(is_address, text.split())):
        return Saying("form_address")
    return Saying("form_no_choice", {"text": text[:_MOST_CHARACTERS], "choices": choices})


def wants_mail(wishes: Wishes) -> bool:
    return wishes.keys.get("channel") == ChannelName.EMAIL


def _read_languages(reading: _Reading) -> None:
    asked = (Question.LANGUAGES, Question.MORE_LANGUAGES)
    if all(reading.answers.text(one) is None for one in asked):
        return
    found: dict[str, Skill] = {}
    for question in asked:
        for entry in reading.entries(question):
            learning = _LEARNING.fullmatch(entry)
            name = learning[1] if learning else entry
            language = known_language(name)
            if language is None:
                reading.complain(question, _no_language(name))
            else:
                found[language] = Skill.LEARNING if learning else Skill.FLUENT
    if len(found) > MAX_WISHES:
        reading.complain(Question.LANGUAGES, _too_many(len(found)))
    is_plain = all(skill is Skill.FLUENT for skill in found.values())
    levels = {name: str(skill) for name, skill in found.items()}
    reading.keys["languages"] = (list(found) if is_plain else levels) or None


def _no_language(name: str) -> Saying:
    if is_topic(name):
        return Saying("form_topic", {"name": name, "question": Question.INTERESTS})
    near = similar_languages(name)
    if near:
        return Saying("form_near_language", {"name": name, "near": near})
    return Saying("form_no_language", {"name": name})


def _read_interests(reading: _Reading) -> None:
    if reading.answers.text(Question.INTERESTS) is None:
        return
    reading.keys["interests"] = list(reading.entries(Question.INTERESTS)) or None


def _too_many(n: int) -> Saying:
    return Saying("form_too_many", {"given": n, "most": MAX_WISHES})


def _read_kinds(reading: _Reading) -> None:
    ticked = reading.answers.ticked(Question.KINDS)
    if ticked is None:
        return
    for label in ticked[:MAX_WISHES]:
        if label not in questions.KINDS:
            reading.complain(Question.KINDS, no_choice(label, tuple(questions.KINDS)))
    kinds = [str(kind) for label, kind in questions.KINDS.items() if label in ticked]
    reading.keys["kinds"] = kinds or None


def _read_numbers(reading: _Reading) -> None:
    hours = reading.answers.text(Question.HOURS)
    if hours is not None:
        number = float(hours.replace(",", ".")) if _NUMBER.fullmatch(hours) else 0.0
        if hours and not 0 < number <= _MOST_HOURS:
            reading.complain(Question.HOURS, no_choice(hours, questions.HOURS))
        reading.keys["hours"] = (int(number) if number == int(number) else number) or None
    if reading.answers.text(Question.PICKS) is not None:
        picks = {text: text for text in questions.PICKS}
        chosen = reading.chosen(Question.PICKS, picks)
        reading.keys["picks"] = int(chosen) if chosen and chosen.isdecimal() else None


def _read_avoid(reading: _Reading) -> None:
    """An empty answer changes nothing: what somebody never wanted must not come back by a slip."""
    found: dict[str, list[str]] = {"repositories": [], "owners": [], "topics": []}
    for entry in reading.entries(Question.AVOID):
        owner = _OWNER.fullmatch(entry)
        if owner:
            found["owners"].append(owner[1])
        elif re.fullmatch(REPOSITORY_PATTERN, entry):
            found["repositories"].append(entry)
        elif "/" in entry or "@" in entry:
            about = {"text": entry.replace("@", "")}
            reading.complain(Question.AVOID, Saying("form_no_exclusion", about))
        else:
            found["topics"].append(entry)
    kept = {key: entries for key, entries in found.items() if entries}
    if kept:
        reading.keys["avoid"] = kept


def _read_agreements(reading: _Reading) -> None:
    ticked = reading.answers.ticked(Question.AGREEMENTS)
    if ticked is None or questions.WANTED not in ticked:
        reading.complain(Question.AGREEMENTS, Saying("form_tick", {"choice": questions.WANTED}))
    if ticked is not None:
        reading.keys["peers"] = questions.PEERS in ticked
        reading.keys["public"] = questions.PUBLIC in ticked
