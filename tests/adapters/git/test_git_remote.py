"""Branches of a remote: read, changed by compare-and-swap, and refused in words without secrets."""

import base64
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.git_command import header_for, run_git
from bot.adapters.git_remote import Change, GitRemote
from bot.errors import ConfigurationError, RemoteFailed, RemoteMoved, RemoteRefused
from tests.stage import NOW

LATER = datetime(2026, 12, 1, tzinfo=UTC)
_WHO = {
    f"GIT_{role}_{what}": "x@example.org"
    for role in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    folder = tmp_path / "bare.git"
    run_git(["init", "--quiet", "--bare", "--initial-branch=main", str(folder)], tmp_path)
    return folder


def _log(bare: Path, branch: str, form: str = "%s") -> list[str]:
    return run_git(["log", f"--format={form}", branch], bare).decode().splitlines()


def test_a_branch_that_is_not_there_is_none(bare: Path) -> None:
    assert GitRemote(str(bare)).fetch("state") is None


def test_files_that_were_pushed_are_read_by_another(bare: Path) -> None:
    files = {"a.jsonl": b'{"x": 1}\n', "digests/2026-W47.jsonl": bytes(range(256)), "empty": b""}
    pushed = GitRemote(str(bare)).push("state", files, Change(None, "First", NOW))
    seen = GitRemote(str(bare)).fetch("state")
    assert seen == pushed
    assert seen is not None
    assert seen.files == files
    assert seen.root_at == NOW


def test_a_change_leaves_other_files_and_the_history_as_they_are(bare: Path) -> None:
    remote = GitRemote(str(bare))
    first = remote.push("state", {"a": b"1", "b/c": b"2", "d": b"3"}, Change(None, "First", NOW))
    second = remote.push("state", {"b/c": None, "d": b"4"}, Change(first, "Second", LATER))
    assert GitRemote(str(bare)).fetch("state") == second
    assert second.files == {"a": b"1", "d": b"4"}
    assert second.root_at == NOW
    assert _log(bare, "state") == ["Second", "First"]


def test_a_file_whose_name_is_no_text_is_read_all_the_same(bare: Path) -> None:
    blob = run_git(["hash-object", "-w", "--stdin"], bare, b"x").decode().strip()
    tree = run_git(["mktree"], bare, f"100644 blob {blob}\t".encode() + b"caf\xe9\n")
    commit = run_git(["commit-tree", tree.decode().strip(), "-m", "x"], bare, more=_WHO)
    run_git(["update-ref", "refs/heads/state", commit.decode().strip()], bare)
    seen = GitRemote(str(bare)).fetch("state")
    assert seen is not None
    assert seen.files == {"caf\N{REPLACEMENT CHARACTER}": b"x"}


def test_a_commit_bears_the_workflow_s_name_and_the_given_time(bare: Path) -> None:
    GitRemote(str(bare)).push("state", {"a": b"1"}, Change(None, "First", NOW))
    assert _log(bare, "state", "%an %cn %at") == [
        f"github-actions[bot] github-actions[bot] {int(NOW.timestamp())}"
    ]


def test_of_two_who_saw_the_same_branch_the_second_loses(bare: Path) -> None:
    first = GitRemote(str(bare)).push("state", {"a": b"1"}, Change(None, "First", NOW))
    other = GitRemote(str(bare))
    seen = other.fetch("state")
    GitRemote(str(bare)).fetch("state")
    winner = GitRemote(str(bare))
    winner.push("state", {"a": b"2"}, Change(winner.fetch("state"), "Winner", NOW))
    with pytest.raises(RemoteMoved):
        other.push("state", {"a": b"3"}, Change(seen, "Loser", NOW))
    assert _log(bare, "state") == ["Winner", "First"]
    assert seen == first


def test_of_two_who_make_the_branch_the_second_loses(bare: Path) -> None:
    GitRemote(str(bare)).push("state", {"a": b"1"}, Change(None, "Winner", NOW))
    with pytest.raises(RemoteMoved):
        GitRemote(str(bare)).push("state", {"a": b"2"}, Change(None, "Loser", LATER))
    assert _log(bare, "state") == ["Winner"]


def test_a_branch_that_was_deleted_is_not_made_again_by_whoever_saw_it(bare: Path) -> None:
    remote = GitRemote(str(bare))
    seen = remote.push("state", {"a": b"1"}, Change(None, "First", NOW))
    run_git(["update-ref", "-d", "refs/heads/state"], bare)
    with pytest.raises(RemoteMoved):
        remote.push("state", {"a": b"2"}, Change(seen, "Second", NOW))


def test_a_history_begun_anew_holds_nothing_of_the_old_one(bare: Path) -> None:
    remote = GitRemote(str(bare))
    first = remote.push("state", {"a": b"1", "b": b"2"}, Change(None, "First", NOW))
    anew = remote.push("state", {"b": None}, Change(first, "Anew", LATER, begins_anew=True))
    assert GitRemote(str(bare)).fetch("state") == anew
    assert anew.files == {"a": b"1"}
    assert anew.root_at == LATER
    assert _log(bare, "state") == ["Anew"]


def test_who_begins_anew_over_somebody_s_push_loses_too(bare: Path) -> None:
    remote = GitRemote(str(bare))
    first = remote.push("state", {"a": b"1"}, Change(None, "First", NOW))
    other = GitRemote(str(bare))
    seen = other.fetch("state")
    remote.push("state", {"a": b"2"}, Change(first, "Second", NOW))
    with pytest.raises(RemoteMoved):
        other.push("state", {}, Change(seen, "Anew", LATER, begins_anew=True))
    assert _log(bare, "state") == ["Second", "First"]


def test_one_file_is_changed_on_a_branch_of_which_only_the_tip_was_fetched(bare: Path) -> None:
    remote = GitRemote(str(bare))
    first = remote.push(
        "main", {"README.md": b"1", "config/club.yaml": b"2"}, Change(None, "1", NOW)
    )
    remote.push("main", {"more": b"3"}, Change(first, "2", NOW))
    other = GitRemote(f"file://{bare}")
    tip = other.fetch("main", whole=False)
    other.push("main", {"config/history/2026-W47.json": b"{}"}, Change(tip, "3", LATER))
    seen = remote.fetch("main")
    assert seen is not None
    assert sorted(seen.files) == [
        *("README.md", "config/club.yaml", "config/history/2026-W47.json", "more"),
    ]
    assert _log(bare, "main") == ["3", "2", "1"]


def test_the_default_branch_is_what_the_remote_shows_first(bare: Path) -> None:
    GitRemote(str(bare)).push("main", {"a": b"1"}, Change(None, "First", NOW))
    assert GitRemote(str(bare)).default_branch() == "main"


def test_an_empty_repository_says_that_it_has_no_default_branch(bare: Path) -> None:
    with pytest.raises(RemoteFailed, match="default"):
        GitRemote(str(bare)).default_branch()


def test_what_a_hook_refuses_is_told_as_refused(bare: Path) -> None:
    hook = bare / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'secret words of the server' >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(RemoteRefused) as caught:
        GitRemote(str(bare)).push("state", {"a": b"1"}, Change(None, "First", NOW))
    assert "pre-receive hook declined" in caught.value.message
    assert "secret words" not in caught.value.message + caught.value.advice


def test_a_place_that_is_not_there_is_told_without_its_address(tmp_path: Path) -> None:
    remote = GitRemote(f"file://user:hunter2@localhost{tmp_path}/nowhere.git")
    with pytest.raises(RemoteFailed) as caught:
        remote.fetch("state")
    assert "hunter2" not in str(caught.value) + caught.value.advice


def test_the_origin_of_the_checkout_around_a_folder_is_taken(bare: Path, tmp_path: Path) -> None:
    GitRemote(str(bare)).push("main", {"config/a": b"1"}, Change(None, "First", NOW))
    run_git(["clone", "--quiet", str(bare), "clone"], tmp_path)
    remote = GitRemote.of_checkout(tmp_path / "clone" / "config", None)
    assert remote.tip("main") == run_git(["rev-parse", "main"], bare).decode().strip()


def test_a_folder_in_no_checkout_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="checkout"):
        GitRemote.of_checkout(tmp_path, None)


