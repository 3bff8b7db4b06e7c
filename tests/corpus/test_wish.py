"""What an interest stands for."""

import pytest

from bot.corpus.wish import LEAST_RARITY, MAX_FAR, NEARNESS, rarity, read_wish
from bot.vocabulary import related_topics, topic_names


def phrases(interest, step=None):
    return {one.name for one in read_wish(interest).phrases if step in (None, one.step)}


def test_an_interest_stands_for_its_own_name_its_neighbours_and_theirs():
    assert phrases("astronomy", 0) == {"astronomy"}
    assert "astrophysics" in phrases("astronomy", 1)
    assert "particle physics" in phrases("astronomy", 2)


def test_an_abbreviation_stands_for_what_it_abbreviates():
    assert {"ml", "machine learning"} <= phrases("ml", 0)
    assert {"ml", "machine learning"} <= phrases("Machine Learning", 0)


@pytest.mark.parametrize(
    ("interest", "topic"),
    [("mapas", "maps"), ("astronomía", "astronomy"), ("ASTRONOMIA", "astronomy")],
)
def test_a_spanish_word_stands_for_its_english_topic(interest, topic):
    assert topic in phrases(interest, 0)


@pytest.mark.parametrize(
    ("interest", "language"),
    [
        ("Go", "Go"),
        ("golang", "Go"),
        ("R", "R"),
        ("C", "C"),
        ("c++", "C++"),
        ("C#", "C#"),
        ("python", "Python"),
        ("robots", None),
        ("astronomy", None),
        ("天文", None),
    ],
)
def test_an_interest_may_name_a_language(interest, language):
    assert read_wish(interest).language == language


@pytest.mark.parametrize(
    ("interest", "words", "is_topic_only"),
    [
        ("Go", ("go",), True),
        ("Go", ("golang",), False),
        ("R", ("r",), True),
        ("C", ("c",), True),
        ("C++", ("c++",), False),
        ("C#", ("c#",), False),
        ("python", ("python",), False),
        ("astronomy", ("astronomy",), False),
        ("astronomy", ("astrophysic",), False),
        ("astronomy", ("particle", "physic"), True),
    ],
)
def test_an_ambiguous_or_distant_word_is_looked_for_among_topics_only(
    interest, words, is_topic_only
):
    phrase = next(one for one in read_wish(interest).phrases if one.words == words)

    assert phrase.is_topic_only is is_topic_only


def test_a_language_has_no_neighbours():
    assert phrases("python", 1) == phrases("python", 2) == set()


def test_distant_neighbours_are_bounded():
    near = [topic for name in topic_names("mocha") for topic in related_topics(name)]
    far = [topic for name in near for topic in related_topics(name)]

    assert len(far) > MAX_FAR
    assert {one.replace("-", " ") for one in far[MAX_FAR:]} - phrases("mocha")


def test_each_phrase_is_looked_for_once_as_near_as_it_is():
    words = [one.words for one in read_wish("data visualization").phrases]

    assert len(words) == len(set(words))
    assert all(words)


def test_what_holds_no_word_stands_for_nothing():
    assert read_wish(".*").phrases == ()


def test_nearness_falls():
    assert NEARNESS[0] == 1.0
    assert list(NEARNESS) == sorted(NEARNESS, reverse=True)


def test_a_common_word_says_less_than_a_rare_one():
    assert LEAST_RARITY <= rarity(("a",)) < rarity(("dashboard",)) < rarity(("astrophysic",)) == 1


def test_more_words_say_more():
    assert rarity(("add",)) < rarity(("add", "dashboard")) <= 1
