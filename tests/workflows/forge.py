"""Runs `foothold` in a fork of a process that has imported it, which saves a second a command.

Comes in, over a socket: a command line, an environment, a folder, and where output goes. Goes out:
the exit code. What runs is `bot.cli.main.main`, as the distribution's entry point does; only the
interpreter's start is shared. `python -m tests.workflows.forge SOCKET` serves till its parent ends.
"""

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: The command that lies on the PATH: hands everything to the forge, and ends as it says.
CLIENT = """#!{python} -SE
import array, json, os, socket, sys
door = socket.socket(socket.AF_UNIX)
door.connect({socket!r})
asked = [sys.argv[1:], dict(os.environ), os.getcwd()]
socket.send_fds(door, [json.dumps(asked).encode() + b"\\n"], [0, 1, 2])
sys.exit(int(door.makefile().readline() or 70))
"""
#: What a run needs, so that forks have it.
_WARM = ("bot.app", "bot.cli.main", "bot.sandbox.server")


@contextmanager
def open_forge(folder: Path) -> Iterator[Path]:
    """The command, from this checkout's code, for as long as the forge serves."""
    door, command = folder / "door", folder / "foothold"
    command.write_text(CLIENT.format(python=sys.executable, socket=str(door)), "utf-8")
    command.chmod(0o755)
    serving = [sys.executable, "-m", "tests.workflows.forge", str(door)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(serving, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield command
    finally:
        process.terminate()
        process.wait()


def serve(path: str) -> None:
    """Take one command after the other."""
    for name in _WARM:
        __import__(name)
    # What is never looked at again by the collector is not copied for each fork either.
    gc.freeze()
    parent = os.getppid()
    door = socket.socket(socket.AF_UNIX)
    door.bind(path)
    door.listen()
    door.settimeout(1)
    print("ready", flush=True)
    while os.getppid() == parent:
        try:
            caller, _ = door.accept()
        except TimeoutError:
            continue
        with caller:
            caller.settimeout(None)
            code = _run(*_receive(caller))
            caller.sendall(f"{code}\n".encode())


def _receive(caller: socket.socket) -> tuple[list[str], dict[str, str], str, list[int]]:
    data, streams, _, _ = socket.recv_fds(caller, 1 << 20, 3)
    while not data.endswith(b"\n"):
        data += caller.recv(1 << 20)
    arguments, environment, folder = json.loads(data)
    return arguments, environment, folder, list(streams)


def _run(arguments: list[str], environment: dict[str, str], folder: str, streams: list[int]) -> int:
    child = os.fork()
    if child == 0:
        _become(arguments, environment, folder, streams)
    for stream in streams:
        os.close(stream)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) % 256


def _become(
    arguments: list[str], environment: dict[str, str], folder: str, streams: list[int]
) -> None:
    """The rest of this process is the command."""
    code = 70
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["foothold", *arguments]
        from bot.cli.main import main

        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(sys.argv[1])
