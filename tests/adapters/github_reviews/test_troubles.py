"""Review posts when GitHub or the wire fails: each refusal has words, nothing is written twice."""

import pytest

from bot.adapters.github_reviews import LABEL
from bot.errors import GitHubError, LimitReached, Outage, Refused, TooHeavy
from bot.sandbox import faults
from bot.sandbox.faults import Fault, Match
from bot.sandbox.messages import error_answer
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.adapters.github_reviews.steps import (
    COMMENTS,
    EDITS,
    LISTS,
    POSTS,
    READS,
    WEEK,
    Connect,
    answer,
    comments,
    message,
    reviews,
)
from tests.review.steps import remark

LOST_ANSWERS = {
    "502": faults.bad_gateway(after_write=True),
    "504": faults.gateway_timeout(after_write=True),
    "500": faults.server_error(500, after_write=True),
    "dropped": faults.dropped_connection(after_write=True),
    "cut": faults.truncated_body(),
}
LOST_REQUESTS = {
    "502": faults.bad_gateway(),
    "503": faults.server_error(503),
    "dropped": faults.dropped_connection(),
    "no JSON": faults.not_json_body(),
}
SAID = message("One.", "Two.")


@pytest.mark.parametrize("match", [POSTS, COMMENTS], ids=["issue", "part"])
@pytest.mark.parametrize("fault", LOST_ANSWERS.values(), ids=LOST_ANSWERS)
def test_a_part_that_went_out_after_all_is_found_and_not_posted_again(
    world: World, sandbox: Sandbox, connect: Connect, fault: Fault, match: Match
) -> None:
    armed = sandbox.faults.add(fault, match)
    assert connect().post(SAID).parts == SAID.parts
    assert armed.hits == 1
    assert connect().post(SAID).parts == SAID.parts
    assert len(reviews(world)) == 2


@pytest.mark.parametrize("match", [POSTS, COMMENTS], ids=["issue", "part"])
@pytest.mark.parametrize("fault", LOST_REQUESTS.values(), ids=LOST_REQUESTS)
def test_a_part_that_nobody_can_see_is_in_doubt_and_written_by_the_next_run(
    world: World, sandbox: Sandbox, connect: Connect, fault: Fault, match: Match
) -> None:
    armed = sandbox.faults.add(fault, match)
    with pytest.raises(Outage, match="may be written or not") as error:
        connect().post(SAID)
    assert error.value.advice
    assert armed.hits == 1
    assert len(reviews(world)) == (0 if match is POSTS else 1)
    assert connect().post(SAID).parts == SAID.parts
    assert len(reviews(world)) == 2


@pytest.mark.parametrize("fault", LOST_ANSWERS.values(), ids=LOST_ANSWERS)
def test_an_edit_that_was_made_after_all_is_found(
    world: World, sandbox: Sandbox, connect: Connect, fault: Fault
) -> None:
    connect().post(SAID)
    new = message("New.", "Two.")
    sandbox.faults.add(fault, EDITS)
    assert connect().post(new).parts == new.parts


@pytest.mark.parametrize("fault", LOST_ANSWERS.values(), ids=LOST_ANSWERS)
def test_an_answer_that_went_out_after_all_is_not_given_again(
    world: World, sandbox: Sandbox, connect: Connect, fault: Fault
) -> None:
    connect().post(message())
    armed = sandbox.faults.add(fault, COMMENTS)
    connect().reply(1, answer(remark("/approve")))
    assert armed.hits == 1
    assert len(comments(world)) == 1


