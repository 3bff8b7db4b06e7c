"""A week's figures: what they tell, and of whom they tell nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.history.figures import FEW, STEP, WeekFigures, figure_of, history_schema, read_figures
from bot.history.tally import Made, Records, tally
from bot.outcomes.progress import Outcome
from bot.terms import ChannelName, Week
from tests.builders import WEEK, build_digest, build_pick
from tests.builders_cohort import build_progress

OUT = {"is_out": True, "channel": ChannelName.ISSUE}


def made(n: int, first: int = 0, **how) -> list[Made]:
    """So many students' digests; `picks` may be given."""
    picks = how.pop("picks", (build_pick(),))
    facts = OUT | how
    return [
        Made(build_digest(student=f"s{first + i}-example", picks=picks), **facts) for i in range(n)
    ]


def told(*digests: Made, **changes) -> WeekFigures:
    return tally(Records(**{"week": Week.parse(WEEK), "version": "1.0", "made": digests,
                            "progress": (), **changes}))  # fmt: skip


def merged(n_students: int, repository: str = "lumen-lab/starcharts", **changes) -> list:
    return [
        build_progress(Outcome.MERGED, i, f"s{i}-example", repository=repository, **changes)
        for i in range(n_students)
    ]


@pytest.mark.parametrize(
    ("n", "figure"), [(0, FEW), (1, FEW), (4, FEW), (5, 5), (9, 5), (10, 10), (123, 120)]
)
def test_students_are_counted_in_fives(n, figure):
    assert told(*made(n)).students == figure


@given(st.integers(0, 500), st.integers(0, 500))
def test_no_figure_tells_one_person_from_the_next_but_at_a_step(n, n_people):
    figure = figure_of(n, n_people)
    assert figure == FEW or (figure % STEP == 0 and figure <= n and n_people >= STEP)
    if n % STEP != STEP - 1:
        assert figure_of(n + 1, n_people) == figure


def test_who_is_alone_on_a_channel_is_not_told_by_what_is_left_of_the_sum():
    figures = told(*made(20), *made(1, 20, channel=ChannelName.EMAIL))

    assert figures.channels.email == FEW
    assert (figures.students, figures.channels.issue) == (20, 20)
    assert figures == told(*made(20), *made(3, 20, channel=ChannelName.EMAIL))


def test_many_picks_of_few_students_are_no_figure():
    assert told(*made(4, picks=tuple(build_pick(number=n) for n in range(10)))).picks == FEW


def test_picks_that_introduce_somebody_are_counted_apart():
    assert build_pick().people
    figures = told(*made(5), *made(5, 5, picks=(build_pick(people=()),)))
    assert (figures.picks, figures.picks_with_people) == (10, 5)


def test_digests_are_sent_quiet_or_waiting():
    figures = told(*made(10), *made(5, 10, picks=()), *made(6, 15, is_out=False))

    assert figures.digests.model_dump() == {"sent": 10, "quiet": 5, "waiting": 5}
    assert figures.students == 15


def test_outcomes_of_few_students_are_no_figure_however_many_they_are():
    of_one = [build_progress(Outcome.MERGED, n) for n in range(12)]
    assert told(progress=of_one).twelve_weeks.merged == FEW
    assert told(progress=merged(6)).twelve_weeks.merged == 5


def test_outcomes_are_those_of_twelve_weeks():
    old = Week.parse(WEEK).before(12)
    assert told(progress=merged(5, week=str(old))).twelve_weeks.offered == FEW
    assert told(progress=merged(5, week=str(old.before(-1)))).twelve_weeks.offered == 5


def test_a_project_is_named_when_it_merged_the_work_of_several():
    few, many = merged(4, "tidepool-3/tiller"), merged(5)
    assert told(progress=few).welcomed_by == ()
    assert told(progress=[*few, *many]).welcomed_by == ("lumen-lab/starcharts",)


def test_what_was_looked_at_is_told_on_average():
    assert told(*made(7)).searched == told(*made(9)).searched
    assert told(*made(7)).searched.issues == build_digest().considered


def test_what_was_dropped_for_a_persons_own_reason_is_not_told():
    digests = made(5)
    for one in digests:
        one.digest.dropped.clear()
        one.digest.dropped.update({"farm": 3, "avoided": 2, "seen": 1, "clubmate": 1, "own": 1})

    searched = told(*digests).searched

    assert searched is not None
    assert searched.dropped == {"farm": 3}
    assert told(*digests[:4]).searched is None


def test_points_are_the_clubs_and_not_a_sum_over_students():
    assert told(*made(3)).points == build_digest().points
    assert told().points is None


def test_a_file_is_read_back_and_the_same_figures_are_the_same_bytes():
    figures = told(*made(7), progress=merged(6), n_known=1204)
    text = figures.to_json()
    assert read_figures(text) == figures
    assert read_figures(text).to_json() == text
    assert list(json.loads(text)) == sorted(json.loads(text))


def test_no_login_stands_in_a_file():
    text = told(*made(7), progress=merged(6)).to_json()
    assert "example" not in text


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"students": 7}, "students"),
        ({"students": 0}, "students"),
        ({"version": 2}, "version"),
        ({"names": ["ada-example"]}, "names"),
    ],
)
def test_what_is_no_such_file_is_refused(change, wrong):
    payload = json.loads(told(*made(7)).to_json()) | change
    with pytest.raises(ValueError, match=wrong):
        read_figures(json.dumps(payload))


def test_every_figure_is_described():
    schema = history_schema()
    parts = [schema, *schema["$defs"].values()]
    silent = [
        key
        for part in parts
        for key, value in part.get("properties", {}).items()
        if not value.get("description")
    ]
    assert silent == []
