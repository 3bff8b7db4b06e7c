"""Where the farm rules' limits lie for projects of every size."""

import pytest

from bot.screening.farms import flood, newborn, templated, unfollowed
from bot.screening.survey import survey
from tests.builders_core import NOW, build_facts, build_issue, build_repository, days_ago
from tests.screening.corpora import of_facts, opened_at_once, titled


def of_stars(stars):
    return build_repository(facts=build_facts(stars=stars))


@pytest.mark.parametrize(
    ("stars", "most"),
    [(0, 5), (9, 5), (10, 9), (99, 9), (100, 15), (499, 15), (500, 80), (90_000, 80)],
)
def test_a_known_project_may_open_more_in_a_day(stars, most):
    enough, too_many = opened_at_once(most, stars=stars), opened_at_once(most + 1, stars=stars)

    assert flood(enough[0], survey(enough)) is None
    assert flood(too_many[0], survey(too_many)) == f"{most + 1} beginner issues opened in a day"


@pytest.mark.parametrize(("stars", "most"), [(0, 10), (50, 18), (100, 30)])
def test_an_owner_may_open_twice_as_many_over_all_projects(stars, most):
    enough = opened_at_once(most, "lumen-lab/charts-{}", stars=stars)
    too_many = opened_at_once(most + 1, "lumen-lab/charts-{}", stars=stars)

    assert flood(enough[0], survey(enough)) is None
    assert flood(too_many[0], survey(too_many)) is not None


def test_owners_are_counted_apart():
    crowd = opened_at_once(40, "lumen-lab-{}/charts", stars=0)

    assert flood(crowd[0], survey(crowd)) is None


def test_where_stars_are_unknown_the_mildest_limit_holds():
    unknown = build_repository(facts=None)
    crowd = [build_issue(number, repository=unknown) for number in range(1, 82)]

    assert flood(crowd[0], survey(crowd[:80])) is None
    assert flood(crowd[0], survey(crowd)) is not None


def test_a_young_project_stands_with_the_best_of_its_owner():
    known = of_facts(name="lumen-lab/telescopes", stars=500)
    sprint = opened_at_once(40, stars=0)

    assert flood(sprint[0], survey(sprint)) is not None
    assert flood(sprint[0], survey([known, *sprint])) is None


def test_a_followed_owner_may_list_many_tasks_in_a_young_project():
    known = of_facts(name="lumen-lab/telescopes", stars=50)
    listed = opened_at_once(12, stars=0)

    assert unfollowed(listed[0], survey(listed)) == "12 beginner issues and 0 stars"
    assert unfollowed(listed[0], survey([*listed, known])) is None


@pytest.mark.parametrize(("stars", "n_alike", "n_series"), [(499, 3, 5), (500, 6, 10)])
def test_a_well_known_project_may_have_longer_series(stars, n_alike, n_series):
    alike = titled(*["Port module 1"] * n_alike, repository=of_stars(stars))
    series = titled(
        *(f"Port module {n}: {'x' * n}" for n in range(n_series)), repository=of_stars(stars)
    )

    assert templated(alike[0], survey(alike)) == f"{n_alike} issues with the same title"
    assert templated(alike[0], survey(alike[:-1])) is None
    assert templated(series[0], survey(series)) == f"{n_series} issues of a numbered series"
    assert templated(series[0], survey(series[:-1])) is None


def test_the_clause_tells_a_newborn_project_s_age():
    listed = opened_at_once(5, stars=3, created_at=days_ago(2))

    why = newborn(listed[0], survey(listed), NOW)

    assert why == "5 beginner issues in a project 2 days old"
