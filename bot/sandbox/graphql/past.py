"""What GraphQL shows of a repository's past, of which the world keeps no things.

Comes in: repositories, and the commit that a branch ends with. Goes out: pull requests that were
merged before the world began, with their authors and little else (no node id names them), and the
number of commits; both are None where they are unknown. Of the commits only the last is listed, of
what was closed unmerged nothing: they are counted.
"""

from datetime import timedelta
from types import SimpleNamespace as View

from graphql import GraphQLResolveInfo

from bot.sandbox.graphql.connections import Connection
from bot.sandbox.graphql.schema import LONG_AGO, resolver
from bot.sandbox.things import PullRequest, Repository


def earlier_pull_requests(home: Repository) -> list[PullRequest] | None:
    """The merged ones of the past, oldest first, all older than any other of the repository."""
    if home.merged_by is None:
        return None
    return [
        _merged(home, place, author, association)
        for place, (author, association) in enumerate(reversed(home.merged_by))
    ]


def _merged(home: Repository, place: int, author: str | None, association: str) -> PullRequest:
    """One of them; ids and numbers are those of no other thing."""
    number = place - len(home.merged_by or ())
    at = (home.created_at or LONG_AGO) + timedelta(seconds=number)
    id_ = home.id * 1_000_000 - number
    pull = PullRequest(id_, home, number, "Earlier work", at, at, author=author)
    pull.association, pull.state, pull.merged_at, pull.closed_at = association, "MERGED", at, at
    return pull


@resolver("Commit.history")
def history(commit: View, _info: GraphQLResolveInfo, **page: object) -> Connection | None:
    if commit.n_commits is None:
        return None
    return Connection([commit][: commit.n_commits], page, total=commit.n_commits)
