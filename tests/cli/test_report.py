"""`foothold report` over a small club: on a terminal, in files, for a mentor, for one student."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.adapters.database import SqlJournal
from bot.outcomes.progress import Outcome
from tests.builders_cohort import build_progress
from tests.played import Played, play
from tests.stage import NOW, WEEK, Stage, open_stage
from tests.week.small import STUDENTS, small_world

CLUB = """name: Test Club
repository: campus-club/digests
timezone: America/Puerto_Rico
example: true
mentors:
  - github: grace-example
    students: [ada-example]
  - github: hal-example
"""
#: Ada's five picks and Ben's two.
N_OFFERED = 7


@pytest.fixture
def stage(tmp_path, monkeypatch) -> Iterator[Stage]:
    monkeypatch.chdir(tmp_path)
    with open_stage(tmp_path, monkeypatch, small_world()) as stage:
        stage.write_config(STUDENTS, CLUB)
        yield stage


@pytest.fixture(scope="module")
def merged(tmp_path_factory) -> Played:
    """A week has gone out, and one of Ada's picks was merged since."""
    folder = tmp_path_factory.mktemp("merged")
    played = play("run", folder, lambda stage: stage.write_config(STUDENTS, CLUB), small_world())
    with SqlJournal.open(f"sqlite:///{folder / 'state.db'}") as journal:
        [pick, *_] = [
            one.digest.offered[0]
            for one in journal.sent_since(WEEK)
            if one.digest.student == "ada-example"
        ]
        pull = f"https://github.com/{pick.repository}/pull/90"
        merged = build_progress(
            Outcome.MERGED,
            pick.number,
            repository=pick.repository,
            title=pick.title,
            pull_url=pull,
            merged_at=NOW,
            offered_at=NOW,
        )
        journal.progress_book().record_progress([merged])
    shutil.rmtree(folder / "out")
    return played


@pytest.fixture
def sent(merged, tmp_path, monkeypatch) -> Iterator[Stage]:
    """The week that was sent, with the merge."""
    monkeypatch.chdir(tmp_path)
    with merged.copied(tmp_path, monkeypatch) as stage:
        yield stage


def made(stage, capsys, *arguments):
    assert stage.call("report", "--json", *arguments) == 0
    return json.loads(capsys.readouterr().out)


def test_the_terminal_tells_the_figures(sent, capsys):
    assert sent.call("report") == 0

    told = capsys.readouterr().out
    assert "Test Club: 2 students, twelve weeks to 2026-11-22" in told
    assert "Needs a word: nobody" in told
    assert f"Offered {N_OFFERED}, commented 1, pull requests 1, merged 1" in told
    assert "ada-example" in told
    assert "Projects that welcomed us" in told


def test_what_nobody_followed_yet_counts_as_offered(sent, capsys):
    funnel = made(sent, capsys)["funnel"]
    assert funnel == {"n_offered": N_OFFERED, "n_commented": 1, "n_pulls": 1, "n_merged": 1}


