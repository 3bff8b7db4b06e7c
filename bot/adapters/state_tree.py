"""The branch's files beside the journal's rows: what a commit has to change, what a branch holds.

Comes in: rows, and what the journal knows of its branch. Goes out: files to write and to take away.
A file whose rows are the same is left as it is, closed or not, so that commits stay small.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from bot.adapters.git_remote import Snapshot
from bot.adapters.state_files import (
    LINE,
    State,
    by_path,
    file_of,
    fingerprint,
    fixed_files,
    state_of,
)
from bot.adapters.state_merging import marks_of
from bot.adapters.state_note import Note
from bot.adapters.state_rows import StateRow
from bot.adapters.state_seal import Seal, is_closed, path_on_branch


@dataclass(frozen=True, slots=True)
class Commit:
    """What to push, and the journal's note once that is done."""

    files: Mapping[str, bytes | None]
    note: Note
    #: The branch was open, or closed with another key: its history must not be left.
    is_closed_anew: bool


def commit_of(note: Note, state: State, seal: Seal) -> Commit:
    """What is another than on the branch; its commit and its beginning are still to be noted."""
    seal.require()
    rows, fixed = by_path(state), fixed_files()
    prints = {path: fingerprint(some) for path, some in rows.items()}
    prints |= {path: _hashed(data) for path, data in fixed.items()}
    is_anew = bool(note.files) and note.sealed_to != seal.recipient
    known = {} if is_anew else note.files
    files: dict[str, bytes | None] = {
        path_on_branch(path, is_sealed=note.sealed_to is not None): None
        for path in (note.files if is_anew else note.files.keys() - prints.keys())
    }
    for path, print_ in prints.items():
        if known.get(path) != print_:
            plain = fixed[path] if path in fixed else file_of(rows[path])
            files[seal.path(path)] = seal.close(path, plain)
    done = Note(files=prints, marks=marks_of(state), sealed_to=seal.recipient)
    return Commit(files, done, is_anew)


def branch_of(snapshot: Snapshot, seal: Seal) -> tuple[State, Note]:
    """The rows that a branch holds, and what to note of it; JournalError for what is not ours."""
    files = seal.opened(snapshot.files)
    state = state_of(files)
    rows: dict[str, list[StateRow]] = defaultdict(list)
    for one in state.values():
        rows[one.place.partition(LINE)[0]].append(one)
    fixed = fixed_files()
    prints = {
        path: _hashed(data) if path in fixed else fingerprint(rows[path])
        for path, data in files.items()
    }
    sealed_to = seal.own_recipient if any(map(is_closed, snapshot.files)) else None
    return state, Note(snapshot.commit, snapshot.root_at, prints, marks_of(state), sealed_to)


def _hashed(data: bytes) -> str:
    return blake2b(data, digest_size=8).hexdigest()
