"""Listening: what students said under their digests is taken up before anything is made of it.

Comes in: remarks and reactions of the club's repository. Goes out: answers in the book, stops and
pauses in the register, a thumb or a reply for who wrote. Only the student's own words in the
student's own issues count. All is read again for two weeks, and every write is one that may be done
twice, so that a run killed anywhere ends in the same state when it is started again.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digest import Sent
from bot.errors import GitHubError, WorkEnded
from bot.feedback.answer import Answer, AnswerBook
from bot.feedback.desk import AnswerDesk, Heard
from bot.feedback.reactions import answers_in, was_taken_back
from bot.feedback.understand import understand
from bot.halting import Halts
from bot.register import Register, Stop
from bot.remarks import Echo, Remark, Reply, read_commands, replies_to
from bot.rendering.marker import is_answered
from bot.rendering.replies import render_reply
from bot.subscriptions.student import Subscription
from bot.terms import Locale

#: Remarks are read again for so long, and reactions for the digests of the last two weeks: a week's
#: digest is still talked about when the next one is there.
READ_AGAIN = timedelta(days=15)
#: GitHub's clock and ours may differ, and runs overlap.
MARGIN = timedelta(days=1)
#: Nobody said anything on GitHub before.
BEGINNING = datetime(2008, 1, 1, tzinfo=UTC)
#: After a loss reactions are read of so many weeks' digests, one question each: as outcomes are.
REACTIONS_RECALLED = timedelta(weeks=12)
#: What these sentences tell has a date, or an end: it is said in words, not with a thumb.
_TOLD_IN_WORDS = frozenset({"pause", "resume", "resume_later", "stop"})


@dataclass(frozen=True, slots=True)
class Listening:
    """Where answers are read and kept, and whose they may be."""

    desk: AnswerDesk
    book: AnswerBook
    register: Register
    #: By login, folded.
    students: Mapping[str, Subscription]
    #: By login, folded: the numbers of the issues in which the student's digests stand.
    places: Mapping[str, Collection[int]]
    #: What was sent lately, everybody's.
    sent: Sequence[Sent]
    zone: ZoneInfo
    now: datetime
    #: The language of students who do not say.
    locale: Locale = Locale.EN

    def sent_to(self, login: str) -> tuple[Sent, ...]:
        """The student's digests; the login is folded."""
        return tuple(one for one in self.sent if one.digest.student.casefold() == login)


@dataclass(frozen=True, slots=True)
class Listened:
    """What is known now, and what came of this reading; without `live`, what would have."""

    #: All that students ever answered and that is kept, old and new, oldest first.
    answers: tuple[Answer, ...] = ()
    n_new: int = 0
    n_misunderstood: int = 0
    #: Commands in a student's issue by somebody else.
    n_foreign: int = 0
    #: By login, folded: the stop that the register holds now, where it changed; None for lifted.
    #: Without `live` the register does not hold it yet.
    halts: Mapping[str, Stop | None] = field(default_factory=dict)
    #: By login, folded: when a student last wrote or reacted, whatever it said.
    signs: Mapping[str, datetime] = field(default_factory=dict)
    #: What went wrong, without names.
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """A student's own remark, and what it says."""

    login: str
    remark: Remark
    answers: tuple[Answer, ...]
    echoes: tuple[Echo, ...]

    @property
    def is_understood(self) -> bool:
        return bool(self.echoes) and all(one.is_understood for one in self.echoes)

    @property
    def needs_words(self) -> bool:
        return any(not one.is_understood or one.sentence in _TOLD_IN_WORDS for one in self.echoes)


_Sources = Mapping[str, tuple[Answer, ...]]


def take_up_answers(to: Listening, *, live: bool) -> Listened:
    """Read what was said, write it down, and let the writers know; without `live` only read.

    What cannot be read is told by a note, and what was known before counts.
    """
    known = _by_source(to.book.answers())
    since = _since(to)
    try:
        heard = to.desk.hear(since)
    except GitHubError as error:
        note = f"What students answered could not be read. {error.message}"
        return Listened(_in_order(known), notes=(note,))
    said = tuple(_own(to, heard, known))
    news = _news(to, heard, said, known, since)
    halts = _record(to, known, news, live=live)
    notes = _let_know(to, heard, said) if live else _what_would_halt(halts)
    if live:
        to.book.record_read(to.now)
    return Listened(
        answers=_in_order({**known, **news}),
        n_new=sum(len(answers) for answers in news.values()),
        n_misunderstood=sum(not echo.is_understood for one in said for echo in one.echoes),
        n_foreign=_n_foreign(to, heard),
        halts=halts.changed,
        signs=_signs(to, heard),
        notes=notes,
    )


def recall_answers(to: Listening) -> int:
    """Read all again that was ever said, for books that were lost; how many answers that were.

    Nobody is written to: the next run thumbs and replies as ever. GitHubError.
    """
    since = to.now - REACTIONS_RECALLED
    known = _by_source(to.book.answers())
    heard = to.desk.hear(BEGINNING, since)
    news = _news(to, heard, tuple(_own(to, heard, known)), known, since)
    _record(to, known, news, live=True)
    return sum(len(answers) for answers in news.values())


def _news(
    to: Listening, heard: Heard, said: Sequence[_Said], known: _Sources, since: datetime
) -> dict[str, tuple[Answer, ...]]:
    """What differs from what was known, by source."""
    sources = {f"comment {one.remark.id}": one.answers for one in said}
    sources |= _reactions(to, heard, known, since)
    return {
        source: answers for source, answers in sources.items() if answers != known.get(source, ())
    }


