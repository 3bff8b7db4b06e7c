"""`foothold init`: the files of a club's own repository."""

from pathlib import Path

import click


@click.command(short_help="Write the files of a club's own repository.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--action",
    metavar="OWNER/foothold@COMMIT",
    help="Which commit the workflows run; default: the one that this was installed from.",
)
def init(folder: Path, action: str | None) -> int:
    """Write configuration, workflows and issue forms into FOLDER, for a club to begin with.

    Nothing is written over. The README's five steps say what comes next.
    """
    from bot.commands.layout import write_layout

    written = write_layout(folder, action)
    where = "this folder" if folder == Path() else f"the folder {folder}"
    click.echo(f"{len(written)} files were written to {where}.")
    click.echo("Next: fill in config/club.yaml, then `foothold check --offline`; the README's five")
    click.echo("steps, in `Use it for your club`, go on from there.")
    return 0
