"""Who starts what: an example nothing, a stranger nothing, a mentor a delivery."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.rendering.marker import make_form_marker
from tests.workflows.club import CLUB, MENTOR, Club, open_club

NOW = datetime(2026, 11, 9, 13, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory, forge: Path) -> Iterator[Club]:
    """A copy of our whole repository that still is the example club."""
    folder = tmp_path_factory.mktemp("example")
    with open_club(folder, NOW, forge, f"{CLUB}example: true\n") as opened:
        opened.use_own_workflows()
        yield opened


def test_an_example_club_does_nothing_by_its_schedules(club):
    for name in ("learn", "prepare", "deliver"):
        run = club.hub.schedule(name)
        assert run.results.pop("gate") == "success"
        assert set(run.results.values()) == {"skipped"}
        assert "nothing runs by itself" in run.log
    assert list(club.branches()) == ["main"]


def test_a_form_to_an_example_club_is_left_alone(club):
    [run] = club.open_form("ada-example", "stop", {})
    assert run.results == {"subscribe": "success"}
    assert [step.outcome for step in run.steps[3:]] == ["skipped"] * 3


def test_an_issue_that_is_no_form_is_not_worth_a_machine(club):
    issue = club.world.open_issue(club.home, "ada-example", "When do we meet?", "", ())
    [run] = club.hub.emit("issues", club.payload("opened", issue, "ada-example"))
    assert (run.results, run.steps) == ({"subscribe": "skipped"}, [])


OURS = f"{make_form_marker('0' * 16)}\nThis digest has a link: https://github.com/a/b"


@pytest.mark.parametrize("text", ["Thank you!", "approve", OURS])
def test_a_comment_without_a_command_of_a_person_is_not_worth_a_machine(club, text):
    issue = club.world.open_issue(club.home, "ada-example", "Hello", "", ())
    [run] = club.comment(MENTOR, issue, text)
    assert set(run.results.values()) == {"skipped"}
    assert run.steps == []


HOSTILE = '/approve $(touch pwned) `touch pwned`\n"; touch pwned #\n${{ github.token }}\ngo=true'


def test_a_strangers_comment_starts_no_delivery_and_no_shell_sees_it(club):
    issue = club.world.open_issue(club.home, "ada-example", "Hello", "", ())
    [run] = club.comment("mallory-example", issue, HOSTILE)
    assert run.results == {"gate": "success", "deliver": "skipped", "history": "skipped"}
    assert list(club.site.folder.rglob("pwned")) == []
    assert "touch" not in run.log
