"""No test reaches the network, or sees the environment of the machine that it runs on."""

import os
import socket
from pathlib import Path

import pytest
import requests

from tests.conftest import is_loopback, shared_file

#: An address of a documentation network (RFC 5737) and a name of nobody (RFC 2606).
ADDRESS = ("192.0.2.1", 443)
NAME = "foothold.example"


@pytest.fixture
def refused():
    return pytest.raises(pytest.fail.Exception)


def test_an_outgoing_connection_is_refused(refused):
    with socket.socket() as opened, refused as caught:
        opened.connect(ADDRESS)
    assert "192.0.2.1" in str(caught.value)


def test_a_silent_outgoing_connection_is_refused(refused):
    with socket.socket() as opened, refused:
        opened.connect_ex(ADDRESS)


def test_an_outgoing_datagram_connection_is_refused(refused):
    with socket.socket(type=socket.SOCK_DGRAM) as opened, refused:
        opened.connect(ADDRESS)


def test_an_outgoing_ipv6_connection_is_refused(refused):
    with socket.socket(socket.AF_INET6) as opened, refused:
        opened.connect(("2001:db8::1", 443, 0, 0))


def test_a_name_is_not_looked_up(refused):
    with refused as caught:
        socket.getaddrinfo(NAME, 443)
    assert NAME in str(caught.value)


def test_the_http_library_cannot_hide_or_retry_it(refused):
    with refused:
        requests.get(f"https://{NAME}", timeout=1)


def test_loopback_stays_open():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port), timeout=1) as client:
            assert client.getpeername() == ("127.0.0.1", port)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1", b"localhost", None])
def test_this_machine_is_loopback(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "0.0.0.0", "localhost.example", "::2", NAME])
def test_everything_else_is_not_loopback(host):
    assert not is_loopback(host)


def test_no_setting_of_the_machine_is_seen():
    ours = [name for name in os.environ if name.startswith(("FOOTHOLD_", "GITHUB_", "HARVEST_"))]
    assert ours == []


def test_the_home_is_a_temporary_folder(tmp_path_factory):
    assert tmp_path_factory.getbasetemp() in Path.home().parents


def test_a_shared_file_is_found_beside_the_project(tmp_path):
    (tmp_path / "list.json").write_text("[]")
    assert shared_file("list.json", tmp_path).read_text() == "[]"


def test_a_shared_file_that_is_absent_skips_and_says_so(tmp_path):
    with pytest.raises(pytest.skip.Exception) as caught:
        shared_file("list.json", tmp_path / "shared")
    assert "shared/list.json" in str(caught.value)
