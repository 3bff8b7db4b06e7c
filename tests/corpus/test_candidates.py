from bot.corpus.candidates import choose_candidates
from tests.builders_core import (
    build_facts,
    build_issue,
    build_matcher,
    build_repository,
    build_student,
)

PYTHON = build_issue(1)
GO = build_issue(2, repository=build_repository("anchor-guild/knots", language="Go"))
NAMELESS = build_issue(3, repository=build_repository("anchor-guild/texts", language=None))


def candidates(student, *issues):
    return [issues[row] for row in choose_candidates(student, build_matcher(*issues))]


def test_a_student_of_languages_gets_issues_in_these():
    student = build_student(languages=["Go", "Rust"])

    assert candidates(student, PYTHON, GO, NAMELESS) == [GO]


def test_an_interest_finds_a_language_that_a_project_holds_beside_its_main_one():
    facts = build_facts(topics=("tides",), languages=("Go", "Python"))
    tides = build_issue(4, repository=build_repository(language="Go", facts=facts))
    asks = {"languages": ["Python"], "interests": ["tides"]}

    assert candidates(build_student(**asks), tides) == [tides]
    assert candidates(build_student(languages=["Python"]), tides) == []


def test_interests_do_not_widen_a_students_languages():
    facts = build_facts(topics=("tides",), languages=("Go",), language_shares=(1.0,))
    tides = build_issue(4, repository=build_repository(language="Go", facts=facts))
    student = build_student(languages=["Python"], interests=["tides"])

    assert candidates(student, tides, PYTHON) == [PYTHON]


def test_a_student_without_languages_gets_issues_of_their_interests_in_any():
    tides = build_issue(4, repository=build_repository(language=None), title="Print tide tables")
    student = build_student(interests=["tide tables"])

    assert candidates(student, PYTHON, tides, GO) == [tides]


def test_a_student_of_several_interests_gets_issues_of_any_of_them_once():
    tides = build_issue(4, title="Print tides of kites")
    kites = build_issue(5, title="Print kites")
    student = build_student(interests=["tides", "kites"])

    assert candidates(student, kites, PYTHON, tides) == [kites, tides]


def test_an_interest_that_names_a_language_finds_projects_in_it():
    assert candidates(build_student(interests=["golang"]), PYTHON, GO) == [GO]


def test_a_second_language_of_the_project_does_not_count():
    assert candidates(build_student(languages=["Shell"]), PYTHON) == []


def test_candidates_keep_the_order_of_the_corpus():
    other = build_issue(9)

    assert candidates(build_student(), other, GO, PYTHON) == [other, PYTHON]


def test_an_empty_corpus_has_no_candidates():
    assert candidates(build_student(languages=["Go"], interests=["tides"])) == []


def test_a_home_is_a_candidate_in_any_language():
    assert candidates_at_home("anchor-guild/knots", languages=["Python"]) == [PYTHON, GO]
    assert candidates_at_home("anchor-guild/texts", interests=["tides"]) == [NAMELESS]


def candidates_at_home(name, **asks):
    issues = [PYTHON, GO, NAMELESS]
    rows = choose_candidates(build_student(**asks), build_matcher(*issues), {name})
    return [issues[row] for row in rows]
