"""What a mentor's comment decides, whom it means, and what is answered."""

import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.remarks import Reply
from bot.rendering.replies import render_reply
from bot.rendering.words import load_words
from bot.review.understand import understand
from bot.review.verdict import VerdictKind
from tests.builders_core import build_student
from tests.review.steps import CLUB, REVIEW, STUDENTS, build_review, ref, remark, told

ROOT = Path(__file__).parents[2]
APPROVE, HOLD, DROP, NOTE = (
    VerdictKind.APPROVE,
    VerdictKind.HOLD,
    VerdictKind.DROP,
    VerdictKind.NOTE,
)


def heard(body, author="grace-example", review=REVIEW, students=STUDENTS):
    return understand(remark(body, author), review, CLUB, students)


def decided(body, **more):
    """Who is decided on, and how."""
    verdicts, _ = heard(body, **more)
    return [(one.kind, one.login) for one in verdicts]


def answered(body, **more):
    _, (echo,) = heard(body, **more)
    return told(echo)


@pytest.mark.parametrize(("word", "kind"), [("/approve", APPROVE), ("/hold", HOLD)])
def test_a_word_alone_means_all_students_of_the_post(word, kind):
    assert decided(word) == [(kind, "ada-example"), (kind, "ben-example")]
    assert decided(f"{word} all") == decided(word)
    key, values = answered(word)
    assert key == {APPROVE: "mentor_approved_all", HOLD: "mentor_held_all"}[kind]
    assert values == {"n": "2", "students": "ada-example, ben-example"}


def test_a_student_of_a_quiet_week_is_meant_too():
    quiet = build_review(lines=tuple(one for one in REVIEW.lines if one.login == "ben-example"))
    assert decided("/hold", review=quiet) == [(HOLD, "ada-example"), (HOLD, "ben-example")]


@pytest.mark.parametrize(
    ("words", "logins"),
    [
        ("ada-example", ["ada-example"]),
        ("@ADA-Example", ["ada-example"]),
        ("ada", ["ada-example"]),
        ("Ada Lovelace", ["ada-example"]),
        ("ada lovelace, ben", ["ada-example", "ben-example"]),
        ("ben and ada", ["ben-example", "ada-example"]),
        ("ada,ben", ["ada-example", "ben-example"]),
        ("ada y ben.", ["ada-example", "ben-example"]),
        ("ada ada-example", ["ada-example"]),
    ],
)
def test_a_student_is_meant_by_login_name_or_how_either_begins(words, logins):
    assert decided(f"/approve {words}") == [(APPROVE, login) for login in logins]
    key, values = answered(f"/approve {words}")
    assert (key, values) == ("mentor_approved", {"students": ", ".join(logins)})


def test_a_name_is_meant_with_or_without_its_accents():
    assert decided("/hold jose", author="mo-example") == [(HOLD, "dan-example")]
    assert decided("/hold JOSÉ", author="mo-example") == [(HOLD, "dan-example")]


def test_a_whole_login_is_meant_even_if_it_begins_another():
    students = STUDENTS | {"ada": build_student("ada")}
    assert decided("/approve ada", author="mo-example", students=students) == [(APPROVE, "ada")]


def test_a_whole_name_is_meant_even_if_it_begins_another():
    students = {
        login: build_student(login, name=name) for login, name in (("x1", "Ana"), ("x2", "Anabel"))
    }
    assert decided("/hold ana", author="mo-example", students=students) == [(HOLD, "x1")]


def test_a_student_called_all_is_meant_only_by_who_is_called_so():
    students = STUDENTS | {"allan-example": build_student("allan-example")}
    assert len(decided("/approve all", author="mo-example", students=students)) == 2
    students = STUDENTS | {"x3": build_student("x3", name="All")}
    assert decided("/approve all", author="mo-example", students=students) == [(APPROVE, "x3")]


def test_and_is_no_beginning_of_andrea():
    students = STUDENTS | {"andrea-example": build_student("andrea-example")}
    said = decided("/approve ben and dana", author="mo-example", students=students)
    assert said == [(APPROVE, "ben-example"), (APPROVE, "dana-example")]


def test_what_may_mean_several_means_nobody_and_names_them():
    assert decided("/hold dan, ben", author="mo-example") == []
    key, values = answered("/hold dan, ben", author="mo-example")
    assert key == "mentor_which_one"
    assert values == {"word": "dan", "candidates": "dan-example, dana-example"}


def test_two_of_one_name_are_told_apart_by_their_logins():
    students = {login: build_student(login, name="Sam") for login in ("sam-one", "sam-two")}
    assert answered("/hold Sam", author="mo-example", students=students)[0] == "mentor_which_one"
    assert decided("/hold sam-two", author="mo-example", students=students) == [(HOLD, "sam-two")]


def test_an_unknown_name_names_who_is_known_and_the_line_does_not_count():
    assert decided("/approve ada zoe") == []
    key, values = answered("/approve ada zoe")
    assert key == "mentor_no_student"
    assert values == {"word": "zoe", "candidates": "ada-example, ben-example"}


def test_a_mentor_decides_for_their_own_students_only():
    assert decided("/approve chiyo") == []
    assert answered("/approve chiyo") == ("mentor_not_yours", {"student": "chiyo-example"})


def test_under_another_mentors_post_ones_own_students_count():
    assert decided("/approve", author="linus-example") == [(APPROVE, "ben-example")]
    assert decided("/hold chiyo", author="linus-example") == [(HOLD, "chiyo-example")]
    assert decided("/approve ada", author="linus-example") == []
    assert decided("/drop ben 1", author="linus-example") == [(DROP, "ben-example")]


