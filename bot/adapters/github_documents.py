"""The GraphQL documents that are sent to GitHub, as they stand in `queries/`.

Comes in: a document's name. Goes out: its text, with the fragments that it uses behind it.
"""

from functools import cache
from importlib.resources import files

#: What several documents ask for: how it is used, and the file that it stands in.
FRAGMENTS = {"...IssueScalars": "issue_scalars", "...RepositoryScalars": "repository_scalars"}


@cache
def document(name: str) -> str:
    """The text of one operation; PyGithub cannot say which of several is meant."""
    text = _read(name)
    parts = (_read(part) for use, part in FRAGMENTS.items() if use in text)
    return "\n".join((text, *parts))


def _read(name: str) -> str:
    return (files("bot.adapters") / "queries" / f"{name}.graphql").read_text("utf-8")
