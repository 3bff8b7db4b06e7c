"""What is written to those who answered: a thumb or a reply, once, whatever becomes of it."""

import pytest

from bot.adapters.github_answers import MAX_THUMBS, ThreadClosed
from bot.errors import GitHubError, LimitReached, Refused, WorkEnded
from bot.rendering.marker import is_answered
from bot.sandbox import faults
from bot.sandbox.faults import Fault
from bot.sandbox.messages import Answer
from tests.adapters.github_answers.steps import ADA, BOT, REPLIES, SINCE, THUMBS, remark, reply_to
from tests.adapters.github_posts.steps import count


def test_a_remark_gets_one_thumb_however_often(club):
    comments = [club.say(ADA, f"/more {n}") for n in range(3)]
    club.world.react(comments[0], BOT, "THUMBS_UP")
    for _ in range(2):
        desk = club.desk()
        heard = desk.hear(SINCE)
        for _ in range(2):
            desk.acknowledge(heard.remarks)
    assert [list(one.reactions["THUMBS_UP"]) for one in comments] == [[BOT]] * 3
    assert count(club.sandbox, "POST") == 2


def test_so_many_thumbs_are_given_in_a_run_and_no_more(club):
    for n in range(MAX_THUMBS + 5):
        club.say(ADA, f"/more {n}")
    for _ in range(2):
        desk = club.desk()
        desk.acknowledge(desk.hear(SINCE).remarks)
    assert count(club.sandbox, "POST") == MAX_THUMBS + 5


def test_a_remark_that_is_gone_by_now_holds_no_thumb_up(club):
    gone, stays = (club.say(ADA, f"/more {n}") for n in range(2))
    desk = club.desk()
    heard = desk.hear(SINCE)
    club.world.delete_comment(gone)
    desk.acknowledge(heard.remarks)
    assert list(stays.reactions["THUMBS_UP"]) == [BOT]


def test_a_reply_stands_under_its_issue_and_is_known_again(club):
    comment = club.say(ADA, "/stop")
    club.desk("app-token").reply(club.thread.number, reply_to(comment))
    found = [(one.author, one.body) for one in club.thread.comments]
    assert found[1:] == [("digest-app[bot]", reply_to(comment))]
    assert club.register.posters() == {"digest-app[bot]"}
    (only,) = club.desk("app-token").hear(SINCE).remarks
    assert is_answered(only, club.desk("app-token").hear(SINCE).answered)


@pytest.mark.parametrize(
    "fault", [faults.bad_gateway(after_write=True), faults.dropped_connection(after_write=True)]
)
def test_a_reply_of_an_unknown_fate_is_sent_once_and_looked_up(club, fault):
    comment = club.say(ADA, "/stop")
    club.sandbox.faults.add(fault, REPLIES)
    with pytest.raises(GitHubError) as error:
        club.desk().reply(club.thread.number, reply_to(comment))
    assert not isinstance(error.value, WorkEnded)
    assert count(club.sandbox, "POST") == 1
    heard = club.desk().hear(SINCE)
    assert is_answered(heard.remarks[0], heard.answered)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.missing(), ThreadClosed),
        (
            Fault("gone", before=lambda _: Answer(410, {"message": "This was deleted"})),
            ThreadClosed,
        ),
        (faults.forbidden("Unable to create comment because issue is locked."), ThreadClosed),
        (faults.unprocessable(), ThreadClosed),
        (faults.forbidden(), Refused),
        (faults.forbidden("Repository was archived so is read-only."), Refused),
        (faults.bad_credentials(), Refused),
        (faults.secondary_limit(403), LimitReached),
        (faults.primary_limit(), LimitReached),
    ],
    ids=lambda value: getattr(value, "name", None),
)
@pytest.mark.parametrize("write", ["reply", "thumb"])
def test_a_refusal_ends_the_work_unless_it_is_of_one_thread(club, fault, kind, write):
    comment = club.say(ADA, "/stop")
    club.sandbox.faults.add(fault, REPLIES if write == "reply" else THUMBS, times=None)
    desk = club.desk()

    def act():
        if write == "reply":
            desk.reply(club.thread.number, "Hello")
        else:
            desk.acknowledge([remark(comment)])

    if write == "thumb" and kind is ThreadClosed:
        act()
        assert comment.reactions == {}
        return
    with pytest.raises(kind) as error:
        act()
    assert error.value.advice
    assert isinstance(error.value, WorkEnded) is (kind is not ThreadClosed)
