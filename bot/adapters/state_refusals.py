"""Why a journal's branch is not read or written, each with a way out that can be followed.

Comes in: what went wrong. Goes out: errors. A way out is a line of commands for an officer's own
machine, in a clone of the club's repository, for what a workflow cannot mend itself.
"""

from bot.adapters.state_note import Note
from bot.errors import JournalError, RemoteError, RemoteMoved

BRANCH = "foothold-state"
#: For a branch that cannot be used any more.
GIVE_UP = (
    f"`git push origin --delete {BRANCH}`, `foothold state pull`, `foothold state rebuild`,"
    " `foothold state push`"
)


def require_memory(note: Note) -> None:
    """A branch that is lost is not made again from nothing, which would hide that it is lost."""
    if note.is_lost:
        raise JournalError(
            f"There is no branch {BRANCH}, but posts of ours: what was sent is not known here.",
            "Read it back from the posts, in a clone of the repository: `foothold state rebuild`,"
            " then `foothold state push`; or say that nothing was sent:"
            " `foothold state pull --force`, then `foothold state push`.",
        )


def moved_on() -> RemoteMoved:
    """The branch is not where the journal knows it."""
    return RemoteMoved(f"The branch {BRANCH} is not where it was.", "Pull it.")


def beaten() -> JournalError:
    """Another run has the lease."""
    return JournalError(
        f"Another run pushed to the branch {BRANCH} since this journal was pulled: it is at work.",
        "Nothing was sent by this one. Wait for the other, then: `foothold state pull`, and run"
        " again; where this journal holds more than the branch, `foothold state push` first.",
    )


def unpushed(error: RemoteError) -> JournalError:
    """The branch could not be asked or written."""
    return JournalError(f"The branch {BRANCH} could not be pushed: {error.message}", error.advice)


def unjoined() -> JournalError:
    """Two memories would be at work, of which each sends what the other sent."""
    return JournalError(
        f"The club's memory stands on the branch {BRANCH}, and this journal never knew it.",
        "Take it first: `foothold state pull`. Where this journal holds something,"
        " `foothold state push` joins both.",
    )
