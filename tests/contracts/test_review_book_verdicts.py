"""What every book of reviews promises of verdicts."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import JournalError
from bot.review.verdict import ReviewBook, Verdict, VerdictKind
from bot.terms import IssueRef
from tests.builders_learned import REF, build_review, build_verdict
from tests.contracts.learned import (
    CLUB_TIME,
    FAR,
    LONG_NAME,
    NO_TEXT,
    SMILE,
    breaking_off,
    naive,
)
from tests.contracts.steps import AT, W46, W47, W48

GRACE, BEA = "grace-example", "bea-example"


def record(book: ReviewBook, *verdicts: Verdict, post: str = GRACE, week: str = W47) -> None:
    book.record_verdicts(week, post, verdicts)


def sources(book: ReviewBook) -> list[tuple[str, int]]:
    return [(one.source, one.position) for one in book.verdicts()]


def test_no_verdict_is_kept_before_one_was_given(review_book: ReviewBook) -> None:
    assert review_book.verdicts() == review_book.verdicts(W47) == ()


@pytest.mark.parametrize("kind", VerdictKind)
def test_a_verdict_comes_back_as_it_was_given(review_book: ReviewBook, kind: VerdictKind) -> None:
    whole = build_verdict(kind=kind, position=3, ref=REF, text="Ask\nfirst.")
    bare = build_verdict(kind=kind, position=4)
    record(review_book, whole, bare)
    assert review_book.verdicts() == review_book.verdicts(W47) == (whole, bare)


def test_names_and_notes_of_any_length_and_sort_are_kept(review_book: ReviewBook) -> None:
    verdict = build_verdict(
        login="x" * 100,
        mentor="m" * 100,
        source=f"comment {FAR}" + "0" * 200,
        ref=IssueRef(LONG_NAME, FAR),
        text=SMILE * 1_000,
    )
    record(review_book, verdict, post="p" * 100)
    assert review_book.verdicts() == (verdict,)


def test_a_note_that_no_database_holds_stops_nobody(review_book: ReviewBook) -> None:
    record(review_book, build_verdict(text=NO_TEXT))
    assert len(review_book.verdicts()) == 1


def test_logins_come_back_folded_and_an_issue_in_its_spelling(review_book: ReviewBook) -> None:
    ref = IssueRef("Lumen-Lab/Atlas", 1)
    record(review_book, build_verdict(login="Ada-Example", mentor="Grace-Example", ref=ref))
    assert review_book.verdicts() == (build_verdict(ref=ref),)


def test_the_moment_comes_back_in_utc(review_book: ReviewBook) -> None:
    record(review_book, build_verdict(at=AT.astimezone(CLUB_TIME)))
    moment: datetime = review_book.verdicts()[0].at
    assert (moment, moment.tzinfo) == (AT, UTC)


def test_verdicts_come_oldest_first_and_of_one_moment_by_source_and_position(
    review_book: ReviewBook,
) -> None:
    record(
        review_book,
        build_verdict(source="ticks 7", at=AT),
        build_verdict(source="comment 2", position=10, at=AT),
        build_verdict(source="comment 2", position=9, at=AT),
        build_verdict(source="comment 1", at=AT + timedelta(hours=1)),
    )
    early = build_verdict(week=W48, source="comment 3", at=AT - timedelta(microseconds=1))
    record(review_book, early, week=W48)
    in_order = [("comment 2", 9), ("comment 2", 10), ("ticks 7", 0), ("comment 1", 0)]
    assert sources(review_book) == [("comment 3", 0), *in_order]
    assert [(one.source, one.position) for one in review_book.verdicts(W47)] == in_order
    assert review_book.verdicts(W48) == (early,)


def test_verdicts_of_several_mentors_may_stand_in_one_post(review_book: ReviewBook) -> None:
    grace, bea = build_verdict(), build_verdict(mentor=BEA, source="comment 72")
    record(review_book, grace, bea)
    assert review_book.verdicts() == (grace, bea)
    record(review_book, bea)
    assert review_book.verdicts() == (bea,)


def test_what_stands_in_a_post_now_takes_the_place_of_what_was_read_before(
    review_book: ReviewBook,
) -> None:
    elsewhere = build_verdict(source="comment 80", mentor=GRACE)
    earlier = build_verdict(week=W46)
    record(review_book, build_verdict(), build_verdict(source="comment 72"))
    record(review_book, elsewhere, post=BEA)
    record(review_book, earlier, week=W46)
    now = build_verdict(kind=VerdictKind.HOLD)
    record(review_book, now, post="GRACE-example")
    assert review_book.verdicts(W47) == (now, elsewhere)
    assert review_book.verdicts(W46) == (earlier,)


def test_a_post_in_which_nothing_stands_any_more_is_empty(review_book: ReviewBook) -> None:
    record(review_book, build_verdict())
    record(review_book)
    assert review_book.verdicts() == ()


def test_a_source_is_read_once_a_week_in_whose_post_it_ever_was(review_book: ReviewBook) -> None:
    earlier = build_verdict(week=W46)
    record(review_book, earlier, week=W46)
    record(review_book, build_verdict(), build_verdict(position=1), post=BEA)
    record(review_book, build_verdict(kind=VerdictKind.HOLD))
    assert review_book.verdicts(W47) == (build_verdict(kind=VerdictKind.HOLD),)
    assert review_book.verdicts(W46) == (earlier,)


def test_a_review_written_down_again_keeps_its_verdicts(review_book: ReviewBook) -> None:
    review_book.record_review(build_review())
    record(review_book, build_verdict())
    review_book.record_review(build_review(is_open=False))
    assert review_book.verdicts() == (build_verdict(),)


def broken() -> list[tuple[Iterable[Verdict], type[Exception]]]:
    """Verdicts of W47 that cannot be kept, each behind one that can."""
    good = build_verdict(kind=VerdictKind.HOLD)
    return [
        ([good, build_verdict(position=1, week=W48)], ValueError),
        ([good, build_verdict(position=1, at=naive(AT))], ValueError),
        ([good, build_verdict(kind=VerdictKind.DROP)], JournalError),
        (breaking_off(good), RuntimeError),
    ]


@pytest.mark.parametrize("which", range(4), ids=["foreign", "naive", "twice", "broken off"])
def test_a_post_is_recorded_whole_or_not_at_all(review_book: ReviewBook, which: int) -> None:
    record(review_book, build_verdict())
    verdicts, error = broken()[which]
    with pytest.raises(error):
        review_book.record_verdicts(W47, GRACE, verdicts)
    assert review_book.verdicts() == (build_verdict(),)


def test_verdicts_on_a_student_are_forgotten_in_any_case_and_others_are_not(
    review_book: ReviewBook,
) -> None:
    ben = build_verdict(login="ben-example", position=1)
    record(review_book, build_verdict(), ben, build_verdict(position=2))
    record(review_book, build_verdict(week=W46), week=W46)
    assert review_book.forget("ADA-example") == 3
    assert review_book.forget("ada-example") == 0
    assert review_book.verdicts() == (ben,)


def test_what_a_mentor_said_is_forgotten_and_what_others_said_in_their_post_is_not(
    review_book: ReviewBook,
) -> None:
    bea = build_verdict(mentor=BEA, source="comment 72", kind=VerdictKind.HOLD)
    record(review_book, build_verdict(), bea)
    record(review_book, build_verdict(source="comment 80"), post=BEA)
    assert review_book.forget("Grace-EXAMPLE") == 2
    assert review_book.verdicts() == (bea,)


def test_the_post_of_a_mentor_who_was_forgotten_can_be_read_again(review_book: ReviewBook) -> None:
    bea = build_verdict(mentor=BEA, source="comment 72")
    record(review_book, build_verdict(), bea)
    review_book.forget(GRACE)
    record(review_book, build_verdict(), bea)
    assert review_book.verdicts() == (build_verdict(), bea)


def test_verdicts_of_earlier_weeks_are_forgotten(review_book: ReviewBook) -> None:
    for week in (W46, W47, W48):
        record(review_book, build_verdict(week=week), week=week)
    review_book.forget_before(W47)
    assert [one.week for one in review_book.verdicts()] == [W47, W48]