def test_json_is_a_format(sent, capsys):
    assert sent.call("report", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == made(sent, capsys)


@pytest.mark.parametrize(("form", "begin"), [("md", "# How our"), ("html", "<!doctype html>")])
def test_a_format_goes_to_stdout_alone(sent, capsys, form, begin):
    assert sent.call("report", "--format", form) == 0
    assert capsys.readouterr().out.startswith(begin)


def test_out_writes_all_formats(sent, capsys):
    assert sent.call("report", "--out", "pages") == 0

    names = {path.name for path in (sent.folder / "pages").iterdir()}
    assert names == {"report.md", "report.html", "report.json"}
    assert "written: pages/report.html" in capsys.readouterr().err


def test_a_mentor_sees_their_own(sent, capsys):
    whole, part = made(sent, capsys), made(sent, capsys, "--mentor", "Grace-example")
    assert [one["login"] for one in whole["students"]] == ["ada-example", "ben-example"]
    assert [one["login"] for one in part["students"]] == ["ada-example"]
    assert part["mentor"] == "grace-example"
    assert part["funnel"]["n_offered"] == N_OFFERED - 2
    assert [one["mentors"] for one in whole["students"]] == [
        ["grace-example", "hal-example"],
        ["hal-example"],
    ]


def test_a_mentors_files_have_the_mentors_name(sent):
    assert sent.call("report", "--mentor", "HAL-example", "--out", "pages") == 0
    assert (sent.folder / "pages" / "report-hal-example.html").is_file()


def test_who_is_no_mentor_is_told_who_is(stage, capsys):
    assert stage.call("report", "--mentor", "zoe-example") == 2
    assert "Mentors in club.yaml are: grace-example, hal-example." in capsys.readouterr().err


def test_several_students_are_a_part_of_the_club(sent, capsys):
    part = made(sent, capsys, "--student", "ada-example", "--student", "ben-example")
    assert part["funnel"]["n_offered"] == N_OFFERED


def test_one_student_is_a_page_to_show_with_what_github_knows(sent, capsys):
    home = sent.world.repository("tidepool-3/tiller")
    pull = sent.world.open_pull_request(home, "zoe-example", "Steer left")
    sent.world.review(pull, "ada-example", "APPROVED")
    sent.sandbox.requests.clear()

    page = made(sent, capsys, "--student", "ADA-example")

    assert [one["kind"] for one in page["works"]] == ["merged", "review"]
    assert page["works"][1]["title"] == "Steer left"
    assert (page["login"], page["is_complete"]) == ("ada-example", True)
    assert [one.kind for one in sent.sandbox.requests] == ["graphql ReadWorks"]


def test_without_a_token_the_page_tells_what_the_journal_knows_and_says_so(
    sent, capsys, monkeypatch
):
    monkeypatch.delenv("GITHUB_TOKEN")
    sent.sandbox.requests.clear()

    page = made(sent, capsys, "--student", "ada-example")

    assert [one["kind"] for one in page["works"]] == ["merged"]
    assert not page["is_complete"]
    assert sent.sandbox.requests == []
    assert sent.call("report", "--student", "ada-example") == 0
    assert "HARVEST_TOKEN" in capsys.readouterr().out


def test_a_students_files_have_the_students_name(sent):
    assert sent.call("report", "--student", "ada-example", "--out", "pages") == 0
    assert (sent.folder / "pages" / "portfolio-ada-example.md").is_file()


def test_a_student_and_a_mentor_are_two_questions(stage):
    assert stage.call("report", "--student", "ada-example", "--mentor", "hal-example") == 2


def test_a_workflows_log_tells_nothing(sent, capsys, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert sent.call("report") == 2
    assert "foothold report --out DIR" in capsys.readouterr().err
    assert sent.call("report", "--out", "pages") == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")
    assert (sent.folder / "pages" / "report.html").is_file()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--mentor", "zoe-example", "--out", "pages"),
        ("--mentor", "grace-example", "--out", "file/pages"),
        ("--student", "ada-example", "--out", "file/pages"),
        ("--student", "zoe-example", "--out", "pages"),
    ],
)
def test_what_fails_in_a_workflow_names_nobody(sent, capsys, monkeypatch, arguments):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (sent.folder / "file").write_text("in the way")

    assert sent.call("report", *arguments) in {2, 5}

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("error: The")
    assert "-example" not in told.err


def test_a_club_that_has_sent_nothing_has_a_report_and_gets_no_state(stage, capsys):
    page = made(stage, capsys)
    assert page["funnel"]["n_offered"] == 0
    assert [one["login"] for one in page["students"]] == ["ada-example", "ben-example"]
    assert not (stage.folder / "state.db").exists()


def test_who_went_silent_is_named_on_the_terminal(stage, capsys):
    for ago in (14, 7, 0):
        assert stage.call("run", "--live", now=NOW - timedelta(days=ago)) == 0
    capsys.readouterr()

    assert stage.call("report") == 0

    told = capsys.readouterr().out
    assert "Needs a word: 2" in told
    assert "Digests go out, and no sign of life comes back" in " ".join(told.split())
