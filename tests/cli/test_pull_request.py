"""`foothold check --pull-request`: against a real history, and a sandbox for reviews."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.main import call
from bot.sandbox.world import World
from tests.fakes_checkout import Checkout, open_checkout, pull_request_event, write_event
from tests.stage import CLUB_REPOSITORY, NOW, open_stage

CLUB = f"name: Club\nrepository: {CLUB_REPOSITORY}\nmentors: [{{github: grace-example}}]\n"
RIGHT = "languages: [Python]\n"
ADA, BEN = "config/students/ada-example.yaml", "config/students/ben-example.yaml"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Checkout]:
    folder = tmp_path / "club"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with open_stage(folder, monkeypatch, World(NOW)) as stage:
        stage.write_config({"ada-example": RIGHT, "ben-example": RIGHT}, CLUB)
        yield open_checkout(stage)


def check(checkout, monkeypatch, author, files, **facts):
    """Change these files on a branch, and check that as the author's pull request."""
    base = checkout.git("rev-parse", "origin/main")
    for path, text in files.items():
        if text is None:
            (checkout.folder / path).unlink()
        else:
            (checkout.folder / path).write_text(text, "utf-8")
    head = checkout.commit()
    event = pull_request_event(base, head, author, **facts)
    write_event(checkout.folder, monkeypatch, event, "pull_request")
    return call(["check", "--pull-request"]), head


@pytest.mark.parametrize("author", ["ada-example", "Ada-Example", "grace-example"])
def test_who_may_change_a_file_passes(author, checkout, monkeypatch, capsys):
    assert check(checkout, monkeypatch, author, {ADA: "interests: [maps]\n"})[0] == 0
    assert capsys.readouterr().err == ""


def test_who_may_not_is_told_each_file(checkout, monkeypatch, capsys):
    files = {BEN: None, "config/club.yaml": CLUB.replace("grace", "ada")}
    assert check(checkout, monkeypatch, "ada-example", files)[0] == 2
    told = capsys.readouterr().err
    assert "config/club.yaml:1: ada-example may not change this alone" in told
    assert f"{BEN}:1: this is the file of ben-example" in told


def test_to_make_oneself_a_mentor_helps_nobody(checkout, monkeypatch, capsys):
    files = {BEN: "interests: [maps]\n", "config/club.yaml": CLUB.replace("grace", "ada")}
    assert check(checkout, monkeypatch, "ada-example", files)[0] == 2
    assert BEN in capsys.readouterr().err


def test_a_renamed_file_is_taken_from_somebody(checkout, monkeypatch, capsys):
    files = {BEN: None, "config/students/zoe-example.yaml": RIGHT}
    assert check(checkout, monkeypatch, "zoe-example", files)[0] == 2
    told = capsys.readouterr().err
    assert BEN in told
    assert "config/students/zoe-example.yaml" not in told


def test_what_is_wrong_in_the_files_is_told_with_it(checkout, monkeypatch, capsys):
    files = {ADA: "shoe: 42\n", BEN: "interests: [maps]\n"}
    assert check(checkout, monkeypatch, "ada-example", files)[0] == 2
    told = capsys.readouterr().err
    assert f"{ADA}:1: there is no key `shoe`" in told
    assert f"{BEN}:1: this is the file of ben-example" in told


def test_what_the_default_branch_changed_meanwhile_is_not_the_author_s(checkout, monkeypatch):
    start = checkout.git("rev-parse", "HEAD")
    (checkout.folder / BEN).write_text("interests: [maps]\n", "utf-8")
    checkout.push()
    checkout.git("checkout", "--quiet", start)
    assert check(checkout, monkeypatch, "ada-example", {ADA: "interests: [maps]\n"})[0] == 0


