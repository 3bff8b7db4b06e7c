"""Posts digests in the club's repository: a comment a week in the student's thread, or an issue.

Comes in: a `Message` whose Markdown begins with its marker. Goes out: the post's address. GitHub
has no idempotency key, so a post whose fate is unknown is looked up by its marker, in the listings
(the search lags behind), and never sent again blindly.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from github import Github

from bot.adapters.github_client import github_errors
from bot.adapters.github_post_listing import Posted, PostListing
from bot.adapters.github_post_retirement import Retirement
from bot.adapters.github_post_trust import Trust
from bot.adapters.github_post_writes import FateUnknown, PostWriter
from bot.adapters.graphql_wire import GraphQLWire
from bot.delivery import Channel, Found
from bot.errors import ChannelStopped, DeliveryError, DeliveryInDoubt, GitHubError, LimitReached
from bot.register import Posters
from bot.rendering.marker import parse_marker, parse_thread_marker
from bot.rendering.message import Message
from bot.rendering.thread import Thread
from bot.subscriptions.club import Post
from bot.terms import ChannelName

#: GitHub's limits for an issue, in characters (https://github.com/dead-claudia/github-limits).
MAX_TITLE, MAX_BODY = 256, 65_536

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PostDesk:
    """How a club posts, and whose posts count as its own."""

    #: A thread a student, or an issue a week.
    post: Post
    #: The logins that posts were made by, kept from run to run.
    posters: Posters
    #: Gives the thread of a login, when it is to be opened.
    thread_for: Callable[[str], Thread]
    #: Further logins whose posts count as ours; anyone else may paste a marker, unbelieved.
    further_posters: tuple[str, ...] = ()


class GitHubPosts(Channel):
    """The issues of one repository as a channel; an instance serves one run."""

    name = ChannelName.ISSUE

    def __init__(self, client: Github, repository: str, desk: PostDesk) -> None:
        self._client = client
        self._repository = repository
        self._desk = desk
        self._trust = Trust(client, desk.posters, desk.further_posters)
        self._writer = PostWriter(client, repository)
        self._retirement = Retirement(GraphQLWire(client), self._writer)
        self._listing: PostListing | None = None
        #: What this run put there itself.
        self._digests: dict[tuple[str, str], Posted] = {}
        self._threads: dict[str, Posted] = {}
        self._stop: ChannelStopped | None = None
        self._blind: GitHubError | None = None

    def is_private(self) -> bool:
        """Is the repository closed to the public? GitHubError if it cannot be seen."""
        with github_errors():
            return self._client.get_repo(self._repository).private

    @property
    def target(self) -> str:
        """The repository, folded."""
        return self._repository.casefold()

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong beside the deliveries, without names of students."""
        return self._retirement.notes

    def find(self, week: str, login: str, *, was_tried: bool) -> Found | None:
        """The post that is out already, in a thread or as an issue, and retire what is older.

        GitHubError if nobody can look; where it could not look once it does not ask again: the
        error stands for the whole run. DeliveryInDoubt if it was tried and stands there by
        somebody who is not believed.
        """
        posted = self._look(week, login)
        if posted is not None:
            self._retire(posted)
            return Found(posted.place, posted.sha, posted.posted_at)
        if was_tried:
            _require_none(self._ask(lambda listing: self._foreign(listing, week, login)), login)
        return None

    def deliver(self, message: Message) -> str:
        """Post it, or put it where an older text of it stands; the post's address.

        The student's older digests are retired. After ChannelStopped every further delivery is
        refused without a request.
        """
        _require_fit(message)
        if self._stop is not None:
            raise self._stop
        try:
            digest = self._bring_out(message)
        except ChannelStopped as stop:
            self._stop = stop
            raise
        self._digests[_key(message.week, message.login)] = digest
        self._trust.record(digest.poster)
        self._retire(digest)
        return digest.place

    def _bring_out(self, message: Message) -> Posted:
        posted = self._look(message.week, message.login)
        if posted is not None and posted.sha == message.sha:
            return posted
        try:
            if posted is not None:
                return self._writer.edit(posted, message.title, message.markdown)
            return self._post(message)
        except FateUnknown as unknown:
            return self._settle(message, unknown)

    def _post(self, message: Message) -> Posted:
        if self._desk.post is Post.WEEKLY:
            return self._writer.open_issue(message.title, message.markdown, message.login)
        return self._writer.comment(self._thread_of(message.login), message.markdown)

    def _thread_of(self, login: str) -> Posted:
        """The student's thread, opened if there is none."""
        known = self._threads.get(login.casefold())
        known = known or self._ask(lambda listing: listing.thread_of(login))
        if known is None:
            known = self._open_thread(login)
            self._trust.record(known.poster)
        self._threads[login.casefold()] = known
        return known

    def _open_thread(self, login: str) -> Posted:
        """A new thread; where nobody knows whether it was opened, it is looked for."""
        thread = self._desk.thread_for(login)
        _require_fit_thread(thread, login)
        try:
            return self._writer.open_issue(thread.title, thread.markdown, login)
        except FateUnknown as unknown:
            self._listing = None
            opened = self._try_asking(lambda listing: listing.thread_of(login))
            if opened is None:
                _require_none(self._try_asking(lambda one: one.foreign_thread_of(login)), login)
                raise DeliveryInDoubt(
                    f"The thread of {login} may be opened or not. {unknown.problem.message}",
                    f"Look at the issues of {self._repository}. The next run looks too, before it"
                    " tries again.",
                ) from unknown
            return opened

    def _settle(self, message: Message, unknown: FateUnknown) -> Posted:
        """After a write of an unknown fate: the digest, if it stands there all the same."""
        week, login = message.week, message.login
        self._listing = None
        posted = self._try_asking(lambda listing: listing.digest_of(week, login))
        if posted is not None and posted.sha == message.sha:
            return posted
        if posted is None:
            foreign = self._try_asking(lambda listing: self._foreign(listing, week, login))
            _require_none(foreign, login)
        raise DeliveryInDoubt(
            f"The digest of {login} for {week} may be posted or not. {unknown.problem.message}",
            f"Look at the issues of {self._repository}. The next run looks too, before it tries"
            " again.",
        ) from unknown

    def _look(self, week: str, login: str) -> Posted | None:
        known = self._digests.get(_key(week, login))
        return known or self._ask(lambda listing: listing.digest_of(week, login))

    def _try_asking(self, question: Callable[[PostListing], T]) -> T | None:
        """As `_ask`, but None if that fails: a write is in doubt already."""
        try:
            return self._ask(question)
        except GitHubError:
            return None

    def _ask(self, question: Callable[[PostListing], T]) -> T:
        """Ask the run's listing; its first error stands for the whole run."""
        if self._blind is not None:
            raise self._blind
        try:
            with github_errors():
                if self._listing is None:
                    self._listing = self._list()
                return question(self._listing)
        except GitHubError as error:
            self._listing, self._blind = None, error
            raise

    def _list(self) -> PostListing:
        # Old threads are needed to post in, old issues only to close those that are open.
        state = "all" if self._desk.post is Post.ROLLING else "open"
        return PostListing(self._client.get_repo(self._repository), self._trust.believes, state)

    def _foreign(self, listing: PostListing, week: str, login: str) -> Posted | None:
        """What may be ours, but is by somebody who is not believed."""
        digest = listing.foreign_digest_of(week, login)
        if digest is not None or self._desk.post is Post.WEEKLY:
            return digest
        return listing.foreign_thread_of(login)

    def _retire(self, digest: Posted) -> None:
        """Retire what is older; an error is a note, for the delivery is done."""
        listing = self._listing
        if listing is None or self._stop is not None or self._retirement.is_over:
            return
        try:
            with github_errors():
                older = listing.older_than(digest)
                comments = listing.comments_before(digest.week)
        except GitHubError as error:
            # What failed to be read on must not be taken for whole.
            self._listing = None
            self._retirement.note(error, is_last=True)
            self._stop_at(error)
            return
        try:
            self._retirement.retire(older, comments)
        except LimitReached as error:
            self._stop_at(error)

    def _stop_at(self, error: GitHubError) -> None:
        if isinstance(error, LimitReached):
            self._stop = ChannelStopped(error.message, error.advice)


