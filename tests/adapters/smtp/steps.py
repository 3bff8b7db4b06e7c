"""A club that mails, its students' addresses, and a channel to a sink."""

import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any

from bot.adapters.mail_message import MailFrame, make_frame
from bot.adapters.smtp import SmtpChannel
from bot.adapters.smtp_line import Pace, SmtpLine
from bot.adapters.smtp_server import SmtpServer, parse_smtp
from bot.consent import Address, make_address
from bot.rendering.message import Message
from bot.subscriptions.club import Club
from tests.adapters.smtp.sink import Sink

WEEK = "2026-W48"
AT = datetime(2026, 11, 29, 5, 23, tzinfo=UTC)
KEY = "AGE-SECRET-KEY-1TEST"
#: Nothing of an address may be in an error: neither this nor its domain.
DOMAIN = "reader.example.org"
FAST = Pace(pause_s=0, timeout_s=5, content_timeout_s=5)


def club(**changes: Any) -> Club:
    """A club that can mail; each key changeable."""
    keys = {
        "name": "Campus Open Source Club",
        "sender": "Campus Club <digest@club.example.org>",
        "reply_to": "Grace <officer@club.example.org>",
    }
    return Club(**(keys | changes))


def frame(**changes: Any) -> MailFrame:
    return make_frame(club(**changes), KEY)


def mailbox_of(login: str) -> str:
    return f"{login}.private@{DOMAIN}"


def address_of(login: str) -> Address:
    return make_address(KEY, login, mailbox_of(login))


def message(login: str = "ada-example", **changes: Any) -> Message:
    parts = {
        "week": WEEK,
        "login": login,
        "title": "Ada, 5 issues for you",
        "markdown": "# Hi\n",
        "html": "<!DOCTYPE html><html lang=en><p>Hállo</p></html>\n",
        "text": "Hállo\n.\n..dots\nhttps://example.org/" + "a" * 200 + "\n",
        "json": "{}\n",
    }
    return Message(**(parts | changes))


@contextmanager
def channel_to(
    sink: Sink,
    pace: Pace = FAST,
    server: SmtpServer | None = None,
    find_address: Callable[[str], Address] = address_of,
    **line: Any,
) -> Iterator[SmtpChannel]:
    made = frame()
    opened = SmtpLine(server or parse_smtp(sink.url), made.sender.address, pace=pace, **line)
    with closing(SmtpChannel(opened, made, find_address, lambda: AT)) as channel:
        yield channel


def all_text(error: BaseException) -> str:
    """Everything that an error could be printed as, with all it was raised from."""
    chain: list[BaseException] = []
    todo: list[BaseException | None] = [error]
    while todo:
        one = todo.pop()
        if one is not None and one not in chain:
            chain.append(one)
            todo += [one.__cause__, one.__context__]
    told = [f"{one} {one!r} {one.args!r} {vars(one)!r}" for one in chain]
    return "\n".join([*told, *traceback.format_exception(error)])
