"""What somebody may have meant by a name that is no language's."""

import pytest

from bot.languages import known_language, similar_languages


@pytest.mark.parametrize(
    ("name", "known"), [("golang", "Go"), ("C plus plus", "C++"), ("PYTHON", "Python"), ("é", None)]
)
def test_a_language_is_known_by_any_name_or_not_at_all(name, known):
    assert known_language(name) == known


@pytest.mark.parametrize(
    ("name", "first"), [("Pyton", "Python"), ("Javascrpt", "JavaScript"), ("Haskel", "Haskell")]
)
def test_a_slip_of_the_keyboard_is_near_to_what_was_meant(name, first):
    near = similar_languages(name)
    assert near[0] == first
    assert len(near) <= 2


def test_what_is_near_to_nothing_has_no_guess():
    assert similar_languages("qq") == similar_languages("Zzyzx Road") == ()
