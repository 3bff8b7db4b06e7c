from datetime import UTC, datetime

import pytest

from bot.harvest.plan import IssueSearch, TopicSearch, created_until, created_within
from bot.harvest.plan import plan_queries as plan_for
from bot.harvest.reading import Reading
from bot.vocabulary import NEWCOMER_LABELS, topic_names
from tests.builders_core import NOW, build_student
from tests.wording import worded

WHOLE = Reading(NOW)


def plan_queries(students):
    return plan_for(students, students)


def test_one_language_is_one_search_however_many_students_want_it():
    students = [build_student(f"student-{n}", languages=["Python"]) for n in range(40)]

    assert plan_queries(students).searches == (IssueSearch(language="Python"),)


def test_the_languages_of_all_students_are_searched_in_one_order():
    students = [
        build_student("ada-example", languages=["Rust", "Python"]),
        build_student("bea-example", languages=["Go", "Python"]),
    ]

    plan = plan_queries(students)

    assert [search.language for search in plan.searches] == ["Go", "Python", "Rust"]
    assert plan == plan_queries(students[::-1])


def test_words_are_searched_only_for_students_without_languages():
    students = [
        build_student("ada-example", languages=["Python"], interests=["star charts"]),
        build_student("bea-example", interests=["tide tables"]),
    ]

    searches = plan_queries(students).searches

    assert searches == (IssueSearch(language="Python"), IssueSearch(words="tide tables"))


def test_the_same_words_in_another_case_are_one_search():
    students = [
        build_student("ada-example", interests=["Tide  Tables"]),
        build_student("bea-example", interests=["tide tables"]),
    ]

    assert plan_queries(students).searches == (IssueSearch(words="tide tables"),)


def test_words_keep_letters_that_have_no_small_twin():
    assert plan_queries([build_student(interests=["Straße"])]).searches[0].words == "straße"


def test_words_cannot_break_out_of_their_quotes():
    student = build_student(interests=['tide" is:closed "x\\', '"'])

    assert [search.words for search in plan_queries([student]).searches] == ["tide is:closed x"]


def test_every_topic_of_an_interest_is_searched_once():
    students = [
        build_student("ada-example", interests=["machine learning"]),
        build_student("bea-example", interests=["Machine-Learning"]),
    ]

    topics = [search.topic for search in plan_queries(students).topics]

    assert topics == sorted(set(topic_names("machine learning")))
    assert "machine-learning" in topics


def test_a_topics_projects_are_listed_in_the_languages_of_those_who_asked():
    students = [
        build_student("ada-example", languages=["Python"], interests=["tides"]),
        build_student("bea-example", languages=["Rust"], interests=["tides"]),
        build_student("cleo-example", languages=["Go"], interests=["kites"]),
    ]

    wanted = {search.topic: search.languages for search in plan_queries(students).topics}

    assert wanted["tides"] == frozenset({"Python", "Rust"})
    assert wanted["kites"] == frozenset({"Go"})


@pytest.mark.parametrize("order", [1, -1])
def test_a_topics_projects_are_listed_in_all_languages_when_somebody_named_none(order):
    students = [
        build_student("ada-example", languages=["Python"], interests=["tides"]),
        build_student("bea-example", interests=["tides"]),
        build_student("cleo-example", languages=["Rust"], interests=["tides"]),
    ][::order]

    topics = {search.topic: search.languages for search in plan_queries(students).topics}

    assert topics["tides"] is None


def test_nobody_asks_for_nothing():
    plan = plan_queries([])

    assert (plan.topics, plan.searches) == ((), ())


def test_the_query_of_a_language_has_all_labels_as_one_alternative():
    labels = ",".join(f'"{label}"' for label in NEWCOMER_LABELS)

    assert IssueSearch(language="Jupyter Notebook").text(WHOLE) == (
        "is:issue is:open is:public is:unlocked archived:false no:assignee -linked:pr "
        'language:"Jupyter Notebook" '
        f"label:{labels} sort:created-desc"
    )
    assert labels.startswith('"good first issue","help wanted",')


def test_the_query_of_words_begins_with_the_quoted_phrase():
    text = IssueSearch(words="tide tables").text(WHOLE)

    assert text.startswith('"tide tables" is:issue is:open ')
    assert "language:" not in text


def test_a_slice_ends_at_a_second_that_belongs_to_it():
    below = created_until(datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC))

    text = IssueSearch(language="Go").text(Reading(NOW, below=below))

    assert text.endswith(" created:<=2026-03-04T05:06:07Z sort:created-desc")


def test_changes_are_asked_for_since_a_second():
    since = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)

    text = IssueSearch(language="Go").text(Reading(NOW, since=since))

    assert " updated:>=2026-03-04T05:06:07Z sort:created-desc" in text


def test_changes_of_a_topic_may_be_sought_where_somebody_pushed_since():
    since = datetime(2026, 11, 10, 5, 6, 7, tzinfo=UTC)

    reading = Reading(NOW, since=since, below="stars:<=7")
    search = TopicSearch("tides")

    assert "pushed:>=2026-05-22" in search.text(reading)
    assert search.text(reading, is_narrow=True) == (
        "topic:tides is:public archived:false pushed:>=2026-11-10 stars:<=7 sort:stars-desc"
    )


