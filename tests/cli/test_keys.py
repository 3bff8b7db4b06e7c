"""`foothold keygen` and `foothold encrypt`, through the one door."""

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.adapters.sealing import SealedAddresses, make_key_pair
from bot.cli.main import call
from bot.cli.masking import masker
from bot.settings import Settings
from bot.subscriptions.student import Subscription

PAIR = make_key_pair()
MAILBOX = "zoe.private@reader.example.org"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A club with a key, and a student whose file is broken, which does not matter here."""
    (tmp_path / "students").mkdir()
    (tmp_path / "students" / "ben-example.yaml").write_text("nonsense\n")
    (tmp_path / "club.yaml").write_text(f"name: C\npublic_key: {PAIR.public_key}\n")
    return tmp_path


@pytest.fixture
def typed(monkeypatch):
    def put(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return put


def encrypt(config: Path, login: str = "ada-example") -> int:
    return call(["encrypt", "--student", login, "--config", str(config)])


def test_a_new_pair_is_printed_for_its_two_places(capsys):
    assert call(["keygen"]) == 0
    out, err = capsys.readouterr()
    (public_key,) = re.findall(r"^public_key: (age1\w+)$", out, re.MULTILINE)
    (identity,) = re.findall(r"^AGE-SECRET-KEY-1\w+$", out, re.MULTILINE)
    SealedAddresses(identity, public_key, print)
    assert "secret FOOTHOLD_KEY" in out
    assert "only this once" in out
    assert err == ""
    call(["keygen"])
    assert public_key not in capsys.readouterr().out


def test_no_pair_is_made_where_the_log_may_be_public(monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert call(["keygen"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "AGE-SECRET" not in err
    assert "your own machine" in err


def test_an_address_becomes_the_one_line_for_the_file(config, typed, capsys):
    typed(f"  {MAILBOX} \n\n")
    assert encrypt(config) == 0
    out, err = capsys.readouterr()
    assert re.fullmatch(r"age:\S+\n", out)
    assert err == ""
    who = Subscription(login="Ada-Example", interests=("maps",), email=out.strip())
    assert SealedAddresses(PAIR.identity, None, lambda _: None).address_of(who).mailbox == MAILBOX


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "holds 0 lines"),
        (f"{MAILBOX}\n{MAILBOX}\n", "holds 2 lines"),
        ("zoe.private", "is no e-mail address"),
        ("jörg.private@reader.example.org", "letters before the @"),
    ],
)
def test_what_is_no_address_is_told_without_repeating_it(config, typed, capsys, text, why):
    typed(text)
    assert encrypt(config) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert why in err
    assert "private" not in err


def test_a_login_that_is_none_is_refused(config, typed, capsys):
    typed(MAILBOX)
    assert encrypt(config, "@ada") == 2
    assert "no GitHub login" in capsys.readouterr().err


def test_a_club_without_a_key_is_told_how_to_make_one(config, typed, capsys):
    (config / "club.yaml").write_text("name: C\n")
    typed(MAILBOX)
    assert encrypt(config) == 2
    assert "foothold keygen" in capsys.readouterr().err


def test_a_broken_club_is_told_by_its_lines(config, typed, capsys):
    (config / "club.yaml").write_text("name: C\npublic_key: nonsense\n")
    typed(MAILBOX)
    assert encrypt(config) == 2
    assert "club.yaml:2: `public_key`" in capsys.readouterr().err


def test_a_key_that_is_none_is_told(config, typed, capsys):
    (config / "club.yaml").write_text("name: C\npublic_key: age1qqq\n")
    typed(MAILBOX)
    assert encrypt(config) == 2
    assert "public_key" in capsys.readouterr().err


def test_on_a_terminal_a_person_is_asked_twice_and_nothing_they_type_is_shown(config):
    leader, follower = pty.openpty()
    command = [sys.executable, "-c", "from bot.cli.main import main; main()", "encrypt"]
    with subprocess.Popen(
        [*command, "--student", "ada-example", "--config", str(config)],
        stdin=follower,
        stdout=subprocess.PIPE,
        stderr=follower,
        start_new_session=True,
    ) as process:
        shown = b""
        for question in (b"not shown", b"epeat"):
            while question not in shown:
                shown += os.read(leader, 1024)
            os.write(leader, MAILBOX.encode() + b"\n")
        assert process.stdout is not None
        out = process.stdout.read()
        os.close(follower)
        assert process.wait(timeout=20) == 0
    os.close(leader)
    assert re.fullmatch(rb"age:\S+\n", out)
    assert b"private" not in shown


def test_an_address_is_masked_in_a_workflow_only(capsys):
    masker(Settings(is_in_actions=True))("a%b@x.org\r\n::error ::x")
    masker(Settings())(MAILBOX)
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "::add-mask::a%25b@x.org%0D%0A::error ::x\n"
