"""What GraphQL shows of who wrote the lines of a file.

Comes in: the newest commit, and a path. Goes out: ranges of lines, each with the commit that it
came by. A file that was not changed through the control door came with the newest commit, by
nobody who is known. A line's commit can tell its time and its author, and no blame of its own.
"""

from itertools import groupby
from types import SimpleNamespace as View

from graphql import GraphQLError, GraphQLResolveInfo

from bot.sandbox.files import files_of
from bot.sandbox.graphql.context import context_of
from bot.sandbox.graphql.schema import resolver
from bot.sandbox.premises import Line
from bot.sandbox.world import World


@resolver("Commit.blame")
def blame(commit: View, info: GraphQLResolveInfo, path: str) -> View:
    """Give the ranges; an error for a path that names no file."""
    home = commit.home
    text = files_of(home).get(path)
    if text is None:
        raise GraphQLError(f"No file exists at path {path}", extensions={"type": "NOT_FOUND"})
    unknown = [Line(line, None, commit.committed_date) for line in text.splitlines()]
    numbered = enumerate(home.premises.lines.get(path, unknown), start=1)
    ranges = []
    for _, group in groupby(numbered, key=lambda pair: (pair[1].author, pair[1].at)):
        found = list(group)
        came = _show(context_of(info).world, found[0][1], commit)
        ranges.append(View(starting_line=found[0][0], ending_line=found[-1][0], commit=came))
    return View(ranges=ranges)


def _show(world: World, line: Line, head: View) -> View:
    user = None if line.author is None else world.user(line.author)
    actor = View(name=line.author, email=None, user=user)
    oid = f"{int(line.at.timestamp()):040x}"
    return View(
        kind="Commit",
        oid=oid,
        node_id=f"C_{head.home.id}_{oid}",
        committed_date=line.at,
        author=actor,
        committer=actor,
        home=head.home,
        n_commits=None,
    )
