"""What a mentor's comment decides: commands become verdicts, and each has its one answer.

Comes in: a remark under a review post, what the post's numbers mean, who mentors whom. Goes out:
verdicts and echoes. A line counts whole or not at all: a slip in it may mean that another student
was meant. Who wrote a remark is who GitHub says it is; the text proves nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.remarks import Command, Echo, Remark, read_commands
from bot.review.mentoring import is_mentor, students_of
from bot.review.naming import Meant, called_exactly, read_name, read_names
from bot.review.verdict import Line, ReviewPost, Verdict, VerdictKind
from bot.subscriptions.club import Club
from bot.subscriptions.student import Subscription

#: A mentor's note is a sentence, not a letter.
NOTE_LIMIT = 300
#: So many names are told in an answer.
_N_NAMED = 5
_ALL = frozenset({"", "all", "everybody", "everyone"})
_KINDS = {kind.value: kind for kind in VerdictKind}


class _Misunderstood(Exception):
    """Why a command does not count: a sentence, and what fills it in."""

    def __init__(self, sentence: str, **values: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who speaks where."""

    remark: Remark
    review: ReviewPost
    #: The speaker's students, everybody's, and those of the post that are the speaker's.
    own: tuple[Subscription, ...]
    every: tuple[Subscription, ...]
    here: tuple[Subscription, ...]

    def all_of(self, kind: VerdictKind) -> tuple[Subscription, ...]:
        """Whom a word alone means; nobody approves of what stood there only afterwards."""
        return self.here if kind is VerdictKind.HOLD else tuple(filter(self._was_shown, self.here))

    def _was_shown(self, student: Subscription) -> bool:
        since = self.review.shown_since(student.login).values()
        return bool(since) and max(since) <= self.remark.edited_at

    def lines_of(self, student: Subscription) -> dict[int, Line]:
        folded = student.login.casefold()
        return {one.n: one for one in self.review.lines if one.login.casefold() == folded}

    def verdict(self, kind: VerdictKind, student: Subscription) -> Verdict:
        """A word on a student; its position is given when all are known."""
        return Verdict(
            week=self.review.week,
            login=student.login,
            mentor=self.remark.author,
            kind=kind,
            at=self.remark.edited_at,
            source=f"comment {self.remark.id}",
        )


_Understood = tuple[Sequence[Verdict], Echo]


def understand(
    remark: Remark, review: ReviewPost, club: Club, students: Mapping[str, Subscription]
) -> tuple[tuple[Verdict, ...], tuple[Echo, ...]]:
    """The verdicts of a remark, in its order, and one echo a command.

    `students` are all who are subscribed. Of somebody who is no mentor nothing counts,
    and one echo says so, however many commands there are.
    """
    commands = read_commands(remark.body)
    if commands and not is_mentor(remark.author, club):
        return (), (_no(commands[0], "mentor_nobody", login=remark.author),)
    desk = _desk(remark, review, club, students)
    verdicts: list[Verdict] = []
    echoes: list[Echo] = []
    for command in commands:
        try:
            said, echo = _hear(command, desk)
        except _Misunderstood as slip:
            said, echo = (), _no(command, slip.sentence, **slip.values)
        verdicts += said
        echoes.append(echo)
    numbered = (replace(one, position=n) for n, one in enumerate(verdicts))
    return tuple(numbered), tuple(echoes)


def _desk(
    remark: Remark, review: ReviewPost, club: Club, students: Mapping[str, Subscription]
) -> _Desk:
    own = students_of(remark.author, club, students)
    shown = {one.login.casefold() for one in students_of(review.mentor, club, students)}
    shown |= {line.login.casefold() for line in review.lines}
    here = tuple(one for one in own if one.login.casefold() in shown)
    return _Desk(remark, review, own, tuple(students.values()), here)


def _hear(command: Command, desk: _Desk) -> _Understood:
    kind = _KINDS.get(command.name)
    if kind is VerdictKind.DROP:
        return _drop(command, desk)
    if kind is VerdictKind.NOTE:
        return _note(command, desk)
    if kind is None:
        raise _Misunderstood("mentor_unknown_command")
    return _decide(command, kind, desk)


