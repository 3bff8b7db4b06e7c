"""Composes mails: what a reader sees, and the head that lets servers and readers deal with it.

Comes in: a rendered `Message` or a `ConsentRequest`, an address, a frame. Goes out: a `Mail`, whose
bytes are the same whenever the same is sent again at the same time.
"""

import email.policy
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.utils import quote as quote_phrase
from typing import Any
from urllib.parse import quote, urlencode

from bot.adapters.mail_address import Mailbox, read_mailbox
from bot.consent import Address, ConsentRequest, keyed_token
from bot.errors import ConfigurationError
from bot.rendering.links import web_address
from bot.rendering.message import Message
from bot.rendering.neutral import heading, neutral
from bot.subscriptions.club import Club

_SUBJECT_LIMIT = 200
#: RFC 2047, 2: the longest encoded word.
_WORD_LIMIT = 75
#: RFC 3834, and what Exchange asks for: no out-of-office note comes back.
_NO_ANSWERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@dataclass(frozen=True, slots=True)
class MailFrame:
    """What all mails of a club have in common."""

    club: str
    sender: Mailbox
    reply_to: Mailbox
    #: Names people to servers without naming them.
    key: str = field(repr=False)
    #: An https endpoint where one click is enough (RFC 8058).
    unsubscribe_url: str | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail for one reader; `what` it is in words, for errors."""

    login: str
    what: str
    message_id: str
    recipient: str = field(repr=False)
    content: bytes = field(repr=False)


class _MailPolicy(email.policy.EmailPolicy):
    """Python's, but some headers go out as they are: folded or encoded, readers ignore them."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:  # noqa: ANN401
        if name not in _EXACT:
            return super().header_store_parse(name, value)
        if not (value.isascii() and value.isprintable()):
            raise ValueError(f"{name} cannot be sent as it is")
        return name, value

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401
        if name not in _EXACT:
            return super().fold_binary(name, value)
        return f"{name}: {value}\r\n".encode("ascii")


_EXACT = frozenset(
    {"From", "Reply-To", "To", "Message-ID", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"}
)
_POLICY = _MailPolicy(linesep="\r\n", cte_type="7bit")


def make_frame(club: Club, key: str) -> MailFrame:
    """The club's frame; ConfigurationError where an address cannot stand in a mail."""
    if club.sender is None or club.reply_to is None:
        raise ConfigurationError(
            "Digests go by e-mail, but club.yaml lacks `sender` or `reply_to`.",
            "Write both, such as reply_to: officer@example.org.",
        )
    url = web_address(club.unsubscribe_url) if club.unsubscribe_url else None
    if club.unsubscribe_url and url is None:
        raise ConfigurationError(
            "The `unsubscribe_url` in club.yaml cannot stand in a mail.",
            "Write a plain one such as https://example.org/leave.",
        )
    return MailFrame(
        club=club.name,
        sender=read_mailbox(club.sender, "sender"),
        reply_to=read_mailbox(club.reply_to, "reply_to"),
        key=key,
        unsubscribe_url=url.partition("#")[0] if url else None,
    )


def compose_digest(message: Message, address: Address, frame: MailFrame, at: datetime) -> Mail:
    """A digest as a mail that its reader can end with one step."""
    login, week = message.login, message.week
    token = _digest_token(frame, week, login)
    message_id = digest_id(frame, week, login)
    mail = _begin(frame, address, message.title, at)
    mail["Message-ID"] = message_id
    mail["List-Id"] = f"{_phrase(frame.club)} <digest.{frame.sender.domain}>"
    mail["Precedence"] = "bulk"
    mail["List-Unsubscribe"] = _ways_out(frame, login)
    if frame.unsubscribe_url:
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    content = _end(mail, message.text, message.html, token)
    what = f"The digest of {login} for {week}"
    return Mail(login, what, message_id, address.mailbox, content)


def digest_id(frame: MailFrame, week: str, login: str) -> str:
    """The Message-ID of a digest, the same whenever it is mailed."""
    return f"<{week}.{_digest_token(frame, week, login)}@{frame.sender.domain}>"


def _digest_token(frame: MailFrame, week: str, login: str) -> str:
    return keyed_token(frame.key, "digest", login.casefold(), week)


def compose_request(request: ConsentRequest, frame: MailFrame, at: datetime) -> Mail:
    """The mail that asks for consent; it belongs to no list yet."""
    login, letter = request.login, request.letter
    token = keyed_token(frame.key, "confirm", login.casefold(), request.address.id)
    message_id = f"<confirm.{token}@{frame.sender.domain}>"
    mail = _begin(frame, request.address, letter.title, at)
    mail["Message-ID"] = message_id
    content = _end(mail, letter.text, letter.html, token)
    what = f"The confirmation mail of {login}"
    return Mail(login, what, message_id, request.address.mailbox, content)


def _begin(frame: MailFrame, address: Address, title: str, at: datetime) -> EmailMessage:
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _line(frame.sender)
    mail["Reply-To"] = _line(frame.reply_to)
    mail["To"] = address.mailbox
    mail["Subject"] = heading(title, _SUBJECT_LIMIT)
    mail["Date"] = at
    for name, value in _NO_ANSWERS.items():
        mail[name] = value
    return mail


def _end(mail: EmailMessage, text: str, html: str, token: str) -> bytes:
    """Both bodies, the plainest first (RFC 2046, 5.1.4); no server has to recode them."""
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    # Quoted-printable has no "=_", so it stands in no body.
    mail.set_boundary(f"=_{token}")
    return mail.as_bytes()


def _ways_out(frame: MailFrame, login: str) -> str:
    subject = quote(f"unsubscribe {login}")
    by_mail = f"<mailto:{quote(frame.reply_to.address, safe='@')}?subject={subject}>"
    if not frame.unsubscribe_url:
        return by_mail
    proof = keyed_token(frame.key, "unsubscribe", login.casefold())
    between = "&" if "?" in frame.unsubscribe_url else "?"
    query = urlencode({"student": login, "proof": proof})
    by_click = f"<{frame.unsubscribe_url.replace(',', '%2C')}{between}{query}>"
    return f"{by_mail}, {by_click}"


def _line(mailbox: Mailbox) -> str:
    return f"{_phrase(mailbox.name)} <{mailbox.address}>" if mailbox.name else mailbox.address


def _phrase(name: str) -> str:
    """A name in a header: quoted, or in encoded words of a length that all readers take."""
    plain = neutral(name, 60)
    if plain.isascii():
        return f'"{quote_phrase(plain)}"'
    return " ".join(Header(plain, "utf-8").encode(maxlinelen=_WORD_LIMIT).split())
