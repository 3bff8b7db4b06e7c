"""Where phrases stand in many texts."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.corpus.texts import index_texts
from bot.corpus.words import FIELD_BREAK, PART_BREAK, words_of

#: Signs that people write, forge, or that make words meet: few, so that examples do.
SIGNS = "aabs  é天文+-" + FIELD_BREAK + PART_BREAK
unhurried = settings(deadline=None, max_examples=80)
cells = st.text(st.sampled_from(SIGNS), max_size=12)
documents = st.lists(st.tuples(cells, cells), max_size=6)
queries = st.text(st.sampled_from(SIGNS[:-2]), max_size=6).map(words_of)


def index(*documents):
    """An index over documents of two fields; a text is a document with an empty second one."""
    pairs = [(one, "") if isinstance(one, str) else one for one in documents]
    return index_texts(pairs, 2)


def found(texts, phrase):
    """Cells, counts and wholes of a phrase."""
    told = texts.find(words_of(phrase))
    return list(zip(told.cells, told.counts, told.is_whole, strict=True))


def cells_of(texts, phrase):
    return [int(cell) for cell, *_ in found(texts, phrase)]


def is_meant(word, wanted):
    """Words of scripts without blanks are found within others."""
    return wanted in word if wanted[:1] in ("天", "文") else wanted == word


def naive(documents, words):
    """Each cell with the words, how often, and whether they are one of its parts."""
    for cell, text in enumerate(one for document in documents for one in document):
        parts = [words_of(part) for part in text.replace(FIELD_BREAK, " ").split(PART_BREAK)]
        hits = [
            len(part) == len(words)
            for part in parts
            for at in range(len(part) - len(words) + 1)
            if words and all(map(is_meant, part[at : at + len(words)], words))
        ]
        if hits:
            yield cell, len(hits), any(hits)


@unhurried
@given(documents, queries)
def test_a_phrase_is_found_as_by_reading_every_text(documents, words):
    told = index_texts(documents, 2).find(words)

    assert list(zip(told.cells, told.counts, told.is_whole, strict=True)) == list(
        naive(documents, words)
    )


@unhurried
@given(documents, queries)
def test_words_apart_are_found_in_cells_that_hold_all_of_them(documents, words):
    told = index_texts(documents, 2).find_apart(words)

    held = [{cell for cell, *_ in naive(documents, (word,))} for word in words]
    assert list(told.cells) == (sorted(set.intersection(*held)) if held else [])


@unhurried
@given(documents)
def test_a_cell_is_as_long_as_its_words(documents):
    lengths = [
        sum(word not in (FIELD_BREAK, PART_BREAK) for word in words_of(text))
        for document in documents
        for text in document
    ]

    assert list(index_texts(documents, 2).lengths) == lengths


def test_a_phrase_does_not_reach_over_a_field():
    texts = index(("data", "visualization"), "data visualization")

    assert cells_of(texts, "data visualization") == [2]


def test_a_phrase_does_not_reach_over_a_part():
    texts = index(f"data{PART_BREAK}visualization", f"big data{PART_BREAK}data visualization")

    assert cells_of(texts, "data visualization") == [2]


def test_a_break_that_somebody_wrote_into_a_text_shifts_no_cells():
    texts = index(f"round{FIELD_BREAK}it{FIELD_BREAK}", "tides")

    assert cells_of(texts, "tides") == [2]
    assert cells_of(texts, "it") == [0]


def test_occurrences_are_counted():
    assert found(index("tides, tides and tide", "kites"), "tides") == [(0, 3, False)]


def test_a_whole_part_is_told_from_a_word_within_one():
    texts = index(f"charts{PART_BREAK}star charts", "star charts")

    assert found(texts, "charts") == [(0, 2, True), (2, 1, False)]
    assert found(texts, "star charts") == [(0, 1, True), (2, 1, True)]


def test_words_apart_are_found_wherever_they_stand():
    texts = index("data for a visualization", "data", ("visualization", "data"))

    assert list(texts.find_apart(words_of("data visualization")).cells) == [0]


def test_all_spellings_of_a_word_are_found_together():
    texts = index("App", "apps", "APPS of an app", "apply")

    assert found(texts, "apps") == [(0, 1, True), (2, 1, True), (4, 2, False)]


@pytest.mark.parametrize("text", ["天文学の本", "星と天文"])
def test_a_word_of_a_script_without_blanks_is_found_within_others(text):
    assert cells_of(index(text, "本"), "天文") == [0]


def test_a_word_of_letters_is_found_whole_only():
    assert cells_of(index("astronomyland"), "astronomy") == []


@pytest.mark.parametrize("phrase", ["tides", "star charts", ""])
def test_nothing_is_found_where_nothing_is(phrase):
    texts, words = index(), words_of(phrase)

    assert len(texts.find(words).cells) == len(texts.find_apart(words).cells) == 0
    assert len(texts.lengths) == 0


def test_no_words_are_in_no_text():
    assert cells_of(index("tides"), ".*") == []
    assert len(index("tides").find_apart(()).cells) == 0


def test_many_documents_are_taken_apart_like_few():
    texts = index(*(f"n{number}" for number in range(10_000)))

    assert [cells_of(texts, f"n{number}") for number in (0, 4_095, 4_096, 9_999)] == [
        [0],
        [8_190],
        [8_192],
        [19_998],
    ]


@unhurried
@given(documents, queries)
def test_cells_rise(documents, words):
    texts = index_texts(documents, 2)

    for told in (texts.find(words), texts.find_apart(words)):
        assert all(one < other for one, other in pairwise(told.cells))
