"""What a person reads of a run: on the terminal, and in the summary of an Actions run."""

import json
from collections import Counter
from collections.abc import Collection, Iterator

import click

from bot.app import Result
from bot.cli.progress import in_words
from bot.cli.summary_file import add_to_summary
from bot.cli.summary_page import NOBODY, run_summary
from bot.dispatch import Dispatch
from bot.harvest.source import Cost, Step
from bot.rendering.neutral import plain_line
from bot.report import RunReport, StudentReport, StudentStatus
from bot.review.desk import ReviewMessage
from bot.settings import Settings

#: The steps whose cost is told by the student, for it is held to a figure by the student.
_TOLD_APART = {
    Step.OUTCOMES: "what became of earlier picks",
    Step.COMMUNITY: "the people and questions around the picks",
}


def tell_result(result: Result, settings: Settings, *, as_json: bool) -> None:
    """Print a run's digests and report; with `as_json` the report is JSON, the rest on stderr.

    A workflow's log and summary may be public: totals stand there, and no student's name or digest
    (README, promise 5).
    """
    is_public = settings.is_in_actions
    for review in () if is_public or result.report.live else result.reviews:
        _tell_review(review, err=as_json)
    for dispatch in () if is_public else result.dispatches:
        if dispatch.receipt is None and dispatch.error is None and not _is_shown(dispatch, result):
            _tell_digest(dispatch, err=as_json)
    for line in report_lines(result.report, with_names=not is_public, people=result.people):
        click.echo(line, err=as_json)
    for told, count in Counter(_error_lines(result, with_names=not is_public)).items():
        click.echo(told if count == 1 else f"{told}\n  ({count} times)", err=True)
    if as_json:
        payload = result.report.to_payload()
        if is_public:
            payload["students"] = []
        click.echo(json.dumps(payload, indent=2, ensure_ascii=False))
    if settings.summary is not None:
        add_to_summary(settings.summary, run_summary(result, settings))


def report_lines(report: RunReport, *, with_names: bool, people: Collection[str] = ()) -> list[str]:
    """The report in lines: what was searched, dropped and spent, and what became of digests.

    Without names, those of `people` stand nowhere.
    """
    lines = [f"Week {report.week}{'' if report.live else ' (nothing is sent or recorded)'}"]
    lines += _search_lines(report)
    if report.dropped:
        told = ", ".join(f"{count:,} {code}" for code, count in report.dropped.items())
        lines.append(f"Dropped: {told}.")
    statuses = Counter(student.status for student in report.students)
    if not report.students:
        lines.append(NOBODY)
    elif with_names:
        lines += (student_line(student) for student in report.students)
    else:
        lines.append("Students: " + ", ".join(f"{n} {status}" for status, n in statuses.items()))
        whys = report.whys_in_public(people)
        lines += (f"  {n} {status}: {plain_line(why)}" for (status, why), n in whys.items())
    lines += (f"Note: {plain_line(note)}" for note in report.notes)
    return lines


def _search_lines(report: RunReport) -> Iterator[str]:
    """What is known, from earlier runs too, and what this one paid, verification included."""
    costs = report.by_step.values()
    cost = Cost(sum(one.requests for one in costs), sum(one.points for one in costs))
    was = "was" if cost.points == 1 else "were"
    spent = f"{in_words(cost)} {was} spent" if cost.requests else "nothing was spent"
    if report.issues:
        known = "1 issue is" if report.issues == 1 else f"{report.issues:,} issues are"
        yield f"{known} known; {spent}."
    elif cost.requests:
        yield f"{spent}."
    for step, what in _TOLD_APART.items():
        asked = report.by_step.get(step, Cost())
        if asked.points and report.students:
            share = asked.points / len(report.students)
            points = "1 point" if asked.points == 1 else f"{asked.points} points"
            yield f"Of these, {what} cost {points}: {share:.2f} a student."
    if not report.complete:
        yield f"The search was cut short{': see the notes' if report.notes else ''}."


def student_line(student: StudentReport) -> str:
    """One student's line: status, picks, channel, and why or where."""
    picks = "1 pick" if student.picks == 1 else f"{student.picks} picks"
    has_none = not student.picks and student.status in (StudentStatus.SKIPPED, StudentStatus.HELD)
    told = [] if has_none else [f"{picks} by {student.channel}"]
    told += [plain_line(student.why)] if student.why else []
    return f"  {student.login:<24} {student.status:<9} {': '.join(told)}"


def _error_lines(result: Result, *, with_names: bool) -> Iterator[str]:
    for error in result.errors:
        said = (error.message, error.advice)
        message, advice = said if with_names else error.told_in_public(result.people)
        yield f"error: {message}\n  try: {advice}"


def _tell_digest(dispatch: Dispatch, *, err: bool) -> None:
    message = dispatch.message
    if message is None:
        return
    rule = "=" * 78
    click.echo(f"{rule}\n{message.title}\n{rule}\n{message.markdown}", err=err)


def _is_shown(dispatch: Dispatch, result: Result) -> bool:
    """Does it stand before its mentors in full?"""
    return result.report.live and bool(dispatch.waits)


def _tell_review(review: ReviewMessage, *, err: bool) -> None:
    """What a mentor would be shown."""
    rule = "=" * 78
    click.echo("\n".join((rule, review.title, rule, *review.parts)), err=err)
