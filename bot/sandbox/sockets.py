"""The socket side of the sandbox: bytes to requests, answers to bytes.

Comes in: HTTP/1.1 on loopback. Goes out: `Request`s for an `answer` function, whose `Answer`s are
written back; a `ConnectionDropped` closes the connection without a word.
"""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from bot.sandbox.messages import Answer, ConnectionDropped, Request

HOST = "127.0.0.1"
ENTERPRISE = "/api/v3"
#: How often the listening thread looks whether it should stop: `stop` waits this long at most.
POLL_S = 0.02
GONE = (BrokenPipeError, ConnectionResetError, ConnectionAbortedError)


class LoopbackServer(ThreadingHTTPServer):
    """Serves from its making on, in threads of its own."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self, port: int, answer: Callable[[Request], Answer], clock: Callable[[], datetime]
    ) -> None:
        super().__init__((HOST, port), Handler)
        self.answer, self.clock = answer, clock
        self.connections: set[socket.socket] = set()
        self._thread = threading.Thread(target=self.serve_forever, args=(POLL_S,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Closes the port, and the connections that clients keep alive."""
        self.shutdown()
        self._thread.join()
        self.server_close()
        for connection in tuple(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class Handler(BaseHTTPRequestHandler):
    """One connection. Nagle's algorithm is off: it would hold small answers back for 40 ms."""

    protocol_version = "HTTP/1.1"
    server_version = "github.com"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1
    server: LoopbackServer

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def handle(self) -> None:
        with suppress(*GONE):
            super().handle()

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        with suppress(*GONE):
            super().finish()

    def _serve(self) -> None:
        request = self._request()
        try:
            self._write(self.server.answer(request))
        except ConnectionDropped:
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)

    do_GET = do_HEAD = do_POST = do_PATCH = do_PUT = do_DELETE = _serve  # noqa: N815

    def _request(self) -> Request:
        parts = urlsplit(self.path)
        path, prefix = parts.path, ""
        if path == "/api/graphql":
            path = "/graphql"
        elif path.startswith(f"{ENTERPRISE}/"):
            path, prefix = path.removeprefix(ENTERPRISE), ENTERPRISE
        length = int(self.headers.get("Content-Length") or 0)
        return Request(
            method=self.command,
            path=path,
            at=self.server.clock(),
            base_url=f"http://{self.headers.get('Host', '')}{prefix}",
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
        )

    def _write(self, answer: Answer) -> None:
        body = answer.bytes
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status not in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: round(len(body) * answer.sent_share)])
        self.wfile.flush()
        if answer.sent_share < 1:
            self.close_connection = True

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The `Date` header, by the world's clock."""
        if timestamp is not None:
            return super().date_time_string(timestamp)
        return format_datetime(self.server.clock(), usegmt=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keeps the terminal quiet: `Sandbox.requests` is the log."""
