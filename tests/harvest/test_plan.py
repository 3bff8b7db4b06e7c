from datetime import UTC, datetime

import pytest

from bot.harvest.plan import IssueSearch, TopicSearch, plan_queries
from bot.vocabulary import NEWCOMER_LABELS, topic_names
from tests.builders_core import NOW, build_student


def test_one_language_is_one_search_however_many_students_want_it():
    students = [build_student(f"student-{n}", languages=["Python"]) for n in range(40)]

    assert plan_queries(students, NOW).searches == (IssueSearch(language="Python"),)


def test_the_languages_of_all_students_are_searched_in_one_order():
    students = [
        build_student("ada-example", languages=["Rust", "Python"]),
        build_student("bea-example", languages=["Go", "Python"]),
    ]

    plan = plan_queries(students, NOW)

    assert [search.language for search in plan.searches] == ["Go", "Python", "Rust"]
    assert plan == plan_queries(students[::-1], NOW)


def test_words_are_searched_only_for_students_without_languages():
    students = [
        build_student("ada-example", languages=["Python"], interests=["star charts"]),
        build_student("bea-example", interests=["tide tables"]),
    ]

    searches = plan_queries(students, NOW).searches

    assert searches == (IssueSearch(language="Python"), IssueSearch(words="tide tables"))


def test_the_same_words_in_another_case_are_one_search():
    students = [
        build_student("ada-example", interests=["Tide  Tables"]),
        build_student("bea-example", interests=["tide tables"]),
    ]

    assert plan_queries(students, NOW).searches == (IssueSearch(words="tide tables"),)


def test_words_keep_letters_that_have_no_small_twin():
    assert plan_queries([build_student(interests=["Straße"])], NOW).searches[0].words == "straße"


def test_words_cannot_break_out_of_their_quotes():
    student = build_student(interests=['tide" is:closed "x\\', '"'])

    assert [search.words for search in plan_queries([student], NOW).searches] == [
        "tide is:closed x"
    ]


def test_every_topic_of_an_interest_is_searched_once():
    students = [
        build_student("ada-example", interests=["machine learning"]),
        build_student("bea-example", interests=["Machine-Learning"]),
    ]

    topics = [search.topic for search in plan_queries(students, NOW).topics]

    assert topics == sorted(set(topic_names("machine learning")))
    assert "machine-learning" in topics


def test_a_topics_projects_are_listed_in_the_languages_of_those_who_asked():
    students = [
        build_student("ada-example", languages=["Python"], interests=["tides"]),
        build_student("bea-example", languages=["Rust"], interests=["tides"]),
        build_student("cleo-example", languages=["Go"], interests=["kites"]),
    ]

    wanted = {search.topic: search.languages for search in plan_queries(students, NOW).topics}

    assert wanted["tides"] == frozenset({"Python", "Rust"})
    assert wanted["kites"] == frozenset({"Go"})


@pytest.mark.parametrize("order", [1, -1])
def test_a_topics_projects_are_listed_in_all_languages_when_somebody_named_none(order):
    students = [
        build_student("ada-example", languages=["Python"], interests=["tides"]),
        build_student("bea-example", interests=["tides"]),
        build_student("cleo-example", languages=["Rust"], interests=["tides"]),
    ][::order]

    topics = {search.topic: search.languages for search in plan_queries(students, NOW).topics}

    assert topics["tides"] is None


def test_nobody_asks_for_nothing():
    plan = plan_queries([], NOW)

    assert (plan.topics, plan.searches) == ((), ())


def test_the_query_of_a_language_has_all_labels_as_one_alternative():
    labels = ",".join(f'"{label}"' for label in NEWCOMER_LABELS)

    assert IssueSearch(language="Jupyter Notebook").text() == (
        'is:issue is:open is:public archived:false language:"Jupyter Notebook" '
        f"label:{labels} sort:created-desc"
    )
    assert labels.startswith('"good first issue","help wanted",')


def test_the_query_of_words_begins_with_the_quoted_phrase():
    text = IssueSearch(words="tide tables").text()

    assert text.startswith('"tide tables" is:issue is:open ')
    assert "language:" not in text


def test_a_slice_ends_at_a_second_that_belongs_to_it():
    text = IssueSearch(language="Go").text(datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC))

    assert " created:<=2026-03-04T05:06:07Z sort:created-desc" in text


def test_a_topic_search_asks_for_living_projects_with_most_stars_first():
    search = plan_queries([build_student(interests=["tides"])], NOW).topics[0]

    assert search.text() == (
        "topic:tides archived:false pushed:>=2026-05-22 is:public sort:stars-desc"
    )


@pytest.mark.parametrize(
    ("search", "name"),
    [
        (IssueSearch(language="Go"), "Go"),
        (IssueSearch(words="tide tables"), '"tide tables"'),
        (TopicSearch("tides", NOW.date(), None), "topic tides"),
    ],
)
def test_a_search_is_called_what_a_student_would_call_it(search, name):
    assert str(search) == name


def test_long_words_are_cut_where_github_would_refuse_them():
    student = build_student(interests=["tides"]).model_copy(update={"interests": ("x" * 300,)})

    assert len(plan_queries([student], NOW).searches[0].words) == 256
