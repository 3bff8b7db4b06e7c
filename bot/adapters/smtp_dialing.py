"""Opens a connection to the mail server: encrypted and logged in, or not at all.

Comes in: an `SmtpServer`. Goes out: the connection, or the `ChannelStopped` that says why there is
none. What the server said is never repeated, but for its codes.
"""

import smtplib
import ssl
from dataclasses import dataclass

from bot.adapters.smtp_reply import Reply, stopped
from bot.adapters.smtp_server import Security, SmtpServer
from bot.errors import ChannelStopped


@dataclass(frozen=True, slots=True)
class Dialing:
    """How to call: the name that we give ourselves, whom we trust, and how long we wait."""

    hello: str
    context: ssl.SSLContext
    timeout_s: float


def dial(server: SmtpServer, dialing: Dialing) -> smtplib.SMTP | ChannelStopped:
    """One attempt."""
    smtp: smtplib.SMTP | None = None
    try:
        smtp = _connect(server, dialing)
        problem = _secure(smtp, server, dialing) or _log_in(smtp, server)
    except smtplib.SMTPResponseException as error:
        problem = _turned_away(server, Reply.read(error.smtp_code, _bytes(error.smtp_error)))
    except ssl.SSLError:
        problem = stopped(
            f"The mail server {server} did not agree to encryption, or its certificate is wrong",
            "Check the server's name in FOOTHOLD_SMTP: the certificate must be for that name.",
        )
    except (OSError, UnicodeError):
        problem = stopped(
            f"The mail server {server} cannot be reached, or broke off",
            "Check host and port in FOOTHOLD_SMTP: 465 or 587 (GitHub's machines block 25).",
        )
    if problem is None and smtp is not None:
        return smtp
    if smtp is not None:
        smtp.close()
    return problem or stopped(f"The mail server {server} cannot be used", "Check FOOTHOLD_SMTP.")


def _connect(server: SmtpServer, dialing: Dialing) -> smtplib.SMTP:
    timeout_s, hello = dialing.timeout_s, dialing.hello
    if server.security is Security.TLS:
        return smtplib.SMTP_SSL(
            server.host, server.port, hello, timeout=timeout_s, context=dialing.context
        )
    return smtplib.SMTP(server.host, server.port, hello, timeout=timeout_s)


def _secure(smtp: smtplib.SMTP, server: SmtpServer, dialing: Dialing) -> ChannelStopped | None:
    smtp.ehlo_or_helo_if_needed()
    if server.security is not Security.STARTTLS:
        return None
    if not smtp.has_extn("starttls"):
        return stopped(
            f"The mail server {server} offers no STARTTLS, and nothing is sent without encryption",
            "Use smtps:// with port 465, or another server.",
        )
    smtp.starttls(context=dialing.context)
    smtp.ehlo_or_helo_if_needed()
    return None


def _log_in(smtp: smtplib.SMTP, server: SmtpServer) -> ChannelStopped | None:
    if not server.user:
        return None
    try:
        smtp.login(server.user, server.password)
    except smtplib.SMTPNotSupportedError:
        said = "offers no login that we know"
    except smtplib.SMTPAuthenticationError as error:
        reply = Reply.read(error.smtp_code, _bytes(error.smtp_error))
        said = f"refused the login ({reply})"
    else:
        return None
    return stopped(f"The mail server {server} {said}", "Check user and password in FOOTHOLD_SMTP.")


def _turned_away(server: SmtpServer, reply: Reply) -> ChannelStopped:
    return stopped(
        f"The mail server {server} turned us away ({reply})",
        "Try again later; if it goes on, check FOOTHOLD_SMTP.",
    )


def _bytes(text: bytes | str) -> bytes:
    return text.encode() if isinstance(text, str) else text
