"""How people talk in discussions: they ask, answer, choose the answer, close and vote.

Comes in: people and what they say. Goes out: discussions, changed and written down. Only who may
push, or who asked, chooses an answer; only where the category has answers, and no reply to a
comment is one. Nothing of a discussion shows in an issue's timeline, as on GitHub, whose cross
references come from issues and pull requests alone.
"""

from bot.sandbox.discussions import REASONS, Discussion, DiscussionComment
from bot.sandbox.things import Repository
from bot.sandbox.timeline import Timeline


class Forum(Timeline):
    """A store in which people discuss."""

    def open_discussion(
        self,
        repository: Repository,
        author: str | None,
        title: str,
        body: str = "",
        category: str = "Q&A",
    ) -> Discussion:
        """Begin a discussion; ValueError where they are switched off or have no such category."""
        home = repository.name_with_owner
        if not repository.has_discussions:
            raise ValueError(f"{home} has no discussions")
        if category not in repository.categories:
            raise ValueError(f"{home} has the categories {', '.join(repository.categories)}")
        number = self.next_number(repository)
        discussion = Discussion(self.next_id(), repository, number, title, self.now, self.now, body)
        discussion.author, discussion.category = author, category
        discussion.association = self.association(repository, author)
        discussion.upvoters = self._voters(author)
        self.add(discussion)
        self.record(author, "open_discussion", discussion, title=title)
        return discussion

    def discuss(
        self, place: Discussion | DiscussionComment, author: str | None, body: str
    ) -> DiscussionComment:
        """Comment on a discussion, or reply to a comment; a reply to a reply joins its thread."""
        discussion = place if isinstance(place, Discussion) else place.discussion
        made = DiscussionComment(self.next_id(), discussion, author, body, self.now)
        if isinstance(place, DiscussionComment):
            made.reply_to = place.reply_to or place
        made.association = self.association(discussion.repository, author)
        made.upvoters = self._voters(author)
        discussion.comments.append(made)
        discussion.updated_at = self.now
        self.nodes[made.node_id] = made
        self.record(author, "discuss", made, body=body)
        return made

    def choose_answer(self, comment: DiscussionComment, actor: str) -> None:
        """Mark a comment as the answer, in place of an earlier one."""
        discussion = comment.discussion
        if not discussion.is_answerable or comment.reply_to is not None:
            raise ValueError(f"{comment.url} can not be marked as an answer")
        self._require_host(discussion, actor)
        discussion.answer, discussion.answer_chosen_at = comment, self.now
        discussion.chooser, discussion.updated_at = actor, self.now
        self.record(actor, "choose_answer", comment)

    def withdraw_answer(self, discussion: Discussion, actor: str) -> None:
        """Leave a discussion without an answer again."""
        self._require_host(discussion, actor)
        discussion.answer = discussion.answer_chosen_at = discussion.chooser = None
        discussion.updated_at = self.now
        self.record(actor, "withdraw_answer", discussion)

    def close_discussion(
        self, discussion: Discussion, actor: str, reason: str = "RESOLVED"
    ) -> None:
        """Close a discussion."""
        if reason not in REASONS:
            raise ValueError(f"a discussion is closed as {', '.join(REASONS)}, not {reason}")
        self._require_host(discussion, actor)
        discussion.closed_at, discussion.state_reason = self.now, reason
        discussion.updated_at = self.now
        self.record(actor, "close_discussion", discussion, reason=reason)

    def reopen_discussion(self, discussion: Discussion, actor: str) -> None:
        """Open a closed discussion again."""
        self._require_host(discussion, actor)
        discussion.closed_at, discussion.state_reason = None, "REOPENED"
        discussion.updated_at = self.now
        self.record(actor, "reopen_discussion", discussion)

    def upvote(self, place: Discussion | DiscussionComment, login: str) -> None:
        """Vote for a discussion or a comment, once an account; `updated_at` stays."""
        place.upvoters.add(login.lower())
        self.record(login, "upvote", place)

    def _voters(self, author: str | None) -> set[str]:
        """Who has voted at first: the author, of whom the world knows from now on."""
        return set() if author is None else {self.user(author).login.lower()}

    def _require_host(self, discussion: Discussion, actor: str) -> None:
        is_author = actor.lower() == (discussion.author or "").lower()
        if not is_author and not self.can_push(actor, discussion.repository):
            raise ValueError(f"{actor} has no say over {discussion.url}")
