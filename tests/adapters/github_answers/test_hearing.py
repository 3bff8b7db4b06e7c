"""What is heard in a club's repository: all that people wrote, and how digests were reacted to."""

from datetime import timedelta

import pytest

from bot.adapters.github_post_listing import LABEL
from bot.errors import GitHubError, LimitReached, Outage, Refused
from bot.remarks import Remark
from bot.rendering.marker import is_answered
from bot.sandbox import faults
from bot.sandbox.faults import Fault
from bot.sandbox.messages import Answer
from tests.adapters.github_answers.steps import (
    ADA,
    BOT,
    COMMENTS,
    LISTS,
    SINCE,
    digest,
    reply_to,
)
from tests.adapters.github_posts.steps import CLUB, NOW, WEEK


def test_what_people_wrote_is_heard_oldest_first_and_what_we_wrote_is_not(club):
    club.say(BOT, digest())
    first = club.say(ADA, "/more 2")
    club.say(BOT, reply_to(first))
    other = club.open_issue("ben-example", "/stop")
    second = club.world.comment(other, "ben-example", "Thanks!")

    heard = club.desk().hear(SINCE)

    assert heard.remarks == (
        Remark(first.id, club.thread.number, ADA, NOW, NOW, "/more 2"),
        Remark(second.id, other.number, "ben-example", NOW, NOW, "Thanks!"),
    )
    assert [is_answered(one, heard.answered) for one in heard.remarks] == [True, False]


@pytest.mark.parametrize("editor", ["grace-example", None])
def test_a_command_that_another_put_into_a_comment_is_no_word_of_its_author(club, editor):
    comment = club.say(ADA, "/more 2")
    club.later(hours=1)
    club.world.edit_comment(comment, "/stop", editor or ADA)
    comment.editor = editor
    (told,) = club.desk().hear(SINCE).remarks
    assert told.author == (editor or "ghost")


def test_who_edited_is_asked_of_edited_commands_only(club):
    club.say(ADA, "/more 2")
    thanks = club.say(ADA, "Thank")
    club.later(hours=1)
    club.world.edit_comment(thanks, "Thanks!", ADA)
    told = club.desk().hear(SINCE).remarks
    assert [one.author for one in told] == [ADA, ADA]
    assert not any("graphql" in one.path for one in club.sandbox.requests)


def test_an_edited_remark_is_told_with_both_moments_and_its_new_text(club):
    comment = club.say(ADA, "/more 2")
    club.later(hours=1)
    club.world.edit_comment(comment, "/less 2", ADA)
    (only,) = club.desk().hear(SINCE).remarks
    assert (only.body, only.said_at, only.edited_at) == ("/less 2", NOW, club.world.now)


def test_only_what_was_changed_since_is_asked_for(club):
    club.say(ADA, "old")
    club.later(days=20)
    new = club.say(ADA, "new")
    assert [one.id for one in club.desk().hear(SINCE + timedelta(days=20)).remarks] == [new.id]


def test_more_than_a_page_is_heard_whole(club):
    ids = [club.say(ADA, f"/more {n}").id for n in range(201)]
    assert [one.id for one in club.desk().hear(SINCE).remarks] == ids


def test_a_long_remark_and_an_empty_one_are_heard_as_they_are(club):
    bodies = ["/more 2\n" + "x" * 65_528, "\r\n/stop\r\n\U0001f468\u200d\U0001f4bb"]
    for body in bodies:
        club.say(ADA, body)
    assert [one.body for one in club.desk().hear(SINCE).remarks] == bodies


def test_who_deleted_their_account_is_nobody(club):
    club.say(BOT, digest())
    comment = club.say(None, "/stop")
    (only,) = club.desk().hear(SINCE).remarks
    assert (only.id, only.author) == (comment.id, "ghost")


def test_a_marker_that_somebody_pasted_is_no_digest_and_no_answer(club):
    stop = club.say(ADA, "/stop")
    pasted = club.say("mallory-example", digest())
    club.world.react(pasted, ADA, "THUMBS_DOWN")
    club.say(ADA, reply_to(stop))

    heard = club.desk().hear(SINCE)

    assert len(heard.remarks) == 3
    assert (heard.answered, heard.reactions) == (frozenset(), ())


