"""`foothold state rebuild`: what can be had again when the state is lost, and what cannot."""

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from bot.cli.options import environment, shared, to_request

if TYPE_CHECKING:
    from bot.rebuilding import Rebuilt

#: A row: what, how many ("" where nobody can say), what that means.
Row = tuple[str, str, str]

#: So many posts of one flaw are named.
_N_PLACES = 3

#: What posts with a flaw mean.
_FLAWS = {
    "foreign": (
        "posts by others",
        "they do not count; was it an account of the club's? Add it to `posters`, and rebuild anew",
    ),
    "left": ("posts of nobody subscribed", "they stay where they stand, and are not taken up"),
    "strange": ("posts of no week", "a marker that no run wrote"),
    "edited": ("edited posts", "they count as sent; their issues as far as they can be read"),
    "doubled": ("doubled posts or issues", "the first counts; an issue stays offered to one"),
}


@click.command(short_help="Fill an empty journal from our own posts.")
@shared
def rebuild(**options: Any) -> int:  # noqa: ANN401
    """Read back what was sent from our own posts and proofs, when the state is lost.

    Prints what is known again and what cannot be had again. Nothing is posted or mailed.
    """
    from bot.cli.masking import masker
    from bot.commands.restoring import restore
    from bot.session import Means, open_session

    as_json, settings = options.pop("as_json"), environment()
    means = Means(mask=masker(settings))
    with open_session(to_request(**options, records=True), settings, means) as session:
        done = restore(session)
    with_names = not settings.is_in_actions
    if as_json:
        click.echo(json.dumps(_payload(done, with_names=with_names), indent=2))
        return 0
    _tell("Known again", known_rows(done))
    _tell("Not to be had again", lost_rows(done))
    _tell_names(done, with_names=with_names)
    click.echo("Where runs take the state from its branch: foothold state push")
    return 0


def known_rows(done: "Rebuilt") -> list[Row]:
    """What was read back."""
    return [
        ("weeks", f"{done.n_weeks}", "of the last 53"),
        ("posts", f"{done.n_posts}", "they are out, and not posted again"),
        ("issues in them", f"{done.n_picks}", "they are not offered again; outcomes are followed"),
        ("mails", f"{done.n_mails}", "proven by their hashes, and not mailed again"),
        ("answers", f"{done.n_answers}", "comments and reactions under digests, with their weight"),
        ("stops and pauses kept as proofs", f"{done.people.n_halts}", "they go on"),
        ("questions of consent", f"{done.people.n_consents}", "nobody is asked a second time"),
        ("forms read again", f"{done.n_forms}", "stops, pauses and codes in them count"),
    ]


def lost_rows(done: "Rebuilt") -> list[Row]:
    """What is gone, or in doubt, and what follows from it."""
    rows: list[Row] = []
    if done.held:
        rows.append(
            (
                "this week's mails in doubt",
                f"{len(done.held)}",
                "held; if one did not come: deliver --live --resend LOGIN, then run --live",
            )
        )
    if not done.has_posts:
        rows.append(("posts", "", "there is no repository or no token to read them with"))
    if not done.has_proofs:
        rows.append(
            (
                "mails, and stops written down by hand",
                "",
                "there are no proofs; who stopped must be stopped again: foothold stop LOGIN",
            )
        )
    if done.is_without_mail:
        rows.append(
            ("who was asked for consent", "", "set FOOTHOLD_SMTP and FOOTHOLD_KEY, else ask again")
        )
    counted = Counter(one.flaw.value for one in done.doubtful)
    rows += [(_FLAWS[flaw][0], f"{n}", _FLAWS[flaw][1]) for flaw, n in sorted(counted.items())]
    return [
        *rows,
        ("issues that mails offered", "", "one may be offered to the same student once more"),
        ("digests' other words", "", "scores, reasons, people; an event may be told once more"),
        ("prepared digests", "", "prepare makes them anew; an approval counts if all is the same"),
        ("mentors' words on past weeks", "", "notes stand in the posts; drops weigh no more"),
        ("outcomes", "", "learn looks again for twelve weeks; what was told may be told again"),
        ("levels that moved", "", "they count from the file again"),
        ("when each consent was given", "", "the code counts; its moment is that of the next mail"),
        ("stops that an officer took back", "", "such a form or comment counts again"),
        ("what was harvested", "", "the next search costs its points again"),
    ]


def _tell(title: str, rows: list[Row]) -> None:
    table = Table(title=title, title_justify="left", show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right")
    table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, width=None if Console().is_terminal else 120).print(table)


def _tell_names(done: "Rebuilt", *, with_names: bool) -> None:
    """Who is held, and which posts have a flaw; a workflow's log may be public."""
    if not with_names:
        return
    for login in done.held:
        click.echo(f"held: {login}")
    places: dict[tuple[str, str], list[str]] = {}
    for one in done.doubtful:
        if one.flaw != "left":
            places.setdefault((one.flaw, one.poster), []).append(one.place)
    for (flaw, poster), some in places.items():
        more = f" and {len(some) - _N_PLACES} more" if len(some) > _N_PLACES else ""
        click.echo(f"{flaw}, by {poster}: {', '.join(some[:_N_PLACES])}{more}")


def _payload(done: "Rebuilt", *, with_names: bool) -> dict[str, object]:
    known = {what: int(n) for what, n, _ in known_rows(done)}
    lost = [{"what": what, "n": n or None, "means": means} for what, n, means in lost_rows(done)]
    told: dict[str, object] = {"known": known, "lost": lost}
    if with_names:
        told["held"] = list(done.held)
        told["doubtful"] = [
            {"flaw": one.flaw, "place": one.place, "poster": one.poster} for one in done.doubtful
        ]
    return told
