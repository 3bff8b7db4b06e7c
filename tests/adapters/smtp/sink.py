"""A mail server on this machine that takes every mail, and fails where a script says so.

Comes in: mails by SMTP, faults by recipient. Goes out: what was accepted, counted by Message-ID.
"""

import asyncio
import socket
import ssl
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

HOST = "127.0.0.1"
#: The steps at which a fault may wait; `content` is when the whole mail is there.
MAIL, RCPT, DATA, CONTENT = "MAIL", "RCPT", "DATA", "content"
#: The recipient of faults that wait for anybody.
ANYBODY = "*"


@dataclass(frozen=True)
class Fault:
    """What happens once at a step: a reply, a broken connection, or a long silence.

    `keeps` says that the mail is accepted all the same, before the fault.
    """

    step: str
    reply: str | None = None
    drops: bool = False
    hangs_s: float = 0
    keeps: bool = False


@dataclass(frozen=True)
class Accepted:
    """A mail that the server answers for."""

    sender: str
    recipient: str
    content: bytes = field(repr=False)

    @property
    def message(self) -> Message:
        return message_from_bytes(self.content)

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


class Sink:
    """The server, listening on `port` between `with` and its end.

    `context` makes it speak TLS, from the start or, with `starttls`, when asked; `logins` makes it
    ask for a user and password.
    """

    def __init__(
        self,
        *,
        context: ssl.SSLContext | None = None,
        starttls: bool = False,
        logins: dict[str, str] | None = None,
        host: str = HOST,
    ) -> None:
        self.accepted: list[Accepted] = []
        self.commands: Counter[str] = Counter()
        self.n_connections = 0
        self.logins = logins
        self.host, self.port = host, _free_port(host)
        self._faults: dict[tuple[str, str], deque[Fault]] = defaultdict(deque)
        self._controller = _Controller(self, context, starttls)

    def __enter__(self) -> Self:
        self._controller.start()
        # The controller looks whether it listens by a connection of its own.
        self.n_connections = 0
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop(no_assert=True)

    @property
    def url(self) -> str:
        """What FOOTHOLD_SMTP says of a sink without TLS."""
        return f"smtp://{self.host}:{self.port}"

    @property
    def by_message_id(self) -> Counter[str]:
        """How often each mail was accepted: what is more than 1 was sent twice."""
        return Counter(mail.message_id for mail in self.accepted)

    def fail(self, recipient: str, *faults: Fault) -> None:
        """Let these happen, each once and in this order, to mails for `recipient`."""
        for fault in faults:
            self._faults[recipient, fault.step].append(fault)

    def next_fault(self, recipient: str, step: str) -> Fault | None:
        for who in (recipient, ANYBODY):
            if self._faults[who, step]:
                return self._faults[who, step].popleft()
        return None

    async def handle_DATA(  # noqa: N802
        self, server: "_Server", session: Session, envelope: Envelope
    ) -> str:
        """What aiosmtpd asks when a whole mail is there."""
        return await server.take(envelope)


class _Server(SMTP):
    """Looks for a fault before each step, and before it says yes to a mail."""

    def __init__(self, sink: Sink, **options: Any) -> None:
        super().__init__(sink, **options)
        self._sink = sink

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not self._is_after_starttls():
            self._sink.n_connections += 1
        super().connection_made(transport)

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802
        if await self._goes_on(ANYBODY, MAIL):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802
        recipient = arg.partition("<")[2].partition(">")[0]
        if await self._goes_on(recipient, RCPT):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        assert self.envelope is not None
        if await self._goes_on(next(iter(self.envelope.rcpt_tos), ANYBODY), DATA):
            await super().smtp_DATA(arg)

    async def smtp_NOOP(self, arg: str) -> None:  # noqa: N802
        self._sink.commands["NOOP"] += 1
        await super().smtp_NOOP(arg)

    async def take(self, envelope: Envelope) -> str:
        """Accept a whole mail, or not."""
        recipient = envelope.rcpt_tos[0]
        fault = self._sink.next_fault(recipient, CONTENT)
        if fault is None or fault.keeps:
            content = envelope.original_content or b""
            self._sink.accepted.append(Accepted(str(envelope.mail_from), recipient, content))
        if fault is None:
            return "250 2.0.0 taken"
        return await self._suffer(fault) or "250 2.0.0 taken"

    async def _goes_on(self, recipient: str, step: str) -> bool:
        self._sink.commands[step] += 1
        fault = self._sink.next_fault(recipient, step)
        if fault is None:
            return True
        if reply := await self._suffer(fault):
            await self.push(reply)
        return False

    async def _suffer(self, fault: Fault) -> str | None:
        await asyncio.sleep(fault.hangs_s)
        if fault.drops:
            self.transport.abort()
            raise asyncio.CancelledError
        if fault.reply and fault.reply.startswith("421") and self.transport:
            await self.push(fault.reply)
            self.transport.close()
            raise asyncio.CancelledError
        return fault.reply

    def _is_after_starttls(self) -> bool:
        return self._original_transport is not None


class _Controller(Controller):
    def __init__(self, sink: Sink, context: ssl.SSLContext | None, starttls: bool) -> None:
        self._sink = sink
        self._late = context if starttls else None
        super().__init__(
            sink,
            hostname=sink.host,
            port=sink.port,
            ssl_context=None if starttls else context,
        )

    def factory(self) -> SMTP:
        logins = self._sink.logins
        return _Server(
            self._sink,
            hostname="sink.example",
            tls_context=self._late,
            require_starttls=self._late is not None,
            auth_require_tls=logins is None,
            auth_required=logins is not None,
            authenticator=_authenticator(logins) if logins is not None else None,
        )


def _authenticator(logins: dict[str, str]) -> Any:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        is_right = logins.get(data.login.decode()) == data.password.decode()
        return AuthResult(success=is_right, handled=is_right)

    return check


def _free_port(host: str) -> int:
    with socket.create_server((host, 0)) as opened:
        port: int = opened.getsockname()[1]
        return port
