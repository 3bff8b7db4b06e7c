"""The office: the means of a run, as the stages ask for them.

Comes in: adapters, by their Protocols. Goes out: one object that the jobs work with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.community.source import CommunitySource
from bot.community.store import CommunityStore
from bot.consent import Asker, Consents
from bot.delivery import Channel
from bot.errors import ConfigurationError
from bot.events.agenda import Calendars
from bot.feedback.answer import AnswerBook
from bot.feedback.desk import AnswerDesk
from bot.harvest.source import IssueSource
from bot.harvest.store import IssueStore
from bot.intake import FormDesk
from bot.journal import Journal, JournalEntry
from bot.outcomes.aftermath import OutcomeSource
from bot.outcomes.progress import ProgressBook
from bot.pledging import Witness
from bot.proofs import ProofRoom
from bot.register import Register
from bot.review.desk import ReviewDesk
from bot.review.verdict import ReviewBook
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName


@dataclass(frozen=True, slots=True)
class Mailroom:
    """What mail needs before a digest: consents, and who asks for them."""

    consents: Consents
    asker: Asker


@dataclass(frozen=True, slots=True)
class Books:
    """Where what was learned is kept."""

    answers: AnswerBook
    progress: ProgressBook
    reviews: ReviewBook


@dataclass(frozen=True, slots=True)
class Desks:
    """Where people of the club are heard; None where there is no repository, or no need."""

    forms: FormDesk | None = None
    answers: AnswerDesk | None = None
    reviews: ReviewDesk | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """Where to look, to remember, and to send."""

    source: IssueSource
    store: IssueStore
    communities: CommunityStore
    journal: Journal
    register: Register
    books: Books
    channels: Mapping[ChannelName, Channel]
    #: All who are subscribed, by login, folded.
    students: Mapping[str, Subscription]
    #: Everybody can read the posts: there stand only those of students who agreed.
    is_public: bool = False
    #: Channels that are wanted and cannot be used, and why.
    faults: Mapping[ChannelName, ConfigurationError] = field(default_factory=dict)
    #: None where nothing is mailed.
    mailroom: Mailroom | None = None
    desks: Desks = Desks()
    #: Where to look what became of picks; None without a token.
    aftermath: OutcomeSource | None = None
    #: Where to look who works in a project; None without a token.
    community: CommunitySource | None = None
    #: What the club's events come from; None where it names no calendar.
    calendars: Calendars | None = None
    #: Keeps what is about to be sent; None where the journal outlasts the machine.
    witness: Witness | None = None
    #: What outlives the state beside posts; None without a repository, a token or a key.
    proofs: ProofRoom | None = None

    def ways(self, entry: JournalEntry) -> tuple[ChannelName, ...]:
        """The channels that may carry a digest: its own, and for a mail that is refused a post."""
        student = self.students.get(entry.digest.student.casefold())
        may_post = student is not None and (student.public or not self.is_public)
        if entry.channel is ChannelName.EMAIL and may_post and ChannelName.ISSUE in self.channels:
            return entry.channel, ChannelName.ISSUE
        return (entry.channel,)
