"""What GraphQL shows of reviews.

Comes in: pull requests and the reviews that were submitted on them. Goes out: their fields that are
no plain attributes. No repository here requires reviews, so that nothing is ever decided by them.
Comments on single lines are left out.
"""

from datetime import datetime

from graphql import GraphQLResolveInfo

from bot.sandbox.graphql.connections import Connection
from bot.sandbox.graphql.schema import LONG_AGO, resolver
from bot.sandbox.things import Comment, PullRequest, Repository, Review

Info = GraphQLResolveInfo


@resolver("PullRequest.reviewDecision")
def decision(_thing: PullRequest, _info: Info) -> None:
    return None


@resolver("PullRequest.reviews")
def reviews(thing: PullRequest, _info: Info, **page: object) -> Connection:
    """List the reviews, oldest first, of an author and in states where any are named."""
    author, states = page.get("author"), page.get("states")
    kept = [
        review
        for review in thing.reviews
        if (author is None or (review.author or "").lower() == str(author).lower())
        and (not isinstance(states, list) or review.state in states)
    ]
    return Connection(kept, page)


@resolver("PullRequest.timelineItems")
def timeline_items(thing: PullRequest, _info: Info, **page: object) -> Connection:
    """List comments and reviews, oldest first; what else happens to pull requests is left out."""
    wanted, since = page.get("itemTypes"), page.get("since") or LONG_AGO
    assert isinstance(since, datetime)
    types = wanted if isinstance(wanted, list) else ["ISSUE_COMMENT", "PULL_REQUEST_REVIEW"]
    said: list[tuple[datetime, Comment | Review]]
    said = [(one.created_at, one) for one in thing.comments if "ISSUE_COMMENT" in types]
    said += [(one.submitted_at, one) for one in thing.reviews if "PULL_REQUEST_REVIEW" in types]
    said.sort(key=lambda pair: (pair[0], pair[1].id))
    connection = Connection([one for at, one in said if at >= since], page)
    vars(connection).update(
        filtered_count=connection.total_count,
        page_count=len(connection.nodes),
        updated_at=thing.updated_at,
    )
    return connection


@resolver("PullRequestReview.createdAt", "PullRequestReview.updatedAt")
def submitted_at(thing: Review, _info: Info) -> datetime:
    return thing.submitted_at


@resolver("PullRequestReview.pullRequest")
def pull_request(thing: Review, _info: Info) -> PullRequest:
    return thing.parent


@resolver("PullRequestReview.repository")
def repository(thing: Review, _info: Info) -> Repository:
    return thing.parent.repository
