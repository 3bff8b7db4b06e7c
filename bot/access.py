"""Access: do the tokens work, does the search find anything, may digests stand where they would?

Comes in: a session. Goes out: a line for each thing that is right; the first thing that is wrong
leaves as an error with its advice.
"""

from collections.abc import Iterator, Sequence

from bot.errors import Refused
from bot.safeguards import require_consent, require_place
from bot.schedule import channel_of
from bot.session import Session
from bot.subscriptions.club import Club, Review
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName

#: A search that must find something; a token that is not allowed to search finds nothing
#: (evidence on GITHUB_TOKEN and search over other repositories is contradictory).
CANARY = 'is:issue is:open is:public label:"good first issue"'


def warnings(club: Club, students: Sequence[Subscription]) -> Iterator[str]:
    """What is allowed and yet keeps digests from going out."""
    if not students:
        yield "nobody is subscribed yet: add a file to students/."
    if club.example:
        yield "`example: true` keeps --live from posting anywhere but on this machine."
    if club.review is Review.APPROVE:
        yield "`review: approve` holds every digest, for mentors cannot be asked yet."
    for one in students:
        if channel_of(club, one) is ChannelName.EMAIL and not one.confirmed:
            yield f"{one.login} gets a mail that asks for confirmation, and nothing else before."


def check_access(session: Session) -> Iterator[str]:
    """Try the search, then look at the club's repository."""
    page = session.issue_source(is_fresh=True).search_issues(CANARY, None)
    if not page.n_total:
        raise Refused(
            "The token searches, but finds nothing at all.",
            "Set HARVEST_TOKEN to a personal access token that may read public repositories.",
        )
    yield f"The search works: {page.n_total:,} open issues are labelled good first issue."
    posted = tuple(
        one for one in session.students if channel_of(session.club, one) is ChannelName.ISSUE
    )
    if not posted:
        return
    require_place(session.club, session.settings.github_token)
    posts, repository = session.posts(), session.club.repository
    if posts is None or repository is None:
        return
    if posts.is_private():
        yield f"{repository} is private and can be read."
    else:
        require_consent(posted, repository)
        yield f"{repository} is public, and all its students agreed to that."
