import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.corpus.words import FIELD_BREAK, PART_BREAK, base_form, split_words, words_of

#: A busy machine is no error.
unhurried = settings(deadline=None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Round THE azimuth.", ["round", "the", "azimuth"]),
        ("Data-vis_a/b", ["data", "vis", "a", "b"]),
        ("C++, C# and F#: x", ["c++", "c#", "and", "f#", "x"]),
        ("a#b or a+b", ["a", "b", "or", "a", "b"]),
        (".NET on ASP.NET", [".net", "on", "asp", ".net"]),
        ("a.network", ["a", "network"]),
        ("天文学 入門", ["天文学", "入門"]),
        (" .* ", []),
        ("", []),
    ],
)
def test_a_text_is_taken_apart_at_blanks_and_signs_but_for_those_of_a_name(text, words):
    assert split_words(text) == words


def test_breaks_stand_among_the_words():
    text = f"One{FIELD_BREAK}two{PART_BREAK}three"

    assert split_words(text) == ["one", FIELD_BREAK, "two", PART_BREAK, "three"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("apps", "app"),
        ("Libraries", "library"),
        ("Astronomía", "astronomia"),
        ("café", "cafe\u0301"),
        ("CHARTS", "chart"),
    ],
)
def test_spellings_of_a_word_meet_in_one_form(one, other):
    assert words_of(one) == words_of(other)


@pytest.mark.parametrize(
    "word",
    [
        *("css", "aws", "ios", "news", "series", "species", "kubernetes", "always", "mathematics"),
        *("status", "class", "redis", "analysis", "c++", "c#", ".net"),
    ],
)
def test_what_only_ends_like_a_plural_stays_as_it_is(word):
    assert base_form(word) == word


def test_marks_that_make_letters_of_other_scripts_are_kept():
    assert words_of("ガイド") != words_of("カイト")


@unhurried
@given(st.text())
def test_a_base_form_is_its_own(text):
    assert all(base_form(word) == word for word in words_of(text))


@unhurried
@given(st.text(st.sampled_from("aeunAEUNñÑéÉ\u0301\u0308 sS")))
def test_letters_and_their_marks_may_come_together_or_apart(text):
    together, apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert words_of(together) == words_of(apart)
