"""`foothold stop` and `foothold forget`: what an officer does for somebody who asks."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import environment, shared, to_request

if TYPE_CHECKING:
    from bot.session import Session


@click.command(short_help="No more digests for a student, or none before a day.")
@click.argument("login")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="Only pause: digests come again from this day on.",
)
@click.option("--undo", is_flag=True, help="Take a stop or a pause back.")
@shared
def stop(login: str, until: datetime | None, undo: bool, **options: Any) -> int:  # noqa: ANN401
    """Write down that LOGIN wants no digests; it counts at once, also in a run that is under way.

    For what a student says by mail or in person. The file of the student stays as it is.
    """
    from bot.commands.people import resume_student, stop_student
    from bot.session import open_session

    if until is not None and undo:
        raise click.UsageError("--until and --undo exclude each other.")
    options.pop("as_json")
    with open_session(to_request(**options, records=True), environment()) as session:
        if undo:
            resume_student(session, login)
            click.echo(f"{login} gets digests again.")
            _tell_branch(session)
            return 0
        day: date | None = until.date() if until else None
        stop_student(session, login, day)
        _tell_branch(session)
    told = f"no digest before {day}" if day else "no more digests"
    click.echo(f"{login} gets {told}. To take that back: foothold stop {login} --undo")
    return 0


@click.command(short_help="Take a person out of the state; says what remains.")
@click.argument("login")
@shared
def forget(login: str, **options: Any) -> int:  # noqa: ANN401
    """Take all that the state knows of LOGIN out of it, and say what remains elsewhere."""
    from bot.commands.people import forget_student
    from bot.session import open_session

    options.pop("as_json")
    with open_session(to_request(**options, records=True), environment()) as session:
        done = forget_student(session, login)
        _tell_branch(session)
    if done.was_known:
        click.echo(f"Forgotten: what was prepared for {login} and sent, said, seen and decided.")
    else:
        click.echo(f"Nothing was known of {login}. Is the login right?")
    posts = [place for place in done.places if place.startswith("https://")]
    files = [place for place in done.places if not place.startswith(("https://", "mail "))]
    n_mails = len(done.places) - len(posts) - len(files)
    if done.places:
        click.echo("What remains, because it is not in the state:")
    for place in (*posts, *files):
        click.echo(f"  {place}")
    if n_mails:
        mails = "1 mail" if n_mails == 1 else f"{n_mails} mails"
        click.echo(f"  {mails}, in {login}'s own mailbox")
    if posts:
        click.echo(
            "Delete these by hand, with the issue that they stand in, older ones there, and the"
            " forms that the student sent: who can read the repository can read them."
        )
    if done.named_in:
        click.echo(f"Digests of others that name {login} stand here; take the name out by hand:")
    for place in done.named_in:
        click.echo(f"  {place}")
    if done.is_subscribed:
        click.echo(
            f"The configuration subscribes {login} still: delete students/{login}.yaml, or the"
            " next run begins anew and may offer old issues again."
        )
    return 0


def _tell_branch(session: "Session") -> None:
    """A journal that was pulled is not the one that runs of others see."""
    if session.branch.is_pulled or session.branch.has_tip:
        click.echo("It counts on this machine; for all runs: foothold state push")
