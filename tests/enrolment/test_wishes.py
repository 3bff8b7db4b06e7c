"""The form's answers become keys of a student's file, and everything wrong is said at once."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.enrolment import questions
from bot.enrolment.answers import read_answers
from bot.enrolment.questions import AS_THE_CLUB, BY_MAIL, PEERS, PUBLIC, WANTED, Question
from bot.enrolment.wishes import read_wishes
from bot.terms import Locale
from tests.enrolment.forms import ELEMENTS, fill_in, options
from tests.rendering.page import hostile_text


def wishes(**answers):
    return read_wishes(read_answers(fill_in(**answers)))


def complaints(**answers):
    return [(one.question, one.said.key) for one in wishes(**answers).complaints]


def test_the_form_asks_what_is_read_and_nothing_else():
    assert list(ELEMENTS) == list(Question)


@pytest.mark.parametrize(
    ("question", "choices"),
    [
        (Question.LANGUAGES, questions.LANGUAGES),
        (Question.LEVEL, questions.LEVELS),
        (Question.KINDS, questions.KINDS),
        (Question.HOURS, questions.HOURS),
        (Question.PICKS, questions.PICKS),
        (Question.EVERY, questions.EVERY),
        (Question.LOCALE, questions.LOCALES),
        (Question.CHANNEL, questions.CHANNELS),
        (Question.AGREEMENTS, questions.AGREEMENTS),
    ],
)
def test_the_choices_of_the_form_are_those_that_are_read(question, choices):
    assert options(question) == list(choices)


def test_nobody_can_send_the_form_without_wanting_digests():
    boxes = ELEMENTS[Question.AGREEMENTS]["attributes"]["options"]
    assert [one["label"] for one in boxes if one.get("required")] == [WANTED]


def test_every_question_has_a_spanish_line():
    told = [one["attributes"].get("description", "*") for one in ELEMENTS.values()]
    assert [text for text in told if "*" not in text] == []


def test_the_form_as_it_is_offered_is_right():
    found = wishes()
    assert found.complaints == ()
    assert found.keys == {
        "languages": ["Python"],
        "interests": None,
        "level": "first-timer",
        "kinds": None,
        "hours": 3,
        "picks": None,
        "every": "week",
        "locale": "en",
        "channel": None,
        "peers": False,
        "public": False,
    }


def test_all_that_is_asked_for_is_taken():
    found = wishes(
        LANGUAGES="Python, C++",
        MORE_LANGUAGES="golang, Rust (learning)",
        INTERESTS="- astronomy\n- mapas, data visualization; games",
        LEVEL=list(questions.LEVELS)[1],
        KINDS=["Documentation / Documentación", "Code / Código"],
        HOURS="1,5",
        PICKS="7",
        EVERY=list(questions.EVERY)[2],
        LOCALE="Español",
        CHANNEL=BY_MAIL,
        AVOID="octo-org/old-thing, big-company/*, blockchain",
        AGREEMENTS=[WANTED, PEERS, PUBLIC],
    )
    assert found.complaints == ()
    assert found.locale is Locale.ES
    assert found.keys == {
        "languages": {"Python": "fluent", "C++": "fluent", "Go": "fluent", "Rust": "learning"},
        "interests": ["astronomy", "mapas", "data visualization", "games"],
        "level": "beginner",
        "kinds": ["code", "docs"],
        "hours": 1.5,
        "picks": 7,
        "every": "4 weeks",
        "locale": "es",
        "channel": "email",
        "avoid": {
            "repositories": ["octo-org/old-thing"],
            "owners": ["big-company"],
            "topics": ["blockchain"],
        },
        "peers": True,
        "public": True,
    }


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"MORE_LANGUAGES": "Pyton"}, (Question.MORE_LANGUAGES, "form_near_language")),
        ({"MORE_LANGUAGES": "Qxyz"}, (Question.MORE_LANGUAGES, "form_no_language")),
        ({"MORE_LANGUAGES": "django"}, (Question.MORE_LANGUAGES, "form_topic")),
        ({"INTERESTS": "x" * 101}, (Question.INTERESTS, "form_too_long")),
        ({"INTERESTS": "\n".join(map(str, range(21)))}, (Question.INTERESTS, "form_too_many")),
        ({"INTERESTS": "mail me@mail.example"}, (Question.INTERESTS, "form_address")),
        ({"LEVEL": "expert"}, (Question.LEVEL, "form_no_choice")),
        ({"LEVEL": "me@mail.example"}, (Question.LEVEL, "form_address")),
        ({"HOURS": "99"}, (Question.HOURS, "form_no_choice")),
        ({"HOURS": "-1"}, (Question.HOURS, "form_no_choice")),
        ({"PICKS": "11"}, (Question.PICKS, "form_no_choice")),
        ({"AVOID": "a/b/c"}, (Question.AVOID, "form_no_exclusion")),
        ({"AVOID": "@octo"}, (Question.AVOID, "form_no_exclusion")),
        ({"AGREEMENTS": [PEERS]}, (Question.AGREEMENTS, "form_tick")),
    ],
)
def test_what_cannot_be_used_is_said_by_its_question(answers, told):
    assert complaints(**answers) == [told]


def test_everything_wrong_is_said_at_once():
    told = complaints(MORE_LANGUAGES="Pyton", HOURS="99", PICKS="0", AVOID="a/b/c", AGREEMENTS=[])
    assert [question for question, _ in told] == [
        Question.MORE_LANGUAGES,
        Question.HOURS,
        Question.PICKS,
        Question.AVOID,
        Question.AGREEMENTS,
    ]


def test_an_issue_without_questions_asks_for_the_box_and_changes_no_key():
    found = read_wishes(read_answers("Please subscribe me."))
    assert found.keys == {}
    assert [one.said.key for one in found.complaints] == ["form_tick"]


def test_a_question_within_an_answer_is_part_of_the_answer():
    body = fill_in(INTERESTS="games\n### Languages you know\nmaps")
    assert read_wishes(read_answers(body)).keys["languages"] == ["Python"]


def test_line_ends_of_windows_mean_the_same():
    body = fill_in(INTERESTS="games\nmaps", KINDS=["Code / Código"])
    assert read_answers(body.replace("\n", "\r\n")) == read_answers(body)


@pytest.mark.parametrize("text", ["<ada@mail.example>", "x\nada@mail.example", "a.b+c@d.example."])
def test_an_address_is_noticed_wherever_it_stands(text):
    assert read_answers(f"{text}\n\n{fill_in()}").has_address


@pytest.mark.parametrize("text", ["@ada", "ada@", "C++ @ home", "a@b"])
def test_what_is_no_address_is_none(text):
    assert not read_answers(text).has_address


@given(st.dictionaries(st.sampled_from([*Question.__members__]), hostile_text | st.text()))
@settings(max_examples=30)
def test_whatever_is_answered_is_read_and_no_address_is_repeated(answers):
    boxes = {"KINDS", "AGREEMENTS"}
    foreign = {name: text for name, text in answers.items() if name not in boxes}
    found = wishes(**(foreign | {"INTERESTS": "ada@mail.example"}))
    assert Question.INTERESTS in [one.question for one in found.complaints]
    assert "mail.example" not in repr(found.complaints)


def test_as_the_club_does_leaves_the_keys_out():
    found = wishes(PICKS=AS_THE_CLUB, CHANNEL=AS_THE_CLUB)
    assert (found.keys["picks"], found.keys["channel"]) == (None, None)
