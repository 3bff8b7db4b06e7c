"""Access: do the tokens work, does the search find anything, may digests stand where they would?

Comes in: a session. Goes out: a line for each thing that is right; the first thing that is wrong
leaves as an error with its advice.
"""

from collections.abc import Iterator

from bot.errors import Refused
from bot.safeguards import posted_students, require_consent, require_place
from bot.session import Session

#: A search that must find something; a token that is not allowed to search finds nothing
#: (PLATFORM A2: evidence on GITHUB_TOKEN and search over other repositories is contradictory).
CANARY = 'is:issue is:open is:public label:"good first issue"'


def check_access(session: Session) -> Iterator[str]:
    """Try the search, then look at the club's repository."""
    page = session.issue_source().search_issues(CANARY, None)
    if not page.n_total:
        raise Refused(
            "The token searches, but finds nothing at all.",
            "Set HARVEST_TOKEN to a personal access token that may read public repositories.",
        )
    yield f"The search works: {page.n_total:,} open issues are labelled good first issue."
    posted = posted_students(session.club, session.students)
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
