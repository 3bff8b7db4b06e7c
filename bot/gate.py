"""The gate: may a workflow's real job begin? Asked first, by a job that holds no secret.

Comes in: which job, the club, and what started the workflow. Goes out: a `Gate`, with a sentence
that names nobody. It reads what strangers wrote only as data: a comment's text is not looked at.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import ConfigurationError
from bot.subscriptions.club import Club


class Job(StrEnum):
    """The jobs that a workflow starts; each has a file of this name in `.github/workflows`."""

    PREPARE = "prepare"
    DELIVER = "deliver"
    LEARN = "learn"
    SUBSCRIBE = "subscribe"


#: What may start a workflow of ours (docs.github.com, events that trigger workflows).
SCHEDULE, COMMENT, ISSUES = "schedule", "issue_comment", "issues"
#: These start without a person of the club having said so.
_BY_ITSELF = frozenset({SCHEDULE, COMMENT, ISSUES})
#: What strangers can cause starts these jobs alone.
_MAY_CAUSE = {COMMENT: Job.DELIVER, ISSUES: Job.SUBSCRIBE}


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether a job may go on, and why; the sentence may stand in a public log."""

    is_open: bool
    why: str


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Account(_Given):
    login: str = ""


class _Issue(_Given):
    #: Only a pull request has it.
    pull_request: dict[str, object] | None = None


class _Comment(_Given):
    #: Null where the account is gone.
    user: _Account | None = None


class Event(_Given):
    """Of an event's payload what the gate looks at.

    https://docs.github.com/en/webhooks/webhook-events-and-payloads#issue_comment
    """

    name: str = ""
    action: str = ""
    issue: _Issue | None = None
    comment: _Comment | None = None


def read_event(name: str, path: Path | None) -> Event:
    """The event of a workflow's run, from the file that Actions gives; ConfigurationError.

    Without a file nothing is known but the event's name.
    """
    if path is None:
        return Event(name=name)
    try:
        event = Event.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise ConfigurationError(
            "The event's file cannot be read.",
            "Look at GITHUB_EVENT_PATH: Actions sets it, and nobody else should.",
        ) from error
    return event.model_copy(update={"name": name})


def judge(job: Job, club: Club, event: Event) -> Gate:
    """Whether the job may go on: an example does nothing by itself, strangers start nothing."""
    if club.example and event.name in _BY_ITSELF:
        return Gate(False, "This is the example club (`example: true`): nothing runs by itself.")
    if event.name in _MAY_CAUSE and job is not _MAY_CAUSE[event.name]:
        return Gate(False, f"The event `{event.name}` does not start this job.")
    if event.name == COMMENT:
        return _judge_comment(club, event)
    return Gate(True, "It is started by the schedule, by hand, or by a form.")


def _judge_comment(club: Club, event: Event) -> Gate:
    if event.action != "created" or event.comment is None or event.issue is None:
        return Gate(False, "Only a new comment on an issue counts.")
    if event.issue.pull_request is not None:
        return Gate(False, "A comment on a pull request says nothing of a digest.")
    login = event.comment.user.login.casefold() if event.comment.user else ""
    if login not in {mentor.github.casefold() for mentor in club.mentors}:
        return Gate(False, "Who commented is no mentor of this club.")
    return Gate(True, "A mentor of this club commented.")
