"""What becomes of a mail when servers are moody: sent once, surely unsent, or in doubt."""

import logging
import signal
import time

import pytest

from bot.adapters.smtp import SmtpChannel
from bot.adapters.smtp_line import Pace
from bot.delivery import Channel
from bot.errors import (
    BotError,
    ChannelStopped,
    DeliveryDeferred,
    DeliveryError,
    DeliveryInDoubt,
    DeliveryRefused,
    StudentsFailed,
)
from tests.adapters.smtp.sink import ANYBODY, CONTENT, DATA, MAIL, RCPT, Fault, Sink
from tests.adapters.smtp.steps import (
    DOMAIN,
    WEEK,
    all_text,
    channel_to,
    mailbox_of,
    message,
)

ADA, BEN, CY = (mailbox_of(login) for login in ("ada-example", "ben-example", "cy-example"))


@pytest.fixture
def sink():
    with Sink() as opened:
        yield opened


@pytest.fixture
def channel(sink):
    with channel_to(sink) as opened:
        yield opened


def failure(channel: SmtpChannel, login: str = "ada-example") -> BotError:
    """How a delivery fails, and that its error is silent about the address."""
    with pytest.raises(DeliveryError) as caught:
        channel.deliver(message(login))
    told = all_text(caught.value)
    assert DOMAIN not in told
    assert "private" not in told
    assert login in caught.value.message or isinstance(caught.value, ChannelStopped)
    return caught.value


def test_a_digest_arrives_once_and_its_place_is_its_message_id(sink, channel):
    place = channel.deliver(message())
    (mail,) = sink.accepted
    assert place == f"mail {mail.message_id}"
    assert mail.recipient == ADA
    assert mail.sender == "digest@club.example.org"
    assert isinstance(channel, SmtpChannel)
    as_contract: Channel = channel
    assert as_contract.name == "email"


def test_a_whole_batch_goes_through_one_connection_that_is_asked_between(sink, channel):
    for n in range(4):
        channel.deliver(message(f"student-{n}"))
    assert sink.n_connections == 1
    assert sink.commands["NOOP"] == 3
    assert len(sink.by_message_id) == 4
    assert max(sink.by_message_id.values()) == 1


def test_nothing_is_opened_before_the_first_mail(sink):
    with channel_to(sink):
        pass
    assert sink.n_connections == 0


def test_every_fifty_mails_have_a_connection_of_their_own(sink, channel):
    for n in range(101):
        channel.deliver(message(f"student-{n}"))
    assert sink.n_connections == 3
    assert len(sink.accepted) == 101


def test_greylisting_defers_one_and_the_others_go_on(sink, channel):
    sink.fail(ADA, Fault(RCPT, "451 4.7.1 <ada-example.private@reader.example.org> greylisted"))
    error = failure(channel)
    assert type(error) is DeliveryDeferred
    assert "451 4.7.1" in error.message
    channel.deliver(message("ben-example"))
    channel.deliver(message())
    assert [mail.recipient for mail in sink.accepted] == [BEN, ADA]
    assert sink.n_connections == 1


@pytest.mark.parametrize("step", [RCPT, DATA, CONTENT])
@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (f"550 5.1.1 <{ADA}> unknown", DeliveryRefused),
        (f"550 no such user {ADA}", DeliveryRefused),
        (f"452 4.2.2 {ADA} is over quota", DeliveryDeferred),
        (f"550 5.7.1 {ADA} not by you", ChannelStopped),
        ("550 5.7.515 Access denied, sending domain does not meet the level", ChannelStopped),
    ],
)
def test_an_answer_to_a_step_is_taken_at_its_word(sink, channel, step, reply, kind):
    sink.fail(ADA, Fault(step, reply))
    assert type(failure(channel)) is kind
    assert sink.accepted == []


def test_a_longer_code_that_begins_alike_is_no_policy(sink, channel):
    sink.fail(ADA, Fault(RCPT, "550 5.70.1 something else"))
    assert type(failure(channel)) is DeliveryRefused


def test_a_refused_sender_stops_the_channel_without_another_connection(sink, channel):
    sink.fail(ANYBODY, Fault(MAIL, "553 5.1.8 who are you?"))
    first = failure(channel)
    assert type(first) is ChannelStopped
    assert "553 5.1.8" in first.message
    second = failure(channel, "ben-example")
    assert type(second) is ChannelStopped
    assert second is not first
    assert (second.message, second.advice) == (first.message, first.advice)
    assert (sink.n_connections, sink.accepted) == (1, [])


@pytest.mark.parametrize("step", [RCPT, DATA, CONTENT])
def test_a_server_that_closes_defers_and_the_next_gets_a_new_connection(sink, channel, step):
    sink.fail(ADA, Fault(step, "421 4.3.2 shutting down"))
    assert type(failure(channel)) is DeliveryDeferred
    channel.deliver(message("ben-example"))
    assert [mail.recipient for mail in sink.accepted] == [BEN]
    assert sink.n_connections == 2


