"""Pledging: what is about to be sent stands where it outlasts this machine, before any of it goes.

Comes in: digests and questions that a live run is about to send. Goes out: nothing, once a
`Witness` keeps them. What was pledged and has no receipt is in doubt for the next run, on whatever
machine (decision 0023).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.register import Consent
from bot.terms import ChannelName


@dataclass(frozen=True, slots=True)
class Pledge:
    """A delivery that is about to be tried."""

    week: str
    login: str
    channel: ChannelName
    at: datetime
    #: Where it is tried, as the channel names it.
    target: str = ""


class Witness(Protocol):
    """Keeps pledges where they outlast this machine."""

    def attest(self, pledges: Sequence[Pledge], questions: Sequence[Consent]) -> None:
        """Keep all of these, deliveries and mails that ask, with all that is recorded.

        JournalError, after which nothing may be sent: another run was faster, or nobody keeps it.
        """


def attest(
    witness: Witness | None, pledges: Iterable[Pledge] = (), questions: Iterable[Consent] = ()
) -> None:
    """Pledge, where there is a witness and anything to be sent."""
    sent, asked = tuple(pledges), tuple(questions)
    if witness is not None and (sent or asked):
        witness.attest(sent, asked)
