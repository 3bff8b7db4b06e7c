"""Look, intend, send, record: once, wherever a run was killed."""

from dataclasses import replace

import pytest

from bot.delivery import (
    MAX_DEFERRALS,
    Delivery,
    Found,
    Receipt,
    Setback,
    deliver_once,
    look,
)
from bot.errors import (
    DeliveryDeferred,
    DeliveryError,
    DeliveryInDoubt,
    DeliveryRefused,
    JournalError,
    StudentsFailed,
)
from bot.rendering.marker import make_marker
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
    target, notes = "", ()

    def __init__(self, *, is_blind=False):
        self.diary = Diary()
        self.out, self.intents, self.receipts = [], [], {}
        self.known, self.is_blind, self.error = Delivery(), is_blind, None

    def find(self, week, login, *, was_tried):
        return self.diary.write("look", lambda: self._seen(was_tried))

    def _seen(self, was_tried):
        if self.is_blind and was_tried:
            raise DeliveryInDoubt("Nobody can know.", "Ask.")
        return Found("place", self.out[-1].sha) if self.out and not self.is_blind else None

    def deliver(self, message):
        if self.error:
            raise self.error
        return self.diary.write("send", lambda: self.out.append(message) or "place")

    def delivery(self, week, login, channel):
        receipt = self.receipts.get((week, login, channel))
        return replace(self.known, receipt=receipt) if self.intents or receipt else None

    def record_intent(self, week, login, channel, at, target=""):
        self.known = replace(self.known, setback=None)
        self.diary.write("intend", lambda: self.intents.append((week, login, channel, at)))

    def record_setback(self, week, login, channel, setback):
        n_deferrals = self.known.n_deferrals + (setback is Setback.DEFERRED)
        self.known = Delivery(None, setback, n_deferrals)
        self.diary.events.append(f"{setback}")

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


@pytest.mark.parametrize(
    ("kind", "event"),
    [
        (DeliveryError, "unsent"),
        (StudentsFailed, "unsent"),
        (DeliveryDeferred, "deferred"),
        (DeliveryRefused, "refused"),
    ],
)
def test_a_delivery_that_surely_failed_is_told_from_one_in_doubt(kind, event):
    world = World()
    world.error = kind("It broke.", "Look.")

    with pytest.raises(kind):
        world.send()

    assert world.diary.events == ["look", "intend", event]
    assert world.receipts == {}


@pytest.mark.parametrize("kind", [DeliveryInDoubt, JournalError])
def test_a_delivery_of_which_nobody_knows_leaves_its_intent(kind):
    world = World()
    world.error = kind("It broke.", "Look.")

    with pytest.raises(kind):
        world.send()

    assert world.diary.events == ["look", "intend"]
    assert world.delivery(*KEY, ChannelName.ISSUE).is_in_doubt


def test_what_was_put_off_is_tried_again_a_few_times_and_no_more():
    world = World(is_blind=True)
    world.error = DeliveryDeferred("Not now.", "Wait.")
    for _ in range(MAX_DEFERRALS):
        with pytest.raises(DeliveryDeferred):
            world.send()

    world.error = None
    with pytest.raises(DeliveryRefused, match=f"put off {MAX_DEFERRALS} times"):
        world.send()
    assert world.out == []


def test_what_was_refused_is_not_tried_again():
    world = World()
    world.error = DeliveryRefused("Never.", "Ask.")
    with pytest.raises(DeliveryRefused):
        world.send()
    world.error = None

    with pytest.raises(DeliveryRefused, match="was refused"):
        world.send()
    assert world.out == []


@pytest.mark.parametrize("nth", [2, 3])
def test_where_nobody_can_look_a_killed_delivery_is_held(nth):
    world = World(is_blind=True)
    world.diary.killed_after = nth
    with pytest.raises(Killed):
        world.send()
    world.diary = Diary()

    with pytest.raises(DeliveryInDoubt):
        world.send()
    assert len(world.out) == nth - 2


def test_where_nobody_can_look_a_run_killed_before_its_intent_sends_once():
    world = World(is_blind=True)
    world.diary.killed_before = 2
    with pytest.raises(Killed):
        world.send()
    world.diary = Diary()

    assert world.send() == RECEIPT
    assert world.out == [MESSAGE]


def test_what_stands_out_there_with_another_text_is_brought_up_to_date():
    marked = replace(MESSAGE, markdown=make_marker(*KEY, "new") + "\nnew")
    world = World()
    world.out.append(replace(MESSAGE, markdown=make_marker(*KEY, "old") + "\nold"))

    receipt = deliver_once(marked, world, world, NOW)

    assert world.diary.events == ["look", "intend", "send", "record"]
    assert world.out[-1] == marked
    assert receipt.place == "place"


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


def test_there_is_nothing_to_see_of_what_never_went_out():
    world = World()

    assert look(*KEY, world, world) is None
    assert world.diary.events == ["look"]


def test_what_went_out_is_seen_at_its_place():
    world = World()
    world.out.append(MESSAGE)

    assert look(*KEY, world, world) == Found("place")
