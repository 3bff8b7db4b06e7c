from bot.corpus.candidates import choose_candidates
from tests.builders_core import build_facts, build_issue, build_repository, build_student

PYTHON = build_issue(1)
GO = build_issue(2, repository=build_repository("anchor-guild/knots", language="Go"))
NAMELESS = build_issue(3, repository=build_repository("anchor-guild/texts", language=None))


def test_a_student_of_languages_gets_issues_in_these():
    student = build_student(languages=["Go", "Rust"])

    assert choose_candidates(student, [PYTHON, GO, NAMELESS]) == (GO,)


def test_an_interest_finds_a_language_that_a_project_holds_beside_its_main_one():
    facts = build_facts(topics=("tides",), languages=("Go", "Python"))
    tides = build_issue(4, repository=build_repository(language="Go", facts=facts))
    asks = {"languages": ["Python"], "interests": ["tides"]}

    assert choose_candidates(build_student(**asks), [tides]) == (tides,)
    assert choose_candidates(build_student(languages=["Python"]), [tides]) == ()


def test_interests_do_not_widen_a_students_languages():
    facts = build_facts(topics=("tides",), languages=("Go",))
    tides = build_issue(4, repository=build_repository(language="Go", facts=facts))
    student = build_student(languages=["Python"], interests=["tides"])

    assert choose_candidates(student, [tides, PYTHON]) == (PYTHON,)


def test_a_student_without_languages_gets_issues_of_their_interests_in_any():
    tides = build_issue(4, repository=build_repository(language=None), title="Print tide tables")
    student = build_student(interests=["tide tables"])

    assert choose_candidates(student, [PYTHON, tides, GO]) == (tides,)


def test_a_second_language_of_the_project_does_not_count():
    assert choose_candidates(build_student(languages=["Shell"]), [PYTHON]) == ()


def test_candidates_keep_the_order_of_the_corpus():
    other = build_issue(9)

    assert choose_candidates(build_student(), [other, GO, PYTHON]) == (other, PYTHON)
