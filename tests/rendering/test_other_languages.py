"""Whatever is rendered in a language says nothing in another, and is as harmless."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.remarks import Echo, Remark, Reply
from bot.rendering.cohort import render_cohort_html, render_cohort_markdown
from bot.rendering.confirmation import Invitation, consent_text, render_confirmation
from bot.rendering.portfolio import render_portfolio_html, render_portfolio_markdown
from bot.rendering.render import render_message
from bot.rendering.replies import render_reply
from bot.rendering.review import render_review
from bot.rendering.thread import Opening, render_thread
from bot.rendering.words import Forms, load_words
from bot.sayings import Saying
from bot.terms import ChannelName, Locale
from tests.builders import TAKEN_AT, build_digest
from tests.rendering.cohorts import build_club, build_empty, build_portfolio
from tests.rendering.letters import FULL, QUIET
from tests.rendering.page import FRAGMENTS, hostile_text
from tests.rendering.sheets import SHEET
from tests.rendering.test_hostile import (
    Usual,
    assert_dead_in_a_mail,
    assert_dead_in_a_post,
    hostile_letter,
)

ES = Locale.ES
USUAL_IN_SPANISH = Usual(replace(hostile_letter("Plain words"), locale=ES))
#: A run of words of our own that is long enough to be no chance.
PIECE = re.compile(r"[^{}]{12,}")


def pieces(locale: Locale) -> set[str]:
    """What stands between the names in all sentences of a language."""
    words = load_words(locale)
    found = (*words.sentences.values(), *words.sayings.values(), *words.replies.values())
    texts = [
        text
        for one in (*found, *words.flags.values())
        for text in (one.model_dump().values() if isinstance(one, Forms) else [one])
        if text
    ]
    for group in type(words.codes).model_fields:
        texts += getattr(words.codes, group).values()
    return {piece.strip() for text in texts for piece in PIECE.findall(text)}


SPANISH = "\n".join(pieces(ES)).casefold()
#: A first comment stands in English too, on purpose: most projects read no other language.
ON_PURPOSE = set(load_words(Locale.EN).codes.comments.values())
ENGLISH = {piece for piece in pieces(Locale.EN) - ON_PURPOSE if piece.casefold() not in SPANISH}


def digest_texts() -> list[str]:
    notes = (Saying("lost", {"n": 2}), Saying("level_moved", {"level": "beginner"}))
    letters = [
        replace(FULL, digest=replace(FULL.digest, notes=notes)),
        replace(QUIET, digest=build_digest(picks=(), notes=notes)),
    ]
    made = [
        render_message(replace(one, locale=ES, channel=channel))
        for one in letters
        for channel in ChannelName
    ]
    return [text for one in made for text in (one.title, one.markdown, one.html, one.text)]


def confirmation_texts() -> list[str]:
    facts = ("ada-example", "Ada", "El Club", "K7QX2-9TBMN")
    made = [render_confirmation(Invitation(*facts, home, ES)) for home in (None, "club/digests")]
    return [text for one in made for text in (one.title, one.text, one.html)]


def thread_texts() -> list[str]:
    made = render_thread(Opening("ada-example", "Ada", "El Club", "club/digests", ES))
    return [made.title, made.markdown]


def review_texts() -> list[str]:
    notes = (Saying("nothing_left"),)
    sections = tuple(replace(one, notes=notes, words=()) for one in SHEET.sections)
    made = [
        render_review(replace(SHEET, sections=sections, locale=ES, **changes))
        for changes in ({}, {"answer_by": None}, {"sends_on_silence": False})
    ]
    return [text for one in made for text in (one.title, *one.parts)]


def report_texts() -> list[str]:
    cohorts, portfolio = (build_club(), build_empty()), build_portfolio()
    return [
        *(render_cohort_html(one, ES) for one in cohorts),
        *(render_cohort_markdown(one, ES) for one in cohorts),
        render_portfolio_html(portfolio, ES),
        render_portfolio_markdown(portfolio, ES),
    ]


def reply_texts() -> list[str]:
    echo = Echo("/stop", "stop")
    remark = Remark(1, 7, "ada-example", TAKEN_AT, TAKEN_AT, "/stop")
    return [render_reply(Reply(7, (remark,), (echo,)), ES)]


@pytest.mark.parametrize(
    "texts",
    [digest_texts, confirmation_texts, thread_texts, review_texts, report_texts, reply_texts],
)
def test_what_is_rendered_in_spanish_says_nothing_of_ours_in_english(texts):
    for text in texts():
        flat = " ".join(text.replace("&#39;", "'").split())
        assert [piece for piece in ENGLISH if piece in flat] == []


def test_the_english_words_that_are_looked_for_stand_in_an_english_digest():
    text = " ".join(render_message(FULL).markdown.split())
    assert sum(piece in text for piece in ENGLISH) > 30


def test_a_page_names_its_language():
    assert '<html lang="es"' in render_cohort_html(build_club(), ES)
    assert '<html lang="en"' in render_cohort_html(build_club())
    assert 'lang="es"' in render_message(replace(FULL, locale=ES)).html


def test_why_a_student_gets_no_digests_is_told_in_the_readers_language():
    for text in (render_cohort_html(build_club(), ES), render_cohort_markdown(build_club(), ES)):
        assert "en pausa hasta el 2026-12-07" in text
        assert "paused" not in text


def test_consent_is_kept_in_the_words_that_were_read():
    assert consent_text("El Club", ES) in " ".join(confirmation_texts()[1].split())


@settings(max_examples=20, deadline=None)
@given(hostile_text.map(lambda text: text[:60]))
def test_nothing_that_strangers_write_comes_alive_in_spanish(text):
    letter = replace(hostile_letter(text), locale=ES)
    assert_dead_in_a_post(letter, text, USUAL_IN_SPANISH)
    assert_dead_in_a_mail(letter, text, USUAL_IN_SPANISH)


@pytest.mark.parametrize("fragment", FRAGMENTS[:8])
def test_no_known_trick_comes_alive_in_spanish(fragment):
    letter = replace(hostile_letter(fragment), locale=ES)
    assert_dead_in_a_post(letter, fragment, USUAL_IN_SPANISH)
