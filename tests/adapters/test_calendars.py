"""Calendars from files and addresses: bounded, without a secret, never from our own networks."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.adapters.calendars import FileAndWebCalendars
from bot.events.source import MAX_BYTES, NoCalendar

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class Server(ThreadingHTTPServer):
    """Answers by path, and remembers the heads of what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.heads: list[dict[str, str]] = []
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {
            "/club.ics": (200, {}, CALENDAR),
            "/moved.ics": (302, {"location": "/club.ics"}, b""),
            "/circle.ics": (301, {"location": "/circle.ics"}, b""),
            "/inwards.ics": (302, {"location": "https://10.0.0.1/club.ics"}, b""),
            "/unsafe.ics": (302, {"location": "http://club.example.org/club.ics"}, b""),
            "/large.ics": (200, {}, b"x" * (MAX_BYTES + 1)),
            "/packed.ics": (200, {"content-encoding": "gzip"}, b"x"),
            "/gone.ics": (410, {}, b""),
        }

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{path}"


class Answering(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.heads.append({name.lower(): value for name, value in self.headers.items()})
        status, headers, body = self.server.answers[self.path]
        self.send_response(status)
        for name, value in {"content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as opened:
        thread = threading.Thread(target=opened.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield opened
        opened.shutdown()
        thread.join()


@pytest.fixture
def calendars(tmp_path: Path) -> FileAndWebCalendars:
    return FileAndWebCalendars(tmp_path, may_ask_loopback=True)


def why(calendars: FileAndWebCalendars, location: str) -> str:
    with pytest.raises(NoCalendar) as caught:
        calendars.read_calendar(location)
    return caught.value.why


@pytest.mark.parametrize("path", ["club.ics", "moved.ics"])
def test_a_calendar_is_fetched_where_it_stands_or_has_moved_to(
    calendars: FileAndWebCalendars, server: Server, path: str
) -> None:
    assert calendars.read_calendar(server.at(path)) == CALENDAR


def test_nothing_is_sent_along(
    calendars: FileAndWebCalendars, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    calendars.read_calendar(server.at("moved.ics"))
    assert [set(head) for head in server.heads] == [
        {"host", "user-agent", "accept", "accept-encoding", "connection"}
    ] * 2


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("circle.ics", "it leads from one address to the next"),
        ("inwards.ics", "its address, or one it leads to, is none of the open web"),
        ("unsafe.ics", "it is, or leads to, an address without https"),
        ("large.ics", "it is larger than 1 MiB"),
        ("packed.ics", "it answered in packed form"),
        ("gone.ics", "it answered 410"),
    ],
)
def test_what_cannot_be_had_is_told_in_a_clause(
    calendars: FileAndWebCalendars, server: Server, path: str, told: str
) -> None:
    assert why(calendars, server.at(path)) == told


def test_a_server_that_is_not_there_is_told_without_the_address(
    calendars: FileAndWebCalendars, server: Server
) -> None:
    address = server.at("5ecret.ics")
    server.shutdown()
    server.server_close()
    assert why(calendars, address) == "the connection to it failed"


def test_a_server_that_begins_its_answer_and_never_ends_its_head_is_left(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/club.ics"
        stop = threading.Event()

        def drip() -> None:
            with listening.accept()[0] as taken, suppress(OSError):
                taken.sendall(b"HTTP/1.1 200 OK\r\n")
                while not stop.wait(0.02):
                    taken.sendall(b"x-a: 1\r\n")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        impatient = FileAndWebCalendars(tmp_path, may_ask_loopback=True, patience_s=0.2)
        assert why(impatient, address) == "it did not answer in time"
        stop.set()
        thread.join()


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/club.ics",
        "https://localhost/club.ics",
        "https://10.1.2.3/club.ics",
        "https://192.168.1.1/club.ics",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/club.ics",
        "https://[fd00::1]/club.ics",
        "https://[::ffff:10.1.2.3]/club.ics",
    ],
)
def test_nobody_leads_us_into_our_own_networks(tmp_path: Path, address: str) -> None:
    told = "its address, or one it leads to, is none of the open web"
    assert why(FileAndWebCalendars(tmp_path), address) == told


def test_a_file_is_read_from_the_folder(calendars: FileAndWebCalendars, tmp_path: Path) -> None:
    (tmp_path / "club.ics").write_bytes(CALENDAR)
    assert calendars.read_calendar("config/club.ics") == CALENDAR


def test_a_file_elsewhere_or_none_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "secret.ics").write_bytes(CALENDAR)
    (tmp_path / "config" / "link.ics").symlink_to(tmp_path / "secret.ics")
    calendars = FileAndWebCalendars(tmp_path / "config")
    assert why(calendars, "../secret.ics") == "the file lies outside of the configuration"
    assert why(calendars, "link.ics") == "the file lies outside of the configuration"
    assert why(calendars, "none.ics") == "the file cannot be read"
