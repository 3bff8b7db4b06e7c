"""A session: one command's configuration, journal and means, opened and closed together.

Comes in: a `Request` (what a command asks) and the `Settings` (what the environment says). Goes
out: a `Session`. Only this module and `app` know the adapters.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.calendars import FileAndWebCalendars
from bot.adapters.database import SqlJournal, journal_exists
from bot.adapters.folder import FolderChannel
from bot.adapters.github_client import is_loopback, reader
from bot.adapters.github_community import GitHubCommunity
from bot.adapters.github_issues import GitHubIssues, Watch
from bot.adapters.github_outcomes import GitHubOutcomes
from bot.adapters.github_portfolio import GitHubPortfolio
from bot.adapters.graphql_wire import GraphQLWire
from bot.adapters.http_cache import AnswerCache
from bot.cohort.portfolio import WorkSource
from bot.community.source import CommunitySource
from bot.community.store import CommunityStore
from bot.delivery import Channel
from bot.errors import ConfigurationError, Refused
from bot.events.agenda import Calendars
from bot.harvest.source import IssueSource
from bot.harvest.store import IssueStore
from bot.journal import Journal
from bot.keeping import Branch, Keeping
from bot.mailing import Mailing
from bot.office import Books, Mailroom, Office
from bot.outcomes.aftermath import OutcomeSource
from bot.posting import Posting
from bot.register import Register
from bot.schedule import Run
from bot.settings import Settings
from bot.subscriptions.calendars import ics_locations
from bot.subscriptions.club import Club
from bot.subscriptions.files import Configuration, read_configuration
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName, Week

#: Where GitHub's answers are kept; it may be lost at any time.
CACHE = Path(".foothold/http.sqlite")
#: Where `channel: file` writes when no `--out` is given.
DEFAULT_OUT = Path("out")


@dataclass(frozen=True, slots=True)
class Request:
    """What a command asks; None and empty mean "as usual"."""

    config: Path
    week: Week | None = None
    now: datetime | None = None
    logins: tuple[str, ...] = ()
    out: Path | None = None
    live: bool = False
    #: Looks for issues, and keeps what was harvested in the state: a dry run too.
    harvests: bool = False
    #: Writes into the state, and sends nothing.
    records: bool = False
    #: Overrides the club's `points_budget`, for a demo on a large corpus.
    points_budget: int | None = None
    #: To whom a digest goes once more although it is out, in doubt or refused.
    again: tuple[str, ...] = ()
    #: Keeps picks that nobody can verify, for a demo on a corpus that does not tell.
    accepts_unseen: bool = False


@dataclass(frozen=True, slots=True)
class Means:
    """What the command line lends to a session."""

    #: Told of every request of the harvest, for those who wait.
    watch: Watch | None = None
    #: Told of every address that is opened, so that no log shows it.
    mask: Callable[[str], None] = lambda address: None  # noqa: ARG005


@dataclass(frozen=True, slots=True)
class Session:
    """All that a command works with."""

    request: Request
    settings: Settings
    configuration: Configuration
    run: Run
    journal: Journal
    store: IssueStore
    register: Register
    books: Books
    communities: CommunityStore
    means: Means
    branch: Branch
    #: Answers of the last hours; None where the clock is fixed, for a cache has a clock of its own.
    cache: AnswerCache | None = None

    @property
    def club(self) -> Club:
        return self.run.club

    @property
    def students(self) -> tuple[Subscription, ...]:
        """The students that this command is about."""
        asked = {login.casefold() for login in self.request.logins}
        everyone = self.configuration.students
        return tuple(one for one in everyone if not asked or one.login.casefold() in asked)

    def student(self, login: str) -> Subscription:
        """The student of that login; ConfigurationError if there is none."""
        for one in self.configuration.students:
            if one.login.casefold() == login.casefold():
                return one
        raise unknown_student(login, self.configuration)

    def issue_source(self, *, is_fresh: bool = False) -> IssueSource:
        """GitHub, to search in, or without kept answers; Refused without a token."""
        token = self.settings.harvest_token
        if token is None:
            raise Refused(
                "There is no token to search GitHub with.",
                "Set HARVEST_TOKEN (or GITHUB_TOKEN) to a token that may read public repositories; "
                "`foothold demo` needs none.",
            )
        fresh = GraphQLWire(reader(token, self.settings.api_url))
        kept = fresh
        if self.cache is not None and not is_fresh:
            kept = GraphQLWire(reader(token, self.settings.api_url), self.cache)
        return GitHubIssues(fresh, kept, self.clock, self.means.watch)

    def outcome_source(self) -> OutcomeSource | None:
        """GitHub, to look what became of picks; None without a token."""
        token = self.settings.harvest_token
        if token is None:
            return None
        return GitHubOutcomes(GraphQLWire(reader(token, self.settings.api_url)))

    def community_source(self) -> CommunitySource | None:
        """GitHub, to look who works in a project; None without a token."""
        token = self.settings.harvest_token
        if token is None:
            return None
        return GitHubCommunity(GraphQLWire(reader(token, self.settings.api_url), self.cache))

    def work_source(self) -> WorkSource | None:
        """GitHub, to look what a student did besides their picks; None without a token."""
        token = self.settings.harvest_token
        if token is None:
            return None
        return GitHubPortfolio(GraphQLWire(reader(token, self.settings.api_url)))

    def calendars(self) -> Calendars | None:
        """What the club's events come from; None where it names no calendar."""
        if not self.club.events:
            return None
        desk = FileAndWebCalendars(self.request.config, may_ask_loopback=self.is_on_loopback)
        return Calendars(desk, self.configuration.occasions, ics_locations(self.club))

    def clock(self) -> datetime:
        """The time: what the request fixed, else this machine's."""
        return self.request.now or _now()

    @property
    def posting(self) -> Posting:
        """What the club posts with."""
        return Posting(self.club, self.settings, self.register, self.student)

    @property
    def mailing(self) -> Mailing:
        """What the club mails with."""
        return Mailing(self.club, self.settings, self.register, self.means.mask, self.clock)

    @contextmanager
    def office(self, *, is_public: bool = False) -> Iterator[Office]:
        """The means of a run; what has no token or server has no channel."""
        channels: dict[ChannelName, Channel] = {
            ChannelName.FILE: FolderChannel(self.request.out or DEFAULT_OUT)
        }
        posts, proofs = self.posting.posts(), self.posting.proofs()
        if posts is not None:
            channels[ChannelName.ISSUE] = posts
        with ExitStack() as stack:
            mailroom, faults = None, {}
            if self.mailing.is_wanted(self.configuration.students):
                try:
                    consents = self.mailing.consents()
                    mail = self.mailing.channel(consents, self.student, proofs)
                    stack.callback(mail.close)
                except ConfigurationError as error:
                    # Posts go out all the same; who is mailed to fails with these words.
                    faults[ChannelName.EMAIL] = error
                else:
                    channels[ChannelName.EMAIL], mailroom = mail, Mailroom(consents, mail)
            yield Office(
                source=self.issue_source(),
                store=self.store,
                communities=self.communities,
                journal=self.journal,
                register=self.register,
                books=self.books,
                channels=channels,
                students={one.login.casefold(): one for one in self.configuration.students},
                is_public=is_public,
                faults=faults,
                mailroom=mailroom,
                desks=self.posting.desks(),
                aftermath=self.outcome_source(),
                community=self.community_source(),
                calendars=self.calendars(),
                witness=self.branch,
                proofs=proofs,
            )

    @property
    def real_week(self) -> Week:
        """The week by this machine's clock, whatever a command was told."""
        return Week.of(_now(), self.club.zone)

    @property
    def is_on_loopback(self) -> bool:
        return is_loopback(self.settings.api_url)


