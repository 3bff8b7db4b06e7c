"""A git host on loopback: bare repositories over https, whose door asks for a job's token.

Comes in: a folder of bare repositories (`OWNER/NAME.git`) and the sandbox's tokens. Goes out: an
address for clones and pushes. Git's own `http-backend` does the work; only who may read and push
is decided here, by the `contents` level of the token.
"""

import base64
import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import trustme

from bot.sandbox.permissions import has_level
from bot.sandbox.server import Sandbox
from bot.sandbox.tokens import Caller, Token


@dataclass(frozen=True)
class GitHost:
    """Where the repositories are to be had, and the certificate that proves it."""

    url: str
    folder: Path
    certificate: Path

    def bare(self, repository: str) -> Path:
        return self.folder / f"{repository}.git"

    def git(self, repository: str, *arguments: str, given: str = "") -> str:
        """What git says in the bare repository itself."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.bare(repository),
            input=given,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()


@contextmanager
def open_git_host(folder: Path, sandbox: Sandbox) -> Iterator[GitHost]:
    """Serve the folder's repositories for a while."""
    authority = trustme.CA()
    certificate = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    handler = type("Door", (_Door,), {"sandbox": sandbox, "folder": folder})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield GitHost(f"https://127.0.0.1:{server.server_port}", folder, certificate)
    finally:
        server.shutdown()
        server.server_close()


def level_of(sandbox: Sandbox, authorization: str, repository: str) -> str:
    """What the header's token may do with the repository's contents: none, read or write."""
    scheme, _, text = authorization.partition(" ")
    if scheme.lower() != "basic":
        return "none"
    _, _, secret = base64.b64decode(text).decode().partition(":")
    token = sandbox.tokens.find(secret, sandbox.world.now)
    home = sandbox.world.repository(repository)
    if token is None or home is None or not Caller(sandbox.world, token).has_role(home):
        return "none"
    return next((one for one in ("write", "read") if _allows(token, one)), "none")


def _allows(token: Token, level: str) -> bool:
    if token.permissions is not None:
        return has_level(token.permissions, "contents", level)
    return level == "read" or token.access == "write"


class _Door(BaseHTTPRequestHandler):
    sandbox: Sandbox
    folder: Path

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("content-length", "0"))))

    def _answer(self, body: bytes) -> None:
        place = urlsplit(self.path)
        owner, name = place.path.strip("/").split("/")[:2]
        repository = f"{owner}/{name.removesuffix('.git')}"
        authorization = self.headers.get("authorization", "")
        level = level_of(self.sandbox, authorization, repository)
        wants = "write" if "git-receive-pack" in self.path else "read"
        if not authorization:
            return self._refuse(401)
        if level == "none" or (wants == "write" and level == "read"):
            return self._refuse(403)
        path = place.path.replace(f"/{name}/", f"/{name.removesuffix('.git')}.git/", 1)
        return self._hand_on(path, place.query, body)

    def _refuse(self, status: int) -> None:
        self.send_response(status)
        self.send_header("www-authenticate", 'Basic realm="GitHub"')
        self.send_header("content-length", "0")
        self.end_headers()

    def _hand_on(self, path: str, query: str, body: bytes) -> None:
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": self.headers.get("git-protocol", ""),
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("content-type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("content-encoding", ""),
            "REMOTE_USER": "token",
            "REMOTE_ADDR": "127.0.0.1",
        }
        git = str(shutil.which("git"))
        told = subprocess.run(
            [git, "http-backend"], input=body, env=environment, capture_output=True, check=True
        ).stdout
        head, _, content = told.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for field, value in fields.items():
            self.send_header(field, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing: the test tells what happened."""
