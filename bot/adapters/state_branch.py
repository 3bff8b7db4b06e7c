"""The journal on a branch of its repository, for runners that forget.

Comes in: a journal's database, a git remote, the club's keys. Goes out: either brought up to the
other. A push that is refused because the branch moved is the lease: before anything was sent the
run stops, after that both sides are merged (decision 0023).
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Engine

from bot.adapters.database_deliveries import write_intent
from bot.adapters.database_engine import journal_errors, transaction
from bot.adapters.database_register import write_consent
from bot.adapters.database_tables import digests
from bot.adapters.git_remote import Change, GitRemote, Snapshot
from bot.adapters.harvest_file import read_harvest, write_harvest
from bot.adapters.state_files import State, read_state, write_state
from bot.adapters.state_merging import Forgot, changes, merge
from bot.adapters.state_note import Note, read_note, write_note
from bot.adapters.state_refusals import BRANCH, beaten, moved_on, require_memory, unjoined, unpushed
from bot.adapters.state_seal import Seal
from bot.adapters.state_tree import branch_of, commit_of
from bot.errors import ConfigurationError, JournalError, RemoteError, RemoteMoved
from bot.pledging import Pledge, Witness
from bot.register import Consent

#: So often a push is tried again over what others pushed meanwhile. Our judgement: officers push
#: now and then, runs stop by themselves.
_N_TRIES = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where the branch stands, asked when it is needed."""

    remote: Callable[[], GitRemote]
    seal: Callable[[], Seal]
    #: Do posts of ours tell that there once was a branch?
    has_posts: Callable[[], bool]
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came of a pull."""

    #: None where there is no branch.
    commit: str | None
    n_rows: int
    #: There is no branch, though our posts tell that there once was one.
    is_lost: bool = False


class StateBranch(Witness):
    """One journal and its branch, for the time of a command."""

    def __init__(self, engine: Engine, place: Place) -> None:
        self._engine = engine
        self._place = place
        self._remote: GitRemote | None = None
        self._seal: Seal | None = None
        #: The branch as git knows it here, for the next push.
        self._seen: Snapshot | None = None
        self._run = token_hex(8)
        self._is_beaten = False
        self._has_pledged = False

    @property
    def note(self) -> Note | None:
        """What the journal knows of its branch; None for one that was never pulled."""
        with transaction(self._engine, writes=False) as connection:
            return read_note(connection)

    def pull(self, *, force: bool = False) -> Pulled:
        """Make the journal what the branch holds; JournalError where that would lose a memory.

        Where there is no branch, what the journal holds is what the first push will bring.
        """
        snapshot = self._git.fetch(BRANCH)
        if snapshot is None:
            return self._pull_nothing(force=force)
        theirs, news = branch_of(snapshot, self._sealing)
        with transaction(self._engine, writes=True) as connection:
            note = read_note(connection) or Note()
            n_ours = changes(note.marks, read_state(connection), theirs)
            if not force and (n_ours or note.begins_anew):
                raise JournalError(
                    f"The journal here holds {n_ours} things that the branch {BRANCH} has not.",
                    "Bring them there: `foothold state push`. `foothold state pull --force` throws"
                    " them away.",
                )
            write_state(connection, theirs)
            write_note(connection, news)
        return Pulled(snapshot.commit, len(theirs))

    def push(self, why: str) -> bool:
        """Bring the branch up to the journal, over what others pushed meanwhile; False if it is.

        JournalError where it cannot be reached or written.
        """
        for _ in range(_N_TRIES):
            note, state = self._read()
            require_memory(note)
            try:
                with suppress(RemoteMoved):
                    return self._push(note, state, why, always=note.begins_anew)
                self._merge(note)
            except RemoteError as error:
                raise unpushed(error) from error
        raise JournalError(
            f"The branch {BRANCH} moved {_N_TRIES} times while this was pushed.",
            "Nothing is lost here: `foothold state push` tries again.",
        )

    def begin(self) -> None:
        """What must be so before a live run does anything: JournalError.

        A journal that was never pulled is left alone, unless a branch is there that it ignores.
        """
        note = self.note
        if note is None:
            if self.has_tip:
                raise unjoined()
            return
        self._sealing.require()
        require_memory(note)
        try:
            moved = self._git.tip(BRANCH) != note.commit
        except RemoteError as error:
            raise unpushed(error) from error
        if moved:
            raise beaten()

    def remember(self) -> None:
        """What was lost is known again, as far as it can be: the next push may make the branch."""
        with transaction(self._engine, writes=True) as connection:
            note = read_note(connection)
            if note is not None:
                write_note(connection, replace(note, is_lost=False))

    @property
    def is_pulled(self) -> bool:
        """Does the journal come from a branch, or is it to make one?"""
        return self.note is not None

    @property
    def has_tip(self) -> bool:
        """Is there a branch? No where nobody can look."""
        try:
            return self._git.tip(BRANCH) is not None
        except (RemoteError, ConfigurationError):
            return False

    def attest(self, pledges: Sequence[Pledge], questions: Sequence[Consent]) -> None:
        """Push the journal with these intents, which the database does not keep.

        Nothing for a journal that was never pulled: it stays where it is.
        """
        if not self.is_pulled:
            return
        n_sent = len(pledges) + len(questions)
        self._push_alone(self._read(pledges, questions), f"About to send: {n_sent}", always=True)
        self._has_pledged = True

    def keep(self, why: str) -> None:
        """Push what was recorded before the world is told that it was; nothing else may be at work.

        JournalError, after which nothing may be sent. Nothing for a journal that was never pulled.
        """
        if self.is_pulled:
            self._push_alone(self._read(), why, always=False)

    def _push_alone(self, read: tuple[Note, State], why: str, *, always: bool) -> None:
        """Push, and be beaten by whoever was faster: JournalError."""
        try:
            self._push(*read, why, always=always)
        except RemoteError as error:
            self._is_beaten = True
            raise (beaten() if isinstance(error, RemoteMoved) else unpushed(error)) from error

    def end(self, why: str) -> JournalError | None:
        """After a live run: push what it recorded; what went wrong, for the run's report.

        Who was beaten before anything was sent leaves the branch to the other.
        """
        if self.note is None or (self._is_beaten and not self._has_pledged):
            return None
        try:
            self.push(why)
        except (ConfigurationError, JournalError) as error:
            return JournalError(error.message, error.advice)
        return None

    def read_harvest(self, file: Path) -> bool:
        """Take what was harvested from that file, unless there is some; was it done?"""
        return read_harvest(self._engine, file)

    def write_harvest(self, file: Path) -> None:
        """Write what was harvested into a file of its own."""
        write_harvest(self._engine, file)

    def begin_anew(self) -> None:
        """Somebody was forgotten: let the next push leave no history that knows them."""
        with transaction(self._engine, writes=True) as connection:
            note = read_note(connection)
            if note is not None:
                write_note(connection, replace(note, begins_anew=True))

    @property
    def _git(self) -> GitRemote:
        if self._remote is None:
            self._remote = self._place.remote()
        return self._remote

    @property
    def _sealing(self) -> Seal:
        if self._seal is None:
            self._seal = self._place.seal()
        return self._seal

    def _read(
        self, pledges: Sequence[Pledge] = (), questions: Sequence[Consent] = ()
    ) -> tuple[Note, State]:
        """The note and the rows; with pledges as they would be if all of those were intended."""
        with (
            journal_errors(),
            self._engine.connect().execution_options(writes=bool(pledges or questions)) as to,
            to.begin() as begun,
        ):
            for one in pledges:
                write_intent(to, (one.week, one.login, one.channel), one.at, one.target)
            for question in questions:
                write_consent(to, question)
            note, state = read_note(to) or Note(), read_state(to)
            begun.rollback()
        return note, state

    def _push(self, note: Note, state: State, why: str, *, always: bool) -> bool:
        """One commit of what is another than on the branch; RemoteMoved where that is elsewhere."""
        commit, now = commit_of(note, state, self._sealing), self._place.clock()
        if not (commit.files or always):
            if self._git.tip(BRANCH) != note.commit:
                raise moved_on()
            return False
        parent = self._parent(note)
        is_old = note.root_at is not None and f"{note.root_at:%Y-%m}" != f"{now:%Y-%m}"
        begins_anew = parent is not None and (note.begins_anew or commit.is_closed_anew or is_old)
        # Two runs that push the same in the same second would make the same commit, and git takes
        # one that is there already from anybody.
        message = f"{why}\n\nRun: {self._run}\n"
        change = Change(parent, message, now, begins_anew=begins_anew)
        self._seen = seen = self._git.push(BRANCH, commit.files, change)
        with transaction(self._engine, writes=True) as connection:
            write_note(connection, replace(commit.note, commit=seen.commit, root_at=seen.root_at))
        return True

    def _parent(self, note: Note) -> Snapshot | None:
        """The commit that the journal knows; RemoteMoved where the branch is elsewhere."""
        seen = self._seen
        if seen is None or seen.commit != note.commit:
            seen = self._git.fetch(BRANCH, whole=False)
        if (seen and seen.commit) != note.commit:
            raise moved_on()
        return seen and replace(seen, root_at=note.root_at)

    def _merge(self, note: Note) -> None:
        """Take in what others pushed; where the branch is gone, all of it is to be pushed again."""
        self._seen = snapshot = self._git.fetch(BRANCH)
        theirs, news = ({}, Note()) if snapshot is None else branch_of(snapshot, self._sealing)
        forgot = Forgot(note.begins_anew, note.root_at != news.root_at)
        with transaction(self._engine, writes=True) as connection:
            if snapshot is not None:
                ours = read_state(connection)
                write_state(connection, merge(note.marks, ours, theirs, forgot))
            write_note(connection, replace(news, begins_anew=note.begins_anew))

    def _pull_nothing(self, *, force: bool) -> Pulled:
        with transaction(self._engine, writes=True) as connection:
            note, state = read_note(connection), read_state(connection)
            if note is not None and note.commit is not None and not force:
                raise JournalError(
                    f"The branch {BRANCH} is gone; the journal here holds what was pulled from it.",
                    "Make it again: `foothold state push`.",
                )
            # Of a rebuilding that was cut short stops and posters may be there.
            knows = any(one.table is digests for one in state.values())
            lost = not (force or knows) and self._place.has_posts()
            write_note(connection, Note(is_lost=lost))
        return Pulled(None, len(state), lost)
