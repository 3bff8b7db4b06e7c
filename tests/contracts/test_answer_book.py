"""What every book of answers promises."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest

from bot.errors import JournalError
from bot.feedback.answer import Answer, AnswerBook, AnswerKind
from bot.terms import IssueRef
from tests.builders_learned import build_answer
from tests.contracts.learned import (
    CLUB_TIME,
    FAR,
    LONG_NAME,
    NO_TEXT,
    SMILE,
    breaking_off,
    naive,
)
from tests.contracts.steps import AT


def record(book: AnswerBook, *answers: Answer) -> None:
    """Keep answers, source by source."""
    for source in dict.fromkeys(one.source for one in answers):
        book.record_answers(source, [one for one in answers if one.source == source])


def sources(book: AnswerBook) -> list[tuple[str, int]]:
    return [(one.source, one.position) for one in book.answers()]


def test_nothing_is_kept_before_something_was_said(answer_book: AnswerBook) -> None:
    assert answer_book.answers() == ()
    assert answer_book.read_until() is None


@pytest.mark.parametrize("kind", AnswerKind)
def test_an_answer_comes_back_as_it_was_said(answer_book: AnswerBook, kind: AnswerKind) -> None:
    answer = build_answer(
        kind=kind, position=3, topics=("b", "a"), name="lumen-lab/atlas", until=date(2026, 12, 24)
    )
    record(answer_book, answer)
    assert answer_book.answers() == (answer,)


def test_an_answer_that_means_no_pick_comes_back_without_one(answer_book: AnswerBook) -> None:
    answer = build_answer(kind=AnswerKind.STOP, ref=None, topics=())
    record(answer_book, answer)
    assert answer_book.answers() == (answer,)


def test_names_of_any_length_and_sort_are_kept(answer_book: AnswerBook) -> None:
    answer = build_answer(
        login="x" * 100,
        source=f"comment {FAR}" + "0" * 200,
        ref=IssueRef(LONG_NAME, FAR),
        topics=(SMILE, "t" * 300),
        name=SMILE,
    )
    record(answer_book, answer)
    assert answer_book.answers() == (answer,)


def test_a_name_that_no_database_holds_stops_nobody(answer_book: AnswerBook) -> None:
    record(answer_book, build_answer(name=NO_TEXT, topics=(NO_TEXT,)))
    assert len(answer_book.answers()) == 1


def test_a_login_comes_back_folded_and_an_issue_in_its_spelling(answer_book: AnswerBook) -> None:
    record(answer_book, build_answer(login="Ada-Example", ref=IssueRef("Lumen-Lab/Atlas", 1)))
    (answer,) = answer_book.answers()
    assert (answer.login, answer.ref) == ("ada-example", IssueRef("Lumen-Lab/Atlas", 1))


def test_moments_come_back_in_utc(answer_book: AnswerBook) -> None:
    record(answer_book, build_answer(at=AT.astimezone(CLUB_TIME)))
    answer_book.record_read(AT.astimezone(CLUB_TIME))
    (answer,), until = answer_book.answers(), answer_book.read_until()
    assert until is not None
    assert [(at, at.tzinfo) for at in (answer.at, until)] == [(AT, UTC)] * 2


def test_answers_come_oldest_first_and_of_one_moment_by_source_and_position(
    answer_book: AnswerBook,
) -> None:
    record(
        answer_book,
        build_answer(source="reaction 1", at=AT),
        build_answer(source="comment 2", at=AT, position=10),
        build_answer(source="comment 2", at=AT, position=9),
        build_answer(source="comment 3", at=AT - timedelta(microseconds=1)),
        build_answer(source="comment 1", at=AT + timedelta(hours=1)),
        build_answer(source="Comment 2", at=AT),
    )
    assert sources(answer_book) == [
        ("comment 3", 0),
        ("Comment 2", 0),
        ("comment 2", 9),
        ("comment 2", 10),
        ("reaction 1", 0),
        ("comment 1", 0),
    ]


def test_what_is_read_again_of_a_source_takes_the_place_of_what_was_read(
    answer_book: AnswerBook,
) -> None:
    other = build_answer(source="comment 13")
    record(answer_book, build_answer(position=0), build_answer(position=1), other)
    again = build_answer(position=1, kind=AnswerKind.LESS)
    record(answer_book, again)
    assert answer_book.answers() == (again, other)


def test_the_same_read_twice_is_kept_once(answer_book: AnswerBook) -> None:
    record(answer_book, build_answer())
    record(answer_book, build_answer())
    assert answer_book.answers() == (build_answer(),)


def test_a_source_that_says_nothing_any_more_is_empty(answer_book: AnswerBook) -> None:
    record(answer_book, build_answer())
    answer_book.record_answers("comment 12", [])
    assert answer_book.answers() == ()


def test_two_answers_in_one_place_are_refused_and_change_nothing(answer_book: AnswerBook) -> None:
    record(answer_book, build_answer())
    with pytest.raises(JournalError):
        answer_book.record_answers("comment 12", [build_answer(name="a"), build_answer(name="b")])
    assert answer_book.answers() == (build_answer(),)


def broken() -> list[tuple[Iterable[Answer], type[Exception]]]:
    """Answers of `comment 12` that cannot be kept, each behind one that can."""
    good = build_answer(name="new")
    return [
        ([good, build_answer(position=1, source="comment 13")], ValueError),
        ([good, build_answer(position=1, at=naive(AT))], ValueError),
        (breaking_off(good), RuntimeError),
    ]


@pytest.mark.parametrize("which", range(3), ids=["foreign", "naive", "broken off"])
def test_a_source_is_recorded_whole_or_not_at_all(answer_book: AnswerBook, which: int) -> None:
    record(answer_book, build_answer())
    answers, error = broken()[which]
    with pytest.raises(error):
        answer_book.record_answers("comment 12", answers)
    assert answer_book.answers() == (build_answer(),)


def test_the_last_moment_that_was_read_until_counts(answer_book: AnswerBook) -> None:
    for moment in (AT, AT + timedelta(days=7), AT + timedelta(days=1)):
        answer_book.record_read(moment)
        assert answer_book.read_until() == moment


def test_a_moment_without_a_zone_is_a_bug_and_changes_nothing(answer_book: AnswerBook) -> None:
    record(answer_book, build_answer())
    answer_book.record_read(AT)
    with pytest.raises(ValueError, match="no time zone"):
        answer_book.record_read(naive(AT))
    with pytest.raises(ValueError, match="no time zone"):
        answer_book.forget_before(naive(AT + timedelta(days=400)))
    assert (answer_book.answers(), answer_book.read_until()) == ((build_answer(),), AT)


def test_a_student_is_forgotten_in_any_case_and_the_others_are_not(
    answer_book: AnswerBook,
) -> None:
    ben = build_answer(login="ben-example", source="comment 13")
    record(answer_book, build_answer(), build_answer(position=1), ben)
    answer_book.record_read(AT)
    assert answer_book.forget("ADA-example") == 2
    assert answer_book.forget("ada-example") == 0
    assert (answer_book.answers(), answer_book.read_until()) == ((ben,), AT)


def test_what_was_said_earlier_is_forgotten(answer_book: AnswerBook) -> None:
    said = [
        build_answer(source=f"comment {n}", at=AT + timedelta(microseconds=n)) for n in range(3)
    ]
    record(answer_book, *said)
    answer_book.record_read(AT)
    answer_book.forget_before((AT + timedelta(microseconds=1)).astimezone(CLUB_TIME))
    assert answer_book.answers() == tuple(said[1:])
    assert answer_book.read_until() == AT


def test_an_answer_may_be_of_another_student_when_it_is_read_again(
    answer_book: AnswerBook,
) -> None:
    record(answer_book, build_answer())
    again = replace(build_answer(), login="ben-example")
    record(answer_book, again)
    assert answer_book.answers() == (again,)
