"""Retires a student's older digests: comments are folded up as outdated, issues closed.

Comes in: our earlier digests of a student. Goes out: nothing but notes, without names. What is
folded up or closed is left alone, so a run that was killed is made good by the next; and a failure
never harms the delivery.
"""

from collections.abc import Iterable, Sequence

from bot.adapters.github_documents import document
from bot.adapters.github_post_listing import Posted
from bot.adapters.github_post_writes import PostWriter
from bot.adapters.graphql_wire import GraphQLWire
from bot.adapters.payloads import Payload, parse
from bot.errors import GitHubError, LimitReached, Refused

#: So many comments are asked for at once: GitHub's most.
_N_ASKED = 100
#: After so many failures nothing more is retired in this run: one may be a post's own fault.
_MAX_FAILED = 3


class _Comment(Payload):
    id: str
    is_minimized: bool


class Retirement:
    """The retiring of one run."""

    def __init__(self, wire: GraphQLWire, writer: PostWriter) -> None:
        self._wire = wire
        self._writer = writer
        #: Whether a comment is folded up, by its node id.
        self._is_folded: dict[str, bool] = {}
        self._closed: set[str] = set()
        self._n_failed = 0
        self._failure: GitHubError | None = None
        self._is_over = False

    @property
    def is_over(self) -> bool:
        """Is there no use in trying further?"""
        return self._is_over

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be done, for the run's report."""
        if self._failure is None:
            return ()
        # GitHub's own words may hold a name; ours do not.
        said = "GitHub refused." if type(self._failure) is Refused else self._failure.message
        note = f"Some older digests could not be folded up or closed: {said}"
        return (f"{note} The next deliveries try again.",)

    def retire(self, older: Iterable[Posted], comments: Iterable[Posted]) -> None:
        """Retire these; of all `comments` it is asked at once whether they are folded up.

        LimitReached where GitHub answers no more in this run.
        """
        known = tuple(comments)
        for digest in older:
            if self._is_over:
                return
            try:
                if digest.is_comment:
                    self._fold(digest, known)
                else:
                    self._close(digest)
            except GitHubError as error:
                self.note(error)
                if isinstance(error, LimitReached):
                    raise

    def note(self, error: GitHubError, *, is_last: bool = False) -> None:
        """Remember a failure; after a few, or one that is the last, nothing more is tried."""
        self._failure = self._failure or error
        self._n_failed += 1
        too_many = self._n_failed >= _MAX_FAILED or isinstance(error, LimitReached)
        self._is_over = self._is_over or is_last or too_many

    def _close(self, issue: Posted) -> None:
        if issue.is_open and issue.path not in self._closed:
            self._writer.close(issue)
            self._closed.add(issue.path)

    def _fold(self, comment: Posted, comments: Sequence[Posted]) -> None:
        if comment.node_id not in self._is_folded:
            self._ask({comment.node_id: None} | {one.node_id: None for one in comments})
        if self._is_folded[comment.node_id]:
            return
        # A comment that is gone is no error here: that is as good.
        self._wire.send(document("fold_comment"), {"id": comment.node_id})
        self._is_folded[comment.node_id] = True

    def _ask(self, ids: Iterable[str]) -> None:
        """Learn which comments are folded up; of what GitHub does not tell, nothing is to do."""
        unknown = [one for one in ids if one not in self._is_folded]
        for begin in range(0, len(unknown), _N_ASKED):
            some = unknown[begin : begin + _N_ASKED]
            answer = self._wire.send(document("read_folded"), {"ids": some})
            told = [parse(_Comment, node) for node in answer.data.get("nodes") or ()]
            self._is_folded |= dict.fromkeys(some, True)
            self._is_folded |= {one.id: one.is_minimized for one in told if one is not None}
