"""`foothold state`: the journal on its branch, for runners that forget."""

from typing import Any

import click

from bot.cli.options import environment, shared, to_request


@click.group(short_help="The memory on the branch foothold-state: pull, push, rebuild.")
def state() -> None:
    """Bring the journal from the branch foothold-state of this checkout's `origin`, and back.

    A journal that was pulled pushes by itself in every live run.
    """


@state.command(short_help="Make the journal what the branch holds.")
@click.option("--force", is_flag=True, help="Throw away what only the journal here holds.")
@shared
def pull(force: bool, **options: Any) -> int:  # noqa: ANN401
    """Rebuild the journal of FOOTHOLD_STATE from the branch.

    Refuses where the journal here holds what the branch has not.
    """
    from bot.commands.state import pull_state
    from bot.session import open_session

    options.pop("as_json")
    with open_session(to_request(**options, records=True), environment()) as session:
        done = pull_state(session, force=force)
    harvest = "with" if done.has_harvest else "without"
    if done.commit is not None:
        click.echo(f"Pulled {done.n_rows:,} rows at {done.commit[:12]}, {harvest} a harvest.")
    else:
        click.echo(f"There is no branch foothold-state yet; the first push makes it ({harvest} a")
        click.echo("harvest).")
    if done.is_lost:
        click.echo("But posts of ours stand in the club's repository, so there once was one, and")
        click.echo("what was sent is not known here: live runs refuse. Read it back from the")
        click.echo("posts: foothold state rebuild, then foothold state push; or say that nothing")
        click.echo("was sent: foothold state pull --force, then foothold state push")
    return 0


@state.command(short_help="Bring the branch up to the journal.")
@click.option(
    "--harvest", "only_harvest", is_flag=True, help="Only the harvest's file; ask no git."
)
@shared
def push(only_harvest: bool, **options: Any) -> int:  # noqa: ANN401
    """Push what was recorded here since the pull, such as a stop; and leave the harvest in
    .foothold/harvest.sqlite, for a cache.
    """
    from bot.commands.state import keep_harvest, push_state
    from bot.session import open_session

    options.pop("as_json")
    with open_session(to_request(**options, records=True), environment()) as session:
        if only_harvest:
            keep_harvest(session)
            click.echo("The harvest is in .foothold/harvest.sqlite.")
            return 0
        is_news = push_state(session)
    click.echo("Pushed." if is_news else "Nothing to push: the branch holds all of it.")
    return 0
