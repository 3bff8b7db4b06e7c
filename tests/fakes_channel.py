"""A channel in memory, held to the real ones by the contract suite."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.delivery import Channel, Found
from bot.errors import BotError, DeliveryInDoubt
from bot.rendering.message import Message
from bot.terms import ChannelName
from tests.fakes import ADVICE


@dataclass
class MemoryChannel(Channel):
    """A channel that keeps what it was given; `fail` lets a delivery end in an error."""

    name: ChannelName = ChannelName.ISSUE
    #: Every message that went out, in order: a message delivered twice is here twice.
    delivered: list[Message] = field(default_factory=list)
    #: Every (week, login) that was looked up.
    looked_up: list[tuple[str, str]] = field(default_factory=list)
    _failures: list[tuple[BotError, bool, str | None]] = field(default_factory=list)
    #: Called with the message before it goes out.
    on_deliver: Callable[[Message], None] = lambda message: None

    def fail(
        self, error: BotError, *, delivered: bool = False, login: str | None = None
    ) -> "MemoryChannel":
        """Lets the next delivery (of that student) raise `error`, sent out before or not."""
        self._failures.append((error, delivered, login))
        return self

    #: Nobody can look what went out, as with mail.
    is_blind: bool = False
    notes: tuple[str, ...] = ()
    target: str = ""
    #: Since when all is out that was delivered, as far as the channel can tell.
    out_since: datetime | None = None

    def find(self, week: str, login: str, *, was_tried: bool) -> Found | None:
        self.looked_up.append((week, login))
        if self.is_blind:
            if was_tried:
                raise DeliveryInDoubt(f"{login}'s mail may be out or not.", ADVICE)
            return None
        out = [m for m in self.delivered if (m.week, m.login) == (week, login)]
        return Found(self.place(out[-1]), out[-1].sha, self.out_since) if out else None

    def deliver(self, message: Message) -> str:
        self.on_deliver(message)
        failure = next((f for f in self._failures if f[2] in (None, message.login)), None)
        if failure is None:
            self.delivered.append(message)
            return self.place(message)
        self._failures.remove(failure)
        if failure[1]:
            self.delivered.append(message)
        raise failure[0]

    def place(self, message: Message) -> str:
        return f"memory://{self.name}/{message.week}/{message.login}"
