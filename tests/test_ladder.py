"""A level moves with merged work, and the file has the last word."""

from datetime import timedelta

import pytest

from bot.ladder import StatedLevel, homes_of, level_of
from bot.terms import IssueRef, Level
from tests.builders_learned import SENT_AT, build_progress

FIRST, BEGINNER, INTERMEDIATE = Level.FIRST_TIMER, Level.BEGINNER, Level.INTERMEDIATE


@pytest.mark.parametrize(
    ("stated", "n_merged", "level"),
    [
        (FIRST, 0, FIRST),
        (FIRST, 1, BEGINNER),
        (FIRST, 2, BEGINNER),
        (FIRST, 3, INTERMEDIATE),
        (BEGINNER, 2, BEGINNER),
        (BEGINNER, 3, INTERMEDIATE),
        (INTERMEDIATE, 9, INTERMEDIATE),
    ],
)
def test_merged_work_leads_up_and_never_down(stated, n_merged, level):
    merged_at = [SENT_AT + timedelta(days=n + 1) for n in range(n_merged)]

    assert level_of(StatedLevel("ada-example", stated, SENT_AT), merged_at) is level


def test_what_was_merged_before_the_file_said_its_level_counts_no_more():
    merged_at = [SENT_AT - timedelta(days=n) for n in range(5)]

    assert level_of(StatedLevel("ada-example", FIRST, SENT_AT), merged_at) is FIRST


def test_two_merges_in_a_repository_make_a_home_in_any_spelling():
    merged = [
        build_progress(ref=IssueRef("lumen-lab/atlas", 1)),
        build_progress(ref=IssueRef("Lumen-Lab/Atlas", 2)),
        build_progress(ref=IssueRef("lumen-lab/starcharts", 3)),
    ]

    assert homes_of(merged) == {"lumen-lab/atlas"}
