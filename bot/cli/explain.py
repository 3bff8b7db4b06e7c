"""`foothold explain`: the ledger of one issue for one student, or why it is not offered."""

import re
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import environment, shared, to_request
from bot.errors import ConfigurationError
from bot.terms import IssueRef, Locale

if TYPE_CHECKING:
    from bot.explanation import Explanation

_ISSUE = re.compile(
    r"(?:https?://(?:www\.|redirect\.)?github\.com/)?([A-Za-z0-9-]+/[A-Za-z0-9._-]+)"
    r"(?:#|/issues/)(\d+)/?(?:[?#].*)?\Z"
)


class IssueType(click.ParamType[IssueRef]):
    """`owner/name#12`, or the issue's address."""

    name = "issue"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> IssueRef:
        if isinstance(value, IssueRef):
            return value
        match = _ISSUE.match(str(value))
        if not match:
            self.fail(f"{value!r} is no issue such as owner/name#12 or its address", param, ctx)
        return IssueRef(match[1], int(match[2]))


@click.command(short_help="Why an issue is, or is not, for a student.")
@click.argument("login")
@click.argument("issue", type=IssueType())
@shared
def explain(login: str, issue: IssueRef, **options: Any) -> int:  # noqa: ANN401
    """Print every contribution to the score of ISSUE for LOGIN, or the reason it was dropped.

    ISSUE is owner/name#12 or the issue's address.
    """
    from bot.commands import showing
    from bot.schedule import locale_of
    from bot.session import open_session

    options.pop("as_json")
    settings = environment()
    if settings.is_in_actions:
        raise ConfigurationError(
            "A workflow's log may be public, and an explanation tells what a student likes.",
            "Run it on your own machine.",
        )
    with open_session(to_request(**options), settings) as session:
        explanation = showing.explain(session, login, issue)
        locale = locale_of(session.club, explanation.student)
    _tell(explanation, locale)
    return 0


def _tell(explanation: "Explanation", locale: Locale) -> None:
    from rich.console import Console
    from rich.table import Table

    from bot.rendering.neutral import plain_line
    from bot.rendering.words import load_words

    ranked, student = explanation.ranked, explanation.student
    words = load_words(locale)
    click.echo(f"{ranked.issue.ref} for {student.login}: {plain_line(ranked.issue.title)}")
    table = Table("feature", "log-odds", "because", box=None, pad_edge=False)
    for reason in ranked.reasons:
        because = plain_line(words.say(reason.saying))
        table.add_row(reason.feature, f"{reason.contribution:+.2f}", because)
    score = f"score {ranked.score:.2f} (an order, not a probability)"
    table.add_row("sum", f"{ranked.log_odds:+.2f}", score)
    console = Console(highlight=False, markup=False)
    console.print(table)
    click.echo(conclude(explanation))


def conclude(explanation: "Explanation") -> str:
    """What became of the issue, in a sentence or two; no match is told before a drop."""
    drop, offer = explanation.drop, explanation.offer
    if offer is not None:
        sent = f"sent on {offer.delivered_at.date()}" if offer.delivered_at else "not sent yet"
        return f"It is in the digest of {offer.week}, {sent}."
    if not explanation.is_candidate:
        return "Not looked at: it is in none of the languages or interests in the file."
    if drop is not None:
        rule = "" if drop.rule == drop.code else f" ({drop.rule})"
        return f"Not offered: {drop.code}{rule}: {drop.why}."
    return (
        "Nothing speaks against it. Whether it is picked depends on what else there is: the best "
        "come first, at most two of a project, none that resembles another pick, and none that a "
        "clubmate got."
    )