def _since(to: Listening) -> datetime:
    read_until, usual = to.book.read_until(), to.now - READ_AGAIN
    return usual if read_until is None else min(usual, read_until - MARGIN)


def _own(to: Listening, heard: Heard, known: _Sources) -> Iterator[_Said]:
    """What students wrote in their own issues, oldest first."""
    for remark in sorted(heard.remarks, key=lambda one: (one.said_at, one.id)):
        login = remark.author.casefold()
        if not _is_own(to, remark):
            continue
        sent = to.sent_to(login)
        is_known = any(one.delivered_at <= remark.said_at for one in sent)
        if not is_known and f"comment {remark.id}" in known:
            # An old remark that was touched: its digest is forgotten, what it said is kept.
            continue
        answers, echoes = understand(remark, login, sent, to.zone)
        yield _Said(login, remark, answers, tuple(_as_filed(one, to, login) for one in echoes))


def _is_own(to: Listening, remark: Remark) -> bool:
    login = remark.author.casefold()
    return login in to.students and remark.number in to.places.get(login, ())


def _as_filed(echo: Echo, to: Listening, login: str) -> Echo:
    """The same; of a resume that the student's file stands against, how long and why."""
    until = to.students[login].paused_until
    if echo.sentence != "resume" or until is None or until <= to.now.astimezone(to.zone).date():
        return echo
    file = f"config/students/{to.students[login].login}.yaml"
    return replace(echo, sentence="resume_later", values=(("day", str(until)), ("file", file)))


def _reactions(
    to: Listening, heard: Heard, known: _Sources, since: datetime
) -> dict[str, tuple[Answer, ...]]:
    """What students' reactions to their own digests say; nothing, for those that are gone."""
    found: dict[str, tuple[Answer, ...]] = {}
    for reaction in heard.reactions:
        login = reaction.login.casefold()
        if login in to.students and reaction.author.casefold() == login:
            for answer in answers_in(reaction, to.sent_to(login)):
                found[answer.source] = (*found.get(answer.source, ()), answer)
    gone = (
        source
        for source, answers in known.items()
        if answers and was_taken_back(source, answers, to.sent_to(answers[0].login), since)
    )
    return dict.fromkeys(gone, ()) | found


def _record(to: Listening, known: _Sources, news: _Sources, *, live: bool) -> Halts:
    """Write down what is new: first what it halts, for it is by the answers that it is news."""
    halts = Halts(to.register, to.zone, live=live)
    now = dict(known)
    for source, answers in news.items():
        before = known.get(source, ())
        login = (*answers, *before)[0].login
        now[source] = answers
        others = (one for some in now.values() for one in some if one.login == login)
        halts.settle(login, before, answers, others)
        if live:
            to.book.record_answers(source, answers)
    return halts


def _let_know(to: Listening, heard: Heard, said: Sequence[_Said]) -> tuple[str, ...]:
    """Reply where words are needed, and show the others that they were read; what went wrong."""
    understood = [one.remark for one in said if one.is_understood]
    try:
        notes = [note for reply in _replies(heard, said) for note in _send(to, reply)]
        if understood:
            to.desk.acknowledge(understood)
    except GitHubError as error:
        return (f"Not every student could be answered. {error.message} The next run tries.",)
    return tuple(dict.fromkeys(notes))


def _what_would_halt(halts: Halts) -> tuple[str, ...]:
    """What a dry run must say, because it goes by the register as it is."""
    if not halts.changed:
        return ()
    n = len(halts.changed)
    who = "One student" if n == 1 else f"{n} students"
    return (f"{who} wrote of a stop or a pause: a live run goes by that before it prepares.",)


def _send(to: Listening, reply: Reply) -> Iterator[str]:
    """Send one reply; GitHubError only where no other would get through either."""
    student = to.students[reply.remarks[0].author.casefold()]
    try:
        to.desk.reply(reply.number, render_reply(reply, student.locale or to.locale))
    except WorkEnded:
        raise
    except GitHubError as error:
        yield f"A reply to a student did not get through. {error.message} The next run tries."


def _replies(heard: Heard, said: Sequence[_Said]) -> Iterator[Reply]:
    """One for each issue, unless there is more to say than a comment holds."""
    open_ = [one for one in said if one.needs_words and not is_answered(one.remark, heard.answered)]
    for number in sorted({one.remark.number for one in open_}):
        here = (one for one in open_ if one.remark.number == number)
        yield from replies_to(number, ((one.remark, one.echoes) for one in here))


def _n_foreign(to: Listening, heard: Heard) -> int:
    """Commands that somebody else gave in a student's issue."""
    theirs = {number for login in to.students for number in to.places.get(login, ())}
    return sum(
        len(read_commands(remark.body))
        for remark in heard.remarks
        if remark.number in theirs and not _is_own(to, remark)
    )


def _signs(to: Listening, heard: Heard) -> dict[str, datetime]:
    given = [(one.author.casefold(), one.said_at) for one in heard.remarks if _is_own(to, one)]
    given += [
        (one.author.casefold(), one.at)
        for one in heard.reactions
        if one.author.casefold() == one.login.casefold()
    ]
    return {login: at for login, at in sorted(given) if login in to.students}


def _by_source(answers: Sequence[Answer]) -> dict[str, tuple[Answer, ...]]:
    found: dict[str, tuple[Answer, ...]] = {}
    for one in answers:
        found[one.source] = (*found.get(one.source, ()), one)
    return found


def _in_order(sources: _Sources) -> tuple[Answer, ...]:
    every = (one for answers in sources.values() for one in answers)
    return tuple(sorted(every, key=lambda one: (one.at, one.source, one.position)))
