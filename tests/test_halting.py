"""A stop, a pause and a resume: the last word wins, and an old one does not come back."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.halting import Halts, stop_of
from bot.register import Stop
from bot.schedule import Run, why_halted
from bot.terms import Week
from tests.builders_core import build_club, build_student
from tests.fakes import MemoryRegister
from tests.feedback.told import AT, TIDES, build_answer, days

ADA = "ada-example"
ZONE = ZoneInfo("America/Puerto_Rico")
PAUSE = build_answer("pause", until=date(2026, 12, 15), source="comment 1")
STOP = build_answer("stop", at=AT + days(1), source="comment 2")
RESUME = build_answer("resume", at=AT + days(2), source="comment 3")


def settled(*steps, register=None, live=True):
    """Each step is a remark: what it said before, what it says now, what else the student said."""
    register = register or MemoryRegister()
    halts = Halts(register, ZONE, live=live)
    for before, after, *others in steps:
        halts.settle(ADA, before, after, others)
    return register, halts


def halted(register, at):
    run = Run(build_club(timezone="America/Puerto_Rico"), Week.of(at, ZONE), at)
    return why_halted(build_student(ADA), register, run)


def test_what_is_no_halt_writes_nothing():
    register, halts = settled(([], [build_answer("more", TIDES)]))
    assert (register.stop_of(ADA), halts.changed) == (None, {})


@pytest.mark.parametrize("order", [(PAUSE, STOP, RESUME), (RESUME, STOP, PAUSE)])
def test_the_last_word_counts_whatever_the_order_in_which_it_is_read(order):
    register, halts = settled(*(([], [one]) for one in order))
    assert register.stop_of(ADA) == halts.changed[ADA] == stop_of(RESUME, ZONE)


def test_a_resume_lets_digests_come_on_its_own_day():
    register, _ = settled(([], [STOP]), ([], [RESUME]))
    assert halted(register, STOP.at + days(0.5)) is None
    assert halted(register, RESUME.at) is None


def test_a_stop_by_form_that_is_older_stays_lifted_and_one_that_is_newer_counts():
    register, _ = settled(([], [RESUME]))
    for moment, counts in ((RESUME.at - days(1), False), (RESUME.at + days(1), True)):
        known, stop = register.stop_of(ADA), Stop(ADA, moment)
        # As intake does it.
        if known is None or known.at < stop.at:
            register.record_stop(stop)
        assert (register.stop_of(ADA) == stop) is counts


def test_a_newer_stop_by_form_is_not_undone():
    register = MemoryRegister()
    register.record_stop(by_form := Stop(ADA, RESUME.at + days(1)))
    settled(([], [RESUME]), register=register)
    assert register.stop_of(ADA) == by_form


def test_the_last_word_of_one_remark_counts():
    both = [build_answer("stop", position=0), build_answer("resume", position=1)]
    register, _ = settled(([], both))
    assert register.stop_of(ADA) == stop_of(both[1], ZONE)


def test_an_edit_takes_back_what_the_remark_said():
    register, _ = settled(([], [STOP]), ([STOP], []))
    assert register.stop_of(ADA) is None


def test_an_edit_to_something_shorter_counts_although_its_moment_is_the_same():
    pause = build_answer("pause", at=STOP.at, source="comment 2", until=date(2026, 12, 1))
    register, _ = settled(([], [STOP]), ([STOP], [pause]))
    assert register.stop_of(ADA).until == date(2026, 12, 1)


def test_what_an_edit_takes_back_lets_the_word_before_it_count():
    register, _ = settled(([], [PAUSE]), ([], [STOP]), ([STOP], [], PAUSE))
    assert register.stop_of(ADA) == stop_of(PAUSE, ZONE)


def test_an_edit_takes_back_no_stop_that_came_from_elsewhere():
    register = MemoryRegister()
    register.record_stop(by_form := Stop(ADA, STOP.at + days(3)))
    settled(([STOP], []), register=register)
    assert register.stop_of(ADA) == by_form


def test_without_live_it_is_known_what_would_count_and_nothing_is_written():
    register, halts = settled(([], [PAUSE]), ([], [STOP]), ([STOP], [], PAUSE), live=False)
    assert register.stop_of(ADA) is None
    assert halts.changed == {ADA: stop_of(PAUSE, ZONE)}
