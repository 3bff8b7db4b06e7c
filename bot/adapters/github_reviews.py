"""Review posts in a repository of the club: an issue a mentor and week, further parts as comments.

Comes in: a `ReviewMessage`. Goes out: where it stands, and what was said there. A post counts as
ours by its marker and its author; a comment by somebody of ours without a marker is a person's,
for the token may be a mentor's own. GitHub has no idempotency key, so a write whose fate is unknown
is looked up by its marker, and never sent again blindly.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time

from github import Github

from bot.adapters.github_client import FOREIGN_ERRORS, github_errors, translate
from bot.adapters.github_post_listing import MARGIN, Posted
from bot.adapters.github_post_trust import Trust
from bot.adapters.github_post_writes import FateUnknown, PostWriter
from bot.adapters.github_review_reading import ReviewReading, Written, made_since
from bot.adapters.github_review_talk import (
    ReviewThread,
    is_review_of,
    part_of,
    read_thread,
    talk_of,
)
from bot.errors import DeliveryError, GitHubError, Outage, Refused
from bot.register import Posters
from bot.rendering.links import mention
from bot.rendering.marker import parse_reply_marker, parse_review_marker
from bot.review.desk import PostedReview, ReviewDesk, ReviewMessage, ReviewTalk
from bot.terms import Week

LABEL = "foothold-review"


#: What to do where nobody knows.
_LATER = (
    "Look at the issues of the club's repository. The next run looks too, before it writes again."
)


class GitHubReviews(ReviewDesk):
    """The issues of one repository as a review desk; an instance serves one run."""

    def __init__(
        self, client: Github, repository: str, posters: Posters, further: Iterable[str] = ()
    ) -> None:
        self._client = client
        self._repository = repository
        self._trust = Trust(client, posters, further)
        self._reading = ReviewReading(client, repository)
        self._writer = PostWriter(client, repository)
        #: What was listed in this run, by week and label.
        self._listed: dict[tuple[str, str | None], list[Written]] = {}

    @property
    def repository(self) -> str:
        """The repository, folded."""
        return self._repository.casefold()

    def is_private(self) -> bool:
        """Is the repository closed to the public? GitHubError if it cannot be seen."""
        with github_errors():
            return self._client.get_repo(self._repository).private

    def find(self, week: str, mentor: str) -> PostedReview | None:
        """Our post of that week and mentor; where there are several, the newest."""
        with github_errors():
            issue = self._standing(week, mentor)
            return None if issue is None else self._talk(self._thread(issue)).posted

    def post(self, message: ReviewMessage) -> PostedReview:
        """Post it, or put it in the place of an older text; what is the same is left alone.

        Boxes that a mentor unticked do not make a text another one.
        """
        with github_errors():
            issue = self._standing(message.week, message.mentor, message.title)
            issue = issue or self._open(message)
            post = self._thread(issue)
            if self._bring_up_to_date(post, message):
                fresh = self._reading.issue(issue.number or 0)
                post = self._thread(fresh or issue)
            return self._talk(post).posted

    def listen(self, number: int) -> ReviewTalk | None:
        """What stands under a post; None if it is gone, or not ours."""
        with github_errors():
            issue = self._reading.issue(number)
            if issue is None or not self._trust.believes(issue.author):
                return None
            return self._talk(self._thread(issue))

    def reply(self, number: int, markdown: str) -> None:
        """Write a comment under it; a post that is gone needs none."""
        with github_errors():
            issue = self._reading.issue(number)
            if issue is None:
                return
            keys = parse_reply_marker(markdown)
            self._write(
                lambda: self._writer.comment(issue.posted(), markdown),
                lambda: any(parse_reply_marker(one.text) == keys for one in self._ours(number)),
            )

    def close(self, number: int) -> None:
        """Close it as done; what is gone is done."""
        with github_errors():
            issue = self._reading.issue(number)
            if issue is not None and issue.state == "open":
                self._writer.close(issue.posted())

    def _standing(self, week: str, mentor: str, title: str | None = None) -> Written | None:
        """Our post, as the listings of this run have it: those with our label, then all others.

        A label is missing where the token may not make any. Where the marker was edited away, the
        title tells.
        """
        for label in (LABEL, None):
            for issue in self._list(week, label):
                is_it = is_review_of(issue, week, mentor) or issue.title == title
                if is_it and self._trust.believes(issue.author):
                    return issue
        return None

    def _list(self, week: str, label: str | None) -> list[Written]:
        if (week, label) not in self._listed:
            monday_at = datetime.combine(Week.parse(week).monday_on, time(), UTC)
            issues = self._reading.newest_issues(label)
            self._listed[week, label] = list(made_since(issues, monday_at - MARGIN, MARGIN))
        return self._listed[week, label]

    def _ours(self, number: int) -> list[Written]:
        found = self._reading.comments(number)
        return [one for one in found if self._trust.believes(one.author)]

    def _open(self, message: ReviewMessage) -> Written:
        """A new issue with the first part; the mentor is assigned, or mentioned once."""
        week, mentor, body = message.week, message.mentor, message.parts[0]
        calling = _calling(message)

        def look() -> bool:
            self._listed.clear()
            return self._standing(week, mentor) is not None

        posted = self._write(
            lambda: self._writer.open_issue(message.title, body, mentor, LABEL, calling), look
        )
        if posted is not None:
            self._trust.record(posted.poster)
        number = int(posted.path.rpartition("/")[2]) if posted else None
        issue = self._reading.issue(number) if number else self._standing(week, mentor)
        self._listed.clear()
        if issue is None:
            raise Outage(f"The review post of {mentor} was posted and cannot be read.", _LATER)
        return issue

    def _bring_up_to_date(self, thread: ReviewThread, message: ReviewMessage) -> bool:
        """Make the parts what the message says; whether that took a write.

        A run may have died between posting and calling: then the mentor is called now.
        """
        is_called = self._was_called(thread.issue, message.mentor)
        first = message.parts[0] if is_called else _calling(message)
        n_writes = 0
        for n, body in enumerate((first, *message.parts[1:]), 1):
            there = thread.issue if n == 1 else thread.part(n)
            n_writes += self._put(thread.issue, there, message.title, body)
        surplus = [
            one
            for one in thread.parts
            if part_of(one) > len(message.parts) or one is not thread.part(part_of(one))
        ]
        for one in surplus:
            self._delete(thread.issue, one)
        return n_writes + len(surplus) > 0

    def _was_called(self, issue: Written, mentor: str) -> bool:
        """Was the mentor told of this issue? What was edited since it was posted has called."""
        if issue.is_assigned_to(mentor) or mention(mentor) in issue.text:
            return True
        edit = self._reading.edits([issue.node_id]).get(issue.node_id)
        return edit is None or edit.last_edited_at is not None

    def _delete(self, issue: Written, part: Written) -> None:
        """Take away a part that nothing is left for: its boxes must not be read."""
        self._write(
            lambda: self._writer.delete(part.posted()),
            lambda: part.id not in [one.id for one in self._ours(issue.number or 0)],
        )

    def _put(self, issue: Written, there: Written | None, title: str, body: str) -> bool:
        """Put one part where it belongs; False where it stands already."""
        if there is not None and _says(there.text, body):
            return False

        def look() -> bool:
            number = issue.number or 0
            whole = [self._reading.issue(number), *self._ours(number)]
            return any(one is not None and _says(one.text, body) for one in whole)

        if there is None:
            self._write(lambda: self._writer.comment(issue.posted(), body), look)
        else:
            self._write(lambda: self._writer.edit(there.posted(), title, body), look)
        return True

    def _write(self, write: Callable[[], Posted], look: Callable[[], bool]) -> Posted | None:
        """Write once; None where nobody answered and it was found to be there all the same."""
        try:
            return write()
        except DeliveryError as refusal:
            raise _refused(refusal) from refusal
        except FateUnknown as unknown:
            if self._is_there(look):
                return None
            said = unknown.problem.message
            raise Outage(
                f"A review post or an answer in it may be written or not. {said}", _LATER
            ) from unknown

    def _is_there(self, look: Callable[[], bool]) -> bool:
        """Whether it is there, as far as one can look: the write is in doubt already."""
        try:
            with github_errors():
                return look()
        except GitHubError:
            return False

    def _talk(self, thread: ReviewThread) -> ReviewTalk:
        edits = self._reading.edits([one.node_id for one in thread.editable])
        return talk_of(thread, edits, self._trust.believes)

    def _thread(self, issue: Written) -> ReviewThread:
        comments = self._reading.comments(issue.number or 0)
        return read_thread(issue, comments, self._trust.believes)


def _calling(message: ReviewMessage) -> str:
    """The first part with a mention of the mentor under its marker."""
    marker, _, text = message.parts[0].partition("\n")
    return f"{marker}\n{mention(message.mentor)}\n\n{text}"


def _says(text: str, body: str) -> bool:
    """Does a text say what the body does, whatever is ticked, and call whom it calls?"""
    second = body.split("\n", 2)[1]
    return _sha(text) == _sha(body) and (not second.startswith("@") or second in text)


def _sha(body: str) -> str | None:
    marker = parse_review_marker(body)
    return marker.sha if marker else None


def _refused(refusal: DeliveryError) -> GitHubError:
    """What GitHub said, as an error of GitHub's: a limit stays a limit."""
    cause = refusal.__cause__
    said = translate(cause) if isinstance(cause, FOREIGN_ERRORS) else None
    kind = type(said) if isinstance(said, GitHubError) else Refused
    return kind(refusal.message, refusal.advice)