def test_a_mentor_of_none_here_is_told_so():
    review = build_review(mentor="nobody-example", lines=())
    assert answered("/approve", review=review)[0] == "mentor_none_here"


@pytest.mark.parametrize("author", ["mallory-example", "ada-example", "grace-example-2", "ghost"])
def test_of_somebody_who_is_no_mentor_nothing_counts_and_one_answer_says_so(author):
    body = "/approve\n/hold ada\n/drop ada 1"
    assert decided(body, author=author) == []
    assert answered(body, author=author) == ("mentor_nobody", {"login": author})


def test_a_text_that_claims_to_be_a_mentor_proves_nothing():
    body = "I am @grace-example.\n/approve\n<!-- grace-example -->"
    assert decided(body, author="mallory-example") == []


def test_a_mentors_login_is_the_same_in_any_case():
    assert decided("/hold ada", author="GRACE-Example") == [(HOLD, "ada-example")]


def test_a_comment_without_a_command_is_not_answered():
    assert heard("Looks good, I would /approve this one", author="mallory-example") == ((), ())


@pytest.mark.parametrize("words", ["2 5", "2, 5", "5 2 2", "#2 #5", "2,5."])
def test_picks_and_spares_are_dropped_by_their_numbers(words):
    verdicts, (echo,) = heard(f"/drop ada {words}")
    assert [one.ref for one in verdicts] == [ref(102), ref(105)]
    assert told(echo) == ("mentor_dropped", {"student": "ada-example", "numbers": "2, 5"})


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("", "mentor_whose"),
        ("ada", "mentor_which"),
        ("ada two", "mentor_which"),
        ("ada ben 2", "mentor_which"),
        ("ada -1", "mentor_which"),
        ("ada ²", "mentor_which"),
        ("ada 6", "mentor_no_such_pick"),
        ("ada 1 0", "mentor_no_such_pick"),
        ("ada 99999999999999999999", "mentor_no_such_pick"),
        ("zoe 1", "mentor_no_student"),
    ],
)
def test_a_drop_that_is_not_clear_drops_nothing(words, key):
    assert decided(f"/drop {words}") == []
    assert answered(f"/drop {words}")[0] == key


def test_numbers_mean_nothing_where_the_students_picks_do_not_stand():
    assert answered("/drop chiyo 1", author="linus-example") == (
        "mentor_not_here",
        {"student": "chiyo-example"},
    )


def test_a_note_is_the_rest_of_the_line_as_it_was_written():
    (verdict,), (echo,) = heard("/note Ada Lovelace Well done, ask Mira about #12!")
    assert (verdict.kind, verdict.text) == (NOTE, "Well done, ask Mira about #12!")
    assert told(echo) == ("mentor_noted", {"student": "ada-example"})


def test_an_empty_note_takes_it_back():
    (verdict,), (echo,) = heard("/note ada")
    assert (verdict.kind, verdict.text) == (NOTE, "")
    assert told(echo)[0] == "mentor_unnoted"


def test_a_note_has_an_end():
    assert len(decided("/note ada " + "x" * 300)) == 1
    key, values = answered("/note ada " + "x" * 301)
    assert (key, values) == ("mentor_too_long", {"n": "301", "most": "300"})


@pytest.mark.parametrize("name", ["more", "aprove", "lgtm"])
def test_an_unknown_command_is_told(name):
    assert answered(f"/{name} ada") == ("mentor_unknown_command", {})


def test_every_command_has_one_answer_and_every_verdict_its_own_position():
    verdicts, echoes = heard("/hold\n/zap\n/drop ada 1 2\n/note ben Hi\n/approve ben")
    assert [echo.command for echo in echoes] == [
        *("/hold", "/zap", "/drop ada 1 2", "/note ben Hi", "/approve ben"),
    ]
    assert [one.position for one in verdicts] == [0, 1, 2, 3, 4, 5]
    assert {one.source for one in verdicts} == {"comment 12"}


def test_a_verdict_is_said_when_the_comment_last_changed():
    said = remark("/hold ada")
    edited = type(said)(12, 7, said.author, said.said_at, said.said_at.replace(hour=23), said.body)
    (verdict,), _ = understand(edited, REVIEW, CLUB, STUDENTS)
    assert verdict.at == edited.edited_at


def test_every_answer_has_words_and_all_words_are_used():
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (*(ROOT / "bot" / "review").glob("*.py"), ROOT / "bot" / "hearing.py")
    )
    said = set(re.findall(r'"(mentor_\w+)"', source))
    worded = {key for key in load_words().replies if key.startswith("mentor_")}
    assert said == worded


@given(
    st.lists(
        st.sampled_from(
            ["/approve", "/hold", "/drop", "/note", "/x", "ada", "all", "dan", "2", ","]
        )
        | st.text(max_size=8),
        max_size=12,
    ).map(" ".join),
    st.sampled_from(["grace-example", "mo-example", "mallory-example"]),
)
def test_whatever_is_written_each_command_has_one_answer_that_can_be_rendered(body, author):
    said = remark(body.replace(" /", "\n/"), author)
    verdicts, echoes = understand(said, REVIEW, CLUB, STUDENTS)
    rendered = render_reply(Reply(7, (said,), echoes))
    assert rendered.count("\n- ") == len(echoes)
    assert len({(one.source, one.position) for one in verdicts}) == len(verdicts)
    for echo in echoes:
        names = {name for _, name, _, _ in Formatter().parse(load_words().replies[echo.sentence])}
        assert names - {None} == {name for name, _ in echo.values}
