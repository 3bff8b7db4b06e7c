"""Answers to forms, and requests: as they were looked at, and with nothing live in them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.enrolment.questions import Question
from bot.enrolment.wishes import Complaint
from bot.rendering.enrolment import Outcome, Petition, render_answer, render_petition
from bot.rendering.marker import form_fingerprint, parse_form_marker
from bot.sayings import Saying
from bot.terms import Locale
from tests.rendering.form_answers import COMPLAINTS, SHA, answer_of, compose, golden
from tests.rendering.page import BACK_LINK, Page, hostile_text, live_parts


@pytest.mark.parametrize("locale", Locale)
def test_every_answer_is_as_it_was_looked_at(locale):
    """To accept a change: `uv run python -m tests.rendering.form_answers`; look at the diff."""
    assert compose(locale) == golden(locale).read_text("utf-8")


@pytest.mark.parametrize("outcome", Outcome)
def test_an_answer_bears_what_it_answers(outcome):
    assert parse_form_marker(render_answer(answer_of(outcome), Locale.EN)) == SHA


@given(hostile_text, st.sampled_from(COMPLAINTS), st.sampled_from(Locale))
def test_what_people_wrote_makes_nothing_live(text, complaint, locale):
    values = {name: text for name in complaint.said.values if name not in {"given", "most"}}
    said = Saying(complaint.said.key, complaint.said.values | values)
    answer = replace(
        answer_of(Outcome.WRONG), club=text, complaints=(Complaint(Question.AVOID, said),)
    )
    written = render_answer(answer, locale)
    assert live_parts(Page.of_markdown(written).outside) == []
    assert not BACK_LINK.search(written)


@pytest.mark.parametrize("locale", Locale)
def test_a_request_refers_to_the_club_s_own_issue_and_mentions_nobody(locale):
    for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.STOPPED):
        title, body = render_petition(Petition("ada-example", 7, outcome), locale)
        assert "@" not in title + body
        assert "#7" in body
        assert "ada-example" in title


def test_a_text_is_known_again_whatever_its_line_ends():
    assert form_fingerprint("stop", "a\r\nb\r\n") == form_fingerprint("stop", "a\nb")
    assert form_fingerprint("stop", "a\nb") != form_fingerprint("stop", "a b")
    assert form_fingerprint("stop", "a") != form_fingerprint("pause", "a")


@given(st.text())
def test_any_text_has_a_fingerprint(text):
    assert parse_form_marker(f"<!-- foothold:v1 form sha={form_fingerprint(text, text)} -->")