def test_a_span_of_creation_has_both_its_ends():
    low, high = datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 5, tzinfo=UTC)

    assert created_within(low, high) == "created:2026-03-04T00:00:00Z..2026-03-05T00:00:00Z"


def test_a_search_is_the_same_search_however_far_it_was_read():
    key = IssueSearch(language="Go").key

    assert "created:" not in key
    assert key != IssueSearch(language="Rust").key
    assert key != IssueSearch(words="go").key


def test_a_topic_is_another_search_where_it_lists_other_languages():
    keys = {TopicSearch("tides", held).key for held in (None, frozenset({"Go"}))}

    assert len(keys) == 2


def test_only_what_serves_those_who_want_a_digest_is_searched():
    ada = build_student("ada-example", languages=["Python"], interests=["tides"])
    bea = build_student("bea-example", languages=["Rust"], interests=["tides", "kites"])

    plan = plan_for([ada, bea], [ada])

    assert [one.language for one in plan.searches] == ["Python"]
    assert {one.topic for one in plan.topics} == set(topic_names("tides"))


def test_a_topic_is_the_same_search_whoever_is_due():
    ada = build_student("ada-example", languages=["Python"], interests=["tides"])
    bea = build_student("bea-example", languages=["Rust"], interests=["tides"])

    keys = {tuple(one.key for one in plan_for([ada, bea], due).topics) for due in ([ada], [bea])}

    assert len(keys) == 1


def test_every_search_serves_somebody():
    plan = plan_queries(
        [
            build_student("ada-example", languages=["Python"], interests=["tides"]),
            build_student("bea-example", interests=["kites"]),
        ]
    )

    served = {key for taste in plan.tastes.values() for key in taste}

    assert served == {one.key for one in (*plan.searches, *plan.topics)}


@pytest.mark.parametrize(
    ("search", "reading", "words"),
    [
        (IssueSearch(language="Go"), WHOLE, "issues of Go"),
        (
            IssueSearch(language="Go"),
            Reading(NOW, below="created:<=2026-03-04T05:06:07Z"),
            "issues of Go created until 2026-03-04",
        ),
        (IssueSearch(words="tide"), Reading(NOW, NOW), 'changed issues of "tide"'),
        (
            TopicSearch("tides"),
            Reading(NOW, below="stars:<=7"),
            "topic tides, projects of up to 7 stars",
        ),
        (
            TopicSearch("tides"),
            Reading(NOW, NOW, below="stars:0 created:<=2020-01-01T00:00:00Z"),
            "changes of topic tides, projects of up to 0 stars",
        ),
    ],
)
def test_what_is_left_of_a_search_can_be_told(search, reading, words):
    assert search.rest(reading) == words


@pytest.mark.parametrize(
    ("search", "reading", "words"),
    [
        (IssueSearch(language="Go"), WHOLE, "issues of Go"),
        (
            IssueSearch(language="Go"),
            Reading(NOW, below="created:<=2026-03-04T05:06:07Z"),
            "issues of Go created until 4 March 2026",
        ),
        (IssueSearch(words="tide"), Reading(NOW, NOW), 'changed issues of "tide"'),
        (
            IssueSearch(language="Go"),
            Reading(NOW, NOW, below="created:<=2026-03-04T05:06:07Z"),
            "changed issues of Go created until 4 March 2026",
        ),
        (TopicSearch("tides"), Reading(NOW, below="stars:<=7"), "projects of your interests"),
    ],
)
def test_a_student_is_told_what_is_left_in_their_words(search, reading, words):
    assert worded(search.told_rest(reading)) == words


def test_a_topic_search_asks_for_living_projects_with_most_stars_first():
    search = plan_queries([build_student(interests=["tides"])]).topics[0]

    assert search.text(WHOLE) == (
        "topic:tides is:public archived:false pushed:>=2026-05-22 sort:stars-desc"
    )


@pytest.mark.parametrize(
    ("search", "name"),
    [
        (IssueSearch(language="Go"), "Go"),
        (IssueSearch(words="tide tables"), '"tide tables"'),
        (TopicSearch("tides"), "topic tides"),
    ],
)
def test_a_search_is_called_what_a_student_would_call_it(search, name):
    assert str(search) == name


def test_long_words_are_cut_where_github_would_refuse_them():
    student = build_student(interests=["tides"]).model_copy(update={"interests": ("x" * 300,)})

    assert len(plan_queries([student]).searches[0].words) == 256


def test_a_home_is_searched_for_whoever_is_at_home_there():
    ada, bea = build_student("ada-example"), build_student("bea-example")

    plan = plan_for([ada, bea], [ada, bea], {"ada-example": ["anchor-guild/knots"]})

    home = IssueSearch(repository="anchor-guild/knots")
    assert home in plan.searches
    assert home.key in plan.tastes["ada-example"]
    assert home.key not in plan.tastes["bea-example"]
    assert " repo:anchor-guild/knots " in home.text(Reading(NOW))
    assert str(home) == "anchor-guild/knots"
