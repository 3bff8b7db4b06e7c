"""Wishes become a file that the file's own model takes, or complaints."""

from datetime import date

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.enrolment.answers import read_answers
from bot.enrolment.decide import Place, StudentFile, decide
from bot.enrolment.questions import BY_MAIL, PUBLIC, WANTED, Question
from bot.enrolment.wishes import read_wishes
from bot.subscriptions.club import Club
from bot.terms import ChannelName, Locale
from tests.enrolment.forms import fill_in
from tests.rendering.page import hostile_text

PATH = "config/students/Ada-Example.yaml"
MAILS = {
    "public_key": "age1examplepublickey",
    "sender": "digest@mail.example",
    "reply_to": "officer@mail.example",
}


def place(is_public=False, **club):
    return Place(Club(name="Campus Club", **club), "config", is_public, date(2026, 11, 22))


def decided(known=None, at=None, **answers):
    before = StudentFile(PATH, known) if known is not None else None
    return decide(
        "ada-example", read_wishes(read_answers(fill_in(**answers))), before, at or place()
    )


def keys(decision):
    assert decision.complaints == ()
    return yaml.safe_load(decision.file.text)


def test_a_new_student_has_a_file_of_their_login():
    decision = decided()
    assert decision.file.path == "config/students/ada-example.yaml"
    assert decision.file.subscription().login == "ada-example"


def test_a_known_student_keeps_the_file_and_what_the_form_does_not_ask_for():
    text = 'name: Ada\ninterests: [maps]\nemail: "age:abc"\navoid: {topics: [blockchain]}\n'
    decision = decided(text, INTERESTS="games")
    assert decision.file.path == PATH
    written = keys(decision)
    assert written["interests"] == ["games"]
    assert (written["name"], written["email"]) == ("Ada", "age:abc")
    assert written["avoid"] == {"topics": ["blockchain"]}
    assert decision.kept == ("avoid", "email", "name")


def test_a_file_that_nobody_can_read_is_written_anew_and_that_is_told():
    decision = decided("languages: [Klingon]\nshoe: 42\n", LANGUAGES="Go")
    assert keys(decision)["languages"] == ["Go"]
    assert "shoe" not in decision.file.text
    assert [note.key for note in decision.notes] == ["note_anew"]


def test_who_asks_for_nothing_is_asked_for_a_wish():
    (complaint,) = decided(LANGUAGES="_No response_").complaints
    assert (complaint.question, complaint.said.key) == (Question.INTERESTS, "form_no_wishes")


def test_who_mistyped_the_only_wish_is_not_told_to_name_one():
    wrong = decided(LANGUAGES="_No response_", MORE_LANGUAGES="Pyhton").complaints
    assert [complaint.said.key for complaint in wrong] == ["form_near_language"]


def test_mail_without_an_address_begins_as_an_issue():
    decision = decided(at=place(**MAILS), CHANNEL=BY_MAIL)
    assert keys(decision)["channel"] == "issue"
    assert [note.key for note in decision.notes] == ["note_mail_later"]


def test_mail_with_an_address_is_mail():
    text = 'interests: [maps]\nemail: "age:abc"\n'
    decision = decided(text, at=place(**MAILS), CHANNEL=BY_MAIL)
    assert (keys(decision)["channel"], decision.notes) == ("email", ())


def test_a_club_that_mails_everybody_has_nobody_without_a_way():
    decision = decided(at=place(**MAILS, channel=ChannelName.EMAIL))
    assert keys(decision)["channel"] == "issue"


@pytest.mark.parametrize("missing", MAILS)
def test_a_club_without_mail_offers_none(missing):
    """A file that asks for it would be a problem of the whole club's."""
    known = "interests: [maps]\nemail: 'age:abc'\n"
    club = {key: value for key, value in MAILS.items() if key != missing}
    (complaint,) = decided(known, at=place(**club), CHANNEL=BY_MAIL).complaints
    assert (complaint.question, complaint.said.key) == (Question.CHANNEL, "form_no_mail")
    assert decided(at=place(**club), CHANNEL=BY_MAIL).notes == ()


def test_in_a_public_repository_nobody_s_digest_stands_unasked():
    """Else the next live run would refuse to post for the whole club."""
    (complaint,) = decided(at=place(is_public=True)).complaints
    assert (complaint.question, complaint.said.key) == (Question.AGREEMENTS, "form_must_be_public")
    assert decided(at=place(is_public=True), AGREEMENTS=[WANTED, PUBLIC]).complaints == ()


def test_a_pause_that_lasts_is_told():
    decision = decided("interests: [maps]\npaused_until: 2026-12-24\n")
    assert [note.values for note in decision.notes] == [{"day": "2026-12-24"}]
    assert decided("interests: [maps]\npaused_until: 2026-11-01\n").notes == ()


@pytest.mark.parametrize(
    ("known", "answers", "locale"),
    [
        ("interests: [maps]\nlocale: es\n", {"LOCALE": "_No response_"}, Locale.ES),
        ("interests: [maps]\nlocale: es\n", {"LOCALE": "English"}, Locale.EN),
        (None, {"LOCALE": "Español"}, Locale.ES),
        (None, {"LOCALE": "_No response_"}, Locale.EN),
    ],
)
def test_an_answer_is_in_the_student_s_language(known, answers, locale):
    assert decided(known, **answers).locale is locale


@given(
    st.lists(hostile_text | st.text(max_size=60), min_size=1, max_size=4),
    st.lists(hostile_text | st.text(max_size=60), max_size=2),
    st.sampled_from([None, "name: Ada  # hers\nlanguages: [Go]\nemail: 'age:abc'\n"]),
)
@settings(max_examples=30)
def test_nothing_that_is_written_in_the_form_leaves_its_value(interests, avoided, known):
    decision = decided(known, INTERESTS="\n".join(interests), AVOID=",".join(avoided))
    if decision.file is None:
        assert decision.complaints
        return
    written = yaml.safe_load(decision.file.text)
    subscription = decision.file.subscription()
    new = {"languages", "interests", "level", "hours", "every", "locale", "avoid"}
    assert set(written) <= new | {"name", "email", "peers", "public"}
    assert (subscription.name, subscription.email) == (written.get("name"), written.get("email"))
    assert list(subscription.interests) == written.get("interests", [])
    assert subscription.avoid.model_dump(mode="json") == (
        {"repositories": [], "owners": [], "topics": []} | written.get("avoid", {})
    )
