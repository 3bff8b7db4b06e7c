"""The pages of proofs as comments of one issue in the club's repository.

Comes in: a client and the repository. Goes out: pages, read once a run. Only what was written by
somebody who is believed counts. The issue is closed and locked, so that nobody takes it for a place
to talk; a workflow's own token may unlock it but not write while it is locked
(github.com/upptime/uptime-monitor/pull/189), so each write unlocks it first.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from github import Github, GithubException

from bot.adapters.github_client import github_errors
from bot.adapters.github_post_trust import Trust
from bot.adapters.github_review_reading import ReviewReading, Written
from bot.errors import GitHubError, Refused
from bot.proofs import ProofDesk, ProofPage
from bot.register import Posters
from bot.rendering.proofs import TITLE, is_cover, make_cover, make_page, read_page

LABEL = "foothold-proofs"


class GitHubProofs(ProofDesk):
    """One issue; an instance serves one run."""

    def __init__(
        self, client: Github, repository: str, posters: Posters, further: Iterable[str] = ()
    ) -> None:
        self._client = client
        self._repository = repository
        self._trust = Trust(client, posters, further)
        self._reading = ReviewReading(client, repository)
        self._number: int | None = None
        self._blind: GitHubError | None = None
        #: By page, the newest comment last; None until they were read.
        self._standing: dict[str, list[Written]] | None = None

    def pages(self) -> Mapping[str, ProofPage]:
        """All pages; of one that stands there twice all tokens."""
        with self._looking():
            standing = self._read()
        return {name: _joined(comments) for name, comments in standing.items()}

    def write(self, name: str, tokens: Collection[str]) -> None:
        """Write a page anew, or for the first time; what came of it is read again."""
        fields = {"body": make_page(name, tokens)}
        with self._looking():
            known = self._read().get(name, [])
            self._standing = None
            if self._number is None:
                self._number = self._open()
            with self._unlocked(self._number):
                if known:
                    self._request("PATCH", f"issues/comments/{known[-1].id}", fields)
                else:
                    self._request("POST", f"issues/{self._number}/comments", fields)

    @contextmanager
    def _looking(self) -> Iterator[None]:
        """The first error stands for the whole run: what was not read is not written over."""
        if self._blind is not None:
            raise self._blind
        try:
            with github_errors():
                yield
        except GitHubError as error:
            self._blind = error
            raise

    def _read(self) -> dict[str, list[Written]]:
        if self._standing is None:
            self._number = self._number or self._find()
            found: dict[str, list[Written]] = {}
            comments = self._reading.comments(self._number) if self._number else ()
            for one in comments:
                page = read_page(one.text)
                if page is not None and self._trust.believes(one.author):
                    found.setdefault(page[0], []).append(one)
            self._standing = found
        return self._standing

    def _find(self) -> int | None:
        """The issue: by its label, or where a token could make none by reading all, as once."""
        for label in (LABEL, None):
            for one in self._reading.newest_issues(label):
                if is_cover(one.text) and self._trust.believes(one.author):
                    return one.number
        return None

    def _open(self) -> int:
        fields = {"title": TITLE, "body": make_cover(), "labels": [LABEL]}
        answer = self._request("POST", "issues", fields)
        number = answer.get("number") if isinstance(answer, Mapping) else None
        if not isinstance(number, int):
            raise Refused(
                f"GitHub did not take the issue of proofs in {self._repository}.",
                "Was the repository renamed? Write its new name into config/club.yaml.",
            )
        user = answer.get("user")
        if isinstance(user, Mapping) and isinstance(user.get("login"), str):
            self._trust.record(user["login"])
        self._request("PATCH", f"issues/{number}", {"state": "closed"})
        return number

    @contextmanager
    def _unlocked(self, number: int) -> Iterator[None]:
        """Unlock it for a moment; who may not lock writes all the same."""
        self._lock("DELETE", number)
        try:
            yield
        finally:
            self._lock("PUT", number)

    def _lock(self, method: str, number: int) -> None:
        try:
            self._request(method, f"issues/{number}/lock", {})
        except GithubException as error:
            if error.status not in {403, 404, 410, 422}:
                raise

    def _request(self, method: str, path: str, fields: Mapping[str, object]) -> Any:  # noqa: ANN401
        _, answer = self._client.requester.requestJsonAndCheck(
            method, f"/repos/{self._repository}/{path}", input=dict(fields)
        )
        return answer


def _joined(comments: list[Written]) -> ProofPage:
    pages = (read_page(one.text) for one in comments)
    return ProofPage(
        tokens=frozenset().union(*(page[1] for page in pages if page is not None)),
        begun_at=min(one.created_at for one in comments),
        written_at=max(one.updated_at for one in comments),
    )
