"""Sayings as the journal keeps them, those of earlier versions too."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.digest import digest_from_record, digest_to_record
from bot.sayings import Saying, as_written
from bot.terms import Kind
from tests.builders import build_digest

texts = st.text(st.characters(exclude_categories=["Cs"]))
sayings = st.recursive(
    st.builds(Saying, texts, st.just({})),
    lambda inner: st.builds(
        Saying,
        texts,
        st.dictionaries(
            texts,
            st.one_of(
                texts,
                st.integers(-(2**53), 2**53),
                st.floats(allow_nan=False, allow_infinity=False),
                inner,
                st.lists(texts | inner, max_size=3).map(tuple),
            ),
            max_size=3,
        ),
    ),
    max_leaves=6,
)


@given(sayings)
def test_a_saying_comes_back_from_the_journal_as_it_was(saying):
    digest = build_digest(notes=(saying,))

    assert digest_from_record(digest_to_record(digest)).notes == (saying,)


def test_a_code_comes_back_as_its_text():
    digest = build_digest(notes=(Saying("kind_wanted", {"kind": Kind.DOCS}),))

    (saying,) = digest_from_record(digest_to_record(digest)).notes
    assert saying == Saying("kind_wanted", {"kind": "docs"})


def test_what_an_earlier_version_put_into_words_is_told_as_it_was_written():
    record = json.loads(digest_to_record(build_digest()))
    record["notes"] = ["All were taken."]
    record["picks"][0]["reasons"] = [
        {"feature": "base", "contribution": -0.4, "text": "as ever", "shown": False}
    ]

    digest = digest_from_record(json.dumps(record))

    assert digest.notes == (as_written("All were taken."),)
    assert [one.saying for one in digest.picks[0].reasons] == [as_written("as ever")]


@pytest.mark.parametrize("note", [7, None, ["All"], {"values": {}}, {"key": 3, "values": {}}])
def test_what_is_no_saying_is_refused(note):
    record = json.loads(digest_to_record(build_digest()))
    record["notes"] = [note]

    with pytest.raises(ValidationError):
        digest_from_record(json.dumps(record))