@pytest.mark.parametrize(
    ("reviews", "code"),
    [
        ([("grace-example", "APPROVED")], 0),
        ([("ben-example", "APPROVED")], 2),
        ([("grace-example", "COMMENTED")], 2),
        ([("grace-example", "APPROVED"), ("grace-example", "COMMENTED")], 0),
        ([("grace-example", "APPROVED"), ("grace-example", "CHANGES_REQUESTED")], 2),
        ([("grace-example", "CHANGES_REQUESTED"), ("grace-example", "APPROVED")], 0),
    ],
)
def test_a_mentor_s_last_verdict_on_the_last_commit_decides(reviews, code, checkout, monkeypatch):
    world = checkout.stage.world
    home = world.repository(CLUB_REPOSITORY)
    pull = world.open_pull_request(home, "ada-example", "Change Ben", head="patch-1")
    files = {BEN: "interests: [maps]\n"}
    facts = {"number": pull.number}
    assert check(checkout, monkeypatch, "ada-example", files, **facts)[0] == 2
    head = checkout.git("rev-parse", "HEAD")
    world.move_branch(home, "patch-1", head)
    for login, state in reviews:
        world.review(pull, login, state)
    assert check(checkout, monkeypatch, "ada-example", {}, **facts)[1] != head
    write_event(
        checkout.folder,
        monkeypatch,
        pull_request_event(checkout.git("rev-parse", "origin/main"), head, "ada-example", **facts),
    )
    assert call(["check", "--pull-request"]) == code


def test_a_commit_after_the_approval_is_not_approved(checkout, monkeypatch):
    world = checkout.stage.world
    home = world.repository(CLUB_REPOSITORY)
    pull = world.open_pull_request(home, "ada-example", "Change Ben", head="patch-1")
    world.review(pull, "grace-example", "APPROVED")
    files = {BEN: "interests: [maps]\n"}
    assert check(checkout, monkeypatch, "ada-example", files, number=pull.number)[0] == 2


def test_in_actions_each_problem_is_an_annotation(checkout, monkeypatch, capsys):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert check(checkout, monkeypatch, "ada-example", {BEN: None})[0] == 2
    assert f"\n::error file={BEN},line=1::" in capsys.readouterr().err


def test_a_history_that_is_not_there_is_asked_for(checkout, monkeypatch, capsys):
    event = pull_request_event("a" * 40, "b" * 40, "ada-example")
    write_event(checkout.folder, monkeypatch, event)
    assert call(["check", "--pull-request"]) == 2
    assert "fetch-depth: 0" in capsys.readouterr().err


def test_a_configuration_that_becomes_a_link_is_not_judged_as_what_it_leads_to(
    checkout, monkeypatch, capsys
):
    example = checkout.folder / "templates/club/config"
    (example / "students").mkdir(parents=True)
    (example / "club.yaml").write_text("name: Example\nexample: true\n", "utf-8")
    (example / "students/ada-example.yaml").write_text(RIGHT, "utf-8")
    checkout.git("add", "templates")
    base = checkout.push()
    shutil.rmtree(checkout.folder / "config")
    (checkout.folder / "config").symlink_to("templates/club/config")
    head = checkout.commit()
    write_event(checkout.folder, monkeypatch, pull_request_event(base, head, "mallory-example"))
    assert call(["check", "--pull-request"]) == 2
    assert "link" in capsys.readouterr().err


def test_what_a_branch_takes_back_of_one_of_two_merged_histories_is_its_author_s(
    checkout, monkeypatch, capsys
):
    """`main` merged Ben's change; the author merged the same commits, and kept what was before."""
    start = checkout.git("rev-parse", "HEAD")
    (checkout.folder / BEN).write_text("interests: [maps]\n", "utf-8")
    theirs = checkout.commit()
    checkout.git("checkout", "--quiet", start)
    (checkout.folder / "config/events.yaml").write_text("events: []\n", "utf-8")
    ours = checkout.commit()
    checkout.git("merge", "--quiet", "--no-edit", theirs)
    base = checkout.push()
    for first, second in ((ours, theirs), (theirs, ours)):
        checkout.git("checkout", "--quiet", first)
        checkout.git("merge", "--quiet", "--no-commit", "--strategy=ours", second)
        head = checkout.commit()
        event = pull_request_event(base, head, "mallory-example")
        write_event(checkout.folder, monkeypatch, event)
        assert call(["check", "--pull-request"]) == 2
        told = capsys.readouterr().err
        checkout.git("checkout", "--quiet", base)
        checkout.git("merge", "--quiet", "--no-edit", head)
        lost = checkout.git("diff", "--name-only", base, "HEAD")
        assert lost in {BEN, "config/events.yaml"}
        assert f"{lost}:1: " in told
