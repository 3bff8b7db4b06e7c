"""Subscribing: the means to act on a form that started a workflow, and to propose interests.

Comes in: a session. Goes out: lines that tell what was done, in a workflow without names; likings,
and what they cost.
"""

from dataclasses import dataclass
from functools import partial

from bot.adapters.event_file import FORM_ACTIONS, IssuesEvent, read_event
from bot.adapters.front_desk import GitHubFrontDesk, Home
from bot.adapters.git_checkout import GitCheckout
from bot.adapters.git_remote import GitRemote
from bot.adapters.github_client import reader, writer
from bot.adapters.github_likings import GitHubLikings
from bot.adapters.github_post_trust import Trust
from bot.adapters.graphql_wire import GraphQLWire
from bot.enrolling import Enrolling
from bot.enrolment.decide import Place
from bot.enrolment.likings import Likings, weigh
from bot.errors import BotError, ConfigurationError, GitHubError, Refused
from bot.safeguards import require_place, require_real_club
from bot.session import Session


@dataclass(frozen=True, slots=True)
class Profile:
    """What a public profile points to, and the points that the question cost."""

    likings: Likings
    points: int


def take_form(session: Session) -> list[str]:
    """Act on the form in the event; ConfigurationError where there is none, GitHubError."""
    settings, club = session.settings, session.club
    event = read_event(settings.event, IssuesEvent)
    if event.action not in FORM_ACTIONS or event.issue.pull_request is not None:
        return ["This event hands in no form."]
    live = session.request.live
    if live:
        require_real_club(club, is_loopback=session.is_on_loopback)
    require_place(club, settings.github_token)
    client = writer(settings.github_token or "", settings.api_url)
    remote = GitRemote.of_checkout(session.request.config, settings.git_token, settings.server_url)
    trust = Trust(client, session.register, club.posters)
    home = Home(event.repository.full_name, GitCheckout(session.request.config).prefix())
    desk = GitHubFrontDesk(client, home, remote, trust)
    today = session.run.now.astimezone(club.zone).date()
    place = Place(club, home.folder, _is_public(session, event), today)
    shows = not live and not settings.is_in_actions
    keep = partial(_keep, session)
    enrolling = Enrolling(desk, session.register, place, keep, live=live, shows=shows)
    enrolling.take(event.handed_in(), lambda login: _likings(session, login))
    return enrolling.said


def profile_of(session: Session, login: str) -> Profile:
    """What a login's public profile points to; ConfigurationError for nobody's."""
    token = session.settings.harvest_token
    if token is None:
        raise Refused(
            "There is no token to read GitHub with.",
            "Set HARVEST_TOKEN (or GITHUB_TOKEN) to a token that may read public repositories.",
        )
    source = GitHubLikings(GraphQLWire(reader(token, session.settings.api_url)))
    traces = source.read_traces(login)
    if traces is None:
        raise ConfigurationError(
            f"GitHub knows nobody called {login!r}.",
            "Write the login as it stands in the address of the profile.",
            names=(login,),
        )
    return Profile(weigh(login, traces, session.run.now), source.points)


def _likings(session: Session, login: str) -> Likings | None:
    """For an answer that is right without them too."""
    try:
        return profile_of(session, login).likings
    except BotError:
        return None


def _keep(session: Session) -> None:
    """JournalError where it cannot be kept: the form stays open, and is read again."""
    if session.branch.is_pulled:
        with session.journal.lease():
            session.branch.push("Told by form")


def _is_public(session: Session, event: IssuesEvent) -> bool:
    """May everybody read what the club posts? Where nobody can look, it counts as public."""
    home = session.club.repository
    if home is None or home.casefold() == event.repository.full_name.casefold():
        return not event.repository.private
    posts = session.posting.posts()
    try:
        return posts is None or not posts.is_private()
    except GitHubError:
        return True