def _key(week: str, login: str) -> tuple[str, str]:
    return week, login.casefold()


def _require_none(foreign: Posted | None, login: str) -> None:
    """DeliveryInDoubt if what was tried stands there by somebody who is not believed."""
    if foreign is not None:
        raise DeliveryInDoubt(
            f"A digest of {login} may be out: {foreign.place} has its marker, but is by"
            f" {foreign.poster}, whose posts do not count as the bot's.",
            f"If the bot posted as {foreign.poster}, add that login to `posters` in"
            " config/club.yaml; if somebody pasted it, remove that post. Then run again.",
        )


def _require_fit(message: Message) -> None:
    """Refuse what GitHub would refuse, and a body without the marker it is found again by."""
    marker = parse_marker(message.markdown)
    is_marked = marker is not None and (
        _key(marker.week, marker.login) == _key(message.week, message.login)
    )
    fault = _fault(message.title, message.markdown, is_marked=is_marked)
    if fault is not None:
        raise DeliveryError(
            f"The digest of {message.login} for {message.week} {fault}.",
            "Look at it with `foothold show`, and report this line.",
        )


def _require_fit_thread(thread: Thread, login: str) -> None:
    whose = parse_thread_marker(thread.markdown) or ""
    is_marked = whose.casefold() == login.casefold()
    fault = _fault(thread.title, thread.markdown, is_marked=is_marked)
    if fault is not None:
        raise DeliveryError(f"The thread of {login} {fault}.", "Report this line.")


def _fault(title: str, body: str, *, is_marked: bool) -> str | None:
    if not is_marked:
        return "has no marker of its own"
    if len(body) > MAX_BODY:
        return f"is longer than GitHub's {MAX_BODY:,} characters"
    return (
        f"has a title longer than GitHub's {MAX_TITLE} characters"
        if len(title) > MAX_TITLE
        else None
    )
