"""A run's summary: what was searched, dropped, sent and spent, and what to do when it is red.

Comes in: a run's result, or the error that stopped a command. Goes out: Markdown for the page that
GitHub shows under a run. Everybody may read that: it has totals and no names, and foreign text is
harmless in it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.app import Result
from bot.cli.progress import in_words
from bot.errors import BotError, ConfigurationError
from bot.harvest.source import Cost, Step
from bot.rendering.neutral import markdown
from bot.report import RunReport, StudentReport, StudentStatus
from bot.settings import Settings

#: Advice is longer than a title.
_LONG = 1_000
#: The same error of many students is one row.
_MAX_ERRORS = 20
#: Why nothing went out of a club that only begins.
NOBODY = "Nobody is subscribed yet."
#: The section of the README that says more.
_SECTION = "when-a-run-is-red"

#: What to do by exit code (README, Commands), for somebody who sees Foothold for the first time.
WHEN_RED = {
    1: "A bug: report the line above. Nothing that was recorded is lost.",
    2: "Something in the club's files or settings must be mended. `foothold check` names the "
    "lines, `foothold doctor` the settings; then run the workflow again.",
    3: "GitHub refused or did not answer. Nothing is lost, and the next slot goes on from here. "
    "Red twice: `foothold doctor` tells whether a token has ended.",
    4: "Digests wait for a mentor, and the club holds what nobody approved. Approve them in the "
    "review post; the next deliver slot sends them.",
    5: "A digest could not be delivered. The next slot tries again what surely is not out; what "
    "is in doubt waits for a person: `foothold doctor` prints the line that releases it.",
    6: "The journal cannot be read or written, or another run is at work on it: nothing was sent. "
    "Run it again. If the state branch was lost: `foothold state rebuild`, then `foothold state "
    "push`.",
    7: "Some students failed, the others were served. Mend what is named above; the next slot "
    "takes up only those.",
}


def run_summary(result: Result, settings: Settings) -> str:
    """The page of a run."""
    report = result.report
    lines = [f"## Foothold, week {report.week}", "", _verdict(report, result.exit_code), ""]
    lines += _totals(report)
    lines += _table("Digests", ("what became of them", "by", "students"), _digests(report.students))
    whys = report.whys_in_public(result.people)
    rows = [(str(status), markdown(why, _LONG), str(n)) for (status, why), n in whys.items()]
    lines += _table("Why nothing went to them", ("they were", "for", "students"), rows)
    dropped = [(code, f"{n:,}") for code, n in report.dropped.items()]
    lines += _table("Dropped", ("reason", "issues"), dropped)
    lines += _notes(report.notes)
    errors = Counter(error.told_in_public(result.people) for error in result.errors)
    lines += _errors([(*told, n) for told, n in errors.items()])
    lines += when_red(result.exit_code, settings)
    return "\n".join((*lines, ""))


def stopped_summary(error: BotError, settings: Settings) -> str:
    """The page of a command that an error ended."""
    message, advice = error.told_in_public()
    lines = ["## Foothold stopped", "", *_errors([(message, advice, 1)]), *_problems(error)]
    return "\n".join((*lines, *when_red(error.exit_code, settings), ""))


def when_red(exit_code: int, settings: Settings) -> Iterator[str]:
    """What to do; nothing where nothing went wrong."""
    if exit_code not in WHEN_RED:
        return
    yield f"**What to do** (exit code {exit_code}): {WHEN_RED[exit_code]}"
    if settings.repository:
        place = f"{settings.server_url}/{settings.repository}#{_SECTION}"
        yield f"[More in the manual]({place})."
    yield ""


def _verdict(report: RunReport, exit_code: int) -> str:
    how = "**Done.**" if exit_code == 0 else "**Not all went well:** see below."
    dry = "" if report.live else " Nothing was sent or recorded: this was a dry run."
    cut = "" if report.complete else " The search was cut short."
    none = "" if report.students else f" {NOBODY}"
    return f"{how}{dry}{cut}{none}"


def _totals(report: RunReport) -> Iterator[str]:
    costs = {step: cost for step, cost in report.by_step.items() if cost.requests}
    whole = Cost(
        sum(one.requests for one in costs.values()), sum(one.points for one in costs.values())
    )
    rows = [("issues known", f"{report.issues:,}")] if report.issues else []
    rows.append(("spent", in_words(whole) if costs else "nothing"))
    rows += [(f"for {_WORDS.get(step, step)}", in_words(cost)) for step, cost in costs.items()]
    yield from _table("Search", ("what", "how much"), rows)


#: Steps in an officer's words.
_WORDS = {
    Step.PAGE: "searches",
    Step.REPOSITORIES: "facts of projects",
    Step.DETAILS: "details of a shortlist",
    Step.VERIFICATION: "verification before sending",
    Step.OUTCOMES: "what became of earlier picks",
    Step.COMMUNITY: "people around the picks",
}


def _digests(students: Sequence[StudentReport]) -> list[tuple[str, ...]]:
    counts = Counter((one.status, one.channel) for one in students)
    order = list(StudentStatus)
    every = sorted(counts.items(), key=lambda it: (order.index(it[0][0]), it[0][1]))
    return [(str(status), str(channel), str(n)) for (status, channel), n in every]


def _notes(notes: Sequence[str]) -> list[str]:
    if not notes:
        return []
    return ["### Notes", "", *(f"- {markdown(note, _LONG)}" for note in notes), ""]


def _errors(errors: Sequence[tuple[str, str, int]]) -> list[str]:
    rows = [
        (str(n), markdown(message, _LONG), markdown(advice, _LONG)) for message, advice, n in errors
    ]
    rest = len(rows) - _MAX_ERRORS
    lines = _table("What went wrong", ("times", "what", "try"), rows[:_MAX_ERRORS])
    return [*lines, f"And {rest} more: see the log.", ""] if rest > 0 else lines


def _problems(error: BotError) -> list[str]:
    """The places that the advice speaks of, as the log has them."""
    problems = error.problems if isinstance(error, ConfigurationError) else ()
    lines = [f"- {markdown(problem, _LONG)}" for problem in problems[:_MAX_ERRORS]]
    rest = len(problems) - len(lines)
    lines += [f"- and {rest} more: see the log"] if rest > 0 else []
    return ["### Where", "", *lines, ""] if lines else []


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table below its title; nothing for no rows."""
    if not rows:
        return []
    lines = [f"### {title}", "", _row(heads), _row(["---"] * len(heads))]
    return [*lines, *(_row(row) for row in rows), ""]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