def test_an_answer_that_nobody_can_see_is_in_doubt(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    connect().post(message())
    connect().reply(1, answer(remark("/hold", key=11)))
    sandbox.faults.add(faults.bad_gateway(), COMMENTS)
    with pytest.raises(Outage, match="may be written or not"):
        connect().reply(1, answer(remark("/approve")))
    assert len(comments(world)) == 1


def test_a_write_is_in_doubt_when_even_looking_fails(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    desk = connect()
    assert desk.find(WEEK, "grace-example") is None
    sandbox.faults.add(faults.dropped_connection(after_write=True), POSTS)
    sandbox.faults.add(faults.bad_gateway(), LISTS, times=None)
    with pytest.raises(Outage, match="may be written or not"):
        desk.post(message())
    sandbox.faults.clear()
    connect().post(message())
    assert len(reviews(world)) == 1


REFUSALS = {
    "401": (faults.bad_credentials(), "token", Refused),
    "403": (faults.forbidden(), "Resource not accessible by integration", Refused),
    "404": (faults.missing(), "cannot see", Refused),
    "403 limit": (faults.secondary_limit(403), "rate limit", LimitReached),
    "primary limit": (faults.primary_limit(), "rate limit", LimitReached),
}


@pytest.mark.parametrize("match", [POSTS, COMMENTS], ids=["issue", "part"])
@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_is_certain_and_keeps_its_kind(
    world: World,
    sandbox: Sandbox,
    connect: Connect,
    refusal: tuple[Fault, str, type[GitHubError]],
    match: Match,
) -> None:
    fault, words, kind = refusal
    sandbox.faults.add(fault, match)
    with pytest.raises(kind, match=words) as error:
        connect().post(SAID)
    assert error.value.advice
    assert len(reviews(world)) == (0 if match is POSTS else 1)


def test_a_token_that_only_reads_is_told_of_the_right_and_the_label(connect: Connect) -> None:
    with pytest.raises(Refused, match="may not do this") as error:
        connect("read-token").post(message())
    assert LABEL in error.value.advice


def test_a_renamed_repository_is_told(sandbox: Sandbox, connect: Connect) -> None:
    moved = Fault("moved", before=lambda _: error_answer(307, "Moved Permanently"))
    sandbox.faults.add(moved, POSTS)
    with pytest.raises(Refused, match="Moved Permanently") as error:
        connect().post(message())
    assert "renamed" in error.value.advice


@pytest.mark.parametrize("status", [404, 410])
def test_a_post_that_github_says_is_gone_is_gone(
    sandbox: Sandbox, connect: Connect, status: int
) -> None:
    connect().post(message())
    gone = Fault("gone", before=lambda _: error_answer(status, "This issue was deleted"))
    sandbox.faults.add(gone, READS, times=None)
    assert connect().listen(1) is None
    connect().reply(1, answer(remark("/hold")))
    connect().close(1)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.bad_gateway(), TooHeavy),
        (faults.not_json_body(), Outage),
        (faults.bad_credentials(), Refused),
        (faults.primary_limit(), LimitReached),
    ],
    ids=["502", "no JSON", "401", "limit"],
)
@pytest.mark.parametrize(
    "match",
    [READS, Match(method="GET", path="*/comments"), Match(operation="ReadEditors")],
    ids=["issue", "comments", "editors"],
)
def test_what_cannot_be_read_is_an_error_and_never_an_empty_talk(
    sandbox: Sandbox, connect: Connect, fault: Fault, kind: type[GitHubError], match: Match
) -> None:
    connect().post(message())
    sandbox.faults.add(fault, match, times=None)
    with pytest.raises(kind):
        connect().listen(1)


def test_where_editors_are_not_told_nobodys_words_are_guessed(
    sandbox: Sandbox, connect: Connect
) -> None:
    connect().post(message())
    nothing = faults.mutate(lambda answer: answer["data"].update(nodes=[None]))
    sandbox.faults.add(nothing, Match(operation="ReadEditors"))
    with pytest.raises(Outage, match="who edited"):
        connect().listen(1)


def test_a_page_that_is_no_list_is_an_outage(sandbox: Sandbox, connect: Connect) -> None:
    odd = Fault("odd", after=lambda _, answer: type(answer)(200, {"hello": "world"}))
    sandbox.faults.add(odd, LISTS)
    with pytest.raises(Outage, match="cannot be read"):
        connect().find(WEEK, "grace-example")
