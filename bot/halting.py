"""Halting: what a stop, a pause or a resume in an answer does to the register.

Comes in: what a remark said before and says now. Goes out: the stop that counts from then on. The
last word by its moment wins, whether it was said by comment or by form. Only news are acted on, so
that what an officer wrote down since is not undone by reading an old remark again.
"""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.feedback.answer import Answer, AnswerKind
from bot.register import Register, Stop


def stop_of(answer: Answer, zone: ZoneInfo) -> Stop | None:
    """What an answer writes into the register; None for one about picks.

    A resume is a pause that is over on its own day: it takes back what was said before, and
    nothing that is said later.
    """
    match answer.kind:
        case AnswerKind.STOP:
            return Stop(answer.login, answer.at)
        case AnswerKind.PAUSE:
            return Stop(answer.login, answer.at, answer.until)
        case AnswerKind.RESUME:
            return Stop(answer.login, answer.at, answer.at.astimezone(zone).date())
        case _:
            return None


class Halts:
    """The register's stops as a run sees them; without `live` nothing is written."""

    def __init__(self, register: Register, zone: ZoneInfo, *, live: bool) -> None:
        self._register, self._zone, self._live = register, zone, live
        #: By login, folded: what changed; None for lifted.
        self.changed: dict[str, Stop | None] = {}

    def settle(
        self,
        login: str,
        before: Iterable[Answer],
        after: Iterable[Answer],
        others: Iterable[Answer],
    ) -> None:
        """A remark of the student said `before`, and says `after` now.

        Where it halts nothing any more, what the student's `others` say now counts again.
        """
        gone, fresh = self._stops(before), self._stops(after)
        known = self._known(login)
        if fresh:
            if known is None or known.at <= fresh[-1].at or known in gone:
                self._write(login, fresh[-1])
        elif known is not None and known in gone:
            rest = self._stops(others)
            self._write(login, rest[-1] if rest else None)

    def _stops(self, answers: Iterable[Answer]) -> list[Stop]:
        """Oldest first; of one moment by the order in which they were said."""
        ordered = sorted(answers, key=lambda one: (one.at, one.source, one.position))
        return [stop for one in ordered if (stop := stop_of(one, self._zone)) is not None]

    def _known(self, login: str) -> Stop | None:
        return self.changed[login] if login in self.changed else self._register.stop_of(login)

    def _write(self, login: str, stop: Stop | None) -> None:
        if stop == self._known(login):
            return
        self.changed[login] = stop
        if not self._live:
            return
        if stop is None:
            self._register.lift_stop(login)
        else:
            self._register.record_stop(stop)
