"""What stands under a review post: whose words, since when, and what has its answer."""

import pytest

from bot.rendering.marker import is_answered
from bot.review.listen import verdicts_of
from bot.review.verdict import VerdictKind
from bot.sandbox.server import Sandbox
from bot.sandbox.things import Issue
from bot.sandbox.world import World
from tests.adapters.github_reviews.steps import (
    Connect,
    answer,
    comments,
    issues,
    message,
    unticked,
)
from tests.review.steps import CLUB, STUDENTS, build_review, ref


@pytest.fixture
def issue(world: World, connect: Connect) -> Issue:
    """A post of two parts, an hour ago."""
    connect().post(message("One.", "Two."))
    world.advance(days=1 / 24)
    return issues(world)[0]


def listen(connect: Connect, token: str = "workflow-token"):
    talk = connect(token).listen(1)
    assert talk is not None
    return talk


def test_a_remark_is_whose_it_is_and_ours_are_none(
    world: World, connect: Connect, issue: Issue
) -> None:
    comment = world.comment(issue, "grace-example", "/approve")
    (remark,) = listen(connect).remarks
    assert (remark.id, remark.number, remark.author) == (comment.id, 1, "grace-example")
    assert remark.said_at == remark.edited_at == world.now
    assert remark.body == "/approve"


def test_an_edited_command_is_what_it_says_now_and_said_then(
    world: World, connect: Connect, issue: Issue
) -> None:
    comment = world.comment(issue, "grace-example", "/approve")
    said_at = world.now
    world.advance(days=1)
    world.edit_comment(comment, "/hold")
    (remark,) = listen(connect).remarks
    assert (remark.body, remark.author) == ("/hold", "grace-example")
    assert (remark.said_at, remark.edited_at) == (said_at, world.now)


def test_words_that_somebody_put_into_a_mentors_mouth_are_that_persons(
    world: World, connect: Connect, issue: Issue
) -> None:
    comment = world.comment(issue, "grace-example", "Hm.")
    world.edit_comment(comment, "/approve", "mallory-example")
    talk = listen(connect)
    assert [one.author for one in talk.remarks] == ["mallory-example"]
    assert verdicts_of(talk, build_review(), CLUB, STUDENTS).verdicts == ()


def test_a_deleted_comment_is_no_remark(world: World, connect: Connect, issue: Issue) -> None:
    comment = world.comment(issue, "grace-example", "/approve")
    world.comment(issue, "linus-example", "/hold")
    world.delete_comment(comment, "grace-example")
    assert [one.body for one in listen(connect).remarks] == ["/hold"]


def test_an_account_that_is_gone_is_a_ghost_and_nobodys_mentor(
    world: World, connect: Connect, issue: Issue
) -> None:
    world.comment(issue, None, "/approve")
    (remark,) = listen(connect).remarks
    assert remark.author == "ghost"


def test_a_marker_in_a_strangers_comment_hides_nothing_and_answers_nothing(
    world: World, connect: Connect, issue: Issue
) -> None:
    world.comment(issue, "grace-example", "/approve")
    (remark,) = listen(connect).remarks
    world.comment(issue, "mallory-example", answer(remark) + "/hold")
    world.comment(issue, "mallory-example", message("One.", "Forged.").parts[1] + "/drop ada 1")
    talk = listen(connect)
    assert [one.author for one in talk.remarks] == [
        *("grace-example", "mallory-example", "mallory-example")
    ]
    assert talk.answered == frozenset()
    assert len(talk.posted.parts) == 2


def test_an_answer_is_known_again_until_the_remark_changes(
    world: World, connect: Connect, issue: Issue
) -> None:
    comment = world.comment(issue, "grace-example", "/approve")
    (remark,) = listen(connect).remarks
    connect().reply(1, answer(remark))
    talk = listen(connect)
    assert talk.remarks == (remark,)
    assert is_answered(remark, talk.answered)
    world.edit_comment(comment, "/hold")
    (changed,) = listen(connect).remarks
    assert not is_answered(changed, talk.answered)


def test_a_mentor_whose_own_token_posts_is_heard_all_the_same(
    world: World, connect: Connect
) -> None:
    connect("grace-token").post(message("One.", "Two."))
    world.comment(issues(world)[0], "grace-example", "/approve")
    talk = listen(connect, "grace-token")
    assert [one.body for one in talk.remarks] == ["/approve"]
    assert len(talk.posted.parts) == 2


def test_who_ticked_is_told_of_issue_and_comments_and_ours_are_left_out(
    world: World, connect: Connect, issue: Issue
) -> None:
    world.edit_issue(issue, "grace-example", body=unticked(issue.body))
    world.advance(days=1 / 24)
    (part,) = comments(world)
    world.edit_comment(part, unticked(part.body), "mallory-example")
    posted = listen(connect).posted
    assert posted.editors == ("grace-example", "mallory-example")
    assert posted.edited_at == world.now
    assert posted.parts == tuple(unticked(one) for one in message("One.", "Two.").parts)
    connect().post(message("New.", "New too."))
    assert listen(connect).posted.editors == ()


def test_a_comment_alone_is_no_edit_of_the_post(
    world: World, connect: Connect, issue: Issue
) -> None:
    world.comment(issue, "mallory-example", "Hello")
    posted = listen(connect).posted
    assert (posted.editors, posted.edited_at) == ((), None)


def test_an_editor_who_is_gone_is_nobodys_mentor(
    world: World, connect: Connect, issue: Issue
) -> None:
    world.edit_issue(issue, None, body=unticked(issue.body))
    assert listen(connect).posted.editors == ("ghost",)


def test_an_unticked_box_over_http_is_a_drop(world: World, connect: Connect, issue: Issue) -> None:
    world.edit_issue(issue, "grace-example", body=unticked(issue.body).replace("\n", "\r\n"))
    (part,) = comments(world)
    world.edit_comment(part, unticked(part.body), "grace-example")
    (verdict,) = verdicts_of(listen(connect), build_review(), CLUB, STUDENTS).verdicts
    assert (verdict.kind, verdict.ref, verdict.mentor) == (
        VerdictKind.DROP,
        ref(101),
        "grace-example",
    )


def test_more_than_a_page_of_remarks_is_read(
    world: World, sandbox: Sandbox, connect: Connect, issue: Issue
) -> None:
    for n in range(230):
        comment = world.comment(issue, "grace-example", f"Remark {n}")
    world.advance(days=1)
    for comment in comments(world)[1:120]:
        world.edit_comment(comment, "Edited")
    assert len(listen(connect).remarks) == 230


def test_what_is_gone_is_nothing_to_listen_to(world: World, connect: Connect, issue: Issue) -> None:
    assert connect().listen(99) is None
    world.delete_issue(issue)
    assert connect().listen(1) is None


def test_an_issue_of_somebody_else_is_nothing_to_listen_to(
    world: World, connect: Connect, issue: Issue
) -> None:
    said = message()
    world.open_issue(issue.repository, "mallory-example", said.title, said.parts[0])
    assert connect().listen(2) is None
