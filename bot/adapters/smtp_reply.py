"""What a mail server's answer means for one mail, and for those after it.

Comes in: an answer's code and text. Goes out: nothing, or a `DeliveryError`. Of the text only the
enhanced status code is kept (RFC 3463): servers repeat addresses in their words.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import ChannelStopped, DeliveryDeferred, DeliveryError, DeliveryRefused

#: The server says good-bye (RFC 5321, 3.8).
CLOSING = 421

_STATUS = re.compile(rb"([245]\.\d{1,3}\.\d{1,3})(?=\s|$)")


class Step(StrEnum):
    """The steps of handing a mail over, by their commands."""

    SENDER = "MAIL"
    RECIPIENT = "RCPT"
    DATA = "DATA"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: `status` is such as 5.7.1, empty if the server gives none."""

    code: int
    status: str = ""

    @classmethod
    def read(cls, code: int, text: bytes) -> "Reply":
        found = _STATUS.match(text)
        return cls(code, found[1].decode() if found else "")

    def __str__(self) -> str:
        return f"{self.code} {self.status}".strip()

    @property
    def kind(self) -> int:
        """Its first digit: 2 yes, 3 go on, 4 not now, 5 never (RFC 5321, 4.2.1)."""
        return self.code // 100

    def is_yes(self, step: Step) -> bool:
        """Whether the next step may be taken."""
        return self.kind == (3 if step is Step.DATA else 2)

    @property
    def is_clear(self) -> bool:
        """Whether it is an answer at all: of something else nobody knows what it means."""
        return self.kind in (2, 4, 5)


def refusal(reply: Reply, step: Step, what: str) -> DeliveryError:
    """What an answer that is no yes means; `what` is the mail in words.

    Policy (5.7.x) and a refused sender concern every mail: Gmail and Microsoft answer so where
    SPF, DKIM or the login are wrong, and asking on makes it worse.
    """
    is_policy = reply.status.startswith("5.7.")
    if is_policy or (step is Step.SENDER and reply.kind != 4):
        return stopped(
            f"The mail server refuses mail from us ({reply} to {step})",
            "Check `sender`, the login in FOOTHOLD_SMTP, and the domain's SPF, DKIM and DMARC.",
        )
    if reply.kind == 4:
        return DeliveryDeferred(
            f"{what} was put off by the mail server ({reply} to {step}).",
            "Nothing to do: the next run tries again, three times in all.",
        )
    return DeliveryRefused(
        f"{what} was refused by the mail server ({reply} to {step}).",
        "Ask the student for another address or channel.",
    )


def stopped(what: str, advice: str) -> ChannelStopped:
    """The end of mail in this run."""
    return ChannelStopped(f"{what}; no further mail is sent in this run.", advice)