def _decide(command: Command, kind: VerdictKind, desk: _Desk) -> _Understood:
    """`/approve` and `/hold`: those who are named, else all of the post."""
    if command.words.casefold() in _ALL and not called_exactly(command.words, desk.own):
        meant = desk.all_of(kind)
        if not meant:
            raise _Misunderstood("mentor_none_here", login=desk.remark.author)
        key = "mentor_approved_all" if kind is VerdictKind.APPROVE else "mentor_held_all"
        echo = _yes(command, key, n=str(len(meant)), students=_logins(meant))
        return [desk.verdict(kind, one) for one in meant], echo
    named = [_the_one(one, desk) for one in read_names(command.words, desk.own)]
    if not named:
        raise _Misunderstood("mentor_whose")
    key = "mentor_approved" if kind is VerdictKind.APPROVE else "mentor_held"
    verdicts = [desk.verdict(kind, one) for one in named]
    return verdicts, _yes(command, key, students=_logins(named))


def _drop(command: Command, desk: _Desk) -> _Understood:
    """`/drop ada 2 3`: picks or spares, by their numbers in this post."""
    meant = read_name(command.words, desk.own)
    numbers = [word.strip("#.") for word in meant.rest.replace(",", " ").split()]
    if not command.words:
        raise _Misunderstood("mentor_whose")
    student = _the_one(meant, desk)
    if not numbers or not all(word.isascii() and word.isdigit() for word in numbers):
        raise _Misunderstood("mentor_which", student=student.login)
    lines, wanted = desk.lines_of(student), sorted({int(word) for word in numbers})
    if not lines:
        raise _Misunderstood("mentor_not_here", student=student.login)
    if strange := [n for n in wanted if n not in lines]:
        numbered = ", ".join(str(n) for n in strange)
        last = str(max(lines))
        raise _Misunderstood(
            "mentor_no_such_pick", numbers=numbered, student=student.login, last=last
        )
    verdict = desk.verdict(VerdictKind.DROP, student)
    verdicts = [replace(verdict, ref=lines[n].ref) for n in wanted]
    told = {"student": student.login, "numbers": ", ".join(str(n) for n in wanted)}
    return verdicts, _yes(command, "mentor_dropped", **told)


def _note(command: Command, desk: _Desk) -> _Understood:
    """`/note ada a sentence`; without a sentence, the one that stands is taken back."""
    if not command.words:
        raise _Misunderstood("mentor_whose")
    meant = read_name(command.words, desk.own)
    student, text = _the_one(meant, desk), meant.rest.strip()
    if len(text) > NOTE_LIMIT:
        raise _Misunderstood("mentor_too_long", n=str(len(text)), most=str(NOTE_LIMIT))
    verdict = replace(desk.verdict(VerdictKind.NOTE, student), text=text)
    key = "mentor_noted" if text else "mentor_unnoted"
    return [verdict], _yes(command, key, student=student.login)


def _the_one(meant: Meant, desk: _Desk) -> Subscription:
    """The student that is meant; or why it is not clear, or not the speaker's to decide."""
    if meant.student is not None:
        return meant.student
    if meant.students:
        raise _Misunderstood(
            "mentor_which_one", word=meant.words, candidates=_logins(meant.students)
        )
    if foreign := read_name(meant.words, desk.every).student:
        raise _Misunderstood("mentor_not_yours", student=foreign.login)
    if not desk.own:
        raise _Misunderstood("mentor_none_here", login=desk.remark.author)
    raise _Misunderstood("mentor_no_student", word=meant.words, candidates=_logins(desk.own))


def _logins(students: Iterable[Subscription]) -> str:
    return _some([one.login for one in students])


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_N_NAMED]) + (", …" if len(names) > _N_NAMED else "")


def _yes(command: Command, sentence: str, **values: str) -> Echo:
    return Echo(str(command), sentence, tuple(values.items()))


def _no(command: Command, sentence: str, **values: str) -> Echo:
    return Echo(str(command), sentence, tuple(values.items()), is_understood=False)
