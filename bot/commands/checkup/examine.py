"""The checkup: everything that a club trips over, looked at and judged.

Comes in: a session. Goes out: findings, in the order of the screen. GitHub is asked for reading
only; where a token may not look, the finding says so. Outage where GitHub does not answer at all.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.adapters.github_actions import GitHubActions
from bot.adapters.github_looking import look
from bot.adapters.github_premises import GitHubPremises
from bot.adapters.state_refusals import BRANCH as STATE_BRANCH
from bot.commands.access import CANARY
from bot.commands.checkup.desk import Desk, ask_end, desk_of
from bot.commands.checkup.here import look_at_files, look_at_mail, look_at_memory
from bot.doctor.finding import Finding, Part, Seen, Severity
from bot.doctor.mail import judge_mail
from bot.doctor.memory import judge_memory
from bot.doctor.people import Place, Reader, Roles, judge_mentors, judge_officers, judge_readers
from bot.doctor.repository import (
    BranchSeen,
    RepositorySeen,
    judge_branch,
    judge_posts,
    judge_state,
)
from bot.doctor.tokens import judge_token
from bot.doctor.workflows import Schedules, judge_schedules
from bot.schedule import channel_of, why_halted
from bot.session import Session
from bot.subscriptions.club import Review
from bot.terms import ChannelName


def examine(session: Session) -> tuple[Finding, ...]:
    """All findings."""
    club, now = session.club, session.run.now
    home = session.settings.repository or club.repository
    found = [*look_at_files(session), *_tokens(session)]
    if club.repository is None or home is None:
        found += [_nowhere(), *judge_mail(look_at_mail(session, Seen(blind=_NOWHERE)))]
    else:
        desk = desk_of(session, home)
        found += judge_mail(look_at_mail(session, desk.actions(GitHubActions.secrets)))
        found += _repositories(session, desk, club.repository)
    found += judge_memory(look_at_memory(session), now)
    order = {part: n for n, part in enumerate(Part)}
    return tuple(sorted(found, key=lambda one: order[one.part]))


def _tokens(session: Session) -> Iterator[Finding]:
    settings, now = session.settings, session.run.now
    posting = ask_end("GITHUB_TOKEN", settings.github_token, settings.api_url)
    searching = posting
    if settings.harvest_token != settings.github_token:
        searching = ask_end("HARVEST_TOKEN", settings.harvest_token, settings.api_url)
        yield from judge_token(posting, now)
    if searching.is_known.value:
        searching = replace(searching, n_found=look(lambda: _search(session), "Metadata: read"))
    yield from judge_token(searching, now)


def _search(session: Session) -> int:
    return session.issue_source(is_fresh=True).search_issues(CANARY, None).n_total


def _repositories(session: Session, home: Desk, posts: str) -> Iterator[Finding]:
    """The repository of the workflows, and that of the digests, which often is the same."""
    seen = home.premises(GitHubPremises.repository)
    roles = home.premises(GitHubPremises.roles)
    branch = _branch(home, seen)
    is_public = None if seen.value is None else not seen.value.is_private
    schedules = _schedules(home, roles, branch, is_public)
    yield from judge_schedules(schedules, session.run.now)
    if schedules.has_ours:
        # Elsewhere the journal lies on a disk that does not forget.
        state = home.premises(lambda one: one.state_branch(STATE_BRANCH))
        yield from judge_state(state, session.run.now)
    if seen.value is not None:
        yield from judge_branch(branch, is_public=not seen.value.is_private)
    if posts.casefold() != home.repository.casefold():
        desk = desk_of(session, posts)
        seen, roles = desk.premises(GitHubPremises.repository), desk.premises(GitHubPremises.roles)
    yield from judge_posts(seen, posts)
    yield from _people(session, _place(posts, seen, roles))


def _branch(home: Desk, seen: Seen[RepositorySeen]) -> Seen[BranchSeen]:
    if seen.value is None:
        return Seen(blind=seen.blind)
    name = seen.value.default_branch
    return home.premises(lambda one: one.branch(name))


def _schedules(
    home: Desk, roles: Seen[Roles], branch: Seen[BranchSeen], is_public: bool | None
) -> Schedules:
    committed: Seen[datetime] = Seen(blind=branch.blind)
    if branch.value is not None:
        committed = Seen(branch.value.committed_at)
    return Schedules(
        repository=home.repository,
        workflows=home.actions(GitHubActions.workflows),
        actions=home.actions(GitHubActions.actions),
        may_open_pulls=home.actions(GitHubActions.may_open_pulls),
        is_public=is_public,
        committed_at=committed,
        pushers=Seen(roles.value.pushers if roles.value else None, roles.blind),
    )


def _people(session: Session, place: Place) -> Iterator[Finding]:
    club = session.club
    readers = [
        Reader(one.login, one.public)
        for one in session.configuration.students
        if channel_of(club, one) is ChannelName.ISSUE
        and why_halted(one, session.register, session.run) is None
    ]
    yield from judge_readers(place, readers)
    is_reviewed = club.review is not Review.OFF
    where = place
    if is_reviewed and club.review_repository not in (None, place.repository):
        desk = desk_of(session, club.review_repository or "")
        where = _place(
            desk.repository,
            desk.premises(GitHubPremises.repository),
            desk.premises(GitHubPremises.roles),
        )
    mentors = [one.github for one in club.mentors]
    yield from judge_mentors(where, mentors, is_reviewed=is_reviewed)
    yield from judge_officers(place)


def _place(name: str, seen: Seen[RepositorySeen], roles: Seen[Roles]) -> Place:
    return Place(name, seen.value.is_private if seen.value else None, roles)


_NOWHERE = "nobody said which repository it is"


def _nowhere() -> Finding:
    return Finding(
        Part.REPOSITORY,
        Severity.FAULT,
        "Nobody said which repository the digests are posted in.",
        "Without it there is nowhere to post, and nothing to look at.",
        "Write `repository: owner/name` in club.yaml, or set GITHUB_REPOSITORY.",
    )
