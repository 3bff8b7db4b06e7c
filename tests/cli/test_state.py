"""`foothold state`: what a runner, and what an officer at home, sees of the branch."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.git_command import run_git
from bot.adapters.git_remote import GitRemote
from bot.adapters.sealing import make_key_pair
from bot.adapters.state_branch import BRANCH
from bot.rendering.proofs import TITLE, make_cover
from tests.stage import CLUB, CLUB_REPOSITORY, POSTER, TOKEN, WEEK, Stage, open_stage
from tests.week.small import STUDENTS, small_world

ADA = "ada-example"


class Club:
    """A stage whose configuration stands in a checkout, and the remote that it came from."""

    def __init__(self, stage: Stage, bare: Path) -> None:
        self.stage, self.bare = stage, bare

    def call(self, command: str, *arguments: str) -> int:
        return self.stage.call(command, *arguments)

    def forget_all(self) -> None:
        """Be another machine: nothing is kept here."""
        (self.stage.folder / "state.db").unlink(missing_ok=True)
        shutil.rmtree(self.stage.folder / ".foothold", ignore_errors=True)

    def files(self) -> dict[str, bytes]:
        snapshot = GitRemote(str(self.bare)).fetch(BRANCH)
        return dict(snapshot.files) if snapshot else {}


@pytest.fixture
def club(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Club]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_REPOSITORY", CLUB_REPOSITORY)
    bare = tmp_path / "bare.git"
    run_git(["init", "--quiet", "--bare", str(bare)], tmp_path)
    run_git(["init", "--quiet"], tmp_path)
    run_git(["remote", "add", "origin", str(bare)], tmp_path)
    with open_stage(tmp_path, monkeypatch, small_world()) as stage:
        stage.write_config(STUDENTS, CLUB)
        yield Club(stage, bare)


def test_a_week_on_machines_that_forget(club: Club, capsys: pytest.CaptureFixture[str]) -> None:
    assert club.call("state pull") == 0
    assert "There is no branch foothold-state yet" in capsys.readouterr().out
    assert club.call("prepare", "--live") == 0
    assert club.call("state push") == 0
    assert "Nothing to push" in capsys.readouterr().out
    assert (club.stage.folder / ".foothold" / "harvest.sqlite").exists()
    club.forget_all()
    assert club.call("state pull") == 0
    assert "without a harvest" in capsys.readouterr().out
    assert club.call("deliver", "--live") == 0
    assert len(club.stage.posts()) == 2
    club.forget_all()
    assert club.call("state pull") == 0
    assert club.call("run", "--live") == 0
    assert len(club.stage.posts()) == 2


def test_a_harvest_that_the_cache_kept_is_not_paid_for_again(
    club: Club, capsys: pytest.CaptureFixture[str]
) -> None:
    club.call("state pull")
    club.call("prepare")
    club.call("state push")
    shutil.copy(".foothold/harvest.sqlite", "kept.sqlite")
    n_requests = []
    for has_cache in (True, False):
        club.forget_all()
        (club.stage.folder / ".foothold").mkdir()
        if has_cache:
            shutil.copy("kept.sqlite", ".foothold/harvest.sqlite")
        capsys.readouterr()
        assert club.call("state pull") == 0
        assert ("with a harvest" in capsys.readouterr().out) is has_cache
        before = len(club.stage.sandbox.requests)
        assert club.call("prepare") == 0
        n_requests.append(len(club.stage.sandbox.requests) - before)
    assert n_requests[0] < n_requests[1]
    assert club.call("run", "--live") == 0
    assert len(club.stage.posts()) == 2


def test_a_stop_at_home_reaches_the_runs_by_a_push(
    club: Club, capsys: pytest.CaptureFixture[str]
) -> None:
    club.call("state pull")
    club.call("prepare", "--live")
    assert club.call("stop", ADA) == 0
    assert "foothold state push" in capsys.readouterr().out
    assert club.call("state push") == 0
    assert "Pushed." in capsys.readouterr().out
    club.forget_all()
    club.call("state pull")
    assert club.call("deliver", "--live") == 0
    assert [body for _, _, body in club.stage.posts() if f"student={ADA}" in body] == []


def test_who_is_forgotten_is_in_no_commit_after_the_push(club: Club) -> None:
    club.call("state pull")
    club.call("run", "--live")
    assert ADA.encode() in b"".join(club.files().values())
    assert club.call("forget", ADA) == 0
    assert club.call("state push") == 0
    assert run_git(["rev-list", "--count", BRANCH], club.bare).strip() == b"1"
    assert ADA.encode() not in b"".join(club.files().values())


def test_a_pull_over_what_only_stands_here_is_refused(
    club: Club, capsys: pytest.CaptureFixture[str]
) -> None:
    club.call("state pull")
    club.call("prepare", "--live")
    club.call("stop", ADA)
    assert club.call("state pull") == 6
    assert "--force" in capsys.readouterr().err
    assert club.call("state pull", "--force") == 0


def test_a_branch_that_is_lost_stops_live_runs_until_somebody_says_so(
    club: Club, capsys: pytest.CaptureFixture[str]
) -> None:
    club.call("state pull")
    assert club.call("run", "--live") == 0
    run_git(["update-ref", "-d", f"refs/heads/{BRANCH}"], club.bare)
    club.forget_all()
    assert club.call("state pull") == 0
    assert "foothold state rebuild" in capsys.readouterr().out
    assert club.call("run", "--live") == 6
    assert "foothold state rebuild" in capsys.readouterr().err
    assert club.call("state pull", "--force") == 0
    assert club.call("run", "--live") == 0
    assert len(club.stage.posts()) == 2


def test_where_nobody_may_look_for_posts_a_pull_says_where_and_takes_nothing_for_new(
    club: Club, capsys: pytest.CaptureFixture[str]
) -> None:
    club.stage.write_config(STUDENTS, CLUB.replace(CLUB_REPOSITORY, "campus-club/elsewhere"))
    assert club.call("state pull") == 3
    told = capsys.readouterr().err
    assert "campus-club/elsewhere" in told
    assert "FOOTHOLD_TOKEN" in told


def test_somebody_s_copy_of_a_marker_makes_no_branch_lost(
    club: Club, capsys: pytest.CaptureFixture[str]
) -> None:
    marker = f"<!-- foothold:v1 week={WEEK} student={ADA} sha={'0' * 16} -->"
    repository = club.stage.world.repository(CLUB_REPOSITORY)
    club.stage.world.open_issue(repository, "mallory-example", "Look", marker)
    assert club.call("state pull") == 0
    assert "rebuild" not in capsys.readouterr().out


def test_posts_by_a_member_s_token_tell_of_a_lost_branch_to_a_workflow_with_its_own(
    club: Club,
) -> None:
    """A post of the first week by FOOTHOLD_TOKEN, which the step that pulls is not given."""
    home = club.stage.world.repository(CLUB_REPOSITORY)
    assert home is not None
    home.collaborators = (*home.collaborators, "officer-example")
    marker = f"<!-- foothold:v1 week={WEEK} student={ADA} sha={'0' * 16} -->"
    club.stage.world.open_issue(home, "officer-example", "Digest", marker)
    club.call("state pull")
    assert club.call("run", "--live") == 6


def test_proofs_tell_of_a_lost_branch_where_all_get_mail(club: Club) -> None:
    home = club.stage.world.repository(CLUB_REPOSITORY)
    club.stage.world.open_issue(home, POSTER, TITLE, make_cover(), ("foothold-proofs",))
    for n in range(100):
        club.stage.world.open_issue(home, "mallory-example", f"Other things {n}", "")
    club.call("state pull")
    assert club.call("run", "--live") == 6


def test_a_machine_that_never_pulled_is_told_before_it_does_something_beside_the_branch(
    club: Club, capsys: pytest.CaptureFixture[str]
) -> None:
    club.call("state pull")
    assert club.call("run", "--live") == 0
    before = club.files()
    club.forget_all()
    assert club.call("run", "--live") == 6
    assert "`foothold state pull`" in capsys.readouterr().err
    assert club.call("forget", ADA) == 6
    assert club.call("state rebuild") == 6
    assert "foothold state pull" in capsys.readouterr().err
    assert club.files() == before
    assert club.call("stop", ADA) == 0
    assert "foothold state push" in capsys.readouterr().out
    assert club.call("state push") == 0
    assert set(club.files()) - set(before) == {"stops.jsonl"}


def test_without_a_token_nobody_takes_a_lost_branch_for_one_that_never_was(
    club: Club, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    assert club.call("state pull") == 2
    assert "GITHUB_TOKEN" in capsys.readouterr().err
    assert club.call("state pull", "--force") == 0


def test_a_journal_in_memory_has_nothing_to_do_with_the_branch(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    club.call("state pull")
    assert club.call("prepare", "--live") == 0
    before = club.files()
    monkeypatch.setenv("FOOTHOLD_STATE", "sqlite://")
    assert club.call("prepare", "--live") == 0
    assert club.call("state push") == 2
    assert club.files() == before


def test_in_a_public_repository_the_branch_is_closed_or_nothing_is_sent(
    club: Club, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repository = club.stage.world.repository(CLUB_REPOSITORY)
    assert repository is not None
    repository.private = False
    students = {login: f"{text}public: true\n" for login, text in STUDENTS.items()}
    club.stage.write_config(students, CLUB)
    club.call("state pull")
    capsys.readouterr()
    assert club.call("run", "--live") == 2
    assert "public_key" in capsys.readouterr().err
    assert (club.files(), club.stage.posts()) == ({}, [])
    keys = make_key_pair()
    club.stage.write_config(students, f"{CLUB}public_key: {keys.public_key}\n")
    assert club.call("run", "--live") == 0
    assert [path for path in club.files() if not path.endswith(".gz.age")] == ["README.md"]
    club.forget_all()
    assert club.call("state pull") == 2
    assert "FOOTHOLD_KEY" in capsys.readouterr().err
    monkeypatch.setenv("FOOTHOLD_KEY", keys.identity)
    assert club.call("state pull") == 0
    assert club.call("run", "--live") == 0
    assert len(club.stage.posts()) == 2


def test_what_nobody_can_ask_about_counts_as_public(
    club: Club, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "nobody/knows")
    club.call("state pull")
    assert club.call("state push") == 2
    assert "public_key" in capsys.readouterr().err


def test_no_address_and_no_token_stands_on_the_branch(club: Club) -> None:
    club.call("state pull")
    club.call("run", "--live")
    told = b"".join(club.files().values())
    assert b"@" not in told
    assert TOKEN.encode() not in told


def test_outside_a_checkout_it_says_what_is_missing(
    club: Club, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(club.stage.folder / ".git")
    assert club.call("state pull") == 2
    assert "checkout" in capsys.readouterr().err
