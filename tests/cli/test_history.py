"""`foothold history`: shown, committed once, renewed, and refused in words."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal
from bot.adapters.git_command import run_git
from bot.cli.main import call
from bot.delivery import Receipt
from bot.terms import ChannelName
from tests.builders import build_digest, build_pick
from tests.stage import NOW, WEEK

CLUB = "name: Test Club\nrepository: campus-club/digests\n"
FILE = f"club/config/history/{WEEK}.json"


class Checkout:
    """A clone with a bare remote, and a journal beside it."""

    def __init__(self, folder: Path) -> None:
        self.bare, self.clone = folder / "bare.git", folder / "clone"
        self.state = f"sqlite:///{folder / 'state.db'}"
        run_git(["init", "-q", "--bare", "--initial-branch=main", str(self.bare)], folder)
        run_git(["clone", "-q", str(self.bare), str(self.clone)], folder)
        config = self.clone / "club/config"
        (config / "students").mkdir(parents=True)
        (config / "club.yaml").write_text(CLUB)
        run_git(["add", "."], self.clone)
        who = ("-c", "user.name=Grace", "-c", "user.email=grace@example.org")
        run_git([*who, "commit", "-qm", "A club"], self.clone)
        run_git(["push", "-q", "origin", "HEAD:main"], self.clone)

    def deliver(self, n: int, first: int = 0) -> None:
        """So many students get a digest of this week."""
        with SqlJournal.open(self.state) as journal:
            for i in range(first, first + n):
                pick = build_pick(number=i + 1, node_id=f"I_{i}")
                digest = build_digest(student=f"s{i}-example", picks=(pick,))
                journal.record_week(WEEK, [(digest, ChannelName.ISSUE)])
                journal.record_receipt(
                    Receipt(WEEK, digest.student, ChannelName.ISSUE, "https://x", NOW)
                )

    def history(self, *arguments: str, now=NOW) -> int:
        config = ("--config", str(self.clone / "club/config"), "--now", now.isoformat())
        return call(["history", *arguments, *config])

    def log(self) -> list[str]:
        return run_git(["log", "--format=%s", "main"], self.bare).decode().splitlines()

    def file(self) -> dict:
        return json.loads(run_git(["show", f"main:{FILE}"], self.bare))


@pytest.fixture
def checkout(tmp_path, monkeypatch) -> Checkout:
    monkeypatch.chdir(tmp_path)
    made = Checkout(tmp_path)
    monkeypatch.setenv("FOOTHOLD_STATE", made.state)
    made.deliver(7)
    return made


def test_without_live_the_figures_are_shown_and_nothing_is_pushed(checkout, capsys):
    assert checkout.history() == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["week"], told["students"]) == (WEEK, 5)
    assert checkout.log() == ["A club"]


def test_a_week_is_committed_once_and_again_only_if_it_says_more(checkout, capsys):
    assert checkout.history("--live") == 0
    assert f"{FILE} is committed to main (" in capsys.readouterr().out
    assert checkout.file()["students"] == 5
    assert checkout.history("--live") == 0
    assert "says so already; nothing to commit" in capsys.readouterr().out
    checkout.deliver(3, 7)
    assert checkout.history("--live") == 0
    assert checkout.file()["students"] == 10
    assert checkout.log() == [f"Week {WEEK} in figures"] * 2 + ["A club"]


def test_a_journal_that_lost_the_week_leaves_the_file_as_it_is(checkout, tmp_path):
    assert checkout.history("--live") == 0
    (tmp_path / "state.db").unlink()
    assert checkout.history("--live") == 0
    assert checkout.file()["students"] == 5
    assert len(checkout.log()) == 2


def test_looking_makes_no_journal(checkout, tmp_path):
    (tmp_path / "state.db").unlink()
    assert checkout.history("--live") == 0
    assert not (tmp_path / "state.db").exists()
    assert checkout.file()["students"] == "under 5"


def test_another_push_in_between_is_followed(checkout):
    """A hook of the remote moves the branch once, as somebody who was faster."""
    hook = checkout.bare / "hooks/pre-receive"
    hook.write_text(
        "#!/bin/sh\n[ -e moved ] && exit 0\ntouch moved\n"
        "unset GIT_QUARANTINE_PATH\n"
        "new=$(git -c user.name=x -c user.email=x@example.org commit-tree -p main -m Faster"
        " main^{tree})\ngit update-ref refs/heads/main $new\n"
    )
    hook.chmod(0o755)

    assert checkout.history("--live") == 0

    assert checkout.log() == [f"Week {WEEK} in figures", "Faster", "A club"]


def test_a_branch_that_is_protected_is_told_with_the_way_out(checkout, capsys):
    hook = checkout.bare / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'GH006: Protected branch update failed'\nexit 1\n")
    hook.chmod(0o755)

    assert checkout.history("--live") == 3

    told = capsys.readouterr().err
    assert "error: The branch main may not be pushed to" in told
    assert "Bypass list" in told


def test_outside_of_a_checkout_it_says_so(checkout, capsys, tmp_path):
    (checkout.clone / ".git").rename(tmp_path / "elsewhere")
    assert checkout.history("--live") == 2
    assert "in no checkout" in capsys.readouterr().err


def test_a_week_that_has_not_begun_is_none(checkout, capsys):
    assert checkout.history("--live", "--week", WEEK, now=NOW - timedelta(days=7)) == 2
    assert "has not begun" in capsys.readouterr().err


def test_the_example_club_has_no_history(checkout, capsys):
    (checkout.clone / "club/config/club.yaml").write_text(f"{CLUB}example: true\n")
    assert checkout.history("--live") == 2
    assert "example club" in capsys.readouterr().err


def test_check_reads_the_history(checkout, capsys):
    assert checkout.history("--live") == 0
    run_git(["pull", "-q", "origin", "main"], checkout.clone)
    config = ("--config", str(checkout.clone / "club/config"))
    assert call(["check", "--offline", *config]) == 0
    assert "The club's history tells of 1 week." in capsys.readouterr().out

    (checkout.clone / FILE).write_text("{}")

    assert call(["check", "--offline", *config]) == 2
    assert f"{FILE}:1: week: Field required" in capsys.readouterr().err
    # A run does not stumble over it.
    assert checkout.history() == 0
