import pytest

from bot.screening.survey import series_of, survey, title_shape
from tests.builders_core import build_facts, build_issue, build_repository, days_ago


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
        ("ERC20 library", "ERC721 library"),
    ],
)
def test_other_titles_have_other_shapes(one, other):
    assert title_shape(one) != title_shape(other)


@pytest.mark.parametrize(
    ("title", "series"),
    [
        ("Add animation 12: waves", "add animation #"),
        ("Add animation #12", "add animation #"),
        ("Round the azimuth", None),
        ("Python 3.12 breaks the build", None),
        ("Port the C# sample to a library", None),
        ("Add the ERC20 library", None),
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

    assert counts.n_of_title["lumen-lab/starcharts", "add animation #"] == 2
    assert counts.n_of_series["lumen-lab/starcharts", "add animation #"] == 3
    assert counts.n_of_title["anchor-guild/knots", "add animation #"] == 1


def test_an_owner_stands_with_the_best_known_project():
    small = build_repository("lumen-lab/knots", facts=build_facts(stars=2))
    known = build_repository("lumen-lab/charts", facts=build_facts(stars=70))
    issue = build_issue(repository=small)

    counts = survey([build_issue(repository=known), issue])

    assert counts.standing(issue) == 70
    assert counts.standing(build_issue(repository="anchor-guild/knots")) == build_facts().stars


def test_the_standing_of_an_unknown_project_is_unknown():
    unknown = build_issue(repository=build_repository(facts=None))

    assert survey([unknown]).standing(unknown) is None


def test_a_warning_marks_its_repository():
    warning = build_issue(1, author="hacktoberfest-team")

    assert survey([warning, build_issue(2)]).warned_of == {"lumen-lab/starcharts"}
    assert survey([build_issue(2)]).warned_of == frozenset()
