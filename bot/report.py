"""The run's report: what a run did, for `--json`, the summary and the person at the terminal."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from bot.errors import unnamed
from bot.harvest.source import Cost, Step

#: A student's own day, such as the end of a pause; totals go without.
_DAY = re.compile(r",? (?:until|on) \d{4}-\d{2}-\d{2}\b")


class StudentStatus(StrEnum):
    """What became of a student's digest in this run."""

    SENT = "sent"
    PREPARED = "prepared"
    HELD = "held"
    QUIET = "quiet"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class StudentReport:
    """One student's line; `why` is empty when there is nothing to explain."""

    login: str
    status: StudentStatus
    picks: int
    channel: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run, as its JSON is fixed."""

    week: str
    live: bool
    complete: bool
    issues: int
    by_step: dict[Step, Cost]
    dropped: dict[str, int]
    students: tuple[StudentReport, ...]
    notes: tuple[str, ...] = ()

    def whys_in_public(self, names: Iterable[str] = ()) -> Counter[tuple[StudentStatus, str]]:
        """Why nothing went to how many, without these names, the students' own or their days."""
        hidden = {*names, *(one.login for one in self.students)}
        return Counter(
            (one.status, _DAY.sub("", unnamed(one.why, hidden)))
            for one in self.students
            if one.why and one.status in (StudentStatus.SKIPPED, StudentStatus.HELD)
        )

    def to_payload(self) -> dict[str, object]:
        """The report as plain JSON values; `requests`, `points` and `seconds` count the pages."""
        page = self.by_step.get(Step.PAGE, Cost())
        return {
            "week": self.week,
            "live": self.live,
            "complete": self.complete,
            "harvest": {
                "issues": self.issues,
                **asdict(page),
                "by_step": {step: asdict(self.by_step.get(step, Cost())) for step in Step},
            },
            "dropped": self.dropped,
            "students": [asdict(student) for student in self.students],
            "notes": list(self.notes),
        }
