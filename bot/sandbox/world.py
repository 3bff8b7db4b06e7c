"""The sandbox's world: what a small GitHub holds, and the only place where it changes.

Comes in: writes of `rest` and `graphql`, acts of `control`. Goes out: changed things. Every act is
a method of `World`, which stamps it with the world's clock, adds the timeline events that GitHub
would show, counts `revision` up and writes it down in `writes`. Reactions and stars leave
`updated_at` alone, as on GitHub.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict, Unpack

from bot.sandbox.branches import Branches
from bot.sandbox.discussions import Discussion, DiscussionComment
from bot.sandbox.things import (
    REACTIONS,
    VERDICTS,
    Comment,
    Event,
    Issue,
    PullRequest,
    Repository,
    Review,
    User,
)

__all__ = ["Comment", "Event", "Issue", "PullRequest", "Repository", "Review", "User", "World"]


#: What people can react to.
Liked = Issue | PullRequest | Comment | Discussion | DiscussionComment


class PullFacts(TypedDict, total=False):
    """What a new pull request may also have: the numbers of the issues it closes, its branches."""

    closes: Iterable[int]
    draft: bool
    head: str
    base: str


class Edit(TypedDict, total=False):
    """What can be changed in an issue at once."""

    title: str
    body: str | None
    state: str
    state_reason: str | None
    labels: Iterable[str]
    assignees: Iterable[str]
    locked: bool


class World(Branches):
    """A small GitHub in which people act."""

    def open_issue(
        self,
        repository: Repository,
        author: str | None,
        title: str,
        body: str | None,
        labels: Iterable[str] = (),
    ) -> Issue:
        """Open an issue; it links to what its body refers to."""
        number = self.next_number(repository)
        issue = Issue(self.next_id(), repository, number, title, self.now, self.now)
        issue.body, issue.author, issue.comments, issue.linked = body, author, [], []
        issue.association = self.association(repository, author)
        self.add(issue)
        for name in labels:
            self._add_label(issue, name, author)
        self._refer(issue, body, author)
        self.record(author, "open_issue", issue, title=title)
        return issue

    def delete_issue(self, issue: Issue, actor: str | None = None) -> None:
        """Delete an issue: its node id names nothing any more."""
        del self.issues[issue.repository.name_with_owner.lower()][issue.number]
        for node in (issue, *(issue.comments or ())):
            self.nodes.pop(node.node_id, None)
        self.record(actor, "delete_issue", issue)

    def comment(self, subject: Issue | PullRequest, author: str | None, body: str) -> Comment:
        """Comment on an issue or a pull request."""
        comment = Comment(self.next_id(), author, body, self.now, updated_at=self.now)
        comment.association = self.association(subject.repository, author)
        comment.parent = subject
        if isinstance(subject, Issue) and subject.n_comments is not None:
            subject.n_comments += 1
        subject.comments = [*(subject.comments or ()), comment]
        subject.updated_at = self.now
        self.nodes[comment.node_id] = comment
        self._refer(subject, body, author)
        self.record(author, "comment", comment, body=body)
        return comment

    def edit_comment(self, comment: Comment, body: str, actor: str | None = None) -> None:
        """Change a comment's text (by its author, where no actor is named)."""
        self._note_editor(comment, body, actor or comment.author)
        comment.body, comment.updated_at = body, self.now
        if comment.parent is not None:
            comment.parent.updated_at = self.now
            self._refer(comment.parent, body, actor or comment.author)
        self.record(actor or comment.author, "edit_comment", comment, body=body)

    def delete_comment(self, comment: Comment, actor: str | None = None) -> None:
        """Take a comment away; its node id names nothing any more."""
        subject = comment.parent
        if subject is not None:
            subject.comments = [c for c in subject.comments or () if c is not comment]
            subject.updated_at = self.now
            if isinstance(subject, Issue) and subject.n_comments is not None:
                subject.n_comments -= 1
        self.nodes.pop(comment.node_id, None)
        self.record(actor or comment.author, "delete_comment", comment)

    def minimize(self, comment: Comment, classifier: str, actor: str | None = None) -> None:
        """Fold a comment up, as OUTDATED for example."""
        comment.minimized = classifier
        self.record(actor, "minimize", comment, classifier=classifier)

    def react(self, subject: Liked, login: str, content: str) -> None:
        """Add a reaction, by REST's name (`+1`) or GraphQL's (`THUMBS_UP`), or keep the first."""
        name = REACTIONS.get(content, content)
        if name not in REACTIONS.values():
            raise ValueError(f"a reaction is {', '.join(REACTIONS)}, not {content}")
        subject.reactions.setdefault(name, {}).setdefault(login, self.now)
        self.record(login, "react", subject, content=name)

    def unreact(self, subject: Liked, login: str, content: str) -> None:
        """Take a reaction back."""
        name = REACTIONS.get(content, content)
        subject.reactions.get(name, {}).pop(login, None)
        self.record(login, "unreact", subject, content=name)

    def edit_issue(self, issue: Issue, actor: str | None, **changes: Unpack[Edit]) -> None:
        """Change an issue in several ways at once; each leaves its timeline event."""
        unknown = set(changes) - set(Edit.__annotations__)
        if unknown:
            raise TypeError(f"an issue has no {', '.join(sorted(unknown))} to edit")
        if "title" in changes and changes["title"] != issue.title:
            self._note(issue, "RenamedTitleEvent", actor, issue.title)
            issue.title = changes["title"]
        if "body" in changes:
            self._note_editor(issue, changes["body"], actor)
            issue.body = changes["body"]
            self._refer(issue, issue.body, actor)
        if "labels" in changes:
            self._set_labels(issue, tuple(changes["labels"]), actor)
        if "assignees" in changes:
            self._set_assignees(issue, tuple(changes["assignees"]), actor)
        if "locked" in changes and changes["locked"] != issue.locked:
            issue.locked = changes["locked"]
            self._note(issue, "LockedEvent" if issue.locked else "UnlockedEvent", actor)
        if "state" in changes:
            self._set_state(issue, changes["state"].upper(), actor, changes.get("state_reason"))
        self._changed(issue, actor, "edit_issue", fields=sorted(changes))

    def assign(self, issue: Issue, login: str, actor: str | None = None) -> None:
        """Give an issue to somebody (by themselves, where no actor is named)."""
        self._set_assignees(issue, (*issue.assignees, login), actor or login)
        self._changed(issue, actor or login, "assign", assignee=login)

    def unassign(self, issue: Issue, login: str, actor: str | None = None) -> None:
        """Take an issue from somebody."""
        kept = tuple(name for name in issue.assignees if name.lower() != login.lower())
        self._set_assignees(issue, kept, actor or login)
        self._changed(issue, actor or login, "unassign", assignee=login)

    def close(self, issue: Issue, actor: str | None, reason: str = "COMPLETED") -> None:
        """Close an issue; the reason is COMPLETED, NOT_PLANNED or DUPLICATE."""
        self._set_state(issue, "CLOSED", actor, reason)
        self._changed(issue, actor, "close", reason=reason)

    def reopen(self, issue: Issue, actor: str | None) -> None:
        """Open a closed issue again."""
        self._set_state(issue, "OPEN", actor, "REOPENED")
        self._changed(issue, actor, "reopen")

    def label(self, issue: Issue, name: str, actor: str | None = None) -> None:
        """Put a label on; the repository gets it too, if it had none of that name."""
        self._add_label(issue, name, actor)
        self._changed(issue, actor, "label", label=name)

    def unlabel(self, issue: Issue, name: str, actor: str | None = None) -> None:
        """Take a label off."""
        kept = tuple(label for label in issue.labels if label.lower() != name.lower())
        self._set_labels(issue, kept, actor)
        self._changed(issue, actor, "unlabel", label=name)

    def pin(self, issue: Issue, actor: str | None = None) -> None:
        """Pin an issue to the top of its repository's list."""
        issue.pinned = True
        self._note(issue, "PinnedEvent", actor)
        self._changed(issue, actor, "pin")

    def open_pull_request(
        self,
        repository: Repository,
        author: str | None,
        title: str,
        body: str = "",
        **facts: Unpack[PullFacts],
    ) -> PullRequest:
        """Open a pull request which closes some issues and may mention others in its body."""
        number = self.next_number(repository)
        pull = PullRequest(self.next_id(), repository, number, title, self.now, self.now, body)
        pull.author, pull.draft = author, facts.get("draft", False)
        pull.head, pull.base = facts.get("head", ""), facts.get("base", "main")
        pull.head_commit = self.commit_of(repository, pull.head)
        pull.association = self.association(repository, author)
        self.add(pull)
        self.link(pull, facts.get("closes", ()))
        self._refer(pull, body, author)
        self.record(author, "open_pull_request", pull, title=title)
        return pull

    def link(self, pull: PullRequest, numbers: Iterable[int]) -> None:
        """Note that a pull request will close these issues of its repository."""
        for number in numbers:
            issue = self.issue(pull.repository.name_with_owner, number)
            if issue is None:
                raise ValueError(f"there is no {pull.repository.name_with_owner}#{number}")
            pull.closes = (*pull.closes, issue)
            issue.linked = [*(issue.linked or ()), pull]
            event = Event("CrossReferencedEvent", pull.created_at, pull.author, will_close=True)
            event.pull_request = pull
            self._leave(issue, event)

    def connect(self, pull: PullRequest, issue: Issue, actor: str | None = None) -> None:
        """Link a pull request to an issue by hand, as maintainers do in the side bar."""
        pull.closes = (*pull.closes, issue)
        issue.linked = [*(issue.linked or ()), pull]
        self._leave(issue, Event("ConnectedEvent", self.now, actor, pull_request=pull))
        self._changed(issue, actor, "connect", pull_request=pull.number)

    def disconnect(self, pull: PullRequest, issue: Issue, actor: str | None = None) -> None:
        """Take a link between a pull request and an issue away."""
        if issue not in pull.closes:
            raise ValueError(f"{pull.url} is not linked to {issue.url}")
        pull.closes = tuple(other for other in pull.closes if other is not issue)
        issue.linked = [other for other in issue.linked or () if other is not pull]
        self._leave(issue, Event("DisconnectedEvent", self.now, actor, pull_request=pull))
        self._changed(issue, actor, "disconnect", pull_request=pull.number)

    def review(
        self, pull: PullRequest, login: str, state: str = "COMMENTED", body: str = ""
    ) -> Review:
        """Submit a review; a pull request's author can do no more than comment."""
        if state not in VERDICTS:
            raise ValueError(f"a review is {', '.join(VERDICTS)}, not {state}")
        if state != "COMMENTED" and login.lower() == (pull.author or "").lower():
            raise ValueError(f"{login} can not judge their own pull request")
        review = Review(self.next_id(), pull, login, state, self.now, body)
        review.association = self.association(pull.repository, login)
        review.commit = pull.head_commit
        pull.reviews.append(review)
        pull.updated_at = self.now
        self.nodes[review.node_id] = review
        self._refer(pull, body, login)
        self.record(login, "review", review, state=state, body=body)
        return review

    def merge(self, pull: PullRequest, actor: str | None) -> None:
        """Merge a pull request: this pushes, and closes the issues it is linked to."""
        pull.state, pull.merged_at, pull.closed_at = "MERGED", self.now, self.now
        pull.updated_at = self.now
        _add_commit(pull.repository, self.now)
        for issue in (closed for closed in pull.closes if closed.state == "OPEN"):
            self._set_state(issue, "CLOSED", actor)
            issue.timeline[-1].pull_request, issue.updated_at = pull, self.now
        self.record(actor, "merge", pull)

    def close_pull_request(self, pull: PullRequest, actor: str | None) -> None:
        """Close a pull request unmerged; its issues stay as they are."""
        pull.state, pull.closed_at, pull.updated_at = "CLOSED", self.now, self.now
        self.record(actor, "close_pull_request", pull)

    def push(self, repository: Repository, actor: str | None = None) -> None:
        """Push a commit."""
        _add_commit(repository, self.now)
        self.record(actor, "push", repository)

    def star(self, repository: Repository, login: str | None = None) -> None:
        """Give a repository a star."""
        repository.stars += 1
        if login is not None:
            self.user(login).starred[repository.name_with_owner] = self.now
        self.record(login, "star", repository)


def _add_commit(repository: Repository, pushed_at: datetime) -> None:
    repository.pushed_at = pushed_at
    if repository.commits is not None:
        repository.commits += 1
