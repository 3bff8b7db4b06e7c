"""What students tell by form counts at once, for themselves only, and is closed when done."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import Outage
from bot.forms import Form, FormKind
from bot.intake import Slip, TakenUp, take_up
from bot.register import Stop
from tests.builders_core import build_student
from tests.fakes import MemoryRegister

AT = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)
ZONE = ZoneInfo("America/Puerto_Rico")
STUDENTS = {"ada-example": build_student("Ada-Example")}


class Desk:
    """Slips in memory; closing the nth may fail."""

    def __init__(self, *slips, fails=False):
        self.held, self.settled, self.fails = slips, [], fails

    def slips(self, *, settled_too):
        return tuple(one for one in self.held if one.is_open or settled_too)

    def settle(self, slip):
        if self.fails:
            raise Outage("GitHub is away.", "Wait.")
        self.settled.append(slip.number)


def slip(kind, number=1, author="ada-example", at=AT, **fields):
    return Slip(number, author, at, Form(kind, **fields))


def taken_up(*slips, register=None, settled_too=False, **more):
    register, desk = register or MemoryRegister(), Desk(*slips, **more)
    done = take_up(desk, STUDENTS, register, ZONE, settled_too=settled_too)
    return register, desk, done


def test_a_stop_counts_from_when_it_was_told():
    register, desk, done = taken_up(slip(FormKind.STOP))
    assert register.stop_of("ada-example") == Stop("ada-example", AT)
    assert (desk.settled, done) == ([1], TakenUp(n_closed=1))


def test_a_pause_ends_so_many_weeks_after_its_day_at_the_clubs_place():
    register, _, _ = taken_up(slip(FormKind.PAUSE, weeks=2))
    assert register.stop_of("ada-example").until == date(2026, 12, 1)


def test_a_code_is_kept_for_the_delivery_to_compare():
    register, desk, _ = taken_up(slip(FormKind.CONFIRM, code="K7QX2-9TBMN"))
    assert register.code_given("ada-example") == "K7QX2-9TBMN"
    assert desk.settled == [1]


@pytest.mark.parametrize(
    "form",
    [
        slip(FormKind.STOP, author="stranger-example"),
        slip(FormKind.PAUSE),
        slip(FormKind.CONFIRM),
        slip(FormKind.FEEDBACK, text="Thanks!"),
    ],
)
def test_what_a_machine_cannot_do_stays_open_for_people(form):
    register, desk, done = taken_up(form)
    assert register.stop_of("ada-example") is None
    assert register.code_given("ada-example") is None
    assert (desk.settled, done) == ([], TakenUp(n_for_people=1))


def test_the_last_word_counts_whatever_the_order():
    later = AT + timedelta(hours=1)
    pause, stop = slip(FormKind.PAUSE, 2, at=later, weeks=1), slip(FormKind.STOP, 1)
    for slips in ((stop, pause), (pause, stop)):
        register, _, _ = taken_up(*slips)
        assert register.stop_of("ada-example").at == later


def test_what_cannot_be_closed_counts_all_the_same_and_so_does_what_comes_after():
    register, _, done = taken_up(
        slip(FormKind.CONFIRM, 1, code="K7QX2-9TBMN"), slip(FormKind.STOP, 2), fails=True
    )
    assert register.code_given("ada-example") == "K7QX2-9TBMN"
    assert register.stop_of("ada-example") == Stop("ada-example", AT)
    assert done == TakenUp(n_unclosed=2)


def test_of_a_lost_register_the_settled_slips_are_read_again_and_not_closed_twice():
    settled = replace(slip(FormKind.STOP), is_open=False)
    register, desk = MemoryRegister(), Desk(settled)
    assert take_up(desk, STUDENTS, register, ZONE) == TakenUp()
    assert register.stop_of("ada-example") is None
    assert take_up(desk, STUDENTS, register, ZONE, settled_too=True) == TakenUp()
    assert register.stop_of("ada-example") == Stop("ada-example", AT)
    assert desk.settled == []


def test_to_subscribe_takes_back_an_older_stop_when_the_forms_are_read_again():
    form = replace(slip(FormKind.SUBSCRIBE, 2, at=AT + timedelta(days=1)), is_open=False)
    stop = replace(slip(FormKind.STOP), is_open=False)
    register, desk, _ = taken_up(stop, form, settled_too=True)
    day = (AT + timedelta(days=1)).astimezone(ZONE).date()
    assert register.stop_of("ada-example") == Stop("ada-example", AT + timedelta(days=1), day)
    assert desk.settled == []


def test_a_form_to_subscribe_that_is_open_waits_and_changes_nothing():
    register, desk, done = taken_up(slip(FormKind.STOP), slip(FormKind.SUBSCRIBE, 2))
    assert register.stop_of("ada-example") == Stop("ada-example", AT)
    assert (desk.settled, done.n_for_people) == ([1], 1)
