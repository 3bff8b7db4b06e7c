"""What is urgent, told by the week's own runs: so it reaches people who never ask the doctor.

Comes in: a session. Goes out: a few notes without names. Whatever cannot be looked at is left to
the doctor: no run fails for it.
"""

from collections.abc import Iterator
from datetime import datetime

from bot.adapters.github_premises import GitHubPremises
from bot.commands.checkup.desk import ask_end, desk_of
from bot.doctor.finding import Finding, Seen, Severity
from bot.doctor.memory import MemorySeen, judge_last
from bot.doctor.tokens import judge_end
from bot.doctor.workflows import judge_stop
from bot.errors import GitHubError
from bot.schedule import why_halted
from bot.session import Session

_URGENT = (Severity.WARNING, Severity.FAULT)


def urgent(session: Session) -> tuple[str, ...]:
    """The notes; asked by a live run before it works, and once a week is enough."""
    found = [*_last_week(session), *_ends(session), *_stop(session)]
    return tuple(
        " ".join(filter(None, (one.what, one.why, one.todo)))
        for one in found
        if one.severity in _URGENT
    )


def _last_week(session: Session) -> Iterator[Finding]:
    active = [
        one for one in session.students if why_halted(one, session.register, session.run) is None
    ]
    last = [session.journal.last_delivered_at(one.login) for one in active]
    seen = MemorySeen(
        delivered_at=max((at for at in last if at is not None), default=None),
        expects_weekly=any(one.every == "week" for one in active),
    )
    yield judge_last(seen, session.run.now)


def _ends(session: Session) -> Iterator[Finding]:
    """Asking a token for its limits costs nothing, and the answer tells its end."""
    settings = session.settings
    tokens = {settings.github_token: "GITHUB_TOKEN"}
    tokens = {settings.harvest_token: "HARVEST_TOKEN"} | tokens
    for token, name in tokens.items():
        try:
            seen = ask_end(name, token, settings.api_url)
        except GitHubError:
            continue
        if seen.is_known.value:
            yield judge_end(name, seen.ends_at, session.run.now)


def _stop(session: Session) -> Iterator[Finding]:
    """Only a workflow is stopped, and it knows its repository."""
    home = session.settings.repository
    if home is None or not session.settings.is_in_actions:
        return
    desk = desk_of(session, home)
    repository = desk.premises(GitHubPremises.repository).value
    if repository is None or repository.is_private:
        return
    branch = desk.premises(lambda one: one.branch(repository.default_branch)).value
    committed: Seen[datetime] = Seen(branch.committed_at if branch else None)
    if committed.value is not None:
        yield from judge_stop(committed, session.run.now)