def test_the_token_is_a_header_for_its_own_server_alone() -> None:
    given = header_for("https://github.com/campus-club/digests", "t0ken", "https://github.com")
    secret = base64.b64encode(b"x-access-token:t0ken").decode()
    assert f"AUTHORIZATION: basic {secret}" in given.values()
    assert "http.https://github.com/.extraheader" in given.values()
    for elsewhere in (
        "https://github.example/campus-club/digests",
        "http://github.com/campus-club/digests",
        "https://github.com.evil.example/campus-club/digests",
        "git@github.com:campus-club/digests",
    ):
        assert header_for(elsewhere, "t0ken", "https://github.com") == {}


def test_git_sends_that_header(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    more = header_for("https://github.com/campus-club/digests", "t0ken", "https://github.com")
    told = run_git(
        ["config", "--get-urlmatch", "http", "https://github.com/x"], tmp_path, more=more
    )
    assert b"http.extraheader AUTHORIZATION: basic" in told


def test_a_surrounding_git_command_s_own_repository_is_not_taken(
    bare: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "another"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "its-index"))
    GitRemote(str(bare)).push("state", {"a": b"1"}, Change(None, "First", NOW))
    monkeypatch.undo()
    assert _log(bare, "state") == ["First"]


def test_no_scratch_repository_is_left_behind(
    bare: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    code = (
        "from bot.adapters.git_remote import GitRemote\n"
        f"assert GitRemote({str(bare)!r}).fetch('state') is None\n"
    )
    environment = {**os.environ, "TMPDIR": str(scratch)}
    subprocess.run(["python", "-c", code], env=environment, check=True)
    assert list(scratch.iterdir()) == []


def test_a_branch_may_begin_anew_on_the_tip_of_another(bare: Path) -> None:
    remote = GitRemote(str(bare))
    base = remote.push("main", {"a": b"1"}, Change(None, "First", NOW))
    old = remote.push("patch", {"b": b"2"}, Change(None, "Old", NOW, onto=base))
    tip = remote.push("main", {"a": b"3"}, Change(base, "Second", LATER))
    new = remote.push("patch", {"c": b"4"}, Change(old, "New", LATER, onto=tip))
    assert GitRemote(str(bare)).fetch("patch") == new
    assert new.files == {"a": b"3", "c": b"4"}
    assert _log(bare, "patch") == ["New", "Second", "First"]


def test_a_branch_that_begins_anew_still_must_be_where_it_was_seen(bare: Path) -> None:
    remote = GitRemote(str(bare))
    base = remote.push("main", {"a": b"1"}, Change(None, "First", NOW))
    remote.push("patch", {"b": b"2"}, Change(None, "Theirs", NOW, onto=base))
    with pytest.raises(RemoteMoved):
        remote.push("patch", {"c": b"3"}, Change(None, "Ours", NOW, onto=base))


@pytest.mark.parametrize(
    ("url", "repository"),
    [
        ("https://github.com/campus-club/digests", "campus-club/digests"),
        ("https://x:secret@github.com/campus-club/digests.git", "campus-club/digests"),
        ("ssh://git@github.com/campus-club/my.site.git/", "campus-club/my.site"),
        ("git@github.com:campus-club/digests.git", "campus-club/digests"),
        ("/srv/campus-club/digests.git", None),
        ("file:///srv/campus-club/digests.git", None),
        ("https://git.example.org/a/b/c", None),
    ],
)
def test_an_address_on_a_server_tells_the_repository(url: str, repository: str | None) -> None:
    assert GitRemote(url).repository == repository
