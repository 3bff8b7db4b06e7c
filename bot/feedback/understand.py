"""Understanding: what the commands in a student's remark say.

Comes in: a remark, and the digests that its student was sent. Goes out: its answers, and for every
command one echo: what was understood, or what is wrong and what to write instead. Who wrote the
remark is for the caller to ask.

A number means the newest digest that was sent before the remark; an issue that is named may be of
any. A command that is wrong in a part is wrong as a whole. All counts from when the remark was
written, also what was put in by an edit.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from bot.digest import Pick, Sent
from bot.feedback.answer import Answer, AnswerKind
from bot.feedback.pausing import MOST, read_pause
from bot.feedback.weights import KEPT_AWAY
from bot.remarks import Command, Echo, Remark, read_commands
from bot.subscriptions.shapes import REPOSITORY_PATTERN
from bot.terms import IssueRef, Week
from bot.vocabulary import canonical_topic

#: Longer words are no answer; whatever is longer than this may have been cut.
MAX_WORDS = 400
#: A topic of more words is a sentence.
MAX_TOPIC_WORDS = 3
#: More picks or names in one command are no answer of a person.
MAX_NAMED = 10

_BETWEEN = re.compile(r"(?:[\s,;&+]|\b(?:and|y)\b)+", re.IGNORECASE)
_NUMBER = re.compile(r"#?([0-9]{1,6})[.)!?]?")
_AT_GITHUB = r"(?:https?://)?(?:www\.|redirect\.)?github\.com/"
_NAMED_ISSUE = re.compile(
    rf"(?:{_AT_GITHUB})?([\w.-]+/[\w.-]+)(?:#|/issues/)([0-9]{{1,12}})(?:[/?#].*)?",
    re.ASCII | re.IGNORECASE,
)
_ADDRESS = re.compile(
    rf"{_AT_GITHUB}([\w.-]+/[\w.-]+?)(?:\.git)?(?:[/?#].*)?", re.ASCII | re.IGNORECASE
)
_PROJECT = re.compile(REPOSITORY_PATTERN)
#: What people put around a name.
_MARKS = " \t\"'`“”‘’«».:!"

_SHOWN = re.compile(r"[A-Za-z]")


class _Unclear(Exception):
    """A command that is not understood: the sentence that says so, and what fills it in."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence, self.values = sentence, values


@dataclass(frozen=True, slots=True)
class _Hearing:
    """What a remark can be about."""

    remark: Remark
    login: str
    #: What was sent before it, newest first.
    sent: tuple[Sent, ...]
    today: date

    def answer(self, kind: AnswerKind) -> Answer:
        return Answer(self.login, kind, self.remark.said_at, f"comment {self.remark.id}")

    def numbered(self, number: int) -> Pick:
        """The pick of that number in the newest digest."""
        if not self.sent:
            raise _Unclear("no_digest")
        digest = self.sent[0].digest
        week, offered = Week.parse(digest.week).number, digest.offered
        if not offered:
            raise _Unclear("no_picks", week=week)
        if not 1 <= number <= len(offered):
            raise _Unclear("no_such_number", number=number, week=week, n=len(offered))
        return offered[number - 1]

    def named(self, ref: IssueRef) -> Pick | None:
        """The pick of any digest that is this issue."""
        picks = (pick for one in self.sent for pick in one.digest.offered)
        return next((pick for pick in picks if pick.ref.folded == ref.folded), None)


#: Answers, the sentence that tells them, and what fills it in.
_Meaning = tuple[tuple[Answer, ...], str, Mapping[str, object]]


def understand(
    remark: Remark, login: str, sent: Sequence[Sent], zone: ZoneInfo
) -> tuple[tuple[Answer, ...], tuple[Echo, ...]]:
    """What the student's remark says: its answers in its order, and an echo for each command.

    `sent` are the student's own delivered digests, in any order.
    """
    before = [one for one in sent if one.delivered_at <= remark.said_at]
    before.sort(key=lambda one: (one.delivered_at, one.digest.week), reverse=True)
    today = remark.said_at.astimezone(zone).date()
    hearing = _Hearing(remark, login, tuple(before), today)
    answers: list[Answer] = []
    echoes: list[Echo] = []
    for command in read_commands(remark.body):
        try:
            found, sentence, values = _read(command, hearing)
        except _Unclear as unclear:
            echoes.append(_echo(command, unclear.sentence, unclear.values, is_understood=False))
        else:
            answers += found
            echoes.append(_echo(command, sentence, values))
    placed = (replace(one, position=position) for position, one in enumerate(answers))
    return tuple(placed), tuple(echoes)


def _echo(
    command: Command, sentence: str, values: Mapping[str, object], *, is_understood: bool = True
) -> Echo:
    told = tuple((name, str(value)) for name, value in values.items())
    return Echo(str(command), sentence, told, is_understood)


def _read(command: Command, hearing: _Hearing) -> _Meaning:
    read = _READERS.get(command.name)
    if read is None:
        raise _Unclear("unknown", known=", ".join(f"/{name}" for name in _READERS))
    if len(command.words) > MAX_WORDS and command.name != AnswerKind.STOP:
        raise _Unclear("too_long")
    return read(replace(command, words=_plain(command.words)), hearing)


