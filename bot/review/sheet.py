"""A review sheet: what one mentor is shown of a week, one object for the post's template.

Comes in: digests, progress, verdicts. Goes out: a `Sheet`, a section a student.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.digest import MentorNote, Pick
from bot.review.verdict import ReviewState
from bot.sayings import Saying
from bot.terms import ChannelName, Level, Locale


@dataclass(frozen=True, slots=True)
class Flag:
    """Where a mentor should look: a sentence of `[flags]` in the words, filled in with `n`."""

    sentence: str
    n: int = 0


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A pick or spare, by the number that commands use; `flags` are about it."""

    n: int
    pick: Pick
    is_ticked: bool = True
    flags: tuple[Flag, ...] = ()
    #: Dropped by a comment, or in another mentor's post: a box here could not take it back.
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of a student's picks of the last twelve weeks."""

    n_offered: int = 0
    n_commented: int = 0
    n_pulls: int = 0
    n_merged: int = 0
    last_sign_at: datetime | None = None


NO_TALLY = Tally()


@dataclass(frozen=True, slots=True)
class Section:
    """One student."""

    login: str
    called: str
    level: Level
    channel: ChannelName
    lines: tuple[SheetLine, ...]
    flags: tuple[Flag, ...] = ()
    tally: Tally = NO_TALLY
    #: Why there is nothing to offer, of a quiet week.
    notes: tuple[Saying, ...] = ()
    state: ReviewState = ReviewState.WAITING
    #: What mentors wrote for the top of the digest.
    words: tuple[MentorNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One mentor's week."""

    week: str
    mentor: str
    club: str
    timezone: str
    sections: tuple[Section, ...]
    #: Until when a word is awaited; None where digests do not wait (`review: notify`).
    answer_by: datetime | None
    #: What silence means: are the digests sent then?
    sends_on_silence: bool
    #: The language that mentors read.
    locale: Locale = Locale.EN
