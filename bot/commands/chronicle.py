"""The chronicle: a week's figures, from the journal into the club's repository.

Comes in: a session. Goes out: the file as it would be, or is now, on the default branch. A commit a
week is also what keeps GitHub from switching a public repository's schedules off after sixty days.
"""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from bot.adapters.folder import place_in_checkout
from bot.adapters.git_remote import Change, GitRemote
from bot.errors import RemoteMoved, RemoteRefused
from bot.history.figures import WeekFigures, read_figures
from bot.history.shelf import name_of, read_history
from bot.history.tally import N_WEEKS, Made, Records, tally
from bot.journal import DigestState
from bot.outcomes.follow import new_progress
from bot.safeguards import require_no_future, require_real_club
from bot.session import Session
from bot.terms import Week

#: How often another's push may come between; our judgement.
_N_TRIES = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """A week's file: where it stands, and what is in it."""

    path: str
    figures: WeekFigures
    #: The branch that it stands in, and the commit that brought it; None where nothing changed.
    branch: str = ""
    commit: str | None = None


def compose_week(session: Session) -> Kept:
    """The week's file as it would be; nothing is asked of anybody."""
    weeks, _ = read_history(session.request.config)
    old = {one.week: one for one in weeks}.get(str(session.run.week))
    path = (session.request.config / name_of(session.run.week)).as_posix()
    return Kept(path, _renewed(_figures(session), old))


def commit_week(session: Session) -> Kept:
    """Commit the week's file to the default branch, if it says anything new.

    ConfigurationError outside of a checkout, RemoteError where the branch does not take it.
    """
    require_real_club(session.club, is_loopback=session.is_on_loopback)
    require_no_future(session.run.week, _present(session))
    settings, folder = session.settings, session.request.config
    remote = GitRemote.of_checkout(folder, settings.git_token, settings.server_url)
    path = place_in_checkout(folder, name_of(session.run.week))
    figures, branch = _figures(session), remote.default_branch()
    for n_left in reversed(range(_N_TRIES)):
        try:
            return _commit(session, remote, Kept(path, figures, branch))
        except RemoteMoved:
            if not n_left:
                raise
        except RemoteRefused as error:
            raise _explained(error, branch) from error
    raise AssertionError("the last try returns or raises")


def _commit(session: Session, remote: GitRemote, wanted: Kept) -> Kept:
    seen = remote.fetch(wanted.branch)
    before = seen.files.get(wanted.path) if seen else None
    figures = _renewed(wanted.figures, _read(before))
    text = figures.to_json().encode()
    if text == before:
        return Kept(wanted.path, figures, wanted.branch)
    change = Change(seen, f"Week {session.run.week} in figures", session.clock())
    pushed = remote.push(wanted.branch, {wanted.path: text}, change)
    return Kept(wanted.path, figures, wanted.branch, pushed.commit)


def _figures(session: Session) -> WeekFigures:
    journal, week = session.journal, session.run.week
    entries = journal.entries(str(week))
    sent = journal.sent_since(str(week.before(N_WEEKS - 1)))
    offered = {(one.login.casefold(), one.ref.folded): one for one in new_progress(sent)}
    followed = session.books.progress.progress()
    offered |= {(one.login.casefold(), one.ref.folded): one for one in followed}
    n_known = len(session.store.recall().issues) if week == _present(session) else 0
    return tally(
        Records(
            week=week,
            version=_version(),
            made=[
                Made(one.digest, one.channel, one.state is DigestState.DELIVERED) for one in entries
            ],
            progress=tuple(offered.values()),
            n_known=n_known or None,
        )
    )


def _present(session: Session) -> Week:
    return Week.of(session.run.now, session.club.zone)


def _renewed(new: WeekFigures, old: WeekFigures | None) -> WeekFigures:
    """What only an earlier run could know stays; a journal that lost the week changes nothing."""
    if old is None:
        return new
    if new.points is None and old.points is not None:
        return old
    if new.issues_known is None:
        return new.model_copy(update={"issues_known": old.issues_known})
    return new


def _read(content: bytes | None) -> WeekFigures | None:
    try:
        return None if content is None else read_figures(content)
    except ValueError:
        return None


def _explained(error: RemoteRefused, branch: str) -> RemoteRefused:
    return RemoteRefused(
        error.message,
        f"The week's file is committed to {branch}: give the job `contents: write`, or set "
        "FOOTHOLD_GIT_TOKEN to a token that may push there. Where rules protect the branch, let "
        "that account pass them (Settings, Rules, Bypass list).",
    )


def _version() -> str:
    try:
        return version("foothold")
    except PackageNotFoundError:
        return "unknown"