def test_a_server_that_has_carried_enough_is_called_again_for_the_same_mail(sink, channel):
    channel.deliver(message("ben-example"))
    sink.fail(ANYBODY, Fault(MAIL, "421 4.7.0 too many messages on this connection"))
    channel.deliver(message())
    assert [mail.recipient for mail in sink.accepted] == [BEN, ADA]
    assert sink.n_connections == 2


@pytest.mark.parametrize(("who", "step"), [(ANYBODY, MAIL), (ADA, RCPT), (ADA, DATA)])
def test_a_line_that_breaks_before_the_content_is_opened_again_at_once(sink, channel, who, step):
    sink.fail(who, Fault(step, drops=True))
    channel.deliver(message())
    assert len(sink.accepted) == 1
    assert sink.n_connections == 2


def test_a_line_that_breaks_twice_is_surely_unsent_and_after_two_mails_the_end(sink, channel):
    for who in (ADA, BEN):
        sink.fail(who, *[Fault(RCPT, drops=True)] * 2)
    assert type(failure(channel)) is DeliveryError
    assert type(failure(channel, "ben-example")) is ChannelStopped
    n_connections = sink.n_connections
    assert type(failure(channel, "cy-example")) is ChannelStopped
    assert (sink.n_connections, sink.accepted) == (n_connections, [])


def test_a_good_mail_between_two_bad_ones_keeps_the_line(sink, channel):
    for who in (ADA, CY):
        sink.fail(who, *[Fault(RCPT, drops=True)] * 2)
    assert type(failure(channel)) is DeliveryError
    channel.deliver(message("ben-example"))
    assert type(failure(channel, "cy-example")) is DeliveryError


@pytest.mark.parametrize("keeps", [True, False])
@pytest.mark.parametrize("fault", [{"drops": True}, {"hangs_s": 1.5}, {"reply": "nonsense"}])
def test_a_content_without_an_answer_is_in_doubt_and_never_sent_again(sink, keeps, fault):
    sink.fail(ADA, Fault(CONTENT, keeps=keeps, **fault))
    with channel_to(sink, Pace(pause_s=0, timeout_s=5, content_timeout_s=0.3)) as channel:
        error = failure(channel)
        assert type(error) is DeliveryInDoubt
        assert "--resend ada-example" in error.advice
        channel.deliver(message("ben-example"))
    assert [mail.recipient for mail in sink.accepted] == [ADA, BEN][0 if keeps else 1 :]
    assert max(sink.by_message_id.values()) == 1


def test_a_mail_that_was_tried_cannot_be_looked_up(sink, channel):
    assert channel.find(WEEK, "ada-example", was_tried=False) is None
    with pytest.raises(DeliveryInDoubt) as caught:
        channel.find(WEEK, "ada-example", was_tried=True)
    assert "--resend ada-example" in caught.value.advice
    assert sink.n_connections == 0


def test_who_said_no_yes_is_told_of_before_any_intent_and_gets_no_mail(sink):
    def none(login):
        raise StudentsFailed(f"{login} has not confirmed.", "Wait.")

    with channel_to(sink, find_address=none) as channel:
        with pytest.raises(StudentsFailed):
            channel.find(WEEK, "ada-example", was_tried=False)
        error = failure(channel)
    assert error.message == "ada-example has not confirmed."
    assert sink.n_connections == 0


def test_there_is_a_pause_between_mails_and_none_before_the_first(sink):
    naps = []
    pace = Pace(pause_s=1.5, timeout_s=5, content_timeout_s=5, sleep=naps.append)
    with channel_to(sink, pace) as channel:
        for login in ("ada-example", "ben-example", "cy-example"):
            channel.deliver(message(login))
    assert naps == [1.5, 1.5]


def test_no_address_is_logged(sink, channel, caplog):
    # The sink's own library logs what it receives.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    caplog.set_level(logging.DEBUG)
    sink.fail(ADA, Fault(RCPT, f"550 5.1.1 {ADA}"))
    failure(channel)
    channel.deliver(message("ben-example"))
    ours = [record for record in caplog.records if record.name != "mail.log"]
    assert DOMAIN not in "\n".join(record.getMessage() for record in ours)


def test_an_interrupt_in_the_midst_of_a_mail_does_not_wait_for_a_good_bye(sink):
    class Interrupted(BaseException):
        """As Ctrl-C does."""

    def interrupt(*_):
        raise Interrupted

    sink.fail(ADA, Fault(CONTENT, hangs_s=4))
    before = signal.signal(signal.SIGALRM, interrupt)
    begun_at = time.monotonic()
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(Interrupted), channel_to(sink) as channel:
            channel.deliver(message())
    finally:
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - begun_at < 3
    assert sink.accepted == []