def test_who_is_known_to_post_for_us_is_believed(club):
    club.say("club-officer", digest())
    club.say("digest-app[bot]", digest())
    club.register.record_poster("digest-app[bot]")
    assert club.desk("workflow-token", "Club-Officer").hear(SINCE).remarks == ()


@pytest.mark.parametrize("is_issue", [False, True])
def test_reactions_to_a_digest_are_told_with_who_and_when(club, is_issue):
    post = club.open_issue(BOT, digest(), LABEL) if is_issue else club.say(BOT, digest())
    club.later(days=1)
    club.world.react(post, ADA, "ROCKET")
    club.world.react(post, "ben-example", "THUMBS_DOWN")
    found = club.desk().hear(SINCE).reactions
    assert {(one.week, one.login, one.author, one.content, one.at) for one in found} == {
        (WEEK, ADA, ADA, "rocket", club.world.now),
        (WEEK, ADA, "ben-example", "-1", club.world.now),
    }
    assert len({one.id for one in found}) == 2


def test_only_digests_with_reactions_are_asked_for_them(club):
    for week in ("2026-W46", WEEK):
        post = club.say(BOT, digest(week=week))
    club.world.react(post, ADA, "HEART")
    club.world.react(club.thread, ADA, "HEART")
    club.world.react(club.say(ADA, "mine"), ADA, "HEART")
    assert [one.week for one in club.desk().hear(SINCE).reactions] == [WEEK]
    asked = [one.path for one in club.sandbox.requests if one.path.endswith("/reactions")]
    assert asked == [f"/repos/{CLUB}/issues/comments/{post.id}/reactions"]


def test_a_reaction_that_was_taken_back_is_heard_no_more(club):
    post = club.say(BOT, digest())
    club.world.react(post, ADA, "THUMBS_UP")
    club.world.unreact(post, ADA, "THUMBS_UP")
    assert club.desk().hear(SINCE).reactions == ()


def test_an_old_digest_that_was_touched_is_not_read_for_reactions(club):
    post = club.say(BOT, digest())
    club.world.react(post, ADA, "THUMBS_UP")
    club.later(days=20)
    club.world.edit_comment(post, digest() + "More.", BOT)
    assert club.desk().hear(SINCE + timedelta(days=20)).reactions == ()


@pytest.mark.parametrize("lists", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.bad_gateway(), GitHubError),
        (faults.server_error(500), Outage),
        (faults.not_json_body(), Outage),
        (faults.truncated_body(), Outage),
        (faults.dropped_connection(), Outage),
        (Fault("an object", before=lambda _: Answer(200, {"title": "x"})), Outage),
        (Fault("no ids", before=lambda _: Answer(200, [{"body": "x"}])), Outage),
        (faults.missing(), Refused),
        (faults.forbidden(), Refused),
        (faults.secondary_limit(403), LimitReached),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_what_cannot_be_read_whole_is_githubs_error(club, lists, fault, kind):
    club.world.react(club.say(BOT, digest()), ADA, "THUMBS_UP")
    club.sandbox.faults.add(fault, lists, times=None)
    with pytest.raises(kind):
        club.desk().hear(SINCE)


def test_a_second_page_that_fails_makes_nothing_count(club):
    for n in range(101):
        club.say(ADA, f"/more {n}")
    club.sandbox.faults.add(faults.bad_gateway(), COMMENTS, times=None, skip=1)
    with pytest.raises(GitHubError):
        club.desk().hear(SINCE)


def test_a_page_without_rollups_is_asked_for_reactions_all_the_same(club):
    """As an older GitHub Enterprise Server answers."""
    club.world.react(club.say(BOT, digest()), ADA, "THUMBS_UP")
    older = faults.mutate(lambda page: [one.pop("reactions") for one in page])
    club.sandbox.faults.add(older, COMMENTS)
    assert len(club.desk().hear(SINCE).reactions) == 1
