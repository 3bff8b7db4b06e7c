"""The benchmarks of exactly once work, in small: they would tell a double or a loss."""

import pytest

from bot.sandbox.faults import bad_gateway
from tests.benchmarks.delivery import students_of, with_fault
from tests.benchmarks.delivery_mail import FAULTS, with_faults


@pytest.mark.parametrize("post", ["rolling", "weekly"])
def test_a_write_without_an_answer_is_there_once(post: str) -> None:
    count = with_fault(2, post, bad_gateway(after_write=True))
    assert count.row("502", students_of(2)) == ["502", 1, "0x1", 2, 0, 0]


def test_a_mail_whose_answer_was_lost_is_held_and_not_sent_again() -> None:
    name = "dropped after DATA, mail kept"
    assert with_faults(2, FAULTS[name], name) == [name, 4, "5x4", 2, 0, 0, 0, 2, 4]
