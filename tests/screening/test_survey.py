import pytest

from bot.screening.survey import series_of, survey, title_shape
from tests.builders_core import build_issue, days_ago


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Add animation 12", "Add Animation 7!"),
        ("Fix: the header (part 1)", "fix the header, part 22"),
        ("Añadir  prueba 3", "AÑADIR PRUEBA 4"),
    ],
)
def test_templated_titles_share_a_shape(one, other):
    assert title_shape(one) == title_shape(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Add animation 12", "Add picture 12"),
        ("Add animation", "Add animation 12"),
        ("日本", "中国"),
    ],
)
def test_other_titles_have_other_shapes(one, other):
    assert title_shape(one) != title_shape(other)


@pytest.mark.parametrize(
    ("title", "series"),
    [
        ("Add animation 12: waves", "add animation 0"),
        ("Add animation #12", "add animation 0"),
        ("Round the azimuth", None),
        ("Python 3.12 breaks the build", None),
        ("Port the C# sample to a library", None),
        ("", None),
    ],
)
def test_a_series_is_two_words_and_a_number(title, series):
    assert series_of(title) == series


def test_a_survey_counts_by_repository_owner_and_day():
    issues = [
        build_issue(1, repository="lumen-lab/charts", created_at=days_ago(2)),
        build_issue(2, repository="lumen-lab/charts", created_at=days_ago(2)),
        build_issue(3, repository="lumen-lab/charts", created_at=days_ago(3)),
        build_issue(4, repository="lumen-lab/knots", created_at=days_ago(2)),
    ]
    day = days_ago(2).date()

    counts = survey(issues)

    assert counts.n_of_repository_on["lumen-lab/charts", day] == 2
    assert counts.n_of_owner_on["lumen-lab", day] == 3
    assert counts.n_of_owner_on["anchor-guild", day] == 0


def test_a_survey_counts_titles_and_series_within_a_repository():
    titles = ["Add animation 1", "Add animation 2", "Add animation 3: waves", "Round it"]
    issues = [build_issue(number, title=title) for number, title in enumerate(titles, 1)]
    elsewhere = build_issue(9, repository="anchor-guild/knots", title="Add animation 9")

    counts = survey([*issues, elsewhere])

    assert counts.n_of_title["lumen-lab/starcharts", "add animation 0"] == 2
    assert counts.n_of_series["lumen-lab/starcharts", "add animation 0"] == 3
    assert counts.n_of_title["anchor-guild/knots", "add animation 0"] == 1
