"""What holds for every test: no network but loopback, no environment but the test's own.

`shared_file` finds the real listings that some measurements need; they lie beside the project.
"""

import gc
import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# How long an example takes depends on what else the machine does: that is measured elsewhere.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

#: A folder beside the checkout with data that the project does not carry.
BESIDE = Path(__file__).resolve().parents[2] / "shared"

#: What a run reads of the environment, and what would lead requests elsewhere.
FOREIGN = ("FOOTHOLD_", "GITHUB_", "HARVEST_TOKEN", "RUNNER_DEBUG")
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


def pytest_xdist_auto_num_workers() -> int:
    """One process more than processors, for a third of the time some wait: for a disk that keeps
    what a journal wrote, for git, for a run that is about to be killed.
    """
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Thousands of tests and what they import stand for good: nobody need look through them for
    garbage, and less often for what a test leaves. Measured: an eighth of the processors' time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test of a minute that begins last keeps one process at work, and the others idle."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session", autouse=True)
def no_network_but_loopback() -> Iterator[None]:
    """Connections and look-ups that would leave this machine fail the test that tries them.

    `pytest.fail` raises what no `except Exception` catches, so nothing can retry or hide it.
    """
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    look_up = socket.getaddrinfo

    def checked_connect(self: socket.socket, address: Any) -> None:
        _require_loopback(self, address)
        connect(self, address)

    def checked_connect_ex(self: socket.socket, address: Any) -> int:
        _require_loopback(self, address)
        return connect_ex(self, address)

    def checked_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not is_loopback(host):
            pytest.fail(f"a test looked {host!r} up on the network")
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", checked_connect)
        patch.setattr(socket.socket, "connect_ex", checked_connect_ex)
        patch.setattr(socket, "getaddrinfo", checked_look_up)
        yield


@pytest.fixture(scope="session", autouse=True)
def own_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An empty home, and nothing of the machine's own tokens, repository and proxies."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(FOREIGN) or name.lower() in PROXIES:
                patch.delenv(name)
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        yield


def is_loopback(host: object) -> bool:
    """Whether a host leads nowhere but to this machine; None is every address of it."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


def shared_file(name: str, beside: Path = BESIDE) -> Path:
    """A file of the folder beside the project; the test is skipped where there is none."""
    path = beside / name
    if not path.exists():
        pytest.skip(f"the data beside the project is absent: {beside.name}/{name}")
    return path


def _require_loopback(opened: socket.socket, address: Any) -> None:
    is_internet = opened.family in (socket.AF_INET, socket.AF_INET6)
    if is_internet and not is_loopback(address[0]):
        pytest.fail(f"a test connected to {address[0]!r}")
