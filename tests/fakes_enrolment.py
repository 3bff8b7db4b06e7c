"""A front desk in memory: one repository with its files, issues and requests."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.enrolling import Answered, FrontDesk, Proposal, Standing
from bot.enrolment.decide import StudentFile
from bot.errors import GitHubError
from bot.rendering.marker import parse_form_marker
from tests.stage import NOW


@dataclass
class MemoryFrontDesk(FrontDesk):
    """`error` is raised by everything that writes to GitHub, or only by what `fails_at` names."""

    files: dict[str, str] = field(default_factory=dict)
    issues: dict[int, Standing] = field(default_factory=dict)
    requests: dict[str, Proposal] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    error: GitHubError | None = None
    fails_at: str = ""
    #: When the last answer was written.
    answered_at: datetime = NOW

    def standing(self, number: int) -> Standing | None:
        found = self.issues.get(number)
        if found is None:
            return None
        sha = parse_form_marker(self.answers[-1]) if self.answers else None
        last = Answered(sha, self.answered_at) if sha else None
        return Standing(found.title, found.body, found.editor, number not in self.closed, last)

    def file_of(self, login: str) -> StudentFile | None:
        path = f"config/students/{login}.yaml"
        for known, text in self.files.items():
            if known.casefold() == path.casefold():
                return StudentFile(known, text)
        return None

    def text_of(self, path: str) -> str | None:
        return self.files.get(path)

    def propose(self, proposal: Proposal) -> int:
        self._may_fail("propose")
        self.requests[proposal.login.casefold()] = proposal
        return 40

    def withdraw(self, login: str) -> int | None:
        self._may_fail("withdraw")
        return 40 if self.requests.pop(login.casefold(), None) else None

    def answer(self, number: int, markdown: str) -> None:
        self._may_fail("answer")
        self.answers.append(markdown)

    def close(self, number: int) -> None:
        self._may_fail("close")
        self.closed.append(number)

    def _may_fail(self, act: str) -> None:
        if self.error is not None and self.fails_at in ("", act):
            raise self.error
