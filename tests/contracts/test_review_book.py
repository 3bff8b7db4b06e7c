"""What every book of reviews promises of the posts that stand."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.errors import JournalError
from bot.review.verdict import ReviewBook, ReviewPost
from bot.terms import IssueRef
from tests.builders_learned import build_line, build_review
from tests.contracts.learned import CLUB_TIME, FAR, LONG_NAME, naive
from tests.contracts.steps import AT, W46, W47, W48


def record(book: ReviewBook, *reviews: ReviewPost) -> None:
    for review in reviews:
        book.record_review(review)


def mentors(reviews: tuple[ReviewPost, ...]) -> list[tuple[str, str]]:
    return [(one.week, one.mentor) for one in reviews]


def test_no_review_is_kept_before_one_stands(review_book: ReviewBook) -> None:
    assert review_book.reviews(W47) == review_book.open_reviews() == ()


@pytest.mark.parametrize("is_open", [True, False])
def test_a_review_comes_back_as_it_stands(review_book: ReviewBook, is_open: bool) -> None:
    review = build_review(is_open=is_open)
    record(review_book, review)
    assert review_book.reviews(W47) == (review,)
    assert review_book.open_reviews() == ((review,) if is_open else ())
    assert review_book.reviews(W46) == ()


def test_lines_keep_their_order_and_numbers_are_a_student_s_own(review_book: ReviewBook) -> None:
    lines = (
        build_line(login="chiyo-example", n=2),
        build_line(login="ada-example", n=11),
        build_line(login="ada-example", n=2, spare=True),
        build_line(login="chiyo-example", n=1, shown_at=AT),
    )
    record(review_book, build_review(lines=lines))
    assert review_book.reviews(W47)[0].lines == lines


def test_a_review_of_nobody_has_no_lines(review_book: ReviewBook) -> None:
    record(review_book, build_review(lines=()))
    assert review_book.reviews(W47) == (build_review(lines=()),)


def test_names_of_any_length_and_sort_are_kept(review_book: ReviewBook) -> None:
    review = build_review(
        mentor="m" * 100,
        repository=LONG_NAME.casefold(),
        number=FAR,
        place="https://github.com/" + "x" * 300,
        lines=(build_line(login="x" * 100, ref=IssueRef(LONG_NAME, FAR)),),
    )
    record(review_book, review)
    assert review_book.reviews(W47) == (review,)


def test_logins_and_the_post_s_repository_come_back_folded_and_issues_in_their_spelling(
    review_book: ReviewBook,
) -> None:
    ref = IssueRef("Lumen-Lab/Atlas", 1)
    line = build_line(login="Ada-Example", ref=ref)
    record(
        review_book,
        build_review(mentor="Grace-Example", repository="Campus-Club/Mentors", lines=(line,)),
    )
    assert review_book.reviews(W47) == (build_review(lines=(build_line(ref=ref),)),)


def test_the_moment_comes_back_in_utc(review_book: ReviewBook) -> None:
    record(review_book, build_review(posted_at=AT.astimezone(CLUB_TIME)))
    moment: datetime = review_book.reviews(W47)[0].posted_at
    assert (moment, moment.tzinfo) == (AT, UTC)


def test_reviews_come_by_week_and_mentor(review_book: ReviewBook) -> None:
    weeks = {W48: ("bea-example",), W46: ("grace-example",), W47: ("Grace-Example", "bea-example")}
    record(
        review_book,
        *(build_review(week=week, mentor=name) for week, names in weeks.items() for name in names),
        build_review(mentor="dora-example", is_open=False),
    )
    assert mentors(review_book.reviews(W47)) == [
        (W47, "bea-example"),
        (W47, "dora-example"),
        (W47, "grace-example"),
    ]
    assert mentors(review_book.open_reviews()) == [
        (W46, "grace-example"),
        (W47, "bea-example"),
        (W47, "grace-example"),
        (W48, "bea-example"),
    ]


def test_what_is_new_of_a_review_takes_the_place_of_what_was_known(
    review_book: ReviewBook,
) -> None:
    others = build_review(mentor="bea-example"), build_review(week=W46)
    record(review_book, build_review(), *others)
    news = build_review(
        mentor="GRACE-example", number=8, lines=(build_line(n=5),), is_open=False, posted_at=AT
    )
    record(review_book, news)
    assert [one.lines for one in review_book.reviews(W47)] == [others[0].lines, news.lines]
    assert mentors(review_book.open_reviews()) == [(W46, "grace-example"), (W47, "bea-example")]


BROKEN = [
    (build_review(posted_at=naive(AT)), ValueError),
    (build_review(number=8, lines=(build_line(), build_line(login="ADA-example"))), JournalError),
]


@pytest.mark.parametrize(("review", "error"), BROKEN, ids=["naive", "one number twice"])
def test_a_review_is_recorded_whole_or_not_at_all(
    review_book: ReviewBook, review: ReviewPost, error: type[Exception]
) -> None:
    record(review_book, build_review())
    with pytest.raises(error):
        record(review_book, review)
    assert review_book.reviews(W47) == (build_review(),)


def test_a_student_s_lines_are_forgotten_in_any_case_and_the_others_are_not(
    review_book: ReviewBook,
) -> None:
    ben = build_line(login="ben-example")
    ada = build_line(), build_line(n=2)
    record(
        review_book,
        build_review(lines=(ada[0], ben, ada[1])),
        build_review(week=W46, lines=ada[:1], is_open=False),
    )
    assert review_book.forget("ADA-example") == 3
    assert review_book.forget("ada-example") == 0
    assert review_book.reviews(W47) == (build_review(lines=(ben,)),)
    assert review_book.reviews(W46) == (build_review(week=W46, lines=(), is_open=False),)


def test_a_mentor_s_posts_are_forgotten_with_all_their_lines(review_book: ReviewBook) -> None:
    other = build_review(mentor="bea-example", lines=(build_line(login="grace-example"),))
    record(review_book, build_review(), build_review(week=W46), other)
    assert review_book.forget("Grace-EXAMPLE") == 3, "two posts, and a line as a student"
    assert review_book.open_reviews() == (build_review(mentor="bea-example", lines=()),)
    record(review_book, build_review(lines=()))
    assert review_book.reviews(W47)[1].lines == ()


def test_reviews_of_earlier_weeks_are_forgotten(review_book: ReviewBook) -> None:
    record(review_book, *(build_review(week=week) for week in (W46, W47, W48)))
    review_book.forget_before(W47)
    assert mentors(review_book.open_reviews()) == [(W47, "grace-example"), (W48, "grace-example")]
    assert review_book.reviews(W46) == ()
    record(review_book, build_review(week=W46, lines=()))
    assert review_book.reviews(W46)[0].lines == ()


def test_the_posts_of_a_person_are_those_that_show_or_were_made_for_them(
    review_book: ReviewBook,
) -> None:
    ben = build_line(login="ben-example", n=1)
    record(
        review_book,
        build_review(week=W48, place="https://github.com/c/m/issues/9", lines=()),
        build_review(
            place="https://github.com/c/m/issues/7", lines=(build_line(), ben, replace(ben, n=2))
        ),
        build_review(mentor="hugo-example", place="https://github.com/c/m/issues/8", lines=(ben,)),
    )
    numbers = {
        login: [place[-1] for place in review_book.places(login)]
        for login in ("Ada-Example", "ben-example", "Grace-Example", "mallory-example")
    }
    assert numbers == {
        "Ada-Example": ["7"],
        "ben-example": ["7", "8"],
        "Grace-Example": ["7", "9"],
        "mallory-example": [],
    }
