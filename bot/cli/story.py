"""What a person reads of a run: on the terminal, and in the summary of an Actions run."""

import json
from pathlib import Path

import click

from bot.app import Result
from bot.pipeline import Outcome
from bot.rendering.neutral import plain_line
from bot.report import RunReport, StudentReport

#: Above this GitHub refuses a step's summary (1 MiB, PLATFORM D10).
MAX_SUMMARY = 900_000


def tell_result(result: Result, summary: Path | None, *, as_json: bool) -> None:
    """Print a run's digests and report; with `as_json` the report is JSON, the rest on stderr."""
    for outcome in result.outcomes:
        if outcome.receipt is None and outcome.error is None:
            _tell_digest(outcome, err=as_json)
    for line in report_lines(result.report):
        click.echo(line, err=as_json)
    for error in result.errors:
        click.echo(f"error: {error.message}\n  try: {error.advice}", err=True)
    if as_json:
        click.echo(json.dumps(result.report.to_payload(), indent=2, ensure_ascii=False))
    if summary is not None:
        _write_summary(summary, result.report)


def report_lines(report: RunReport) -> list[str]:
    """The report in lines: what was searched, dropped and spent, and each student's line."""
    payload = report.to_payload()["harvest"]
    assert isinstance(payload, dict)
    lines = [f"Week {report.week}{'' if report.live else ' (nothing is sent or recorded)'}"]
    if report.issues:
        points = sum(cost.points for cost in report.by_step.values())
        requests = sum(cost.requests for cost in report.by_step.values())
        lines.append(f"Found {report.issues:,} issues for {points} points in {requests} requests.")
    if report.dropped:
        told = ", ".join(f"{count:,} {code}" for code, count in report.dropped.items())
        lines.append(f"Dropped: {told}.")
    lines += (_student_line(student) for student in report.students)
    lines += (f"Note: {plain_line(note)}" for note in report.notes)
    return lines


def _student_line(student: StudentReport) -> str:
    picks = "1 pick" if student.picks == 1 else f"{student.picks} picks"
    why = f": {plain_line(student.why)}" if student.why else ""
    return f"  {student.login:<24} {student.status:<9} {picks} by {student.channel}{why}"


def _tell_digest(outcome: Outcome, *, err: bool) -> None:
    message = outcome.message
    if message is None:
        return
    rule = "=" * 78
    click.echo(f"{rule}\n{message.title}\n{rule}\n{message.markdown}", err=err)


def _write_summary(path: Path, report: RunReport) -> None:
    text = "\n".join(["## Foothold", "", "```text", *report_lines(report), "```", ""])
    with path.open("a", encoding="utf-8") as file:
        file.write(text[:MAX_SUMMARY])