def _plain(words: str) -> str:
    """The words in their plainest signs, without any that nobody sees."""
    shown = unicodedata.normalize("NFKC", words)
    kept = (sign for sign in shown if unicodedata.category(sign) not in {"Cc", "Cf", "Cs"})
    return " ".join("".join(kept).split())


def _read_taste(command: Command, hearing: _Hearing) -> _Meaning:
    """`/more` and `/less`: of picks, or of names."""
    kind = AnswerKind(command.name)
    if not command.words:
        raise _Unclear("what_wanted", command=f"/{command.name}")
    picks = _picks(command.words, hearing)
    if picks is not None:
        return _about(kind, picks, hearing), f"{kind}_picks", {"picks": _listed(picks)}
    names = _names(command)
    answers = tuple(replace(hearing.answer(kind), name=name) for name in names)
    values = {"names": ", ".join(names), "weeks": KEPT_AWAY.days // 7}
    return answers, f"{kind}_names", values


def _read_deed(command: Command, hearing: _Hearing) -> _Meaning:
    """`/took` and `/done`."""
    kind = AnswerKind(command.name)
    picks = _picks(command.words, hearing)
    if picks is None:
        issue = _NAMED_ISSUE.fullmatch(command.words)
        if issue:
            raise _Unclear("not_yours", issue=f"{issue[1]}#{issue[2]}")
        raise _Unclear("number_wanted", command=f"/{command.name}")
    return _about(kind, picks, hearing), str(kind), {"picks": _listed(picks)}


def _read_pause(command: Command, hearing: _Hearing) -> _Meaning:
    until = read_pause(command.words, hearing.today)
    if isinstance(until, str):
        raise _Unclear(until, weeks=MOST.days // 7)
    answer = replace(hearing.answer(AnswerKind.PAUSE), until=until)
    return (answer,), "pause", {"day": until}


def _read_stop(command: Command, hearing: _Hearing) -> _Meaning:
    """A stop, whatever else is said, unless it is a number or a time that is meant."""
    words = command.words
    if words and (_NUMBER.fullmatch(words) or read_pause(words, hearing.today) != "pause_unclear"):
        raise _Unclear("alone", command="/stop")
    return (hearing.answer(AnswerKind.STOP),), "stop", {}


def _read_resume(command: Command, hearing: _Hearing) -> _Meaning:
    """A resume; a politeness behind it changes nothing, a day would."""
    if any(map(str.isdigit, command.words)):
        raise _Unclear("alone", command="/resume")
    return (hearing.answer(AnswerKind.RESUME),), "resume", {}


def _picks(words: str, hearing: _Hearing) -> tuple[Pick, ...] | None:
    """The picks that numbers and issues mean, each once; None where the words are names."""
    pieces = [piece for piece in _BETWEEN.split(words) if any(map(str.isalnum, piece))]
    numbers = [_NUMBER.fullmatch(piece) for piece in pieces]
    issues = [_NAMED_ISSUE.fullmatch(piece) for piece in pieces]
    are_picks = [bool(number or issue) for number, issue in zip(numbers, issues, strict=True)]
    if not any(are_picks):
        return None
    if not all(are_picks):
        raise _Unclear("one_of_them")
    found: dict[IssueRef, Pick] = {}
    for number, issue in zip(numbers, issues, strict=True):
        pick = hearing.numbered(int(number[1])) if number else None
        if issue:
            pick = hearing.named(IssueRef(issue[1], int(issue[2])))
        if pick is None:
            # An issue that nobody offered stands for its project.
            return None
        found[pick.ref] = pick
    return tuple(found.values())


def _about(kind: AnswerKind, picks: Sequence[Pick], hearing: _Hearing) -> tuple[Answer, ...]:
    blank = hearing.answer(kind)
    return tuple(replace(blank, ref=pick.ref, topics=pick.topics) for pick in picks)


def _listed(picks: Sequence[Pick]) -> str:
    return ", ".join(str(pick.ref) for pick in picks)


def _names(command: Command) -> tuple[str, ...]:
    """Projects and topics, folded, each once."""
    written = [name for part in re.split("[,;]", command.words) if (name := part.strip(_MARKS))]
    names = tuple(dict.fromkeys(_name(one, command) for one in written))
    if not names:
        raise _Unclear("what_wanted", command=f"/{command.name}")
    if len(names) > MAX_NAMED:
        raise _Unclear("too_long")
    return names


def _name(written: str, command: Command) -> str:
    """A project's name or a topic's, as the same is always written."""
    address = _NAMED_ISSUE.fullmatch(written) or _ADDRESS.fullmatch(written)
    project = address[1] if address else written
    if _PROJECT.fullmatch(project):
        return project.casefold()
    topic = "" if address or "://" in written else canonical_topic(written)
    if len(written.split()) > MAX_TOPIC_WORDS or not _SHOWN.search(topic):
        raise _Unclear("no_name", name=written, command=f"/{command.name}")
    return topic


_READERS: Mapping[str, Callable[[Command, _Hearing], _Meaning]] = {
    "more": _read_taste,
    "less": _read_taste,
    "took": _read_deed,
    "done": _read_deed,
    "pause": _read_pause,
    "resume": _read_resume,
    "stop": _read_stop,
}
