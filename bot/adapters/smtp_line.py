"""The line to the mail server: one connection for many mails, each handed over in steps.

Comes in: composed mails. Goes out: nothing when the server took one, else what is known. A mail
whose content was not begun surely is not out and is tried on a new connection; one whose content
was begun and not answered is in doubt.
"""

import re
import smtplib
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from bot.adapters.mail_message import Mail
from bot.adapters.smtp_dialing import Dialing, dial
from bot.adapters.smtp_reply import CLOSING, Reply, Step, refusal, stopped
from bot.adapters.smtp_server import SmtpServer
from bot.errors import ChannelStopped, DeliveryError, DeliveryInDoubt

_ATTEMPTS = 2
#: After so many mails in a row that broke the connection, the others are spared the wait.
_MAX_BROKEN = 2
_FAREWELL_S = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait, in seconds, and how much one connection carries.

    RFC 5321, 4.5.3.2 lets a server think for ten minutes over a content; most need seconds, and a
    time-out here leaves a digest in doubt.
    """

    pause_s: float = 1.0
    timeout_s: float = 30.0
    content_timeout_s: float = 300.0
    n_per_connection: int = 50
    sleep: Callable[[float], None] = time.sleep


class SmtpLine:
    """Opens when the first mail goes; after ChannelStopped it stays shut for this run."""

    def __init__(
        self,
        server: SmtpServer,
        sender: str,
        *,
        context: ssl.SSLContext | None = None,
        pace: Pace | None = None,
    ) -> None:
        """`sender` is the address that bounces go to; its domain is the name we give ourselves."""
        self._server = server
        self._sender = sender
        self._pace = pace or (Pace(pause_s=0) if server.is_on_this_machine else Pace())
        self._dialing = Dialing(
            hello=sender.rpartition("@")[2],
            context=context or ssl.create_default_context(),
            timeout_s=self._pace.timeout_s,
        )
        self._smtp: smtplib.SMTP | None = None
        self._end: ChannelStopped | None = None
        self._is_first = True
        self._is_amid = False
        self._n_carried = 0
        self._n_broken = 0

    def close(self) -> None:
        """Say good-bye; never fails."""
        self._hang_up(is_polite=not self._is_amid)

    def carry(self, mail: Mail) -> None:
        """Hand one mail over; DeliveryError as a `Channel` raises them."""
        if self._end is None and not self._is_first:
            self._pace.sleep(self._pace.pause_s)
        self._is_first = False
        for _ in range(_ATTEMPTS):
            self._make_ready()
            self._is_amid = True
            is_out = self._submit(mail)
            self._is_amid = False
            if is_out:
                self._n_broken = 0
                return
            self._hang_up()
        self._n_broken += 1
        if self._n_broken >= _MAX_BROKEN:
            self._stop(_unsteady(self._server))
        raise DeliveryError(
            f"{mail.what} is not out: the mail server broke the connection off twice.",
            "Nothing to do: the next run tries again.",
        )

    def _make_ready(self) -> None:
        """A connection that answers."""
        if self._end is not None:
            raise ChannelStopped(self._end.message, self._end.advice)
        if self._n_carried >= self._pace.n_per_connection:
            self._hang_up(is_polite=True)
        if self._smtp is not None and self._n_carried:
            reply = self._command("NOOP")
            if reply is None or reply.kind != 2:
                self._hang_up()
        if self._smtp is None:
            opened = dial(self._server, self._dialing)
            if isinstance(opened, ChannelStopped):
                self._stop(opened)
            else:
                self._smtp = opened

    def _submit(self, mail: Mail) -> bool:
        """True when the server took it; False when the line broke before the content was begun."""
        steps = (
            (Step.SENDER, f"FROM:<{self._sender}>"),
            (Step.RECIPIENT, f"TO:<{mail.recipient}>"),
            (Step.DATA, ""),
        )
        for step, argument in steps:
            reply = self._command(step, argument)
            if reply is None or not (reply.is_yes(step) or reply.kind in (4, 5)):
                return False
            if reply.code == CLOSING and step is Step.SENDER and self._n_carried:
                # The server has carried enough through this connection, or waited too long.
                return False
            if not reply.is_yes(step):
                self._give_up(mail, step, reply)
        self._hand_over(mail)
        return True

    def _hand_over(self, mail: Mail) -> None:
        reply = self._answered(lambda smtp: _send_content(smtp, mail.content, self._pace))
        self._n_carried += 1
        if reply is None or not reply.is_clear:
            self._hang_up()
            raise _in_doubt(mail)
        if not reply.is_yes(Step.CONTENT):
            self._give_up(mail, Step.CONTENT, reply)

    def _give_up(self, mail: Mail, step: Step, reply: Reply) -> None:
        """Raise what the answer means, the line ready for the next mail or shut."""
        error = refusal(reply, step, mail.what)
        self._is_amid = False
        if isinstance(error, ChannelStopped):
            self._stop(error)
        answer = None if reply.code == CLOSING else self._command("RSET")
        if answer is None or answer.kind != 2:
            self._hang_up()
        raise error

    def _stop(self, error: ChannelStopped) -> None:
        self._hang_up(is_polite=True)
        self._end = error
        raise error

    def _command(self, command: str, argument: str = "") -> Reply | None:
        return self._answered(lambda smtp: smtp.docmd(command, argument))

    def _answered(self, ask: Callable[[smtplib.SMTP], tuple[int, bytes]]) -> Reply | None:
        """The server's answer; None where the line is broken."""
        if self._smtp is None:
            return None
        try:
            return Reply.read(*ask(self._smtp))
        except (smtplib.SMTPException, OSError):
            return None

    def _hang_up(self, *, is_polite: bool = False) -> None:
        smtp, self._smtp, self._n_carried = self._smtp, None, 0
        if smtp is None:
            return
        with suppress(smtplib.SMTPException, OSError):
            if is_polite and smtp.sock is not None:
                smtp.sock.settimeout(_FAREWELL_S)
                smtp.quit()
        smtp.close()


def _send_content(smtp: smtplib.SMTP, content: bytes, pace: Pace) -> tuple[int, bytes]:
    """The content with its dots doubled (RFC 5321, 4.5.2), its end, and what is said to it."""
    ended = content if content.endswith(b"\r\n") else content + b"\r\n"
    if smtp.sock is not None:
        smtp.sock.settimeout(pace.content_timeout_s)
    smtp.send(re.sub(rb"(?m)^\.", b"..", ended) + b".\r\n")
    code, text = smtp.getreply()
    if smtp.sock is not None:
        smtp.sock.settimeout(pace.timeout_s)
    return code, text


def _in_doubt(mail: Mail) -> DeliveryInDoubt:
    login = mail.login
    return DeliveryInDoubt(
        f"{mail.what} may or may not be out: the mail server took it and did not answer.",
        f"Ask {login}; if it did not come: foothold deliver --live --resend {login}.",
    )


def _unsteady(server: SmtpServer) -> ChannelStopped:
    return stopped(
        f"The mail server {server} breaks its connections off", "Try again later: nothing is lost."
    )
