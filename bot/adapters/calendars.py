"""Calendars from files and from the web.

Comes in: locations that a club named. Goes out: bytes. Nothing is sent with a request: no token, no
cookie, no name of a student; and no address within a network of ours is asked for.
"""

import ipaddress
import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator
from multiprocessing.pool import ThreadPool
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from bot.adapters.github_client import is_loopback, user_agent
from bot.events.source import MAX_BYTES, CalendarDesk, NoCalendar
from bot.subscriptions.calendars import calendar_path, is_address

#: Connecting, and between two pieces; and for a calendar as a whole, with all that it leads to, so
#: that none holds a run up.
TIMEOUT_S, PATIENCE_S = 10, 20
#: A calendar moves once; more is a circle, or somebody who leads us elsewhere.
MAX_REDIRECTS = 3
_PIECE = 64 * 1024
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_MOVED = frozenset({301, 302, 303, 307, 308})


class FileAndWebCalendars(CalendarDesk):
    """Reads files of the configuration's folder, and https addresses."""

    def __init__(
        self, folder: Path, *, may_ask_loopback: bool = False, patience_s: float = PATIENCE_S
    ) -> None:
        """`may_ask_loopback`: GitHub itself is on this machine, so calendars may be too."""
        self._folder = folder
        self._may_ask_loopback = may_ask_loopback
        self._patience_s = patience_s

    def read_calendar(self, location: str) -> bytes:
        if not is_address(location):
            return self._read(location)
        return _in_time(lambda: self._fetch(location), self._patience_s)

    def _read(self, location: str) -> bytes:
        path = calendar_path(location, self._folder)
        try:
            if not path.resolve().is_relative_to(self._folder.resolve()):
                raise NoCalendar("the file lies outside of the configuration")
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
            raise NoCalendar("the file cannot be read") from error
        return _small(data)

    def _fetch(self, address: str) -> bytes:
        ends_at = time.monotonic() + self._patience_s
        for _ in range(MAX_REDIRECTS + 1):
            try:
                self._require_public(address)
                with _ask(address) as answer:
                    if answer.status_code not in _MOVED:
                        return _small(b"".join(_pieces(answer, ends_at)))
                    address = urljoin(address, answer.headers.get("location", ""))
            except requests.Timeout as error:
                raise NoCalendar("it did not answer in time") from error
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                # An error's own words hold the address.
                raise NoCalendar("the connection to it failed") from error
        raise NoCalendar("it leads from one address to the next")

    def _require_public(self, address: str) -> None:
        """https to a machine of the open web, or what the tests have on this one."""
        if self._may_ask_loopback and is_loopback(address):
            return
        parts = urlsplit(address)
        if parts.scheme != "https" or not parts.hostname:
            raise NoCalendar("it is, or leads to, an address without https")
        if not all(one.is_global for one in _resolved(parts.hostname)):
            raise NoCalendar("its address, or one it leads to, is none of the open web")


def _in_time(fetch: Callable[[], bytes], patience_s: float) -> bytes:
    """What `fetch` gives, if it does so soon.

    Who sends a header's line every few seconds keeps `requests` waiting for as long as they like,
    and so does a name server; what is waited for in vain ends with the program.
    """
    # Its threads, unlike those of `concurrent.futures`, are not waited for at the program's end.
    with ThreadPool(1) as pool:
        try:
            return pool.apply_async(fetch).get(patience_s)
        except multiprocessing.TimeoutError as error:
            raise NoCalendar("it did not answer in time") from error


def _resolved(host: str) -> list[Address]:
    """What a host stands for, itself or by its name; where that fails, so will the request."""
    if host == "localhost":
        return [ipaddress.IPv4Address("127.0.0.1")]
    try:
        return [_plain(host)]
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, 443, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        return []
    return [_plain(str(place[0]).partition("%")[0]) for *_, place in found]


def _plain(text: str) -> Address:
    """An address; one of IPv4 that is dressed as IPv6 is that of IPv4."""
    address = ipaddress.ip_address(text)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _ask(address: str) -> requests.Response:
    return requests.get(
        address,
        # Packed data may be a thousand times as long as it looks.
        headers={
            "accept": "text/calendar",
            "accept-encoding": "identity",
            "user-agent": user_agent(),
        },
        # Else requests looks for a password in ~/.netrc.
        auth=_as_it_is,
        timeout=TIMEOUT_S,
        allow_redirects=False,
        stream=True,
    )


def _as_it_is(request: Any) -> Any:  # noqa: ANN401
    return request


def _pieces(answer: requests.Response, ends_at: float) -> Iterator[bytes]:
    if answer.status_code != requests.codes.ok:
        raise NoCalendar(f"it answered {answer.status_code}")
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        raise NoCalendar("it answered in packed form")
    n_bytes = 0
    while piece := answer.raw.read1(_PIECE):
        n_bytes += len(piece)
        yield piece
        if n_bytes > MAX_BYTES:
            return
        if time.monotonic() > ends_at:
            raise NoCalendar("it did not answer in time")


def _small(data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise NoCalendar("it is larger than 1 MiB")
    return data