@contextmanager
def open_session(
    request: Request, settings: Settings, means: Means | None = None
) -> Iterator[Session]:
    """Read the configuration and open the journal for the time of a command."""
    configuration = read_configuration(request.config)
    club = _effective(configuration.club, request, settings)
    known = {student.login.casefold() for student in configuration.students}
    for login in (*request.logins, *request.again):
        if login.casefold() not in known:
            raise unknown_student(login, configuration)
    now = request.now or _now()
    week = request.week or Week.of(now, club.zone)
    run = Run(club, week, now, request.accepts_unseen)
    cache = AnswerCache(CACHE) if request.now is None else None
    try:
        with SqlJournal.open(_state(request, settings)) as journal:
            keeping = Keeping(club, settings, request.config, journal, lambda: now)
            yield Session(
                request,
                settings,
                configuration,
                run,
                journal,
                journal.issue_store(),
                journal.register(),
                Books(journal.answer_book(), journal.progress_book(), journal.review_book()),
                journal.community_store(),
                means or Means(),
                keeping.branch(),
                cache,
            )
    finally:
        if cache is not None:
            cache.close()


def _effective(club: Club, request: Request, settings: Settings) -> Club:
    """The club with what the environment or the command says in its stead."""
    changes: dict[str, object] = {}
    if club.repository is None and settings.repository is not None:
        changes["repository"] = settings.repository
    if request.points_budget is not None:
        changes["points_budget"] = request.points_budget
    return club.model_copy(update=changes)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def unknown_student(login: str, configuration: Configuration) -> ConfigurationError:
    """Nobody subscribed by that login."""
    logins = tuple(student.login for student in configuration.students)
    known = ", ".join(logins) or "nobody yet"
    return ConfigurationError(
        f"There is no student {login!r}.",
        f"Subscribed are: {known}. A file's name is the login.",
        names=(login, *logins),
    )


def _state(request: Request, settings: Settings) -> str:
    """The state's address; what neither records nor harvests makes no file where there is none."""
    makes_one = request.live or request.records or request.harvests
    return settings.state if makes_one or journal_exists(settings.state) else "sqlite://"
