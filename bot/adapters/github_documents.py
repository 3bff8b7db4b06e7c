"""The GraphQL documents that are sent to GitHub, made of what stands in `queries/`.

Comes in: a document's name, or the text of an operation. Goes out: its text, with the fragments
that it uses behind it.
"""

from functools import cache
from importlib.resources import files

#: What several documents ask for: how it is used, and the file that it stands in. Those that use
#: others stand before them.
FRAGMENTS = {
    "...IssuePage": "issue_page",
    "...RepositoryPage": "repository_page",
    "...IssueScalars": "issue_scalars",
    "...RepositoryScalars": "repository_scalars",
    "...IssueStamp": "issue_stamp",
    "...UnansweredDiscussions": "unanswered_discussions",
}


@cache
def document(name: str) -> str:
    """The text of one operation; PyGithub cannot say which of several is meant."""
    return with_fragments(_read(name))


def with_fragments(text: str) -> str:
    """An operation with the fragments that it uses, and those that these use."""
    for use, part in FRAGMENTS.items():
        if use in text:
            text = f"{text}\n{_read(part)}"
    return text


@cache
def _read(name: str) -> str:
    return (files("bot.adapters") / "queries" / f"{name}.graphql").read_text("utf-8")
