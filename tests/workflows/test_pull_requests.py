"""Pull requests that touch the configuration are judged by what was there before them.

The repository is a copy of our own, so the workflow runs the code of a second checkout.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.workflows.club import MENTOR, Club, open_club
from tests.workflows.reading import ROOT

NOW = datetime(2026, 11, 9, 13, 23, tzinfo=UTC)
BENS = "config/students/ben-example.yaml"


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory, forge: Path) -> Iterator[Club]:
    with open_club(tmp_path_factory.mktemp("club"), NOW, forge) as opened:
        opened.use_own_workflows()
        yield opened


def test_a_student_may_change_their_own_file(club):
    [run] = club.propose("ben-example", {BENS: "languages: [Go, Rust]\n"})
    assert run.results == {"check": "success"}, run.log


def test_a_stranger_may_not_until_a_mentor_approves(club):
    [run] = club.propose("mallory-example", {BENS: "languages: [Cobol]\n"})
    assert run.results == {"check": "failure"}
    assert BENS in run.log
    [again] = club.review("ada-example", club.pull_requests()[-1], "APPROVED")
    assert again.results == {"check": "failure"}
    [then] = club.review(MENTOR, club.pull_requests()[-1], "APPROVED")
    assert then.results == {"check": "success"}, then.log


def test_a_mistake_is_told_at_its_line(club):
    [run] = club.propose("ada-example", {"config/students/ada-example.yaml": "languagse: [Go]\n"})
    assert run.results == {"check": "failure"}
    assert "languagse" in run.log


def test_code_that_a_pull_request_brings_does_not_judge_it(club):
    action = (ROOT / "action.yml").read_text("utf-8")
    pwned = action.replace("      run: |", "      run: |\n        echo pwned", 1)
    assert pwned != action
    files = {BENS: "languages: [Cobol]\n", "action.yml": pwned}
    [run] = club.propose("mallory-example", files)
    assert run.results == {"check": "failure"}
    assert "pwned" not in run.log


def test_a_pull_request_elsewhere_is_not_looked_at(club):
    assert club.propose("mallory-example", {"README.md": "Hello\n"}) == []


def test_one_that_was_opened_for_another_branch_is_judged_when_it_is_moved(club):
    club.propose("mallory-example", {BENS: "languages: [Cobol]\n"})
    moved = club.told_of(club.pull_requests()[-1], "edited")
    [run] = club.hub.emit("pull_request", moved, (BENS,))
    assert run.results == {"check": "failure"}
