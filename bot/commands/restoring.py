"""Restoring: the state is rebuilt with the means of a session.

Comes in: a session with an empty journal. Goes out: what is known again, as a `Rebuilt`.
"""

from bot.adapters.state_refusals import GIVE_UP
from bot.commands.people import N_WEEKS_KEPT
from bot.errors import ConfigurationError, JournalError
from bot.rebuilding import Rebuilt, rebuild
from bot.session import Session
from bot.terms import Week


def restore(session: Session) -> Rebuilt:
    """Read back what can be had again, under the lease; nothing is posted or mailed.

    ConfigurationError for one student or another week: a state is whole or not at all.
    JournalError where the branch is there.
    """
    if session.request.logins:
        raise ConfigurationError(
            "A state is rebuilt for all students or for nobody.", "Leave out --student."
        )
    current = Week.of(session.run.now, session.club.zone)
    if session.run.week != current:
        raise ConfigurationError(
            f"A state is rebuilt as of this week, which is {current}.", "Leave out --week."
        )
    oldest = current.before(N_WEEKS_KEPT)
    if session.branch.has_tip:
        raise JournalError(
            "The branch foothold-state is there, and knows more than posts tell.",
            f"`foothold state pull`. Where it cannot be used any more: {GIVE_UP}.",
        )
    with session.journal.lease(), session.office() as office:
        done = rebuild(session.run, office, session.posting.archive(), oldest)
        session.branch.remember()
    return done
