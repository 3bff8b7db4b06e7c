"""One digest on its way: by its own channel, by the other one, or known to be held."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery import Delivery, Setback
from bot.dispatch import by_present_choice, recover, resend, send
from bot.errors import (
    ChannelStopped,
    DeliveryDeferred,
    DeliveryInDoubt,
    DeliveryRefused,
    JournalError,
    StudentsFailed,
)
from bot.journal import DigestState, JournalEntry
from bot.pipeline import deliver_week, release
from bot.pledging import Pledge, Witness
from bot.register import Consent, Stop
from bot.schedule import Run
from bot.terms import ChannelName, Week
from tests.builders import build_digest
from tests.builders_core import NOW, build_club, build_student
from tests.fakes import MemoryJournal, MemoryRegister
from tests.fakes_channel import MemoryChannel
from tests.fakes_office import build_office

EMAIL, ISSUE = ChannelName.EMAIL, ChannelName.ISSUE
WEEK = "2026-W47"
CLUB = build_club(mentors=[{"github": "grace-example", "students": ["ada-example"]}])
RUN = Run(CLUB, Week.parse(WEEK), NOW)
REFUSED = DeliveryRefused("The address does not exist.", "Ask for another one.")


class Scene:
    """An office with a mail channel, of which nobody can look what it did, and posts."""

    def __init__(self, *, has_posts=True, is_public=False, **changes):
        self.mail = MemoryChannel(EMAIL, is_blind=True)
        self.posts = MemoryChannel(ISSUE)
        self.journal, self.register = MemoryJournal(), MemoryRegister()
        students = {"channel": "email", "confirmed": "CODE"} | changes
        ada, ben = build_student("ada-example", **students), build_student("ben-example")
        self.office = build_office(
            ada,
            ben,
            journal=self.journal,
            register=self.register,
            channels={EMAIL: self.mail} | ({ISSUE: self.posts} if has_posts else {}),
            is_public=is_public,
        )
        digests = [
            (build_digest(student="ada-example", picks=()), EMAIL),
            (build_digest(student="ben-example", picks=()), ISSUE),
        ]
        self.journal.record_week(WEEK, digests)

    def entry(self, login="ada-example"):
        return self.journal.entry(WEEK, login)

    def send(self, run=RUN):
        return send(run, self.entry(), self.office)

    def deliver(self):
        return {
            one.digest.student: one
            for one in deliver_week(RUN, self.journal.entries(WEEK), self.office, live=True)
        }

    def known(self, channel):
        return self.journal.delivery(WEEK, "ada-example", channel)


def test_a_mail_that_is_taken_needs_no_post():
    scene = Scene()
    dispatch = scene.send()
    assert (dispatch.channel, dispatch.receipt.channel, dispatch.refusal) == (EMAIL, EMAIL, None)
    assert scene.posts.delivered == []


def test_a_mail_that_is_refused_goes_out_as_a_post_and_says_so():
    scene = Scene()
    scene.mail.fail(REFUSED)
    dispatch = scene.send()
    assert (dispatch.channel, dispatch.receipt.channel) == (ISSUE, ISSUE)
    assert dispatch.refusal is REFUSED
    assert scene.known(EMAIL) == Delivery(None, Setback.REFUSED, tried_at=NOW)
    assert scene.entry().state is DigestState.DELIVERED


@pytest.mark.parametrize("public", [True, False])
def test_where_everybody_reads_a_refused_mail_is_posted_for_those_who_agreed_only(public):
    scene = Scene(is_public=True, public=public)
    scene.mail.fail(REFUSED)
    dispatch = scene.send()
    assert len(scene.posts.delivered) == int(public)
    assert (dispatch.error is None) == public


def test_a_refused_mail_without_another_way_is_told_with_the_mentors_name():
    scene = Scene(has_posts=False)
    scene.mail.fail(REFUSED)
    dispatch = scene.send()
    assert isinstance(dispatch.error, StudentsFailed)
    assert dispatch.error.exit_code == 7
    assert "grace-example should know: Ask for another one." in dispatch.error.advice


def test_a_run_killed_between_refusal_and_post_posts_in_the_next():
    scene = Scene()
    scene.journal.record_intent(WEEK, "ada-example", EMAIL, NOW)
    scene.journal.record_setback(WEEK, "ada-example", EMAIL, Setback.REFUSED)
    assert recover(RUN, scene.entry(), scene.office) is None
    assert scene.send().channel is ISSUE
    assert scene.mail.delivered == []
    assert recover(RUN, scene.entry(), scene.office).receipt.channel is ISSUE


@pytest.mark.parametrize("error", [DeliveryDeferred, ChannelStopped])
def test_a_mail_that_is_put_off_is_not_posted_meanwhile(error):
    scene = Scene()
    scene.mail.fail(error("Not now.", "Wait."))
    assert isinstance(scene.send().error, error)
    assert scene.posts.delivered == []
    assert scene.send().receipt.channel is EMAIL


def test_a_mail_in_doubt_is_held_in_every_run_until_a_person_says_send():
    scene = Scene()
    scene.mail.fail(DeliveryInDoubt("Lost.", "Ask."), delivered=True)
    assert isinstance(scene.send().error, DeliveryInDoubt)
    for _ in range(2):
        assert isinstance(scene.deliver()["ada-example"].error, DeliveryInDoubt)
    assert len(scene.mail.delivered) == 1
    release(RUN, ["ada-example"], scene.office)
    assert scene.deliver()["ada-example"].receipt.channel is EMAIL
    assert len(scene.mail.delivered) == 2


def test_a_mail_server_that_is_down_keeps_nobodys_post_back():
    scene = Scene()
    scene.mail.fail(ChannelStopped("Nobody answers there.", "Look."))
    told = scene.deliver()
    assert isinstance(told["ada-example"].error, ChannelStopped)
    assert told["ben-example"].receipt is not None


def test_a_stop_that_comes_during_the_run_counts_in_it():
    scene = Scene()
    scene.register.record_stop(Stop("ada-example", NOW))
    told = scene.deliver()
    assert told["ada-example"].why_not == "stopped on 2026-11-18"
    assert told["ada-example"].error is None
    assert scene.mail.delivered == []
    assert told["ben-example"].receipt is not None


def test_a_digest_follows_the_channel_that_is_chosen_now_unless_it_is_in_doubt():
    scene = Scene(channel="issue")
    assert by_present_choice(RUN, scene.entry(), scene.office).channel is ISSUE
    scene.journal.record_intent(WEEK, "ada-example", EMAIL, NOW)
    assert by_present_choice(RUN, scene.entry(), scene.office).channel is EMAIL
    scene.journal.record_setback(WEEK, "ada-example", EMAIL, Setback.DEFERRED)
    entry = by_present_choice(RUN, scene.entry(), scene.office)
    assert entry.channel is ISSUE
    send(RUN, entry, scene.office)
    assert scene.entry().channel is ISSUE


def test_what_is_in_doubt_in_another_place_is_not_looked_up_in_this_one():
    scene = Scene()
    scene.journal.record_intent(WEEK, "ben-example", ISSUE, NOW, "campus-club/digests")
    scene.posts.target = "campus-club/new"
    told = scene.deliver()["ben-example"]
    assert isinstance(told.error, DeliveryInDoubt)
    assert "may stand in campus-club/digests" in told.error.message
    assert scene.posts.delivered == []
    release(RUN, ["ben-example"], scene.office)
    assert scene.deliver()["ben-example"].receipt is not None


def test_a_doubt_stays_one_where_its_channel_is_not_at_hand():
    scene = Scene()
    scene.journal.record_intent(WEEK, "ada-example", EMAIL, NOW)
    office = replace(scene.office, channels={ISSUE: scene.posts})
    told = recover(RUN, scene.entry(), office)
    assert isinstance(told.error, DeliveryInDoubt)
    assert "FOOTHOLD_SMTP" in told.error.advice


def test_a_doubt_of_somebody_who_left_is_settled():
    scene = Scene()
    send(RUN, scene.entry("ben-example"), scene.office)
    lost = Scene()
    lost.posts.delivered += scene.posts.delivered
    lost.journal.record_intent(WEEK, "ben-example", ISSUE, NOW)
    office = replace(lost.office, students={})
    assert recover(RUN, lost.entry("ben-example"), office).receipt is not None


@pytest.mark.parametrize("was_tried", [True, False], ids=["in doubt", "of a lost journal"])
def test_a_digest_that_a_lost_run_brought_out_counts_from_when_it_was_out(was_tried):
    lost, sent = Scene(), Scene()
    then = NOW - timedelta(hours=7)
    entry = replace(lost.entry("ben-example"), channel=ISSUE)
    for scene in (lost, sent):
        scene.posts.delivered.append(send(RUN, entry, Scene().office).message)
        scene.posts.out_since = then + timedelta(seconds=9 * was_tried)
        if was_tried:
            scene.journal.record_intent(WEEK, "ben-example", ISSUE, then)

    found = recover(RUN, lost.entry("ben-example"), lost.office).receipt
    again = send(RUN, entry, sent.office).receipt

    assert [found.delivered_at, again.delivered_at] == [then] * 2


def test_a_post_of_this_week_with_another_text_is_brought_up_to_date():
    scene = Scene(channel=None)
    entry = replace(scene.entry("ben-example"), channel=ISSUE)
    first = send(RUN, entry, scene.office).message
    lost = Scene(channel=None)
    lost.posts.delivered.append(first)
    digest = build_digest(student="ben-example", picks=(), considered=7)
    lost.journal.replace_digest(digest)
    entry = lost.entry("ben-example")
    assert recover(RUN, entry, lost.office) is None
    dispatch = send(RUN, entry, lost.office)
    assert dispatch.receipt.place == lost.posts.place(first)
    assert [one.sha for one in lost.posts.delivered] == [first.sha, dispatch.message.sha]
    assert first.sha != dispatch.message.sha


def test_a_post_of_an_earlier_week_is_taken_as_it_stands():
    scene = Scene()
    first = send(RUN, scene.entry("ben-example"), scene.office).message
    lost = Scene()
    lost.posts.delivered.append(first)
    lost.journal.replace_digest(build_digest(student="ben-example", picks=(), considered=7))
    later = replace(RUN, week=Week.parse("2026-W48"))
    assert recover(later, lost.entry("ben-example"), lost.office).receipt is not None
    assert lost.posts.delivered == [first]


def test_what_is_out_goes_out_once_more_by_the_same_channel_when_asked_for():
    scene = Scene()
    scene.mail.fail(REFUSED)
    first = scene.send()
    again = resend(RUN, scene.entry(), scene.office)
    assert (again.channel, again.receipt) == (ISSUE, first.receipt)
    assert len(scene.posts.delivered) == 2
    assert scene.mail.delivered == []


def test_a_week_of_more_digests_than_anybody_meant_is_not_begun():
    scene = Scene()
    office = replace(scene.office, students={})
    with pytest.raises(Exception, match="would send 2 digests to 0 students"):
        deliver_week(RUN, scene.journal.entries(WEEK), office, live=True)
    assert scene.posts.delivered == []


class Keeper(Witness):
    """Keeps pledges, or says that another run was faster."""

    def __init__(self, told: list[str], error: JournalError | None = None) -> None:
        self._told, self._error = told, error

    def attest(self, pledges: Sequence[Pledge], questions: Sequence[Consent]) -> None:
        if self._error is not None:
            raise self._error
        self._told.append(f"pledged {len(pledges)}")


def announced(told: list[str], error: JournalError | None = None) -> None:
    scene = Scene()
    office = replace(scene.office, witness=Keeper(told, error))

    def announce(pledged: Sequence[JournalEntry]) -> None:
        assert scene.posts.delivered == scene.mail.delivered == []
        told.append(f"announced {len(pledged)}")

    deliver_week(RUN, scene.journal.entries(WEEK), office, live=True, announce=announce)


def test_what_is_pledged_is_announced_before_any_of_it_goes():
    told: list[str] = []
    announced(told)
    assert told == ["pledged 2", "announced 2"]


def test_who_was_beaten_to_the_pledge_announces_nothing():
    told: list[str] = []
    with pytest.raises(JournalError):
        announced(told, JournalError("Another run was faster.", "Wait."))
    assert told == []
