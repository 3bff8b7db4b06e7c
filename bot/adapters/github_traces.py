"""What a repository tells of itself: can everybody read it, and did we ever post there?

Comes in: a client, a repository's name. Goes out: yes or no, or GitHubError.
https://docs.github.com/en/rest/issues/issues#list-repository-issues
"""

from github import Github
from pydantic import BaseModel, ConfigDict, TypeAdapter

from bot.adapters.github_client import github_errors
from bot.adapters.github_lists import read_shape
from bot.adapters.github_post_listing import LABEL
from bot.adapters.github_post_trust import GHOST, Trust
from bot.adapters.github_proofs import LABEL as PROOFS
from bot.harvest.issue import INSIDERS
from bot.rendering.marker import parse_marker, parse_thread_marker
from bot.rendering.proofs import is_cover

#: So many issues are looked at, newest first: ours are among them unless a repository is busy, and
#: then the label finds them.
_N_LOOKED_AT = 100


class _User(BaseModel):
    login: str


class _Issue(BaseModel):
    """The part of an issue that is read."""

    model_config = ConfigDict(extra="ignore")

    body: str | None = None
    user: _User | None = None
    author_association: str = "NONE"


_ISSUES: TypeAdapter[list[_Issue]] = TypeAdapter(list[_Issue])


def is_private(client: Github, repository: str) -> bool:
    """Is the repository closed to the public?"""
    with github_errors():
        return client.get_repo(repository).private


def has_posts(client: Github, repository: str, trust: Trust) -> bool:
    """Does a digest or a thread of ours stand there, or the issue of proofs?

    A marker of a stranger tells nothing. One by whoever belongs to the repository does, for what
    else wrote ours may be forgotten with the state.
    """
    asked = {"state": "all", "sort": "created", "direction": "desc", "per_page": _N_LOOKED_AT}
    with github_errors():
        for more in ({"labels": LABEL}, {}, {"labels": PROOFS}):
            _, answer = client.requester.requestJsonAndCheck(
                "GET", f"/repos/{repository}/issues", parameters={**asked, **more}
            )
            issues = read_shape(answer, _ISSUES, "list of issues")
            if any(_is_ours(one, trust) for one in issues):
                return True
    return False


def _is_ours(issue: _Issue, trust: Trust) -> bool:
    body = issue.body or ""
    is_marked = parse_marker(body) or parse_thread_marker(body) or is_cover(body)
    if not is_marked:
        return False
    is_insider = issue.author_association in INSIDERS
    return is_insider or trust.believes(issue.user.login if issue.user else GHOST)
