"""How a change of an issue shows: its state, labels and assignees, and the timeline they leave.

Comes in: an issue and what shall be true of it. Goes out: the issue changed, with GitHub's events
in its timeline; cross references also land on issues of other repositories.
"""

from bot.sandbox.references import find_references
from bot.sandbox.store import Node, Store
from bot.sandbox.things import Comment, Event, Issue, PullRequest

NEW_LABEL_COLOUR = "ededed"


class Timeline(Store):
    """A store in which changes of issues leave their events."""

    def _note(self, issue: Issue, kind: str, actor: str | None, subject: str | None = None) -> None:
        self._leave(issue, Event(kind, self.now, actor, subject))

    def _leave(self, issue: Issue, event: Event) -> None:
        """Put an event behind all that there is."""
        event.after = self._last_id
        issue.timeline.append(event)

    def _note_editor(self, thing: Issue | Comment, body: str | None, actor: str | None) -> None:
        """Keep who is about to change a text, if that changes it; a nameless actor is a ghost."""
        if (thing.body or "") != (body or ""):
            thing.editor, thing.last_edited_at = actor, self.now

    def _changed(self, issue: Issue, actor: str | None, act: str, **more: object) -> None:
        issue.updated_at = self.now
        self.record(actor, act, issue, **more)

    def _add_label(self, issue: Issue, name: str, actor: str | None) -> None:
        """Put a label on, in the repository's spelling of it."""
        known = issue.repository.labels
        name = next((label for label in known if label.lower() == name.lower()), name)
        known.setdefault(name, NEW_LABEL_COLOUR)
        if name not in issue.labels:
            issue.labels = (*issue.labels, name)
            self._note(issue, "LabeledEvent", actor, name)

    def _set_labels(self, issue: Issue, names: tuple[str, ...], actor: str | None) -> None:
        wanted = {name.lower() for name in names}
        for name in issue.labels:
            if name.lower() not in wanted:
                issue.labels = tuple(label for label in issue.labels if label != name)
                self._note(issue, "UnlabeledEvent", actor, name)
        for name in names:
            self._add_label(issue, name, actor)

    def _set_assignees(self, issue: Issue, logins: tuple[str, ...], actor: str | None) -> None:
        before = {login.lower() for login in issue.assignees}
        after = {login.lower(): login for login in logins}
        for login in issue.assignees:
            if login.lower() not in after:
                self._note(issue, "UnassignedEvent", actor, login)
        for key, login in after.items():
            if key not in before:
                self._note(issue, "AssignedEvent", actor, login)
        issue.assignees = tuple(after.values())

    def _set_state(
        self,
        issue: Issue,
        state: str,
        actor: str | None,
        reason: str | None = None,
    ) -> None:
        """Open or close an issue; closing without a reason means COMPLETED."""
        if state not in {"OPEN", "CLOSED"}:
            raise ValueError(f"an issue is OPEN or CLOSED, not {state}")
        closed = state == "CLOSED"
        why = (reason or ("COMPLETED" if closed else "REOPENED")).upper()
        if issue.state == state:
            issue.state_reason = why if closed else issue.state_reason
            return
        issue.state, issue.state_reason = state, why
        issue.closed_at = self.now if closed else None
        self._note(issue, "ClosedEvent" if closed else "ReopenedEvent", actor, why)

    def _refer(self, source: Issue | PullRequest, text: str | None, actor: str | None) -> None:
        """Leave a cross reference on each thing that a text of `source` points to, once a pair.

        This is the public back-link that a maintainer sees; GitHub does not stamp `updated_at`.
        """
        home = source.repository.name_with_owner
        for name, number in sorted(find_references(text, home)):
            target: Node | None = self.issue(name, number)
            if isinstance(target, Issue) and target is not source:
                known = (event.pull_request or event.issue for event in target.timeline)
                if source not in known:
                    self._leave(target, self._reference(source, target, actor))

    def _reference(self, source: Issue | PullRequest, target: Issue, actor: str | None) -> Event:
        event = Event("CrossReferencedEvent", self.now, actor)
        event.cross_repository = source.repository is not target.repository
        if isinstance(source, Issue):
            event.issue = source
        else:
            event.pull_request = source
        return event
