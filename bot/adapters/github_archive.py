"""All posts of ours that ever stood in the club's repository, read once after a loss.

Comes in: a client and the repository. Goes out: what bears a digest's or a thread's marker, and
whether its author is believed. Issues and comments are listed whole: two questions a hundred posts.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from github import Github

from bot.adapters.github_client import github_errors
from bot.adapters.github_post_trust import Trust
from bot.adapters.github_review_reading import ReviewReading, Written
from bot.recollecting import OldPost, PostArchive
from bot.register import Posters
from bot.rendering.marker import parse_marker, parse_thread_marker


class GitHubArchive(PostArchive):
    """The issues of one repository as an archive."""

    def __init__(
        self, client: Github, repository: str, posters: Posters, further: Iterable[str] = ()
    ) -> None:
        self._trust = Trust(client, posters, further)
        self._reading = ReviewReading(client, repository)

    def posts(self) -> tuple[OldPost, ...]:
        """All that bears a marker of ours, whoever wrote it; GitHubError."""
        with github_errors():
            return tuple(self._found())

    def _found(self) -> Iterator[OldPost]:
        every: Iterator[Written] = chain(
            self._reading.newest_issues(None), self._reading.every_comment()
        )
        for one in every:
            if parse_marker(one.text) or parse_thread_marker(one.text):
                yield OldPost(
                    body=one.text,
                    place=one.html_url,
                    is_comment=one.number is None,
                    poster=one.author,
                    is_ours=self._trust.believes(one.author),
                    posted_at=one.created_at,
                )
