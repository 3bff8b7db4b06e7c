"""Look, intend, send, record: once, wherever a run was killed."""

import pytest

from bot.delivery import Receipt, deliver_once, recover
from bot.errors import DeliveryError, DeliveryInDoubt, JournalError
from bot.rendering.message import Message
from bot.terms import ChannelName
from tests.builders_core import NOW, days_ago

MESSAGE = Message("2026-W47", "ada-example", "Your issues", "md", "html", "text", "{}")
KEY = ("2026-W47", "ada-example")


class Killed(Exception):
    """The run was killed."""


class Diary:
    """What happened, in order; before or after its nth event the run is killed."""

    def __init__(self):
        self.events = []
        self.killed_before = self.killed_after = None

    def write(self, event, act):
        if len(self.events) + 1 == self.killed_before:
            raise Killed
        self.events.append(event)
        result = act()
        if len(self.events) == self.killed_after:
            raise Killed
        return result


class World:
    """A channel and a ledger that write into one diary."""

    name = ChannelName.ISSUE

    def __init__(self):
        self.diary = Diary()
        self.out, self.intents, self.receipts = [], [], {}
        self.error = None

    def find(self, week, login):
        return self.diary.write("look", lambda: "place" if self.out else None)

    def deliver(self, message):
        if self.error:
            raise self.error
        return self.diary.write("send", lambda: self.out.append(message) or "place")

    def receipt(self, week, login, channel):
        return self.receipts.get((week, login, channel))

    def record_intent(self, week, login, channel, at):
        self.diary.write("intend", lambda: self.intents.append((week, login, channel, at)))

    def record_receipt(self, receipt):
        key = receipt.week, receipt.login, receipt.channel
        self.diary.write("record", lambda: self.receipts.setdefault(key, receipt))

    def send(self, now=NOW):
        return deliver_once(MESSAGE, self, self, now)


RECEIPT = Receipt(*KEY, ChannelName.ISSUE, "place", NOW)


def test_a_delivery_looks_intends_sends_and_records_in_this_order():
    world = World()

    assert world.send() == RECEIPT
    assert world.diary.events == ["look", "intend", "send", "record"]
    assert world.intents == [(*KEY, ChannelName.ISSUE, NOW)]
    assert world.receipts == {(*KEY, ChannelName.ISSUE): RECEIPT}


@pytest.mark.parametrize("nth", [1, 2, 3, 4])
@pytest.mark.parametrize("when", ["killed_before", "killed_after"])
def test_a_run_killed_anywhere_and_started_again_sends_once(when, nth):
    world = World()
    setattr(world.diary, when, nth)
    with pytest.raises(Killed):
        world.send(days_ago(1))
    world.diary = Diary()

    receipt = world.send()

    assert (receipt.week, receipt.login, receipt.place) == (*KEY, "place")
    assert world.out == [MESSAGE]
    assert list(world.receipts.values()) == [receipt]


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_run_killed_twice_sends_once(nth):
    world = World()
    for _ in range(2):
        world.diary = Diary()
        world.diary.killed_after = nth
        with pytest.raises(Killed):
            world.send()
        if "send" in world.diary.events:
            break
    world.diary = Diary()

    world.send()

    assert world.out == [MESSAGE]


def test_what_is_recorded_is_not_even_looked_up():
    world = World()
    world.send()
    world.diary = Diary()

    assert world.send() == RECEIPT
    assert world.diary.events == []


def test_a_digest_found_by_its_marker_is_recorded_and_not_sent():
    world = World()
    world.out.append(MESSAGE)

    assert world.send() == RECEIPT
    assert world.diary.events == ["look", "record"]
    assert world.out == [MESSAGE]


@pytest.mark.parametrize("kind", [DeliveryError, DeliveryInDoubt])
def test_a_failed_delivery_leaves_an_intent_and_no_receipt(kind):
    world = World()
    world.error = kind("It broke.", "Look.")

    with pytest.raises(kind):
        world.send()

    assert world.diary.events == ["look", "intend"]
    assert world.receipts == {}


def test_a_delivery_in_doubt_is_looked_up_before_a_second_try():
    world = World()
    world.error = DeliveryInDoubt("Nobody knows.", "Look.")
    with pytest.raises(DeliveryInDoubt):
        world.send()
    world.error = None
    world.out.append(MESSAGE)
    world.diary = Diary()

    world.send()

    assert world.diary.events == ["look", "record"]
    assert world.out == [MESSAGE]


def test_without_an_intent_in_the_journal_nothing_is_sent():
    world = World()

    def refuse(*_):
        raise JournalError("The disk is full.", "Make room.")

    world.record_intent = refuse

    with pytest.raises(JournalError):
        world.send()
    assert world.out == []


def test_there_is_nothing_to_recover_of_what_never_went_out():
    world = World()

    assert recover(*KEY, world, world, NOW) is None
    assert world.diary.events == ["look"]
    assert world.receipts == {}


def test_what_went_out_is_recovered_with_its_place():
    world = World()
    world.out.append(MESSAGE)

    assert recover(*KEY, world, world, NOW) == RECEIPT
    assert world.receipts == {(*KEY, ChannelName.ISSUE): RECEIPT}
