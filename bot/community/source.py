"""The door through which a project's people come: what may be asked of it, and what that costs.

Comes in: ids of repositories and pull requests. Goes out: profiles, replies, discussions, as far as
they are public.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.harvest.source import Cost

#: So many profiles are asked together: a connection and some files each, 1 point for 100. Where
#: that is too heavy for GitHub's ten seconds, the adapter asks by halves.
N_PROFILED = 100
#: So many pull requests are asked for their replies: one connection each, 1 point for 100.
N_REPLIED = 100
#: So many of a project's newest pull requests are listed, and so many first comments and reviews of
#: each that is looked at (`read_profiles.graphql`, `read_replies.graphql`).
N_LISTED, N_WORDS = 50, 10
#: So many searches for discussions are asked together: each is a hundredth of a point, and takes
#: GitHub some tenths of a second of its ten.
N_SEARCHED = 20


@dataclass(frozen=True, slots=True)
class Pull:
    """One of the newest pull requests of a project."""

    id: str
    #: None of a bot, and of an account that is no more.
    author: str | None
    #: GitHub's word (OWNER, MEMBER, FIRST_TIMER ...), as of now.
    association: str
    opened_at: datetime
    is_open: bool
    is_merged: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """What one question tells of a project; texts are empty where there is no such file."""

    name: str
    homepage: str | None
    has_discussions: bool
    #: The address of the contributing guide, and of the code of conduct.
    guide: str | None
    conduct: str | None
    guide_text: str
    readme: str
    #: What stands in a file about AI tools alone.
    policy: str
    #: The newest, at most `N_LISTED`; None where GitHub did not say.
    pulls: tuple[Pull, ...] | None


@dataclass(frozen=True, slots=True)
class Reply:
    """A comment under a pull request, or a review of it; `author` is None of bots and ghosts."""

    author: str | None
    association: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Discussion:
    """A question in a project's discussions that nobody has answered."""

    repository: str
    title: str
    url: str
    author: str | None
    updated_at: datetime


class CommunitySource(Protocol):
    """Where a project's people are looked up. Each method may raise GitHubError."""

    def read_profiles(self, ids: Sequence[str]) -> Mapping[str, Profile]:
        """Profiles by repository id; what GitHub does not show is missing."""

    def read_replies(self, ids: Sequence[str]) -> Mapping[str, tuple[Reply, ...]]:
        """The first comments and reviews by pull request id, oldest first.

        Missing is what is hidden, and where nobody of the project is among the first of many.
        """

    def search_questions(
        self, repositories: Sequence[str], since: datetime
    ) -> Mapping[str, tuple[Discussion, ...]]:
        """The newest unanswered questions of each project, by its name, that moved since then."""

    def spent(self) -> Cost:
        """What has been asked and paid so far."""
