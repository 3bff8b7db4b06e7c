"""What every book of progress promises."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest

from bot.outcomes.progress import Outcome, Progress, ProgressBook
from bot.terms import IssueRef
from tests.builders_learned import build_progress
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

MOMENTS = [one.name for one in fields(Progress) if one.name.endswith("_at")]


def of(login: str, name: str, node_id: str = "", **changes: object) -> Progress:
    """Progress of a student with issue 1 of a project, by this id."""
    return build_progress(login=login, ref=IssueRef(name, 1), node_id=node_id, **changes)


def test_nothing_is_kept_before_something_was_known(progress_book: ProgressBook) -> None:
    assert progress_book.progress() == ()


@pytest.mark.parametrize("outcome", Outcome)
def test_progress_comes_back_as_it_was_known(progress_book: ProgressBook, outcome: Outcome) -> None:
    moments = {name: AT + timedelta(minutes=n) for n, name in enumerate(MOMENTS)}
    whole = build_progress(
        outcome=outcome,
        comment_url="https://github.com/lumen-lab/starcharts/issues/12#issuecomment-1",
        pull_url="https://github.com/lumen-lab/starcharts/pull/13",
        **moments,
    )
    bare = build_progress(ref=IssueRef("lumen-lab/starcharts", 13), node_id="", outcome=outcome)
    progress_book.record_progress([whole, bare])
    assert progress_book.progress() == (whole, bare)


def test_names_of_any_length_and_sort_are_kept(progress_book: ProgressBook) -> None:
    long = build_progress(
        login="x" * 100,
        ref=IssueRef(LONG_NAME, FAR),
        node_id="I_" + "x" * 300,
        title=SMILE * 100,
        comment_url="https://github.com/" + "x" * 300,
        pull_url="https://github.com/" + "y" * 300,
    )
    progress_book.record_progress([long])
    assert progress_book.progress() == (long,)


def test_a_title_that_no_database_holds_stops_nobody(progress_book: ProgressBook) -> None:
    for _ in range(2):
        progress_book.record_progress([build_progress(title=NO_TEXT)])
    assert len(progress_book.progress()) == 1


@pytest.mark.parametrize("name", MOMENTS)
def test_moments_come_back_in_utc(progress_book: ProgressBook, name: str) -> None:
    progress_book.record_progress([build_progress(**{name: AT.astimezone(CLUB_TIME)})])
    moment: datetime = getattr(progress_book.progress()[0], name)
    assert (moment, moment.tzinfo) == (AT, UTC)


def test_progress_comes_by_week_login_and_issue(progress_book: ProgressBook) -> None:
    ordered = [
        build_progress(week=W46, login="ben-example", ref=IssueRef("z-lab/z", 9), node_id="I_1"),
        build_progress(login="ada-example", ref=IssueRef("a-lab/x", 9), node_id="I_2"),
        build_progress(login="ada-example", ref=IssueRef("a-lab/x", 10), node_id="I_3"),
        build_progress(login="ada-example", ref=IssueRef("B-lab/x", 1), node_id="I_4"),
        build_progress(login="ada-example", ref=IssueRef("c-lab/x", 1), node_id="I_5"),
        build_progress(login="ben-example", ref=IssueRef("a-lab/x", 9), node_id="I_6"),
        build_progress(week=W48, login="ada-example", ref=IssueRef("a-lab/a", 1), node_id="I_7"),
    ]
    progress_book.record_progress(ordered[::-1])
    assert progress_book.progress() == tuple(ordered)


def test_a_login_comes_back_folded_and_an_issue_in_its_spelling(
    progress_book: ProgressBook,
) -> None:
    progress_book.record_progress([of("Ada-Example", "Lumen-Lab/Atlas")])
    assert progress_book.progress() == (of("ada-example", "Lumen-Lab/Atlas"),)


NEWS = [
    ("in any case of the login", of("ADA-example", "lumen-lab/atlas")),
    ("in any case of its name", of("ada-example", "LUMEN-lab/Atlas", "I_1")),
    ("by its name alone", of("ada-example", "lumen-lab/atlas", "")),
    ("by its name, though its id is another", of("ada-example", "lumen-lab/atlas", "I_2")),
    ("by its id under another name", of("ada-example", "lumen-labs/charts", "I_1")),
    ("of another week", of("ada-example", "lumen-lab/atlas", "I_1", week=W48)),
]


@pytest.mark.parametrize("news", [one for _, one in NEWS], ids=[name for name, _ in NEWS])
def test_what_is_new_of_an_issue_takes_the_place_of_what_was_known(
    progress_book: ProgressBook, news: Progress
) -> None:
    ben = of("ben-example", "lumen-lab/atlas", "I_1")
    progress_book.record_progress([of("ada-example", "lumen-lab/atlas", "I_1", merged_at=AT), ben])
    progress_book.record_progress([news])
    (kept,) = [one for one in progress_book.progress() if one.login == "ada-example"]
    assert (kept.ref, kept.node_id, kept.week, kept.merged_at) == (
        news.ref,
        news.node_id,
        news.week,
        None,
    )
    assert ben in progress_book.progress()


def test_one_that_is_known_by_its_name_and_its_id_takes_the_place_of_both(
    progress_book: ProgressBook,
) -> None:
    progress_book.record_progress(
        [of("ada-example", "lumen-lab/atlas", "I_1"), of("ada-example", "lumen-lab/charts", "")]
    )
    both = of("ada-example", "lumen-lab/charts", "I_1")
    progress_book.record_progress([both])
    assert progress_book.progress() == (both,)


def test_issues_without_an_id_are_told_apart_by_their_names(progress_book: ProgressBook) -> None:
    several = [of("ada-example", f"lumen-lab/{name}") for name in ("atlas", "charts")]
    progress_book.record_progress(several)
    assert progress_book.progress() == tuple(several)


def test_an_id_is_compared_with_its_case_and_a_number_counts(progress_book: ProgressBook) -> None:
    several = [
        build_progress(ref=IssueRef("lumen-lab/atlas", n), node_id=id_)
        for n, id_ in enumerate(("I_a", "I_A"), start=1)
    ]
    progress_book.record_progress(several)
    assert progress_book.progress() == tuple(several)


def test_of_several_of_one_issue_the_last_counts(progress_book: ProgressBook) -> None:
    first, last = build_progress(), build_progress(outcome=Outcome.COMMENTED)
    progress_book.record_progress([first, last])
    assert progress_book.progress() == (last,)


def test_no_news_change_nothing(progress_book: ProgressBook) -> None:
    progress_book.record_progress([build_progress()])
    progress_book.record_progress([])
    assert progress_book.progress() == (build_progress(),)


def broken() -> list[tuple[Iterable[Progress], type[Exception]]]:
    """News that cannot be kept, behind some that can."""
    good = build_progress(outcome=Outcome.MERGED)
    later = {name: of("ben-example", "a/b", **{name: naive(AT)}) for name in MOMENTS}
    return [
        (breaking_off(good), RuntimeError),
        *(([good, one], ValueError) for one in later.values()),
    ]


@pytest.mark.parametrize("which", range(1 + len(MOMENTS)), ids=["broken off", *MOMENTS])
def test_news_are_recorded_whole_or_not_at_all(progress_book: ProgressBook, which: int) -> None:
    progress_book.record_progress([build_progress()])
    news, error = broken()[which]
    with pytest.raises(error):
        progress_book.record_progress(news)
    assert progress_book.progress() == (build_progress(),)


def test_a_student_is_forgotten_in_any_case_and_the_others_are_not(
    progress_book: ProgressBook,
) -> None:
    ben = of("ben-example", "lumen-lab/atlas")
    progress_book.record_progress(
        [of("ada-example", "lumen-lab/atlas"), of("ada-example", "lumen-lab/charts"), ben]
    )
    assert progress_book.forget("ADA-example") == 2
    assert progress_book.forget("ada-example") == 0
    assert progress_book.progress() == (ben,)


def test_what_was_paid_adds_up_by_week(progress_book: ProgressBook) -> None:
    for week, points in ((W47, 3), (W48, 5), (W47, 4)):
        progress_book.record_points(week, points)
    assert [progress_book.points(week) for week in (W46, W47, W48)] == [0, 7, 5]
    assert progress_book.forget("ada-example") == 0
    progress_book.forget_before(W48)
    assert [progress_book.points(week) for week in (W46, W47, W48)] == [0, 0, 5]


def test_what_was_offered_in_earlier_weeks_is_forgotten(progress_book: ProgressBook) -> None:
    kept = [of("ada-example", f"a/b{week}", week=week) for week in (W46, W47, W48)]
    progress_book.record_progress(kept)
    progress_book.forget_before(W47)
    assert progress_book.progress() == tuple(kept[1:])
