"""Posting: what the club writes to its own repositories with, and hears people by.

Comes in: the club, the settings, the register. Goes out: the channel of posts and the desks; None
where there is no repository or no token.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.adapters.github_answers import GitHubAnswers
from bot.adapters.github_archive import GitHubArchive
from bot.adapters.github_client import writer
from bot.adapters.github_forms import GitHubForms
from bot.adapters.github_posts import GitHubPosts, PostDesk
from bot.adapters.github_proofs import GitHubProofs
from bot.adapters.github_reviews import GitHubReviews
from bot.office import Desks
from bot.proofs import ProofRoom
from bot.register import Register
from bot.rendering.thread import Opening, Thread, render_thread
from bot.schedule import locale_of
from bot.settings import Settings
from bot.subscriptions.club import Club, Review
from bot.subscriptions.student import Subscription


@dataclass(frozen=True, slots=True)
class Posting:
    """The club's repositories, as one command works with them."""

    club: Club
    settings: Settings
    register: Register
    #: Finds a student by login.
    student: Callable[[str], Subscription]

    def posts(self) -> GitHubPosts | None:
        """The club's repository, to post in."""
        repository, token = self.club.repository, self.settings.github_token
        if repository is None or token is None:
            return None
        desk = PostDesk(self.club.post, self.register, self._thread_for, self.club.posters)
        return GitHubPosts(writer(token, self.settings.api_url), repository, desk)

    def reviews(self) -> GitHubReviews | None:
        """Where review posts stand; None also where the club wants none."""
        repository, token = self.club.review_repository, self.settings.github_token
        if repository is None or token is None or self.club.review is Review.OFF:
            return None
        client = writer(token, self.settings.api_url)
        return GitHubReviews(client, repository, self.register, self.club.posters)

    def desks(self) -> Desks:
        """All places where people of the club are heard."""
        repository, token = self.club.repository, self.settings.github_token
        if repository is None or token is None:
            return Desks(reviews=self.reviews())
        client = writer(token, self.settings.api_url)
        return Desks(
            forms=GitHubForms(client, repository),
            answers=GitHubAnswers(client, repository, self.register, self.club.posters),
            reviews=self.reviews(),
        )

    def archive(self) -> GitHubArchive | None:
        """All that ever stood there, to read back after a loss."""
        repository, token = self.club.repository, self.settings.github_token
        if repository is None or token is None:
            return None
        client = writer(token, self.settings.api_url)
        return GitHubArchive(client, repository, self.register, self.club.posters)

    def proofs(self) -> ProofRoom | None:
        """What outlives the state beside posts; None also without the club's key."""
        repository, token = self.club.repository, self.settings.github_token
        if repository is None or token is None or self.settings.key is None:
            return None
        client = writer(token, self.settings.api_url)
        desk = GitHubProofs(client, repository, self.register, self.club.posters)
        return ProofRoom(desk, self.settings.key)

    def _thread_for(self, login: str) -> Thread:
        student = self.student(login)
        return render_thread(
            Opening(
                login=student.login,
                greeting=student.called,
                club=self.club.name,
                club_repository=self.club.repository,
                locale=locale_of(self.club, student),
            )
        )
