"""The front desk over the sandbox and a bare remote: what stands there, and what is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.front_desk import GitHubFrontDesk, Home
from bot.adapters.git_remote import Change, GitRemote
from bot.adapters.github_client import writer
from bot.adapters.github_post_trust import Trust
from bot.enrolling import Answered, Proposal
from bot.errors import Outage, Refused
from bot.rendering.marker import make_form_marker
from bot.sandbox.fault_nulls import null_nodes
from bot.sandbox.faults import Match
from bot.sandbox.world import World
from tests.fakes import MemoryRegister
from tests.fakes_checkout import Checkout, open_checkout
from tests.stage import CLUB, CLUB_REPOSITORY, NOW, POSTER, TOKEN, open_stage

SHA = "0123456789abcdef"
FILE = "config/students/Ada-Example.yml"
BRANCH = "foothold/subscribe-ada-example"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Checkout]:
    folder = tmp_path / "club"
    folder.mkdir()
    with open_stage(folder, monkeypatch, World(NOW)) as stage:
        stage.write_config({}, CLUB)
        (stage.config / "students/Ada-Example.yml").write_text("interests: [maps]\n", "utf-8")
        yield open_checkout(stage)


def desk(checkout: Checkout, token: str = TOKEN) -> GitHubFrontDesk:
    client = writer(token, checkout.stage.sandbox.url)
    trust = Trust(client, MemoryRegister(), ())
    home = Home(CLUB_REPOSITORY, "config")
    return GitHubFrontDesk(client, home, GitRemote(str(checkout.bare)), trust)


def club(checkout):
    return checkout.stage.world.repository(CLUB_REPOSITORY)


def proposal(text="interests: [games]\n", title="Change"):
    return Proposal("Ada-Example", {FILE: text}, title, "Body", NOW)


def test_an_issue_is_told_as_it_stands(checkout):
    world = checkout.stage.world
    issue = world.open_issue(club(checkout), "ada-example", "Title", "Text")
    ours = world.comment(issue, POSTER, f"{make_form_marker(SHA)}\nYes.")
    world.comment(issue, "mallory-example", f"{make_form_marker('f' * 16)}\nNo.")
    standing = desk(checkout).standing(issue.number)
    assert (standing.title, standing.body, standing.is_open) == ("Title", "Text", True)
    assert (standing.editor, standing.answered) == (None, Answered(SHA, ours.created_at))
    assert ours.author == POSTER
    world.edit_issue(issue, "grace-example", body="Other")
    world.close(issue, "grace-example")
    later = desk(checkout).standing(issue.number)
    assert (later.body, later.editor, later.is_open) == ("Other", "grace-example", False)


def test_whose_words_a_form_holds_must_be_known(checkout):
    world = checkout.stage.world
    issue = world.open_issue(club(checkout), "ada-example", "Title", "Text")
    silent = null_nodes(("nodes", 0))
    checkout.stage.sandbox.faults.add(silent, Match(operation="ReadEditors"), times=None)
    with pytest.raises(Outage, match="who edited the form"):
        desk(checkout).standing(issue.number)


def test_an_issue_that_is_gone_is_none(checkout):
    assert desk(checkout).standing(99) is None


def test_a_file_is_found_whatever_its_case_and_nobody_else_s(checkout):
    assert desk(checkout).file_of("ADA-example").path == FILE
    assert desk(checkout).file_of("ada") is None


def test_often_proposed_is_once(checkout):
    numbers = {desk(checkout).propose(proposal()) for _ in range(3)}
    assert len(numbers) == 1
    assert len(checkout.stage.world.pull_requests[CLUB_REPOSITORY]) == 1
    assert checkout.git("ls-remote", "origin", BRANCH).count("\n") == 0
    assert checkout.file(BRANCH, FILE) == "interests: [games]\n"


def test_another_proposal_takes_the_place_of_the_first(checkout):
    number = desk(checkout).propose(proposal())
    assert desk(checkout).propose(proposal(None, "Take out")) == number
    assert checkout.file(BRANCH, FILE) is None
    pull = checkout.stage.world.pull_request(CLUB_REPOSITORY, number)
    assert pull.title == "Take out"


def test_a_request_that_was_closed_is_followed_by_a_new_one_on_the_newest_tip(checkout):
    first = desk(checkout).propose(proposal())
    assert desk(checkout).withdraw("ada-example") == first
    assert desk(checkout).withdraw("ada-example") is None
    remote = GitRemote(str(checkout.bare))
    remote.push("main", {"new": b"1"}, Change(remote.fetch("main"), "Newer", NOW))
    assert desk(checkout).propose(proposal()) != first
    assert checkout.file(BRANCH, "new") == "1"


def test_a_repository_that_lets_no_workflow_open_requests_says_how_it_would(checkout):
    checkout.stage.sandbox.tokens.add_actions("workflow", CLUB_REPOSITORY)
    with pytest.raises(Refused, match="does not let workflows open") as refusal:
        desk(checkout, "workflow").propose(proposal())
    assert "Allow GitHub Actions to create" in refusal.value.advice
