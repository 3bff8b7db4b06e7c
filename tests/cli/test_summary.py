"""The page under a run: totals, what went wrong, what to do; no name, no mark-up of others."""

import re
from dataclasses import replace

import pytest

from bot import errors
from bot.app import Result
from bot.cli.main import call
from bot.cli.story import report_lines
from bot.cli.summary_file import MAX_BYTES, add_to_summary
from bot.cli.summary_page import WHEN_RED, run_summary, stopped_summary
from bot.errors import ConfigurationError, DeliveryError, LimitReached
from bot.harvest.source import Cost, Step
from bot.report import RunReport, StudentReport, StudentStatus
from bot.settings import Settings

SKIPPED = StudentStatus.SKIPPED
SETTINGS = Settings(repository="campus-club/digests")
STUDENTS = (
    *(StudentReport(f"s{n}-example", StudentStatus.SENT, 5, "issue") for n in range(12)),
    StudentReport("ada-example", StudentStatus.FAILED, 5, "email", "it broke for ada-example"),
)
REPORT = RunReport(
    "2026-W47",
    live=True,
    complete=True,
    issues=1_235,
    by_step={Step.PAGE: Cost(3, 3), Step.VERIFICATION: Cost(2, 4)},
    dropped={"farm": 1_420, "taken": 3},
    students=STUDENTS,
    notes=("Forms taken up: 1.",),
)
FAILED = DeliveryError("The digest of ada-example broke.", "Ask ada-example.", ("ada-example",))


def page(report: RunReport = REPORT, *errors_: errors.BotError) -> str:
    return run_summary(Result(report, (), None, tuple(errors_), people=frozenset()), SETTINGS)


def test_it_tells_what_was_searched_dropped_sent_and_spent():
    told = page()
    for row in (
        "| issues known | 1,235 |",
        "| spent | 7 points in 5 requests |",
        "| for verification before sending | 4 points in 2 requests |",
        "| farm | 1,420 |",
        "| sent | issue | 12 |",
        "| failed | email | 1 |",
        "- Forms taken up: 1.",
    ):
        assert row in told
    assert "**Done.**" in told
    assert "What to do" not in told


def test_a_red_run_says_what_to_do_and_names_nobody():
    told = page(REPORT, FAILED, FAILED)
    assert "| 2 | The digest of SOMEBODY broke. | Ask SOMEBODY. |" in told
    assert f"**What to do** (exit code 5): {WHEN_RED[5]}" in told
    assert "https://github.com/campus-club/digests#when-a-run-is-red" in told
    assert "-example" not in told


def test_a_run_that_sent_nothing_says_why_and_names_nobody():
    """Nor does it tell a student's own day, by which others would know whom it means."""
    skipped = {
        "ada-example": "paused until 2026-12-06",
        "ben-example": "paused until 2026-12-24",
        "chiyo-example": "the digest of 2026-W47 is there already",
    }
    held = StudentReport("diego-example", StudentStatus.HELD, 5, "issue", "held by grace-example")
    students = *(StudentReport(who, SKIPPED, 0, "issue", why) for who, why in skipped.items()), held
    report = replace(REPORT, students=students)
    told = run_summary(Result(report, (), None, (), people=frozenset({"grace-example"})), SETTINGS)
    assert "| skipped | paused | 2 |" in told
    assert "| skipped | the digest of 2026-W47 is there already | 1 |" in told
    assert "| held | held by SOMEBODY | 1 |" in told
    assert "-example" not in told
    log = report_lines(report, with_names=False, people=frozenset({"grace-example"}))
    assert "  2 skipped: paused" in log
    assert "-example" not in "".join(log)


def test_a_club_without_students_is_told_so():
    report = replace(REPORT, students=())
    assert "Nobody is subscribed yet." in page(report)
    assert "Nobody is subscribed yet." in report_lines(report, with_names=False)
    assert "Nobody is subscribed" not in page()


def test_a_configuration_that_cannot_be_used_is_told_with_its_lines():
    problems = tuple(f"config/club.yaml:{n}: `picks` | is wrong" for n in range(1, 23))
    told = stopped_summary(ConfigurationError("22 problems.", "Mend them.", problems), SETTINGS)
    assert told.count("\n- config/club.yaml:") == 20
    assert "- and 2 more: see the log" in told
    assert "### Where" not in stopped_summary(FAILED, SETTINGS)


def test_every_exit_code_of_an_error_has_its_advice():
    classes = [one for one in vars(errors).values() if isinstance(one, type)]
    codes = {one.exit_code for one in classes if issubclass(one, errors.BotError)}
    assert codes == set(WHEN_RED)


def test_a_dry_run_and_one_cut_short_say_so():
    told = page(replace(REPORT, live=False, complete=False))
    assert "Nothing was sent or recorded" in told
    assert "cut short" in told


@pytest.mark.parametrize(
    "foreign",
    [
        "a | b",
        "<img src=x onerror=alert(1)>",
        "@everybody #12 https://example.org",
        "line\n## a heading\n::error::x",
        "[a](javascript:x)",
        "`code` **bold**",
    ],
)
def test_foreign_text_is_one_harmless_cell(foreign):
    told = page(replace(REPORT, notes=(foreign,)), LimitReached(foreign, foreign))
    assert len([line for line in told.splitlines() if line.startswith("| 1 |")]) == 1
    assert not re.search(r"(?<!\\)<img|\n## a heading|\n::error|@everybody|(?<!\\)\]\(java", told)
    [row] = [line for line in told.splitlines() if line.startswith("| 1 |")]
    assert len(re.findall(r"(?<!\\)\|", row)) == 4


def test_many_different_errors_are_a_few_and_a_number():
    many = [LimitReached(f"Number {n}.", "Wait.") for n in range(30)]
    told = page(REPORT, *many)
    assert "Number 19." in told
    assert "Number 20." not in told
    assert "And 10 more: see the log." in told


def test_what_stops_a_command_stands_there_too(tmp_path, monkeypatch, capsys):
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert call(["run", "--live", "--config", str(tmp_path / "none")]) == 2
    told = summary.read_text("utf-8")
    assert "## Foothold stopped" in told
    assert WHEN_RED[2] in told
    assert "there is no such folder; name another with --config" in told


def test_a_summary_stays_below_what_github_takes(tmp_path):
    path = tmp_path / "summary.md"
    for _ in range(4):
        add_to_summary(path, "é" * 200_000)
    assert path.stat().st_size <= MAX_BYTES
    assert path.read_text("utf-8").count("too long for a summary") == 1


def test_a_summary_that_cannot_be_written_stops_nothing(tmp_path, capsys):
    add_to_summary(tmp_path, "text")
    assert "cannot be written" in capsys.readouterr().err
