"""Details of an issue: what is empty or hidden there is never taken for free."""

from datetime import UTC, datetime

import pytest

from bot.adapters.github_details import GHOST, DetailsPayload
from bot.adapters.payloads import parse
from bot.harvest.issue import Details
from bot.harvest.source import Step
from bot.terms import IssueRef
from tests.adapters.asking import LABEL, NOW, asking

READ_AT = datetime(2026, 11, 22, 5, 25, tzinfo=UTC)


def pull(number: int, state: str = "OPEN") -> dict:
    return {
        "__typename": "PullRequest",
        "number": number,
        "state": state,
        "repository": {"nameWithOwner": "tidepool/boats"},
    }


def linked(*pulls: dict | None, total: int | None = None) -> dict:
    return {"totalCount": len(pulls) if total is None else total, "nodes": list(pulls)}


def mention(subject: dict, *, closes: bool = False) -> dict:
    return {"__typename": "CrossReferencedEvent", "willCloseTarget": closes, "source": subject}


def by_hand(kind: str, subject: dict) -> dict:
    return {"__typename": f"{kind}Event", "subject": subject}


def node(**changes: object) -> dict:
    comment = {"body": "Hi", "createdAt": "2026-11-20T00:00:00Z", "isMinimized": False}
    return {
        "id": "I_1",
        "number": 1,
        "repository": {"nameWithOwner": "tidepool/boats"},
        "state": "OPEN",
        "locked": False,
        "body": "Steps.",
        "issueDependenciesSummary": {"blockedBy": 0},
        "labels": {"nodes": [{"name": LABEL}]},
        "assignedActors": {"nodes": []},
        "closedByPullRequestsReferences": linked(),
        "timelineItems": {"nodes": []},
        "comments": {"totalCount": 7, "nodes": [{**comment, "author": {"login": "a-example"}}]},
        **changes,
    }


def read(**changes: object) -> Details | None:
    payload = parse(DetailsPayload, node(**changes))
    return payload.value(READ_AT) if payload else None


def pulls_of(**changes: object) -> dict[int, tuple[str, bool]] | None:
    """The pull requests by number, as (state, closes)."""
    details = read(**changes)
    assert details is not None
    if details.pull_requests is None:
        return None
    return {one.ref.number: (one.state, one.closes) for one in details.pull_requests}


def test_details_tell_what_is_needed_to_send() -> None:
    details = read()
    assert details is not None
    assert (details.is_open, details.is_locked, details.assigned) == (True, False, ())
    assert (details.labels, details.n_comments, details.pull_requests) == ((LABEL,), 7, ())
    assert details.comments is not None
    assert [comment.author for comment in details.comments] == ["a-example"]
    assert details.read_at == READ_AT


@pytest.mark.parametrize(
    "changes",
    [
        {"assignedActors": None},
        {"assignedActors": {"nodes": None}},
        {"assignedActors": {"nodes": [{"login": 3}]}},
        {"state": None},
        {"locked": None},
        {"id": None},
        {"number": None},
        {"repository": None},
        {"repository": {"nameWithOwner": "tidepool/boats", "isArchived": None}},
        {"timelineItems": {"nodes": ["x"]}},
    ],
)
def test_an_issue_that_may_be_taken_unseen_is_not_seen(changes: dict) -> None:
    assert read(**changes) is None


@pytest.mark.parametrize(("told", "is_archived"), [({}, False), ({"isArchived": True}, True)])
def test_details_tell_whether_the_project_was_archived(told: dict, is_archived: bool) -> None:
    details = read(repository={"nameWithOwner": "tidepool/boats", **told})
    assert details is not None
    assert details.is_archived is is_archived


def test_an_assignee_who_is_hidden_is_an_assignee() -> None:
    details = read(assignedActors={"nodes": [None, {"__typename": "Bot", "login": "copilot"}]})
    assert details is not None
    assert details.assigned == (GHOST, "copilot[bot]")


@pytest.mark.parametrize(
    "changes",
    [
        {"closedByPullRequestsReferences": None},
        {"closedByPullRequestsReferences": linked(None)},
        {"closedByPullRequestsReferences": linked(pull(1, "CLOSED"), None)},
        {"closedByPullRequestsReferences": linked(pull(1, "CLOSED"), total=11)},
        {"timelineItems": None},
        {
            "closedByPullRequestsReferences": None,
            "timelineItems": {"nodes": [mention(pull(1)), mention(pull(2, "CLOSED"), closes=True)]},
        },
    ],
)
def test_pull_requests_that_may_be_hidden_are_unknown(changes: dict) -> None:
    assert pulls_of(**changes) is None


def test_a_live_pull_request_is_told_even_where_others_are_hidden() -> None:
    mentions = {"nodes": [mention(pull(1), closes=True)]}
    told = pulls_of(closedByPullRequestsReferences=None, timelineItems=mentions)
    assert told == {1: ("OPEN", True)}


def test_a_pull_request_that_is_linked_and_mentioned_is_told_once() -> None:
    told = pulls_of(
        closedByPullRequestsReferences=linked(pull(1)),
        timelineItems={"nodes": [mention(pull(1)), mention(pull(2)), mention({}), None]},
    )
    assert told == {1: ("OPEN", True), 2: ("OPEN", False)}


def test_a_pull_request_that_was_linked_by_hand_closes_until_it_is_let_go() -> None:
    events = [by_hand("Connected", pull(1)), by_hand("Connected", pull(2))]
    assert pulls_of(timelineItems={"nodes": events}) == {1: ("OPEN", True), 2: ("OPEN", True)}
    events.append(by_hand("Disconnected", pull(1)))
    assert pulls_of(timelineItems={"nodes": events}) == {2: ("OPEN", True)}


@pytest.mark.parametrize(
    "comments",
    [None, {"totalCount": 3, "nodes": None}, {"totalCount": 3, "nodes": [None]}],
)
def test_comments_that_may_be_hidden_are_unknown(comments: dict | None) -> None:
    details = read(comments=comments)
    assert details is not None
    assert details.comments is None


def test_an_issue_nobody_commented_on_has_no_comments() -> None:
    details = read(comments={"totalCount": 0, "nodes": []})
    assert details is not None
    assert (details.comments, details.n_comments) == ((), 0)


def test_labels_that_are_not_told_are_unknown() -> None:
    details = read(labels=None)
    assert details is not None
    assert details.labels is None


def test_details_come_over_the_wire_as_the_world_has_them() -> None:
    with asking() as asked:
        world = asked.world
        issue, home = world.issues["tidepool/boat-0"][1], world.repositories["tidepool/boat-0"]
        world.assign(issue, "quick-example")
        world.comment(issue, "quick-example", "On it.")
        request = world.open_pull_request(home, "quick-example", "Mast", "Done.")
        world.connect(request, issue)
        home.archived = True
        details = asked.source.read_details([issue.node_id], Step.DETAILS)[issue.node_id]
    assert (details.assigned, details.n_comments, details.labels) == (
        ("quick-example",),
        1,
        (LABEL,),
    )
    assert details.pull_requests is not None
    assert [(one.ref, one.closes) for one in details.pull_requests] == [
        (IssueRef("tidepool/boat-0", request.number), True)
    ]
    assert (details.read_at, details.is_archived) == (NOW, True)
