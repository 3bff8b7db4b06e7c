"""What a club decides: the model of `config/club.yaml`.

Comes in: what an officer wrote, as plain YAML values. Goes out: a frozen `Club`.
"""

from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Discriminator, Field, Tag, field_validator

from bot.subscriptions.shapes import (
    Line,
    Login,
    Mailbox,
    Poster,
    RepositoryName,
    Shape,
    Written,
)
from bot.subscriptions.student import Exclusions
from bot.terms import ChannelName, Locale

#: What `foothold keygen` prints for everybody to see: it closes addresses and opens nothing.
PublicKey = Annotated[
    str,
    Shape(r"^age1[a-z0-9.]+$", "is no public key; write the one that `foothold keygen` prints"),
]

SecureAddress = Annotated[
    str, Shape(r"^https://\S+$", "is no https address; write one that begins with https://")
]

#: A file or an address; secret calendar addresses are long, and no message repeats one. Without TLS
#: only from this machine, as every other address of ours.
Location = Annotated[
    str,
    Field(max_length=500),
    Shape(
        r"^(?:https://\S+|http://(?:127\.0\.0\.1|localhost)(?::\d+)?/\S*"
        r"|(?![^/]*:|/)\S.*\.(?:ya?ml|ics))$",
        "an entry of `events` is no calendar; write a file such as events.yaml or club.ics, or an "
        "address that begins with https:// (also in place of webcal://)",
    ),
]


class Post(StrEnum):
    """One issue a student for all weeks, or one a week."""

    ROLLING = "rolling"
    WEEKLY = "weekly"


class Review(StrEnum):
    """Whether mentors see, or must approve, what goes out."""

    OFF = "off"
    NOTIFY = "notify"
    APPROVE = "approve"


def _all_or_listed(value: object) -> str:
    return "all" if isinstance(value, str) else "listed"


#: Everybody, or some by their logins.
Mentored = Annotated[
    Annotated[Literal["all"], Tag("all")] | Annotated[tuple[Login, ...], Tag("listed")],
    Discriminator(_all_or_listed),
]


class Mentor(Written):
    """A mentor's login, and the students they look after."""

    github: Login
    """The mentor's GitHub login."""
    students: Mentored = "all"
    """The logins of the mentor's students, or `all`."""


class Club(Written):
    """A club's settings; every key has a default but the name."""

    name: Line
    """The club's name, as digests give it."""
    repository: RepositoryName | None = None
    """Where digests are posted, as owner/name; without it, the repository that the job runs in."""
    timezone: str = "UTC"
    """The IANA time zone in which the club's week begins."""
    picks: Annotated[int, Field(ge=1, le=10)] = 5
    """How many issues a digest offers, where a student does not say."""
    channel: ChannelName = ChannelName.ISSUE
    """How digests travel, where a student does not say."""
    locale: Locale = Locale.EN
    """The language of what mentors read, `en` or `es`, and of students who do not say."""
    post: Post = Post.ROLLING
    """One issue a student for all weeks (rolling), or one a week (weekly)."""
    review: Review = Review.OFF
    """Whether mentors see digests first (notify), must approve them (approve), or neither (off)."""
    review_hours: Annotated[float, Field(gt=0, le=24 * 14)] = 24
    """Hours that a review may take, before `on_silence` decides."""
    on_silence: Literal["send", "hold"] = "send"
    """What happens to a digest that no mentor has answered in time."""
    points_budget: Annotated[int, Field(ge=40, le=12_500)] = 700
    """GraphQL points that a run may spend; a tenth, at least 20, is kept for verification."""
    mentors: tuple[Mentor, ...] = ()
    """Who looks after whom."""
    exclude: Exclusions = Exclusions()
    """What never to offer anybody."""
    sender: Mailbox | None = None
    """Whom mails come from; needed as soon as one digest goes by e-mail."""
    reply_to: Mailbox | None = None
    """The human who reads answers to mails."""
    public_key: PublicKey | None = None
    """The key that students' addresses are encrypted to; `foothold keygen` makes it."""
    unsubscribe_url: SecureAddress | None = None
    """A one-click endpoint for leaving, if the club has one."""
    posters: tuple[Poster, ...] = ()
    """Further logins whose posts count as the bot's own."""
    private_repository: RepositoryName | None = None
    """Where review posts and reports go when `repository` is public, as owner/name."""
    events: tuple[Location, ...] = ()
    """Calendars: YAML or ICS files in the folder of this file, or https addresses of ICS."""
    example: bool = False
    """Shipped as an example: schedules do nothing, and nothing is sent to the real GitHub."""

    @field_validator("review", mode="before")
    @classmethod
    def _yaml_reads_off_as_false(cls, value: object) -> object:
        return "off" if value is False else value

    @field_validator("timezone")
    @classmethod
    def _is_a_timezone(cls, value: str) -> str:
        zones = available_timezones()
        if value not in zones:
            close = get_close_matches(value[:100], sorted(zones), n=1)
            instead = close[0] if close else "one such as America/Puerto_Rico or UTC"
            raise ValueError(f"is no IANA time zone; write {instead}")
        return value

    @property
    def review_repository(self) -> str | None:
        """Where review posts stand."""
        return self.private_repository or self.repository

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the club's week begins."""
        return ZoneInfo(self.timezone)
