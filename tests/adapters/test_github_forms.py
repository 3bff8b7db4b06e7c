"""The desk for forms reads open issues of the club's repository, and closes what is done."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.github_client import writer
from bot.adapters.github_forms import GitHubForms
from bot.errors import GitHubError
from bot.forms import FormKind
from bot.sandbox.faults import Fault, Match, bad_gateway, not_json_body
from bot.sandbox.messages import Answer
from bot.sandbox.world import World
from tests.stage import CLUB_REPOSITORY, NOW, TOKEN, Stage, open_stage

STOP = ("Foothold: stop", "### Anything you want to tell us?\n\n_No response_")


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with open_stage(tmp_path, monkeypatch, World(NOW)) as opened:
        yield opened


def desk(stage: Stage) -> GitHubForms:
    return GitHubForms(writer(TOKEN, stage.sandbox.url), CLUB_REPOSITORY)


def hand_in(stage: Stage, author: str = "ada-example", title: str = STOP[0], body: str = STOP[1]):
    club = stage.world.repository(CLUB_REPOSITORY)
    return stage.world.open_issue(club, author, title, body)


def test_forms_are_read_with_who_and_when_and_the_rest_is_passed_over(stage: Stage) -> None:
    hand_in(stage, title="A question", body="How do I begin?")
    form = hand_in(stage)
    club = stage.world.repository(CLUB_REPOSITORY)
    stage.world.open_pull_request(club, "ada-example", *STOP)
    (slip,) = desk(stage).slips(settled_too=False)
    assert (slip.number, slip.author, slip.at) == (form.number, "ada-example", form.created_at)
    assert slip.form.kind is FormKind.STOP


def test_more_than_a_page_is_read_oldest_first(stage: Stage) -> None:
    numbers = [hand_in(stage).number for _ in range(101)]
    assert [slip.number for slip in desk(stage).slips(settled_too=False)] == numbers


def test_what_is_settled_is_closed_and_read_no_more(stage: Stage) -> None:
    form = hand_in(stage)
    (slip,) = desk(stage).slips(settled_too=False)
    for _ in range(2):
        desk(stage).settle(slip)
    assert (form.state, form.state_reason) == ("CLOSED", "COMPLETED")
    assert desk(stage).slips(settled_too=False) == ()
    (again,) = desk(stage).slips(settled_too=True)
    assert (again.form, again.is_open) == (slip.form, False)


@pytest.mark.parametrize(
    "fault",
    [
        bad_gateway(),
        not_json_body(),
        Fault("an object", before=lambda request: Answer(200, {"title": "x"})),
        Fault("no numbers", before=lambda request: Answer(200, [{"title": "x"}])),
    ],
    ids=lambda fault: fault.name,
)
def test_a_list_that_cannot_be_read_is_githubs_error(stage: Stage, fault: Fault) -> None:
    stage.sandbox.faults.add(fault, Match(method="GET", path="*/issues"), times=None)
    with pytest.raises(GitHubError):
        desk(stage).slips(settled_too=False)
