"""What stands in a review post and under it: its parts, its answers, and what people said.

Comes in: an issue, its comments, who edited them, and whose posts are ours. Goes out: a
`ReviewTalk`. Whose words a comment is, is who edited it last: an edit of somebody else's comment
is no word of its author.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.adapters.github_edits import Edit
from bot.adapters.github_review_reading import Written
from bot.errors import Outage
from bot.remarks import Remark
from bot.rendering.marker import parse_reply_marker, parse_review_marker
from bot.review.desk import PostedReview, ReviewTalk


@dataclass(frozen=True, slots=True)
class ReviewThread:
    """A review post as it was read."""

    issue: Written
    #: Ours that are further parts, by part; of a part there may be several.
    parts: tuple[Written, ...]
    #: Ours that answer somebody.
    answers: tuple[Written, ...]
    #: What people wrote, oldest first.
    said: tuple[Written, ...]

    def part(self, n: int) -> Written | None:
        """The oldest comment that is that part."""
        return next((one for one in self.parts if part_of(one) == n), None)

    @property
    def editable(self) -> tuple[Written, ...]:
        """What somebody may have edited, and in whose name words or ticks then stand."""
        return (self.issue, *self.parts, *self.said)


def part_of(post: Written) -> int:
    """Which part of a review post it says to be; 0 for none."""
    marker = parse_review_marker(post.text)
    return marker.part if marker else 0


def is_review_of(issue: Written, week: str, mentor: str) -> bool:
    """Does an issue's marker say so? Anybody can paste one."""
    marker = parse_review_marker(issue.text)
    if marker is None or marker.part != 1:
        return False
    return (marker.week, marker.mentor.casefold()) == (week, mentor.casefold())


def read_thread(
    issue: Written, comments: Iterable[Written], believes: Callable[[str], bool]
) -> ReviewThread:
    """Tell ours from what people said: ours have a marker and an author who is believed."""
    parts: list[Written] = []
    answers: list[Written] = []
    said: list[Written] = []
    for one in comments:
        is_part, is_answer = part_of(one) > 1, bool(parse_reply_marker(one.text))
        if not (is_part or is_answer) or not believes(one.author):
            said.append(one)
        else:
            (parts if is_part else answers).append(one)
    parts.sort(key=lambda one: (part_of(one), one.id))
    return ReviewThread(issue, tuple(parts), tuple(answers), tuple(said))


def talk_of(
    thread: ReviewThread, edits: Mapping[str, Edit], believes: Callable[[str], bool]
) -> ReviewTalk:
    """The whole talk; `edits` are those of `thread.editable`, by node id.

    Outage where one is missing: whose words they are must not be guessed.
    """
    if any(one.node_id not in edits for one in thread.editable):
        raise Outage("GitHub did not tell who edited a review post.", "Run again later.")
    answered = frozenset(key for one in thread.answers for key in parse_reply_marker(one.text))
    remarks = (_remark(one, thread.issue, edits[one.node_id]) for one in thread.said)
    return ReviewTalk(_posted(thread, edits, believes), tuple(remarks), answered)


def _posted(
    thread: ReviewThread, edits: Mapping[str, Edit], believes: Callable[[str], bool]
) -> PostedReview:
    issue, parts = thread.issue, (thread.issue, *thread.parts)
    made = [edit for one in parts if (edit := edits[one.node_id]).last_edited_at is not None]
    moments = [edit.last_edited_at for edit in made if edit.last_edited_at is not None]
    editors = dict.fromkeys(edit.login for edit in made)
    return PostedReview(
        number=issue.number or 0,
        place=issue.html_url,
        posted_at=issue.created_at,
        is_open=issue.state == "open",
        parts=tuple(one.text for one in parts),
        editors=tuple(login for login in editors if not believes(login)),
        edited_at=max(moments, default=None),
    )


def _remark(comment: Written, issue: Written, edit: Edit) -> Remark:
    author, at = comment.author, comment.created_at
    if edit.last_edited_at is not None:
        author, at = edit.login, edit.last_edited_at
    return Remark(comment.id, issue.number or 0, author, comment.created_at, at, comment.text)
